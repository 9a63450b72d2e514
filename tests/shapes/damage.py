"""What befalls a page before it is rendered: figures and labels lost, moved or dressed, strangers put beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gia_xlsx.form import Key
from tests.shapes.model import Cell, Content, Grid, Page, Part, Row, table
from tests.shapes.text import wrap


def without_blanks(page: Page) -> Page:
    """Empty cells fall out of the flow; which of its cells a shortened row lacks, nobody can tell."""
    lost = {key for row in _rows(page) if any(not c.text for c in row) and len(row) > 1 for key in _keys(row)}

    def dropped(grid: Grid) -> Grid:
        return replace(grid, rows=tuple(tuple(cell for cell in row if cell.text) for row in grid.rows))

    blank = frozenset(cell.key for cell in page.cells() if cell.key and not cell.text)
    return page.each_grid(dropped).losing(frozenset(lost) | blank)


def cell_missing(page: Page, at: Mapping[tuple[str, str], int]) -> Page:
    """Rows, by table and key, that lack their n-th figure: its neighbours have no place of their own any more."""

    def cut(row: Row) -> Row:
        figures = [cell for cell in row if cell.key]
        gap = at.get((figures[0].key.table, figures[0].key.row)) if figures and figures[0].key else None
        return row if gap is None else tuple(cell for cell in row if cell is not figures[gap])

    lost = frozenset(cell.key for cell in page.cells() if cell.key and (cell.key.table, cell.key.row) in at)
    return page.each_grid(lambda grid: replace(grid, rows=tuple(cut(row) for row in grid.rows))).losing(lost)


def cell_extra(page: Page, at: Mapping[tuple[str, str], int], text: str) -> Page:
    """Rows with a figure too many after their n-th."""

    def grown(row: Row) -> Row:
        figures = [cell for cell in row if cell.key]
        gap = at.get((figures[0].key.table, figures[0].key.row)) if figures and figures[0].key else None
        if gap is None:
            return row
        index = row.index(figures[gap]) + 1
        return (*row[:index], replace(figures[gap], text=text, key=None), *row[index:])

    lost = frozenset(cell.key for cell in page.cells() if cell.key and (cell.key.table, cell.key.row) in at)
    return page.each_grid(lambda grid: replace(grid, rows=tuple(grown(row) for row in grid.rows))).losing(lost)


def labels_lost(page: Page, groups: tuple[str, ...], text: str) -> Page:
    """All labels under some headings of table three overwritten: seed 002 has 0 there."""

    def over(cell: Cell) -> Cell:
        mine = cell.role == "label" and any(cell.line.startswith(f"outcome.{group}.") for group in groups)
        return replace(cell, text=text) if mine else cell

    return page.each_cell(over)


def row_missing(page: Page, row: str, vague: str = "") -> Page:
    """A row is not there; with ``vague`` the rows whose keys start so have no labels, and so no place either."""
    lost = {c.key for c in page.cells() if c.key and (c.key.row == row or (vague and c.key.row.startswith(vague)))}

    def cut(grid: Grid) -> Grid:
        gone = [n for n, cells in enumerate(grid.rows) if any(c.key and c.key.row == row for c in cells)]
        rows = []
        for top, cells in enumerate(grid.rows):
            if top not in gone:
                spanned = (sum(top < n < top + cell.height for n in gone) for cell in cells)
                rows.append(tuple(replace(c, height=c.height - n) for c, n in zip(cells, spanned, strict=True)))
        return replace(grid, rows=tuple(rows))

    return page.each_grid(cut).losing(frozenset(lost))


def column_missing(page: Page, column: str) -> Page:
    """A column of table three is not there; the heads tell which."""

    def cut(grid: Grid) -> Grid:
        left = next((c.left for row in grid.rows for c in row if c.key and c.key.column == column), None)
        if left is None or grid.labels != 3:
            return grid
        rows = []
        for row in grid.rows:
            kept = [c for c in row if (c.left, c.width) != (left, 1)]
            shrunk = (replace(c, width=c.width - 1) if c.left <= left < c.left + c.width else c for c in kept)
            rows.append(tuple(replace(c, left=c.left - (c.left > left)) for c in shrunk))
        return replace(grid, rows=tuple(rows), width=grid.width - 1)

    return page.each_grid(cut)


def total_first(page: Page) -> Page:
    """Table three with its column 总计 before 自然人, in heads and figures alike."""

    def moved(grid: Grid) -> Grid:
        if grid.labels != 3:
            return grid
        first, last = grid.labels, grid.width - 1

        def place(cell: Cell) -> Cell:
            if cell.left == last:
                return replace(cell, left=first)
            inside = first <= cell.left < last and cell.width < grid.width - grid.labels
            return replace(cell, left=cell.left + 1) if inside else cell

        return _sorted(grid.each(place))

    return page.each_grid(moved)


def stock_first(page: Page) -> Page:
    """Table two with the last column of its first block, 现行有效件数, before the others."""

    def moved(grid: Grid) -> Grid:
        if grid.labels != 1:
            return grid
        rows = [
            tuple(replace(c, left=1 + c.left % 3) if c.left and n < 4 else c for c in row)
            for n, row in enumerate(grid.rows)
        ]
        return _sorted(replace(grid, rows=tuple(rows)))

    return page.each_grid(moved)


def _sorted(grid: Grid) -> Grid:
    return replace(grid, rows=tuple(tuple(sorted(row, key=lambda cell: cell.left)) for row in grid.rows))


def figures(page: Page, change: Callable[[str], str]) -> Page:
    """The figures written otherwise."""
    return page.each_cell(lambda cell: replace(cell, text=change(cell.text)) if cell.role == "cell" else cell)


def labels(page: Page, change: Callable[[str], str]) -> Page:
    """Labels and heads of the tables written otherwise."""
    return page.each_cell(lambda cell: cell if cell.role == "cell" else replace(cell, text=change(cell.text)))


def everything(page: Page, change: Callable[[str], str]) -> Page:
    """Every word of the page written otherwise."""

    def changed(content: Content) -> Content:
        if isinstance(content, str):
            return change(content)
        return content.each(lambda cell: replace(cell, text=change(cell.text)))

    page = page.each_part(lambda p: replace(p, heading=change(p.heading), content=tuple(map(changed, p.content))))
    return replace(page, title=change(page.title), signature=change(page.signature), date=change(page.date))


def retitled(page: Page, headings: Mapping[str, str]) -> Page:
    return page.each_part(lambda part: replace(part, heading=headings.get(part.key, part.heading)))


def ordinals(page: Page, change: Callable[[str, str], str]) -> Page:
    """The number of each section heading written otherwise: ``change(number, rest)``."""
    return page.each_part(
        lambda part: replace(part, heading=change(*part.heading.split("、", 1)) if part.key != "preface" else "")
    )


def beside(page: Page, section: str, before: tuple[Content, ...] = (), after: tuple[Content, ...] = ()) -> Page:
    """Strangers before and after what a section holds."""
    return page.each_part(lambda p: replace(p, content=(*before, *p.content, *after)) if p.key == section else p)


def prose_last(page: Page) -> Page:
    """The prose of a table section after its table."""
    return page.each_part(lambda p: replace(p, content=tuple(sorted(p.content, key=lambda c: isinstance(c, str)))))


def between_rows(page: Page, words: Callable[[int], str], every: int = 9) -> Page:
    """Lines of the page broken into the tables, as where a sheet of paper ends."""

    def broken(grid: Grid) -> Grid:
        breaks = [n for n in range(grid.head + 1, len(grid.rows)) if n % every == 0]
        rows: list[Row] = []
        for n, row in enumerate(grid.rows):
            if n in breaks:
                rows.append((Cell(words(n // every), 0, role="stray"),))
            inside = (sum(n < at < n + cell.height for at in breaks) for cell in row)
            rows.append(tuple(replace(c, height=c.height + more) for c, more in zip(row, inside, strict=True)))
        return replace(grid, rows=tuple(rows))

    return page.each_grid(broken)


def cut_after(page: Page, section: str, rows: int | None) -> Page:
    """The page ends within a section: after so many rows of its table, or before its table where ``rows`` is None."""
    kept: list[Part] = []
    for part in page.parts:
        if part.key != section:
            kept.append(part)
            continue
        content = tuple(c if isinstance(c, str) else replace(c, rows=c.rows[:rows]) for c in part.content)
        kept.append(replace(part, content=tuple(c for c in content if rows is not None or isinstance(c, str))))
        break
    return replace(page, parts=tuple(kept), signature="", date="", organ=page.organ if page.organ in page.title else "")


def without_tables(page: Page, sections: tuple[str, ...]) -> Page:
    return page.each_part(
        lambda p: replace(p, content=tuple(c for c in p.content if isinstance(c, str))) if p.key in sections else p
    )


# Strangers: tables that are none of the form's but speak its words.


def categories() -> Grid:
    """公开条数 by category, with rows named as those of table two."""
    names = ("机构职能", "规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "政府集中采购")
    rows = [[name, str(7001 + 13 * n), f"{3 + n}.{n}%"] for n, name in enumerate(names)]
    return table([["信息类别", "公开条数", "占比"], *rows, ["总计", "56372", "100%"]])


def comparison(year: int) -> Grid:
    """Two years beside each other, with rows named as those of table three."""
    names = (
        "本年新收政府信息公开申请数量",
        "上年结转政府信息公开申请数量",
        "予以公开",
        "部分公开",
        "结转下年度继续办理",
    )
    rows = [[name, str(8101 + 17 * n), str(8201 + 19 * n), f"{n - 2}.5%"] for n, name in enumerate(names)]
    return table([["指标", f"{year - 1}年", f"{year}年", "同比"], *rows])


def stranger(grid: Grid) -> Grid:
    """A table of the form with another year's figures: it speaks of other cells than ours."""
    return grid.each(lambda c: replace(c, text=str(9000 + len(c.text) + c.left), key=None) if c.key else c)


