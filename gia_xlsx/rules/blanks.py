"""Family 1, blanks: what is not filled; it is never taken for 0 unless the cover says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.form import Key
from gia_xlsx.report import Fact, Flaw, Odd, Report, Source, once
from gia_xlsx.rules import wording
from gia_xlsx.rules.cells import FORM, cells, clip, flawed, grouped, keys, row_of

_NOTHING = (Flaw.BLANK, Flaw.DASH)
_LOST = {  # where the sheet lost a cell, that is the finding, and its blank the consequence
    Odd.SHEET_MISSING,
    Odd.ROW_MISSING,
    Odd.COLUMN_MISSING,
    Odd.ROW_OF_OLD,
    Odd.LINE_TWICE,
    Odd.KEY_DISAGREES,
    Odd.MOVED,
    Odd.MERGED,
}
_SAME_GAP = 4  # rows with the same cells blank are told together from here on


@once
def open_cells(report: Report) -> int:
    """How many cells are still to be filled, if that is more than half of the form; else 0."""
    if report.cover.blank_is_zero:
        return 0
    inputs = report.form.inputs
    empty = [key for key in inputs if report.facts[key].flaw in _NOTHING]
    if len(empty) * 2 <= len(inputs):
        return 0
    count = len(set(empty) - _lost(report))
    return count if count * 2 > len(inputs) else 0


def _lost(report: Report) -> set[Key]:
    """Cells whose loss another finding tells."""
    lost = {key for oddity in report.oddities if oddity.kind in _LOST for key in oddity.keys}
    missing = {str(o.words.get("heading", "")) for o in report.oddities if o.kind is Odd.SHEET_MISSING}
    return lost | {key for table in report.form.tables if table.heading in missing for key in table.keys}


def _blank_rows(report: Report, flaw: Flaw) -> Iterator[list[Fact]]:
    """Empty cells row by row; many rows that lack the same columns come as one."""
    if report.cover.blank_is_zero or open_cells(report):
        return
    facts = flawed(report, flaw)
    if not facts:
        return
    lost = _lost(report)
    rows = list(grouped((fact for fact in facts if fact.key not in lost), row_of))
    for alike in _alike(rows):
        if len(alike) >= _SAME_GAP:
            yield [fact for row in alike for fact in row]
        else:
            yield from alike


def _alike(rows: Iterable[list[Fact]]) -> Iterable[list[list[Fact]]]:
    groups: dict[object, list[list[Fact]]] = {}
    for row in rows:
        groups.setdefault((row[0].key.table, *(fact.key.column for fact in row)), []).append(row)
    return groups.values()


def _count(facts: list[Fact]) -> str:
    return f"，共 {len(facts)} 格" if len(facts) > 1 else ""


def _where(report: Report, facts: list[Fact]) -> str:
    rows = {fact.key.row for fact in facts}
    if len(rows) == 1:
        return cells(report, facts)
    columns = wording.listed(dict.fromkeys(wording.column(report.form, fact.key) for fact in facts), "栏")
    return f"{wording.listed(dict.fromkeys(wording.row(report.form, fact.key) for fact in facts), '行')}的{columns}"


def _implied(report: Report, key: Key) -> str:
    """What the relations would have a blank cell be, if those that can tell agree; totals left to formulas cannot."""
    found = set()
    for check in report.form.checks:
        if check.relation.op != "=" or key not in check.keys:
            continue
        others = [other for other in check.keys if other != key]
        if any(other in report.form.totals and report.facts[other].source is Source.FORMULA for other in others):
            continue
        numbers = {other: report.numbers.get(other) for other in others}
        known = {other: number for other, number in numbers.items() if number is not None}
        if len(known) == len(numbers):
            left = sum(known[other] for other in check.left if other != key)
            right = sum(known[other] for other in check.right if other != key)
            found.add(right - left if key in check.left else left - right)
    return f"按勾稽关系推算应为 {found.pop()}，请核实后填写。" if len(found) == 1 and min(found) >= 0 else ""


@rule(
    "GIA101",
    "cell-blank",
    Severity.ERROR,
    message="{where}未填{count}。",
    hint="{implied}没有的填 0，空白不等于 0；确实全部为 0 的，可在封面声明“空白按0”。",
    basis=f"{FORM}：各项数据均应填报",
)
def cell_blank(report: Report) -> Iterator[Finding]:
    """数字格空着。空白可能是没有，也可能是漏填，不能当作 0。

    示例：“四、结转下年度继续办理”自然人一格空白，报本条；一行里几格空白，合为一条；许多行空着同样的栏，也合为一条。
    不报的情形：封面声明了“空白按0”（另有一条说明记录格数）；整行、整列或整张表丢失的（由丢失的那一条说明）；
    一半以上的格未填的（整份按“未填报”处理）。
    怎么改：没有的填 0；总计格恢复公式。
    """
    for facts in _blank_rows(report, Flaw.BLANK):
        implied = _implied(report, facts[0].key) if len(facts) == 1 else ""
        yield Finding(keys(facts), {"where": _where(report, facts), "count": _count(facts), "implied": implied})


@rule(
    "GIA102",
    "cell-holds-dash",
    Severity.ERROR,
    message="{where}填的是“{raw}”，不是数字{count}。",
    hint="没有的填 0；“/”“-”“无”看不出是没有还是漏填。",
    basis=f"{FORM}：各项数据均应填报",
)
def cell_holds_dash(report: Report) -> Iterator[Finding]:
    """数字格里填了“/”“-”“—”“无”“N/A”一类的符号或字样，等于没有填。

    示例：“行政强制”填“/”，报本条。
    不报的情形：封面声明了“空白按0”的；一半以上的格未填的（整份按“未填报”处理）。
    怎么改：没有的填 0。
    """
    for facts in _blank_rows(report, Flaw.DASH):
        raw = "”“".join(dict.fromkeys(clip(fact.raw) for fact in facts))
        yield Finding(keys(facts), {"where": _where(report, facts), "count": _count(facts), "raw": raw})


@rule(
    "GIA113",
    "report-unfilled",
    Severity.ERROR,
    message="还有 {open} 格未填（共 {all} 格），本报告按“未填报”处理。",
    hint="没有的填 0；确实全部为 0 的，可在封面声明“空白按0”。",
    basis="条例第四十九条、第五十条",
)
def report_unfilled(report: Report) -> Iterator[Finding]:
    """一半以上应填的数字格空着（或只有“/”“-”“无”），整份报告按“未填报”处理，不逐格列出。

    示例：只填了封面的空白工作簿，报本条，写明还有多少格未填。
    不报的情形：封面声明了“空白按0”；空着的不到一半（逐行报 GIA101）；因整张表丢失而空着的（由丢失的那一条说明）。
    怎么改：填完各格，没有的填 0。
    """
    count = open_cells(report)
    if count:
        yield Finding((), {"open": count, "all": len(report.form.inputs)})


@rule(
    "GIA114",
    "blanks-counted-as-zero",
    Severity.NOTE,
    message="封面声明了“空白按0”，{count} 个未填的格按 0 计。",
    hint="请确认这些格确实为 0。",
    basis="填报工作簿的约定：封面“空白按0”声明",
)
def blanks_counted_as_zero(report: Report) -> Iterator[Finding]:
    """封面声明了“空白按0”，记录有多少格是这样计的，声明随报告留存。

    示例：声明之后有 40 格空白，说明一条，写明 40 格。
    不报的情形：没有声明；声明了而没有空白。
    怎么改：不需要改；想去掉这条说明的，把空白格填上 0。
    """
    if report.cover.blank_is_zero:
        count = len(flawed(report, *_NOTHING))
        if count:
            place = report.cover.places.get("blank_is_zero")
            yield Finding((), {"count": count}, (place,) if place else ())
