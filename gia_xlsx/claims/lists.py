"""Numbers of a text that must agree with each other: wholes with their parts, shares, and things counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.lexicon import year_of
from gia_xlsx.claims.sentences import Sentence, read
from gia_xlsx.passages import Passage
from gia_xlsx.report import Report, once
from gia_xlsx.wordlists import wordlist

_PARTS = re.compile(r"[^0-9]{0,12}?(?:其中|分别是|分别为|具体为)|\(")
_HEDGED = re.compile(r"主要|等(?!级|候|待)|包括|包含|含|例如|比如|部分为")
_SHARE = re.compile(r"占[^0-9,。;]{0,12}$")
_HAN = re.compile(r"[\u4e00-\u9fff“”《》]{2,30}+\Z")
_WINDOW = 30  # characters before a number in which the thing it counts stands
_MARKS = re.compile(r"[“”《》]")
_OTHER_TIMES = re.compile(r"上半年|下半年|季度|每[年月周季]|上年|去年|同比|以来|月(?<=\d月)")
_MOST_PARTS = 40  # figures looked at behind a whole
_LEAST = 4  # characters of a thing that can be told from others


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole and the parts named behind it. ``closed``: the parts end with a bracket or at a clear stop."""

    passage: Passage
    whole: Figure
    parts: tuple[Figure, ...]
    hedged: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A part with its share in percent, and the numbers it may be a share of."""

    passage: Passage
    part: Figure
    percent: Figure
    wholes: tuple[Figure, ...]


class Counted(NamedTuple):
    """A thing and how many of it the text counts."""

    passage: Passage
    thing: str
    figure: Figure


@once
def listings(report: Report) -> tuple[Listing, ...]:
    """Every whole with its parts, as the text lists them."""
    return tuple(one for passage, sentence in _with_figures(report) for one in _listings(passage, sentence))


@once
def shares(report: Report) -> tuple[Share, ...]:
    """Every 占 …% with the numbers of its sentence."""
    return tuple(one for passage, sentence in _with_figures(report) for one in _shares(passage, sentence))


@once
def counted(report: Report) -> tuple[Counted, ...]:
    """Things with a name of their own that the text counts."""
    found = (_counted(passage, sentence, report.year) for passage, sentence in _with_figures(report))
    return tuple(one for some in found for one in some)


def _with_figures(report: Report) -> Iterator[tuple[Passage, Sentence]]:
    return ((p, sentence) for p, sentences in read(report) for sentence in sentences if sentence.figures)


def _listings(passage: Passage, sentence: Sentence) -> Iterator[Listing]:
    text = sentence.text
    for n, whole in enumerate(sentence.figures[:-1]):
        opens = _PARTS.match(text, whole.end, sentence.end)
        if opens is None or not whole.unit or whole.unit == "%" or whole.vague:
            continue
        bracket = opens[0] == "("
        end = text.find(")", opens.end(), sentence.end) if bracket else sentence.end
        end = sentence.end if end < 0 else end
        if not bracket and (stop := text.find(";", opens.end(), end)) >= 0:
            end = stop
        following = sentence.figures[n + 1 : n + 1 + _MOST_PARTS]
        outside = [f for f in following if f.start < end and not _inside(text, opens.end(), f.start)]
        parts, closed = _run(text, outside, whole.unit, bracket)
        if parts and not any(part.vague for part in parts):
            hedged = _HEDGED.search(text, whole.end, min(end, parts[-1].end + 3)) is not None
            yield Listing(passage, whole, tuple(parts), hedged, closed)


def _inside(text: str, start: int, at: int) -> bool:
    """Whether a place lies in a bracket opened behind ``start``."""
    return text.count("(", start, at) > text.count(")", start, at)


def _run(text: str, figures: Sequence[Figure], unit: str, bracket: bool) -> tuple[list[Figure], bool]:
    """The parts: figures of the unit of the whole, until their separator changes from 、 to a comma."""
    parts: list[Figure] = []
    for figure in figures:
        if figure.unit != unit:
            break
        if len(parts) >= 2 and not bracket:
            between = text[parts[-1].end : figure.start]
            if "," in between and "、" in text[parts[-2].end : parts[-1].start]:
                return parts, True
        parts.append(figure)
    return parts, bracket


def _shares(passage: Passage, sentence: Sentence) -> Iterator[Share]:
    figures = sentence.figures
    if not any(figure.unit == "%" for figure in figures):
        return
    parts = {id(figures[n - 1]) for n, one in enumerate(figures[1:], 1) if one.unit == "%"}
    for n, percent in enumerate(figures[1:], 1):
        part = figures[n - 1]
        if percent.unit != "%" or part.unit in ("%", "") or percent.vague or part.vague:
            continue
        if _SHARE.search(sentence.text, part.end, percent.start):
            around = figures[max(0, n - _MOST_PARTS) : n + _MOST_PARTS]
            alike = (one for one in around if one.unit == part.unit and id(one) not in parts)
            wholes = tuple(one for one in alike if one.value >= part.value)
            if wholes:
                yield Share(passage, part, percent, wholes)


@cache
def _borders() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    twice = wordlist("claims")["twice"]
    starts, ends = ("|".join(sorted(map(re.escape, twice[side]), key=len, reverse=True)) for side in ("starts", "ends"))
    return re.compile(f".*(?:{starts})"), re.compile(f"(?:{ends})+$"), frozenset(twice["general"])


def _counted(passage: Passage, sentence: Sentence, year: int | None) -> Iterator[Counted]:
    starts, ends, general = _borders()
    if _OTHER_TIMES.search(sentence.text, sentence.start, sentence.end):
        return
    other_year: bool | None = None  # asked once a thing is found
    for figure in sentence.figures:
        if not figure.unit or figure.unit == "%" or figure.is_money or figure.vague:
            continue
        run = _HAN.search(passage.text, max(sentence.start, figure.start - _WINDOW), figure.start)
        if run is None:
            continue
        whole = ends.sub("", _MARKS.sub("", run[0]))
        found = starts.match(whole) if len(whole) >= _LEAST else None
        thing = whole[found.end() :] if found else whole
        if len(thing) >= _LEAST and thing not in general:
            if other_year is None:
                other_year = bool(year) and any(year_of(token, year or 0) != year for token in sentence.years)
            if other_year:
                return
            yield Counted(passage, thing, figure)


def kind(one: Counted) -> tuple[str, str]:
    """What all counts of one thing have in common: the end of its name, and its unit."""
    return one.thing[-_LEAST:], one.figure.unit


def same_thing(one: Counted, other: Counted) -> bool:
    """Whether two of a kind are of one thing: the same name, or one the end of the other (盘州市政府公报, 政府公报)."""
    return one.thing == other.thing or one.thing.endswith(other.thing) or other.thing.endswith(one.thing)


def off(listing: Listing) -> Decimal | None:
    """What the parts come to where they should come to the whole and do not; None where nothing is to be said.

    A list may be followed by numbers of other things, and one that is hedged (主要, 等) or names few of its parts may
    fall short; so the parts count up to the first sum that hits, and a miss is told only where it is near or beyond.
    """
    whole, total, sums = listing.whole.value, Decimal(0), []
    for part in listing.parts:
        total += part.value
        sums.append(total)
    if whole in sums:
        return None
    if sums[0] > whole:
        return sums[0]
    if listing.hedged:
        return sums[-1] if listing.closed and sums[-1] > whole else None
    if listing.closed and len(sums) > 1 and sums[-1] > whole:
        return sums[-1]
    near = max(Decimal(1), whole / 5)
    return next((value for value in sums[1:] if abs(value - whole) <= near), None)
