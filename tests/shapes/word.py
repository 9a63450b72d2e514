"""Specimens as Word files, their XML written by hand so that the corpus is the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from tests.seeds import SEEDS, load_seed
from tests.shapes import damage
from tests.shapes.model import Cell, Grid, Page, Specimen, is_label, page, specimen
from tests.shapes.reports import made

FORMS = ("2021", "2019")
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}" Target="word/document.xml"/></Relationships>',
}

Words = Callable[[str], str]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def paragraph(text: str, *, bold: bool = False) -> str:
    bold_mark = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return "<w:p>" + run(text).replace("<w:r>", f"<w:r>{bold_mark}") + "</w:p>"


def in_paragraphs(text: str) -> str:
    """A label broken into paragraphs, as those who make room by hand break it."""
    half = len(text) // 2
    return paragraph(text[:half]) + paragraph(text[half:]) if is_label(text) else paragraph(text)


def in_runs(text: str) -> str:
    """Each character a run of its own with proofing marks between, as after much editing; a break inside a label."""
    runs = [run(char) + '<w:proofErr w:type="spellStart"/>' for char in text]
    if is_label(text):
        runs.insert(len(text) // 2, "<w:r><w:br/></w:r>")
    return f"<w:p>{''.join(runs)}</w:p>"


def revised(text: str) -> str:
    """A figure put in by a tracked change, the one before it struck out."""
    mark = 'w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z"'
    if not text.isdecimal():
        return paragraph(text)
    old = f"<w:del {mark}><w:r><w:delText>{int(text) + 5000}</w:delText></w:r></w:del>"
    return f"<w:p>{old}<w:ins {mark}>{run(text)}</w:ins></w:p>"


def controlled(text: str) -> str:
    """Words inside a content control, as a template with fields leaves them."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(text)}</w:sdtContent></w:sdt>"


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is written: with merges or with empty cells in their place, and how the words of a cell stand."""

    merged: bool = True
    words: Words = paragraph


def row_xml(grid: Grid, top: int, style: Style) -> str:
    """A row; a cell that spans is continued in each row it reaches into."""
    reaching: list[tuple[Cell, bool]] = [(cell, False) for cell in grid.rows[top]]
    for above in range(top):
        reaching += [(cell, True) for cell in grid.rows[above] if above + cell.height > top]
    cells = []
    for cell, goes_on in sorted(reaching, key=lambda each: each[0].left):
        if not style.merged:
            words = [style.words("" if goes_on else cell.text), *[paragraph("")] * (cell.width - 1)]
            cells += [f"<w:tc><w:tcPr/>{text}</w:tc>" for text in words]
            continue
        merges = f'<w:gridSpan w:val="{cell.width}"/>' * (cell.width > 1)
        if cell.height > 1:
            merges += "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
        words_xml = paragraph("") if goes_on else style.words(cell.text)
        cells.append(f"<w:tc><w:tcPr>{merges}</w:tcPr>{words_xml}</w:tc>")
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(grid: Grid, style: Style) -> str:
    return framed("".join(row_xml(grid, top, style) for top in range(len(grid.rows))), grid.width)


def framed(rows: str, width: int) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{rows}</w:tbl>"


def pieces(grid: Grid, style: Style) -> str:
    """A table cut in two after its tenth row, with nothing said."""
    rows = [row_xml(grid, top, style) for top in range(len(grid.rows))]
    return (
        framed("".join(rows[:10]), grid.width)
        + paragraph("")
        + (framed("".join(rows[10:]), grid.width) if rows[10:] else "")
    )


def body(page: Page, style: Style, sheet: Callable[[Grid, Style], str] = table) -> str:
    lines = [paragraph(page.title, bold=True)] if page.title else []
    for part in page.parts:
        lines += [paragraph(part.heading, bold=True)] if part.heading else []
        for content in part.content:
            if isinstance(content, str):
                lines += [paragraph(line) for line in content.split("\n")]
            else:
                lines += [sheet(content, style), paragraph("")]
    lines += [paragraph(line) for line in (page.signature, page.date) if line]
    return "".join(lines)


def one_table(page: Page) -> str:
    """Everything in a single table: headings and prose are rows that span it."""
    width = max(grid.width for grid in page.grids())

    def wide(text: str) -> str:
        return f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{width}"/></w:tcPr>{paragraph(text)}</w:tc></w:tr>'

    rows = []
    for part in page.parts:
        for content in (part.heading, *part.content):
            if isinstance(content, str):
                rows += [wide(line) for line in content.split("\n") if line]
            else:
                rows += [row_xml(content, top, Style()) for top in range(len(content.rows))]
    return paragraph(page.title) + framed("".join(rows), width)


def file(inside: str) -> bytes:
    xml = f'<w:document xmlns:w="{_MAIN}"><w:body>{inside}<w:sectPr/></w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, "word/document.xml": xml}.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), head + text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def shape(name: str, page: Page, inside: str, why: str, *, prose: bool = True) -> Specimen:
    return specimen(f"docx {name}", ".docx", page, file(inside), why, prose=prose)


def documents() -> Iterator[Specimen]:
    for form in FORMS:
        base = page(made(form, 201, blanks=4, dashes=3))
        yield shape(f"merged {form}", base, body(base, Style()), "the notice's own tables, filled in")
        base = page(made(form, 202, blanks=4))
        yield shape(f"not merged {form}", base, body(base, Style(merged=False)), "a converter that drops merges")
        base = page(made(form, 203))
        frame = f"<w:tr><w:tc><w:tcPr/>{body(base, Style())}</w:tc></w:tr>"
        yield shape(f"in a frame {form}", base, framed(frame, 1), "the whole text inside a table of one cell")
        base = page(made(form, 204))
        yield shape(
            f"broken labels {form}",
            base,
            body(base, Style(words=in_paragraphs)),
            "labels in several paragraphs",
            prose=True,
        )
        base = page(made(form, 205))
        yield shape(f"one table {form}", base, one_table(base), "everything in one table, headings as rows")
        base = page(made(form, 206))
        yield shape(
            f"runs {form}", base, body(base, Style(words=in_runs)), "a run for each character, breaks in labels"
        )
        base = page(made(form, 207, dashes=4))
        yield shape(f"cut in two {form}", base, body(base, Style(), pieces), "a table cut where the page ended")
        base = damage.labels_lost(page(made(form, 208)), ("refused", "unavailable", "unprocessed"), "0")
        yield shape(f"labels zero {form}", base, body(base, Style()), "seed 002: 0 pasted over labels")
    for seed in SEEDS:
        real = page(load_seed(seed))
        yield shape(f"seed {seed}", real, body(real, Style()), "a real report as its Word file must have been")
    base = page(made("2021", 209))
    yield shape(
        "tracked changes",
        base,
        body(base, Style(words=revised)),
        "figures corrected with changes tracked, not yet accepted",
    )
    base = page(made("2019", 210, blanks=3))
    yield shape("content controls", base, body(base, Style(words=controlled)), "a template with fields")
    base = page(made("2021", 211))
    bare = damage.ordinals(base, lambda _, rest: rest)
    yield shape(
        "automatic numbers", bare, body(bare, Style()), "headings numbered by Word: the numbers are not in the text"
    )
    base = page(made("2021", 212), single_other=True)
    yield shape("23 rows", base, body(base, Style()), "form 2021 with the single row (六)其他处理 of form 2019")
    base = damage.row_missing(page(made("2019", 213)), "outcome.unprocessed.repeat")
    yield shape("a row missing", base, body(base, Style()), "a row deleted")
