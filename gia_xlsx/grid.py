"""Where each label and each cell of a table sits on the printed form, as boxes on a grid that starts at 0, 0.

Writer, reader, HTML and DOCX all walk ``boxes(section)``, so the cell that is written is the cell that is read and
the cell that is printed. Labels stand left of the cells; each block stands under the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from gia_xlsx.form import Axis, Block, Key, Line, Section

Role = Literal["caption", "corner", "head", "label", "cell"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the printed table: a caption, the corner, a head, a row label (``line``), or a cell (``key``)."""

    role: Role
    block: int
    top: int
    left: int
    height: int
    width: int
    text: str = ""
    line: Line | None = None
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a table: columns that hold labels, columns that hold cells, rows in all."""

    labels: int
    cells: int
    rows: int

    @property
    def width(self) -> int:
        return self.labels + self.cells


@cache
def shape(section: Section) -> Shape:
    labels = max(block.rows.depth for block in section.blocks)
    cells = max(len(block.columns.leaves) for block in section.blocks)
    return Shape(labels, cells, sum(height(block) for block in section.blocks))


def height(block: Block) -> int:
    """Rows that a block takes: its caption, its heads and its own rows."""
    return bool(block.caption) + block.columns.depth + len(block.rows.leaves)


@cache
def boxes(section: Section) -> tuple[Box, ...]:
    """Every box of a table section, from top to bottom and from left to right within a block."""
    size = shape(section)
    found: list[Box] = []
    top = 0
    for index, block in enumerate(section.blocks):
        found.extend(_block(block, index, top, size))
        top += height(block)
    return tuple(sorted(found, key=lambda box: (box.top, box.left)))


def _block(block: Block, index: int, top: int, size: Shape) -> Iterator[Box]:
    if block.caption:
        yield Box("caption", index, top, 0, 1, size.width, block.caption)
        top += 1
    heads = block.columns.depth
    if size.labels:
        yield Box("corner", index, top, 0, heads, size.labels, block.corner)
    columns = {}
    for line, level, first, count, stretch in _spans(block.columns, heads):
        left, width = size.labels + first, count
        if first + count == len(block.columns.leaves):  # the last column fills what is left of the frame
            width = size.cells - first
        if not line.is_group:
            columns[line.key] = (left, width)
        yield Box("head", index, top + level, left, stretch, width, line.label, line)
    top += heads
    rows = {}
    for line, level, first, count, stretch in _spans(block.rows, size.labels):
        if not line.is_group:
            rows[line.key] = top + first
        if line.label:
            yield Box("label", index, top + first, level, count, stretch, line.label, line)
    for key in block.keys:
        left, width = columns[key.column]
        yield Box("cell", index, rows[key.row], left, 1, width, key=key)


def _spans(axis: Axis, depth: int) -> Iterator[tuple[Line, int, int, int, int]]:
    """Each line with its level, its first leaf, its leaves, and how many levels it stretches over."""
    order = {leaf.key: n for n, leaf in enumerate(axis.leaves)}
    for line in axis.lines:
        leaves = axis.leaves_under(line.key)
        level = len(axis.path(line.key)) - 1
        yield line, level, order[leaves[0].key], len(leaves), 1 if line.is_group else depth - level
