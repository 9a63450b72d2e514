"""The XML of one worksheet under operation: cells found or made, what is hidden, how wide and high things are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from gia_xlsx.workbook.guard import column as column_number
from gia_xlsx.workbook.layout import a1
from gia_xlsx.workbook.parts import add, child, like, local, number

if TYPE_CHECKING:
    from gia_xlsx.workbook.parts import Element

Spot = tuple[int, int]  # row and column, from 0

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ROW_POINTS, _COLUMN_WIDTH = 15.0, 8.43  # where a sheet does not say
_FURTHEST = 60  # columns or rows to go from a hidden cell to one that is seen
# What may stand in a worksheet, in the order it must have.
_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
]  # fmt: skip


def spot_of(cell: str) -> Spot | None:
    """Row and column of an address; None for what is none, or lies outside any sheet."""
    match = _ADDRESS.fullmatch(cell)
    if not match:
        return None
    row, column = int(match[2]) - 1, column_number(match[1].encode())
    return (row, column) if 0 <= row <= LAST_ROW and column <= LAST_COLUMN else None


@dataclass
class SheetXml:
    """A worksheet by its root element."""

    root: Element
    _rows: dict[int, Element] = field(default_factory=dict)
    _cells: dict[int, dict[int, Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        data = child(self.root, "sheetData")
        row = -1
        for line in data if data is not None else ():
            if local(line) != "row":
                continue
            row = number(line, "r", row + 2) - 1  # rows and cells need not say where they stand
            self._rows[row], self._cells[row] = line, {}
            column = -1
            for cell in line:
                if local(cell) == "c":
                    column = spot[1] if (spot := spot_of(cell.get("r", ""))) else column + 1
                    self._cells[row][column] = cell

    def styled(self) -> Iterator[tuple[Element, str]]:
        """All that may have a style, and the attribute that holds its number: cells, rows and columns."""
        yield from ((cell, "s") for cells in self._cells.values() for cell in cells.values())
        yield from ((row, "s") for row in self._rows.values())
        yield from ((one, "style") for one, _, _ in self._columns)

    def cell(self, spot: Spot) -> Element:
        """The element of a cell; made in its place, in the style its row or column has, where there is none."""
        row, column = spot
        line = self._row(row)
        if column not in self._cells[row]:
            self._cells[row][column] = self._made(line, row, column)
        return self._cells[row][column]

    def style(self, spot: Spot) -> int:
        return number(self.cell(spot), "s")

    def _made(self, line: Element, row: int, column: int) -> Element:
        cell = like(line, "c", r=a1(row, column))
        style = line.get("s", "0") if line.get("customFormat") in ("1", "true") else self._column_style(column)
        if style != "0":
            cell.set("s", style)
        line.attrib.pop("spans", "")  # a hint that no longer holds
        cells = self._cells[row]
        before = [c for c in cells if c < column]
        line.insert(line.index(cells[max(before)]) + 1 if before else 0, cell)
        return cell

    def _row(self, row: int) -> Element:
        if row not in self._rows:
            data = child(self.root, "sheetData")
            if data is None:
                data = self.put(like(self.root, "sheetData"))
            line = like(data, "row", r=str(row + 1))
            before = [r for r in self._rows if r < row]
            data.insert(0 if not before else data.index(self._rows[max(before)]) + 1, line)
            self._rows[row], self._cells[row] = line, {}
        return self._rows[row]

    def put(self, element: Element) -> Element:
        """Insert a child of the sheet where the order of a worksheet wants it."""
        after = set(_ORDER[_ORDER.index(local(element)) + 1 :]) | {"AlternateContent"}
        at = next((n for n, one in enumerate(self.root) if local(one) in after), len(self.root))
        self.root.insert(at, element)
        return element

    # what is seen

    @cached_property
    def _columns(self) -> list[tuple[Element, int, int]]:
        cols = child(self.root, "cols")
        found = cols if cols is not None else ()
        return [(one, number(one, "min") - 1, number(one, "max") - 1) for one in found if local(one) == "col"]

    def _column(self, column: int) -> Element | None:
        return next((one for one, first, last in self._columns if first <= column <= last), None)

    def _column_style(self, column: int) -> str:
        found = self._column(column)
        return "0" if found is None else found.get("style", "0")

    def width(self, column: int) -> int:
        """Pixels of a column; 0 where it is hidden."""
        found, width = self._column(column), self._default("defaultColWidth", _COLUMN_WIDTH)
        if found is not None:
            width = 0.0 if _is_on(found, "hidden") else _decimal(found, "width", width)
        return int(min(width, 255) * 7 + 5) if width else 0

    def height(self, row: int) -> int:
        """Pixels of a row; 0 where it is hidden."""
        line, points = self._rows.get(row), self._default("defaultRowHeight", _ROW_POINTS)
        if line is not None:
            points = 0.0 if _is_on(line, "hidden") else _decimal(line, "ht", points)
        return int(min(points, 409.5) * 4 / 3)

    def _default(self, name: str, value: float) -> float:
        said = child(self.root, "sheetFormatPr")
        return value if said is None else _decimal(said, name, value)

    def seen(self, spot: Spot) -> Spot:
        """The cell itself, or where it is hidden the next one to the right and below that is seen."""
        row, column = spot
        rows = (r for r in range(row, min(row + _FURTHEST, LAST_ROW)) if self.height(r))
        columns = (c for c in range(column, min(column + _FURTHEST, LAST_COLUMN)) if self.width(c))
        return next(rows, row), next(columns, column)

    # conditional looks

    def under_conditions(self, spot: Spot) -> bool:
        """Whether a conditional format may lie over a cell."""
        row, column = spot
        return any(t <= row <= b and left <= column <= r for t, left, b, r in self._conditions)

    @cached_property
    def _conditions(self) -> list[tuple[int, int, int, int]]:
        told: list[tuple[int, int, int, int]] = []
        for one in self.root.iter():
            if local(one) == "conditionalFormatting":
                areas = one.get("sqref") or next((c.text or "" for c in one if local(c) == "sqref"), "")
                told += map(_area, areas.split())
        return told

    def over_all(self, areas: str, formula: str, look: int) -> None:
        """A conditional look over cells, before every other."""
        rules = [one for one in self.root.iter() if local(one) == "cfRule" and one.get("priority")]
        first = min((number(rule, "priority", 1) for rule in rules), default=2)
        if first < 2:
            for rule in rules:
                rule.set("priority", str(number(rule, "priority", 1) + 1))
        block = like(self.root, "conditionalFormatting", sqref=areas)
        rule = add(block, "cfRule", type="expression", dxfId=str(look), priority=str(max(1, first - 1)))
        add(rule, "formula").text = formula
        at = next((n for n, one in enumerate(self.root) if local(one) == "conditionalFormatting"), None)
        if at is None:
            self.put(block)
        else:
            self.root.insert(at, block)

    def not_over(self, formula: str) -> bool:
        """Take away every conditional look with a formula; whether there was one."""
        found = False
        for block in [one for one in self.root if local(one) == "conditionalFormatting"]:
            for rule in list(block):
                if any(local(one) == "formula" and one.text == formula for one in rule):
                    block.remove(rule)
                    found = True
            if not len(block):
                self.root.remove(block)
        return found


def _area(text: str) -> tuple[int, int, int, int]:
    """``B2:C9`` as top, left, bottom, right; of whole rows or columns the whole sheet."""
    first, _, last = text.partition(":")
    start, end = spot_of(first), spot_of(last or first)
    return (*start, *end) if start and end else (0, 0, LAST_ROW, LAST_COLUMN)


def _is_on(element: Element, name: str) -> bool:
    return element.get(name) in ("1", "true")


def _decimal(element: Element, name: str, default: float) -> float:
    text = element.get(name, "")
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,20})?", text) else default
