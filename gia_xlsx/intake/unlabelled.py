"""A table whose one row has no label, only heads above each figure: table four, whole or in parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from gia_xlsx.form import Block, Key, Line, Section
from gia_xlsx.intake.entries import Token, tokens
from gia_xlsx.intake.lexicon import lexicon, words
from gia_xlsx.intake.rows import Row
from gia_xlsx.intake.tables import Reading, Stood
from gia_xlsx.likeness import is_cut, plain
from gia_xlsx.report import Label

_LONGEST_HEAD = 16
_LEAST = 3  # heads that must be seen before figures are taken for theirs


@dataclass
class _Part:
    """Heads and the figures that follow them."""

    heads: list[Token] = field(default_factory=list)
    tail: list[Token] = field(default_factory=list)

    @property
    def figures(self) -> list[Token]:
        return [token for token in self.tail if token.kind == "figure"]


def read_unlabelled(rows: Sequence[Row], first: int, section: Section) -> Reading:
    """Read a table without row labels from a region; ``first`` is the number of its first row."""
    found = Reading()
    block = section.blocks[0]
    parts = [part for part in _parts(rows, first, section) if part.figures]
    if not parts or not _is_there(parts):
        return found
    size = len(block.columns.leaves)
    if not all(len(part.figures) == 1 for part in parts):  # figures under heads that no group is named with are others'
        parts = [part for part in parts if _groups(part.heads, block) or len(part.figures) == size]
    if all(len(part.figures) == 1 for part in parts) and len(parts) == len(block.columns.leaves):
        parts = [_Part([t for p in parts for t in p.heads], [t for p in parts for t in p.tail if t.kind == "figure"])]
    heads: list[Token] = []
    for part in parts:
        heads += part.heads
        leaves = _leaves(part.heads or heads, block)
        cells = _cells(part, leaves, rows, first) if _agree(part.heads, leaves, block) else None
        found.used.update(token.row for token in (*part.heads, *part.tail))
        keys = [Key(section.key, block.rows.leaves[0].key, leaf.key) for leaf in leaves]
        if cells is None or any(key in found.cells for key in keys):
            why = f"有{len(part.figures)}个数，应为{len(leaves)}个，无法确定各属哪一栏"
            if len(part.figures) == len(leaves):
                why = "列名的次序与规定不符，或者数字之间空着"
            found.leave(part.figures, why, "行政复议、行政诉讼")
            continue
        for key, token in zip(keys, cells, strict=True):
            found.cells[key] = Stood(token.text, token.pieces[0].origin)
        _note_heads(found, part.heads, leaves, block)
    return found


def _parts(rows: Sequence[Row], first: int, section: Section) -> Iterator[_Part]:
    """Heads with the figures under them, from the first head on; a sentence between them ends a part."""
    part = _Part()
    for number, row in enumerate(rows, first):
        listed = tokens(row, number, lexicon(section))
        if any(token.kind == "words" and len(token.text) > _LONGEST_HEAD for token in listed):
            yield part
            part = _Part()
            continue
        for token in listed:
            head = token.kind in ("label", "words")
            if head and part.figures:
                yield part
                part = _Part()
            if head and (part.heads or token.kind == "label"):
                part.heads.append(token)
            elif not head and part.heads:
                part.tail.append(token)
    yield part


def _in_rows(tail: Sequence[Token]) -> list[Token]:
    """A tail without the blanks of the rows of heads, where figures share a row."""
    counts = Counter(token.row for token in tail if token.kind == "figure")
    if counts and max(counts.values()) > 1:
        return [token for token in tail if token.row in counts]
    return list(tail)


def _is_there(parts: Sequence[_Part]) -> bool:
    told = [token for part in parts for token in part.heads if token.kind == "label"]
    return len({token.text for token in told}) >= _LEAST


def _groups(heads: Sequence[Token], block: Block) -> list[Line]:
    """The groups of columns that heads name, in their order: those just above the columns."""
    found: dict[str, Line] = {}
    for token in heads:
        for meaning in token.meanings:
            line = meaning.line
            if line and line.is_group and any(not child.is_group for child in block.columns.children(line.key)):
                found.setdefault(line.key, line)
    return list(found.values())


def _leaves(heads: Sequence[Token], block: Block) -> tuple[Line, ...]:
    """The columns that a run of figures is about: those of the groups named above it, all if none is named."""
    named = {line.key for line in _groups(heads, block)}
    if not named:
        return block.columns.leaves
    return tuple(leaf for leaf in block.columns.leaves if leaf.parent in named)


def _agree(heads: Sequence[Token], leaves: Sequence[Line], block: Block) -> bool:
    """Whether the heads stand in the order of the form, as far as they can be read."""
    if not _in_order(heads, block):
        return False
    below = _below(heads, leaves, block)
    if len(below) == len(leaves):
        return all(
            token.kind != "label" or words(token.text) == plain(leaf.label)
            for token, leaf in zip(below, leaves, strict=True)
        )
    return _go_round([words(token.text) for token in below if token.kind == "label"], leaves)


def _in_order(heads: Sequence[Token], block: Block) -> bool:
    """Whether the headings of each level stand in the order of the form."""
    seen = [meaning.line for token in heads for meaning in token.meanings if meaning.line and meaning.line.is_group]
    order = {line.key: n for n, line in enumerate(block.columns.lines)}
    levels: dict[int, list[int]] = {}
    for key in dict.fromkeys(line.key for line in seen):
        levels.setdefault(len(block.columns.path(key)), []).append(order[key])
    return all(level == sorted(level) for level in levels.values())


def _go_round(seen: Sequence[str], leaves: Sequence[Line]) -> bool:
    """Whether heads, some of them missing, go through the same columns in the same order, once for each group."""
    groups = [list(group) for _, group in groupby(leaves, key=lambda leaf: leaf.parent)]
    order = {plain(leaf.label): n for n, leaf in enumerate(groups[0])}
    turns = [order[text] for text in seen if text in order]
    rounds = 1 + sum(after <= before for before, after in pairwise(turns))
    return not turns or rounds == len(groups)


def _below(heads: Sequence[Token], leaves: Sequence[Line], block: Block) -> list[Token]:
    """The heads of single columns, each once: one that spans rows may be repeated in the next."""
    groups = {plain(line.label) for line in block.columns.lines if line.is_group}
    own = [
        token
        for token in heads
        if words(token.text) not in groups
        and (token.kind == "label" or any(is_cut(token.text, leaf) for leaf in block.columns.leaves))
    ]
    once = list({(token.text, token.pieces[0].left): token for token in own}.values())
    return once if len(once) == len(leaves) < len(own) else own


def _cells(part: _Part, leaves: Sequence[Line], rows: Sequence[Row], first: int) -> list[Token] | None:
    """A token for each column: all figures in order, or as many cells, blanks shown, as there are columns."""
    figures, tail = part.figures, _in_rows(part.tail)
    at = [n for n, token in enumerate(tail) if token.kind == "figure"]
    if len(figures) == len(leaves):
        return figures if at[-1] - at[0] == len(at) - 1 else None
    seen = all(rows[token.row - first].division != "spaces" for token in tail)
    return tail if seen and len(tail) == len(leaves) else None


def _note_heads(found: Reading, heads: Sequence[Token], leaves: Sequence[Line], block: Block) -> None:
    """Heads that are cut off or worded otherwise, where each can be told by its place."""
    below = _below(heads, leaves, block)
    if len(below) != len(leaves):
        return
    for token, leaf in zip(below, leaves, strict=True):
        if words(token.text) != plain(leaf.label):
            near = is_cut(token.text, leaf)
            label = Label(block.table, "column", leaf.key, token.text, near=near)
            found.labels.append((label, token.pieces[0].origin))
