"""The cover sheet: what an organ declares about its report, how far it is filled, a legend, the way to each sheet.

Column A, hidden, holds the key of each field; a label stands in B, the answer in C.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gia_xlsx.form import LAST_YEAR, Form, first_year
from gia_xlsx.organ import SCOPES, organ_types
from gia_xlsx.report import COVER_NAMES, Cover
from gia_xlsx.workbook import live
from gia_xlsx.workbook.canvas import Canvas, text_height
from gia_xlsx.workbook.layout import COVER_SHEET, a1

KEY, LABEL, ANSWER, HINT = range(4)  # columns
_FIRST = 5  # row of the first field
_WIDTHS = (20.0, 50.0, 48.0)


class Field(NamedTuple):
    """A line of the cover: its printed label and what to write."""

    label: str
    hint: str


_HINTS = {
    "organ": "与公章一致的全称，如“随县安居镇人民政府”，不用简称。",
    "type": "从列表中选择，与本机关的性质一致。",
    "year": "四位数字。统计期限为该年1月1日至12月31日。",
    "scope": "从列表中选择：只填本机关，或者汇总本级政府及其所属单位。",
    "title": "留空则用标准标题（见上）。",
    "contact": "联系部门、地址、邮编、电话；前言用到时必填。",
    "signature": "署名机关，写全称；报告末尾应有署名。",
    "date": "如“2025年1月20日”，用阿拉伯数字，月、日不补零。",
    "blank_is_zero": "选“是”，即声明：凡留空的数字单元格均为0。此声明记入报告数据。",
}
FIELDS: Mapping[str, Field] = {key: Field(COVER_NAMES[key], hint) for key, hint in _HINTS.items()}

_LEGEND = (  # style, what the sample says, meaning
    (("sample",), "12", "白底方框：请填写；只有这些单元格可以改动"),
    (("sample", "blank sample"), "", "浅黄底：尚未填写；没有的填0"),
    (("sample", "total"), "12", "灰底粗体：公式自动合计，不必填写"),
    (("sample", "field"), "标签", "格式规定的文字，已锁定；工作表保护不设密码"),
    (("sample", "passed sample"), live.PASSED, "勾稽关系成立"),
    (("sample", "broken sample"), f"{live.BROKEN}（差 +3）", "勾稽关系不成立；括号内为等号左边减右边之差"),
    (("sample", "pending sample"), live.PENDING, "所涉单元格尚未填完"),
    (("sample", "broken sample"), live.WORDS, "所涉单元格中有文字，公式无法相加"),
)


def address(field: str) -> str:
    """The absolute address of an answer: ``$C$14``."""
    return f"$C${_FIRST + list(FIELDS).index(field) + 1}"


def reference(field: str) -> str:
    """An answer as formulas of other sheets name it."""
    return f"'{COVER_SHEET}'!{address(field)}"


def draw_cover(
    page: Canvas, form: Form, cover: Cover, progress: tuple[str, str], sheets: Iterable[tuple[str, str]]
) -> None:
    """The cover. ``progress``: where the sentence stands that sums up the checks, and what it says; ``sheets``: names
    and what each is for."""
    page.hide_column(KEY)
    page.widths(LABEL, *_WIDTHS)
    until = f"{form.since}年度及以后" if form.until is None else f"{form.since}—{form.until}年度"
    page.box(0, LABEL, 1, 3, "政府信息公开工作年度报告填报工作簿", "notice")
    page.height(0, 30)
    page.ws.merge_range(1, LABEL, 1, HINT, "", page.style("report title"))
    page.formula(1, LABEL, _title_formula(form), standard_title(form, cover), "report title")
    page.height(1, 78)
    page.box(2, LABEL, 1, 3, f"格式依据：{form.notice}（适用于{until}）", "notice")
    page.height(2, 30)
    page.height(3, 8)
    for column, words in ((LABEL, "项目"), (ANSWER, "请填写"), (HINT, "说明")):
        page.text(4, column, words, "row head")
    page.height(4, 24)
    for row, (key, field) in enumerate(FIELDS.items(), _FIRST):
        _field(page, row, key, field, answer(cover, key))
    row = _FIRST + len(FIELDS) + 1
    row = _legend(page, row, progress)
    row = _contents(page, row + 1, sheets)
    page.ws.freeze_panes(_FIRST, 0)
    page.finish((row - 1, HINT), first=(0, LABEL))


def answer(cover: Cover, field: str) -> str | int:
    """What stands beside a label: the words of the list where there is one; what was not understood, as it was."""
    value: str | int | None = getattr(cover, field)
    if field in cover.raw:
        return cover.raw[field]
    if field == "type":
        return organ_types()[cover.type].label if cover.type in organ_types() else cover.type
    if field == "scope":
        return SCOPES.get(cover.scope, cover.scope)
    if field == "blank_is_zero":
        return live.YES if value else live.NO
    return "" if value is None else value


def standard_title(form: Form, cover: Cover) -> str:
    """What the big title shows."""
    return cover.title or form.title.format(organ=cover.organ or _NO_ORGAN, year=cover.year or _NO_YEAR)


_NO_ORGAN, _NO_YEAR = f"（{COVER_NAMES['organ']}）", "____"


def _title_formula(form: Form) -> str:
    """The title as given, else the standard one, from the answers below."""
    organ, year, title = (address(field) for field in ("organ", "year", "title"))
    parts = form.title.replace("{organ}", f'"&IF({organ}="","{_NO_ORGAN}",{organ})&"')
    parts = parts.replace("{year}", f'"&IF({year}="","{_NO_YEAR}",{year})&"')
    return f'=IF({title}="","{parts}",{title})'


def _field(page: Canvas, row: int, key: str, field: Field, value: str | int) -> None:
    page.ws.write_string(row, KEY, key)
    page.text(row, LABEL, field.label, "field")
    page.content(row, ANSWER, value, "answer", *(() if key == "year" else ("as text",)))
    page.text(row, HINT, field.hint, "hint")
    page.height(row, max(32.0, text_height(str(value), _WIDTHS[1] - 2, 12), text_height(field.hint, _WIDTHS[2] - 2, 9)))
    page.ask(row, ANSWER, field.label, field.hint, _rule(key))
    if key in ("organ", "type", "year", "scope"):
        page.when([a1(row, ANSWER)], '=@=""', "if blank")


def _rule(key: str) -> dict[str, Any]:
    lists: Mapping[str, Sequence[str]] = {
        "type": [kind.label for kind in organ_types().values()],
        "scope": list(SCOPES.values()),
        "blank_is_zero": [live.YES, live.NO],
    }
    if key in lists:
        return {"validate": "list", "source": list(lists[key]), "error_title": "请从列表中选择",
                "error_message": "请点单元格右侧的箭头，从列表中选择一项。"}  # fmt: skip
    if key == "year":
        return {"validate": "integer", "criteria": "between", "minimum": first_year(), "maximum": LAST_YEAR,
                "error_title": "请填年度", "error_message": "请填四位数的年度，如2024。"}  # fmt: skip
    return {"validate": "any"}


def _legend(page: Canvas, row: int, progress: tuple[str, str]) -> int:
    page.box(row, LABEL, 1, 3, "填报进度和图例", "band")
    page.height(row, 24)
    row += 1
    page.text(row, LABEL, "填报进度", "field")
    page.ws.merge_range(row, ANSWER, row, HINT, "", page.style("row"))
    page.formula(row, ANSWER, f"={progress[0]}", progress[1], "row")
    page.height(row, 26)
    for style, sample, meaning in _LEGEND:
        row += 1
        page.text(row, LABEL, sample, *style)
        page.box(row, ANSWER, 1, 2, meaning, "row")
        page.height(row, 22)
    return row + 1


def _contents(page: Canvas, row: int, sheets: Iterable[tuple[str, str]]) -> int:
    page.box(row, LABEL, 1, 3, "目录", "band")
    page.height(row, 24)
    for name, what in sheets:
        row += 1
        page.link(row, LABEL, name, "A1", name, "row", "link")
        page.box(row, ANSWER, 1, 2, what, "row")
        page.height(row, max(22.0, text_height(what, sum(_WIDTHS[1:]) - 2)))
    return row + 1
