"""Personal data in a text: where it stands, and the text with it masked, so that no output prints it raw."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from gia_xlsx.wordlists import wordlist

IDENTITY, CARD, MOBILE, ADDRESS = "身份证号码", "银行卡号", "手机号码", "家庭住址"
_HALF = {ord("０") + n: str(n) for n in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "x", 0x3000: " ", 0xA0: " "}
_LONG = re.compile(r"[0-9０-９](?:[ \u3000\xa0-]?[0-9０-９]){10}")  # no shorter number is personal
_WIDE = re.compile(r"[０-９Ｘｘ\u3000\xa0]")
_BEGIN, _END = r"(?:(?<![0-9A-Za-z*])|(?<=[Tt]el)|(?<=TEL))", r"(?![0-9A-Za-z*])"
_BY_PARTS = r"[1-9][0-9]{5}[ -]?(?:19|20)[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{3}[ -]?[0-9Xx]"
_BY_FOURS = r"[1-9][0-9]{3}(?:[ -][0-9]{4}){3}[ -][0-9][0-9Xx]"
_IDENTITY = re.compile(rf"{_BEGIN}(?=({_BY_PARTS}|{_BY_FOURS}){_END})")
_NAMED = re.compile(rf"[ :：为是]{{0,3}}{_BEGIN}([1-9][0-9]{{13,16}}[0-9Xx]){_END}")
_GROUPED = r"[0-9]{3}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?|[0-9]{5}[ -][0-9]{13}"
_CARD = re.compile(rf"{_BEGIN}(?=([4-9](?:[0-9]{{15,18}}|{_GROUPED})){_END})")
_MOBILE = re.compile(rf"{_BEGIN}(?=((?:\+?86[ -]?|0)?1[3-9][0-9](?:[ -]?[0-9]{{4}}){{2}}){_END})")
_LINK = re.compile(r"(?:https?://|www\.)[!-~]{1,500}+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NEAR = 12  # characters before a number in which a word tells what it is
_SHOWN = 3  # first characters of a datum that may be shown
_WORDS = 5  # characters of an address that tell too much; of a number, the six of _DIGITS
_DIGITS = re.compile(r"[0-9０-９](?:[ \u3000\xa0-]?[0-9０-９XxＸｘ]){5,30}")


@dataclass(frozen=True, slots=True)
class Datum:
    """One personal datum and its span; ``certain`` where a check digit or the words before it prove it."""

    kind: str
    start: int
    end: int
    certain: bool = True


def personal_data(text: str) -> list[Datum]:
    """Every personal datum of a text, in order; none overlaps another."""
    numbers, addresses = bool(_LONG.search(text)), _may_tell_address(text)
    if not numbers and not addresses:
        return []
    plain = text.translate(_HALF) if _WIDE.search(text) else text
    if "://" in plain or "www." in plain:
        plain = _LINK.sub(lambda link: "_" * len(link[0]), plain)
    found: list[Datum] = []
    for datum in (
        *(_identities(plain) if numbers else ()),
        *(_cards(plain) if numbers else ()),
        *(_mobiles(plain) if numbers else ()),
        *(_addresses(plain) if addresses else ()),
    ):
        if all(datum.end <= other.start or other.end <= datum.start for other in found):
            found.append(datum)
    return sorted(found, key=lambda datum: datum.start)


def mask(text: str) -> str:
    """The text with every personal datum masked: ``3402**********1234``, ``138****5678``."""
    if not (_LONG.search(text) or _may_tell_address(text)):
        return text
    for datum in reversed(personal_data(text)):
        text = text[: datum.start] + hidden(text[datum.start : datum.end], datum.kind) + text[datum.end :]
    if _may_tell_address(text):
        text = _patterns().named_address.sub(lambda found: found[1] + hidden(found[2], ADDRESS), text)
    return text


def _may_tell_address(text: str) -> bool:
    return "住" in text or "户籍" in text or "家庭地址" in text or "详细地址" in text


def mask_pieces(text: str, data: Iterable[str]) -> str:
    """A text with the pieces of known data masked: an excerpt may have been cut in the midst of a number or address."""
    numbers = []
    for datum in data:
        if datum[-1:].isdecimal() or datum[-1:] in "XxＸｘ":
            numbers.append(_squeezed(datum))
        else:
            for n in range(_SHOWN, len(datum) - _WORDS + 1):
                text = text.replace(datum[n : n + _WORDS], "*" * _WORDS)

    def piece(found: re.Match[str]) -> str:
        part = _squeezed(found[0])
        return f"{part[:_SHOWN]}***" if any(part in number for number in numbers) else found[0]

    return _DIGITS.sub(piece, text) if numbers else text


def hidden(words: str, kind: str) -> str:
    """One datum masked: its first and last characters stay, so that it can be found in the text."""
    if kind == ADDRESS:
        return words[:_SHOWN] + "*" * (len(words) - _SHOWN)
    words = _squeezed(words)
    first = _SHOWN if kind == MOBILE else _SHOWN + 1
    return words[:first] + "*" * (len(words) - first - 4) + words[-4:]


def _squeezed(number: str) -> str:
    return number.translate(_HALF).replace(" ", "").replace("-", "")


def _identities(text: str) -> Iterator[Datum]:
    for found in _IDENTITY.finditer(text):
        if _is_identity(_squeezed(found[1])) and not _follows(text, found.start(), _patterns().organ_code):
            yield Datum(IDENTITY, found.start(1), found.end(1))
    if "身份" in text:
        for word in _patterns().identity_word.finditer(text):
            named = _NAMED.match(text, word.end())
            if named and len(named[1]) in (15, 18):
                yield Datum(IDENTITY, named.start(1), named.end(1))  # also one mistyped tells whose it is


def _is_identity(number: str) -> bool:
    """Whether 18 characters are an identity number: province, day of birth and check digit (GB 11643-1999)."""
    if len(number) != 18 or number[:2] not in _patterns().provinces or number[6:8] not in ("19", "20"):
        return False
    try:
        datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECKS[total % 11] == number[17].upper()


def _cards(text: str) -> Iterator[Datum]:
    words = wordlist("personal")
    sure, perhaps = tuple(words["card_begins"]), tuple(words["card_begins_after_word"])
    for found in _CARD.finditer(text):
        number = _squeezed(found[1])
        if not number.startswith(sure + perhaps) or not _luhn(number):
            continue
        named = _follows(text, found.start(), _patterns().card_word)
        if named or (number.startswith(sure) and not _follows(text, found.start(), _patterns().other_number)):
            yield Datum(CARD, found.start(1), found.end(1))


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def _mobiles(text: str) -> Iterator[Datum]:
    for found in _MOBILE.finditer(text):
        figure = _patterns().figure_after.match(text, found.end(1)) or text.endswith(("￥", "¥"), 0, found.start())
        if not figure and not _follows(text, found.start(), _patterns().other_number):
            yield Datum(MOBILE, found.start(1), found.end(1), certain=False)


def _addresses(text: str) -> Iterator[Datum]:
    for found in _patterns().address.finditer(text):
        yield Datum(ADDRESS, found.start(1), found.end(1), certain=False)


def _follows(text: str, start: int, words: re.Pattern[str]) -> bool:
    """Whether one of the words stands shortly before a number."""
    return bool(words.search(text, max(0, start - _NEAR), start))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The word list compiled."""

    provinces: frozenset[str]
    identity_word: re.Pattern[str]
    card_word: re.Pattern[str]
    organ_code: re.Pattern[str]
    other_number: re.Pattern[str]
    figure_after: re.Pattern[str]
    address: re.Pattern[str]
    named_address: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = wordlist("personal")
    some = r"[^，。；,;\n（）()]"
    named, places, lives, being, house = (words[name] for name in ("named", "places", "lives", "is", "house"))
    # each way to open an address begins with a plain character: such an alternation is searched fast
    opens = "|".join((*(f"{name}{being}?\\s?" for name in named), *(f"{name}{being}\\s?" for name in places), *lives))
    return _Patterns(
        frozenset(words["provinces"]),
        _any_of(words["identity_words"]),
        _any_of(words["card_words"]),
        _any_of(words["organ_codes"]),
        _any_of(words["other_numbers"]),
        re.compile(words["figure_after"]),
        re.compile(f"(?:{opens})({some}{{2,30}}?{house}(?:{some}{{0,12}}?{house})?)(?!的)"),
        re.compile(f"((?:{'|'.join((*named, *places[:-1]))}){being}\\s?)({some}{{4,60}}+)"),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))
