"""Numbers that are told one after the other of things named before: 许可、处罚分别为9件、8件."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.lexicon import Token
from gia_xlsx.claims.sentences import Sentence, between

_WORD = "分别"
_OPENS = re.compile(r"[一-鿿]{0,4}\s?")
_NEXT = re.compile(r"\s?[、,和及与]{1,2}\s?")
_BREAKS = ",;:()"
_FEWEST = 2
_REACH = 200  # characters in which the numbers stand


def respectively(sentence: Sentence) -> Mapping[int, Token | None]:
    """For the place of each number told so the topic or class it is of; None if that cannot be told."""
    found: dict[int, Token | None] = {}
    at = sentence.text.find(_WORD, sentence.start, sentence.end)
    while at >= 0:
        figures = _chain(sentence, at + len(_WORD))
        start = max(sentence.text.rfind(mark, sentence.start, at) for mark in _BREAKS)
        named = _named(between(sentence.tokens, max(start, sentence.start), at), len(figures))
        if len(figures) >= _FEWEST:
            found.update({figure.start: named[n] if named else None for n, figure in enumerate(figures)})
        at = sentence.text.find(_WORD, at + len(_WORD), sentence.end)
    return found


def _named(before: Sequence[Token], count: int) -> list[Token]:
    """As many topics as there are numbers, or as many classes; none otherwise."""
    for kind in ("topic", "class"):
        some = [token for token in before if token.kind == kind]
        if len(some) == count and len({token.value for token in some}) == count:
            return some
    return []


def _chain(sentence: Sentence, start: int) -> list[Figure]:
    """The numbers that follow one another with nothing between them but 、 and 和."""
    chain: list[Figure] = []
    for figure in between(sentence.figures, start, start + _REACH):
        opens = _NEXT if chain else _OPENS
        if not opens.fullmatch(sentence.text, chain[-1].end if chain else start, figure.start):
            break
        chain.append(figure)
    return chain
