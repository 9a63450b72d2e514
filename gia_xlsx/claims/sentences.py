"""A text cut into sentences, and a sentence into pieces that each say one thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from gia_xlsx.claims.figures import Figure, figures, narrow
from gia_xlsx.claims.lexicon import Token, tokens
from gia_xlsx.passages import Passage, passages
from gia_xlsx.report import Report, once

_TITLE = re.compile(r"《[^《》]{0,200}》|〔[^〔〕]{0,30}〕")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_BREAK = re.compile(r"[,;:、()]")
_START = attrgetter("start")
_T = TypeVar("_T", Figure, Token)
_MOST_ITEMS = 30
_LONGEST = 32_767  # characters of a paragraph that are read: what a cell holds; GIA153 tells of longer ones


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two breaks: figures and telling words in order; ``before`` is the break it begins behind."""

    start: int
    end: int
    before: str
    figures: tuple[Figure, ...]
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at ``start``:``end`` of the narrow text of its passage."""

    start: int
    end: int
    figures: tuple[Figure, ...]
    tokens: tuple[Token, ...]
    text: str  # of the whole passage, narrow, titles blotted out


@once
def read(report: Report) -> tuple[tuple[Passage, tuple[Sentence, ...]], ...]:
    """Every passage of a report with its sentences."""
    return tuple((passage, tuple(_sentences(passage))) for passage in passages(report))


def _sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage, each with its figures and telling words."""
    text = _TITLE.sub(lambda match: "□" * len(match[0]), narrow(passage.text[:_LONGEST]))
    numbers, words = [one for one in figures(text) if not _counts_off(text, one)], tokens(text)
    at = to = 0
    for match in _SENTENCE.finditer(text):
        first, begin = at, to
        while at < len(numbers) and numbers[at].start < match.end():
            at += 1
        while to < len(words) and words[to].start < match.end():
            to += 1
        yield Sentence(match.start(), match.end(), tuple(numbers[first:at]), tuple(words[begin:to]), text)


def _counts_off(text: str, figure: Figure) -> bool:
    """Whether a number only numbers what follows: 1.予以公开12件；2.部分公开11件."""
    if figure.unit or figure.value > _MOST_ITEMS or text[figure.end : figure.end + 1] not in tuple(".、)"):
        return False
    return text[max(0, figure.start - 1) : figure.start] in ("", *";:,。(\n ")


def pieces(sentence: Sentence) -> Iterator[Piece]:
    """The pieces of a sentence: cut at commas and brackets, and at 、 once a figure has been named."""
    text, start, before, closing = sentence.text, sentence.start, "", -1
    first = begin = number = word = 0
    for match in _BREAK.finditer(text, sentence.start, sentence.end):
        at = match.start()
        while number < len(sentence.figures) and sentence.figures[number].start < at:
            number += 1
        within = number > first and sentence.figures[number - 1].end > at  # 1,024
        if within or (match[0] == "、" and number == first):
            continue
        if match[0] == "(" and number == first and _holds_one(sentence, number, at):
            closing = sentence.figures[number].end
        if at == closing or (closing >= 0 and match[0] == "(" and at < closing):
            continue
        while word < len(sentence.tokens) and sentence.tokens[word].start < at:
            word += 1
        if at > start:
            yield Piece(start, at, before, sentence.figures[first:number], sentence.tokens[begin:word])
        start, before, first, begin = at + 1, match[0], number, word
    if sentence.end > start:
        yield Piece(start, sentence.end, before, sentence.figures[first:], sentence.tokens[begin:])


def _holds_one(sentence: Sentence, number: int, at: int) -> bool:
    """Whether a bracket holds one number and nothing else: 予以公开（12件）."""
    if number == len(sentence.figures):
        return False
    figure = sentence.figures[number]
    return bool(figure.unit) and figure.start == at + 1 and sentence.text.startswith(")", figure.end)


def between(found: Sequence[_T], start: int, end: int) -> Sequence[_T]:
    """The figures or words that begin in a span."""
    return found[bisect_left(found, start, key=_START) : bisect_left(found, end, key=_START)]
