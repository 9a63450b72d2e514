"""A report goes out: its files are made, and take the place of those before them, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gia_xlsx.publish import FORMATS, Edition, render
from gia_xlsx.publish.apart import render_apart
from gia_xlsx.publish.atomic import folder_name, replace_folder


def publish(edition: Edition, folder: Path, formats: Sequence[str] | None = None) -> Path:
    """Write ``folder/<organ><year>/`` whole or not at all, and say where it is. Raises GiaError.

    Files of ours that are not among ``formats`` are taken away, for they would tell of an earlier state of the report;
    files of others are kept.
    """
    files = render_apart(edition, formats) if edition.looks.folder else render(edition, formats)
    target = folder / folder_name(edition.report.organ, edition.report.year)
    replace_folder(target, files, {name for format_ in FORMATS.values() for name in format_.files})
    return target
