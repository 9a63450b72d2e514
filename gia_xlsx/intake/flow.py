"""What the readers of marked-up text share: spaces, bold beginnings, numbers of lines and tables, and their limits."""

from __future__ import annotations

import re
from itertools import count, takewhile

from gia_xlsx.intake.source import Block, Line, Origin

MOST_CELLS = 200_000  # of the grids of all tables
WIDEST = 200  # columns that one cell may span
LONGEST_CELL = 600  # characters; a cell that holds more frames a page
SPACE = re.compile(r"[ \t\n\r\f]+")
STRIPPED = (
    " \t\n\r\f\v\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    + ("\u200b\u200c\u200d\u2060\ufeff\xad")
)


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def numbered(blocks: list[Block]) -> tuple[Block, ...]:
    """The same blocks with the lines counted through."""
    numbers = count(1)
    return tuple(
        Line(it.text, Origin(next(numbers)), it.lead, it.level, it.path, it.aligned) if isinstance(it, Line) else it
        for it in blocks
    )


def lead_of(runs: list[tuple[str, bool]], text: str) -> int:
    """How many characters of a line, made of runs that are bold or not, are bold at its start; 0 if all of it is."""
    if len(runs) == 1 or not any(bold for _, bold in runs):
        return 0
    begin = "".join(run for run, _ in takewhile(lambda it: it[1] or not it[0].strip(STRIPPED), runs))
    lead = len(SPACE.sub(" ", begin).strip(STRIPPED))
    return lead if lead < len(text) else 0
