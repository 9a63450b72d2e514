"""Rows and columns recognised by what is printed: exact labels first, then the same words without their number, then
near misses; of several columns of one label the one whose headings stand above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from gia_xlsx.form import Axis, Block, Line, Section
from gia_xlsx.likeness import MARGIN, NEAR, alike, plain
from gia_xlsx.workbook.grids import Grid
from gia_xlsx.workbook.skim import Spot

MOST = 400  # texts that are compared with lost labels

Text = tuple[int, int, str]  # row, column, words


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines of one axis of a block as a sheet shows them, by line key: positions by hidden key and by label."""

    by_key: Mapping[str, Sequence[int]]
    by_label: Mapping[str, Sequence[int]]
    spots: Mapping[str, Spot]  # the cell of each label that was recognised
    headings: Mapping[str, Spot]
    near: Set[str] = frozenset()  # recognised under another wording


@cache
def _labels(axis: Axis, headings: bool) -> Mapping[str, tuple[Line, ...]]:
    """The leaves (or the headings) of an axis by plain label."""
    found: dict[str, tuple[Line, ...]] = {}
    for line in axis.lines:
        if line.label and line.is_group == headings:
            found[plain(line.label)] = (*found.get(plain(line.label), ()), line)
    return found


@cache
def official(section: Section) -> frozenset[str]:
    """Every word that the notice prints in a table, and every hidden key, plain."""
    words = [section.heading, *(text for block in section.blocks for text in (block.caption, block.corner))]
    lines = [line for block in section.blocks for axis in (block.rows, block.columns) for line in axis.lines]
    return frozenset(map(plain, (*words, *(line.label for line in lines), *(line.key for line in lines))))


@cache
def _wanted(section: Section) -> Counter[str]:
    axes = (axis for block in section.blocks for axis in (block.rows, block.columns))
    return Counter(plain(line.label) for axis in axes for line in axis.leaves if line.label)


def score(grid: Grid, section: Section) -> float:
    """How much of a table's labels a sheet shows, 0 to 1; what tells an office's own layout."""
    wanted = _wanted(section)
    there = grid.words(plain)
    return sum(min(count, there[label]) for label, count in wanted.items()) / wanted.total()


def rows(texts: Sequence[Text], block: Block, by_key: Mapping[str, Sequence[int]], known: set[Spot]) -> Seen:
    """The rows of a block: exact labels anywhere, near misses in the columns where the others stand."""
    exact, headings = _labels(block.rows, False), _labels(block.rows, True)
    spots: dict[str, list[Spot]] = {}
    over: dict[str, Spot] = {}
    for r, c, value in texts:
        name = plain(value)
        if name in headings:
            over.setdefault(headings[name][0].key, (r, c))
        if name in exact:
            spots.setdefault(exact[name][0].key, []).append((r, c))
    known.update(over.values())
    at = [spot for found in spots.values() for spot in found]
    columns, top, bottom = {c for _, c in at}, min(at, default=(0, 0))[0], max(at, default=(0, 0))[0]
    candidates = [text for text in texts if text[1] in columns and top - 2 <= text[0] <= bottom + 2]
    return _seen(block.rows, 0, by_key, spots, over, candidates, known)


def columns(texts: Sequence[Text], block: Block, area: range, key_row: int | None, known: set[Spot]) -> Seen:
    """The columns of a block: keys in its key row, labels in the rows of ``area``, which hold its heads."""
    leaves = {line.key for line in block.columns.leaves}
    exact, headings = _labels(block.columns, False), _labels(block.columns, True)
    by_key = positions((v, c) for r, c, v in texts if r == key_row and v in leaves)
    heads = [text for text in texts if text[0] in area and text[0] != key_row]
    over = [(r, c, headings[plain(v)][0]) for r, c, v in heads if plain(v) in headings]
    known.update((r, c) for r, c, _ in over)
    spots: dict[str, list[Spot]] = {}
    for r, c, value in sorted(heads, key=lambda text: (text[1], text[0])):
        lines = exact.get(plain(value), ())
        if lines:
            line = lines[0] if len(lines) == 1 else _in_context(lines, block.columns, (r, c), over, spots)
            spots.setdefault(line.key, []).append((r, c))
    left = min((spot[1] for found in spots.values() for spot in found), default=0)
    candidates = [text for text in heads if text[1] >= left]
    return _seen(block.columns, 1, by_key, spots, {h.key: (r, c) for r, c, h in over}, candidates, known)


def positions(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """From names with their positions, in order, to the positions of each name."""
    found: dict[str, list[int]] = {}
    for name, position in pairs:
        found.setdefault(name, []).append(position)
    return found


def _seen(
    axis: Axis,
    side: int,
    by_key: Mapping[str, Sequence[int]],
    spots: dict[str, list[Spot]],
    headings: Mapping[str, Spot],
    candidates: Sequence[Text],
    known: set[Spot],
) -> Seen:
    """All of one axis; ``candidates`` are texts that may be lost labels. ``side``: 0 for rows, 1 for columns."""
    known.update(spot for found in spots.values() for spot in found)
    lost = [line for line in axis.leaves if line.label and line.key not in spots]
    near: dict[str, Spot] = {}
    if lost:
        near = _near(lost, [text for text in candidates if text[:2] not in known][:MOST], headings)
        known.update(near.values())
        spots |= {key: [spot] for key, spot in near.items()}
    return Seen(
        {key: found for key, found in by_key.items() if found},
        {key: sorted({spot[side] for spot in found}) for key, found in spots.items()},
        {key: found[0] for key, found in spots.items()},
        headings,
        near.keys(),
    )


def _near(lost: Sequence[Line], candidates: Sequence[Text], headings: Mapping[str, Spot]) -> dict[str, Spot]:
    """Lines under another wording, the most alike first; a text that is about as near to two lines is left alone."""
    rated: list[tuple[float, Text, Line]] = []
    for text in candidates:
        ratings = sorted((alike(text[2], line), _under(line, text, headings), line.key, line) for line in lost)
        best, second = ratings[-1], ratings[-2] if len(ratings) > 1 else (0.0, False, "", lost[0])
        if best[0] >= NEAR and (best[0] - second[0] >= MARGIN or best[1] > second[1]):
            rated.append((best[0], text, best[3]))
    found: dict[str, Spot] = {}
    for _, text, line in sorted(rated, key=lambda rating: -rating[0]):
        found.setdefault(line.key, text[:2])
    return found


def _under(line: Line, text: Text, headings: Mapping[str, Spot]) -> bool:
    """Whether a text stands under the heading of a line: the last heading above it."""
    above = [(spot, key) for key, spot in headings.items() if spot[0] <= text[0]]
    return bool(above) and max(above)[1] == line.parent


def _in_context(
    lines: Sequence[Line], axis: Axis, spot: Spot, over: Sequence[tuple[int, int, Line]], taken: Mapping[str, object]
) -> Line:
    """Which of several columns of one label: the one whose headings stand above, each the nearest to the left."""
    nearest: dict[int, tuple[int, Line]] = {}
    for row, col, heading in over:
        if row < spot[0] and nearest.get(row, (-1, heading))[0] <= col <= spot[1]:
            nearest[row] = (col, heading)
    context = {heading.key for _, heading in nearest.values()}
    closest = max(nearest.values(), key=lambda found: found[0], default=(0, None))[1]

    def rank(line: Line) -> tuple[bool, int, bool]:
        path = axis.path(line.key)[:-1]
        return (
            closest is not None and line.parent == closest.key,
            sum(heading.key in context for heading in path),
            line.key not in taken,
        )

    return max(lines, key=rank)
