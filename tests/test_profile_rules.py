"""Deadlines and levels that a region sets, as the rules use them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest

from gia_xlsx.diagnostic import Diagnostic, Severity
from gia_xlsx.errors import GiaError
from gia_xlsx.profile import Profile, load_profile
from gia_xlsx.rules import check
from gia_xlsx.site import Site, read_site
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


# --- the site -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ('url = "http://[::1"', "不是完整的网址"),
        ('url = "https://"', "不是完整的网址"),
        ('url = "https://a.gov.cn:99999/"', "不是完整的网址"),
        ('url = "javascript:alert(1)"', "应以 http:// 或 https:// 开头"),
        ('url = "https://a.gov.cn/{office}.html"', "花括号里只能是 {organ} 或 {year}"),
        ('url = "https://a.gov.cn/年 报.html"', "不能有空格"),
        ("url = 'https://a.gov.cn/\"onclick=x'", "不能有空格、引号"),
        ('url = "https://a.gov.cn/<b>"', "不能有空格、引号"),
        (f'url = "https://a.gov.cn/{"x" * 200}"', "217 个字，不能超过 200 个"),
        (f'name = "{"县" * 201}"', "site.name 有 201 个字"),
        ('author = "甲\\u0000乙"', "site.author 里有换行等看不见的字符"),
        ('column = "甲\\n乙"', "site.column 里有换行等看不见的字符"),
        (f"keywords = {['词'] * 21}", "有 21 个词，不能超过 20 个"),
        (f"keywords = ['{'词' * 31}']", "site.keywords 有 31 个字"),
        ("keywords = ['甲\\t乙']".replace("'", '"'), "site.keywords 里有换行等看不见的字符"),
        ('annex = "true"', "只能是 true 或 false"),
        ('time = "24:00"', "应写作“时:分”"),
    ],
)
def test_what_a_page_cannot_say_of_its_site_is_told_with_the_file(tmp_path: Path, told: str, fault: str) -> None:
    (tmp_path / "gia.toml").write_text(f"[site]\n{told}\n", encoding="utf-8")
    with pytest.raises(GiaError, match=r"gia\.toml：site\.") as caught:
        load_profile(tmp_path / "gia.toml", ())
    assert fault in str(caught.value)


def test_no_sign_in_the_name_of_an_organ_changes_where_an_address_leads() -> None:
    site = read_site({"url": "https://a.gov.cn/{organ}/{year}.html", "keywords": [" 年报 ", ""]})
    assert site == Site(url="https://a.gov.cn/{organ}/{year}.html", keywords=("年报",))
    assert site.address('甲[镇/../?"', 2024) == "https://a.gov.cn/甲%5B镇%2F..%2F%3F%22/2024.html"
    assert urljoin(site.address("甲[镇", 2024), "report.csv") == "https://a.gov.cn/甲%5B镇/report.csv"
