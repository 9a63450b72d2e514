"""What a text denies: 未收到政府信息公开申请, 无行政复议、行政诉讼."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from gia_xlsx.claims.binding import SECTIONS
from gia_xlsx.claims.lexicon import Token, is_elsewhere, tokens, year_of
from gia_xlsx.claims.sentences import Sentence, between, read
from gia_xlsx.passages import Passage
from gia_xlsx.report import Report, once
from gia_xlsx.wordlists import wordlist

_END = re.compile(r"[,;:()]")
_CAUSE = re.compile(r"引起|引发|导致|产生|涉及|有关|提起|的行政|而|被")
_NOTHING = re.compile(r"\s*(?:无|没有|暂无|本年度无|为零|零)[。.\s]*")
_EVERY_WAY = re.compile(r"等(?:各种|多种|各类)?(?:方式|形式|渠道|途径|方法)")
_REACH = 80  # characters between a denial and what it denies


@dataclass(frozen=True, slots=True)
class Denial:
    """Topics of which a text says there are none; ``start``:``end`` is what it says."""

    passage: Passage
    start: int
    end: int
    topics: tuple[str, ...]


@cache
def _denial() -> tuple[re.Pattern[str], ...]:
    lists = wordlist("claims")["denial"]
    words = sorted(lists["words"], key=len, reverse=True)
    alternatives = (words, lists["not_if"], lists["part"], lists["not_denial"])
    return tuple(re.compile("|".join(map(re.escape, some))) for some in alternatives)


@once
def denials(report: Report) -> tuple[Denial, ...]:
    """What the text denies, in order; not of other years, nor of a part."""
    return tuple(
        denial
        for passage, sentences in read(report)
        if passage.section in SECTIONS
        for denial in _of(passage, sentences, report.year)
    )


def _of(passage: Passage, sentences: Iterable[Sentence], year: int | None) -> Iterator[Denial]:
    if _NOTHING.fullmatch(passage.text):
        named = [token for token in tokens(passage.heading) if token.kind == "topic"]
        if named and not any(is_elsewhere(passage.heading, token.end) for token in named):
            yield Denial(passage, 0, len(passage.text), tuple(dict.fromkeys(token.value for token in named)))
        return
    if not any(character in passage.text for character in "未没无零"):
        return
    for sentence in sentences:
        yield from _in_sentence(passage, sentence, year)


def _in_sentence(passage: Passage, sentence: Sentence, year: int | None) -> Iterator[Denial]:
    says, spoils, part, other = _denial()
    text, at = sentence.text, sentence.start
    if not says.search(text, at, sentence.end) or (year and any(year_of(one, year) != year for one in sentence.years)):
        return
    while denial := says.search(text, at, sentence.end):
        at = denial.end()
        if other.match(text, denial.start()) or text[denial.start() - 1 : denial.start() + 1] in ("有无", "毫无"):
            continue
        stop = _END.search(text, denial.end(), min(sentence.end, denial.end() + _REACH))
        end = stop.start() if stop else min(sentence.end, denial.end() + _REACH)
        denied = _denied(sentence, denial.end(), end)
        figures = between(sentence.figures, denial.end(), end)
        partly = part.search(text, denial.end(), end) and not _EVERY_WAY.search(text, denial.end(), end)
        if denied and not (figures or partly or spoils.search(text, denial.end(), end)):
            at = end
            yield Denial(passage, denial.start(), end, denied)


def _denied(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    """The topics behind a denial. Of what gave rise to another only the other is denied (因申请引起的复议)."""
    within = [token for token in between(sentence.tokens, start, end) if token.end <= end]
    if any(token.kind in ("elsewhere", "applicant") and not _whole(within) for token in within):
        return ()
    named: list[Token] = [token for token in within if token.kind == "topic"]
    for n in range(len(named) - 1, 0, -1):
        if _CAUSE.search(sentence.text, named[n - 1].end, named[n].start):
            named = named[n:]
            break
    if not named or is_elsewhere(sentence.text, named[-1].end):
        return ()
    return tuple(dict.fromkeys(token.value for token in named))


def _whole(within: list[Token]) -> bool:
    """Whether those who apply are named all together: 公民、法人或其他组织."""
    applicants = {token.value for token in within if token.kind == "applicant"}
    return not any(token.kind == "elsewhere" for token in within) and {"natural", "legal"} <= applicants
