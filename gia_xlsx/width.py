"""How wide a terminal prints a text; light enough for the help of the command line."""

from __future__ import annotations

import unicodedata


def measure(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two, a combining mark none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
