"""One worksheet to draw on: words always as words, boxes always whole, limits of Excel as errors, paper set up."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from gia_xlsx.errors import GiaError
from gia_xlsx.workbook.layout import a1
from gia_xlsx.workbook.live import Content
from gia_xlsx.workbook.styles import Styles

LONGEST_TEXT = 32_767
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # of a data validation; xlsxwriter would drop a longer one with a warning
TALLEST_ROW = 409.0
_PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,  # a row grows with its text only where this is allowed
    "autofilter": True,
}


def growing_worksheet() -> type:
    """The kind of worksheet for text; loaded only when a workbook is written."""
    from gia_xlsx.workbook.growing import GrowingWorksheet

    return GrowingWorksheet


class Canvas:
    """A worksheet with the styles of its book. Rows and columns count from 0; heights are in points."""

    def __init__(
        self, book: Any, styles: Styles, name: str, tab: str, mark: tuple[int, int, str], *, grows: bool = False
    ) -> None:
        self.name = name
        self.ws = book.add_worksheet(name, growing_worksheet() if grows else None)
        self.style = styles
        self.heights: dict[int, float] = {}
        row, column, words = mark
        self.ws.write_string(row, column, words)
        self.ws.set_tab_color(tab)
        self.ws.hide_gridlines(2)

    def text(self, row: int, column: int, words: str, *style: str) -> None:
        """Words as they are, never a formula or a link; an empty string leaves a formatted blank."""
        if len(words) > LONGEST_TEXT:
            place = f"{self.name}!{a1(row, column)}"
            raise GiaError(f"{place}：文字有{len(words)}字，超过一个单元格能存的{LONGEST_TEXT}字，请分成几段。")
        if words:
            self.ws.write_string(row, column, words, self.style(*style))
        else:
            self.ws.write_blank(row, column, None, self.style(*style))

    def box(self, row: int, column: int, height: int, width: int, words: str, *style: str) -> None:
        """Words in one cell, or in a merged range."""
        if height > 1 or width > 1:
            self.ws.merge_range(row, column, row + height - 1, column + width - 1, "", self.style(*style))
        self.text(row, column, words, *style)

    def content(self, row: int, column: int, value: Content, *style: str) -> None:
        """A number, words, or a blank that keeps its format."""
        if isinstance(value, int | Decimal):
            self.ws.write_number(row, column, value, self.style(*style))
        else:
            self.text(row, column, value or "", *style)

    def formula(self, row: int, column: int, formula: str, value: object, *style: str) -> None:
        """A formula with the result it will have: a viewer that does not calculate shows the truth."""
        self.ws.write_formula(row, column, formula, self.style(*style), value)

    def link(self, row: int, column: int, sheet: str, cell: str, words: str, *style: str) -> None:
        self.ws.write_url(row, column, f"internal:'{sheet}'!{cell}", self.style(*style), words)

    def ask(self, row: int, column: int, title: str, message: str, rule: Mapping[str, Any], rows: int = 1) -> None:
        """Data validation of one input, or of ``rows`` of them, with the prompt that shows when one is chosen."""
        if len(title) > LONGEST_TITLE or len(message) > LONGEST_MESSAGE:
            raise ValueError(f"{self.name}!{a1(row, column)}: prompt too long for Excel: {title}: {message}")
        prompt = {"input_title": title, "input_message": message}
        if self.ws.data_validation(row, column, row + rows - 1, column, {**rule, **prompt}) not in (0, None):
            raise ValueError(f"{self.name}!{a1(row, column)}: validation refused: {rule}")

    def when(self, areas: Iterable[str], formula: str, style: str) -> None:
        """A conditional format of each range; ``@`` in the formula stands for a range's first cell.

        One rule for each range: programs disagree on what cell a formula over several ranges is relative to.
        """
        for area in areas:
            criteria = formula.replace("@", area.split(":")[0])
            self.ws.conditional_format(area, {"type": "formula", "criteria": criteria, "format": self.style(style)})

    def widths(self, first: int, *widths: float) -> None:
        """Column widths in characters, from a first column on."""
        for column, width in enumerate(widths, first):
            self.ws.set_column(column, column, width)

    def hide_column(self, column: int) -> None:
        self.ws.set_column(column, column, 8, None, {"hidden": True})

    def height(self, row: int, points: float) -> None:
        """At least this height; what is asked last and is higher wins."""
        self.heights[row] = max(self.heights.get(row, 0.0), min(points, TALLEST_ROW))

    def finish(
        self,
        last: tuple[int, int],
        *,
        first: tuple[int, int] = (0, 0),
        landscape: bool = False,
        repeat: int = -1,
        one_page: bool = False,
        grows: bool = False,
    ) -> None:
        """Row heights, protection without a password, and A4: fit to width, heads repeated, pages numbered.

        ``grows``: rows may be inserted.
        """
        ws = self.ws
        for row, points in self.heights.items():
            ws.set_row(row, points)
        ws.protect("", {**_PROTECTION, "insert_rows": grows})
        ws.set_paper(9)
        if landscape:
            ws.set_landscape()
        ws.fit_to_pages(1, int(one_page))
        ws.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.8)
        ws.center_horizontally()
        ws.set_footer('&C&"宋体,Regular"&10— &P —')
        ws.print_area(*first, *last)
        if repeat >= 0:
            ws.repeat_rows(0, repeat)


def text_width(text: str) -> int:
    """Width in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def text_height(text: str, width: float, size: float = 11) -> float:
    """Points that wrapped text needs in a column ``width`` characters wide; rather too much than too little."""
    room = max(1.0, (width * 7 - 4) / (size * 96 / 72 / 2) - 2)  # a wide character never breaks in two
    lines = sum(max(1, math.ceil(text_width(part) / room)) for part in text.split("\n"))
    return lines * size * 1.42 + 6
