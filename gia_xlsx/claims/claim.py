"""A number with what it is said to be of, and what a sentence has said before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.lexicon import Token
from gia_xlsx.passages import Passage


class Claim(NamedTuple):
    """A number and what the text says it is of: topics (several if they are summed), a class, columns of table three.

    ``others`` are further classes it may be of; ``each``: it holds for every topic by itself; ``certain``: number,
    unit and words bind without doubt; ``given``: it came from a placeholder.
    """

    passage: Passage
    figure: Figure
    start: int  # of the piece it stands in
    end: int
    topics: tuple[str, ...]
    sort: str
    others: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("total",)
    each: bool = False
    certain: bool = False
    given: bool = False


@dataclass(slots=True)
class Said:
    """What the sentence has said so far that later pieces lean on."""

    topics: tuple[str, ...] = ()
    explicit: bool = False  # named in the text itself, not only in a heading
    of_disclosure: bool = False
    year: int | None = None
    sort: str = ""
    skipped: bool = False
    wide: bool = False
    own: bool = False
    waiting: Claim | None = None  # a figure whose class may stand in the next piece
    bracketed: str = ""  # a class alone in a bracket: 提供信息（予以公开）12件
    led: bool = False  # a clause of its own has named the topics: 行政复议方面，
    sorts: set[str] = field(default_factory=set)  # told so far
    applicants: tuple[str, ...] = ()  # named by the clause before: 自然人申请占多数，为15件
    units: set[str] = field(default_factory=set)
    outcomes: bool = False  # 部分公开 or 不予公开 among them
    paired: Mapping[int, Token | None] = field(default_factory=dict)  # by 分别
