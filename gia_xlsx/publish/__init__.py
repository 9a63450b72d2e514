"""From a checked report to a folder an office puts its name to: page, Word and data, one row each in ``FORMATS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gia_xlsx.errors import GiaError
from gia_xlsx.placeholders import UNFILLED
from gia_xlsx.publish.atomic import folder_name, replace_folder
from gia_xlsx.publish.data import as_data, load_data, render_csv, render_json
from gia_xlsx.publish.document import words
from gia_xlsx.publish.docx import render_docx
from gia_xlsx.publish.html import render_html
from gia_xlsx.report import Report

__all__ = ["FORMATS", "Format", "as_data", "load_data", "publish"]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of output: the name of its file, and what turns a report (and whether it is a draft) into its bytes."""

    file: str
    render: Callable[[Report, bool], bytes]


FORMATS: Mapping[str, Format] = {
    "html": Format("report.html", render_html),
    "docx": Format("report.docx", render_docx),
    "json": Format("report.json", render_json),
    "csv": Format("report.csv", render_csv),
}


def publish(report: Report, folder: Path, *, formats: Sequence[str] | None = None, draft: bool = False) -> Path:
    """Write ``folder/<organ><year>/`` whole or not at all, and say where it is. Raises GiaError.

    ``formats``: names in FORMATS, all if None. Files of ours that are not among them are taken away, for they would
    tell of an earlier state of the report; files of others are kept. ``draft`` marks every page 草稿; without it a text
    that lacks a value is refused.
    """
    unknown = [name for name in formats or () if name not in FORMATS]
    if unknown:
        raise GiaError(f"没有“{unknown[0]}”这种输出；可选：{'、'.join(FORMATS)}。")
    chosen = {name: FORMATS[name] for name in (FORMATS if formats is None else formats)}
    if not chosen:
        raise GiaError(f"没有选定输出；可选：{'、'.join(FORMATS)}。")
    if not draft:
        _complete(report)
    files = {format_.file: format_.render(report, draft) for format_ in chosen.values()}
    target = folder / folder_name(report.organ, report.year)
    replace_folder(target, files, {format_.file for format_ in FORMATS.values()})
    return target


def _complete(report: Report) -> None:
    """Nothing goes out with a gap in its text, whoever asks. Raises GiaError."""
    for paragraph in report.paragraphs:
        if UNFILLED in words(paragraph, report, draft=False):
            where = paragraph.place or report.heading(paragraph.section)
            raise GiaError(f"{where}：文字里有占位符还没有值，发布出来会是“{UNFILLED}”，没有发布；请填写后再试。")
