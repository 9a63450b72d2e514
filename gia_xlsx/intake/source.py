"""What a reader hands over: the words of a published report in reading order, with their places. No form is known here.

A reader turns one kind of file into a ``Source``; ``recognise`` turns that into a report and knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in a source something stood, everything counted from 1; 0 where it does not apply.

    Of running text: ``line``. Of a table: ``table``, ``row``, ``column``. Of a PDF, ``page`` besides.
    """

    line: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    page: int = 0

    def as_json(self) -> dict[str, int]:
        """``{"line": 41}``, ``{"table": 2, "row": 5, "column": 3}``."""
        pairs = {name: getattr(self, name) for name in ("page", "line", "table", "row", "column")}
        return {name: number for name, number in pairs.items() if number}

    def __str__(self) -> str:
        words = (("第{}页", self.page), ("第{}行", self.line), ("第{}张表", self.table), ("第{}行", self.row))
        return "".join(form.format(number) for form, number in (*words, ("第{}格", self.column)) if number)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of running text, or one line of a plain text.

    ``lead`` is how many characters at its start are set apart (bold); ``level`` is that of a heading, 1 to 6, 0 for
    text; ``path`` names the containers it stands in, outermost first, so that neighbours in the page can be told from
    strangers; ``aligned`` says that runs of spaces in it may hold columns.
    """

    text: str
    origin: Origin
    lead: int = 0
    level: int = 0
    path: tuple[int, ...] = ()
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what stands in it, the column of the grid it begins in (from 0), and what it spans."""

    text: str
    left: int
    origin: Origin
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as laid out: for each row the cells that begin in it, from left to right, empty ones included."""

    rows: tuple[tuple[Cell, ...], ...]
    origin: Origin
    path: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        return max((cell.left + cell.width for row in self.rows for cell in row), default=0)


Block = Line | Table


@dataclass(frozen=True)
class Source:
    """A whole source. ``kind`` is what it is in the filer's words (网页, Word 文档, PDF, 文本).

    ``meta`` holds what the file says of itself: ``title``, ``organ``, ``site``, ``keywords``. ``notes`` are clean-ups
    that the reader made; ``furniture`` is what it took for page furniture (running heads, page numbers) and left out.
    """

    name: str
    kind: str
    blocks: tuple[Block, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, Origin], ...] = ()
    furniture: tuple[tuple[str, Origin], ...] = ()

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))
