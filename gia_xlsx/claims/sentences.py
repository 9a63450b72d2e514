"""A text cut into sentences, and a sentence into pieces that each say one thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, TypeVar

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


class Piece(NamedTuple):
    """What stands between two breaks: figures and telling words in order; ``before`` is the break it begins behind."""

    start: int
    end: int
    before: str
    figures: tuple[Figure, ...]
    tokens: tuple[Token, ...]


@dataclass(eq=False, slots=True)
class Sentence:
    """A sentence at ``start``:``end`` of the narrow text of its passage."""

    start: int
    end: int
    figures: tuple[Figure, ...]
    text: str  # of the whole passage, narrow, titles blotted out

    _tokens: tuple[Token, ...] | None = None

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The telling words in it, found once they are asked for: of many a sentence they never are."""
        if self._tokens is None:
            self._tokens = tuple(tokens(self.text, self.start, self.end))
        return self._tokens

    @property
    def years(self) -> Iterator[Token]:
        """The words for years in it."""
        told = self.text.find("年", self.start, self.end) >= 0  # a sign of them all
        return (token for token in self.tokens if token.kind == "year") if told else iter(())


@once
def read(report: Report) -> tuple[tuple[Passage, tuple[Sentence, ...]], ...]:
    """Every passage of a report with its sentences."""
    return tuple((passage, tuple(_sentences(passage))) for passage in passages(report))


def up_to_figures(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences up to the last one with a figure: what is said behind it no number leans on."""
    last = next((n for n in range(len(sentences), 0, -1) if sentences[n - 1].figures), 0)
    return sentences[:last]


def _sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage, each with its figures."""
    text = _TITLE.sub(lambda match: "□" * len(match[0]), narrow(passage.text[:_LONGEST]))
    numbers = [one for one in figures(text) if not _counts_off(text, one)]
    at = 0
    for match in _SENTENCE.finditer(text):
        first = at
        start, end = match.span()
        while at < len(numbers) and numbers[at].start < end:
            at += 1
        yield Sentence(start, end, tuple(numbers[first:at]), text)


def _counts_off(text: str, figure: Figure) -> bool:
    """Whether a number only numbers what follows: 1.予以公开12件；2.部分公开11件."""
    if figure.unit or figure.value > _MOST_ITEMS or text[figure.end : figure.end + 1] not in tuple(".、)"):
        return False
    return text[max(0, figure.start - 1) : figure.start] in ("", *";:,。(\n ")


def pieces(sentence: Sentence) -> Iterator[Piece]:
    """The pieces of a sentence: cut at commas and brackets, and at 、 once a figure has been named."""
    text, figures_, words = sentence.text, sentence.figures, sentence.tokens
    start, before, closing = sentence.start, "", -1
    first = begin = number = word = 0
    for match in _BREAK.finditer(text, sentence.start, sentence.end):
        at, mark = match.start(), match[0]
        while number < len(figures_) and figures_[number].start < at:
            number += 1
        if number == first:
            if mark == "、":
                continue
            if mark == "(" and _holds_one(sentence, number, at):
                closing = figures_[number].end
        elif figures_[number - 1].end > at:  # 1,024
            continue
        if at == closing or (mark == "(" and at < closing):
            continue
        while word < len(words) and words[word].start < at:
            word += 1
        if at > start:
            yield Piece(start, at, before, figures_[first:number], words[begin:word])
        start, before, first, begin = at + 1, mark, number, word
    if sentence.end > start:
        yield Piece(start, sentence.end, before, figures_[first:], words[begin:])


def _holds_one(sentence: Sentence, number: int, at: int) -> bool:
    """Whether a bracket holds one number and nothing else: 予以公开（12件）."""
    if number == len(sentence.figures):
        return False
    figure = sentence.figures[number]
    return bool(figure.unit) and figure.start == at + 1 and sentence.text.startswith(")", figure.end)


def between(found: Sequence[_T], start: int, end: int) -> Sequence[_T]:
    """The figures or words that begin in a span."""
    return found[bisect_left(found, start, key=_START) : bisect_left(found, end, key=_START)]
