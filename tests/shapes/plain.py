"""Specimens in plain text and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.seeds import SEEDS, load_seed
from tests.shapes import damage, text
from tests.shapes.model import Page, Specimen, page, specimen
from tests.shapes.reports import made

FORMS = ("2021", "2019")
NAMED = [f"列{n + 1}" for n in range(20)]


def plain() -> Iterator[Specimen]:
    yield from _seeds()
    yield from _cell_a_line()
    yield from _row_a_line()
    yield from _tabs()
    yield from _markdown()
    yield from _drawn()
    yield from _apart()


def shape(
    name: str,
    page: Page,
    sheet: text.Sheet,
    why: str,
    *,
    suffix: str = ".txt",
    encoding: str = "utf-8",
    prose: bool = True,
    gap: bool = False,
) -> Specimen:
    data = text.render(page, sheet, gap=gap).encode(encoding)
    return specimen(name, suffix, page, data, why, prose=prose)


def _seeds() -> Iterator[Specimen]:
    sheets = (text.pipes, text.piped, text.piped, text.pipe_before, text.out_dented)
    for seed, sheet in zip(SEEDS, sheets, strict=True):
        where = page(load_seed(seed))
        yield shape(
            f"seed {seed} again", where, sheet, "the real report in the damage that it was found in", gap=seed == "004"
        )
        yield shape(f"seed {seed} bare", where, text.bare, "the real report saved by a browser as text, a cell a line")


def _cell_a_line() -> Iterator[Specimen]:
    for form in FORMS:
        full, holes = page(made(form, 1, wrong=1)), page(made(form, 2, blanks=7, dashes=4))
        yield shape(f"cells bare {form}", full, text.bare, "a scraper's get_text with a line break between cells")
        yield shape(f"cells bare gaps {form}", full, text.bare, "the same with an empty line between blocks", gap=True)
        yield shape(f"cells bare blanks kept {form}", holes, text.bare, "an empty cell leaves an empty line")
        yield shape(
            f"cells bare blanks dropped {form}",
            damage.without_blanks(holes),
            text.bare,
            "empty lines stripped: a row with a blank has six figures for seven columns",
        )
        yield shape(f"cells piped {form}", page(made(form, 3)), text.piped, "seed 001: a pipe after each cell")
        yield shape(f"cells piped blanks {form}", holes, text.piped, "seed 002: a blank cell is a pipe on its own")
        yield shape(
            f"pipe lines between {form}", page(made(form, 4)), text.pipe_between, "separators as lines of their own"
        )
        yield shape(
            f"pipe before rows {form}", page(made(form, 5)), text.pipe_before, "seed 003: a pipe opens each row"
        )
        lost = damage.labels_lost(page(made(form, 6)), ("refused", "unavailable", "unprocessed"), "0")
        yield shape(f"labels zero {form}", lost, text.piped, "seed 002: 0 pasted over the labels of whole groups")


def _row_a_line() -> Iterator[Specimen]:
    for form in FORMS:
        holes = page(made(form, 8, blanks=6, dashes=5))
        yield shape(
            f"rows piped {form}", page(made(form, 7, wrong=2)), text.pipes, "seed 000: spans as pipes at the end"
        )
        yield shape(f"rows piped blanks {form}", holes, text.pipes, "the same; a blank stands between two pipes")
        yield shape(f"rows spaced {form}", page(made(form, 9)), text.spaced, "pdftotext without -layout: single spaces")
        yield shape(
            f"rows spaced blanks dropped {form}",
            damage.without_blanks(holes),
            text.spaced,
            "single spaces swallow blank cells",
        )
        lost = damage.labels_lost(page(made(form, 10)), ("refused", "unavailable"), "")
        yield shape(
            f"rows spaced labels empty {form}", lost, text.spaced, "labels of whole groups are pictures or gone"
        )
    gone = damage.labels_lost(page(made("2021", 11)), ("refused",), "")
    gone = damage.row_missing(gone, "outcome.refused.process", "outcome.refused.")
    yield shape("labels gone, a row too few", gone, text.pipes, "seven unlabelled rows under a heading that has eight")
    yield shape(
        "glued figures",
        damage.glued(page(made("2021", 12, dense=True))),
        text.glued,
        "columns lost without a trace: 12034 is any of many splits, only a single figure stands clear",
    )


def _tabs() -> Iterator[Specimen]:
    for form in FORMS:
        holes = page(made(form, 13, blanks=6, dashes=4))
        yield shape(f"tabs of a browser {form}", holes, text.tabbed, "copied from a page: spans leave nothing behind")
        yield shape(
            f"tabs of a spreadsheet {form}", holes, text.sheet_copy, "copied from a sheet: spans leave empty cells"
        )
        yield shape(f"tabs out-dented {form}", page(made(form, 14)), text.out_dented, "seed 004: one column too many")
        yield shape(f"commas {form}", page(made(form, 15, blanks=3)), text.csv_like, "a sheet saved as CSV and pasted")
    columns = damage.column_missing(page(made("2021", 16)), "legal.law")
    yield shape("a column missing", columns, text.tabbed, "an office left 法律服务机构 out, head and figures")
    yield shape(
        "total column missing",
        damage.column_missing(page(made("2019", 16)), "total"),
        text.sheet_copy,
        "no 总计 column",
    )
    yield shape("total column first", damage.total_first(page(made("2021", 17))), text.sheet_copy, "总计 before 自然人")
    yield shape(
        "stock column first",
        damage.stock_first(page(made("2021", 18))),
        text.tabbed,
        "现行有效件数 before 本年制发件数",
    )
    for n, name in enumerate(("middle", "end")):
        row = page(made("2021", 19 + n))
        cut = damage.cell_missing(row, {("requests", "received"): 2 if n == 0 else 5, ("cases", "count"): 7})
        yield shape(f"figure missing in the {name}", cut, text.tabbed, "a row typed with a figure too few")
    extra = damage.cell_extra(page(made("2021", 21)), {("requests", "outcome.granted"): 2, ("cases", "count"): 3}, "7")
    yield shape("figure too many", extra, text.tabbed, "a row typed with a figure too many")
    single = page(made("2021", 22), single_other=True)
    yield shape("23 rows, tabs", single, text.tabbed, "form 2021 with the single row (六)其他处理 of form 2019")
    yield shape("23 rows, cells", single, text.piped, "the same, a cell a line")
    yield shape(
        "23 rows, bare", page(made("2021", 23, wrong=1), single_other=True), text.bare, "the same without pipes"
    )


def _markdown() -> Iterator[Specimen]:
    md = partial(shape, suffix=".md")
    for form in FORMS:
        holes = page(made(form, 24, blanks=5, dashes=3))
        yield md(f"markdown {form}", holes, text.markdown, "a converter that takes the first row for the head")
        yield md(
            f"markdown padded {form}",
            page(made(form, 25)),
            text.padded_markdown,
            "the same, columns padded and centred",
        )
        named = lambda grid: text.markdown(grid, NAMED[: grid.width])  # noqa: E731
        yield md(f"markdown named columns {form}", page(made(form, 26)), named, "a converter that makes up 列1, 列2")
        numbered = lambda grid: text.markdown(grid, [str(n) for n in range(grid.width)], repeat=True)  # noqa: E731
        yield md(f"markdown numbered repeated {form}", holes, numbered, "pandas: heads 0 1 2, spanned words repeated")
        yield md(
            f"markdown in pieces {form}", page(made(form, 27)), text.markdown_pieces, "a table cut at each page, 续表"
        )
        hashed = damage.headings(page(made(form, 28)), "## {}")
        yield md(f"markdown headings {form}", hashed, text.markdown, "section titles as Markdown headings")
    nan = lambda grid: text.markdown(grid, [f"Unnamed: {n}" for n in range(grid.width)], filler="NaN")  # noqa: E731
    yield md("markdown nan", page(made("2021", 29)), nan, "pandas: covered cells are NaN, heads Unnamed: 0")
    bold = damage.headings(damage.labels(page(made("2021", 30)), lambda t: f"**{t}**" if t else ""), "**{}**")
    yield md("markdown bold", bold, text.markdown, "a converter that keeps bold heads and labels")


def _drawn() -> Iterator[Specimen]:
    for form in FORMS:
        holes = page(made(form, 31, blanks=5, dashes=3))
        for at, middle in (("first", True), ("middle", True), ("last", False)):
            sheet = partial(text.aligned, at=at, middle=middle)
            yield shape(f"aligned {at} {form}", holes, sheet, "pdftotext -layout: columns by spaces, labels broken")
        thin = partial(text.aligned, at="middle", narrow=True)
        yield shape(f"aligned narrow {form}", page(made(form, 32)), thin, "the same with one space between figures")
        yield shape(
            f"box drawing {form}", page(made(form, 33, blanks=3)), text.boxed, "a print of an old office system"
        )
    wrapped = damage.hard_wrapped(page(made("2021", 34)), 56)
    yield shape("aligned, prose wrapped", wrapped, text.aligned, "pdftotext: prose cut into lines as well", prose=False)
    paged = damage.between_rows(page(made("2021", 35)), lambda n: f"\f{' ' * 40}— {n} —", 7)
    yield shape(
        "aligned, page numbers", paged, partial(text.aligned, middle=False), "form feeds and page numbers between rows"
    )


def _apart() -> Iterator[Specimen]:
    for form in FORMS:
        yield shape(
            f"labels first {form}", page(made(form, 36)), text.labels_apart, "labels and figures in two text boxes"
        )
        yield shape(
            f"column by column {form}", page(made(form, 37)), text.columns_apart, "a table read column by column"
        )
