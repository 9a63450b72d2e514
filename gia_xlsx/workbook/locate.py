"""Where each cell of a table stands on a sheet: found by the hidden keys and by the printed labels, never by address.

Two that agree are taken; one that is lost is recovered by the other; where they disagree the label is believed,
because it is what the filer saw, and the disagreement is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from gia_xlsx.form import Block, Key, Line, Section
from gia_xlsx.likeness import NEAR, alike, is_cut, plain
from gia_xlsx.numerals import squeeze
from gia_xlsx.report import Label, Odd, Oddity, Place
from gia_xlsx.workbook import labels
from gia_xlsx.workbook.grids import Grid, as_text
from gia_xlsx.workbook.labels import Seen, Text
from gia_xlsx.workbook.layout import LEFT
from gia_xlsx.workbook.live import BROKEN, PASSED, PENDING, WORDS
from gia_xlsx.workbook.skim import Spot

HEAD_ROWS = 8  # how far above its first row the heads of a block are looked for
FEW = 3  # more alike oddities than these are told as one

_OURS = ("校验：", "填报提示：", "查看全部校验")  # what the writer says beside the frame begins with these
_STATES = (PASSED, BROKEN, PENDING, WORDS)  # what live checks say, where formulas are not seen

Side = Literal["row", "column"]
Frame = tuple[int, int, int, int]  # top, left, bottom, right


@dataclass
class Located:
    """What was found of one table: the spot of every cell that is there, odd labels, oddities."""

    grid: Grid
    section: Section
    cells: dict[Key, Spot] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    known: set[Spot] = field(default_factory=set)  # spots that labels, heads and keys account for
    frames: list[Frame] = field(default_factory=list)
    spare: set[tuple[Side, int]] = field(default_factory=set)  # rows and columns that stand a second time
    strays: list[Spot] = field(default_factory=list)
    keyed: bool = True
    disordered: bool = False  # lines lost or out of place: the formulas of the sheet cannot be held against ours

    def stray(self, spots: Sequence[Spot]) -> Oddity:
        """One note for all content that belongs to no cell of the form."""
        words = "、".join(f"“{self.grid.text(*spot)[:40]}”" for spot in spots[:FEW])
        more = f"等{len(spots)}处" if len(spots) > FEW else ""
        return Oddity(Odd.STRAY, tuple(self.grid.place(*spot) for spot in spots[:20]), (), {"text": words + more})

    def tell(self, kind: Odd, *places: Place, keys: Iterable[Key] = (), **words: object) -> None:
        self.oddities.append(Oddity(kind, places, tuple(keys), words))


def locate(grid: Grid, section: Section) -> Located:
    """Find every cell of a table on a sheet. What is lost or disagrees is in ``oddities``; nothing is guessed."""
    found = Located(grid, section)
    texts = [(r, c, value) for r, c, value in grid.filled() if isinstance(value, str)]
    key_column = _key_column(texts, section)
    rows_by_key = labels.positions((v, r) for r, c, v in texts if c == key_column)
    key_rows = _key_rows(texts, section, key_column, rows_by_key)
    found.keyed = bool(key_rows) and key_column is not None
    found.known |= {(r, c) for r, c, _ in texts if c == key_column or r in key_rows.values()}
    for index, block in enumerate(section.blocks):
        by_key = {line.key: rows_by_key.get(line.key, ()) for line in block.rows.leaves}
        frame = _block(found, texts, block, by_key, key_rows.get(index), found.frames[-1][2] if found.frames else -1)
        if frame:
            found.frames.append(frame)
    if not found.keyed:
        found.tell(Odd.READ_BY_LABELS, Place(grid.sheet, "A1"), sheet=grid.sheet)
    found.oddities = _gather(found.oddities)
    return found


def _block(
    found: Located,
    texts: Sequence[Text],
    block: Block,
    by_key: Mapping[str, Sequence[int]],
    key_row: int | None,
    above: int,
) -> Frame | None:
    """The rows, the columns and the cells of one block, and the frame they stand in; None if no row is there."""
    seen = labels.rows(texts, block, by_key, found.known)
    rows = _agree(found, block, "row", seen) or _unlabelled(found.grid, texts, block, key_row)
    of_old = _heading_for_its_rows(found, block, seen, rows)
    if not rows:
        _missing(found, block, "row", rows)
        return None
    top, bottom = min(rows.values()), max(rows.values())
    first = key_row if key_row is not None and key_row < top else max(above + 1, top - HEAD_ROWS)
    columns = _agree(found, block, "column", labels.columns(texts, block, range(first, top), key_row, found.known))
    for key in block.keys:
        if key.row in rows and key.column in columns:
            found.cells[key] = (rows[key.row], columns[key.column])
    _missing(found, block, "row", rows, of_old)
    _missing(found, block, "column", columns)
    left = min((c for r, c in found.known if first <= r <= bottom), default=0)
    return first, left, bottom, max(columns.values(), default=left)


def _key_column(texts: Sequence[Text], section: Section) -> int | None:
    """The column that holds row keys: where most of them stand."""
    keys = {line.key for block in section.blocks for line in block.rows.leaves}
    count = Counter(c for _, c, value in texts if value in keys)
    return count.most_common(1)[0][0] if count else None


def _key_rows(
    texts: Sequence[Text], section: Section, key_column: int | None, rows_by_key: Mapping[str, Sequence[int]]
) -> dict[int, int]:
    """The row of column keys of each block, by the block's index; told apart by the row keys that follow."""
    keys = {line.key for block in section.blocks for line in block.columns.leaves}
    rows = sorted({r for r, c, value in texts if c != key_column and value in keys})
    found: dict[int, int] = {}
    for row, end in pairwise([*rows, 1 << 30]):
        for index, block in enumerate(section.blocks):
            under = any(row < at < end for line in block.rows.leaves for at in rows_by_key.get(line.key, ()))
            if under and index not in found:
                found[index] = row
    if not found and len(rows) == len(section.blocks):  # the row keys are gone, the column keys are whole
        found = dict(enumerate(rows))
    return found


