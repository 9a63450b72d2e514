"""Where words stand: the text of a report as one string, and findings made of places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from gia_xlsx.diagnostic import Finding
from gia_xlsx.passages import Passage, passages
from gia_xlsx.report import Place, Report, once
from gia_xlsx.rules.wording import listed

_AROUND = 16  # characters shown on either side of a place
_LONGEST = 30  # characters of one place that are quoted
_BREAKS = re.compile(r"[。！？\n]")


class Spot(NamedTuple):
    """Some words of the text; ``said`` is what the message tells of them, else the words in quotation marks."""

    start: int
    end: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """All passages in one string, heading and text of each on lines of their own.

    ``starts`` tells where each begins, ``placeholders`` whether any of them gave words.
    """

    words: str
    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    placeholders: bool

    def held(self, words: tuple[str, ...]) -> list[str]:
        """Those of many words that the text has; one look tells which of them do not even end there."""
        ended = set(map("".join, _ends(words).findall(self.words)))
        return [word for word in words if (len(word) < 2 or word[-2:] in ended) and word in self.words]

    def passage(self, offset: int) -> Passage:
        return self.passages[bisect_right(self.starts, offset) - 1]

    def is_given(self, start: int, end: int) -> bool:
        """Whether placeholders gave these words."""
        if not self.placeholders:
            return False
        index = bisect_right(self.starts, start) - 1
        passage = self.passages[index]
        first = self.starts[index] + (len(passage.heading) + 1 if passage.heading else 0)
        return passage.is_given(start - first, end - first)

    def sections(self) -> Iterator[tuple[int, int]]:
        """Where each section begins and ends."""
        for _, group in groupby(zip(self.starts, self.passages, strict=True), lambda pair: pair[1].section):
            members = list(group)
            yield members[0][0], members[-1][0] + len(members[-1][1].whole)

    def clause(self, offset: int, marks: re.Pattern[str], longest: int = 40) -> str:
        """What stands before a place, from the last of some marks on."""
        before = self.words[max(0, offset - longest) : offset]
        return marks.split(before)[-1]

    def excerpt(self, spot: Spot) -> str:
        """The place with what stands around it in its sentence."""
        before = _BREAKS.split(self.words[max(0, spot.start - _AROUND) : spot.start])[-1]
        after = _BREAKS.split(self.words[spot.end : spot.end + _AROUND])[0]
        return f"{before}{clip(self.words[spot.start : spot.end])}{after}".strip()


@cache
def _ends(words: tuple[str, ...]) -> re.Pattern[str]:
    """The last but one character of any of some words, and the last of any behind it: rarer than how words begin."""
    first, last = (re.escape("".join({word[n] for word in words if len(word) > 1})) for n in (-2, -1))
    return re.compile(f"([{first}])(?=([{last}]))")


@once
def whole(report: Report) -> Whole:
    """The text of a report."""
    starts, parts, length = [], [], 0
    for passage in passages(report):
        starts.append(length)
        parts.append(passage.whole)
        length += len(passage.whole) + 1
    words = "\n".join(parts)
    given = any(passage.given for passage in passages(report))
    return Whole(words, passages(report), tuple(starts), given)


def finding(text: Whole, spots: Iterable[Spot], **words: Any) -> Iterator[Finding]:
    """One finding of all spots, in the order of the text; none if there is no spot.

    Its words are ``count`` and ``shown``, unless they are given.
    """
    found = apart(sorted(spots, key=lambda spot: spot.start))
    if not found:
        return
    said = dict.fromkeys(spot.said or f"“{clip(text.words[spot.start : spot.end])}”" for spot in found)
    words = {"count": len(found), "shown": listed(said, "种"), **words}
    yield Finding((), words, places(text, found), text.excerpt(found[0]))


def apart(spots: Sequence[Spot]) -> list[Spot]:
    """Spots without those that overlap an earlier one."""
    found: list[Spot] = []
    for spot in spots:
        if not found or spot.start >= found[-1].end:
            found.append(spot)
    return found


def places(text: Whole, spots: Iterable[Spot]) -> tuple[Place, ...]:
    """The cells in which spots stand, each once."""
    cells = (text.passage(spot.start).place for spot in spots)
    return tuple(dict.fromkeys(cell for cell in cells if cell is not None))


def clip(words: str) -> str:
    """Words on one line and short enough to quote."""
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
