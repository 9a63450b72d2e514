"""Many published reports in one call: each read by itself, on all cores, and a bad one never stops the rest."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gia_xlsx.batch import OTHERS, SPREADSHEETS, spread
from gia_xlsx.errors import GiaError, system_words
from gia_xlsx.intake import Imported, import_report, write_imported

SOURCES = {".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".docx", ".pdf", ".txt", ".md", ".markdown"}


@dataclass(frozen=True, slots=True)
class Declared:
    """What the caller says of the reports; it goes before what can be inferred."""

    organ: str = ""
    type: str = ""
    year: int | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source. ``status``: whole, half (something is lacking or was left over) or unreadable."""

    path: Path
    status: str
    imported: Imported | None = None
    target: Path | None = None
    problem: str = ""


def find_sources(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Files as named, and all of a readable kind in the folders named; and the documents that are passed over there."""
    files: dict[Path, Path] = {}
    passed: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path.resolve(), path)
            continue
        for file in sorted(path.rglob("*")):
            if file.name.startswith((".", "~$")) or not file.is_file():
                continue
            if file.suffix.lower() in SOURCES:
                files.setdefault(file.resolve(), file)
            elif file.suffix.lower() in OTHERS | SPREADSHEETS:
                passed.append(file)
    return list(files.values()), passed


def read_one(path: Path, declared: Declared) -> Outcome:
    """Read one source; what cannot be read is a result too."""
    try:
        imported = import_report(
            path, organ=declared.organ, organ_type=declared.type, year=declared.year, scope=declared.scope
        )
    except GiaError as problem:
        return Outcome(path, "unreadable", problem=str(problem))
    return Outcome(path, "whole" if imported.whole else "half", imported)


def import_all(
    paths: Sequence[Path],
    folder: Path,
    *,
    declared: Declared | None = None,
    overwrite: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Outcome]:
    """Read every source and write its workbook into ``folder`` as ``<organ><year>.xlsx``, in the order named.

    A name that is there already, or that another source of this call has taken, is not written over.
    """
    work = partial(_read_and_write, folder=folder, declared=declared or Declared())
    outcomes: list[Outcome] = []
    taken: dict[str, Path] = {}
    for half in spread(work, paths, _crashed):
        outcomes.append(_put(half, folder, taken, overwrite))
        progress(len(outcomes))
    return outcomes


def _read_and_write(path: Path, folder: Path, declared: Declared) -> Outcome:
    """Read a source and write its workbook under a hidden name; how it is called is for the caller to say."""
    outcome = read_one(path, declared)
    if outcome.imported is None:
        return outcome
    hidden = folder / f".{secrets.token_hex(8)}.tmp"
    try:
        write_imported(outcome.imported, hidden)
    except GiaError as problem:
        return replace(outcome, status="unreadable", problem=str(problem))
    return replace(outcome, target=hidden)


def _put(outcome: Outcome, folder: Path, taken: dict[str, Path], overwrite: bool) -> Outcome:
    """Give a written workbook its name, or take it away again."""
    if outcome.target is None or outcome.imported is None:
        return outcome
    name = target_name(outcome.imported, outcome.path)
    target = folder / name
    first = taken.setdefault(name.casefold(), outcome.path)
    problem = ""
    if first != outcome.path:
        problem = f"{outcome.path}：与“{first}”同属“{target.stem}”，为免互相覆盖，没有写出；请用 -o 写到另一个文件夹。"
    elif os.path.lexists(target) and not overwrite:
        problem = f"{outcome.path}：“{target}”已经存在，为免覆盖，没有写出；请用 -o 换个文件夹，要覆盖请加 --force。"
    else:
        try:
            outcome.target.replace(target)
        except OSError as error:
            problem = f"{outcome.path.name}：无法写入 {target}：{system_words(error)}。文件若已打开，请先关闭。"
    if problem:
        outcome.target.unlink(missing_ok=True)
        return replace(outcome, status="unreadable", target=None, problem=problem)
    return replace(outcome, target=target)


def target_name(imported: Imported, source: Path) -> str:
    """``<organ><year>.xlsx``; where the source does not tell them, its own name."""
    from gia_xlsx.publish.atomic import folder_name

    report = imported.report
    return f"{folder_name(report.organ, report.year) if report.organ and report.year else source.stem}.xlsx"


def _crashed(path: Path) -> Outcome:
    return Outcome(path, "unreadable", problem=f"{path.name}：读取时程序中断，文件可能已损坏。")
