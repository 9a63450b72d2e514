"""The report as it is printed: title, preface, sections, tables as boxes with their words, the same for page and Word.

HTML and DOCX only dress this; neither asks the report for a figure, so they cannot differ.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise

from gia_xlsx.form import Key, Section
from gia_xlsx.grid import Box, Shape, boxes, shape
from gia_xlsx.placeholders import printed as number
from gia_xlsx.publish.lines import Line, clean, lines, seen
from gia_xlsx.report import Flaw, Report
from gia_xlsx.width import measure

_DATE = re.compile(r"\s*(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?\s*")
_MEETING = re.compile(r"(?<=\d)(?=[^\d\W])|(?<=[^\d\W])(?=\d)")  # of a figure and a character
_WIDE = 5  # columns of figures
_FIRST, _FIRST_OF_WIDE = 7, 11  # rows, head and all, that fill a third of a page with the heading above
_TOGETHER = 3  # rows of a group, or at the end of a table, that no page cuts off
_DIGITS = 4  # what every column of figures has room for
# Shares of the width, in percent, of the label columns of a table with so many of them; cells share the rest.
_LABEL_WIDTHS = {0: (), 1: (31.0,), 2: (13.0, 32.0), 3: (6.0, 14.5, 28.0)}


@dataclass(frozen=True, slots=True)
class Printed:
    """A box of the form with the words that stand in it; ``blank`` where a figure is missing (only in drafts).

    ``value`` is the number of a cell as a machine reads it, '' where there is none.
    """

    box: Box
    text: str
    blank: bool = False
    value: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the form: its measures, and its boxes from top to bottom and from left to right."""

    section: Section
    boxes: tuple[Printed, ...]

    @cached_property
    def caption(self) -> str:
        """The heading without its number."""
        return self.section.heading.partition("、")[2] or self.section.heading

    @cached_property
    def shape(self) -> Shape:
        return shape(self.section)

    @property
    def is_wide(self) -> bool:
        """Whether its columns are so many that it is set in smaller type."""
        return self.shape.cells >= _WIDE

    @cached_property
    def rows(self) -> tuple[tuple[Printed, ...], ...]:
        """The boxes that begin in each row."""
        rows: list[list[Printed]] = [[] for _ in range(self.shape.rows)]
        for printed in self.boxes:
            rows[printed.box.top].append(printed)
        return tuple(tuple(row) for row in rows)

    @cached_property
    def head(self) -> int:
        """Rows before the first row of figures."""
        return min(printed.box.top for printed in self.boxes if printed.box.role == "cell")

    @cached_property
    def bodies(self) -> tuple[tuple[tuple[Printed, ...], ...], ...]:
        """The rows cut into the head of the table, the rest of its first block, and each further block."""
        first: dict[int, int] = {}
        for printed in self.boxes:
            first.setdefault(printed.box.block, printed.box.top)
        cuts = (0, self.head, *list(first.values())[1:], self.shape.rows)
        return tuple(self.rows[start:end] for start, end in pairwise(cuts))

    @cached_property
    def breaks(self) -> frozenset[int]:
        """The rows that may begin a page on paper: where a block or a group begins, or in the midst of a long group.

        With what is above, those before the first of them fill a third of a page: where less is left, a table begins
        overleaf. A table so short that it has none stays whole.
        """
        rows, blocks = self.shape.rows, len(self.section.blocks)
        first, last = (_FIRST_OF_WIDE if self.is_wide else _FIRST), rows - _TOGETHER
        if blocks > 1:
            begins = {body[0][0].box.top for body in self.bodies[2:]}
        else:
            groups = [it.box for it in self.boxes if it.box.height > 1 and it.box.left]
            held = {row for box in groups for row in range(box.top + 1, box.top + box.height)}
            amid = {row for box in groups for row in range(box.top + _TOGETHER, box.top + box.height - _TOGETHER + 1)}
            begins = set(range(rows)) - (held - amid)
        return frozenset(row for row in begins if first <= row <= last)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """The width of each column in percent of the table; a column of long figures takes more, for none may break."""
        labels = _LABEL_WIDTHS[self.shape.labels]
        digits = [_DIGITS] * self.shape.cells
        for printed in self.boxes:
            if printed.box.role == "cell" and printed.box.width == 1:
                column = printed.box.left - self.shape.labels
                digits[column] = max(digits[column], len(printed.text))
        digits = [min(count, 3 * _DIGITS) for count in digits]  # words in a draft do break
        return (*labels, *((100 - sum(labels)) * count / sum(digits) for count in digits))


