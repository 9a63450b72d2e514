"""Which column of the form each figure of a row is: all in order where all are there, else only where it is proven.

A row with a figure for every column is read in the order of the heads. A row with fewer is read only where its blanks
are seen and whole rows of the same build show which cells are the columns, or where its figures stand under those of
the whole rows. Nothing is ever placed by what it would add up to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gia_xlsx.form import Block, Line
from gia_xlsx.intake.entries import Entry, Token
from gia_xlsx.intake.lexicon import words
from gia_xlsx.intake.rows import Piece, Row
from gia_xlsx.likeness import plain

_FEW = 3  # whole rows that must agree on where the columns stand
_MOST = 5  # rows that must all be as long as the heads, for heads that are fewer than the form's to be followed

# Two figures in one cell, or one that is broken: nobody knows. 1 024 is a figure all the same.
_PARTED = re.compile(r"(?![1-9]\d{0,2}(?:[ \u00a0]\d{3})+$).*\d\s+\d", re.DOTALL)

_Build = tuple[str, int, int]


@dataclass
class Columns:
    """How the rows of one block are built: learnt from its whole rows, asked for the others.

    ``order`` is the columns as the heads give them, None if the heads contradict the form and cannot be followed.
    """

    rows: Sequence[Row]
    first: int
    order: tuple[Line, ...] | None
    offsets: dict[_Build, set[int]] = field(default_factory=dict)
    lefts: Counter[tuple[str, tuple[int, ...]]] = field(default_factory=Counter)  # of the figures of whole rows
    spans: list[list[tuple[int, int]]] = field(default_factory=list)  # and what they cover on a line of words

    years: list[int] = field(default_factory=list)  # that the nearest words above each row name

    def learn(self, entries: Sequence[Entry]) -> None:
        """Take in the whole rows of a block."""
        if self.order is None:
            return
        for entry in entries:
            figures = entry.figures
            if len(figures) != len(self.order) or not _contiguous(entry.tail):
                continue
            self.offsets.setdefault(self._build(entry), set()).add(entry.tail.index(figures[0]))
            if len({token.row for token in figures}) == 1:
                self.lefts[self._division(figures[0]), lefts(entry)] += 1
                if self._division(figures[0]) == "spaces":
                    self.spans.append([(token.pieces[0].left, token.pieces[-1].right) for token in figures])

    def place(self, entry: Entry) -> Mapping[str, Token | None] | None:
        """Each column with the figure under it, None for a cell shown empty; None if it cannot be told."""
        if self.order is None:
            return None
        figures = entry.figures
        if len(figures) > len(self.order) or any(_PARTED.match(token.text) for token in figures):
            return None
        if len(figures) == len(self.order):
            plain = _contiguous(entry.tail) and all(token.kind == "figure" for token in figures)
            if plain or self._usual(entry):
                return {line.key: token for line, token in zip(self.order, figures, strict=True)}
            return None
        return self._by_build(entry) or self._by_left(entry) or self._by_span(entry)

    def _division(self, token: Token) -> str:
        return self.rows[token.row - self.first].division

    def _build(self, entry: Entry) -> _Build:
        """What two rows have in common whose cells correspond: division, end of the label, number of cells."""
        row = self.rows[entry.row - self.first]
        depth = (
            entry.label[-1].right
            if entry.label and row.division == "grid"
            else entry.line.key.count(".")
            if entry.line
            else 0
        )
        return row.division, depth, len(entry.tail)

    def _known(self, entry: Entry) -> set[int]:
        """Where the figures of rows of this build begin; with no cell to spare, also as in rows that have more."""
        build = self._build(entry)
        spare = self.order is None or len(entry.tail) != len(self.order) or entry.tail[-1].kind == "blank"
        if build in self.offsets or spare:
            return self.offsets.get(build, set())
        begins = set[int]().union(*(begin for other, begin in self.offsets.items() if other[:2] == build[:2]))
        return begins if begins == {0} else set()

    def _cells(self, entry: Entry, offset: int) -> list[Token]:
        assert self.order is not None
        return entry.tail[offset : offset + len(self.order)]

    def _usual(self, entry: Entry) -> bool:
        """Whether the figures stand in the very cells in which other rows of the same build have theirs."""
        known = self._known(entry)
        return len(known) == 1 and self._cells(entry, next(iter(known))) == entry.figures

    def _by_build(self, entry: Entry) -> Mapping[str, Token | None] | None:
        """By the cells themselves, where blanks are seen and whole rows of the same build are known."""
        known = self._known(entry)
        if len(known) != 1 or not self._shows_blanks(entry):
            return None
        return self._told(entry, self._cells(entry, next(iter(known))))

    def _shows_blanks(self, entry: Entry) -> bool:
        """Whether an empty cell would be seen: between signs that divide, or on a line of its own."""
        alone = len({token.row for token in entry.tail}) == len(entry.tail)
        return alone or all(self._division(token) != "spaces" for token in entry.tail)

    def _by_left(self, entry: Entry) -> Mapping[str, Token | None] | None:
        """By the places of the cells, where all whole rows have their figures in the same."""
        if not entry.tail:
            return None
        division = self._division(entry.tail[0])
        places = {places: count for (kind, places), count in self.lefts.items() if kind == division}
        if len(places) != 1 or division == "spaces" or sum(places.values()) < _FEW:
            return None
        columns = next(iter(places))
        at = {token.pieces[0].left: token for token in entry.tail}
        if len(at) != len(entry.tail) or not set(columns) <= set(at):
            return None
        return self._told(entry, [at[column] for column in columns])

    def _told(self, entry: Entry, cells: Sequence[Token]) -> Mapping[str, Token | None] | None:
        """Cells as columns, unless something else of the row stands outside of them."""
        assert self.order is not None
        if len(cells) != len(self.order) or any(token not in cells for token in entry.figures):
            return None
        if any(token.kind == "words" for token in cells):
            return None
        return {
            line.key: None if token.kind == "blank" else token for line, token in zip(self.order, cells, strict=True)
        }

    def _by_span(self, entry: Entry) -> Mapping[str, Token | None] | None:
        """By where the figures stand on a line of words, among those of whole rows that keep their columns apart."""
        assert self.order is not None
        figures = entry.figures
        if len(self.spans) < _FEW or any(self._division(token) != "spaces" for token in entry.tail):
            return None
        if not figures or len({token.row for token in figures}) != 1 or not self.is_aligned:
            return None
        edges = self._edges()
        found: dict[str, Token | None] = {line.key: None for line in self.order}
        for token in figures:
            under = [
                line.key
                for line, (left, right) in zip(self.order, edges, strict=True)
                if token.pieces[0].left < right and token.pieces[-1].right > left
            ]
            if len(under) != 1 or found[under[0]] is not None:
                return None
            found[under[0]] = token
        return found

    def _edges(self) -> list[tuple[int, int]]:
        """From where to where each column reaches."""
        return [
            (min(span[n][0] for span in self.spans), max(span[n][1] for span in self.spans))
            for n in range(len(self.spans[0]))
        ]

    @property
    def is_aligned(self) -> bool:
        """Whether columns are kept by spaces: they do not overlap, though figures differ in length."""
        edges = self._edges()
        return all(right < left for (_, right), (left, _) in pairwise(edges))


def lefts(entry: Entry) -> tuple[int, ...]:
    """The places of the figures of an entry."""
    return tuple(token.pieces[0].left for token in entry.figures)


def _contiguous(tail: Sequence[Token]) -> bool:
    """Whether the figures of a tail have no blank between them."""
    kinds = [token.kind != "blank" for token in tail]
    return True not in kinds or all(kinds[kinds.index(True) : len(kinds) - kinds[::-1].index(True)])


def head_order(heads: Sequence[Token], block: Block, index: int, entries: Sequence[Entry]) -> tuple[Line, ...] | None:
    """The columns in the order in which the heads of a block stand; the form's where they do not contradict it.

    Heads are followed where each stands above a figure of every row, or in one line. None if they disagree with the
    form and cannot be followed.
    """
    official = block.columns.leaves
    seen: dict[str, tuple[Line, int]] = {}
    over: dict[str, Piece] = {}  # the headings over several columns
    exact = True
    for token in sorted(heads, key=lambda token: (token.row, token.pieces[0].left)):
        meant = [m.line for m in token.meanings if m.role == "head" and m.block == index and m.line]
        if len(meant) == 1 and meant[0].is_group:
            over.setdefault(meant[0].key, token.pieces[0])
        elif len(meant) == 1:
            exact &= words(token.text) == plain(meant[0].label)
            seen.setdefault(meant[0].key, (meant[0], token.pieces[0].left))
    if not seen:
        return official
    by_left = sorted(seen.values(), key=lambda item: item[1])
    if _stand_above([left for _, left in by_left], entries):
        found = tuple(line for line, _ in by_left)
        official_order = [line for line in official if line in found]
        return found if list(found) == official_order or (exact and _hangs_together(by_left, over)) else None
    in_form = [line for line in official if line.key in seen]
    in_line = [line for line, _ in seen.values()]
    if all(line.parent is None for line in official) and len(seen) == len(official):
        return tuple(in_line) if exact or in_line == in_form else None
    if not _reads_well(list(seen), block) and [line for line, _ in by_left] != in_form:
        return None
    counts = Counter(len(entry.figures) for entry in entries if entry.figures)
    if len(seen) < len(official) and counts and max(counts) == len(seen) and counts[len(seen)] >= _MOST:
        return tuple(in_form)
    return official


def _hangs_together(by_left: Sequence[tuple[Line, int]], over: Mapping[str, Piece]) -> bool:
    """Whether the columns of each heading stand together, from where the heading itself begins."""
    parents = [line.parent for line, _ in by_left]
    for parent in {parent for parent in parents if parent is not None}:
        at = [n for n, one in enumerate(parents) if one == parent]
        nested = parent in over and any(key != parent and key.startswith(parent) for key in over)
        if at[-1] - at[0] != len(at) - 1 and not _only_nested(parent, by_left, at):
            return False
        if not nested and (parent not in over or over[parent].left > by_left[at[0]][1]):
            return False
    return True


def _only_nested(parent: str, by_left: Sequence[tuple[Line, int]], at: Sequence[int]) -> bool:
    """Whether what stands between the columns of a heading hangs under a heading of its own, whole."""
    between = [by_left[n][0] for n in range(at[0], at[-1]) if by_left[n][0].parent != parent]
    inner = {line.parent for line in between}
    return len(inner) == 1 and sum(line.parent in inner for line, _ in by_left) == len(between)


def _stand_above(heads: Sequence[int], entries: Sequence[Entry]) -> bool:
    """Whether the figures of nearly all rows stand in the places of the heads."""
    if len(set(heads)) != len(heads):
        return False
    places = Counter(lefts(entry) for entry in entries if entry.figures)
    most, count = places.most_common(1)[0] if places else ((), 0)
    return most == tuple(heads) and 2 * count > places.total()


def _reads_well(seen: Sequence[str], block: Block) -> bool:
    """Whether heads follow one another as they do in the form, read across at once or level by level."""
    flat = [line.key for line in block.columns.leaves]
    levels = sorted(flat, key=lambda key: (len(block.columns.path(key)), flat.index(key)))
    return any([key for key in order if key in seen] == list(seen) for order in (flat, levels))
