"""The truth table of the review, a little of it: nothing is told of clean reports, and what is seeded is found."""

from __future__ import annotations

import pytest

from bench.reviewer import FAULTS, alarms, try_one


def test_nothing_is_told_of_clean_reports() -> None:
    assert [alarm for number in range(24) for alarm in alarms(number)] == []


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "swap"])
def test_what_is_seeded_is_found(fault: str) -> None:
    tried = [try_one((fault, number)) for number in range(12)]
    assert [one.words for one in tried if not one.caught] == []


def test_columns_that_changed_places_are_found_where_the_total_is_one_of_them() -> None:
    tried = [try_one(("swap", number)) for number in range(12)]
    assert all(one.caught for one in tried if "total" in one.words)
