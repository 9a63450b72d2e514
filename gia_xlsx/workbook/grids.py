"""The sheets of a file as bounded grids of values, with what stands behind them: formulas, errors, merges, hidden rows.

Values come from python-calamine. It hides errors and formulas, so of an .xlsx the XML of the sheet is skimmed for them;
and it dies of a cell in a far corner, so such a sheet goes through openpyxl row by row.
"""

from __future__ import annotations

import io
import re
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml
from zipfile import BadZipFile

from gia_xlsx.errors import GiaError
from gia_xlsx.report import Place
from gia_xlsx.workbook.guard import Package, column, prefix_of, prove_sheet
from gia_xlsx.workbook.layout import a1
from gia_xlsx.workbook.values import (
    MOST_COLUMNS,
    MOST_ROWS,
    LockedError,
    Sheet,
    UnreadableError,
    Values,
    read_apart,
)

if TYPE_CHECKING:
    pass

MOST_MARKED = 20_000  # formulas of a sheet that are looked at; a table of ours has a hundred
LONGEST_FORMULA = 20_000  # bytes; Excel allows 8,192 characters

# What openpyxl is known to raise on a broken file: parts and attributes that are not there, cells that are no numbers;
# parse errors of lxml and of the standard library are both a SyntaxError.
_OPENPYXL_RAISES = (
    LookupError, ValueError, TypeError, AttributeError, OSError, OverflowError, EOFError,
    SyntaxError, BadZipFile, zlib.error,
)  # fmt: skip

_address = lru_cache(maxsize=4096)(a1)

Spot = tuple[int, int]  # row and column, from 0

