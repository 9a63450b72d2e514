"""Numbers in running text with their units: digits of any width, separators, Chinese numerals, 万 and 亿.

Positions are those of the text as given: nothing here changes its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

COUNTERS = "件起宗份封条项期次个例部篇则笔场批户名人"  # units of things counted
_WIDE = tuple(zip("０１２３４５６７８９．％，（）：；〇", "0123456789.%,():;零", strict=True))
# an expression that begins with a set of characters, what stands before them asked second, is searched fast
_DIGITS = r"\d(?<![\d〔\-—–/第].)(?<!\d[.,].)(?:\d{0,2}(?:,\d{3}){1,4}(?!\d)|\d{0,11})(?:\.\d{1,6})?(?![\d.,]\d)"
_NOT_BEFORE = r"\d无没未第每同任逐某哪另这那本各唯百千万零一二两三四五六七八九十"
_NUMERAL_SIGN = "[零一二两三四五六七八九十百千万]"
_CHINESE = rf"{_NUMERAL_SIGN}(?<![{_NOT_BEFORE}].){_NUMERAL_SIGN}{{0,8}}"
_SCALE = r"(?P<scale>[十百千]?[万亿]|[百千])?(?P<more>[余多]|几)?(?P<scale2>[万亿])?"
_UNIT = rf"{_SCALE}\s?(?P<unit>人次|万元|亿元|元|%|个百分点|[{COUNTERS}])?"
_FIGURE = re.compile(rf"(?P<digits>{_DIGITS})\s?{_UNIT}")
_NUMERAL = re.compile(
    rf"(?P<digits>{_CHINESE})(?P<more>[余多])?(?P<unit>人次|万元|元|[{COUNTERS}])(?![性一]|事(?!项|件))"
)
_VAGUE_BEFORE = re.compile(r"(?:约|近|超过|超|逾|达到?|不足|大约|将近|至少|最多)\s?$")
_MAY_BE_VAGUE = frozenset("约近过超逾达到足少多")  # the last signs of those words
_MANY = ("上", "数", "成")
_ONE = Decimal(1)
_NO_COUNT = tuple("年月日号时点℃")
_SPAN = tuple("月工小百")  # 3个月, 20个工作日, 2个小时, 1个百分点
_SURE = ("达到", "达")  # 收到申请达33件 is exact
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "十万": 10**5, "百万": 10**6, "千万": 10**7} | {
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
}
_START = attrgetter("start")
_MONEY = {"元": 1, "万元": 10**4, "亿元": 10**8}
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


class Figure(NamedTuple):
    """A number at ``start``:``end`` of a text, its unit included; money is in 元. ``vague``: about, over, some.

    ``precision`` is the worth of its last digit: 1.2万 is known to the thousand.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    vague: bool = False
    precision: Decimal = _ONE

    @property
    def is_money(self) -> bool:
        return self.unit in _MONEY

    def fits(self, value: Decimal) -> bool:
        """Whether a number may be written so: the same, or rounded or cut where this one stops."""
        exact = self.value == value
        return exact or (self.precision != 1 and abs(self.value - value) < self.precision)


def narrow(text: str) -> str:
    """The text with digits and punctuation in half width, as long as it was."""
    for wide, half in _WIDE:
        text = text.replace(wide, half)
    return text


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text in order; ``text`` is narrow."""
    found = [figure for match in _FIGURE.finditer(text) if (figure := _of_digits(match, text))]
    numerals = [
        _figure(*match.span(), Decimal(value), _ONE, text, match["unit"], match["more"])
        for match in _NUMERAL.finditer(text)
        if (value := numeral_value(match["digits"])) is not None
    ]
    return iter(sorted(found + numerals, key=_START) if numerals else found)


def _of_digits(match: re.Match[str], text: str) -> Figure | None:
    digits, scale, more, scale2, unit = match.groups("")
    start, end = match.span()
    if (not unit and text.startswith(_NO_COUNT, end)) or (unit == "个" and text.startswith(_SPAN, end)):
        return None
    value = Decimal(digits.replace(",", ""))
    precision = _ONE.scaleb(-len(digits.partition(".")[2])) if "." in digits else _ONE
    if scale or scale2:
        times = _SCALES.get(scale, 1) * _SCALES.get(scale2, 1)
        value, precision = value * times, precision * times
    if unit in _MONEY:
        value, precision = value * _MONEY[unit], precision * _MONEY[unit]
    return _figure(start, end, value, precision, text, unit, more)


def _figure(start: int, end: int, value: Decimal, precision: Decimal, text: str, unit: str, more: str | None) -> Figure:
    last = text[start - 1] if start else ""
    vague = bool(more) or (last in _MANY and text[start] in "十百千万")
    if not vague and (last in _MAY_BE_VAGUE or last.isspace()):
        before = _VAGUE_BEFORE.search(text, max(0, start - 4), start)
        vague = before is not None and before[0].strip() not in _SURE
    return Figure(start, end, value, unit, vague, precision)


def numeral_value(text: str) -> int | None:
    """``一百二十三`` as 123; None for what is no number (一二三, 十百)."""
    total = section = 0
    digit: int | None = None
    least = 10_000
    for character in text:
        if character in _NUMERALS:
            if digit is not None and digit != 0:
                return None
            digit = _NUMERALS[character]
        elif character in _PLACES:
            place = _PLACES[character]
            if place >= least or (digit == 0 and section):
                return None
            section += (1 if digit is None else digit) * place
            digit, least = None, place
        else:  # 万
            if total or not (section or digit):
                return None
            total, section, digit, least = (section + (digit or 0)) * 10_000, 0, None, 10_000
    return total + section + (digit or 0)
