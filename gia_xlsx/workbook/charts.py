"""The 图表 sheet: native charts of outcomes, applicants and cases, fed by small tables that sum the form's cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gia_xlsx.form import Axis, Form, Key, Section
from gia_xlsx.workbook import live
from gia_xlsx.workbook.canvas import Canvas
from gia_xlsx.workbook.layout import CHART_SHEET
from gia_xlsx.workbook.live import Content
from gia_xlsx.workbook.styles import FAINT, HEI, INK, SONG

_COLOURS = ("#5B8DBE", "#B5CDE3", "#E0B45C", "#C3CCD4")  # light enough for a figure to stand in
_HEIGHT = 17  # rows that a chart covers


@dataclass(frozen=True)
class Figures:
    """What one chart draws: a sum of cells for each category (row) and series (column)."""

    title: str
    section: Section
    categories: Sequence[str]
    series: Sequence[str]
    sums: Sequence[Sequence[tuple[Key, ...]]]
    stacked: bool = False


def figures(form: Form) -> tuple[Figures, ...]:
    """办理结果 by group, applicants, and cases by result; each label is the form's own."""
    requests, cases = form.by_key["requests"], form.by_key["cases"]
    block = requests.blocks[0]
    rows, columns = block.rows, block.columns
    groups = [line for line in rows.children("outcome") if Key("requests", line.key, "natural") not in form.totals]
    outcomes = [(tuple(Key("requests", r.key, "total") for r in rows.leaves_under(g.key)),) for g in groups]
    who = [c for c in columns.leaves if Key("requests", "received", c.key) not in form.totals]
    applicants = [(Key("requests", "received", c.key),) for c in who]
    return (
        Figures(rows.by_key["outcome"].label, requests, [_short(g.label) for g in groups], ["件"], outcomes),
        Figures(f"{rows.by_key['received'].name}·{columns.by_key['applicant'].label}", requests,
                [c.label for c in who], ["件"], [(keys,) for keys in applicants]),
        _cases(form, cases, cases.blocks[0].columns),
    )  # fmt: skip


def _cases(form: Form, section: Section, columns: Axis) -> Figures:
    parents = [
        line for line in columns.lines if line.is_group and not any(c.is_group for c in columns.children(line.key))
    ]
    row = section.blocks[0].rows.leaves[0].key
    results = [
        [c for c in columns.children(parent.key) if Key(section.key, row, c.key) not in form.totals]
        for parent in parents
    ]
    sums = [[(Key(section.key, row, c.key),) for c in part] for part in results]
    names = [parent.label for parent in parents]
    return Figures(section.sheet, section, names, [c.label for c in results[0]], sums, stacked=True)


def _short(label: str) -> str:
    """A label without what it explains in brackets at its end."""
    head, bracket, _ = label.rpartition("(")
    return head if head and bracket else label


def draw_charts(book: Any, page: Canvas, form: Form, values: Mapping[Key, Content]) -> None:
    """Each small table with its chart beside it."""
    page.hide_column(0)
    page.widths(1, 22.0, 11.0, 11.0, 11.0, 11.0, 3.0, *[11.0] * 6)
    page.box(0, 1, 1, 12, CHART_SHEET, "title")
    page.height(0, 40)
    page.box(1, 1, 1, 12, "图表随表中数字自动更新，仅供编写图解和核对时参考，不随报告发布。", "notice")
    row = 2
    for drawn in figures(form):
        _table(page, row, drawn, values)
        page.ws.insert_chart(row, 7, _chart(book, row, drawn), {"object_position": 1, "description": drawn.title})
        row += _HEIGHT
    page.finish((row - 1, 12), first=(0, 1))


def _table(page: Canvas, row: int, drawn: Figures, values: Mapping[Key, Content]) -> None:
    page.box(row, 1, 1, 1 + len(drawn.series), drawn.title, "band")
    page.text(row + 1, 1, "", "row head")
    for column, name in enumerate(drawn.series, 2):
        page.text(row + 1, column, name, "row head")
    for line, (category, sums) in enumerate(zip(drawn.categories, drawn.sums, strict=True), row + 2):
        page.text(line, 1, category, "row")
        page.height(line, 20)
        for column, keys in enumerate(sums, 2):
            formula = f"=SUM({live.ranges(drawn.section, keys, drawn.section.sheet)})"
            page.formula(line, column, formula, live.add(values, keys), "row", "center")


def _chart(book: Any, row: int, drawn: Figures) -> Any:
    chart = book.add_chart({"type": "column", **({"subtype": "stacked"} if drawn.stacked else {})})
    first, last = row + 2, row + 1 + len(drawn.categories)
    font = {"name": SONG, "size": 9, "color": INK}
    for number in range(len(drawn.series)):
        column = 2 + number
        chart.add_series({
            "name": [CHART_SHEET, row + 1, column],
            "categories": [CHART_SHEET, first, 1, last, 1],
            "values": [CHART_SHEET, first, column, last, column],
            "fill": {"color": _COLOURS[number]},
            "gap": 60,
            "data_labels": {"value": True, "font": font, "num_format": "0;;;"},  # no label for nothing
        })  # fmt: skip
    chart.set_title({"name": drawn.title, "overlay": False, "name_font": {"name": HEI, "size": 12, "bold": False}})
    chart.set_legend({"position": "bottom", "font": font} if drawn.stacked else {"none": True})
    chart.set_x_axis({"num_font": font, "line": {"color": FAINT}})
    chart.set_y_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})  # each bar bears its figure
    chart.set_size({"width": 485, "height": 320})
    return chart