# Cells as nearly all programs write them, near enough for a library that lays out every cell up to the farthest: to
# column CZ, to row 9,999. Any other cell, and any other address, makes a sheet one to be read carefully.
_CELL, _NEAR = re.compile(rb"[<:]c[\s/>]"), re.compile(rb'[<:]c r="[A-C]?[A-Z]\d{1,4}"')
_FAR = re.compile(rb"""\br\s*=\s*["'](?:[A-Za-z]{3}|[D-Zd-z][A-Za-z]\d|[A-Za-z]{0,3}\d{5})""")
_ADDRESS = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb"""\bs=["'](\d{1,5})["']""")
_ROW = re.compile(rb"""\br=["'](\d{1,7})["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_COLUMNS = re.compile(rb"""<(?:\w{1,20}:)?col\s([^>]{0,300})>""")
_FIRST, _LAST = re.compile(rb"""\bmin=["'](\d{1,5})["']"""), re.compile(rb"""\bmax=["'](\d{1,5})["']""")
_PERCENT = re.compile(rb"""<(?:\w{1,20}:)?numFmt\s[^>]{0,300}>""")


@dataclass(frozen=True)
class Grid:
    """One sheet: ``rows`` of values, '' or None where empty, and ``behind``, what the values do not show.

    ``known`` is False for kinds of file whose formulas are not looked at.
    """

    sheet: str
    rows: Sequence[Sequence[object]]
    behind: Skimmed
    visible: bool = True
    known: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()
    counted: Counter[str] = field(default_factory=Counter, compare=False)

    @property
    def formulas(self) -> Container[Spot]:
        """The spots that hold a formula."""
        return self.behind.formulas

    def formula(self, spot: Spot) -> str:
        """The text of a formula, '' where only openpyxl can tell it."""
        return self.behind.formula(spot)

    def at(self, row: int, col: int) -> object:
        """What stands in a cell, None where nothing does."""
        if 0 <= row < len(self.rows) and 0 <= col < len(self.rows[row]):
            value = self.rows[row][col]
            return None if value == "" else value
        return None

    def words(self, plain: Callable[[str], str]) -> Counter[str]:
        """How often each text stands on the sheet, as ``plain`` makes it; counted once."""
        if not self.counted:
            self.counted.update(plain(value) for _, _, value in self.filled() if isinstance(value, str))
        return self.counted

    def text(self, row: int, col: int) -> str:
        value = self.at(row, col)
        return "" if value is None else as_text(value)

    def place(self, row: int, col: int) -> Place:
        return Place(self.sheet, _address(row, col))

    def filled(self) -> Iterator[tuple[int, int, object]]:
        """Every cell that holds something, row by row."""
        for r, row in enumerate(self.rows):
            for c, value in enumerate(row):
                if value is not None and value != "":
                    yield r, c, value


def as_text(value: object) -> str:
    """What a cell shows, as text: 12 and not 12.0, TRUE and not True."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


@dataclass
class Book:
    """An opened file: its sheets by name, each read when it is first asked for."""

    package: Package
    grids: dict[str, Grid] = field(default_factory=dict)
    explained: dict[tuple[str, bool], list[tuple[Any, ...]]] = field(default_factory=dict)

    @cached_property
    def _values(self) -> Values:
        self.package.part("xl/sharedStrings.xml")  # proved, as everything that calamine opens
        try:
            return Values(self.package.data)
        except LockedError as error:
            raise self._locked() from error
        except UnreadableError as error:
            raise self._broken() from error

    def _locked(self) -> GiaError:
        return GiaError(f"{self.package.name}：文件设有打开密码；请在 Excel 或 WPS 中取消密码后重新保存。")

    def _broken(self) -> GiaError:
        return GiaError(
            f"{self.package.name}：工作簿内部结构损坏，读不出来；请用 Excel、WPS 修复并另存，或者重新索取一份。"
        )

    @cached_property
    def _apart(self) -> Mapping[str, Sheet]:
        """The sheets of another kind of file, all read at once."""
        try:
            return {sheet.name: sheet for sheet in read_apart(self.package.data)}
        except LockedError as error:
            raise self._locked() from error
        except UnreadableError as error:
            raise self._broken() from error

    @cached_property
    def sheets(self) -> Mapping[str, bool]:
        """Names in the order of the file, and whether each is visible."""
        if self.package.kind != "xlsx":
            return {name: sheet.visible for name, sheet in self._apart.items()}
        return self._values.sheets

    def grid(self, name: str) -> Grid:
        if name not in self.grids:
            self.grids[name] = self._read(name)
        return self.grids[name]

    def _read(self, name: str) -> Grid:
        visible = self.sheets[name]
        if self.package.kind != "xlsx":
            return Grid(name, self._apart[name].rows, Skimmed(b""), visible, False, self._apart[name].merges)
        data = self.package.part(self._parts.get(name, ""))
        if not data.rstrip().endswith(b"worksheet>"):
            raise self._broken()  # lost, or cut short, which calamine would not tell
        merges = prove_sheet(self.package.name, data)
        behind = Skimmed(data, self._percents)
        if behind.careful:
            rows = [[cell.value for cell in row] for row in self._explained(name, values=True)]
            behind.formulas, behind.errors = dict(self.formulas(name)), {}
        else:
            rows = self._rows(name)
        return Grid(name, rows, behind, visible, True, merges)

    def _rows(self, name: str) -> list[list[object]]:
        try:
            return self._values.rows(name)
        except UnreadableError as error:
            raise self._broken() from error

    def formulas(self, name: str) -> dict[Spot, str]:
        """Every formula of a sheet without its equals sign, shared ones written out. Slow: through openpyxl."""
        return {
            (r, c): str(getattr(cell.value, "text", cell.value)).removeprefix("=")  # an array formula is an object
            for r, row in enumerate(self._explained(name, values=False))
            for c, cell in enumerate(row)
            if cell.data_type == "f"
        }

    def cell(self, name: str, row: int, col: int) -> Any:
        """A cell with its number format, as openpyxl gives it, or None. Slow."""
        rows = self._explained(name, values=True)
        return rows[row][col] if row < len(rows) and col < len(rows[row]) else None

    def _explained(self, name: str, *, values: bool) -> list[tuple[Any, ...]]:
        """The rows of a sheet through openpyxl: row by row, within bounds, whatever dimension the sheet claims."""
        if (name, values) not in self.explained:
            from openpyxl import load_workbook

            self.package.prove_all()
            try:
                with warnings.catch_warnings(action="ignore"):  # of parts that it leaves out
                    workbook = load_workbook(io.BytesIO(self.package.data), read_only=True, data_only=values)
                    sheet: Any = workbook[name]  # the type stubs know nothing of read-only sheets
                    sheet.reset_dimensions()
                    rows = list(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS))
            except _OPENPYXL_RAISES as error:
                raise self._broken() from error
            self.explained[name, values] = rows
        return self.explained[name, values]

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """The part of each sheet, by name."""
        workbook = next(part for part in self.package.names() if part.endswith("workbook.xml"))
        folder, _, file = workbook.rpartition("/")
        try:
            sheets = Xml.fromstring(self.package.part(workbook))
            relations = Xml.fromstring(self.package.part(f"{folder}/_rels/{file}.rels".lstrip("/")))
        except (Xml.ParseError, LookupError, ValueError) as error:  # an encoding that nobody knows is a LookupError
            raise self._broken() from error
        targets = {}
        for relation in relations:
            target = relation.get("Target", "")
            targets[relation.get("Id")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        found = {}
        for sheet in sheets.iter():
            if sheet.tag.endswith("}sheet"):
                link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
                found[sheet.get("name", "")] = targets.get(link, "")
        return found

    @cached_property
    def _percents(self) -> frozenset[int]:
        """The cell styles that show a number as a percentage: 1 would read 100%."""
        styles = self.package.part("xl/styles.xml")
        formats = {9, 10}
        for match in _PERCENT.finditer(styles):
            number = re.search(rb"""numFmtId=["'](\d{1,5})["']""", match[0])
            if number and b"%" in match[0]:
                formats.add(int(number[1]))
        start = styles.find(b"cellXfs")
        cells = styles[start : styles.find(b"cellXfs>", start)] if start >= 0 else b""
        ids = (
            int(found) for found in re.findall(rb"""<(?:\w{1,20}:)?xf\s[^>]{0,200}?numFmtId=["'](\d{1,5})["']""", cells)
        )
        return frozenset(style for style, number in enumerate(ids) if number in formats)


class Skimmed:
    """What the XML of one sheet tells beside the values: a few searches, each linear in its length, when asked for."""

    def __init__(self, data: bytes, percents: frozenset[int] = frozenset()) -> None:
        self.prefix = prefix_of(data)
        start = data.find(b"<" + self.prefix + b"sheetData")
        end = data.rfind(b"</" + self.prefix + b"sheetData")
        self.head = data[: max(start, 0)]
        self.data = data[start:end] if 0 <= start < end else b""
        self.percent_styles = percents
        self.protected = b"sheetProtection" in data

    @cached_property
    def careful(self) -> bool:
        """Whether the sheet must be read row by row: a cell in a far corner, or cells without addresses."""
        return len(_CELL.findall(self.data)) != len(_NEAR.findall(self.data)) or _FAR.search(self.data) is not None

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
        return frozenset(self._styled()) if self.percent_styles else frozenset()

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

    def _styled(self) -> Iterator[Spot]:
        for tag in self._tags(b"<" + self.prefix + b"c "):
            style, address = _STYLE.search(tag), _ADDRESS.search(tag)
            if style and address and int(style[1]) in self.percent_styles:
                yield int(address[2]) - 1, column(address[1])

    def _tags(self, opening: bytes) -> Iterator[bytes]:
        for chunk in self.data.split(opening)[1:]:
            yield chunk[: chunk.find(b">", 0, 500)]


def _hidden_columns(head: bytes) -> Iterator[int]:
    for match in _COLUMNS.finditer(head):
        first, last = _FIRST.search(match[1]), _LAST.search(match[1])
        if first and last and _HIDDEN.search(match[1]):
            yield from range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))
