"""From a checked report to the files an office puts its name to: page, Word, PDF and data, a row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gia_xlsx.errors import GiaError
from gia_xlsx.placeholders import UNFILLED
from gia_xlsx.publish.data import as_data, render_json
from gia_xlsx.publish.docx import render_docx
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.fragment import render_fragment
from gia_xlsx.publish.html import render_html
from gia_xlsx.publish.infographic import render_infographic
from gia_xlsx.publish.lines import words
from gia_xlsx.publish.load import load_data
from gia_xlsx.publish.pdf import render_pdf
from gia_xlsx.publish.tidy import render_csv, render_datapackage
from gia_xlsx.report import Report

__all__ = ["FORMATS", "Edition", "Format", "as_data", "load_data", "render", "rendered"]

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of output: the names of its files, and what makes them of an edition and the files made before.

    The page comes last: it tells of the others and how large they are.
    """

    files: tuple[str, ...]
    render: Callable[[Edition, Files], Sequence[bytes]]


FORMATS: Mapping[str, Format] = {
    "docx": Format(("report.docx",), lambda edition, _: [render_docx(edition)]),
    "pdf": Format(("report.pdf",), lambda edition, _: [render_pdf(edition)]),
    "json": Format(("report.json",), lambda edition, _: [render_json(edition.report, edition.draft, edition.own)]),
    "csv": Format(
        ("report.csv", "datapackage.json"),
        lambda edition, _: [render_csv(edition.report), render_datapackage(edition.report)],
    ),
    "infographic": Format(("infographic.svg", "infographic.png"), lambda edition, _: render_infographic(edition)),
    "fragment": Format(("fragment.html",), lambda edition, _: [render_fragment(edition)]),
    "html": Format(("report.html",), lambda edition, made: [render_html(edition, made)]),
}


def render(edition: Edition, formats: Sequence[str] | None = None) -> dict[str, bytes]:
    """The files of an edition by name. ``formats``: names in FORMATS, all if None. Raises GiaError.

    A draft is marked 草稿 on every page; else a text that lacks a value is refused.
    """
    unknown = [name for name in formats or () if name not in FORMATS]
    if unknown:
        raise GiaError(f"没有“{unknown[0]}”这种输出；可选：{'、'.join(FORMATS)}。")
    chosen = [name for name in FORMATS if formats is None or name in formats]
    if not chosen:
        raise GiaError(f"没有选定输出；可选：{'、'.join(FORMATS)}。")
    if not edition.draft:
        _complete(edition.report)
    made: dict[str, bytes] = {}
    for name in chosen:
        made |= zip(FORMATS[name].files, FORMATS[name].render(edition, made), strict=True)
    return made


def rendered(edition: Edition, name: str) -> bytes:
    """The one file of one format, or the first of its files, rendered without the others."""
    return FORMATS[name].render(edition, {})[0]


def _complete(report: Report) -> None:
    """Nothing goes out with a gap in its text, whoever asks. Raises GiaError."""
    for paragraph in report.paragraphs:
        if UNFILLED in words(paragraph, report, draft=False):
            where = paragraph.place or report.heading(paragraph.section)
            raise GiaError(f"{where}：文字里有占位符还没有值，发布出来会是“{UNFILLED}”，没有发布；请填写后再试。")
