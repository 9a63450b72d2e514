"""The notice as data: forms, their sections, tables and relations, read from ``forms/*.toml``.

A form lists its sections in printed order. A section without blocks is narrative; one with blocks is a table, and
its key is the table's key. A block is one head with its rows: a forest of column lines over a forest of row lines,
each given flat, in printed order. A line's parent is ``in``, or else the line whose key is its longest dotted prefix.
``kind``: ``group`` has no cells of its own; ``count`` a number of 件, ``change`` a signed number of 项, or of what the
``unit`` of the column says; ``money`` a Decimal in ``unit``.
``name`` is the short word a filer writes in ``{{ }}``. A relation says that sum(left) ``op`` sum(right) of lines,
once for each line that crosses them; with ``total`` its right side is computed, and so becomes a formula.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, NamedTuple

Kind = Literal["count", "change", "money", "group"]
Operator = Literal["=", ">="]
LAST_YEAR = 2099  # of a report; the first is that of the first notice


class Key(NamedTuple):
    """The name of one cell: ``requests/carried_in/total``; the same meaning keeps its key in every form."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}/{self.row}/{self.column}"

    @classmethod
    def parse(cls, text: str) -> Key:
        table, row, column = text.split("/")
        return cls(table, row, column)


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a block, or a heading over several (``kind == "group"``)."""

    key: str
    label: str
    name: str
    kind: Kind = "count"
    unit: str = ""
    help: str = ""
    article: str = ""
    parent: str | None = None

    @property
    def is_group(self) -> bool:
        return self.kind == "group"


@dataclass(frozen=True)
class Axis:
    """The lines of one side of a block, in printed order."""

    lines: tuple[Line, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Line]:
        return {line.key: line for line in self.lines}

    @cached_property
    def leaves(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_group)

    def children(self, key: str | None) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.parent == key)

    def leaves_under(self, key: str) -> tuple[Line, ...]:
        """The leaves of a heading, however deep; of a leaf, itself."""
        if not self.by_key[key].is_group:
            return (self.by_key[key],)
        return tuple(leaf for child in self.children(key) for leaf in self.leaves_under(child.key))

    def path(self, key: str) -> tuple[Line, ...]:
        """A line with the headings above it, outermost first."""
        line = self.by_key[key]
        return (line,) if line.parent is None else (*self.path(line.parent), line)

    @cached_property
    def depth(self) -> int:
        return max((len(self.path(line.key)) for line in self.lines if line.label), default=0)


@dataclass(frozen=True)
class Block:
    """One head with its rows. ``caption`` is the line above it, ``corner`` what stands where labels and heads meet."""

    table: str
    caption: str
    corner: str
    columns: Axis
    rows: Axis

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        return tuple(Key(self.table, row.key, column.key) for row in self.rows.leaves for column in self.columns.leaves)


@dataclass(frozen=True, slots=True)
class Relation:
    """sum(left) ``op`` sum(right) over lines of one axis, once for each line that crosses them."""

    code: str
    text: str
    of: Literal["rows", "columns"]
    left: tuple[str, ...]
    op: Operator
    right: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One relation on one crossing line: the cells that must agree. A live check in the sheet and a case of a rule."""

    relation: Relation
    crossing: Line
    left: tuple[Key, ...]
    right: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return self.left + self.right


@dataclass(frozen=True)
class Section:
    """A part of the report, in printed order: narrative, or a table with the prose that stands before it."""

    key: str
    sheet: str
    heading: str
    guide: str
    landscape: bool
    aspects: tuple[str, ...]
    blocks: tuple[Block, ...]
    relations: tuple[Relation, ...]

    def __hash__(
        self,
    ) -> int:  # a section is a key of many caches: hashing its every line would cost more than they save
        return hash((self.key, self.heading))

    @property
    def is_table(self) -> bool:
        return bool(self.blocks)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        return tuple(key for block in self.blocks for key in block.keys)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        return tuple(check for relation in self.relations for check in self._instances(relation))

    def _instances(self, relation: Relation) -> Iterator[Check]:
        for block in self.blocks:
            along, across = (block.rows, block.columns) if relation.of == "rows" else (block.columns, block.rows)
            if not set(relation.left + relation.right) <= set(along.by_key):
                continue
            for crossing in across.leaves:
                if relation.of == "rows":
                    left, right = (
                        tuple(Key(self.key, k, crossing.key) for k in side) for side in (relation.left, relation.right)
                    )
                else:
                    left, right = (
                        tuple(Key(self.key, crossing.key, k) for k in side) for side in (relation.left, relation.right)
                    )
                yield Check(relation, crossing, left, right)


