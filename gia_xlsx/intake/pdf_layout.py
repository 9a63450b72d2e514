"""From the pages of a PDF, as characters and rules, to the blocks of a source: tables, paragraphs, columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gia_xlsx.intake.pdf_lines import Glyph, Page, Row, joined, joint, rows
from gia_xlsx.intake.pdf_tables import Box, Frame, frames, one_grid
from gia_xlsx.intake.source import Block, Cell, Line, Origin, Table
from gia_xlsx.width import measure

_MARGIN = 100.0  # points from the edge within which page numbers and running heads stand
_LONGEST_CELL = 600  # characters; a longer one is a box drawn round text
_BETWEEN = 3  # lines between two lines of columns that belong to them
_NUMBER = r"(?:第?\s*\d{1,3}\s*页?|第\s*[一二三四五六七八九十百]+\s*页)"
_PAGE_NUMBER = re.compile(rf"[-—–―─·~\s]*{_NUMBER}(?:[\s/／,，]*(?:共|of)?\s*\d{{1,3}}\s*页?)?[-—–―─·~\s]*", re.I)


class _Filled(NamedTuple):
    """A frame with the text of its boxes."""

    frame: Frame
    texts: tuple[str, ...]

    @property
    def top(self) -> float:
        return self.frame.top


class _Sheet:
    """A page taken apart: its tables, its printed lines, and what is furniture."""

    def __init__(self, page: Page) -> None:
        page = page.upright()
        self.page = page
        body = Counter(round(glyph.size) for glyph in page.glyphs).most_common(1)
        marks = [glyph for glyph in page.glyphs if _is_watermark(glyph, body[0][0])]
        rest = [glyph for glyph in page.glyphs if not _is_watermark(glyph, body[0][0])] if marks else page.glyphs
        self.furniture = [_in_order(marks)] if marks else []
        self.tables: list[_Filled] = []
        self.boxed: list[_Filled] = []
        for frame in frames(page.rules, [(glyph.x, glyph.y) for glyph in rest]):
            inside = [glyph for glyph in rest if _holds(frame, glyph.x, glyph.y)]
            filled = _Filled(frame, tuple(_text(box, inside) for box in frame.boxes))
            round_others = any(_holds(box, *_middle(other.frame)) for other in self.tables for box in frame.boxes)
            if not inside or round_others or max(map(len, filled.texts)) > _LONGEST_CELL:
                continue
            if len(frame.boxes) == 1:
                self.boxed.append(filled)
            else:
                self.tables.append(filled)
                rest = [glyph for glyph in rest if not _holds(frame, glyph.x, glyph.y)]
        self.rows = rows(rest)
        self.width = round(page.width / 20)

    def parts(self) -> list[Row | _Filled]:
        """Lines and tables from top to bottom."""
        return sorted((*self.rows, *self.tables), key=lambda part: part.top)

    def edges(self) -> Iterator[tuple[Row, bool]]:
        """The lines that may be furniture, and whether each is close to the edge: none but such lies farther out."""
        top = min((table.frame.top for table in self.tables), default=self.page.height)
        bottom = max((table.frame.bottom for table in self.tables), default=0.0)
        outer = sorted(self.rows, key=lambda row: row.top)
        for row in outer[:3]:
            if row.bottom < min(self.page.height / 4, top):
                yield row, row.bottom < _MARGIN
        for row in outer[-3:]:
            if row.top > max(self.page.height * 3 / 4, bottom):
                yield row, row.top > self.page.height - _MARGIN

    def take(self, boxed: _Filled) -> None:
        """Text in a box is a table after all."""
        self.rows = [row for row in self.rows if not _holds(boxed.frame, (row.x0 + row.x1) / 2, row.top)]
        self.tables.append(boxed)


def _holds(area: Frame | Box, x: float, y: float) -> bool:
    return area.x0 <= x < area.x1 and area.top <= y < area.bottom


def _middle(frame: Frame) -> tuple[float, float]:
    return (frame.x0 + frame.x1) / 2, (frame.top + frame.bottom) / 2


def _is_watermark(glyph: Glyph, body: float) -> bool:
    return glyph.turn < 0 or (glyph.pale and glyph.size > max(36.0, 2 * body))


def _in_order(glyphs: list[Glyph]) -> str:
    """A watermark as text: the files keep the order in which it was typed."""
    return "".join(glyph.text for glyph in glyphs).strip()


def _text(box: Box, glyphs: list[Glyph]) -> str:
    return joined(rows(glyph for glyph in glyphs if _holds(box, glyph.x, glyph.y)))


class Layout(NamedTuple):
    """What the pages hold, in reading order, and what was left out as page furniture."""

    blocks: tuple[Block, ...]
    furniture: tuple[tuple[str, Origin], ...]


def lay_out(pages: Iterable[Page]) -> Layout:
    sheets = [_Sheet(page) for page in pages]
    _take_off_furniture(sheets)
    _line_up(sheets)
    furniture = tuple((text, Origin(page=sheet.page.number)) for sheet in sheets for text in sheet.furniture)
    return Layout(tuple(_blocks(sheets)), furniture)


def _take_off_furniture(sheets: list[_Sheet]) -> None:
    """Page numbers, and lines that stand at the same height on two pages; with other numbers only near the edge."""
    seen: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        seen.update({key for row, near in sheet.edges() for key in _marks(row, near)})
    for sheet in sheets:
        for row, near in list(sheet.edges()):
            number = near and _PAGE_NUMBER.fullmatch(row.text)
            if row in sheet.rows and (number or any(seen[key] > 1 for key in _marks(row, near))):
                sheet.rows.remove(row)
                sheet.furniture.append(row.text)


def _line_up(sheets: list[_Sheet]) -> None:
    """Give the pieces of a table that goes on overleaf the same columns."""
    chain: list[tuple[_Sheet, _Filled]] = []
    for before, after in pairwise(sheets):
        first = next(iter(after.parts()), None)
        if not isinstance(first, _Filled) or before.width != after.width:
            continue
        for boxed in before.boxed:  # the only row of its table before the page ends
            if _match(boxed, first) and not any(part.top > boxed.frame.bottom for part in before.parts()):
                before.take(boxed)
        last = before.parts()[-1] if before.parts() else None
        if isinstance(last, _Filled) and _match(last, first):
            if not chain or chain[-1][1] is not last:
                _set(chain)
                chain = [(before, last)]
            chain.append((after, first))
    _set(chain)


def _set(chain: list[tuple[_Sheet, _Filled]]) -> None:
    for (sheet, piece), frame in zip(chain, one_grid([piece.frame for _, piece in chain]), strict=True):
        sheet.tables[sheet.tables.index(piece)] = piece._replace(frame=frame)


def _match(one: _Filled, other: _Filled) -> bool:
    return abs(one.frame.x0 - other.frame.x0) < 5 and abs(one.frame.x1 - other.frame.x1) < 5


def _marks(row: Row, near: bool) -> Iterator[tuple[str, int]]:
    text = re.sub(r"\d+", "#", row.text) if near else row.text
    if any(character.isalpha() for character in text):
        place = round(row.top / 3)
        yield from ((text, place), (text, place + 1))  # a shared one: at most 3 points apart, or nearly so


class _Measures:
    """Of the running text: its size, its margins, the distance of its lines."""

    def __init__(self, lines: Sequence[Row]) -> None:
        sizes = Counter[float]()
        for row in lines:
            sizes[row.size] += len(row.glyphs)
        self.size = sizes.most_common(1)[0][0] if sizes else 12.0
        body = [row for row in lines if abs(row.size - self.size) < 1 and len(row.words) < 3]
        self.left = _shared([row.x0 for row in body], self.size / 4)
        self.right = -_shared([-row.x1 for row in body], self.size * 0.6)
        full = [row for row in body if self.is_full(row)]
        steps = sorted(b.top - a.top for a, b in pairwise(body) if a in full and 0 < b.top - a.top < 4 * self.size)
        self.step = steps[len(steps) // 2] if steps else 4 * self.size

    def is_full(self, row: Row, needed: float = 0.0) -> bool:
        """Whether no more than ``needed`` points, a character as a rule, would have gone into the line."""
        return self.right - row.x1 < max(needed, row.size) + 0.7 * row.size

    def is_centred(self, row: Row) -> bool:
        return abs(row.x0 + row.x1 - self.left - self.right) < 2 * row.size and row.x0 > self.left + row.size / 2

    def continues(self, before: Row, after: Row, same_page: bool) -> bool:
        """Whether a line goes on with the paragraph of the line before."""
        if abs(before.size - after.size) > 0.8:
            return False
        if before.size > self.size + 1 and same_page and self.is_centred(before) and self.is_centred(after):
            return after.top - before.bottom < 1.5 * before.size  # a title
        near = not same_page or after.top - before.top < 1.4 * self.step
        return near and self.is_full(before, after.first_piece()) and after.x0 < self.left + before.size


def _shared(values: list[float], reach: float) -> float:
    """The least value that is not alone."""
    values = sorted(values)
    for one, other in pairwise(values):
        if other - one <= reach:
            return one
    return values[0] if values else 0.0


def _columns(lines: Sequence[Row], measures: _Measures) -> set[int]:
    """Which lines belong to columns set without rules: two wide gaps, or one beside such, and what stands between."""
    found = {n for n, row in enumerate(lines) if len(row.words) > 2}
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for n in order:
            if len(lines[n].words) == 2 and any(m in found for m in range(n - _BETWEEN, n + _BETWEEN + 1)):
                found.add(n)
    for one, other in pairwise(sorted(found)):
        between = range(one + 1, other)
        prose = any(measures.is_full(lines[n]) and lines[n].x0 < measures.left + 3 * measures.size for n in between)
        if len(between) <= _BETWEEN and not prose:
            found.update(n for n in between if lines[n].size < lines[one].size + 1)
    return found


class _Paper:
    """The pages of one width: their measures, and their columns on one grid."""

    def __init__(self, sheets: Sequence[_Sheet]) -> None:
        lines = [row for sheet in sheets for row in sheet.rows]
        self.measures = _Measures(lines)
        aligned = [lines[n] for n in _columns(lines, self.measures)]
        self.aligned = {id(row) for row in aligned}
        self._left = min((row.x0 for row in aligned), default=0.0)
        self._unit = min((row.size for row in aligned), default=0.0) * 0.45  # less than its characters take
        begins = Counter(round(x0) for row in aligned for x0, _ in row.words)
        self._begins = {x + aside for x, count in begins.items() if count > 2 for aside in (-1, 0, 1)}

    def padded(self, row: Row) -> str:
        """The words of a line of columns, each where it stands on the paper."""
        text = ""
        for x0, word in row.cut(self._begins):
            text += " " * max(round((x0 - self._left) / self._unit) - measure(text), 2 if text else 0) + word
        return text


def _blocks(sheets: Sequence[_Sheet]) -> Iterator[Block]:
    """Tables and lines from top to bottom, the lines of a paragraph as one."""
    papers = {width: _Paper([sheet for sheet in sheets if sheet.width == width]) for width in _widths(sheets)}
    tables = lines = last = 0
    paragraph: list[Row] = []
    origin = Origin()
    for sheet in sheets:
        page, paper = sheet.page.number, papers[sheet.width]
        for part in sheet.parts():
            plain = part if isinstance(part, Row) and id(part) not in paper.aligned else None
            if paragraph and not (plain and paper.measures.continues(paragraph[-1], plain, last == page)):
                yield _line(paragraph, origin)
                paragraph = []
            if isinstance(part, _Filled):
                tables += 1
                yield _table(part, Origin(page=page, table=tables))
                continue
            if not paragraph:
                lines += 1
                origin = Origin(page=page, line=lines)
            if plain:
                paragraph.append(plain)
                last = page
            else:
                yield Line(paper.padded(part), origin, aligned=True)
    if paragraph:
        yield _line(paragraph, origin)


def _widths(sheets: Sequence[_Sheet]) -> set[int]:
    return {sheet.width for sheet in sheets}


def _line(paragraph: list[Row], origin: Origin) -> Line:
    text, blank, bold = "", False, []
    for row in paragraph:
        gap = joint(text, blank, row.text)
        text += gap + row.text
        bold += [*([False] * len(gap)), *row.bold()]
        blank = row.ends_in_blank
    lead = bold.index(False) if False in bold else 0
    return Line(text, origin, lead=lead)


def _table(table: _Filled, origin: Origin) -> Table:
    made: list[list[Cell]] = [[] for _ in range(max(box.row + box.height for box in table.frame.boxes))]
    for box, text in zip(table.frame.boxes, table.texts, strict=True):
        place = Origin(page=origin.page, table=origin.table, row=box.row + 1, column=box.column + 1)
        made[box.row].append(Cell(text, box.column, place, box.width, box.height))
    return Table(tuple(map(tuple, made)), origin)
