"""A page before it is damaged: parts of prose and grids, whose keyed cells are the truth of the specimen made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from gia_xlsx.form import Key, Section, load_form
from gia_xlsx.grid import boxes, shape
from gia_xlsx.report import Paragraph, Report


@dataclass(frozen=True)
class Specimen:
    """A damaged source and what it shows.

    ``truth`` holds the words that stand in each cell of the form: '' where a cell is shown and empty, None where it is
    not shown or no honest reader could place it. ``paragraphs`` is all the prose of the report, in printed order, where
    it must come out word for word (``\\n`` where a paragraph or a heading on its own ends), else empty. ``organ`` ''
    and ``year`` None claim nothing.
    """

    name: str
    suffix: str
    data: bytes
    form: str
    truth: Mapping[Key, str | None]
    why: str
    paragraphs: tuple[tuple[str, str], ...] = ()
    organ: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where it begins; ``role`` as in ``gia_xlsx.grid``; ``line`` is the row or column a label belongs to."""

    text: str
    left: int
    width: int = 1
    height: int = 1
    role: str = "cell"
    line: str = ""
    key: Key | None = None


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for each row the cells that begin in it; the first ``labels`` columns hold row labels."""

    rows: tuple[Row, ...]
    width: int
    labels: int

    @property
    def is_ours(self) -> bool:
        return any(cell.key for row in self.rows for cell in row)

    @property
    def head(self) -> int:
        """Rows before the first row of figures."""
        return next((n for n, row in enumerate(self.rows) if any(c.role == "cell" for c in row)), len(self.rows))

    def each(self, change: Callable[[Cell], Cell]) -> Grid:
        return replace(self, rows=tuple(tuple(change(cell) for cell in row) for row in self.rows))

    def matrix(self, *, repeat: bool = False, filler: str = "") -> list[list[str]]:
        """Every place of the grid; one that is covered by a neighbour's span holds the filler, or its words again."""
        found = [[filler] * self.width for _ in self.rows]
        for top, row in enumerate(self.rows):
            for cell in row:
                for y in range(top, min(top + cell.height, len(found))):
                    for x in range(cell.left, cell.left + cell.width):
                        found[y][x] = cell.text if repeat or (y, x) == (top, cell.left) else filler
        return found


Content = str | Grid


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its heading, then paragraphs and grids in printed order; a ``\\n`` ends a heading inside a text."""

    key: str
    heading: str
    content: tuple[Content, ...]


@dataclass(frozen=True)
class Page:
    """A whole report as one would print it. What is shown nowhere is '' (or None, the year)."""

    form: str
    title: str
    organ: str
    year: int | None
    parts: tuple[Part, ...]
    signature: str = ""
    date: str = ""
    lost: frozenset[Key] = frozenset()

    @cached_property
    def truth(self) -> Mapping[Key, str | None]:
        """What the page shows of every cell of the form; None for what it does not show, or not placeably."""
        found: dict[Key, str | None] = dict.fromkeys(load_form(self.form).cells)
        for cell in self.cells():
            if cell.key and cell.key not in self.lost:
                found[cell.key] = cell.text
        return found

    @property
    def prose(self) -> tuple[tuple[str, str], ...]:
        """The paragraphs of our sections, in printed order."""
        return tuple(
            (part.key, text) for part in self.parts if part.key for text in part.content if isinstance(text, str)
        )

    def grids(self) -> Iterator[Grid]:
        """The tables of the form that are on the page."""
        return (grid for part in self.parts for grid in part.content if isinstance(grid, Grid) and grid.is_ours)

    def cells(self) -> Iterator[Cell]:
        return (cell for grid in self.grids() for row in grid.rows for cell in row)

    def each_grid(self, change: Callable[[Grid], Grid]) -> Page:
        """The page with every table of the form changed."""

        def changed(content: Content) -> Content:
            return change(content) if isinstance(content, Grid) and content.is_ours else content

        return self.each_part(lambda part: replace(part, content=tuple(changed(c) for c in part.content)))

    def each_cell(self, change: Callable[[Cell], Cell]) -> Page:
        return self.each_grid(lambda grid: grid.each(change))

    def each_part(self, change: Callable[[Part], Part]) -> Page:
        return replace(self, parts=tuple(change(part) for part in self.parts))

    def losing(self, keys: frozenset[Key]) -> Page:
        return replace(self, lost=self.lost | keys)


def page(report: Report, *, single_other: bool = False, title: bool = True) -> Page:
    """A report as a page; ``single_other`` prints table three of form 2021 with the one row (六)其他处理 of 2019."""
    parts = []
    for section in report.form.sections:
        content: list[Content] = [printed(paragraph) for paragraph in report.in_section(section.key)]
        if section.is_table:
            content.append(_grid(report, section, single_other and section.key == "requests"))
        parts.append(Part(section.key, report.heading(section.key), tuple(content)))
    shown = report.cover.title if title else ""
    return Page(
        report.form.form,
        shown,
        report.organ if report.organ in shown or report.organ == report.cover.signature else "",
        report.year if shown else None,
        tuple(parts),
        report.cover.signature,
        report.cover.date,
    )


def printed(paragraph: Paragraph) -> str:
    """Heading and text as they stand on paper."""
    glue = "" if paragraph.runs_in or not paragraph.heading or not paragraph.text else "\n"
    return paragraph.heading.strip() + glue + paragraph.text.strip()


def _grid(report: Report, section: Section, single_other: bool) -> Grid:
    laid = load_form("2019").by_key["requests"] if single_other else section
    found = {(label.axis, label.line): label.found for label in report.labels if label.table == section.key}
    rows: list[list[Cell]] = [[] for _ in range(shape(laid).rows)]
    for box in boxes(laid):
        key, text = box.key, box.text
        if key:
            if single_other and key.row == "outcome.other":
                key = key._replace(row="outcome.other.other")
            text = report.facts[key].raw
        line = box.line.key if box.line else ""
        if line:
            text = found.get(("column" if box.role == "head" else "row", line), text)
        rows[box.top].append(Cell(text, box.left, box.width, box.height, box.role, line, key))
    return Grid(tuple(tuple(row) for row in rows), shape(laid).width, shape(laid).labels)


def table(rows: list[list[str]], labels: int = 1) -> Grid:
    """A table that is none of the form's."""
    heads = [[Cell(text, n, role="head") for n, text in enumerate(rows[0])]]
    body = [[Cell(text, n, role="label" if n < labels else "cell") for n, text in enumerate(row)] for row in rows[1:]]
    return Grid(tuple(tuple(row) for row in heads + body), len(rows[0]), labels)


def is_label(text: str) -> bool:
    """Whether a text of a table is words enough to be broken: no figure, not even one with its unit."""
    return sum(char >= "一" for char in text) > 3


def specimen(name: str, suffix: str, page: Page, data: bytes, why: str, *, prose: bool = True) -> Specimen:
    """A rendered page with its truth; without ``prose`` its paragraphs need not come out word for word."""
    paragraphs = page.prose if prose else ()
    return Specimen(name, suffix, data, page.form, page.truth, why, paragraphs, page.organ, page.year)
