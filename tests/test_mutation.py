"""A balanced report with one cell off by one: caught every time, and the wrong cell named first where it can be.

In table four a group has one relation over five cells; which of them is wrong no arithmetic can tell, so there the
total is named.
"""

from __future__ import annotations

import pytest

from gia_xlsx.form import Key
from gia_xlsx.report import Number
from gia_xlsx.rules import check
from tests.clean import clean, edited

BALANCED = clean("2021", stated=True)
CELLS = [key for key in BALANCED.facts if key.table in ("requests", "cases")]


def mutated(key: Key, by: int) -> Number:
    value = BALANCED.facts[key].value
    assert value is not None
    return value + by


def test_there_are_190_cells_and_nothing_to_say_of_them() -> None:
    assert len(CELLS) == 190
    assert check(BALANCED).diagnostics == ()


@pytest.mark.parametrize("by", [1, -1])
def test_a_cell_off_by_one_is_one_error(by: int) -> None:
    caught = {}
    for key in CELLS:
        if mutated(key, by) >= 0:
            caught[key] = check(edited(BALANCED, {str(key): mutated(key, by)})).errors
    assert len(caught) == 190
    assert [str(key) for key, errors in caught.items() if len(errors) != 1] == []


@pytest.mark.parametrize("by", [1, -1])
def test_the_wrong_cell_is_named_first(by: int) -> None:
    errors = {key: check(edited(BALANCED, {str(key): mutated(key, by)})).errors for key in CELLS}
    missed = {key for key in CELLS if errors[key][0].keys[0] != key}
    assert missed == {key for key in CELLS if key.table == "cases" and not key.column.endswith(".total")}
    assert len(missed) <= 0.1 * len(CELLS)
