"""What every cell of a new workbook will hold: last year's carry-over, or a report's facts as they were stated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gia_xlsx.form import Form, Key
from gia_xlsx.report import Fact, Flaw, Report
from gia_xlsx.workbook.live import Content, add

_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?$")
_STILL_A_NUMBER = (None, Flaw.NEGATIVE, Flaw.FRACTION, Flaw.PRECISE)  # wrong numbers, but numbers


@dataclass(frozen=True)
class Filling:
    """The content of every cell; a total in ``computed`` keeps its formula, any other was stated otherwise."""

    values: Mapping[Key, Content]
    computed: frozenset[Key]


def fill(form: Form, report: Report | None, previous: Report | None) -> Filling:
    """The content of every cell of the form: of a report, else blank with last year's carry-over."""
    if report is None:
        return _settled(form, dict.fromkeys(form.inputs) | carried_over(form, previous), {})
    stated = {key: content(report.facts[key]) for key in form.cells}
    return _settled(form, {key: stated[key] for key in form.inputs}, {key: stated[key] for key in form.totals})


def carried_over(form: Form, previous: Report | None) -> dict[Key, Content]:
    """上年结转 of each applicant, as last year's report gave 结转下年度; only what it stated as a number."""
    found: dict[Key, Content] = {}
    if previous is not None:
        for key in form.inputs:
            then = Key(key.table, "carried_out", key.column)
            if (key.table, key.row) == ("requests", "carried_in") and then in previous.facts:
                value = previous.value(then)
                found[key] = value if value is not None and value >= 0 else None
    return found


def content(fact: Fact) -> Content:
    """A number where a number stood, nothing where nothing stood, else the words that stood there."""
    if fact.flaw in _STILL_A_NUMBER and _PLAIN.match(fact.raw):
        number = Decimal(fact.raw)
        return int(number) if number == number.to_integral_value() else number
    if fact.flaw is None and not fact.raw:
        return fact.value
    return fact.raw if fact.raw.strip() else None


def _settled(form: Form, inputs: Mapping[Key, Content], stated: Mapping[Key, Content]) -> Filling:
    values: dict[Key, Content] = {}
    computed: set[Key] = set()

    def settle(key: Key) -> Content:
        if key in values:
            return values[key]
        total = form.totals.get(key)
        if total is None:
            values[key] = inputs[key]
        else:
            for addend in total.left:
                settle(addend)
            values[key] = add(values, total.left)
            if key in stated and stated[key] != values[key]:
                values[key] = stated[key]
            else:
                computed.add(key)
        return values[key]

    for key in form.cells:
        settle(key)
    return Filling(values, frozenset(computed))
