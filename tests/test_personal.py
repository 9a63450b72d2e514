"""Personal data is found however it is written, nothing else is taken for it, and no output prints it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gia_xlsx.personal import CARD, IDENTITY, MOBILE, mask, personal_data
from gia_xlsx.report import Paragraph
from gia_xlsx.rules import check
from tests.clean import clean

IDENTITY_NUMBER = "11010519491231002X"  # the example of GB 11643-1999
WIDE = {ord(character): chr(ord(character) + 0xFEE0) for character in "0123456789X"}
CHINESE = st.text("公开申请人联系电话号码，。：（）、的在为收到件", max_size=20)


def identity(first: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(w * int(c) for w, c in zip(weights, first, strict=True)) % 11]


def luhn(first: str) -> str:
    digits = [int(digit) for digit in reversed(first)]
    total = sum(digits[1::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[::2])
    return first + str(-total % 10)


identities = st.builds(
    lambda place, day, order: identity(f"{place}{day:%Y%m%d}{order:03d}"),
    st.sampled_from(["110105", "340211", "520222", "650101"]),
    st.dates(date(1920, 1, 1), date(2020, 1, 1)),
    st.integers(0, 999),
)
cards = st.builds(lambda middle: luhn(f"62{middle}"), st.text("0123456789", min_size=13, max_size=16))
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(CHINESE, identities, CHINESE, st.sampled_from(["plain", "wide", "spaced"]))
def test_identity_numbers_are_found_and_masked(before: str, number: str, after: str, dress: str) -> None:
    written = {
        "plain": number,
        "wide": number.translate(WIDE),
        "spaced": f"{number[:6]} {number[6:14]} {number[14:]}",
    }[dress]
    text = f"{before}{written}{after}"
    assert [datum.kind for datum in personal_data(text)] == [IDENTITY]
    assert number[6:14] not in mask(text).replace(" ", "") and mask(mask(text)) == mask(text)


@given(CHINESE, mobiles)
def test_mobile_numbers_are_found_and_masked(before: str, number: str) -> None:
    text = f"{before}{number}。"
    assert [datum.kind for datum in personal_data(text)] == [MOBILE]
    assert number[3:7] + number[7:] not in mask(text)


@given(cards)
def test_cards_are_found_and_masked(number: str) -> None:
    kinds = {datum.kind for datum in personal_data(f"退至{number}。")}
    assert kinds & {CARD, IDENTITY}  # a card of 18 digits may be both
    assert number not in mask(f"退至{number}。")


@given(st.integers(0, 10**10), st.sampled_from(["元", "件", "万元", "人次", "平方米", "%"]))
def test_figures_are_left_alone(figure: int, unit: str) -> None:
    assert mask(f"共计{figure + 10**10}{unit}") == f"共计{figure + 10**10}{unit}"


@given(st.text())
def test_any_text_can_be_masked(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    "text",
    ["1" * 10**6, "1,234," * 170_000, "1 2 " * 250_000, "62 " * 330_000, "13800138000，" * 80_000, "住在1" * 250_000],
    ids=lambda text: text[:6],
)
def test_every_text_comes_to_an_end(text: str) -> None:
    mask(text)


def test_no_output_prints_it_also_where_an_excerpt_is_cut() -> None:
    person = f"申请人身份证号{IDENTITY_NUMBER}、电话13800138000、住址：某市某区某路12号3室"
    text = f"截止目前，经布署，{person}，收到1条依申请公开。"
    report = replace(clean(), paragraphs=(Paragraph("overview", f"（一）{IDENTITY_NUMBER}", text),))
    diagnostics = check(report).diagnostics
    assert {"GIA701", "GIA704", "GIA707", "GIA708"} <= {diagnostic.code for diagnostic in diagnostics}
    for raw in (IDENTITY_NUMBER, IDENTITY_NUMBER[:10], "19491231", "13800138000", "某路12号"):
        assert raw not in repr(diagnostics)
