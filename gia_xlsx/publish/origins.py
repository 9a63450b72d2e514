"""What a click on a figure of the page shows beyond its row and column: its cell in the workbook, and last year's."""

from __future__ import annotations

from typing import Any

from gia_xlsx.form import Key
from gia_xlsx.placeholders import YEARS, known, printed
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.figures import is_comparable
from gia_xlsx.publish.lines import clean


def origins(edition: Edition) -> dict[str, Any]:
    """By table its ``sheet`` and its ``cells``: by row/column the address and words on last year, '' if unknown.

    ``{"requests": {"sheet": "三、依申请公开", "cells": {"received/natural": ["E6", "30 件，增加 3 件"]}}}``; cells of
    which neither is known are left out. ``fields`` names what else a text may take a number from: the years.
    """
    report = edition.report
    years = {one.field: one.meaning.partition("，")[0] for one in known(report.form).values() if one.field in YEARS}
    found: dict[str, Any] = {"fields": years}
    for section in report.form.tables:
        places = {key: place for key in section.keys if (place := report.facts[key].place)}
        sheet = next((place.sheet for place in places.values()), "")
        cells = {}
        for key in section.keys:
            place = places.get(key)
            address = "" if place is None else place.cell if place.sheet == sheet else str(place)
            told = [clean(address), last_year(edition, key)]
            if any(told):
                cells[f"{key.row}/{key.column}"] = told
        found[section.key] = {"sheet": clean(sheet), "cells": cells}
    return found


def last_year(edition: Edition, key: Key) -> str:
    """``30 件，增加 3 件``; '' where last year's report is not at hand, or counts something else."""
    last = edition.last
    if last is None or key not in last.facts or not is_comparable(edition, key.table):
        return ""
    now, then = edition.report.value(key), last.value(key)
    if then is None:
        return ""
    unit = edition.report.form.cells[key].unit
    told = f"{printed(then)} {unit}".rstrip()
    if now is None:
        return told
    change = now - then
    if not change:
        return f"{told}，持平"
    return f"{told}，{'增加' if change > 0 else '减少'} {printed(max(change, -change))} {unit}".rstrip()
