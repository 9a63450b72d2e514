"""The truth table of the review, a little of it: nothing is told of clean reports, and what is seeded is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.asides import ASIDES
from bench.faults import FAULTS, STATED, clean
from bench.reviewer import alarms, told, try_one
from gia_xlsx.report import Paragraph


def test_nothing_is_told_of_clean_reports() -> None:
    assert [alarm for number in range(24) for alarm in alarms(number)] == []


def test_what_no_table_counts_is_left_alone_beside_figures_that_are() -> None:
    for number in (0, 1):
        report = clean(number)
        said = [one for one in report.paragraphs if one.section == "overview"]
        for aside in ASIDES:
            words = [replace(one, text=one.text + aside) for one in said[:2]] + [Paragraph("overview", "", aside)]
            assert told(replace(report, paragraphs=(*words, *report.paragraphs[3:]))) == told(
                replace(report, paragraphs=(*said[:2], Paragraph("overview", "", ""), *report.paragraphs[3:]))
            ), aside


def test_numbers_in_the_words_of_real_reports_are_found() -> None:
    tried = [try_one(("seed", number)) for number in range(len(STATED))]
    assert [one.words for one in tried if not one.caught] == []


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "swap"])
def test_what_is_seeded_is_found(fault: str) -> None:
    tried = [try_one((fault, number)) for number in range(12)]
    assert [one.words for one in tried if not one.caught] == []


def test_columns_that_changed_places_are_found_where_the_total_is_one_of_them() -> None:
    tried = [try_one(("swap", number)) for number in range(12)]
    assert all(one.caught for one in tried if "total" in one.words)
