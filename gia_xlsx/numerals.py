"""From what stands in a cell to a number, or to the name of what is wrong with it; nothing is guessed.

``read_number`` is the one place where raw cell content becomes a value. It takes what a spreadsheet or a page held
(str, int, float, bool, a date, None) and the kind and unit of the cell.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, localcontext

from gia_xlsx.form import Cell
from gia_xlsx.report import Flaw, Number

LARGEST = 10**12  # beyond any count or sum a report could state
_LONGEST = 100  # characters that a number in words may have
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_NOTHING = {"/", "\\", "-", "--", "—", "——", "–", "－", "无", "没有", "暂无", "N/A", "NA", "不适用", "空"}
_ERRORS = re.compile(r"#(REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!)$")
_PLAIN = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?$")
_SEPARATED = re.compile(r"[+-]?\d{1,3}(,\d{3}){1,6}(\.\d{1,20})?$")
_SCIENTIFIC = re.compile(r"[+-]?\d{1,10}(\.\d{1,10})?[eE][+-]?\d{1,3}$")
_DIGITS = re.compile(r"\d{21,}$")
_UNIT = re.compile(r"(?P<number>.+?)(?P<unit>万元|亿元|元|万?[件项个条起宗次]|万|%)$")
_CHANGE = re.compile(r"(?P<sign>增加|增|减少|减)(?P<number>.+)$")
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, or none; the flaw if there is one; and in words what it was read as or would be in the right unit."""

    value: Number | None
    flaw: Flaw | None = None
    read_as: str = ""


def squeeze(text: str) -> str:
    """Text without spaces of any kind and in half width: what two writings of one thing have in common."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _ornate(text: str) -> bool:
    """Whether a footnote mark or its like stands in it (5², 33①, ½), which half width would make a digit."""
    return not text.isascii() and any(
        not character.isdecimal() and any(map(str.isdecimal, unicodedata.normalize("NFKC", character)))
        for character in text
    )


def read_number(raw: object, cell: Cell) -> Reading:
    """Read the content of one cell of the form. ``value`` is int for counts and changes, Decimal for money."""
    if raw is None:
        return Reading(None, Flaw.BLANK)
    if isinstance(raw, bool):
        return Reading(None, Flaw.BOOLEAN, str(raw).upper())
    if isinstance(raw, int | float | Decimal):
        return _number(raw, cell)
    if isinstance(raw, datetime.date | datetime.time | datetime.timedelta):
        return Reading(None, Flaw.DATE, str(raw))
    return _text(str(raw), cell)


def _number(raw: int | float | Decimal, cell: Cell) -> Reading:
    number = raw if isinstance(raw, Decimal) else Decimal(repr(raw))
    if not number.is_finite() or abs(number) > LARGEST:
        return Reading(None, Flaw.HUGE, str(raw))
    return _fit(number, cell)


def _fit(number: Decimal, cell: Cell) -> Reading:
    """Hold a number against what its cell may state."""
    if cell.kind == "money":
        number = _plain(number)
        if number < 0:
            return Reading(number, Flaw.NEGATIVE)
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -4:
            return Reading(number, Flaw.PRECISE)
        return Reading(number)
    if number != number.to_integral_value():
        return Reading(None, Flaw.FRACTION, str(number))
    if number < 0 and cell.kind != "change":
        return Reading(int(number), Flaw.NEGATIVE)
    return Reading(int(number))


def _text(raw: str, cell: Cell) -> Reading:
    text = squeeze(raw)
    if not text:
        return Reading(None, Flaw.BLANK)
    if _ornate(raw[:_LONGEST]):
        return Reading(None, Flaw.WORDS)
    if _ERRORS.match(text) and raw.strip().startswith("#"):
        return Reading(None, Flaw.ERROR, text)
    if text.upper() in _NOTHING:
        return Reading(None, Flaw.DASH)
    number = _parse(text)
    if number is not None:
        return _flawed(number, cell, Flaw.TEXT)
    if _SCIENTIFIC.match(text):
        return Reading(None, Flaw.SCIENTIFIC, text)
    if _DIGITS.match(text):
        return Reading(None, Flaw.HUGE, text)
    if text.upper() in ("TRUE", "FALSE"):
        return Reading(None, Flaw.BOOLEAN, text)
    change = _CHANGE.match(text)
    if change:
        return _change(change, cell)
    unit = _UNIT.match(text)
    if unit:
        return _with_unit(unit, cell)
    return Reading(None, Flaw.WORDS)


def _parse(text: str) -> Decimal | None:
    text = text.replace("−", "-")
    if _PLAIN.match(text) or _SEPARATED.match(text):
        return Decimal(text.replace(",", ""))
    return None


def _flawed(number: Decimal, cell: Cell, flaw: Flaw) -> Reading:
    """A number that is right but oddly written; a graver flaw of the number itself comes first."""
    reading = _number(number, cell)
    if reading.flaw is not None:
        return reading
    return Reading(
        reading.value, flaw, f"{reading.value:f}" if isinstance(reading.value, Decimal) else str(reading.value)
    )


def _change(match: re.Match[str], cell: Cell) -> Reading:
    text = match["number"]
    unit = _UNIT.match(text)
    number = _parse(unit["number"] if unit and unit["unit"] == cell.unit else text)
    if number is None:
        return Reading(None, Flaw.WORDS)
    if match["sign"].startswith("减"):
        number = -number
    if cell.kind != "change":
        return Reading(None, Flaw.SIGNED, str(number))
    reading = _number(number, cell)
    return reading if reading.flaw else Reading(reading.value, None, f"{number:+}")


def _with_unit(match: re.Match[str], cell: Cell) -> Reading:
    number, unit = _parse(match["number"]), match["unit"]
    if number is None:
        return Reading(None, Flaw.WORDS)
    if unit == "%":
        return Reading(None, Flaw.PERCENT, match[0])
    if cell.kind == "money":
        if unit not in _MONEY:
            return Reading(None, Flaw.OTHER_UNIT)
        if not cell.unit or unit == cell.unit:
            reading = _flawed(number, cell, Flaw.UNIT)
            return Reading(reading.value, reading.flaw, f"{number:f}（{unit}）")
        return Reading(None, Flaw.OTHER_UNIT, f"{_plain(number * _MONEY[unit] / _MONEY[cell.unit]):f}")
    if unit == cell.unit:
        return _flawed(number, cell, Flaw.UNIT)
    if unit in ("万", f"万{cell.unit}"):
        return Reading(None, Flaw.OTHER_UNIT, f"{_plain(number * 10_000):f}")
    return Reading(None, Flaw.OTHER_UNIT)


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent; at most twelve decimals, which is what a float still knows."""
    with localcontext(prec=60):  # a million million 亿元 with all its decimals
        number = round(number, 12).normalize()
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number