def _rows(page: Page) -> list[list[Cell]]:
    return [[c for c in row if c.key] for grid in page.grids() for row in grid.rows if any(c.key for c in row)]


def _keys(row: list[Cell]) -> list[Key]:
    return [cell.key for cell in row if cell.key]


def glued(page: Page) -> Page:
    """For a rendering without anything between cells: a row of several figures cannot be told apart."""
    return page.losing(frozenset(key for row in _rows(page) if len(row) > 1 for key in _keys(row)))


def headings(page: Page, dress: str) -> Page:
    """Section headings inside other signs, ``## {}``."""
    return page.each_part(lambda part: replace(part, heading=part.heading and dress.format(part.heading)))


def hard_wrapped(page: Page, width: int) -> Page:
    """Prose cut into lines of so many columns."""

    def cut(content: Content) -> Content:
        return (
            content if isinstance(content, Grid) else "\n".join(x for t in content.split("\n") for x in wrap(t, width))
        )

    return page.each_part(lambda part: replace(part, content=tuple(cut(content) for content in part.content)))


def page_with_pictures(page: Page) -> Page:
    """A grid without words wherever a table section has lost its own, for a renderer that draws pictures."""
    blank = table([[""]])
    bare = ("disclosure", "requests", "cases")
    return page.each_part(lambda p: replace(p, content=(*p.content, blank)) if p.key in bare else p)


def upright(cell: Cell) -> Cell:
    """The heading of a group with a break after each character; the break is NUL until the page is written."""
    return replace(cell, text="\x00".join(cell.text)) if cell.role == "label" and cell.height > 1 else cell


def spelled(page: Page, change: Callable[[str], str]) -> Page:
    """Labels and section headings written otherwise, prose as it was."""
    return labels(page, change).each_part(lambda part: replace(part, heading=change(part.heading)))


def contents(page: Page) -> Page:
    """A table of contents in front: every heading once more, with the number of its page."""
    names = [part.heading for part in page.parts if part.heading]
    lines = ("目 录", *(f"{name}{'…' * 12}{n + 1}" for n, name in enumerate(names)))
    return replace(page, parts=(Part("", "", lines), *page.parts))
