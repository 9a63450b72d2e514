"""Which column of the form each figure of a row is: all in order where all are there, else only where it is proven.

A row with a figure for every column is read in the order of the heads. A row with fewer is read only where its blanks
are seen and a whole row of the same build shows which cells are the columns, or where the figures stand under those
of the whole rows. Nothing is ever placed by what it would add up to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gia_xlsx.form import Block, Line
from gia_xlsx.intake.entries import Entry, Token
from gia_xlsx.intake.rows import Row

_Build = tuple[int, str, int, int]


@dataclass
class Columns:
    """How the rows of one block are built: learnt from its whole rows, asked for the others.

    ``order`` is the columns as the heads give them, None if the heads contradict the form and cannot be followed.
    """

    rows: Sequence[Row]
    first: int
    order: tuple[Line, ...] | None
    offsets: dict[_Build, set[int]] = field(default_factory=dict)
    spans: list[list[tuple[int, int]]] = field(default_factory=list)  # where each column's figures stand on their lines

    def learn(self, entries: Sequence[Entry]) -> None:
        """Take in the whole rows of a block."""
        if self.order is None:
            return
        for entry in entries:
            figures = entry.figures
            if len(figures) != len(self.order) or not _contiguous(entry.tail):
                continue
            build = self._build(entry)
            self.offsets.setdefault(build, set()).add(entry.tail.index(figures[0]))
            if self._row(figures[0]).division == "spaces" and len({token.row for token in figures}) == 1:
                self.spans.append([(token.pieces[0].left, token.pieces[-1].right) for token in figures])

    def place(self, entry: Entry) -> Mapping[str, Token | None] | None:
        """Each column with the figure under it, None for a cell shown empty; None if it cannot be told."""
        if self.order is None:
            return None
        figures = entry.figures
        if len(figures) == len(self.order):
            if not all(token.kind == "figure" for token in figures) and not self._usual(entry):
                return None
            if _contiguous(entry.tail) or self._usual(entry):
                return {line.key: token for line, token in zip(self.order, figures, strict=True)}
            return None
        if len(figures) > len(self.order):
            return None
        return self._by_build(entry) or self._by_place(entry)

    def _row(self, token: Token) -> Row:
        return self.rows[token.row - self.first]

    def _build(self, entry: Entry) -> _Build:
        """What two rows have in common whose cells correspond: table, division, number of cells, end of the label."""
        row = self.rows[entry.row - self.first]
        depth = entry.label[-1].right if entry.label and row.division == "grid" else len(_path(entry))
        return row.run, row.division, len(entry.tail), depth

    def _usual(self, entry: Entry) -> bool:
        """Whether the figures stand in the very cells in which other rows of the same build have theirs."""
        return len(self._known(entry)) == 1 and self._cells(entry, next(iter(self._known(entry)))) == entry.figures

    def _known(self, entry: Entry) -> set[int]:
        return self.offsets.get(self._build(entry), set())

    def _cells(self, entry: Entry, offset: int) -> list[Token]:
        assert self.order is not None
        return entry.tail[offset : offset + len(self.order)]

    def _by_build(self, entry: Entry) -> Mapping[str, Token | None] | None:
        """By the cells themselves, where blanks are seen."""
        assert self.order is not None
        known = self._known(entry)
        if not known and len(entry.tail) == len(self.order) and self._shows_blanks(entry):
            known = {0}  # as many cells as columns, each of them shown
        if len(known) != 1:
            return None
        cells = self._cells(entry, next(iter(known)))
        if len(cells) != len(self.order) or any(token not in cells for token in entry.figures):
            return None
        if any(token.kind == "words" for token in cells):
            return None
        return {
            line.key: None if token.kind == "blank" else token for line, token in zip(self.order, cells, strict=True)
        }

    def _shows_blanks(self, entry: Entry) -> bool:
        return all(self._row(token).division != "spaces" for token in entry.tail)

    def _by_place(self, entry: Entry) -> Mapping[str, Token | None] | None:
        """By where the figures stand on their line, among those of whole rows that keep their columns apart."""
        assert self.order is not None
        if len(self.spans) < 2 or any(self._row(token).division != "spaces" for token in entry.tail):
            return None
        if not entry.figures or len({token.row for token in entry.figures}) != 1:
            return None
        edges = [
            (min(span[n][0] for span in self.spans), max(span[n][1] for span in self.spans))
            for n in range(len(self.order))
        ]
        if any(right > left for (_, right), (left, _) in zip(edges, edges[1:], strict=False)):
            return None
        found: dict[str, Token | None] = {line.key: None for line in self.order}
        for token in entry.figures:
            under = [
                line.key
                for line, (left, right) in zip(self.order, edges, strict=True)
                if token.pieces[0].left < right and token.pieces[-1].right > left
            ]
            if len(under) != 1 or found[under[0]] is not None:
                return None
            found[under[0]] = token
        return found


def _contiguous(tail: Sequence[Token]) -> bool:
    """Whether the figures of a tail have no blank between them."""
    kinds = [token.kind != "blank" for token in tail]
    return True not in kinds or all(kinds[kinds.index(True) : len(kinds) - kinds[::-1].index(True)])


def _path(entry: Entry) -> str:
    """How deep a row stands in its headings: rows of one depth are built alike."""
    return "." * entry.line.key.count(".") if entry.line else ""


def head_order(
    heads: Sequence[Token], block: Block, index: int, rows: Sequence[Row], first: int, lefts: Sequence[int]
) -> tuple[Line, ...] | None:
    """The columns in the order in which the heads of a block stand; the form's where they do not contradict it.

    ``lefts`` are the places of the figures of a whole row of a table: heads in another order than the form's are only
    followed where each stands right above a figure. None if they disagree with the form and cannot be followed.
    """
    seen: dict[str, tuple[Line, Token]] = {}
    for token in heads:
        meant = [m.line for m in token.meanings if m.role == "head" and m.block == index and m.is_leaf and m.line]
        if len(meant) == 1:
            seen.setdefault(meant[0].key, (meant[0], token))
    official = block.columns.leaves
    if _reads_well(list(seen), block):
        return official
    placed = sorted(seen.values(), key=lambda item: item[1].pieces[0].left)
    there = [token.pieces[0].left for _, token in placed]
    if there == sorted(set(lefts)) and all(rows[token.row - first].division == "grid" for _, token in placed):
        return tuple(line for line, _ in placed)
    in_form = sorted(placed, key=lambda item: official.index(item[0]))
    return official if placed == in_form and len(set(there)) == len(there) else None


def _reads_well(seen: Sequence[str], block: Block) -> bool:
    """Whether heads follow one another as they do in the form, read across at once or level by level."""
    flat = [line.key for line in block.columns.leaves]
    levels = sorted(flat, key=lambda key: (len(block.columns.path(key)), flat.index(key)))
    return any([key for key in order if key in seen] == list(seen) for order in (flat, levels))
