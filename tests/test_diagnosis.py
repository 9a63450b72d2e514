"""Why sums do not add up: each story is a filer's mistake, and the cause the diagnosis must read from it."""

from __future__ import annotations

import itertools
import random

import pytest

from gia_xlsx.form import Key
from gia_xlsx.report import Report
from gia_xlsx.rules.diagnosis import Explanation, explain, slip
from gia_xlsx.rules.relations import broken
from tests.clean import clean, edited

STATED = clean("2021", stated=True)


def causes(report: Report) -> list[tuple[str, str, str]]:
    """Kind, code and suspect of each explanation."""
    return [(one.kind, one.head.check.relation.code, str(one.suspect or "")) for one in explain(report)]


def test_nothing_broken_nothing_to_explain() -> None:
    assert explain(STATED) == ()


def test_a_total_left_at_zero_takes_its_consequence_along() -> None:
    (cause,) = explain(edited(STATED, {"requests/carried_in/total": 0}))
    assert (cause.kind, cause.fitting) == ("zero", 27)
    assert [one.check.relation.code for one in cause.consequences] == ["GIA201"]


def test_one_cell_explains_a_row_and_a_column() -> None:
    (cause,) = explain(edited(STATED, {"requests/outcome.granted/natural": 9}))
    assert (cause.kind, str(cause.suspect), cause.fitting) == ("cell", "requests/outcome.granted/natural", 7)


def test_two_wrong_cells_in_two_rows_and_columns() -> None:
    report = edited(STATED, {"requests/outcome.granted/natural": 9, "requests/outcome.partial/legal.law": 7})
    assert causes(report) == [
        ("cell", "GIA203", "requests/outcome.granted/natural"),
        ("cell", "GIA203", "requests/outcome.partial/legal.law"),
    ]


def test_two_cells_off_by_the_same_amount_leave_the_culprits_open() -> None:
    """(granted, natural) and (partial, law), or (granted, law) and (partial, natural): the sums are the same."""
    report = edited(STATED, {"requests/outcome.granted/natural": 9, "requests/outcome.partial/legal.law": 4})
    assert all(kind == "alone" for kind, _, _ in causes(report))
    assert len(causes(report)) == 4


def test_a_number_typed_in_the_next_column() -> None:
    changes = {
        "requests/carried_out/natural": 0,
        "requests/carried_out/legal.business": 12,
        "requests/carried_out/total": 74,
        "requests/received/legal.business": 81,
        "requests/received/total": 551,
    }
    assert causes(edited(STATED, changes)) == [("shift", "GIA201", "requests/carried_out/legal.business")]


def test_with_formulas_only_the_column_is_known_and_the_total_column_follows() -> None:
    (cause,) = explain(edited(clean(), {"requests/received/natural": 90}))
    assert (cause.kind, cause.suspect, cause.head.check.crossing.key) == ("alone", None, "natural")
    assert [one.check.crossing.key for one in cause.consequences] == ["total"]


def test_with_formulas_a_slip_of_the_hand_gives_the_cell_away() -> None:
    """94 received, 49 typed: of all the cells of the column only this one is its right number turned round."""
    (cause,) = explain(edited(clean(), {"requests/received/natural": 49}))
    assert (str(cause.suspect), cause.fitting, cause.slip) == ("requests/received/natural", 94, "数字前后颠倒")


@pytest.mark.parametrize(
    ("written", "fitting", "words"),
    [
        (49, 94, "数字前后颠倒"),
        (330, 33, "多打了一个 0"),
        (3, 30, "少打了一个 0"),
        (123, 13, "多打了一位数字"),
        (13, 123, "少打了一位数字"),
        (12, 13, ""),
        (0, 40, ""),
        (7, 7, ""),
    ],
)
def test_slips_of_the_hand(written: int, fitting: int, words: str) -> None:
    assert slip(written, fitting) == words


@pytest.mark.parametrize("stated", [True, False])
def test_every_broken_relation_is_told_exactly_once(stated: bool) -> None:
    """Whatever is typed wherever: heads and consequences together are the broken relations, none twice, none left."""
    dice = random.Random(2021)
    report = clean("2021", stated=stated)
    cells: list[Key] = [key for key in report.facts if key.table != "disclosure"]
    for _ in range(300):
        changes = {str(key): dice.choice((0, 1, 7, 12, 94)) for key in dice.sample(cells, dice.randint(1, 6))}
        damaged = edited(report, changes)
        equalities = [check for check in damaged.form.checks if check.relation.op == "="]
        expected = [id(one.check) for one in broken(damaged, equalities)]
        assert sorted(_told(explain(damaged))) == sorted(expected)


def _told(explanations: tuple[Explanation, ...]) -> list[int]:
    return list(
        itertools.chain.from_iterable((id(e.head.check), *(id(c.check) for c in e.consequences)) for e in explanations)
    )
