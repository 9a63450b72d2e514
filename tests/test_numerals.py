"""What stands in a cell → the number it is read as, the flaw, and in words what it was or could be read as."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from gia_xlsx.form import Key, load_form
from gia_xlsx.numerals import read_number
from gia_xlsx.report import Flaw, Number

COUNT, MONEY = ("2021", "requests/received/natural"), ("2021", "disclosure/fees/amount")
CHANGE, NO_UNIT = ("2019", "disclosure/licensing/items_change"), ("2019", "disclosure/procurement/amount")
Row = tuple[object, Number | None, Flaw | None, str]

COUNTS: list[Row] = [
    (0, 0, None, ""),
    (33.0, 33, None, ""),
    (Decimal("12"), 12, None, ""),
    (Decimal("sNaN"), None, Flaw.HUGE, "sNaN"),
    (Decimal("-Infinity"), None, Flaw.HUGE, "-Infinity"),
    (float("nan"), None, Flaw.HUGE, "nan"),
    (None, None, Flaw.BLANK, ""),
    ("", None, Flaw.BLANK, ""),
    ("\u3000\u00a0\u200b \n", None, Flaw.BLANK, ""),
    ("/", None, Flaw.DASH, ""),
    ("-", None, Flaw.DASH, ""),
    ("——", None, Flaw.DASH, ""),
    ("无", None, Flaw.DASH, ""),
    (" 无 ", None, Flaw.DASH, ""),
    ("N/A", None, Flaw.DASH, ""),
    ("n/a", None, Flaw.DASH, ""),
    ("N/a", None, Flaw.DASH, ""),
    ("暂无", None, Flaw.DASH, ""),
    ("12", 12, Flaw.TEXT, "12"),
    ("１２", 12, Flaw.TEXT, "12"),
    ("1,024", 1024, Flaw.TEXT, "1024"),
    ("1，024", 1024, Flaw.TEXT, "1024"),
    ("\u200b12\u00a0", 12, Flaw.TEXT, "12"),
    ("12.0", 12, Flaw.TEXT, "12"),
    ("1e3", None, Flaw.SCIENTIFIC, "1e3"),
    ("1E+999", None, Flaw.SCIENTIFIC, "1E+999"),
    ("1,02", None, Flaw.WORDS, ""),
    ("5件", 5, Flaw.UNIT, "5"),
    ("５ 件", 5, Flaw.UNIT, "5"),
    ("1,024件", 1024, Flaw.UNIT, "1024"),
    ("5元", None, Flaw.OTHER_UNIT, ""),
    ("1.2万", None, Flaw.OTHER_UNIT, "12000"),
    ("1.2万件", None, Flaw.OTHER_UNIT, "12000"),
    ("1.2万次", None, Flaw.OTHER_UNIT, ""),
    ("5次", None, Flaw.OTHER_UNIT, ""),
    ("5项", None, Flaw.OTHER_UNIT, ""),
    ("33①", None, Flaw.WORDS, ""),
    ("33¹", None, Flaw.WORDS, ""),
    ("5²", None, Flaw.WORDS, ""),
    ("3½", None, Flaw.WORDS, ""),
    ("⑤", None, Flaw.WORDS, ""),
    ("㋀", None, Flaw.WORDS, ""),  # one character that is 1月 in half width
    ("约5", None, Flaw.WORDS, ""),
    ("5余", None, Flaw.WORDS, ""),
    ("十二", None, Flaw.WORDS, ""),
    ("详见附件", None, Flaw.WORDS, ""),
    ("增111", None, Flaw.SIGNED, "111"),
    (-3, -3, Flaw.NEGATIVE, ""),
    ("−3", -3, Flaw.NEGATIVE, ""),
    (1.5, None, Flaw.FRACTION, "1.5"),
    ("1.5", None, Flaw.FRACTION, "1.5"),
    (0.1 + 0.2, None, Flaw.FRACTION, "0.30000000000000004"),
    (True, None, Flaw.BOOLEAN, "TRUE"),
    ("TRUE", None, Flaw.BOOLEAN, "TRUE"),
    (datetime.date(2024, 3, 5), None, Flaw.DATE, "2024-03-05"),
    (datetime.time(8, 0), None, Flaw.DATE, "08:00:00"),
    (datetime.timedelta(hours=30), None, Flaw.DATE, "1 day, 6:00:00"),
    ("50%", None, Flaw.PERCENT, "50%"),
    ("#REF!", None, Flaw.ERROR, "#REF!"),
    ("#DIV/0!", None, Flaw.ERROR, "#DIV/0!"),
    (float("nan"), None, Flaw.HUGE, "nan"),
    (float("inf"), None, Flaw.HUGE, "inf"),
    (1e300, None, Flaw.HUGE, "1e+300"),
    ("9" * 13, None, Flaw.HUGE, "9" * 13),
    (int("9" * 13), None, Flaw.HUGE, "9" * 13),
    ("9" * 30_000, None, Flaw.HUGE, "9" * 30_000),
    ("9" * 13 + "件", None, Flaw.HUGE, "9" * 13),
]
MONEYS: list[Row] = [
    (39.7265, Decimal("39.7265"), None, ""),
    (0, Decimal(0), None, ""),
    ("39.7265", Decimal("39.7265"), Flaw.TEXT, "39.7265"),
    ("39.7265万元", Decimal("39.7265"), Flaw.UNIT, "39.7265（万元）"),
    ("397265元", None, Flaw.OTHER_UNIT, "39.7265"),
    ("1亿元", None, Flaw.OTHER_UNIT, "10000"),
    ("999999999999.123456789亿元", None, Flaw.OTHER_UNIT, "9999999999991234.56789"),
    ("5件", None, Flaw.OTHER_UNIT, ""),
    (1.23456, Decimal("1.23456"), Flaw.PRECISE, ""),
    (0.1 + 0.2, Decimal("0.3"), None, ""),
    (-1, Decimal(-1), Flaw.NEGATIVE, ""),
    ("无", None, Flaw.DASH, ""),
]
CHANGES: list[Row] = [
    (111, 111, None, ""),
    (-2, -2, None, ""),
    ("增111", 111, None, "+111"),
    ("减2", -2, None, "-2"),
    ("增加3项", 3, None, "+3"),
    ("减少 ２", -2, None, "-2"),
    ("增加3件", None, Flaw.WORDS, ""),
    ("3项", 3, Flaw.UNIT, "3"),
    ("3件", None, Flaw.OTHER_UNIT, ""),
    ("增一些", None, Flaw.WORDS, ""),
    ("增/减", None, Flaw.WORDS, ""),
]
WITHOUT_UNIT: list[Row] = [
    ("397265元", Decimal(397265), Flaw.UNIT, "397265（元）"),
    ("39.7万元", Decimal("39.7"), Flaw.UNIT, "39.7（万元）"),
    (12, Decimal(12), None, ""),
]
TABLE = [
    (where, *row)
    for where, rows in ((COUNT, COUNTS), (MONEY, MONEYS), (CHANGE, CHANGES), (NO_UNIT, WITHOUT_UNIT))
    for row in rows
]


@pytest.mark.parametrize(("where", "raw", "value", "flaw", "read_as"), TABLE)
def test_every_way_to_write_a_number(
    where: tuple[str, str], raw: object, value: Number | None, flaw: Flaw | None, read_as: str
) -> None:
    form, key = where
    reading = read_number(raw, load_form(form).cells[Key.parse(key)])
    assert (reading.value, reading.flaw, reading.read_as) == (value, flaw, read_as)
    assert type(reading.value) is type(value)
