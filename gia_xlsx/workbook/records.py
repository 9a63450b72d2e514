"""The 导入记录 sheet of a workbook made from a published report: what was inferred, cleaned up, and left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gia_xlsx.workbook.canvas import Canvas, text_height
from gia_xlsx.workbook.layout import RECORDS_SHEET

_WIDTHS = (18.0, 26.0, 84.0)
_LONGEST = 2_000  # characters shown of one record
_MOST = 2_000  # records shown


class Record(NamedTuple):
    """One line of the record: what kind it is, where in the source it arose, and what there is to say."""

    kind: str
    where: str
    words: str


def draw_records(page: Canvas, source: str, records: Sequence[Record]) -> None:
    """All records under the name of the source; nothing here is read again."""
    page.hide_column(0)
    page.widths(1, *_WIDTHS)
    page.box(0, 1, 1, 3, RECORDS_SHEET, "left title")
    page.height(0, 36)
    words = f"本工作簿由 gia-xlsx import 从“{source}”读出。数字和文字照录原文，未作改动；以下各项请逐条核对。"
    page.box(1, 1, 1, 3, words, "guide")
    page.height(1, text_height(words, sum(_WIDTHS) - 4, 10) + 4)
    for column, head in enumerate(("类别", "原文位置", "内容"), 1):
        page.text(2, column, head, "row head")
    page.height(2, 24)
    for row, record in enumerate(records[:_MOST], 3):
        text = record.words if len(record.words) <= _LONGEST else f"{record.words[:_LONGEST]}…"
        page.text(row, 1, record.kind, "row")
        page.text(row, 2, record.where, "row")
        page.text(row, 3, text, "row")
        page.height(row, max(22.0, text_height(text, _WIDTHS[2] - 3)))
    page.ws.freeze_panes(3, 0)
    page.finish((min(len(records), _MOST) + 2, 3), first=(0, 1), landscape=True, repeat=2)
