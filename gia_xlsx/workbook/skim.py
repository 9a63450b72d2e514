"""What the XML of a sheet tells beside the values: formulas, errors, percentages, hidden lines, how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from gia_xlsx.workbook.guard import column, prefix_of
from gia_xlsx.workbook.values import MOST_COLUMNS

Spot = tuple[int, int]  # row and column, from 0

MOST_MARKED = 20_000  # formulas of a sheet that are looked at; a table of ours has a hundred
LONGEST_FORMULA = 20_000  # bytes; Excel allows 8,192 characters

# A cell whose address is not written as nearly all programs do, or not near: beyond column CZ or row 9,999.
_ODD_CELL = re.compile(rb'<c(?! r="[A-C]?[A-Z]\d{1,4}"|[A-Za-z])')
_ADDRESS = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb"""\bs=["'](\d{1,5})["']""")
_ROW = re.compile(rb"""\br=["'](\d{1,7})["']""")
_FORMAT = re.compile(rb"<(?:\w{1,20}:)?numFmt\s[^>]{0,300}>")
_XF = re.compile(rb"<(?:\w{1,20}:)?xf\s[^>]{0,300}>")
_FORMAT_ID, _FONT_ID = re.compile(rb"""numFmtId=["'](\d{1,5})["']"""), re.compile(rb"""fontId=["'](\d{1,5})["']""")
_WHITE = re.compile(rb"""color\s(?:rgb=["']..FFFFFF["']|theme=["']0["'](?!\stint))""")
_NO_GROUND = re.compile(rb"""fillId=["']0["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_COLUMNS = re.compile(rb"""<(?:\w{1,20}:)?col\s([^>]{0,300})>""")
_FIRST, _LAST = re.compile(rb"""\bmin=["'](\d{1,5})["']"""), re.compile(rb"""\bmax=["'](\d{1,5})["']""")


@dataclass(frozen=True)
class Styles:
    """Numbers of cell styles: in which 1 shows as 100%, in which 1000 shows as 1.00E+03, in which it does not show."""

    percent: frozenset[int] = frozenset()
    scientific: frozenset[int] = frozenset()
    white: frozenset[int] = frozenset()  # letters on no ground

    @classmethod
    def of(cls, data: bytes) -> Styles:
        """From the XML of a workbook's styles."""
        formats = {9: b"%", 10: b"%", 11: b"E+", 48: b"E+"}
        for tag in _FORMAT.findall(data):
            number = _FORMAT_ID.search(tag)
            if number:
                formats[int(number[1])] = tag.upper()
        fonts = re.split(rb"<(?:\w{1,20}:)?font[\s>]", _part(data, b"fonts"))[1:]
        white = {number for number, font in enumerate(fonts) if _WHITE.search(font)}
        styles = [(_FORMAT_ID.search(tag), _FONT_ID.search(tag), tag) for tag in _XF.findall(_part(data, b"cellXfs"))]
        shown = [formats.get(int(number[1]), b"") if number else b"" for number, _, _ in styles]
        return cls(
            frozenset(n for n, code in enumerate(shown) if b"%" in code),
            frozenset(n for n, code in enumerate(shown) if b"E+" in code or b"E-" in code),
            frozenset(
                n
                for n, (_, font, tag) in enumerate(styles)
                if font and int(font[1]) in white and _NO_GROUND.search(tag)
            ),
        )


def _part(data: bytes, element: bytes) -> bytes:
    """What stands between the first tag of a name and the last."""
    start = data.find(element)
    return data[start : data.find(element + b">", start + len(element))] if start >= 0 else b""


class Skimmed:
    """What the XML of one sheet tells beside the values: a few searches, each linear in its length, when asked for."""

    def __init__(self, data: bytes, styles: Styles = Styles()) -> None:
        self.prefix = prefix_of(data)
        start = data.find(b"<" + self.prefix + b"sheetData")
        end = data.rfind(b"</" + self.prefix + b"sheetData")
        self.head = data[: max(start, 0)]
        self.data = data[start:end] if 0 <= start < end else b""
        self.styles = styles
        self.whole = data
        self.protected = b"sheetProtection" in data

    @cached_property
    def careful(self) -> bool:
        """Whether the sheet must be read row by row: not every cell has a near address.

        The fast parser lays out every cell up to the farthest, whatever prefix its element has, and dies of it.
        """
        return b":c" in self.whole or _ODD_CELL.search(self.whole) is not None

    @cached_property
    def formulas(self) -> Mapping[Spot, int | str]:
        """Each formula by spot: where in the XML its cell begins, or its text."""
        return dict(self._marked(b"<" + self.prefix + b"f"))

    def formula(self, spot: Spot) -> str:
        found = self.formulas.get(spot, "")
        return found if isinstance(found, str) else self._inside(b"f", found)

    @cached_property
    def errors(self) -> Mapping[Spot, str]:
        return {spot: self._inside(b"v", begin) for spot, begin in self._marked(b't="e"')}

    @cached_property
    def percents(self) -> frozenset[Spot]:
        """Cells that show their number as a percentage."""
        return self._styled(self.styles.percent)

    @cached_property
    def scientific(self) -> frozenset[Spot]:
        """Cells that show their number with an exponent."""
        return self._styled(self.styles.scientific)

    @cached_property
    def white(self) -> frozenset[Spot]:
        """Cells with white letters on no ground of their own."""
        return self._styled(self.styles.white)

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        tags = (tag for tag in self._tags(b"<" + self.prefix + b"row ") if _HIDDEN.search(tag))
        return frozenset(int(row[1]) - 1 for row in map(_ROW.search, tags) if row)

    @cached_property
    def hidden_columns(self) -> frozenset[int]:
        return frozenset(_hidden_columns(self.head))

    def formulas_in(self, columns: bytes) -> bool:
        """Whether any cell of these columns (``b"AB"``) holds a formula."""
        return re.search(rb'r="[' + columns + rb']\d{1,7}"[^>]{0,80}><' + self.prefix + b"f", self.data) is not None

    def _marked(self, mark: bytes) -> Iterator[tuple[Spot, int]]:
        """The cells in which ``mark`` stands, and where each of them begins."""
        cell = b"<" + self.prefix + b"c "
        at = self.data.find(mark)
        for _ in range(MOST_MARKED):
            if at < 0:
                return
            begin = self.data.rfind(cell, max(0, at - 300), at)
            address = _ADDRESS.match(self.data, begin + len(cell)) if begin >= 0 else None
            if address:
                yield (int(address[2]) - 1, column(address[1])), begin
            at = self.data.find(mark, at + len(mark))

    def _inside(self, element: bytes, begin: int) -> str:
        """The text of the next element of a name; '' where it is closed at once."""
        limit = begin + LONGEST_FORMULA
        start = self.data.find(b"<" + self.prefix + element, begin, limit)
        end = self.data.find(b">", start, limit)
        if start < 0 or self.data[end - 1 : end] == b"/":
            return ""
        text = self.data[end + 1 : self.data.find(b"<", end, limit)].decode("utf-8", "replace")
        return unescape(text) if "&" in text else text

    def _styled(self, styles: frozenset[int]) -> frozenset[Spot]:
        return frozenset(self._in_style(styles)) if styles else frozenset()

    def _in_style(self, styles: frozenset[int]) -> Iterator[Spot]:
        for tag in self._tags(b"<" + self.prefix + b"c "):
            style, address = _STYLE.search(tag), _ADDRESS.search(tag)
            if style and address and int(style[1]) in styles:
                yield int(address[2]) - 1, column(address[1])

    def _tags(self, opening: bytes) -> Iterator[bytes]:
        for chunk in self.data.split(opening)[1:]:
            yield chunk[: chunk.find(b">", 0, 500)]


def _hidden_columns(head: bytes) -> Iterator[int]:
    for match in _COLUMNS.finditer(head):
        first, last = _FIRST.search(match[1]), _LAST.search(match[1])
        if first and last and _HIDDEN.search(match[1]):
            yield from range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))
