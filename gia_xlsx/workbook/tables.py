"""A table sheet: the printed form with its inputs and totals, its hidden keys, and the live checks beside the frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gia_xlsx.form import Cell, Check, Form, Section
from gia_xlsx.grid import Box, Shape, boxes, shape
from gia_xlsx.report import Report
from gia_xlsx.workbook import live
from gia_xlsx.workbook.canvas import LONGEST_TITLE, Canvas, text_height
from gia_xlsx.workbook.filling import Filling
from gia_xlsx.workbook.layout import CHECKS_SHEET, LEFT, a1, addresses, bottom, key_row, row_of

_LABEL_WIDTHS = (11.0, 15.0, 40.0)  # headings over headings stand in narrow columns, the rows themselves in a wide one
_ONLY_LABEL_WIDTH = 34.0
_ROW, _TITLE, _NEXT_CHECK = 25.0, 44.0, 24.0
_CHECK_WIDTH = 25.0
_SMALL = 10


@dataclass(frozen=True)
class Printed:
    """The words that stand in the frame: the form's, or those of a report that had them otherwise."""

    heading: str
    labels: Mapping[tuple[Literal["row", "column"], str], str]  # axis and line → the words found there

    def of(self, box: Box) -> str:
        axis: Literal["row", "column"] = "row" if box.role == "label" else "column"
        return self.labels.get((axis, box.line.key), box.text) if box.line else box.text


def printed(section: Section, report: Report | None) -> Printed:
    """The words of a section's frame."""
    if report is None:
        return Printed(section.heading, {})
    found = {(label.axis, label.line): label.found for label in report.labels if label.table == section.key}
    return Printed(report.heading(section.key), found)


def draw_table(page: Canvas, form: Form, section: Section, filling: Filling, words: Printed, zero: bool) -> None:
    """The whole sheet of a table section. ``zero``: the cover declares 空白按0."""
    size = shape(section)
    widths = column_widths(size)
    page.hide_column(0)
    page.widths(LEFT, *widths)
    page.box(0, LEFT, 1, size.width, words.heading, "title")
    page.height(0, _TITLE)
    for block in range(len(section.blocks)):
        page.ws.set_row(key_row(section, block), None, None, {"hidden": True})
    for box in boxes(section):
        if box.key is None:
            _label(page, section, box, words, widths)
        else:
            _cell(page, form, section, box, filling)
    _mark_rows(page, section)
    _checks(page, form, section, filling, zero, size)
    _conditions(page, form, section)
    _paper(page, section, size)
    first = next(spot for key, spot in addresses(section).items() if key not in form.totals)
    page.ws.set_selection(*first, *first)
    whole = f"A1:{a1(bottom(section) + len(section.relations), LEFT + size.width + len(section.relations))}"
    page.ws.ignore_errors({"formula_range": whole, "formula_differs": whole, "number_stored_as_text": whole})


def column_widths(size: Shape) -> list[float]:
    """Widths of the frame's columns in characters."""
    labels = [_ONLY_LABEL_WIDTH] if size.labels == 1 else list(_LABEL_WIDTHS[-size.labels :] if size.labels else ())
    return labels + [min(20.0, max(9.0, 84 / size.cells))] * size.cells


def _label(page: Canvas, section: Section, box: Box, words: Printed, widths: list[float]) -> None:
    row, text = row_of(section, box), words.of(box)
    is_heading_over = box.role == "label" and box.height > 1
    page.box(row, LEFT + box.left, box.height, box.width, text, "over" if is_heading_over else box.role)
    size = _SMALL if box.role == "corner" else 11
    need = text_height(text, sum(widths[box.left : box.left + box.width]) - (0 if is_heading_over else 2), size)
    for line in range(row, row + box.height):
        page.height(line, max(_ROW, need / box.height))


def _cell(page: Canvas, form: Form, section: Section, box: Box, filling: Filling) -> None:
    """An input or a total in the left cell of its box; fillers make a wide box look like one."""
    assert box.key is not None
    key, row, column = box.key, row_of(section, box), LEFT + box.left
    cell = form.cells[key]
    role = "total" if key in form.totals else "input"
    wide = ("across", "opens") if box.width > 1 else ()
    page.ws.write_string(key_row(section, box.block), column, key.column)
    page.height(row, _ROW)
    if key in filling.computed:
        page.formula(row, column, live.total_formula(form, key), filling.values[key], role, cell.kind, *wide)
    else:
        page.content(row, column, filling.values[key], role, cell.kind, *wide)
    for filler in range(1, box.width):
        page.text(row, column + filler, "", "filler", "closes" if filler == box.width - 1 else "passes")
    if role == "input":
        page.ask(row, column, prompt_title(cell), prompt(cell), rule_of_input(cell))


def _mark_rows(page: Canvas, section: Section) -> None:
    rows = {row: key.row for key, (row, _) in addresses(section).items()}
    for row, key in rows.items():
        page.ws.write_string(row, 0, key)


def prompt_title(cell: Cell) -> str:
    """The head of an input's prompt: ``本年新收·自然人``."""
    return cell.name.replace(".", "·")[:LONGEST_TITLE]


