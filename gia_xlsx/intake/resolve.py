"""Which row of the form each entry is, where its label does not say it outright: broken, reworded, or gone.

A label broken over lines is put together; a near miss is taken if one lost row alone is that near; and where labels are
gone, the order of a group stands in, if just as many entries stand between two known rows as the form has there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from gia_xlsx.form import Block, Line, Section, form_names, load_form
from gia_xlsx.intake.apart import reunite
from gia_xlsx.intake.entries import Entry, Token, is_figure
from gia_xlsx.intake.lexicon import Lexicon, Meaning, lexicon

_BROKEN = 6  # lines that a label may be broken over


def resolve(entries: list[Entry], heads: Sequence[Token], section: Section) -> list[Entry]:
    """The entries with all that can be known of their rows; entries that stay unknown are kept as they are."""
    words = lexicon(section)
    entries = _without_serials(_joined(entries, words))
    for index, block in enumerate(section.blocks):
        if any(line.label for line in block.rows.lines):
            entries = [part for entry in entries for part in _taken_apart(entry, block, index)]
    _reworded(entries, section, words)
    entries = reunite(entries, heads, section)
    for index, block in enumerate(section.blocks):
        _by_order(entries, block, index)
    return entries


def _joined(entries: Sequence[Entry], words: Lexicon) -> list[Entry]:
    """Entries whose labels make one label of the form when read in a row; at most one of them has figures."""
    found: list[Entry] = []
    at = 0
    while at < len(entries):
        for end in range(min(at + _BROKEN, len(entries)), at + 1, -1):
            part = entries[at:end]
            if any(entry.is_leaf or not entry.label for entry in part) or all(entry.meaning for entry in part):
                continue
            if sum(bool(entry.figures) for entry in part) > 1:
                continue
            rows = [m for m in words.match("".join(entry.text for entry in part)) if m.role == "row"]
            if rows:
                found.append(_as_one(part, rows[0]))
                at = end
                break
        else:
            found.append(entries[at])
            at += 1
    return found


def _as_one(part: Sequence[Entry], meaning: Meaning) -> Entry:
    bearer = next((entry for entry in part if entry.figures), part[-1])
    label = tuple(piece for entry in part for piece in entry.label)
    return replace(bearer, label=label, meaning=meaning, closed=True, rows=frozenset(entry.row for entry in part))


def _without_serials(entries: Sequence[Entry]) -> list[Entry]:
    """A lone figure before the label of the same row numbers the row."""
    rows = {entry.row for entry in entries if entry.meaning}
    return [entry for entry in entries if entry.label or len(entry.figures) > 1 or entry.row not in rows]


def _taken_apart(entry: Entry, block: Block, index: int) -> Iterator[Entry]:
    """The rows that have lost their labels behind the heading of their group, each as an entry of its own.

    A row is as long as the columns of the block, or one longer if a figure stands where its label stood.
    """
    if not entry.is_group or not entry.figures or entry.meaning is None or entry.meaning.block != index:
        yield entry
        return
    leaves = block.rows.leaves_under(entry.meaning.line.key) if entry.meaning.line else ()
    columns = len(block.columns.leaves)
    parts = _parts(entry, columns, len(leaves))
    if len(parts) == 1 and len(parts[0]) == columns:
        yield entry
        return
    yield replace(entry, tail=[], inline=False)
    for part in parts:
        lost = [token for token in part if token.kind != "blank"]
        label, tail = (lost[0].pieces, lost[1:]) if len(lost) == columns + 1 else ((), part)
        yield Entry(part[0].row, label, None, list(tail), inline=True, closed=True)


def _parts(entry: Entry, columns: int, leaves: int) -> list[list[Token]]:
    """A tail cut where rows end: at its blanks, else, if the figures fill all rows of the group evenly, by count."""
    figures = entry.figures
    if entry.inline:
        return [figures]
    runs = [list(group) for blank, group in groupby(entry.tail, key=lambda token: token.kind == "blank") if not blank]
    if len(runs) > 1:
        return runs
    for size in (columns, columns + 1):
        if len(figures) == leaves * size:
            return [figures[n : n + size] for n in range(0, len(figures), size)]
    return runs


def _reworded(entries: Sequence[Entry], section: Section, words: Lexicon) -> None:
    """Labels that are near to one lost row, or cut off."""
    there = {(e.meaning.block, e.line.key) for e in entries if e.meaning and e.line and e.is_leaf}
    for entry in entries:
        if entry.meaning or not entry.label or not entry.figures:
            continue
        lost = [
            Meaning("row", index, line)
            for index, block in enumerate(section.blocks)
            for line in block.rows.leaves
            if line.label and (index, line.key) not in there
        ]
        line = words.nearest(entry.text, [meaning.line for meaning in lost if meaning.line])
        if line is not None:
            entry.meaning = next(meaning for meaning in lost if meaning.line == line)
            entry.near = True
            there.add((entry.meaning.block, line.key))


def _by_order(entries: Sequence[Entry], block: Block, index: int) -> None:
    """Between two known rows, as many entries with figures as the form has rows there: each is the row of its turn."""
    order = {line.key: n for n, line in enumerate(block.rows.leaves)}
    columns = len(block.columns.leaves)
    before, waiting = -1, []
    seen = {e.line.key for e in entries if e.is_leaf and e.line and e.meaning and e.meaning.block == index}
    for entry in entries:
        if entry.meaning is not None and entry.meaning.block != index:
            continue
        if entry.meaning is None or not entry.is_leaf:
            waiting.append(entry)
            continue
        assert entry.line is not None
        here = order[entry.line.key]
        gap = block.rows.leaves[before + 1 : here]
        if before >= 0 and here > before:
            _fill(waiting, gap, block, index, columns, seen)
        before, waiting = here, []


def _fill(
    waiting: Sequence[Entry], gap: Sequence[Line], block: Block, index: int, columns: int, seen: set[str]
) -> None:
    """Give the entries of a gap the lines of the gap, group by group where headings stand between them."""
    if any(line.key in seen for line in gap):
        return
    parts: list[tuple[Line | None, list[Entry]]] = [(None, [])]
    for entry in waiting:
        if entry.is_group:
            parts.append((entry.line, []))
        if entry.figures and (entry.meaning is None or len(entry.figures) == columns):
            parts[-1][1].append(entry)
    for heading, part in parts:
        lines = [line for line in gap if _stands_under(line, heading, block)]
        alone = len(part) == 1 and part[0].is_group
        if alone and heading is not None and len(lines) > 1:
            if _was_a_row(heading, block):
                _name(part[0], lines[-1], index)
        elif len(part) == len(lines) and all(_fits(entry, columns) for entry in part):
            for entry, line in zip(part, lines, strict=True):
                if len(entry.figures) > columns:
                    first = entry.figures[0]
                    entry.label, entry.tail = first.pieces, entry.tail[entry.tail.index(first) + 1 :]
                _name(entry, line, index)


def _fits(entry: Entry, columns: int) -> bool:
    """Whether an entry is a whole row that has lost its label, or has a figure where it should be.

    A row under words of its own is another row than the form's, or one that nobody can tell.
    """
    if entry.label and not entry.is_group and not is_figure(entry.text):
        return False
    return len(entry.figures) == columns or (len(entry.figures) == columns + 1 and not entry.label)


def _stands_under(line: Line, heading: Line | None, block: Block) -> bool:
    return True if heading is None else any(above.key == heading.key for above in block.rows.path(line.key))


def _name(entry: Entry, line: Line, index: int) -> None:
    entry.meaning, entry.by_order = Meaning("row", index, line), True


def _was_a_row(heading: Line, block: Block) -> bool:
    """Whether another form has the heading as a row of its own, as that of 2019 has 其他处理."""
    return any(
        line.key == heading.key and not line.is_group
        for name in form_names()
        for table in load_form(name).tables
        if table.key == block.table
        for other in table.blocks
        for line in other.rows.lines
    )
