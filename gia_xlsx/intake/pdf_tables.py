"""From the rules drawn on a page of a PDF to frames: the boxes of each table, on a grid of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

_SNAP = 3.0  # points between strokes of one line: double lines, both sides of a thin rectangle, cells drawn one by one
_JOIN = 4.0  # the gap in a dashed line
_SHORTEST = 6.0  # a shorter rule is an ornament
_NARROWEST = 5.0  # no row and no column is narrower
_COVER = 0.8  # of the side of a cell; less is a line under a word
_OVERSHOOT = 8.0  # a rule that goes on farther than this past the last crossing leaves a side open
_MOST_PAIRS = 4_000_000  # of rules; a page with more is a drawing
_MOST_SLOTS = 20_000  # of a grid, likewise


class Rule(NamedTuple):
    """A straight line along an axis: ``at`` is its x if it is ``upright``, its y if not."""

    upright: bool
    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A cell of a frame: where it is on the page, and on the grid (from 0)."""

    x0: float
    top: float
    x1: float
    bottom: float
    row: int
    column: int
    height: int
    width: int


class Frame(NamedTuple):
    """A ruled table, or a piece of one on its page; the boxes cover it without gaps."""

    x0: float
    top: float
    x1: float
    bottom: float
    boxes: tuple[Box, ...]


def frames(rules: Sequence[Rule], inked: Sequence[tuple[float, float]]) -> list[Frame]:
    """Every frame, the smallest first; one of a single box is a border, or the row of a table that goes on overleaf.

    ``inked`` are the middles of the characters: a side without a rule belongs to a table where text stands in it.
    """
    upright = _merge(rule for rule in rules if rule.upright)
    level = _merge(rule for rule in rules if not rule.upright)
    if len(upright) * len(level) > _MOST_PAIRS:
        return []
    found = (_frame(*group, inked) for group in _groups(upright, level))
    return sorted((frame for frame in found if frame.boxes), key=_area)


def one_grid(pieces: Sequence[Frame]) -> list[Frame]:
    """The pieces of a table on several pages, with the columns of all in each."""
    stops: list[float] = []
    for x in sorted({x for piece in pieces for box in piece.boxes for x in (box.x0, box.x1)}):
        if not stops or x - stops[-1] >= _NARROWEST:
            stops.append(x)
    made = []
    for piece in pieces:
        boxes = []
        for box in piece.boxes:
            left, right = (bisect_right(stops, x + _NARROWEST / 2) - 1 for x in (box.x0, box.x1))
            boxes.append(box._replace(column=left, width=right - left))
        made.append(piece._replace(boxes=tuple(boxes)))
    return made


def _area(frame: Frame) -> float:
    return (frame.x1 - frame.x0) * (frame.bottom - frame.top)


