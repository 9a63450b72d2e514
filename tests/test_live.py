"""The live checks: what they say in Python, and that a spreadsheet's own arithmetic says the same."""

from __future__ import annotations

import os
import random
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from gia_xlsx.form import Check, Form, Key, load_form
from gia_xlsx.workbook import live
from gia_xlsx.workbook.live import Content
from tests import oracle

FORMS = [load_form("2019"), load_form("2021")]
F21 = FORMS[1]


def check_of(form: Form, code: str, crossing: str) -> Check:
    return next(c for c in form.checks if c.relation.code == code and c.crossing.key == crossing)


def column(**received: Content) -> dict[Key, Content]:
    """The 自然人 column of table three, zero but for what is said."""
    values: dict[Key, Content] = dict.fromkeys(F21.cells, 0)
    return values | {Key("requests", row, "natural"): value for row, value in received.items()}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "通过"),
        ({"received": 3, "carried_out": 3}, "通过"),
        ({"received": 3}, "不符（差 +3）"),
        ({"carried_out": 12}, "不符（差 -12）"),
        ({"received": None}, "待填"),
        ({"received": "5件"}, "有非数字"),
        ({"received": "5件", "carried_in": None}, "有非数字"),
        ({"received": Decimal("1.5")}, "不符（差 +1.5）"),
    ],
)
def test_first_and_second_item_against_third_and_fourth(typed: dict[str, Content], says: str) -> None:
    check = check_of(F21, "GIA201", "natural")
    assert live.state(F21, check, column(**typed), blank_is_zero=False) == says


def test_blank_counts_as_zero_only_when_declared() -> None:
    check = check_of(F21, "GIA201", "natural")
    values = column(received=None)
    assert live.state(F21, check, values, blank_is_zero=False) == "待填"
    assert live.state(F21, check, values, blank_is_zero=True) == "通过"


def test_a_sum_of_blanks_does_not_pass() -> None:
    """The total column holds formulas only, which are never blank: the inputs beneath them are."""
    check = check_of(F21, "GIA201", "total")
    values: dict[Key, Content] = {key: None if key in F21.inputs else 0 for key in F21.cells}
    assert live.state(F21, check, values, blank_is_zero=False) == "待填"


def test_in_force_may_exceed_what_was_issued() -> None:
    check = check_of(F21, "GIA205", "normative")
    values: dict[Key, Content] = dict.fromkeys(F21.cells, 0)
    values[Key("disclosure", "normative", "in_force")] = 9
    assert live.state(F21, check, values, blank_is_zero=False) == "通过"
    values[Key("disclosure", "normative", "issued")] = 11
    assert live.state(F21, check, values, blank_is_zero=False) == "不符（差 -2）"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_every_check_has_a_cell_of_its_own_off_the_frame(form: Form) -> None:
    from gia_xlsx.workbook.layout import place

    places = [live.check_place(form, check) for check in form.checks]
    assert len(set(places)) == len(places)
    assert not set(places) & {place(table, key) for table in form.tables for key in table.keys}


def test_ranges_are_few_and_exact() -> None:
    table = F21.by_key["requests"]
    assert live.ranges(table, [k for k in F21.inputs if k.table == "requests"]) == "E6:J28,E30:J30"
    assert live.ranges(F21.by_key["cases"], F21.by_key["cases"].keys, "四") == "'四'!B6:P6"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_the_sheet_and_python_agree_on_random_fillings(form: Form) -> None:
    assert oracle.disagreements(form, 40, seed=711) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_the_random_fillings_reach_every_state(form: Form) -> None:
    chance = random.Random(711)
    cases = [oracle.random_case(form, chance) for _ in range(40)]
    said = {
        live.state(form, check, case.values(form), blank_is_zero=case.blank_is_zero)[:2]
        for case in cases
        for check in form.checks
    }
    assert said == {"通过", "不符", "待填", "有非"}


@pytest.mark.skipif(not shutil.which("soffice") and not os.environ.get("CI"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_libreoffice_agrees_too(form: Form, tmp_path: Path) -> None:
    assert oracle.libreoffice_disagreements(form, 6, tmp_path, seed=711) == []