def prompt(cell: Cell) -> str:
    """What an input counts, on what basis, and how to write it."""
    how = "填整数，没有的填0，不写“无”“/”，不带单位。"
    if cell.kind == "change":
        how = "填正数或负数，也可写作“增3”“减2”；没有变化的填0。"
    elif cell.kind == "money":
        unit = f"以{cell.unit}为单位填数字" if cell.unit else "填数字，所用单位请在“表格文字说明”中写明"
        how = f"{unit}，没有的填0，不带单位。"
    basis = f"（{cell.row.article}）" if cell.row.article else ""
    return f"{cell.row.help}{cell.column.help}{basis}\n{how}"


def rule_of_input(cell: Cell) -> dict[str, Any]:
    """What Excel lets be typed."""
    if cell.kind == "change":
        return {"validate": "any"}
    whole = cell.kind == "count"
    message = "请填0或正整数。" if whole else "请填0或正数。"
    return {
        "validate": "integer" if whole else "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": "只能填数字",
        "error_message": f"{message}没有的填0，不写“无”“/”，不带单位。",
        "error_type": "stop",
    }


def _checks(page: Canvas, form: Form, section: Section, filling: Filling, zero: bool, size: Shape) -> None:
    right = LEFT + size.width
    page.widths(right, 2.5)
    for relation in section.relations:
        group = [check for check in section.checks if check.relation == relation]
        if not group:
            continue
        if relation.of == "columns":
            _head_of_checks(page, form, section, group, f"校验：{relation.text}")
        else:
            row, _ = live.check_address(form, group[0])
            page.height(row, _NEXT_CHECK)
            page.box(
                row,
                *(LEFT, 1, size.labels) if size.labels else (right + 1, 1, 1),
                f"校验：{relation.text}",
                "check label",
            )
        for check in group:
            row, column = live.check_address(form, check)
            words = live.state(form, check, filling.values, blank_is_zero=zero)
            page.formula(row, column, live.formula(form, check), words, "check")
    below = max((live.check_address(form, c)[0] for c in section.checks if c.relation.of == "rows"), default=0)
    note = max(below, bottom(section)) + 2
    page.box(note, LEFT, 1, size.width, f"填报提示：{section.guide}", "guide")
    page.height(note, text_height(section.guide, sum(column_widths(size)) - 12, _SMALL))
    page.link(0, right + 1, CHECKS_SHEET, "A1", "查看全部校验", "link")
    page.widths(right + 1, *[_CHECK_WIDTH] * max(1, sum(r.of == "columns" for r in section.relations)))


def _head_of_checks(page: Canvas, form: Form, section: Section, group: list[Check], words: str) -> None:
    """What a column of checks means, beside the head of each block that has one."""
    _, column = live.check_address(form, group[0])
    for index, block in enumerate(section.blocks):
        if any(check.keys[0] in block.keys for check in group):
            top = key_row(section, index) + 1
            page.box(top, column, block.columns.depth + bool(block.caption), 1, words, "check head")


def _conditions(page: Canvas, form: Form, section: Section) -> None:
    """Blank inputs are tinted, words in number cells and broken relations are red, and each check says its state."""
    where = addresses(section)
    declared = f'{live.BLANK_IS_ZERO}="{live.YES}"'
    cells = [box for box in boxes(section) if box.key is not None and box.key not in form.totals]
    inputs = live.rectangles(where[box.key] for box in cells if box.key)
    page.when(inputs, f'=AND(@="",NOT({declared}))', "if blank")
    numbers = (where[box.key] for box in cells if box.key and form.cells[box.key].kind != "change")
    page.when(live.rectangles(numbers), "=ISTEXT(@)", "if words")
    for key, check in form.totals.items():
        if key in where:
            state, cell = a1(*live.check_address(form, check)), a1(*where[key])
            page.when([cell], f'=OR(LEFT({state},2)="{live.BROKEN}",ISTEXT(@))', "if broken")
            page.when([cell], f'={state}="{live.PENDING}"', "if unsettled")
    state_colours(page, live.rectangles(live.check_address(form, check) for check in section.checks))


def state_colours(page: Canvas, areas: Iterable[str]) -> None:
    """Cells that hold the words of a live check, in the colour of what they say."""
    for area in areas:
        page.when([area], f'=@="{live.PASSED}"', "if passed")
        page.when([area], f'=OR(LEFT(@,2)="{live.BROKEN}",@="{live.WORDS}")', "if broken")
        page.when([area], f'=@="{live.PENDING}"', "if pending")


def _paper(page: Canvas, section: Section, size: Shape) -> None:
    head = key_row(section, 0) + section.blocks[0].columns.depth + bool(section.blocks[0].caption)
    last = (bottom(section) - 1, LEFT + size.width - 1)
    one_head = len(section.blocks) == 1
    if one_head:
        page.ws.freeze_panes(head + 1, LEFT + size.labels)
    else:
        page.ws.freeze_panes(1, 0)
    page.finish(last, first=(0, LEFT), landscape=section.landscape, repeat=head if one_head else 0, one_page=True)
