"""Where each cell of a table stands on a sheet: found by the hidden keys and by the printed labels, never by address.

Two that agree are taken; one that is lost is recovered by the other; where they disagree the label is believed,
because it is what the filer saw, and the disagreement is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal

from gia_xlsx.form import Axis, Block, Key, Line, Section
from gia_xlsx.numerals import squeeze
from gia_xlsx.report import Label, Odd, Oddity, Place
from gia_xlsx.workbook.grids import Grid, Spot, as_text
from gia_xlsx.workbook.layout import LEFT
from gia_xlsx.workbook.live import BROKEN, PASSED, PENDING, WORDS

NEAR = 0.75  # how alike two labels must be to be taken for one another
MARGIN = 0.05  # and how much less alike the next best must be
HEAD_ROWS = 8  # how far above its first row the heads of a block are looked for
_OURS = ("校验：", "填报提示：", "查看全部校验")  # what the writer says beside the frame begins with these
_STATES = (PASSED, BROKEN, PENDING, WORDS)  # what live checks say, where formulas are not seen
FEW = 3  # more alike oddities than these are told as one

_PUNCTUATION = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+|\d{1,2})(?=\D)")


@dataclass
class Located:
    """What was found of one table: the spot of every cell that is there, odd labels, oddities, the frame's bounds."""

    grid: Grid
    section: Section
    cells: dict[Key, Spot] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    known: set[Spot] = field(default_factory=set)  # spots that labels, heads and keys account for
    keyed: bool = True
    strays: list[Spot] = field(default_factory=list)
    disordered: bool = False  # lines lost or out of place: the formulas of the sheet cannot be held against ours

    def stray(self, spots: Sequence[Spot]) -> Oddity:
        """One note for all content that belongs to no cell of the form."""
        words = "、".join(f"“{self.grid.text(*spot)[:40]}”" for spot in spots[:FEW])
        more = f"等{len(spots)}处" if len(spots) > FEW else ""
        return Oddity(Odd.STRAY, tuple(self.grid.place(*spot) for spot in spots[:20]), (), {"text": words + more})

    def tell(self, kind: Odd, *places: Place, keys: Iterable[Key] = (), **words: object) -> None:
        self.oddities.append(Oddity(kind, places, tuple(keys), words))


@dataclass(frozen=True, slots=True)
class _Seen:
    """The lines of one axis of a block as a sheet shows them: by key, and by label; from line key to positions."""

    by_key: Mapping[str, Sequence[int]]
    by_label: Mapping[str, Sequence[int]]
    spots: Mapping[str, Spot]  # the cell of each label that was recognised
    near: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """What two writings of one label have in common: no spaces, brackets, punctuation, or width."""
    return _PUNCTUATION.sub("", squeeze(text))


def core(text: str) -> str:
    """A plain label without its leading number: ``3其他`` is ``其他``."""
    return _NUMBERED.sub("", plain(text))


@cache
def _labels(axis: Axis, groups: bool = False) -> Mapping[str, tuple[Line, ...]]:
    """The leaves (or the headings) of an axis by plain label."""
    found: dict[str, tuple[Line, ...]] = {}
    for line in axis.lines:
        if line.label and line.is_group == groups:
            found[plain(line.label)] = (*found.get(plain(line.label), ()), line)
    return found


def score(grid: Grid, section: Section) -> float:
    """How much of a table's labels a sheet shows, 0 to 1; what tells an office's own layout."""
    wanted = [plain(line.label) for block in section.blocks for axis in (block.rows, block.columns)
              for line in axis.leaves if line.label]  # fmt: skip
    there = Counter(plain(value) for _, _, value in grid.filled() if isinstance(value, str))
    return sum(min(count, there[label]) for label, count in Counter(wanted).items()) / len(wanted)


def locate(grid: Grid, section: Section) -> Located:
    """Find every cell of a table on a sheet. What is lost or disagrees is in ``oddities``; nothing is guessed."""
    found = Located(grid, section)
    texts = [(r, c, value) for r, c, value in grid.filled() if isinstance(value, str)]
    key_column = _key_column(texts, section)
    rows_by_key = _positions((v, r) for r, c, v in texts if c == key_column)
    heads = _key_rows(texts, section, key_column, rows_by_key)
    found.keyed = bool(heads) and key_column is not None
    found.known |= {(r, c) for r, c, _ in texts if c == key_column or r in heads.values()}
    frames: list[tuple[int, int, int, int]] = []
    above = -1
    for index, block in enumerate(section.blocks):
        block_rows = {line.key: rows_by_key.get(line.key, ()) for line in block.rows.leaves}
        seen = _rows(texts, block, block_rows, found.known)
        rows = _agree(found, block, "row", seen)
        start = heads.get(index)
        if not block.rows.by_key or not any(line.label for line in block.rows.lines):
            rows = rows or _unlabelled(grid, texts, block, start)
        if rows:
            top = min(rows.values())
            first = start if start is not None and start < top else max(above + 1, top - HEAD_ROWS)
            columns = _agree(found, block, "column", _columns(texts, block, first, top, start, found.known))
            for key in block.keys:
                if key.row in rows and key.column in columns:
                    found.cells[key] = (rows[key.row], columns[key.column])
            above = max(rows.values())
            if columns:
                left = min((spot[1] for spot in found.known if first <= spot[0] <= above), default=0)
                frames.append((first, left, above, max(columns.values())))
        _missing(found, block, rows, columns if rows else {})
    _strays(found, frames)
    if not found.keyed:
        found.tell(Odd.READ_BY_LABELS, Place(grid.sheet, "A1"), sheet=grid.sheet)
    _gather(found)
    return found


