"""Narrative sheets: one paragraph a row, its heading beside it, a character count, and room for more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gia_xlsx.form import Form, Section
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.workbook.canvas import TALLEST_ROW, Canvas, text_height
from gia_xlsx.workbook.layout import PROSE_SHEET, a1

HEADING, TEXT, LENGTH, KEY = range(4)  # columns; KEY is hidden
HEAD_ROW = 2
HEAD = "head"  # what the hidden column says in the row of the heads
PROSE = "prose"  # the section name in the mark of the sheet that holds the words of the tables
ROOM = 24  # empty rows below the paragraphs
ROOM_OF_TABLE = 10
_HEADING_WIDTH, _LENGTH_WIDTH = 28.0, 9.0
_TEXT_WIDTHS = (92.0, 130.0, 180.0, 250.0)  # as wide as the longest paragraph needs to fit into Excel's tallest row
_SIZE = 12
_PROMPTS = {  # what shows beside a cell when it is chosen
    HEADING: ("小标题", "写在正文之前，可以留空。以冒号或句号结尾的与正文连排，其余另起一行；不用占位符。"),
    TEXT: (
        "正文",
        "一格一段，最多32767字；换段请用下一行。文中数字用占位符，如 {{ 本年新收.总计 }}，可用的名称见“占位符”表。",
    ),
}


def draw_narrative(page: Canvas, section: Section, title: str, paragraphs: Sequence[Paragraph]) -> None:
    """The sheet of a section that is all text."""
    last = HEAD_ROW + len(paragraphs) + ROOM
    width = _frame(page, title, section.guide, paragraphs, last)
    _rows(page, HEAD_ROW + 1, paragraphs, ROOM, width)
    _close(page, last)


def draw_prose_of_tables(page: Canvas, form: Form, report: Report | None, paragraphs: Sequence[Paragraph]) -> None:
    """The words that are printed before each table, in one sheet: a caption with the section's key, then its rows."""
    own = [[p for p in paragraphs if p.section == table.key] for table in form.tables]
    last = HEAD_ROW + sum(1 + len(part) + ROOM_OF_TABLE for part in own)
    guide = "这里的文字分别印在第二、三、四部分的表格之前；没有要说明的可以不填。文中数字请用占位符，不必手填。"
    width = _frame(page, PROSE_SHEET, guide, [p for part in own for p in part], last)
    row = HEAD_ROW + 1
    for table, part in zip(form.tables, own, strict=True):
        heading = table.heading if report is None else report.heading(table.key)
        page.box(row, HEADING, 1, 3, f"{heading}（印在表格之前的文字）", "band")
        page.ws.write_string(row, KEY, table.key)
        page.height(row, 24)
        row = _rows(page, row + 1, part, ROOM_OF_TABLE, width)
    _close(page, last)


def _frame(page: Canvas, title: str, guide: str, paragraphs: Iterable[Paragraph], last: int) -> float:
    """Title, guide and heads; the width of the text column."""
    texts = [paragraph.text for paragraph in paragraphs]
    fits = (w for w in _TEXT_WIDTHS if all(text_height(t, w - 2, _SIZE) <= TALLEST_ROW for t in texts))
    width = next(fits, _TEXT_WIDTHS[-1])
    page.widths(HEADING, _HEADING_WIDTH, width, _LENGTH_WIDTH)
    page.hide_column(KEY)
    page.box(0, HEADING, 1, 2, title, "left title")
    page.height(0, 40)
    hint = (
        f"{guide}\n一行一段，小标题与正文同行；不够可在表内插入行。以冒号或句号结尾的小标题与正文连排，其余另起一行。"
    )
    page.box(1, HEADING, 1, 2, hint, "guide")
    page.height(1, text_height(hint, _HEADING_WIDTH + width - 4, 10) + 4)
    counts = f"{a1(HEAD_ROW + 1, LENGTH)}:{a1(last, LENGTH)}"
    page.formula(1, LENGTH, f'="合计"&SUM({counts})&"字"', f"合计{sum(map(len, texts))}字", "guide", "center")
    for column, words in ((HEADING, "小标题"), (TEXT, "正文"), (LENGTH, "字数")):
        page.text(HEAD_ROW, column, words, "row head")
    for column, (words, prompt) in _PROMPTS.items():
        page.ask(HEAD_ROW + 1, column, words, prompt, {"validate": "any"}, rows=last - HEAD_ROW)
    page.ws.write_string(HEAD_ROW, KEY, HEAD)
    page.height(HEAD_ROW, 24)
    return width


def _rows(page: Canvas, row: int, paragraphs: Sequence[Paragraph], room: int, width: float) -> int:
    """Paragraphs and room for more; an empty row keeps its automatic height, so that it grows with what is typed."""
    for paragraph in paragraphs:
        page.text(row, HEADING, paragraph.heading, "prose", "heading text")
        page.text(row, TEXT, paragraph.text, "prose", "text")
        _count(page, row, len(paragraph.text))
        need = text_height(paragraph.text, width - 2, _SIZE), text_height(paragraph.heading, _HEADING_WIDTH - 2, 11)
        page.height(row, max(26.0, *need))
        row += 1
    for _ in range(room):
        page.text(row, HEADING, "", "prose", "heading text")
        page.text(row, TEXT, "", "prose", "text")
        _count(page, row, 0)
        row += 1
    return row


def _count(page: Canvas, row: int, length: int) -> None:
    cell = a1(row, TEXT)
    page.formula(row, LENGTH, f'=IF({cell}="","",LEN({cell}))', length or "", "length")


def _close(page: Canvas, last: int) -> None:
    page.ws.freeze_panes(HEAD_ROW + 1, 0)
    page.ws.set_selection(HEAD_ROW + 1, TEXT, HEAD_ROW + 1, TEXT)
    page.finish((last, LENGTH), repeat=HEAD_ROW, grows=True)
