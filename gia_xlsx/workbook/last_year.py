"""The 上年数据 sheet: last year's tables in grey, drawn as printed, of whichever form that year had."""

from __future__ import annotations

from gia_xlsx.form import Section
from gia_xlsx.grid import Box, boxes, shape
from gia_xlsx.report import Report
from gia_xlsx.workbook.canvas import Canvas, text_height
from gia_xlsx.workbook.filling import content
from gia_xlsx.workbook.layout import PREVIOUS_SHEET

_LEFT = 1  # labels begin in column B
_LABELS = 3  # every table gets the same label columns, so that one sheet can hold them all
_WIDTHS = (6.0, 13.0, 38.0)
_CELL_WIDTH = 10.5
_ROW = 20.0


def draw_last_year(page: Canvas, previous: Report) -> None:
    """Values as they were stated, words and blanks included; nothing here is read again."""
    tables = previous.form.tables
    cells = max(shape(table).cells for table in tables)
    page.hide_column(0)
    page.widths(_LEFT, *_WIDTHS, *[_CELL_WIDTH] * cells)
    width = _LABELS + cells
    page.box(0, _LEFT, 1, width, PREVIOUS_SHEET, "left title", "grey")
    page.height(0, 36)
    words = f"{previous.title}（{previous.form.notice}）。仅供对照，改动无效；上年结转已据此填入。"
    page.box(1, _LEFT, 1, width, words, "guide")
    page.height(1, 24)
    row = 3
    for table in tables:
        page.box(row, _LEFT, 1, width, previous.heading(table.key), "left title", "grey")
        page.height(row, 30)
        row = _table(page, row + 1, table, previous) + 1
    page.ws.freeze_panes(2, 0)
    page.finish((row - 1, _LEFT + width - 1), first=(0, _LEFT), landscape=True, repeat=1)


def _table(page: Canvas, top: int, table: Section, previous: Report) -> int:
    """One table from its first row on; gives the row below it."""
    labels = shape(table).labels
    for box in boxes(table):
        row, (column, width) = top + box.top, _columns(box, labels)
        for line in range(row, row + box.height):
            page.height(line, _ROW)
        if box.key is None:
            page.box(
                row, column, box.height, width, box.text, "last label", *(() if box.role == "label" else ("center",))
            )
            if box.height == 1:  # the width of the columns it covers, counted from the first label column
                widths = [*_WIDTHS, *[_CELL_WIDTH] * shape(table).cells][column - _LEFT : column - _LEFT + width]
                page.height(row, text_height(box.text, sum(widths)))
        else:
            page.content(row, column, content(previous.facts[box.key]), "last", *(("across",) if width > 1 else ()))
            for filler in range(1, width):
                page.text(row, column + filler, "", "last", "across")
    return top + shape(table).rows


def _columns(box: Box, labels: int) -> tuple[int, int]:
    """First column and width of a box once its table's label columns are stretched to the common number."""
    if box.left >= labels:
        return _LEFT + _LABELS + box.left - labels, box.width
    if labels == _LABELS:
        return _LEFT + box.left, box.width
    return _LEFT + box.left, box.width + _LABELS - labels
