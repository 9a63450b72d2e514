"""Specimens in HTML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.seeds import SEEDS, load_seed
from tests.shapes import damage, markup
from tests.shapes.markup import Style, body, document
from tests.shapes.model import Page, Specimen, page, specimen
from tests.shapes.reports import made

FORMS = ("2021", "2019")


def pages() -> Iterator[Specimen]:
    yield from _around()
    yield from _spans()
    yield from _tables()
    yield from _words()
    yield from _figures()


def shape(name: str, page: Page, inside: str, why: str, *, charset: str = "utf-8", prose: bool = True) -> Specimen:
    return specimen(f"html {name}", ".html", page, document(page, inside, charset), why, prose=prose)


def styled(page: Page, **options: object) -> str:
    return body(page, partial(markup.table, style=Style(**options)))  # type: ignore[arg-type]


def _around() -> Iterator[Specimen]:
    for form in FORMS:
        clean = page(made(form, 101))
        yield shape(f"clean {form}", clean, styled(clean, head_cells=True), "a page as an editor should write it")
        clean = page(made(form, 102, blanks=5, dashes=3))
        inside = markup.site(markup.without_title(body(clean)), clean)
        yield shape(f"site {form}", clean, inside, "a whole page: navigation, scripts with table markup, footer")
        clean = page(made(form, 103))
        yield shape(f"gb2312 {form}", clean, body(clean), "an old site: GBK bytes called gb2312", charset="gb2312")
        clean = page(made(form, 104))
        inside = f"<table><tr><td>{markup.without_title(body(clean))}</td></tr></table>"
        inside = f"<tr><td colspan=2>{clean.title}</td></tr><tr><td>专题</td><td>{inside}</td></tr>"
        inside = f'<table width="960">{inside}</table>'
        yield shape(f"layout tables {form}", clean, inside, "pages of before 2010: tables around everything")
    for seed in SEEDS:
        real = page(load_seed(seed))
        yield shape(f"seed {seed}", real, body(real), "a real report as its page must have been")
    clean = page(made("2021", 105))
    data = document(clean, body(clean), "utf-8").decode().encode("gb18030")
    yield specimen(
        "html wrong charset", ".html", clean, data, "GBK bytes that call themselves UTF-8: a mirror of a site"
    )
    data = document(clean, body(clean), "gb2312").replace(b"charset=gb2312", b"")
    yield specimen("html no charset", ".html", clean, data, "GBK bytes that call themselves nothing")
    data = document(clean, body(clean)).split(b"<body>")[1].split(b"</body>")[0]
    yield specimen("html fragment", ".html", clean, data, "what was copied out of the editor's source view")


def _spans() -> Iterator[Specimen]:
    for form in FORMS:
        base = page(made(form, 106, blanks=4, dashes=3))
        shifts = "spans dropped: rows begin with whatever is left"
        yield shape(f"no rowspan {form}", base, styled(base, rowspan=False), shifts)
        yield shape(f"no colspan {form}", base, styled(base, colspan=False), shifts)
        yield shape(f"no spans {form}", base, styled(base, rowspan=False, colspan=False), shifts)
        base = page(made(form, 107, blanks=4))
        grid = styled(base, rowspan=False, colspan=False, fillers=True)
        yield shape(f"fillers {form}", base, grid, "a sheet saved as a page: covered cells are empty cells")
        base = page(made(form, 108))
        yield shape(
            f"spans and fillers {form}", base, styled(base, fillers=True), "spans kept and covered cells not removed"
        )
        base = page(made(form, 109))
        yield shape(
            f"spacer column {form}", base, styled(base, spacer=True), "an empty column between labels and figures"
        )


def _tables() -> Iterator[Specimen]:
    for form in FORMS:
        base = page(made(form, 110, blanks=3))
        yield shape(f"rows apart {form}", base, body(base, markup.rows_apart), "each row a table of its own")
        base = page(made(form, 111))
        yield shape(f"one table {form}", base, markup.one_table(base), "everything in one table, headings as rows")
        base = page(made(form, 112, dashes=4))
        yield shape(f"pieces {form}", base, body(base, markup.pieces), "a table split, its head repeated", prose=False)
        base = page(made(form, 113))
        yield shape(f"divs {form}", base, body(base, markup.divs), "no tables: boxes side by side")
        base = page(made(form, 114))
        yield shape(f"lists {form}", base, body(base, markup.lists), "rows as lists, for phones")
        base = page(made(form, 115))
        yield shape(
            f"foot first {form}", base, body(base, markup.sections), "thead, tfoot, tbody in the order of HTML 4"
        )
        base = page(made(form, 116, blanks=3))
        yield shape(f"unclosed {form}", base, styled(base, closed=False), "cells and rows nobody closed")
    single = page(made("2021", 117), single_other=True)
    yield shape("23 rows", single, body(single), "form 2021 with the single row (六)其他处理 of form 2019")
    single = page(made("2021", 118), single_other=True)
    yield shape("23 rows, no spans", single, styled(single, rowspan=False, colspan=False), "the same without spans")
    base = damage.without_tables(page(made("2021", 119)), ("disclosure", "requests", "cases"))
    inside = body(damage.page_with_pictures(base), markup.pictures)
    yield shape("tables are pictures", base, inside, "tables pasted as pictures: there is nothing to read")


def _words() -> Iterator[Specimen]:
    for form in FORMS:
        base = page(made(form, 120, blanks=3))
        inside = body(base, partial(markup.table, style=Style(words=markup.word_pasted)))
        yield shape(f"pasted from Word {form}", base, inside, "mso styles, nested spans, empty paragraph marks")
        base = page(made(form, 121))
        yield shape(
            f"breaks in labels {form}", base, styled(base, words=markup.broken), "line breaks kept inside labels"
        )
        base = page(made(form, 122, blanks=4))
        yield shape(f"nbsp {form}", base, styled(base, words=markup.spaced, blank="&nbsp;"), "a blank is &nbsp;")
    base = page(made("2021", 123))
    inside = body(base).replace("<strong>", "<h2>").replace("</strong>", "</h2>")
    yield shape("h2 in p", base, inside, "headings inside paragraphs, which closes the paragraph")


def _figures() -> Iterator[Specimen]:
    for form in FORMS:
        base = damage.cell_missing(page(made(form, 124)), {("requests", "outcome.total"): 3, ("cases", "count"): 5})
        yield shape(f"a cell too few {form}", base, body(base), "rows typed with a cell too few")
        base = damage.labels_lost(page(made(form, 125)), ("refused", "unavailable", "unprocessed"), "0")
        yield shape(f"labels zero {form}", base, body(base), "seed 002: 0 pasted over labels")
        base = damage.labels_lost(page(made(form, 126)), ("refused",), "")
        yield shape(f"labels empty {form}", base, body(base), "labels of a group gone")
        base = page(made(form, 127))
        twin = f'<div class="pc">{body(base)}</div><div class="wap" style="display:none">{body(base)}</div>'
        yield shape(f"hidden twin {form}", base, twin, "the same once more for phones, not displayed")
        base, stale = page(made(form, 128)), page(made(form, 129), title=False)
        inside = f'<div style="display: none">{body(stale)}</div>{body(base)}<!-- {body(stale)} -->'
        yield shape(f"hidden stale copy {form}", base, inside, "last year's text left hidden in the template")
    base = damage.total_first(page(made("2021", 130)))
    yield shape("total column first", base, body(base), "总计 stands before 自然人")
    base = damage.row_missing(page(made("2021", 131)), "outcome.refused.query")
    yield shape("a row missing", base, body(base), "an office left a row of zeros out")
    base = page(made("2021", 132))
