"""Many files in one call: each is read and judged by itself, on all cores, and one bad file never stops the rest."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from gia_xlsx.diagnostic import Diagnostic
from gia_xlsx.errors import GiaError
from gia_xlsx.opinions import COPY
from gia_xlsx.profile import NATIONAL, Acceptance, Profile
from gia_xlsx.report import Report
from gia_xlsx.rules import check, gravest_first
from gia_xlsx.rules.files import Digest, across, digest
from gia_xlsx.show import FileResult

SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb"}
OTHERS = {".docx", ".doc", ".wps", ".rtf", ".pdf", ".ofd", ".csv", ".txt", ".html", ".htm", ".png", ".jpg", ".jpeg"} | {
    ".tif",
    ".tiff",
    ".zip",
    ".rar",
    ".7z",
}  # what an office may send instead: told, so that nobody is missed
_ODS = b"opendocument.spreadsheet"  # stands uncompressed at the start of an .ods
FEW = 24  # below this, starting a second process costs more than it saves
CHUNK = 16

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Examined:
    """What one file came to; ``digest`` is what the comparison across files needs, ``by_labels`` asks for consent."""

    path: Path
    result: FileResult
    digest: Digest | None = None
    by_labels: bool = False


def find(paths: Iterable[Path]) -> tuple[list[Path], set[Path]]:
    """Files as named, and what an office may have sent in the folders named, sorted; and which of them were only found.

    A file that is named twice, however its path is written, is one file.
    """
    files: dict[Path, Path] = {}
    found: set[Path] = set()
    for path in paths:
        if not path.is_dir():
            found.discard(files.setdefault(path.resolve(), path))
            continue
        for file in _inside(path):
            if files.setdefault(file.resolve(), file) is file:
                found.add(file)
    return list(files.values()), found


def _inside(folder: Path) -> list[Path]:
    """Spreadsheets and other documents; not what programs left, nor what ``build`` and ``check --annotate`` wrote."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in SPREADSHEETS | OTHERS
        and not file.name.startswith(("~$", ".", "report."))
        and not file.stem.endswith(COPY)
        and file.is_file()
    )


def is_other(path: Path) -> bool:
    """Whether a file that was found is no workbook by its name: told, but no failure."""
    return path.suffix.lower() in OTHERS


