"""From blocks to physical rows: a line or a row of a table as the pieces that stand in it, blanks included where shown.

What divides a line of text is told from the line itself: bars, tabs, or spaces. Where something divides (``grid``,
``bars``, ``tabs``) an empty piece is an empty cell or a filler; where only spaces do, blanks are not seen and the place
of each piece on the line is all there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from gia_xlsx.intake.source import Cell, Line, Origin, Source, Table
from gia_xlsx.width import measure

Division = Literal["grid", "bars", "tabs", "spaces"]

_BARS = "|｜│┃║¦"
_BAR = re.compile(f"[{_BARS}]")
_RULE = re.compile(rf"[\s{_BARS}:：+=_\-–—─━═┄┈╌┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╭╮╰╯]{{3,}}$")
_DRAWN = re.compile(r"[-–—─━═=+┼]{3}")
_WIDE = dict.fromkeys(map(ord, "“”‘’—…·×÷①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ"), "　")
_WORD = re.compile(r"[^\s\u3000]+")
_NOTHING = ("NaN", "nan", "None", "NULL")  # what programs write for an empty cell
_MOST_PIECES = 100  # of one line; a table has 15 columns


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in one cell. ``left`` and ``right`` are columns of the grid, or of the line as displayed."""

    text: str
    origin: Origin
    left: int = 0
    right: int = 1

    @property
    def blank(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class Row:
    """One physical row. ``run`` numbers the table it belongs to, 0 of a text; ``block`` is the place of its block in
    the source; ``line`` is the line it is, None for a row of a table."""

    pieces: tuple[Piece, ...]
    division: Division
    run: int
    block: int
    line: Line | None = None

    @property
    def text(self) -> str:
        """All words of the row, without what divides them."""
        if self.line and self.division == "spaces":
            return self.line.text
        return " ".join(piece.text for piece in self.pieces if piece.text)

    @property
    def origin(self) -> Origin:
        return self.line.origin if self.line else self.pieces[0].origin if self.pieces else Origin()


def rows(source: Source) -> list[Row]:
    """Every physical row of a source, in reading order; lines that only draw a table are left out."""
    found: list[Row] = []
    closed = False  # whether the last cell of a text with bars has had its bar
    run = 0
    framed = _are_framed(source)
    commas = _is_csv(source)
    for index, block in enumerate(source.blocks):
        if isinstance(block, Table):
            run += 1
            found += _of_table(block, run, index)
            closed = False
            continue
        if _is_drawing(block.text):
            continue
        division: Division = "bars" if _BAR.search(block.text) else "tabs" if "\t" in block.text else "spaces"
        if division == "bars":
            pieces, closed = _between_bars(block, closed, framed)
        else:
            closed = False
            if division == "spaces" and commas and (parts := _between_commas(block.text)):
                division, pieces = "tabs", _numbered(parts, block)
            else:
                pieces = _between_tabs(block) if division == "tabs" else _between_spaces(block)
        found.append(Row(tuple(pieces), division, 0, index, block))
    return found


def _is_drawing(text: str) -> bool:
    """Whether a line only draws a frame: ``|---|:--:|``, ``├──┼──┤``."""
    return bool(_RULE.match(text)) and bool(_DRAWN.search(text))


def _of_table(table: Table, run: int, block: int) -> Iterator[Row]:
    for cells in table.rows:
        yield Row(tuple(_piece(cell) for cell in cells), "grid", run, block)


def _piece(cell: Cell) -> Piece:
    return Piece(cell.text.strip(), cell.origin, cell.left, cell.left + cell.width)


def _are_framed(source: Source) -> bool:
    """Whether the rows of a text with bars begin with one, as a frame at their left."""
    lines = (block.text.strip() for block in source.blocks if isinstance(block, Line))
    rows = [line for line in lines if len(_BAR.findall(line)) > 1 and len(_BAR.sub("", line)) > 1]
    return 2 * sum(line[0] in _BARS for line in rows) > len(rows)


def _is_csv(source: Source) -> bool:
    """Whether a text is a table whose cells are divided by commas: most of them are empty or figures."""
    parts = [block.text.split(",") for block in source.blocks if isinstance(block, Line) and "," in block.text]
    rows = [row for row in parts if len(row) > 3 and 2 * sum(len(cell) < 6 for cell in row) > len(row)]
    return len(rows) > 9 and not any(isinstance(block, Table) for block in source.blocks)


def _between_commas(text: str) -> list[str]:
    """The cells of a row divided by commas; of a sentence, none."""
    import csv

    cells = next(csv.reader([text], strict=False), []) if len(text) < 5_000 and text.count(",") < _MOST_PIECES else []
    if len(cells) < 3 or any(len(cell) > 60 for cell in cells):
        return []
    return cells if any(len(cell) < 6 for cell in cells) or all(len(cell) < 17 for cell in cells) else []


def _between_bars(line: Line, closed: bool, framed: bool) -> tuple[list[Piece], bool]:
    """The pieces of a line with bars. A bar ends a cell; one that follows another bar ends an empty cell.

    ``closed``: the cell before, on an earlier line, has been ended. Where lines are ``framed``, the bar at their left
    ends no cell.
    """
    parts = _BAR.split(line.text)[:_MOST_PIECES]
    texts = ["" if part.strip() in _NOTHING else part.strip().strip("\u3000") for part in parts]
    if not any(texts):
        blanks = len(texts) - 1 - (not closed)
        return _numbered([""] * blanks, line), True
    if not texts[0] and (framed or len(texts) < 3):
        texts = texts[1:]
    open_end = bool(texts[-1])
    return _numbered(texts if open_end else texts[:-1], line), not open_end


def _between_tabs(line: Line) -> list[Piece]:
    return _numbered([part.strip().strip("\u3000") for part in line.text.split("\t")[:_MOST_PIECES]], line)


def _numbered(texts: Iterable[str], line: Line) -> list[Piece]:
    return [Piece(text, _at(line, n), n, n + 1) for n, text in enumerate(texts)]


def _between_spaces(line: Line) -> list[Piece]:
    """Words with the display columns they cover; of a long line of prose, itself."""
    found: list[Piece] = []
    column, at = 0, 0
    if not line.text:
        return [Piece("", line.origin)]
    if len(line.text.split()) == 1:
        return [Piece(line.text.strip(), line.origin, 0, len(line.text))]
    for n, word in enumerate(_WORD.finditer(line.text)):
        if n >= _MOST_PIECES:
            break
        column += _width(line.text[at : word.start()])
        width = _width(word[0])
        found.append(Piece(word[0], _at(line, n), column, column + width))
        column += width
        at = word.end()
    return found


def _width(text: str) -> int:
    """Columns of a display on which quotation marks and dashes are as wide as Chinese characters."""
    return len(text) if text.isascii() else measure(text.translate(_WIDE))


def _at(line: Line, column: int) -> Origin:
    return Origin(line.origin.line, column=column + 1, page=line.origin.page) if column else line.origin