def _agree(found: Located, block: Block, side: Side, seen: Seen) -> dict[str, int]:
    """Hold keys and labels of one axis against each other: the position of every line that is there."""
    axis = block.rows if side == "row" else block.columns
    result: dict[str, int] = {}
    for line in axis.leaves:
        keyed, labelled = seen.by_key.get(line.key, ()), seen.by_label.get(line.key, ())
        both = [position for position in keyed if position in labelled]
        if not keyed and not labelled:
            continue
        position = result[line.key] = (both or labelled or keyed)[0]
        if max(len(keyed), len(labelled)) > 1:
            _twice(found, block, side, seen, line, keyed if len(keyed) > 1 else labelled, position)
        if keyed and labelled and not both:
            found.disordered = True
            spot = _label_spot(found, block, side, seen, line, keyed[0])
            there = found.grid.text(*spot) or "（空白）"
            found.tell(Odd.KEY_DISAGREES, found.grid.place(*spot), expected=line.label, found=there)
        if line.key in seen.near or (line.label and not labelled):
            _note_label(found, block, side, line, _label_spot(found, block, side, seen, line, position))
    for heading in axis.lines:
        if heading.is_group and heading.label and heading.key not in seen.headings:
            leaf = next((leaf for leaf in axis.leaves_under(heading.key) if leaf.key in result), None)
            if leaf and found.keyed:
                spot = _label_spot(found, block, side, seen, heading, result[leaf.key])
                if spot not in found.known and found.grid.at(*spot) is not None:
                    _note_label(found, block, side, heading, spot)
    return result


def _twice(
    found: Located, block: Block, side: Side, seen: Seen, line: Line, positions: Sequence[int], taken: int
) -> None:
    spots = [_label_spot(found, block, side, seen, line, position) for position in positions]
    found.tell(Odd.LINE_TWICE, *(found.grid.place(*spot) for spot in spots), label=line.label)
    found.known.update(spots)
    found.disordered = True
    found.spare.update((side, position) for position in positions if position != taken)


def _note_label(found: Located, block: Block, side: Side, line: Line, spot: Spot) -> None:
    text = found.grid.text(*spot)
    near = alike(text, line) >= NEAR or is_cut(text, line)
    found.known.add(spot)
    found.labels.append(Label(block.table, side, line.key, text, found.grid.place(*spot), near))


def _label_spot(found: Located, block: Block, side: Side, seen: Seen, line: Line, position: int) -> Spot:
    """The cell where the label of a line stands, or should: in line with the labels of the same depth."""
    across = 1 if side == "row" else 0
    own = seen.spots.get(line.key)
    if own and own[1 - across] == position:
        return own
    axis = block.rows if side == "row" else block.columns
    level = len(axis.path(line.key))
    others = {**seen.spots, **seen.headings}
    alike = Counter(spot[across] for key, spot in others.items() if key != line.key and len(axis.path(key)) == level)
    if alike:
        at = alike.most_common(1)[0][0]
    else:
        at = LEFT + level - 1 if side == "row" else max((spot[0] for spot in others.values()), default=0)
    return (position, at) if side == "row" else (at, position)