@cache
def heads(section: Section) -> Mapping[Key, tuple[Box, ...]]:
    """What stands above and left of each cell: its caption, heads and labels, from top to bottom."""
    everything = boxes(section)

    def over(cell: Box) -> Iterator[Box]:
        for box in everything:
            above = box.role in ("caption", "head") and box.left <= cell.left < box.left + box.width
            beside = box.role == "label" and box.top <= cell.top < box.top + box.height
            if box.block == cell.block and (above or beside):
                yield box

    return {cell.key: tuple(over(cell)) for cell in everything if cell.key}


def length(text: str) -> float:
    """How long a text is on paper, in Chinese characters; programs leave a quarter between a figure and a character."""
    return measure(text) / 2 + len(_MEETING.findall(text)) / 4


@dataclass(frozen=True, slots=True)
class Part:
    """A section as printed; the preface has no heading, a narrative section no table."""

    key: str
    heading: str
    lines: tuple[Line, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report as printed.

    ``title_lines`` is the title cut where its sense allows a break, as GB/T 9704 asks; ``published`` is the date of
    the cover as ``YYYY-MM-DD``, '' if it gives none.
    """

    title: str
    title_lines: tuple[str, ...]
    organ: str
    year: str
    description: str
    parts: tuple[Part, ...]
    signature: str
    date: str
    published: str
    draft: bool

    @property
    def date_is_longer(self) -> bool:
        """Whether the date is longer than the signature: then it is the date that ends two characters from the edge."""
        return length(self.date) > length(self.signature)


def document(report: Report, draft: bool) -> Document:
    """Lay a report out. Raises GiaError for a text that cannot be filled in; a draft prints that as typed."""
    cover = report.cover
    parts = tuple(
        Part(key, clean(report.heading(key)), lines(report, key, draft), _table(report, section))
        for key, section in report.form.by_key.items()
    )
    standard = replace(report, cover=replace(cover, title="")).title  # where nobody could see the office's own
    title = clean(report.title if seen(report.title) else standard).replace("\n", "")
    first = next((line.text for part in parts for line in part.lines if line.text and not line.level), title)
    return Document(
        title,
        _title_lines(title, report.year),
        clean(report.organ),
        str(report.year or ""),
        first if len(first) <= 120 else first[:119] + "…",
        parts,
        seen(cover.signature),
        seen(cover.date),
        _published(cover.date),
        draft,
    )


def printed(report: Report, key: Key) -> str:
    """What stands in a cell on paper: the number, or the filer's own words where they say more than the number does.

    More than the number: ``增111`` in a column of changes, ``397265元`` where the form prints no unit. A cell without
    a number prints what was filed, and nothing if it was left blank.
    """
    fact, value = report.facts[key], report.value(key)
    worded = value is not None and not fact.flaw and bool(fact.read_as)
    if value is None or worded or (fact.flaw is Flaw.UNIT and not report.form.cells[key].unit):
        return clean(fact.raw).strip()
    return number(value)


def _table(report: Report, section: Section) -> Table | None:
    if not section.is_table:
        return None
    blanks = {key for key in section.keys if report.value(key) is None}
    return Table(
        section,
        tuple(
            _cell(report, box, box.key, box.key in blanks) if box.key else Printed(box, box.text)
            for box in boxes(section)
        ),
    )


def _cell(report: Report, box: Box, key: Key, blank: bool) -> Printed:
    value = report.value(key)
    return Printed(box, printed(report, key), blank, "" if value is None else number(value))


def _title_lines(title: str, year: int | None) -> tuple[str, ...]:
    first, mark, rest = title.partition(f"{year}年")
    return (first + mark, rest) if rest else (title,)


def _published(date: str) -> str:
    match = _DATE.fullmatch(date)
    try:
        return datetime.date(*(int(group) for group in match.groups())).isoformat() if match else ""
    except ValueError:  # 2月30日
        return ""
