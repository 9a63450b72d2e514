"""How alike two writings of one printed label are: the same but for spaces, width and punctuation, cut off, or near."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from gia_xlsx.form import Line
from gia_xlsx.numerals import squeeze

NEAR = 0.75  # how alike two labels must be to be taken for one another
MARGIN = 0.05  # and how much less alike the next best must be
RENUMBERED = 0.98  # how alike two labels are that differ in their number only
LONGEST = 80  # characters of a label; more is prose
_LEAST = 2  # characters of a label that was cut off

_PUNCTUATION = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+|\d{1,2})(?=\D)")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """What two writings of one label have in common: no spaces, brackets, punctuation, or width."""
    return _PUNCTUATION.sub("", squeeze(text)) if len(text) <= 4 * LONGEST else ""


def unnumbered(words: str) -> str:
    """Plain words without the number they begin with: ``1属于国家秘密`` is ``属于国家秘密``."""
    return _NUMBERED.sub("", words)


def alike(text: str, line: Line) -> float:
    """How alike what stands there is to the label of a line, 0 to 1."""
    words, official = plain(text), plain(line.label)
    if not words or len(words) > LONGEST:
        return 0.0
    if unnumbered(words) == unnumbered(official):
        return RENUMBERED
    return SequenceMatcher(None, words, official, autojunk=False).ratio()


def is_cut(text: str, line: Line) -> bool:
    """Whether a text is the beginning of a label, or the label with more in its bracket: as published tables have."""
    words, official = plain(text), plain(line.label)
    if words.startswith(official):
        return bool(official) and line.label.endswith(")") and squeeze(text).endswith(")")
    return len(words) >= _LEAST and official.startswith(words)
