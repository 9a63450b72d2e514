"""A report goes out: its files are made, held against each other, and take the place of those before them at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gia_xlsx.diagnostic import Diagnostic, Severity
from gia_xlsx.errors import GiaError
from gia_xlsx.publish import FORMATS, Edition, render
from gia_xlsx.publish.apart import render_apart
from gia_xlsx.publish.atomic import folder_name, replace_folder
from gia_xlsx.publish.data import render_json
from gia_xlsx.verify import differences


@dataclass(frozen=True, slots=True)
class Released:
    """Where a report was put, and what its files leave to be desired (GIA8xx), none of it an error.

    ``over_published``: it is a draft that took the place of a report that was none.
    """

    folder: Path
    remarks: tuple[Diagnostic, ...] = ()
    over_published: bool = False


def release(edition: Edition, folder: Path, formats: Sequence[str] | None = None) -> Released:
    """Write ``folder/<organ><year>/`` whole or not at all. Raises GiaError, also where its files differ.

    Files of ours that are not among ``formats`` are taken away, for they would tell of an earlier state of the report;
    files of others are kept.
    """
    files = render_apart(edition, formats) if edition.looks.folder else render(edition, formats)
    found = _proved(edition, files)
    target = folder / folder_name(edition.report.organ, edition.report.year)
    over_published = edition.draft and _is_published(target)
    replace_folder(target, files, {name for format_ in FORMATS.values() for name in format_.files})
    return Released(target, found, over_published)


def publish(edition: Edition, folder: Path, formats: Sequence[str] | None = None) -> Path:
    """``release`` for who only asks where the report is."""
    return release(edition, folder, formats).folder


def _is_published(folder: Path) -> bool:
    """Whether a folder holds a report that is no draft."""
    try:
        return json.loads((folder / "report.json").read_bytes()).get("draft") is False
    except (OSError, ValueError, AttributeError):
        return False


def _proved(edition: Edition, files: dict[str, bytes]) -> tuple[Diagnostic, ...]:
    """What the files say otherwise than the report. Raises GiaError for the first figure or word that differs."""
    report = edition.report
    data = {"report.json": render_json(report, edition.draft, edition.own)}
    found = differences({**data, **files}, profile=report.profile, ours=not edition.looks.folder)
    wrong = next((one for one in found if one.severity is Severity.ERROR), None)
    if wrong is not None:
        cause = "；请检查本机关的模板" if edition.looks.folder else ""
        raise GiaError(f"自检没有通过，没有写出：{wrong.message.rstrip('。')}（{wrong.code}）{cause}。")
    return found
