"""Sheets to look things up in: 填报说明, 校验 with the state of every check, 占位符 with their live values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gia_xlsx.form import Form, Key
from gia_xlsx.opinions import MARK_HEAD, REASON_HEAD
from gia_xlsx.placeholders import YEARS, Placeholder, placeholders
from gia_xlsx.report import Cover
from gia_xlsx.workbook import live
from gia_xlsx.workbook.canvas import Canvas, text_height
from gia_xlsx.workbook.cover import reference
from gia_xlsx.workbook.layout import CHECKS_SHEET, GUIDE_SHEET, PLACEHOLDER_SHEET, a1
from gia_xlsx.workbook.live import Content
from gia_xlsx.workbook.tables import state_colours

UNFILLED = "未填"
_STEPS = (
    ("封面", "填机关名称、类型、年度、口径等。类型和口径从列表中选择。"),
    ("三张表", "在二、三、四部分的表中填浅黄色单元格。没有的填0，不留空白，不写“无”“/”“-”，不带单位。"),
    ("总计", "总计由公式得出，不必填写，也不要用数字盖掉公式。"),
    ("校验", "表旁和表下的校验格随填随算：通过、不符、待填、有非数字。“校验”表列出全部校验，点“查看”可到所在单元格。"),
    (
        "文字",
        "前言和一、五、六部分一行写一段；表格之前的文字写在“表格文字说明”。给出的标准语句可以保留、改写或者删去；"
        "【请填写：…】处换成实际内容，留着不能发布。",
    ),
    (
        "占位符",
        "文中数字请用占位符，如 {{ 本年新收.总计 }}，发布时自动换成表中的数字，文字和表格不会矛盾。"
        "全部占位符见“占位符”表。"
        "语句中的 {% 如果 … %}…{% 否则 %}…{% 完 %} 按表中数字二选一，发布时自动处理，不必改动。",
    ),
    ("检查和发布", "保存后运行 gia-xlsx check 检查全文，运行 gia-xlsx build 生成网页、Word 文档和数据文件。"),
)


def draw_guide(page: Canvas, form: Form) -> None:
    """How to fill, what each row counts and on what basis, and the relations of the form in words."""
    page.hide_column(0)
    widths = (50.0, 72.0, 36.0)
    page.widths(1, *widths)
    page.box(0, 1, 1, 3, GUIDE_SHEET, "title")
    page.height(0, 40)
    page.box(1, 1, 1, 3, f"格式依据：{form.notice}", "notice")
    row = _band(page, 2, 3, "一、怎样填")
    for number, (what, how) in enumerate(_STEPS, 1):
        page.text(row, 1, f"{number}. {what}", "row", "bold")
        page.box(row, 2, 1, 2, how, "row")
        page.height(row, text_height(how, sum(widths[1:]) - 3) + 8)
        row += 1
    row = _heads(page, _band(page, row, 3, "二、每一行填什么"), ("行", "计什么", "依据"))
    for table in form.tables:
        row = _subhead(page, row, table.heading)
        for block in table.blocks:
            groups = "、".join(line.label for line in block.columns.children(None) if line.is_group)
            for line in block.rows.lines:
                if line.is_group:
                    row = _subhead(page, row, line.label)
                else:
                    row = _row(page, row, (line.label or groups, line.help, line.article), widths)
    row = _heads(page, _band(page, row, 3, "三、表内勾稽关系"), ("关系", "算式", "规则"))
    for table in form.tables:
        row = _subhead(page, row, table.heading)
        for relation in table.relations:
            names = {line.key: line for block in table.blocks for line in (*block.rows.lines, *block.columns.lines)}
            left, right = (_sum([names[k].name for k in side]) for side in (relation.left, relation.right))
            sign = "＝" if relation.op == "=" else "≥"
            row = _row(page, row, (relation.text, f"{left} {sign} {right}", relation.code), widths)
    page.ws.freeze_panes(1, 0)
    page.finish((row - 1, 3), first=(0, 1), repeat=0, landscape=True)


def _sum(names: list[str]) -> str:
    return " ＋ ".join(names) if len(names) < 8 else f"{names[0]} ＋ {names[1]} ＋ … ＋ {names[-1]}（共{len(names)}行）"


def _band(page: Canvas, row: int, width: int, words: str) -> int:
    page.box(row, 1, 1, width, words, "band")
    page.height(row, 24)
    return row + 1


def _subhead(page: Canvas, row: int, words: str) -> int:
    page.box(row, 1, 1, 3, words, "row", "bold", "shaded")
    page.height(row, 22)
    return row + 1


def _heads(page: Canvas, row: int, words: Iterable[str]) -> int:
    for column, word in enumerate(words, 1):
        page.text(row, column, word, "row head")
    page.height(row, 22)
    return row + 1


def _row(page: Canvas, row: int, words: Iterable[str], widths: Iterable[float]) -> int:
    need = 22.0
    for column, (word, width) in enumerate(zip(words, widths, strict=True), 1):
        page.text(row, column, word, "row")
        need = max(need, text_height(word, width - 2))
    page.height(row, need)
    return row + 1


_CHECK_HEADS = ("序号", "规则", "部分", "勾稽关系", "所在行／栏", "状态", "位置")
_CHECK_WIDTHS = (7.0, 14.0, 22.0, 56.0, 50.0, 22.0, 10.0)
_ACCEPTANCE_BAND = "审核意见的接受（核对无误、不改的，写明理由）"
_ACCEPTANCE_GUIDE = (
    "运行 gia-xlsx check 后，核对无误、不改的意见，一行写一条：左边写意见号（见检查的输出，或者“审核意见”表），"
    "右边写理由。再检查时列为已接受；数字或文字改动后，接受自动失效。"
)
_ACCEPTANCES = 12  # rows to write in
_COUNTS, _LIST = 2, 5  # rows
STATE = 6  # column
PROGRESS = (3, 1)  # the cell that sums up in one sentence


def progress() -> str:
    """The address of the sentence that sums up the checks, for the cover."""
    return f"'{CHECKS_SHEET}'!${a1(*PROGRESS)[0]}${PROGRESS[0] + 1}"


def draw_checks(page: Canvas, form: Form, values: Mapping[Key, Content], zero: bool) -> str:
    """The counts, then every check with its state and the way to it; gives the summing-up sentence as it stands now."""
    page.hide_column(0)
    page.widths(1, *_CHECK_WIDTHS)
    page.box(0, 1, 1, 7, CHECKS_SHEET, "title")
    page.height(0, 40)
    states = [live.state(form, check, values, blank_is_zero=zero) for check in form.checks]
    blanks = sum(values[key] is None for key in form.inputs)
    summary = _counts(page, form, states, blanks)
    _heads(page, _LIST - 1, _CHECK_HEADS)
    for number, (check, words) in enumerate(zip(form.checks, states, strict=True), 1):
        row = _LIST + number - 1
        section, place = form.by_key[check.keys[0].table], live.check_place(form, check)
        cell = form.cells[check.keys[0]]
        crossing = check.crossing.label or cell.block.columns.path(check.keys[0].column)[-2].label
        page.ws.write_number(row, 1, number, page.style("row", "center"))
        for column, text in enumerate((check.relation.code, section.sheet, check.relation.text, crossing), 2):
            page.text(row, column, text, "row")
        page.formula(row, STATE, f"='{place.sheet}'!{place.cell}", words, "check", "wrap")
        page.link(row, 7, place.sheet, place.cell, "查看", "row", "link")
        need = max(text_height(check.relation.text, _CHECK_WIDTHS[3] - 2), text_height(crossing, _CHECK_WIDTHS[4] - 2))
        page.height(row, max(22.0, need))
    last = _LIST + len(states) - 1
    state_colours(page, [f"{a1(_LIST, STATE)}:{a1(last, STATE)}"])
    page.ws.autofilter(_LIST - 1, 1, last, 7)
    page.ws.freeze_panes(_LIST, 0)
    last = _acceptances(page, last + 2)
    page.finish((last, 7), first=(0, 1), landscape=True, repeat=_LIST - 1)
    return summary


def _acceptances(page: Canvas, row: int) -> int:
    """Room to accept findings with a reason; gives the last row of it."""
    _band(page, row, 7, _ACCEPTANCE_BAND)
    page.box(row + 1, 1, 1, 7, _ACCEPTANCE_GUIDE, "guide")
    page.height(row + 1, text_height(_ACCEPTANCE_GUIDE, sum(_CHECK_WIDTHS), 10) + 4)
    head, first = row + 2, row + 3
    page.text(head, 1, "序号", "row head")
    page.text(head, 2, MARK_HEAD, "row head")
    page.box(head, 3, 1, 5, REASON_HEAD, "row head")
    page.height(head, 22)
    for number in range(_ACCEPTANCES):
        page.ws.write_number(first + number, 1, number + 1, page.style("row", "center"))
        page.text(first + number, 2, "", "row", "center", "open")
        page.box(first + number, 3, 1, 5, "", "row", "open")
        page.height(first + number, 22)
    anything = {"validate": "any"}
    page.ask(first, 2, MARK_HEAD, "照抄意见号，如 GIA303-7F3A。", anything, _ACCEPTANCES)
    page.ask(first, 3, REASON_HEAD, "写明为什么不改，如核对的结果、依据的文件。", anything, _ACCEPTANCES)
    return first + _ACCEPTANCES - 1


def _counts(page: Canvas, form: Form, states: list[str], blanks: int) -> str:
    first, last = a1(_LIST, STATE), a1(_LIST + len(states) - 1, STATE)
    filled = ",".join(
        live.ranges(table, [key for key in table.keys if key not in form.totals], table.sheet) for table in form.tables
    )
    cards = (
        ("未填单元格", f"={len(form.inputs)}-COUNTA({filled})", blanks, "cells", "if pending"),
        (live.BROKEN, f'=COUNTIF({first}:{last},"{live.BROKEN}*")',
         sum(s.startswith(live.BROKEN) for s in states), "items", "if broken"),
        (live.WORDS, f'=COUNTIF({first}:{last},"{live.WORDS}")', states.count(live.WORDS), "items", "if broken"),
        (live.PENDING, f'=COUNTIF({first}:{last},"{live.PENDING}")', states.count(live.PENDING), "items", "if pending"),
        (live.PASSED, f'=COUNTIF({first}:{last},"{live.PASSED}")', states.count(live.PASSED), "items", "if passed"),
    )  # fmt: skip
    sentence, now = [], []
    for column, (words, formula, count, unit, style) in enumerate(cards, 2):
        page.text(_COUNTS - 1, column, words, "row head")
        page.formula(_COUNTS, column, formula, count, "figure", unit)
        cell = a1(_COUNTS, column)
        page.when([cell], "=@>0", style)
        unit_word = "格" if unit == "cells" else "项"
        label = UNFILLED if unit == "cells" else words
        sentence.append(f'"{label} "&{cell}&" {unit_word}"')
        now.append(f"{label} {count} {unit_word}")
    page.height(_COUNTS, 36)
    page.ws.merge_range(*PROGRESS, PROGRESS[0], 7, "", page.style("guide"))
    summary = "，".join(now)
    page.formula(*PROGRESS, "=" + '&"，"&'.join(sentence), summary, "guide")
    page.height(PROGRESS[0], 24)
    return summary


def draw_placeholders(page: Canvas, form: Form, cover: Cover, values: Mapping[Key, Content]) -> None:
    """Every placeholder, ready to copy, with what it stands for and its value now."""
    widths = (48.0, 84.0, 34.0)
    page.hide_column(0)
    page.widths(1, *widths)
    page.box(0, 1, 1, 3, PLACEHOLDER_SHEET, "title")
    page.height(0, 40)
    guide = (
        "复制左栏（连同花括号）粘贴到正文中，发布时换成右栏的值。可以加减，如 {{ 本年新收.总计 + 上年结转.总计 }}。\n"
        "数字不同说法不同的，可写 {% 如果 行政复议.总计 = 0 %}没有时的说法{% 否则 %}有时的说法{% 完 %}。"
    )
    page.box(1, 1, 1, 3, guide, "guide")
    page.height(1, text_height(guide, sum(widths), 10) + 4)
    row, group = _heads(page, 2, ("占位符", "代表", "当前值")), None
    for placeholder in placeholders(form):
        section = form.by_key[placeholder.keys[0].table].heading if placeholder.keys else "封面"
        if section != group:
            group, row = section, _band(page, row, 3, section)
        page.text(row, 1, f"{{{{ {placeholder.name} }}}}", "row", "code")
        page.text(row, 2, placeholder.meaning, "row")
        page.height(row, max(20.0, text_height(placeholder.meaning, widths[1] - 2)))
        if placeholder.keys:
            formula, value = _figure(form, placeholder, values, cover.blank_is_zero)
        else:
            formula, value = _item(placeholder, cover)
        page.formula(row, 3, formula, value, "row", "center")
        row += 1
    page.ws.freeze_panes(3, 0)
    page.finish((row - 1, 3), first=(0, 1), repeat=2)


def _figure(form: Form, placeholder: Placeholder, values: Mapping[Key, Content], zero: bool) -> tuple[str, object]:
    """Formula and value of a sum of cells: 未填 while a cell beneath it is blank and blanks are not declared 0."""
    section = form.by_key[placeholder.keys[0].table]
    under = tuple(dict.fromkeys(placeholder.keys + live.inputs_under(form, placeholder.keys)))
    cells = live.ranges(section, under, section.sheet)
    is_open = f'AND(COUNTA({cells})<{len(under)},{live.BLANK_IS_ZERO}<>"{live.YES}")'
    if len(under) == 1:  # a cell itself, with its words: 增111 is read when it is printed
        has_words, words, content = f"ISTEXT({cells})", cells, values[under[0]]
    else:
        has_words, words = f"COUNTA({cells})>COUNT({cells})", f'"{live.WORDS}"'
        content = live.WORDS if any(isinstance(values[key], str) for key in under) else None
    total = live.ranges(section, placeholder.keys, section.sheet)
    formula = f'=IF({has_words},{words},IF({is_open},"{UNFILLED}",SUM({total})))'
    if isinstance(content, str):
        return formula, content
    if not zero and any(values[key] is None for key in under):
        return formula, UNFILLED
    return formula, live.add(values, placeholder.keys)


def _item(placeholder: Placeholder, cover: Cover) -> tuple[str, object]:
    """Formula and value of an item of the cover."""
    shift = YEARS.get(placeholder.field)
    cell = reference("year" if shift is not None else placeholder.field)
    value = cover.year if shift is not None else getattr(cover, placeholder.field)
    formula = f'=IF({cell}="","{UNFILLED}",{cell}{f"{shift:+d}" if shift else ""})'
    return formula, (value + (shift or 0) if isinstance(value, int) else value) or UNFILLED
