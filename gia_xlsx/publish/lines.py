"""The text of a report as it is printed: headings and paragraphs, and which of their numbers placeholders gave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gia_xlsx.errors import GiaError
from gia_xlsx.narrative import NAMED, NEVER_GIVEN, render
from gia_xlsx.placeholders import known
from gia_xlsx.report import Paragraph, Report

# What XML 1.0 cannot hold, for Word refuses a file with one of these; and signs that turn a text round, for by them the
# reader would see another number than stands there.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Unicode's Default_Ignorable_Code_Point, and blanks that are letters: fillers of Hangul, the blank of Braille.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_GIVEN = re.compile(f"{NAMED[0]}([^{NAMED[2]}]*){NAMED[2]}(.*?){NAMED[1]}", re.DOTALL)
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_NUMBERED = re.compile(r"\s*(?:\d+\s*[.．、]|[(（]\d+[)）])")  # 1. and （1）: the levels below （一）


@dataclass(frozen=True, slots=True)
class Given:
    """A number in a text that a placeholder gave: where it stands, and the cells (or years) it was made of."""

    start: int
    end: int
    value: str  # as a machine reads it: no separators
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed paragraph: ``level`` 0 is text, after a bold ``lead`` if it has one; 2 and 3 are headings.

    ``given``: the numbers of the text that came from placeholders, from left to right.
    """

    text: str
    level: int = 0
    lead: str = ""
    given: tuple[Given, ...] = ()

    @property
    def pieces(self) -> Iterator[tuple[str, Given | None]]:
        """The text in pieces, each with the figure it is, if it is one."""
        at = 0
        for given in self.given:
            yield self.text[at : given.start], None
            yield self.text[given.start : given.end], given
            at = given.end
        yield self.text[at:], None


def lines(report: Report, section: str, draft: bool) -> tuple[Line, ...]:
    """The printed paragraphs of a section. Raises GiaError for a text that cannot be filled in, unless ``draft``."""
    return tuple(
        line for p in report.in_section(section) for line in _paragraph(p, words(p, report, draft, NAMED), report)
    )


def words(paragraph: Paragraph, report: Report, draft: bool, marks: tuple[str, ...] = ()) -> str:
    """The text of a paragraph with its figures in place; in a draft, as typed where it cannot be filled.

    ``marks`` as of ``narrative.render``; a text that holds such characters itself stays unmarked.
    """
    try:
        return clean(render(paragraph.text, report, marks=() if NEVER_GIVEN.search(paragraph.text) else marks))
    except GiaError:
        if draft:
            return clean(paragraph.text)
        raise


def told(paragraph: Paragraph, report: Report, draft: bool) -> tuple[str, tuple[Given, ...]]:
    """``words``, and which of the numbers in it placeholders gave."""
    return _told(words(paragraph, report, draft, NAMED), report)


def clean(text: str) -> str:
    """Text without what XML cannot hold and what turns it round; line breaks of every kind become ``\\n``."""
    return _ILLEGAL.sub("", _BREAK.sub("\n", text))


def seen(text: str) -> str:
    """``clean``, and '' for a text in which nothing can be seen."""
    text = clean(text)
    return text if UNSEEN.sub("", text).strip() else ""


def _paragraph(paragraph: Paragraph, marked: str, report: Report) -> Iterator[Line]:
    """A heading of its own or a bold lead, then each line of the cell as a paragraph of its own."""
    heading = seen(paragraph.heading).replace("\n", "").strip()
    marked = _GIVEN.sub(lambda it: it[2] if "\n" in it[2] else it[0], marked)  # words of several lines are no number
    texts = [told for line in marked.split("\n") if seen((told := _told(line.strip(), report))[0])]
    if heading and not (paragraph.runs_in and texts):
        yield Line(heading, 3 if _NUMBERED.match(heading) else 2)
        heading = ""
    for text, given in texts:
        yield Line(text, 0, heading, given)
        heading = ""


def _told(marked: str, report: Report) -> tuple[str, tuple[Given, ...]]:
    """A text without its marks, and what they told of its numbers."""
    parts: list[str] = []
    found: list[Given] = []
    at = length = 0
    for match in _GIVEN.finditer(marked):
        before, shown = marked[at : match.start()], match[2]
        start = length + len(before)
        length, at = start + len(shown), match.end()
        parts += (before, shown)
        if keys := _keys(match[1], report) if _FIGURE.fullmatch(shown) else ():
            found.append(Given(start, length, shown.replace(",", ""), keys))
    return "".join((*parts, marked[at:])), tuple(found)


def _keys(names: str, report: Report) -> tuple[str, ...]:
    """The cells and years behind the placeholders of one pair of braces."""
    named = known(report.form)
    used = [named[name] for name in names.split("|") if name in named and named[name].is_number]
    keys = (str(key) for one in used for key in one.keys or (one.field,))
    return tuple(dict.fromkeys(keys))
