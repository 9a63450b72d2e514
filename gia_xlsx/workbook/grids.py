"""The sheets of a file as bounded grids of values, with what stands behind them: formulas, errors, merges, hidden rows.

Values come from python-calamine. It hides errors and formulas, so of an .xlsx the XML of the sheet is skimmed for them;
and it dies of a cell in a far corner, so such a sheet goes through openpyxl row by row.
"""

from __future__ import annotations

import io
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from xml.etree import ElementTree as Xml
from zipfile import BadZipFile

from gia_xlsx.errors import GiaError
from gia_xlsx.report import Place
from gia_xlsx.workbook.guard import Package
from gia_xlsx.workbook.layout import a1
from gia_xlsx.workbook.skim import Skimmed, Spot, Styles
from gia_xlsx.workbook.values import (
    MOST_COLUMNS,
    MOST_ROWS,
    LockedError,
    Sheet,
    UnreadableError,
    Values,
    read_apart,
)

MOST_LOOKED_THROUGH = 6_000_000  # bytes of XML, of which openpyxl reads 2 MB a second; all sheets of ours have 4 MB

# What openpyxl is known to raise on a broken file: parts and attributes that are not there, cells that are no numbers;
# parse errors of lxml and of the standard library are both a SyntaxError.
_OPENPYXL_RAISES = (
    LookupError, ValueError, TypeError, AttributeError, OSError, OverflowError, EOFError,
    SyntaxError, BadZipFile, zlib.error,
)  # fmt: skip

_address = lru_cache(maxsize=4096)(a1)


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
    counted: dict[Callable[[str], str], Counter[str]] = field(default_factory=dict, compare=False)

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
        if plain not in self.counted:
            self.counted[plain] = Counter(plain(value) for _, _, value in self.filled() if isinstance(value, str))
        return self.counted[plain]

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
    looked_through: int = 0  # bytes that openpyxl was given

    @cached_property
    def _values(self) -> Values:
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
        part = self._parts.get(name, "")
        data = self.package.part(part)
        if not data.rstrip().endswith(b"worksheet>"):
            raise self._broken()  # lost, or cut short, which calamine would not tell
        merges = self.package.prove_sheet(part)
        behind = Skimmed(data, self._styles)
        if behind.careful:
            careful = self._explained(name, values=True)
            rows: Sequence[Sequence[object]] = [[cell.value for cell in row] for row in careful]
            behind.formulas, behind.errors = dict(self.formulas(name)), {}
        else:
            rows = self._rows(name)
        return Grid(name, rows, behind, visible, True, merges)

    def _rows(self, name: str) -> Sequence[Sequence[object]]:
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

            excerpt = self.package.excerpt(self._parts[name])
            self.looked_through += len(excerpt)
            if self.looked_through > MOST_LOOKED_THROUGH:
                raise GiaError(
                    f"{self.package.name}：表格以外的内容太多，且有排得很远或写法特殊的单元格，不予打开；"
                    "请删去多余的工作表、行和列后另存。"
                )
            try:
                with warnings.catch_warnings(action="ignore"):  # of parts that it leaves out
                    workbook = load_workbook(io.BytesIO(excerpt), read_only=True, data_only=values, keep_links=False)
                    sheet: Any = workbook[name]  # the type stubs know nothing of read-only sheets
                    sheet.reset_dimensions()
                    rows = list(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS))
            except _OPENPYXL_RAISES as error:
                raise self._broken() from error
            while rows and all(cell.value is None for cell in rows[-1]):
                rows.pop()  # rows up to a cell far below, laid out for nothing
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
        if len(set(found.values())) < len(found):
            raise self._broken()  # one part that is to be read as many sheets
        return found

    @cached_property
    def _styles(self) -> Styles:
        """The cell styles in which a number is not what it looks like, or is not seen."""
        return Styles.of(self.package.part("xl/styles.xml"))