@dataclass(frozen=True)
class Cell:
    """What the form says of one key: its block, its row and its column."""

    key: Key
    block: Block
    row: Line
    column: Line

    @property
    def kind(self) -> Kind:
        return self.column.kind if self.column.kind != "count" else self.row.kind

    @property
    def unit(self) -> str:
        """The unit the figure is stated in: that of the column, else 件, of a change 项; money may have none."""
        if self.kind == "money" or self.column.unit:
            return self.column.unit
        return "件" if self.kind == "count" else "项"

    @property
    def name(self) -> str:
        """What the filer writes between braces: ``本年新收.总计``, ``行政复议.结果维持``."""
        if self.row.name:
            return f"{self.row.name}.{self.column.name}"
        return f"{self.block.columns.path(self.column.key)[-2].name}.{self.column.name}"

    @property
    def words(self) -> str:
        """Row and column as they are printed: ``二、上年结转政府信息公开申请数量 · 总计``."""
        columns = [line.label for line in self.block.columns.path(self.column.key) if line.parent or not self.row.label]
        column = "·".join(columns) if columns else self.column.label
        return f"{self.row.label}／{column}" if self.row.label else column


@dataclass(frozen=True)
class Form:
    """One notice: its sections in printed order and every cell by key."""

    form: str
    notice: str
    since: int
    until: int | None
    title: str
    sections: tuple[Section, ...]

    @cached_property
    def tables(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.is_table)

    @cached_property
    def by_key(self) -> Mapping[str, Section]:
        return {section.key: section for section in self.sections}

    @cached_property
    def cells(self) -> Mapping[Key, Cell]:
        """Every cell of the form, in printed order."""
        return {
            key: Cell(key, block, block.rows.by_key[key.row], block.columns.by_key[key.column])
            for table in self.tables
            for block in table.blocks
            for key in block.keys
        }

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        return tuple(check for table in self.tables for check in table.checks)

    @cached_property
    def totals(self) -> Mapping[Key, Check]:
        """Cells that are computed, each with the check whose left side it sums; where two apply, the column's own."""
        found: dict[Key, Check] = {}
        for check in self.checks:
            if check.relation.total:
                found.setdefault(check.right[0], check)
        return found

    @cached_property
    def inputs(self) -> tuple[Key, ...]:
        """Cells a filer types, in printed order."""
        return tuple(key for key in self.cells if key not in self.totals)

    def fits(self, year: int) -> bool:
        """Whether the notice was in force for reports of this year."""
        return self.since <= year and (self.until is None or year <= self.until)


def _axis(lines: list[dict[str, Any]]) -> Axis:
    keys = [line["key"] for line in lines]

    def parent(line: dict[str, Any]) -> str | None:
        if "in" in line:
            return str(line["in"])
        prefixes = (line["key"].rsplit(".", n)[0] for n in range(1, line["key"].count(".") + 1))
        return next((prefix for prefix in prefixes if prefix in keys), None)

    return Axis(tuple(Line(**{k: v for k, v in line.items() if k != "in"}, parent=parent(line)) for line in lines))


def _section(data: dict[str, Any]) -> Section:
    blocks = tuple(
        Block(data["key"], b.get("caption", ""), b.get("corner", ""), _axis(b["columns"]), _axis(b["rows"]))
        for b in data.get("block", [])
    )
    relations = tuple(
        Relation(r["code"], r["text"], r["of"], tuple(r["left"]), r["op"], tuple(r["right"]), r.get("total", False))
        for r in data.get("relation", [])
    )
    return Section(
        data["key"],
        data["sheet"],
        data.get("heading", ""),
        data.get("guide", ""),
        data.get("landscape", False),
        tuple(data.get("aspects", [])),
        blocks,
        relations,
    )


@cache
def load_form(form: str) -> Form:
    """The form of a notice by its name, ``"2019"`` or ``"2021"``. Raises KeyError for a name that no file bears."""
    path = files("gia_xlsx") / "forms" / f"{form}.toml"
    if form not in form_names():
        raise KeyError(form)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sections = tuple(_section(section) for section in data["section"])
    return Form(data["form"], data["notice"], data["since"], data.get("until"), data["title"], sections)


@cache
def form_names() -> tuple[str, ...]:
    """The names of the forms at hand, oldest first."""
    names = (entry.name.removesuffix(".toml") for entry in (files("gia_xlsx") / "forms").iterdir())
    return tuple(sorted(name for name in names if name.isdigit()))


def first_year() -> int:
    """The first report year of the first notice."""
    return load_form(form_names()[0]).since


def form_for_year(year: int) -> Form:
    """The form in force for reports of a year; years before the first notice get the first."""
    forms = [load_form(name) for name in form_names()]
    return next((form for form in forms if form.fits(year)), forms[0])
