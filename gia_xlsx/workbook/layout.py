"""Where a form lies in the workbook: addresses, hidden keys and the mark of each sheet. Rows and columns from 0.

A table sheet: row 1 the heading, then each block under a hidden row of column keys; column A, hidden, holds the row
keys; the printed frame starts in column B. Readers find cells by these keys and by the labels, never by address.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gia_xlsx.form import Key, Section
from gia_xlsx.grid import Box, boxes, height, shape
from gia_xlsx.report import Place

FORMAT = 1  # the version of this layout; a reader refuses a higher one
LEFT = 1  # the frame starts in column B; column A holds the row keys
COVER_SHEET = "封面"
PROSE_SHEET = "表格文字说明"  # the words that stand before the tables of sections two to four
GUIDE_SHEET, CHECKS_SHEET, PLACEHOLDER_SHEET = "填报说明", "校验", "占位符"  # sheets to look things up in
CHART_SHEET, PREVIOUS_SHEET, RECORDS_SHEET = "图表", "上年数据", "导入记录"
REVIEW_SHEET = "审核意见"  # that a review puts into the filer's workbook
REFERENCE = {  # the section that the mark of each of them names; it stands in A1
    "guide": GUIDE_SHEET,
    "checks": CHECKS_SHEET,
    "placeholders": PLACEHOLDER_SHEET,
    "charts": CHART_SHEET,
    "previous": PREVIOUS_SHEET,
    "records": RECORDS_SHEET,
    "review": REVIEW_SHEET,
}


def mark(form: str, section: str) -> str:
    """What tells a sheet of ours from any other, whatever its name: ``gia-xlsx/1/2021/requests``."""
    return f"gia-xlsx/{FORMAT}/{form}/{section}"


def row_of(section: Section, box: Box) -> int:
    """The sheet row of a box: one heading row, and one hidden key row for each block so far."""
    return 1 + box.top + box.block + 1


def key_row(section: Section, block: int) -> int:
    """The hidden row above a block that holds its column keys."""
    return 1 + sum(height(b) for b in section.blocks[:block]) + block


def bottom(section: Section) -> int:
    """The first row below the frame."""
    return 1 + shape(section).rows + len(section.blocks)


@cache
def addresses(section: Section) -> Mapping[Key, tuple[int, int]]:
    """Row and column of every cell of a table section, as ``new`` writes it."""
    return {box.key: (row_of(section, box), LEFT + box.left) for box in boxes(section) if box.key is not None}


def a1(row: int, column: int) -> str:
    """``(6, 10)`` is ``K7``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def place(section: Section, key: Key) -> Place:
    """Where ``new`` puts a cell."""
    return Place(section.sheet, a1(*addresses(section)[key]))