def _unlabelled(grid: Grid, texts: Sequence[Text], block: Block, key_row: int | None) -> dict[str, int]:
    """The single row of a block without row labels: the first under its lowest heads that holds anything."""
    if any(line.label for line in block.rows.lines):
        return {}
    wanted = {plain(line.label) for line in block.columns.leaves}
    heads = Counter(r for r, _, value in texts if plain(value) in wanted and (key_row is None or r > key_row))
    if not heads:
        return {}
    bottom = heads.most_common(1)[0][0]
    below = (r for r, _, _ in grid.filled() if bottom < r <= bottom + HEAD_ROWS)
    return {block.rows.leaves[0].key: next(below, bottom + 1)}


def _heading_for_its_rows(found: Located, block: Block, seen: Seen, rows: dict[str, int]) -> set[str]:
    """A heading that holds figures itself, while none of its rows are there, stands for the last of them.

    So do tables of one form that still print a row as the form before did. The rows that this one stands for are
    returned: the old form is told, not each of them.
    """
    told: set[str] = set()
    for key_of, spot in seen.headings.items():
        leaves = block.rows.leaves_under(key_of)
        figures = sum(isinstance(found.grid.at(spot[0], c), int | float) for c in range(spot[1] + 1, spot[1] + 20))
        if figures > 1 and not any(leaf.key in rows for leaf in leaves) and spot[0] not in rows.values():
            rows[leaves[-1].key] = spot[0]
            told.update(leaf.key for leaf in leaves)
            keys = [key for key in block.keys if key.row in told and key.row != leaves[-1].key]
            found.tell(
                Odd.ROW_OF_OLD, found.grid.place(*spot), keys=keys, label=block.rows.by_key[key_of].label, line=key_of
            )
    return told


def find_strays(tables: Sequence[Located]) -> None:
    """Content of one sheet that no cell, label, head or key of its tables accounts for, told with the first of them."""
    grid, first = tables[0].grid, tables[0]
    cells = {spot for table in tables for spot in (*table.cells.values(), *table.known)}
    printed = frozenset[str]().union(*(labels.official(table.section) for table in tables))
    frames = [frame for table in tables for frame in table.frames]
    spare = {line for table in tables for line in table.spare}
    ours = _OURS if grid.known else _OURS + _STATES
    for r, c, value in grid.filled():
        spot = (r, c)
        if r == 0 or spot in cells or spot in grid.formulas or ("row", r) in spare or ("column", c) in spare:
            continue
        if isinstance(value, str) and (value.startswith(ours) or not squeeze(value) or plain(value) in printed):
            continue
        inside = any(top <= r <= bottom and left <= c <= right for top, left, bottom, right in frames)
        if inside or (first.keyed and (grid.known or value != 0)):  # an .xls gives 0 for the words of a formula
            first.strays.append(spot)
    if first.strays:
        first.oddities.append(first.stray(first.strays))


def _missing(found: Located, block: Block, side: Side, there: Mapping[str, int], but: Collection[str] = ()) -> None:
    """One oddity for each official row or column that is not there, at the line that took its place."""
    kind, axis = (Odd.ROW_MISSING, block.rows) if side == "row" else (Odd.COLUMN_MISSING, block.columns)
    top = min((r for r, _ in found.cells.values()), default=0)
    for n, line in enumerate(axis.leaves):
        if line.key not in there and line.key not in but:
            found.disordered = True
            keys = [key for key in block.keys if line.key == (key.row if side == "row" else key.column)]
            path = axis.path(line.key) if side == "column" else (line,)
            label = "·".join(part.label for part in path) or block.columns.lines[0].label
            at = next(
                (there[after.key] for after in axis.leaves[n:] if after.key in there), max(there.values(), default=0)
            )
            place = found.grid.place(at, LEFT) if side == "row" else found.grid.place(top, at)
            found.tell(kind, place, keys=keys, label=label)


def _gather(oddities: Sequence[Oddity]) -> list[Oddity]:
    """Tell many oddities of one kind as one: a sorted or pasted sheet has one cause, not twenty-eight."""
    kinds: dict[Odd, list[Oddity]] = {}
    for oddity in oddities:
        kinds.setdefault(oddity.kind, []).append(oddity)
    return [oddity for group in kinds.values() for oddity in ([gathered(group)] if len(group) > FEW else group)]


def gathered(group: Sequence[Oddity]) -> Oddity:
    """Several oddities of one kind as one: every place, and the words of the first few."""
    first = group[0]
    if len(group) == 1:
        return first
    words = {}
    for name, value in first.words.items():
        said = dict.fromkeys(as_text(oddity.words[name]) for oddity in group[:FEW])
        more = f"等{len(group)}处" if len(group) > FEW and len(said) > 1 else ""
        words[name] = "、".join(said) + more if isinstance(value, str) else value
    places = tuple(dict.fromkeys(place for oddity in group for place in oddity.places))
    return Oddity(first.kind, places, tuple(key for oddity in group for key in oddity.keys), words)
