"""A text cut into sentences, and a sentence into pieces that each say one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gia_xlsx.claims.figures import Figure, figures, narrow
from gia_xlsx.claims.lexicon import Token, tokens
from gia_xlsx.passages import Passage

_TITLE = re.compile(r"《[^《》]{0,200}》|〔[^〔〕]{0,30}〕")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_BREAKS = ",;:、()"


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


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage, each with its figures and telling words."""
    text = _TITLE.sub(lambda match: "□" * len(match[0]), narrow(passage.text))
    numbers, words = list(figures(text)), tokens(text)
    at = to = 0
    for match in _SENTENCE.finditer(text):
        first, begin = at, to
        while at < len(numbers) and numbers[at].start < match.end():
            at += 1
        while to < len(words) and words[to].start < match.end():
            to += 1
        yield Sentence(match.start(), match.end(), tuple(numbers[first:at]), tuple(words[begin:to]), text)


def pieces(sentence: Sentence) -> Iterator[Piece]:
    """The pieces of a sentence: cut at commas and brackets, and at 、 once a figure has been named."""
    text, start, before = sentence.text, sentence.start, ""
    numbers, words = list(sentence.figures), list(sentence.tokens)
    inside = (
        {n for f in numbers for n in range(f.start, f.end)}
        if any("," in text[f.start : f.end] for f in numbers)
        else set()
    )
    for at in range(sentence.start, sentence.end + 1):
        ends = at == sentence.end
        if not ends and (text[at] not in _BREAKS or at in inside):
            continue
        if not ends and text[at] == "、" and not any(start <= figure.start < at for figure in numbers):
            continue
        if at > start:
            own = tuple(figure for figure in numbers if start <= figure.start < at)
            said = tuple(token for token in words if start <= token.start < at)
            yield Piece(start, at, before, own, said)
        start, before = at + 1, text[at] if not ends else ""
