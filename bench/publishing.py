"""Prints what publishing one report costs against docxtpl; all sides are measured in turn in this one run.

    python -m bench.publishing [--rounds 15]

docxtpl renders the very Word file that we make: our template filled with its expressions, one for each figure, and a
loop for the paragraphs of each section. It is opened anew each time, for a template of docxtpl renders once. How long
docxtpl takes if the figures stand in the template already, its least, is told too.
"""

from __future__ import annotations

import argparse
import io
import statistics
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import docx
from docxtpl import DocxTemplate

from bench.filled import filled
from bench.speed import clock, show
from gia_xlsx.form import load_form
from gia_xlsx.publish import FORMATS, Edition, render
from gia_xlsx.publish.document import Document, Part
from gia_xlsx.publish.docx import fill
from gia_xlsx.publish.lines import Line
from gia_xlsx.publish.word_template import word_template
from gia_xlsx.report import Report

TEXTS = ("html", "fragment", "docx", "json", "csv")
LIMIT = 1.2
LOOP = (Line("{%p for line in lines.KEY %}"), Line("{{ line }}"), Line("{%p endfor %}"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    report = filled(load_form("2021"), 1)
    told = context(Edition(report).doc)
    whole, least = (partial(by_docxtpl, as_template(report, figures), told) for figures in (True, False))
    for theirs in (whole, least):
        prove(theirs(), render(Edition(report), ["docx"])["report.docx"])
    texts = [name for name in TEXTS if name in FORMATS]
    sides = {name: publishing(report, [name]) for name in FORMATS} | {"texts": publishing(report, texts)}
    seconds = measure({**sides, "docxtpl": whole, "docxtpl at least": least}, rounds)
    print("  " + ", ".join(f"{name} {spent * 1000:.0f}" for name, spent in seconds.items()) + " ms")
    show(" + ".join(texts) + " / docxtpl", seconds["texts"] / seconds["docxtpl"], LIMIT)
    if "pdf" in FORMATS:
        show("pdf / docxtpl", seconds["pdf"] / seconds["docxtpl"], LIMIT)


def publishing(report: Report, formats: list[str]) -> Callable[[], object]:
    """What makes these formats of a report, laid out anew each time."""
    return lambda: render(Edition(report), formats)


def measure(sides: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median seconds of each side, taken in turn after one round that does not count."""
    runs = [{what: clock(work) for what, work in sides.items()} for _ in range(rounds + 1)][1:]
    return {what: statistics.median(run[what] for run in runs) for what in sides}


def as_template(report: Report, figures: bool) -> bytes:
    """Our Word file with expressions of docxtpl in place of all that differs between reports, ``figures`` or not."""
    edition = Edition(report)
    doc = edition.doc
    return fill(
        word_template(edition.looks.find("report.docx"), report.form),
        replace(
            doc,
            title="{{ title }}",
            title_lines=("{{ title }}",),
            signature="{{ signature }}",
            date="{{ date }}",
            parts=tuple(_part(part, figures) for part in doc.parts),
        ),
    )


def _part(part: Part, figures: bool) -> Part:
    loop = tuple(replace(line, text=line.text.replace("KEY", part.key)) for line in LOOP)
    cells = part.table and tuple(
        replace(it, text=f"{{{{ {part.key}[{number}] }}}}") if it.box.key and figures else it
        for number, it in enumerate(part.table.boxes)
    )
    table = part.table and replace(part.table, boxes=cells)
    heading = part.heading and f"{{{{ headings.{part.key} }}}}"
    return replace(part, heading=heading, lines=loop, table=table)


def context(doc: Document) -> dict[str, object]:
    """What docxtpl is given: the words and figures of the same report."""
    figures = {part.key: [it.text for it in part.table.boxes] for part in doc.parts if part.table}
    return {
        "title": doc.title,
        "signature": doc.signature,
        "date": doc.date,
        "headings": {part.key: part.heading for part in doc.parts},
        "lines": {part.key: [line.lead + line.text for line in part.lines] for part in doc.parts},
        **figures,
    }


def by_docxtpl(template: bytes, values: dict[str, object]) -> bytes:
    word = DocxTemplate(io.BytesIO(template))
    word.render(values, autoescape=True)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def prove(theirs: bytes, ours: bytes) -> None:
    """Both sides make the same document, or the ratio says nothing."""
    one, other = (docx.Document(io.BytesIO(content)) for content in (theirs, ours))
    words = [["".join(p.text for p in word.paragraphs).replace("\n", "")] for word in (one, other)]
    grids = [[[c.text for c in row.cells] for table in word.tables for row in table.rows] for word in (one, other)]
    if words[0] != words[1] or grids[0] != grids[1]:
        raise SystemExit("docxtpl makes another document")


if __name__ == "__main__":
    main()