def _merge(rules: Iterable[Rule]) -> list[Rule]:
    """One rule for the strokes that lie over one another or follow one another on a line."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at <= _SNAP:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    merged: list[Rule] = []
    for line in lines:
        at = sum(rule.at for rule in line) / len(line)
        start, end = line[0].start, float("-inf")
        for rule in sorted(line, key=lambda rule: rule.start):
            if rule.start > end + _JOIN:
                merged.append(Rule(rule.upright, at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        merged.append(Rule(line[0].upright, at, start, end))
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def _groups(upright: list[Rule], level: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules that hang together by their crossings."""
    leader = _Leaders()
    for (i, v), (j, h) in product(enumerate(upright), enumerate(level)):
        meets = h.start - _SNAP <= v.at <= h.end + _SNAP and v.start - _SNAP <= h.at <= v.end + _SNAP
        if meets:
            leader.join((0, i), (1, j))
    groups: dict[object, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for kind, rules in enumerate((upright, level)):
        for index, rule in enumerate(rules):
            groups[leader.of((kind, index))][kind].append(rule)
    return (group for group in groups.values() if all(group))


class _Leaders:
    """Sets that grow together, each known by one member."""

    def __init__(self) -> None:
        self._up: dict[tuple[int, int], tuple[int, int]] = {}

    def of(self, member: tuple[int, int]) -> tuple[int, int]:
        while (up := self._up.get(member, member)) != member:
            self._up[member] = self._up.get(up, up)
            member = up
        return member

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        self._up[self.of(one)] = self.of(other)


def _frame(upright: list[Rule], level: list[Rule], inked: Sequence[tuple[float, float]]) -> Frame:
    xs, ys = _stops(upright), _stops(level)
    left, right = min(rule.start for rule in level), max(rule.end for rule in level)
    top, bottom = min(rule.start for rule in upright), max(rule.end for rule in upright)
    inside = [(x, y) for x, y in inked if left < x < right and top < y < bottom]
    if left < xs[0] - _OVERSHOOT and any(x < xs[0] for x, _ in inside):
        xs.insert(0, left)
    if right > xs[-1] + _OVERSHOOT and any(x > xs[-1] for x, _ in inside):
        xs.append(right)
    if top < ys[0] - _OVERSHOOT and any(y < ys[0] for _, y in inside):
        ys.insert(0, top)
    if bottom > ys[-1] + _OVERSHOOT and any(y > ys[-1] for _, y in inside):
        ys.append(bottom)
    if len(xs) * len(ys) > _MOST_SLOTS:
        return Frame(xs[0], ys[0], xs[-1], ys[-1], ())
    xs, ys = _bearing(xs, _walls(upright, xs, ys)), _bearing(ys, _walls(level, ys, xs))
    return Frame(xs[0], ys[0], xs[-1], ys[-1], tuple(_boxes(xs, ys, _walls(upright, xs, ys), _walls(level, ys, xs))))


def _bearing(stops: list[float], walls: set[tuple[int, int]]) -> list[float]:
    """The stops that part something; the background of a word in a cell does not."""
    parting = {stop for stop, _ in walls}
    return [at for n, at in enumerate(stops) if n in parting or n in (0, len(stops) - 1)]


def _stops(rules: list[Rule]) -> list[float]:
    stops: list[float] = []
    for rule in rules:  # sorted by _merge
        if not stops or rule.at - stops[-1] >= _NARROWEST:
            stops.append(rule.at)
    return stops


def _walls(rules: list[Rule], across: list[float], along: list[float]) -> set[tuple[int, int]]:
    """(stop, slot): where a rule at a stop covers nearly all of the slot between two stops of the other axis."""
    walls = set()
    for rule in rules:
        stop = bisect_right(across, rule.at) - 1
        for slot in range(max(bisect_left(along, rule.start) - 1, 0), len(along) - 1):
            start, end = along[slot], along[slot + 1]
            if start >= rule.end:
                break
            if min(end, rule.end) - max(start, rule.start) >= _COVER * (end - start):
                walls.add((stop, slot))
    return walls


def _boxes(
    xs: list[float], ys: list[float], upright: set[tuple[int, int]], level: set[tuple[int, int]]
) -> Iterator[Box]:
    """Slots without a wall between them are one box; what is no rectangle then is cut into its rows."""
    leader = _Leaders()
    slots = list(product(range(len(ys) - 1), range(len(xs) - 1)))
    for row, column in slots:
        if column and (column, row) not in upright:
            leader.join((row, column), (row, column - 1))
        if row and (row, column) not in level:
            leader.join((row, column), (row - 1, column))
    areas: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for slot in slots:
        areas[leader.of(slot)].append(slot)
    found = [spans for area in areas.values() for spans in _rectangles(area)]
    for top, left, bottom, right in sorted(found):
        place = (xs[left], ys[top], xs[right], ys[bottom])
        yield Box(*place, row=top, column=left, height=bottom - top, width=right - left)


def _rectangles(area: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    rows, columns = {row for row, _ in area}, {column for _, column in area}
    if len(area) == len(rows) * len(columns):
        yield min(rows), min(columns), max(rows) + 1, max(columns) + 1
        return
    for row in rows:
        own = sorted(column for r, column in area if r == row)
        cuts = [0, *(n for n, (one, other) in enumerate(pairwise(own), 1) if other > one + 1), len(own)]
        for start, end in pairwise(cuts):
            yield row, own[start], row + 1, own[end - 1] + 1