def load_previous(path: Path) -> Report:
    """Last year's report from its workbook, its ``report.json``, or as it was published (page, Word, PDF, text); read
    again once the file has changed.

    Raises GiaError for a file that is none of them, or of which nobody can tell whose report it is.
    """
    try:
        state = path.stat()
    except OSError:
        return _load(path)  # which says what is wrong
    return _loaded(path.resolve(), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _loaded(path: Path, _changed: int, _size: int) -> Report:
    return _load(path)


def _load(path: Path) -> Report:
    """A report by what the file is; by its name first, so that a broken workbook is told as that."""
    suffix, kind = path.suffix.lower(), _kind(path)
    if suffix == ".json" or kind == "data":
        from gia_xlsx.publish.load import load_data

        return load_data(path)
    if suffix in SPREADSHEETS or kind == "workbook":
        from gia_xlsx.workbook.read import read_workbook

        return read_workbook(path)
    from gia_xlsx.intake import import_report

    report = import_report(path).report
    if not report.organ or report.year is None:
        lacking = "年度" if report.organ else "机关" if report.year else "机关和年度"
        raise GiaError(
            f"{path.name}：没有认出这份报告的{lacking}，不能作上年材料；"
            "请用 gia-xlsx import 加 --organ、--year 读成工作簿，再用 --previous 引用。"
        )
    return report


def _kind(path: Path) -> str:
    """``workbook``, ``data`` (a ``report.json``) or ``""`` by what a file holds, whatever its name."""
    if not path.is_file():  # a pipe would never end
        return ""
    try:
        with path.open("rb") as file:
            head = file.read(5_000)
            if head.startswith(b"PK"):
                with zipfile.ZipFile(file) as archive:
                    names = archive.NameToInfo
                is_workbook = "xl/workbook.xml" in names or "xl/workbook.bin" in names or _ODS in head
                return "workbook" if is_workbook else ""
    except (OSError, ValueError, zipfile.BadZipFile):
        return ""  # the reader says what is wrong
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "" if is_other(path) else "workbook"
    return "data" if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") and b'"facts"' in head else ""


def examine(path: Path, previous: Path | None = None, profile: Profile = NATIONAL) -> Examined:
    """Read and judge one file; what cannot be read is a result too."""
    from gia_xlsx.workbook.read import read_workbook

    try:
        report = read_workbook(path)
    except GiaError as problem:
        return Examined(path, FileResult(str(path), "unreadable", problem=str(problem)))
    if previous is not None:
        report = replace(report, previous=load_previous(previous))
    verdict = check(replace(report, profile=profile))
    result = FileResult(str(path), verdict.status, report.form.form, report.organ, report.year, verdict)
    return Examined(path, result, digest(str(path), report), report.read_by_labels)


def examine_all(
    paths: Sequence[Path],
    previous: Path | None = None,
    progress: Callable[[int], None] = lambda done: None,
    profile: Profile = NATIONAL,
) -> list[Examined]:
    """Every file by itself, then all of them against each other. ``progress`` is told how many are done."""
    examined: list[Examined] = []
    for one in spread(partial(examine, previous=previous, profile=profile), paths, _crashed):
        examined.append(one)
        progress(len(examined))
    return compare(_excused(examined))


def _excused(examined: list[Examined]) -> list[Examined]:
    """A reason that names no organ need be of use in one of the files only, not in each."""
    verdicts = [one.result.verdict for one in examined if one.result.verdict is not None]
    vain = set.intersection(*({*verdict.baseless} for verdict in verdicts)) if verdicts else set()
    return [_without(one, vain) if one.result.verdict and one.result.verdict.baseless else one for one in examined]


def _without(one: Examined, vain: set[Acceptance]) -> Examined:
    assert one.result.verdict is not None
    kept = tuple(reason for reason in one.result.verdict.baseless if not reason.general or reason in vain)
    return replace(one, result=replace(one.result, verdict=replace(one.result.verdict, baseless=kept)))


def compare(examined: list[Examined]) -> list[Examined]:
    """Findings that only show when files are held against each other, added to each."""
    found = across([one.digest for one in examined if one.digest is not None])
    return [_with(one, found[str(one.path)]) if str(one.path) in found else one for one in examined]


def _with(one: Examined, diagnostics: Iterable[Diagnostic]) -> Examined:
    assert one.result.verdict is not None
    found = gravest_first((*one.result.verdict.diagnostics, *diagnostics))
    verdict = replace(one.result.verdict, diagnostics=found)
    return replace(one, result=replace(one.result, verdict=verdict, status=verdict.status))


def _crashed(path: Path) -> Examined:
    return Examined(
        path,
        FileResult(
            str(path),
            "unreadable",
            problem=f"{path.name}：读取时程序中断，文件可能已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。",
        ),
    )


def spread(
    work: Callable[[Path], T],
    paths: Sequence[Path],
    crashed: Callable[[Path], T],
    few: int = FEW,
    chunk_size: int = CHUNK,
) -> Iterator[T]:
    """``work`` on every path, in order, in processes when there are many; ``crashed`` answers for one that dies."""
    if len(paths) < few or (os.cpu_count() or 1) == 1:
        yield from map(work, paths)
        return
    chunks = [paths[start : start + chunk_size] for start in range(0, len(paths), chunk_size)]
    broken = False
    with ProcessPoolExecutor(initializer=_one_core) as pool:
        futures = [pool.submit(_chunk, work, chunk) for chunk in chunks]
        for index, chunk in enumerate(chunks):
            if not broken:
                try:
                    yield from futures[index].result()
                    continue
                except BrokenProcessPool:
                    broken = True
            for path in chunk:
                yield _alone(work, path, crashed)


def _one_core() -> None:
    """A process of a pool keeps to its core: a library that makes threads for each would only stand in its way."""
    os.environ.setdefault("RAYON_NUM_THREADS", "1")


def _chunk(work: Callable[[Path], T], paths: Sequence[Path]) -> list[T]:
    return [work(path) for path in paths]


def _alone(work: Callable[[Path], T], path: Path, crashed: Callable[[Path], T]) -> T:
    """One path in a process of its own, once a pool has broken and nobody knows by which file."""
    with ProcessPoolExecutor(max_workers=1) as pool:
        try:
            return pool.submit(work, path).result()
        except BrokenProcessPool:
            return crashed(path)