def _positions(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, position in pairs:
        found.setdefault(name, []).append(position)
    return found


def _key_column(texts: Sequence[tuple[int, int, str]], section: Section) -> int | None:
    """The column that holds row keys: where most of them stand."""
    keys = {line.key for block in section.blocks for line in block.rows.leaves}
    count = Counter(c for _, c, value in texts if value in keys)
    return count.most_common(1)[0][0] if count else None


def _key_rows(
    texts: Sequence[tuple[int, int, str]],
    section: Section,
    key_column: int | None,
    rows_by_key: Mapping[str, list[int]],
) -> dict[int, int]:
    """The row of column keys of each block, by the block's index; told apart by the row keys that follow."""
    keys = {line.key for block in section.blocks for line in block.columns.leaves}
    rows = sorted({r for r, c, value in texts if c != key_column and value in keys})
    found: dict[int, int] = {}
    for n, row in enumerate(rows):
        end = rows[n + 1] if n + 1 < len(rows) else 1 << 30
        for index, block in enumerate(section.blocks):
            under = any(row < at < end for line in block.rows.leaves for at in rows_by_key.get(line.key, ()))
            if under and index not in found:
                found[index] = row
    if not found and len(rows) == len(section.blocks):  # the row keys are gone, the column keys are whole
        found = dict(enumerate(rows))
    return found


def _rows(
    texts: Sequence[tuple[int, int, str]], block: Block, by_key: Mapping[str, Sequence[int]], known: set[Spot]
) -> _Seen:
    """The rows of a block by their labels: exact first, then near misses among what is left in the label columns."""
    exact, headings = _labels(block.rows), _labels(block.rows, True)
    spots: dict[str, list[Spot]] = {}
    group_rows: list[tuple[int, str]] = []
    for r, c, value in texts:
        name = plain(value)
        if name in headings:
            group_rows.append((r, headings[name][0].key))
            known.add((r, c))
        for line in exact.get(name, ())[:1]:
            spots.setdefault(line.key, []).append((r, c))
    near: set[str] = set()
    lost = [line for line in block.rows.leaves if line.label and line.key not in spots]
    if lost and spots:
        columns = {spot[1] for found in spots.values() for spot in found}
        taken = {spot for found in spots.values() for spot in found} | known
        low, high = min(s[0] for f in spots.values() for s in f), max(s[0] for f in spots.values() for s in f)
        candidates = [
            (r, c, v) for r, c, v in texts if c in columns and (r, c) not in taken and low - 2 <= r <= high + 2
        ]
        for line, spot in _near(lost, candidates, group_rows):
            spots[line.key] = [spot]
            near.add(line.key)
    known.update(spot for found in spots.values() for spot in found)
    return _Seen(
        {key: rows for key, rows in by_key.items() if rows},
        {key: sorted({spot[0] for spot in found}) for key, found in spots.items()},
        {key: found[0] for key, found in spots.items()},
        frozenset(near),
    )


def _near(
    lost: Sequence[Line], candidates: Sequence[tuple[int, int, str]], groups: Sequence[tuple[int, str]]
) -> Iterator[tuple[Line, Spot]]:
    """Lines that stand under another wording: the same words without the number, or nearly the same, and only one."""
    used: set[str] = set()
    for r, c, value in candidates:
        group = next((key for row, key in reversed(groups) if row <= r), None)
        words = plain(value)
        rated = sorted(
            (
                (_alike(words, line) + (0.01 if line.parent == group else 0.0), line.key, line)
                for line in lost
                if line.key not in used
            ),
            reverse=True,
        )
        if rated and rated[0][0] >= NEAR and (len(rated) == 1 or rated[0][0] - rated[1][0] >= 0.01):
            close = len(rated) > 1 and rated[0][0] - rated[1][0] < MARGIN and core(value) != core(rated[0][2].label)
            if not close:
                used.add(rated[0][1])
                yield rated[0][2], (r, c)


def _alike(words: str, line: Line) -> float:
    """How alike a plain text is to the label of a line; without its number it is as good as the same."""
    if not words:
        return 0.0
    official = plain(line.label)
    if _NUMBERED.sub("", words) == _NUMBERED.sub("", official):
        return 0.98
    return SequenceMatcher(None, words, official, autojunk=False).ratio()


def _columns(
    texts: Sequence[tuple[int, int, str]], block: Block, first: int, top: int, key_row: int | None, known: set[Spot]
) -> _Seen:
    """The columns of a block by the keys of its key row and by the heads between it and the first row."""
    leaves = {line.key for line in block.columns.leaves}
    by_key = _positions((v, c) for r, c, v in texts if r == key_row and v in leaves)
    exact, headings = _labels(block.columns), _labels(block.columns, True)
    spots: dict[str, list[Spot]] = {}
    area = [(r, c, v) for r, c, v in texts if first <= r < top and r != key_row]
    over = [(r, c, headings[plain(v)][0].label) for r, c, v in area if plain(v) in headings]
    known.update((r, c) for r, c, _ in over)
    known.update((r, c) for r, c, v in area if plain(v) in (plain(block.caption), plain(block.corner)))
    for r, c, value in sorted(area, key=lambda cell: (cell[1], cell[0])):
        lines = exact.get(plain(value), ())
        if lines:
            line = lines[0] if len(lines) == 1 else _in_context(lines, block.columns, (r, c), over, spots)
            spots.setdefault(line.key, []).append((r, c))
    near: set[str] = set()
    lost = [line for line in block.columns.leaves if line.label and line.key not in spots]
    if lost:
        taken = {spot for found in spots.values() for spot in found} | known
        left = min((spot[1] for found in spots.values() for spot in found), default=0)
        candidates = [(r, c, v) for r, c, v in area if (r, c) not in taken and c >= left]
        for line, spot in _near(lost, candidates, ()):
            spots[line.key] = [spot]
            near.add(line.key)
    known.update(spot for found in spots.values() for spot in found)
    return _Seen(
        by_key,
        {key: sorted({spot[1] for spot in found}) for key, found in spots.items()},
        {key: found[0] for key, found in spots.items()},
        frozenset(near),
    )


def _in_context(
    lines: Sequence[Line],
    axis: Axis,
    spot: Spot,
    over: Sequence[Spot | tuple[int, int, str]],
    taken: Mapping[str, object],
) -> Line:
    """Which of several columns of one label: the one whose headings stand above, left of the cell."""
    nearest: dict[int, tuple[int, str]] = {}
    for row, col, label in over:  # type: ignore[misc]  # three values by construction
        if row < spot[0] and col <= spot[1] and col >= nearest.get(row, (-1, ""))[0]:
            nearest[row] = (col, label)
    context = {label for _, label in nearest.values()}
    closest = max(nearest.values(), default=(-1, ""))[1]

    def rank(line: Line) -> tuple[int, int, int]:
        path = axis.path(line.key)[:-1]
        shared = sum(heading.label in context for heading in path)
        return (bool(path) and path[-1].label == closest, shared, line.key not in taken)

    return max(lines, key=rank)


def _agree(found: Located, block: Block, axis: Literal["row", "column"], seen: _Seen) -> dict[str, int]:
    """Hold keys and labels of one axis against each other: the position of every line that is there."""
    lines = block.rows if axis == "row" else block.columns
    place = found.grid.place
    result: dict[str, int] = {}
    for line in lines.leaves:
        keyed, labelled = list(seen.by_key.get(line.key, ())), list(seen.by_label.get(line.key, ()))
        both = [position for position in keyed if position in labelled]
        if both or labelled:
            result[line.key] = (both or labelled)[0]
        elif keyed:
            result[line.key] = keyed[0]
        else:
            continue
        if max(len(keyed), len(labelled)) > 1:
            twice = keyed if len(keyed) > 1 else labelled
            cells = seen.spots.get(line.key, (0, LEFT))
            spots = [(at, cells[1]) if axis == "row" else (cells[0], at) for at in twice]
            found.tell(Odd.LINE_TWICE, *(place(*spot) for spot in spots), label=line.label)
            found.known.update(spots)
        if keyed and labelled and not both:
            found.disordered = True
            spot, text = _label_at(found, lines, seen, line, keyed[0], axis)
            found.tell(Odd.KEY_DISAGREES, place(*spot), expected=line.label, found=text or "（空白）")
        if line.key in seen.near or (keyed and line.label and not labelled):
            _note_label(found, block, axis, seen, line, result[line.key])
    return result


def _note_label(
    found: Located, block: Block, axis: Literal["row", "column"], seen: _Seen, line: Line, position: int
) -> None:
    lines = block.rows if axis == "row" else block.columns
    spot, text = _label_at(found, lines, seen, line, position, axis)
    near = line.key in seen.near or _alike(plain(text), line) >= NEAR
    found.known.add(spot)
    found.labels.append(Label(block.table, axis, line.key, text, found.grid.place(*spot), near))


def _label_at(
    found: Located, axis: Axis, seen: _Seen, line: Line, position: int, side: Literal["row", "column"]
) -> tuple[Spot, str]:
    """The cell where the label of a line should stand, and what it says: judged by lines of the same depth."""
    if line.key in seen.spots and (line.key in seen.near or position in seen.by_label.get(line.key, ())):
        spot = seen.spots[line.key]
        return spot, found.grid.text(*spot)
    level = len(axis.path(line.key))
    across = Counter(
        seen.spots[other.key][1 if side == "row" else 0]
        for other in axis.leaves
        if other.key in seen.spots and len(axis.path(other.key)) == level
    )
    if side == "row":
        spot = (position, across.most_common(1)[0][0] if across else LEFT + level - 1)
    else:
        spot = (across.most_common(1)[0][0] if across else 0, position)
    return spot, found.grid.text(*spot)


def _unlabelled(grid: Grid, texts: Sequence[tuple[int, int, str]], block: Block, key_row: int | None) -> dict[str, int]:
    """The single row of a block without row labels: the first under its lowest heads that holds anything."""
    wanted = _labels(block.columns)
    heads = [r for r, _, value in texts if plain(value) in wanted and (key_row is None or r > key_row)]
    if not heads:
        return {}
    bottom = Counter(heads).most_common(1)[0][0]
    below = (r for r, _, _ in grid.filled() if bottom < r <= bottom + HEAD_ROWS)
    return {block.rows.leaves[0].key: next(below, bottom + 1)}


def _strays(found: Located, frames: Sequence[tuple[int, int, int, int]]) -> None:
    """Content that no cell, label, head or key accounts for, but our own formulas and words beside the frame."""
    cells = set(found.cells.values())
    words = _OURS if found.grid.known else _OURS + _STATES
    for r, c, value in found.grid.filled():
        spot = (r, c)
        if r == 0 or spot in cells or spot in found.known or spot in found.grid.formulas:
            continue
        inside = any(top <= r <= bottom and left <= c <= right for top, left, bottom, right in frames)
        ours = isinstance(value, str) and (value.startswith(words) or not squeeze(value))
        if not found.grid.known and not inside and value == 0:
            continue  # an .xls gives 0 for the words of a formula
        if (found.keyed or inside) and not ours:
            found.strays.append(spot)
    if found.strays:
        found.oddities.append(found.stray(found.strays))


def _missing(found: Located, block: Block, rows: Mapping[str, int], columns: Mapping[str, int]) -> None:
    """One oddity for each official row and column that is not there."""
    place = Place(found.grid.sheet, "A1")
    for row in block.rows.leaves:
        if row.key not in rows:
            found.disordered = True
            keys = [key for key in block.keys if key.row == row.key]
            found.tell(Odd.ROW_MISSING, place, keys=keys, label=row.label or block.columns.lines[0].label)
    if not rows:
        return
    for column in block.columns.leaves:
        if column.key not in columns:
            found.disordered = True
            keys = [key for key in block.keys if key.column == column.key]
            label = "·".join(line.label for line in block.columns.path(column.key))
            found.tell(Odd.COLUMN_MISSING, place, keys=keys, label=label)


def _gather(found: Located) -> None:
    """Tell many oddities of one kind as one: a sorted or pasted sheet has one cause, not twenty-eight."""
    told: list[Oddity] = []
    kinds: dict[Odd, list[Oddity]] = {}
    for oddity in found.oddities:
        kinds.setdefault(oddity.kind, []).append(oddity)
    for group in kinds.values():
        told.extend([gathered(group)] if len(group) > FEW else group)
    found.oddities = told


def gathered(group: Sequence[Oddity]) -> Oddity:
    """Several oddities of one kind as one: every place, and the words of the first few."""
    first = group[0]
    if len(group) == 1:
        return first
    words = {
        name: "、".join(dict.fromkeys(as_text(oddity.words[name]) for oddity in group[:FEW]))
        + (f"等{len(group)}处" if len(group) > FEW else "")
        if isinstance(first.words[name], str)
        else first.words[name]
        for name in first.words
    }
    places = tuple(dict.fromkeys(place for oddity in group for place in oddity.places))
    return Oddity(first.kind, places, tuple(key for oddity in group for key in oddity.keys), words)
