"""Labels that stand apart from their figures: all labels of a table first, then its figures row by row.

The order stands in where the figures come in as many rows as there are labels, each as long as the form has columns.
Figures that come one a line could run across or down: a cell is read only if both ways give it the same figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from gia_xlsx.form import Section
from gia_xlsx.intake.entries import Entry, Token

_MOST = 120  # entries that one stack of labels may take up; table three has 30 labels


@dataclass
class _Stack:
    """Labels without figures, one under another, and the figures that come after the last of them."""

    labels: list[Entry]
    parts: list[list[Token]]  # the figures as they come, cut where anything stands between them
    last: Entry | None  # the label whose own tail the figures are, if there is one
    figures: list[Token]
    used: int  # entries taken up


def reunite(entries: Sequence[Entry], heads: Sequence[Token], section: Section) -> list[Entry]:
    """The entries with figures given to the labels they belong to, where that is certain."""
    settled = any(_has_own(before, entry) for before, entry in pairwise(entries))
    found: list[Entry] = []
    at = 0
    while at < len(entries):
        stack = _stack(entries, heads, at)
        if stack is None:
            found += _own_or_not(entries, at, section)
            at += 1
            continue
        found += [entry for entry in entries[at : at + stack.used] if entry.is_group]
        if len(stack.labels) > 1 and not (_own(stack, section) and settled):
            stack.labels = _as_printed(stack.labels, section)
        found += _by_columns(stack, heads, section) or _given(stack, section, settled)
        at += stack.used
    return found


def _own_or_not(entries: Sequence[Entry], at: int, section: Section) -> list[Entry]:
    """An entry as it is; where rows without labels follow its figures, these may be the first of such rows."""
    entry = entries[at]
    after = entries[at + 1] if at + 1 < len(entries) else None
    whole = entry.is_leaf and not entry.inline and len(entry.figures) == _size(entry, section) > 1
    if whole and after is not None and not after.label and len(after.figures) == len(entry.figures):
        return [replace(entry, tail=[]), Entry(entry.tail[0].row, (), None, entry.tail, inline=True, closed=True)]
    return [entry]


def _has_own(before: Entry, entry: Entry) -> bool:
    """Whether labels are followed by their figures here: two in a row are."""
    return all(one.is_leaf and one.figures and not one.by_order for one in (before, entry))


def _stack(entries: Sequence[Entry], heads: Sequence[Token], at: int) -> _Stack | None:
    labels: list[Entry] = []
    end = at
    while end < min(len(entries), at + _MOST):
        entry = entries[end]
        if entry.meaning is None and entry.figures and not entry.label:
            break
        if entry.figures and entry.inline:
            break
        if entry.is_leaf:
            labels.append(entry)
        end += 1
        if entry.figures:
            break
    if not labels or not entries[at].is_leaf:
        return None
    last = labels[-1] if labels[-1].figures else None
    figures = list(last.figures) if last else []
    while end < len(entries) and entries[end].meaning is None and not entries[end].label:
        figures += entries[end].figures
        end += 1
    if not figures or (len(labels) == 1 and (last or not _between(heads, labels[0].row, figures[0].row))):
        return None
    return _Stack(labels, _cut_at(figures, heads), last, figures, end - at)


def _between(heads: Sequence[Token], above: int, below: int) -> bool:
    return any(above < token.row < below for token in heads)


def _cut_at(figures: Sequence[Token], heads: Sequence[Token]) -> list[list[Token]]:
    """Figures cut where heads stand between them."""
    parts: list[list[Token]] = []
    for token in figures:
        if parts and not _between(heads, parts[-1][-1].row, token.row):
            parts[-1].append(token)
        else:
            parts.append([token])
    return parts


def _as_printed(labels: list[Entry], section: Section) -> list[Entry]:
    """Labels in the order of the printed rows, where they came down one column of labels after the other; [] if they
    came in no order that a table has."""
    order = [(index, line.key) for index, block in enumerate(section.blocks) for line in block.rows.leaves]
    depth = {
        (index, line.key): len(block.rows.path(line.key))
        for index, block in enumerate(section.blocks)
        for line in block.rows.leaves
    }
    keys = [(entry.meaning.block, entry.line.key) for entry in labels if entry.meaning and entry.line]
    printed = sorted(keys, key=order.index)
    if keys == printed:
        return labels
    by_depth = sorted(keys, key=lambda key: (depth[key], order.index(key)))
    return [labels[keys.index(key)] for key in printed] if keys == by_depth else []


def _own(stack: _Stack, section: Section) -> bool:
    """Whether the figures are as many as the last label alone would have."""
    last = stack.last
    return last is not None and len(last.figures) == len(stack.figures) == _size(last, section)


def _by_columns(stack: _Stack, heads: Sequence[Token], section: Section) -> list[Entry]:
    """Figures that come column by column, each column under its head: as many in each as there are labels."""
    if not stack.labels or stack.labels[0].meaning is None:
        return []
    block = section.blocks[stack.labels[0].meaning.block]
    columns: dict[str, list[Token]] = {}
    for part in stack.parts:
        above = [token for token in heads if token.row < part[0].row] if part else []
        lines = [m.line for m in above[-1].meanings if m.is_leaf and m.line in block.columns.leaves] if above else []
        if len(part) != len(stack.labels) or not lines or lines[0] is None or lines[0].key in columns:
            return []
        columns[lines[0].key] = part
    if set(columns) != {line.key for line in block.columns.leaves}:
        return []
    return [
        _with(entry, [columns[line.key][n] for line in block.columns.leaves]) for n, entry in enumerate(stack.labels)
    ]


def _given(stack: _Stack, section: Section, settled: bool) -> list[Entry]:
    sizes = [_size(entry, section) for entry in stack.labels]
    lines = [list(group) for _, group in groupby(stack.figures, key=lambda token: token.row)]
    if sizes and [len(line) for line in lines] == sizes and max(sizes) > 1:
        return [_with(entry, line) for entry, line in zip(stack.labels, lines, strict=True)]
    if sizes and len(stack.figures) == sum(sizes):
        if len(set(sizes)) == 1 and [len(line) for line in lines] == [len(sizes)] * sizes[0]:  # each line is a column
            down = [stack.figures[n :: len(sizes)] for n in range(len(sizes))]
            return [_with(entry, line) for entry, line in zip(stack.labels, down, strict=True)]
        across = _cut(stack.figures, sizes)
        if all(_either_way(across[n] for n in part) for part in _blocks(stack.labels)):
            return [_with(entry, line) for entry, line in zip(stack.labels, across, strict=True)]
    if _own(stack, section) and settled:
        return stack.labels
    bare = [replace(entry, tail=[]) if entry is stack.last else entry for entry in stack.labels]
    return [*bare, Entry(stack.figures[0].row, (), None, stack.figures, inline=True, closed=True)]


def _blocks(labels: Sequence[Entry]) -> Iterator[list[int]]:
    """The numbers of the labels of each block."""
    numbered = enumerate(entry.meaning.block if entry.meaning else -1 for entry in labels)
    for _, part in groupby(numbered, key=lambda item: item[1]):
        yield [n for n, _ in part]


def _either_way(part: Iterable[Sequence[Token]]) -> bool:
    """Whether figures read across are the same as read down."""
    lines = [[token.text for token in line] for line in part]
    flat = [text for line in lines for text in line]
    return [flat[n :: len(lines)] for n in range(len(lines))] == lines


def _size(entry: Entry, section: Section) -> int:
    return len(section.blocks[entry.meaning.block].columns.leaves) if entry.meaning else 0


def _cut(figures: Sequence[Token], sizes: Sequence[int]) -> list[list[Token]]:
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    return [list(figures[end - size : end]) for end, size in zip(ends, sizes, strict=True)]


def _with(entry: Entry, figures: Sequence[Token]) -> Entry:
    return replace(entry, tail=list(figures), inline=True, by_order=True)
