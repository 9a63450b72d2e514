"""The boxes of comments: the drawing that Excel wants beside each comment.

Programs write this drawing in XML that is not always well-formed, so it is worked on as bytes, and only between the
boxes that are there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator

from gia_xlsx.workbook.canvas import text_width
from gia_xlsx.workbook.sheet_xml import LAST_COLUMN, LAST_ROW, SheetXml, Spot

PREFIXES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
BLOCK = 1_024  # ids of boxes come in blocks, each of which one drawing owns
EMPTY = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = (
    b'<v:shape id="_x0000_s%d" type="#_x0000_t202" '
    b'style="position:absolute;margin-left:60pt;margin-top:2pt;width:%dpt;height:%dpt;z-index:1;visibility:hidden" '
    b'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    b'<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    b'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
_WIDTH, _LINE, _PADDING = 340, 16, 24  # pixels
_CHARACTERS = 52  # half-width characters of 9 pt in a line
_TALLEST = 640  # pixels
_START, _END = re.compile(rb"<v:shape\s"), b"</v:shape>"
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*(\d{1,7})\s*<"), re.compile(rb"<x:Column>\s*(\d{1,5})\s*<")
_ANCHOR = re.compile(rb"(<x:Anchor>)([\s\d,]{1,200})(</x:Anchor>)")
_ID = re.compile(rb'id="_x0000_s(\d{1,9})"')
_BLOCKS = re.compile(rb'(<o:idmap\b[^<>]{0,200}?\bdata=")([\d,]{1,2000})(")')
_CLOSING = re.compile(rb"</xml\s*>\s*$")


def is_known(drawing: bytes) -> bool:
    """Whether a drawing is written as programs write it, so that boxes can be put into it."""
    return b"xmlns:v=" in drawing and b"xmlns:x=" in drawing and _CLOSING.search(drawing[-200:]) is not None


def blocks(drawing: bytes) -> set[int]:
    """The blocks of ids that a drawing owns."""
    return {int(number) for match in _BLOCKS.finditer(drawing) for number in match[2].split(b",") if number}


def with_boxes(drawing: bytes, block: int, sheet: SheetXml, texts: dict[Spot, str]) -> bytes:
    """The drawing with a new box for each text, numbered from the start of a block of its own."""
    if block not in blocks(drawing):
        drawing = _BLOCKS.sub(rb"\g<1>\g<2>,%d\g<3>" % block, drawing, count=1)
    made = b"".join(_box(block * BLOCK + n, sheet, spot, text) for n, (spot, text) in enumerate(texts.items(), 1))
    end = drawing.rindex(b"</xml")
    return drawing[:end] + made + drawing[end:]


def without_boxes(drawing: bytes, spots: Collection[Spot]) -> bytes:
    """The drawing without the boxes of some cells, and without the blocks that are free then."""
    kept, gone = [], set()
    for piece, spot in _pieces(drawing):
        if spot in spots:
            gone |= _blocks_of(piece)
        else:
            kept.append(piece)
    result = b"".join(kept)
    free = gone - _blocks_of(result)

    def fewer(match: re.Match[bytes]) -> bytes:
        left = [number for number in match[2].split(b",") if not number or int(number) not in free]
        return match[1] + b",".join(left or [match[2]]) + match[3]

    return _BLOCKS.sub(fewer, result)


def is_empty(drawing: bytes) -> bool:
    """Whether no box or control is left in a drawing."""
    return _START.search(drawing) is None and b"<v:rect" not in drawing and b"<v:group" not in drawing


def resized(drawing: bytes, sheet: SheetXml, texts: dict[Spot, str]) -> bytes:
    """The drawing with the boxes of some cells made to fit their text."""

    def fit(piece: bytes, spot: Spot) -> bytes:
        def anchored(match: re.Match[bytes]) -> bytes:
            numbers = [int(number) for number in match[2].split(b",") if number.strip()]
            if len(numbers) != 8:
                return match[0]
            return match[1] + _anchor(sheet, numbers[:4], texts[spot]) + match[3]

        if not _ANCHOR.search(piece):
            row, column = spot
            start = b"%d, 15, %d, 10, 0, 0, 0, 0" % (min(column + 1, LAST_COLUMN), max(0, row - 1))
            piece = piece.replace(b"<x:Row>", b"<x:Anchor>" + start + b"</x:Anchor><x:Row>", 1)
        return _ANCHOR.sub(anchored, piece, count=1)

    return b"".join(fit(piece, spot) if spot in texts else piece for piece, spot in _pieces(drawing))


def _pieces(drawing: bytes) -> Iterator[tuple[bytes, Spot]]:
    """The drawing cut at its boxes; with each the cell whose comment it shows, (-1, -1) with what is none."""
    at = 0
    while match := _START.search(drawing, at):
        end = drawing.find(_END, match.start())
        if end < 0:
            break
        end += len(_END)
        if match.start() > at:
            yield drawing[at : match.start()], (-1, -1)
        piece = drawing[match.start() : end]
        row, column = _ROW.search(piece), _COLUMN.search(piece)
        is_note = b'ObjectType="Note"' in piece and row and column
        yield piece, (int(row[1]), int(column[1])) if is_note and row and column else (-1, -1)
        at = end
    yield drawing[at:], (-1, -1)


def _blocks_of(piece: bytes) -> set[int]:
    return {int(number) // BLOCK for number in _ID.findall(piece)}


def _box(number: int, sheet: SheetXml, spot: Spot, text: str) -> bytes:
    row, column = spot
    top, left = max(0, row - 1), min(column + 1, LAST_COLUMN)
    return _BOX % (
        number,
        _WIDTH * 3 // 4,
        _height(text) * 3 // 4,
        _anchor(sheet, [left, 15, top, 10 if row else 2], text),
        row,
        column,
    )


def _anchor(sheet: SheetXml, start: list[int], text: str) -> bytes:
    """Where a box begins and ends: column, pixels into it, row, pixels into it, twice."""
    left, right_of, top, below = start
    right = _reach(sheet.width, left, right_of + _WIDTH, LAST_COLUMN)
    bottom = _reach(sheet.height, top, below + _height(text), LAST_ROW)
    return b"%d, %d, %d, %d, %d, %d, %d, %d" % (left, right_of, top, below, *right, *bottom)


def _reach(size: Callable[[int], int], start: int, pixels: int, last: int) -> tuple[int, int]:
    """The line in which a stretch ends that begins at the start of another, and how far into it."""
    line = start
    while line < last and pixels > size(line) and line < start + 500:
        pixels -= size(line)
        line += 1
    return line, min(pixels, max(size(line), 0))


def _height(text: str) -> int:
    lines = sum(max(1, math.ceil(text_width(line) / _CHARACTERS)) for line in text.split("\n"))
    return min(lines * _LINE + _PADDING, _TALLEST)
