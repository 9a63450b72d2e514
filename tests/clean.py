"""A report of each form that no rule objects to, every cell a number other than 0, and edits to it as a filer makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gia_xlsx.form import Form, Key, load_form
from gia_xlsx.numerals import read_number
from gia_xlsx.report import Cover, Fact, Flaw, Paragraph, Place, Report, Source
from gia_xlsx.workbook.layout import COVER_SHEET, place

TEXT = "一、总体情况"
COVER_PLACES = {
    field: Place(COVER_SHEET, f"C{row}")
    for row, field in enumerate(("organ", "type", "year", "scope", "contact", "signature", "date", "blank_is_zero"), 4)
}
DISCLOSURE: dict[str, int | float] = {  # by column; items 12 + 3 is not 40, so that no rule takes them for decisions
    "issued": 5,
    "repealed": 2,
    "in_force": 31,
    "made": 5,
    "published": 4,
    "published_total": 31,
    "items_previous": 12,
    "items_change": 3,
    "decisions": 40,
    "projects": 6,
    "amount": 39.7265,
}


def clean(form: str = "2021", *, stated: bool = False) -> Report:
    """A balanced report; its totals are formulas, or, with ``stated``, typed numbers."""
    laid = load_form(form)
    cover = Cover(
        "清水镇人民政府",
        "township",
        2024 if form == "2021" else 2020,
        "self",
        contact="0000-0000000",
        signature="清水镇人民政府",
        date="2025年1月20日",
        places=COVER_PLACES,
    )
    raw: dict[Key, object] = {key: _number(laid, key) for key in laid.inputs}
    report = Report(laid, cover, {}, (Paragraph("overview", "主动公开", "按规定主动公开。", Place(TEXT, "B4")),))
    facts = {key: _fact(laid, key, raw.get(key), Source.TYPED) for key in laid.cells}
    report = _calculated(replace(report, facts=facts), set(laid.totals))
    if stated:
        report = replace(report, facts={k: replace(fact, source=Source.TYPED) for k, fact in report.facts.items()})
    return report


def edited(report: Report, changes: Mapping[str, object]) -> Report:
    """The report with cells typed over, read as the reader reads them; totals left to formulas follow."""
    facts = dict(report.facts)
    for name, raw in changes.items():
        key = Key.parse(name)
        facts[key] = _fact(report.form, key, None if raw == "" else raw, Source.TYPED)
    formulas = {key for key, fact in facts.items() if fact.source is Source.FORMULA}
    return _calculated(replace(report, facts=facts), formulas)


def _number(form: Form, key: Key) -> int | float:
    if key.table == "disclosure":
        return DISCLOSURE[key.column]
    if key.table == "cases":
        group, result = key.column.split(".")
        return {"upheld": 4, "corrected": 2, "other": 3, "pending": 1}[result] + (group == "review")
    rows = [row.key for row in form.by_key["requests"].blocks[0].rows.leaves]
    columns = [column.key for column in form.by_key["requests"].blocks[0].columns.leaves]
    across = columns.index(key.column)
    outcomes = {row: 1 + (3 * n + 5 * across) % 7 for n, row in enumerate(rows) if row.startswith("outcome.")}
    del outcomes["outcome.total"]
    carried = {"carried_in": 2 + across, "carried_out": 12 + across}
    received = sum(outcomes.values()) + carried["carried_out"] - carried["carried_in"]
    return {**outcomes, **carried, "received": received}[key.row]


def _fact(form: Form, key: Key, raw: object, source: Source) -> Fact:
    reading = read_number(raw, form.cells[key])
    stood = "" if raw is None else str(raw)
    return Fact(key, reading.value, stood, place(form.by_key[key.table], key), reading.flaw, reading.read_as, source)


def _calculated(report: Report, formulas: set[Key]) -> Report:
    """What the sheet's formulas give: a blank counts nothing, an error spreads. Totals stand after their addends."""
    facts = dict(report.facts)
    for key in report.form.cells:
        if key in formulas:
            addends = [facts[addend] for addend in report.form.totals[key].left]
            error = next((fact.raw for fact in addends if fact.flaw is Flaw.ERROR), None)
            total = error or sum(int(fact.value or 0) for fact in addends)
            facts[key] = _fact(report.form, key, total, Source.FORMULA)
    return replace(report, facts=facts)
