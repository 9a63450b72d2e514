"""What of a text is shown with a finding."""

from __future__ import annotations

_AROUND = 40  # characters of the sentence on each side of what it is about
_STOPS = "。！？\n"


def around(text: str, start: int, end: int) -> str:
    """The sentence about a span, cut where it is long."""
    first = max(text.rfind(mark, 0, start) for mark in _STOPS) + 1
    stops = [at for mark in _STOPS if (at := text.find(mark, end)) >= 0]
    last = min(stops) + 1 if stops else len(text)
    cut_first, cut_last = max(first, start - _AROUND), min(last, end + _AROUND)
    return f"{'…' if cut_first > first else ''}{text[cut_first:cut_last].strip()}{'…' if cut_last < last else ''}"
