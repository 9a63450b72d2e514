"""Random filled reports that balance, each from its own number, for benches and oracles."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

from bench.prose import paragraphs
from gia_xlsx.form import Form, Key, load_form
from gia_xlsx.report import Cover, Fact, Number, Report
from gia_xlsx.workbook.layout import place
from gia_xlsx.workbook.write import write_workbook


def filled(form: Form, number: int) -> Report:
    """A balanced report of an office of its own, figures and words drawn from ``number``."""
    draw = random.Random(number)
    values: dict[Key, Number] = {key: _drawn(form, key, draw) for key in form.inputs}
    _balance(values, draw)
    for key in form.totals:
        _total(form, key, values)
    facts = {key: Fact(key, values[key], str(values[key]), place(form.by_key[key.table], key)) for key in form.cells}
    organ, year = f"试验县第{number}镇人民政府", form.until or 2024
    words, _ = paragraphs(form, values, organ, year, None)
    cover = Cover(organ, "township", year, "self", signature=organ, date=f"{year + 1}年1月20日")
    return Report(form, cover, facts, tuple(words))


def _drawn(form: Form, key: Key, draw: random.Random) -> Number:
    if form.cells[key].kind == "money":
        return Decimal(draw.randrange(10**7)) / 10**4
    return draw.choice((0, 0, 0, draw.randrange(10), draw.randrange(400)))


def _balance(values: dict[Key, Number], draw: random.Random) -> None:
    """Whatever was received or carried in is granted or carried out; what is issued is in force."""
    for key in [key for key in values if key.table == "requests" and key.row == "received"]:
        handled = sum(int(v) for k, v in values.items() if k.row.startswith("outcome.") and k.column == key.column)
        carried_in, carried_out = (Key("requests", row, key.column) for row in ("carried_in", "carried_out"))
        values[carried_in] = draw.randint(0, handled)
        values[key] = handled - int(values[carried_in]) + int(values[carried_out])
    for key in [key for key in values if key.table == "disclosure" and key.row == "rules"]:
        values[key] = 0  # a township has no power to make any
    for row in ("normative",):
        for larger, smaller in (("in_force", "issued"), ("published_total", "published")):
            if Key("disclosure", row, larger) in values:
                values[Key("disclosure", row, larger)] += int(values[Key("disclosure", row, smaller)])
    for row in {key.row for key in values if key.column == "items_change"}:
        if Key("disclosure", row, "decisions") in values:  # never the sum of items and change
            values[Key("disclosure", row, "decisions")] = 900 + draw.randrange(100)
    if Key("cases", "count", "after_review.upheld") in values:
        for column in ("upheld", "corrected", "other", "pending"):
            values[Key("cases", "count", f"review.{column}")] += int(
                values[Key("cases", "count", f"after_review.{column}")]
            )


def _total(form: Form, key: Key, values: dict[Key, Number]) -> Number:
    if key not in values:
        values[key] = sum(_total(form, left, values) for left in form.totals[key].left)
    return values[key]


def write_filled(path: Path, number: int) -> None:
    """One filled workbook of form 2021."""
    report = filled(load_form("2021"), number)
    write_workbook(path, report.form, report.cover, report=report)
