"""Deadlines and levels that a region sets, as the rules use them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gia_xlsx.diagnostic import Diagnostic, Severity
from gia_xlsx.profile import Profile
from gia_xlsx.rules import check
from tests.clean import clean

COUNTY = Profile(
    deadlines={"township": "02-15"},
    regions={"清水": Profile(deadlines={"township": "02-20"}), "浑水": Profile(deadlines={"township": "01-15"})},
)


def late(date: str, profile: Profile, year: int = 2024, organ: str = "清水镇人民政府") -> list[Diagnostic]:
    report = clean()
    cover = replace(report.cover, date=date, year=year, organ=organ, signature=organ)
    found = check(replace(report, cover=cover, profile=profile)).diagnostics
    return [diagnostic for diagnostic in found if diagnostic.code == "GIA618"]


@pytest.mark.parametrize(
    ("date", "profile", "is_late"),
    [
        ("2025年2月1日", Profile(), True),
        ("2025年2月1日", Profile(deadlines={"township": "02-15"}), False),
        ("2025年2月16日", Profile(deadlines={"township": "02-15"}), True),
        ("2025年2月16日", COUNTY, False),  # the region goes before the rest
        ("2025年2月21日", COUNTY, True),
        ("2025年2月1日", Profile(deadlines={"street": "02-15"}), True),  # another type
        ("2025年2月28日", Profile(deadlines={"township": "02-29"}), False),
        ("2025年3月1日", Profile(deadlines={"township": "02-29"}), True),  # no such day in 2025
    ],
)
def test_the_deadline_of_the_region_holds(date: str, profile: Profile, is_late: bool) -> None:
    assert bool(late(date, profile)) == is_late


def test_a_leap_day_is_a_deadline_where_there_is_one() -> None:
    assert late("2024年2月29日", Profile(deadlines={"township": "02-29"}), year=2023) == []


def test_the_message_names_the_deadline_and_who_set_it() -> None:
    (local,) = late("2025年2月21日", COUNTY)
    assert "本地设定的期限 2025年2月20日" in local.message
    assert "gia.toml 设定" in local.hint
    (national,) = late("2025年2月21日", Profile())
    assert "乡镇人民政府的期限 2025年1月31日" in national.message
    assert "可在 gia.toml 中设定" in national.hint


def test_a_region_makes_the_deadline_an_error_or_leaves_it_out() -> None:
    (graver,) = late("2025年2月21日", Profile(levels={"GIA618": "error"}))
    assert graver.severity is Severity.ERROR
    assert late("2025年2月21日", Profile(levels={"GIA618": "off"})) == []
