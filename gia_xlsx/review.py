"""A review handed back: for each file an annotated copy of the workbook and a page to print; no source is touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gia_xlsx.batch import Examined, spread
from gia_xlsx.diagnostic import Verdict
from gia_xlsx.errors import GiaError
from gia_xlsx.opinions import COPY

FOLDER = Path("审核意见")
_LONGEST = 180  # bytes of a name, before what we add


@dataclass(frozen=True, slots=True)
class Returned:
    """What was written for one file; ``problem`` says what could not be, ``remark`` what is worth knowing."""

    path: Path
    written: tuple[Path, ...] = ()
    problem: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Job:
    """What to hand back for one file, and under which names; ``workbook`` is None where no copy can be annotated."""

    verdict: Verdict
    page: Path
    workbook: Path | None
    problem: str = ""
    remark: str = ""


def annotate_file(path: Path, verdict: Verdict, folder: Path = FOLDER) -> Returned:
    """Write the annotated copy of a workbook and the page of its review into a folder.

    Raises GiaError where nothing can be written; a file that is no .xlsx has its page only, and ``problem`` says so.
    """
    returned = _hand_back(path, {path: _Names(folder, {path}).job(path, verdict)})
    if not returned.written:
        raise GiaError(returned.problem)
    return returned


def annotate_all(
    examined: Sequence[Examined], folder: Path = FOLDER, progress: Callable[[int], None] = lambda done: None
) -> list[Returned]:
    """The same for every file that was read, in their order. One that cannot be written never stops the rest."""
    names = _Names(folder, {one.path for one in examined})
    jobs = {one.path: names.job(one.path, one.result.verdict) for one in examined if one.result.verdict is not None}
    done = []
    for one in spread(partial(_hand_back, jobs=jobs), list(jobs), _crashed):
        done.append(one)
        progress(len(done))
    return done


def _hand_back(path: Path, jobs: Mapping[Path, _Job]) -> Returned:
    from gia_xlsx.review_page import render_review
    from gia_xlsx.workbook.annotate import annotate
    from gia_xlsx.workbook.read import read_workbook
    from gia_xlsx.workbook.write import replace_file

    job = jobs[path]
    try:
        report = read_workbook(path)
    except GiaError as trouble:
        return Returned(path, problem=str(trouble))
    written: list[Path] = []
    problem = job.problem
    if job.workbook is not None:
        try:
            replace_file(job.workbook, annotate(path, job.verdict, report))
            written.append(job.workbook)
        except GiaError as trouble:
            problem = str(trouble)
    try:
        replace_file(job.page, render_review(report, job.verdict, path.name))
        written.append(job.page)
    except GiaError as trouble:
        problem = problem or str(trouble)
    return Returned(path, tuple(written), problem, job.remark)


def _crashed(path: Path) -> Returned:
    return Returned(path, problem=f"{path.name}：标注审核意见时程序中断，没有写出。")


class _Names:
    """Names in a folder: one for each file, never that of a source, never of a copy in which a filer has written."""

    def __init__(self, folder: Path, sources: Collection[Path]) -> None:
        self.folder = folder
        self.sources = {path.resolve() for path in sources}
        self.taken: set[str] = set()

    def job(self, path: Path, verdict: Verdict) -> _Job:
        from gia_xlsx.workbook.annotate import suffix_of

        suffix, problem = "", ""
        try:
            suffix = suffix_of(path)
        except GiaError as trouble:
            problem = str(trouble)
        remark = ""
        for stem in _stems(path):
            page = self.folder / f"{stem}{COPY}.html"
            workbook = self.folder / f"{stem}{COPY}{suffix}" if suffix else None
            if stem.casefold() in self.taken or self._is_source(page) or (workbook and self._is_source(workbook)):
                continue
            if workbook is not None and _holds_more(workbook, path):
                remark = f"“{workbook}”里有填报人写的内容，没有覆盖，另写一份。"
                continue
            self.taken.add(stem.casefold())
            return _Job(verdict, page, workbook, problem, remark)
        raise AssertionError("names never end")

    def _is_source(self, path: Path) -> bool:
        return path.resolve() in self.sources


def _stems(path: Path) -> Iterator[str]:
    """Names for what is handed back for a file: its own, then with numbers."""
    stem = path.stem.removesuffix(COPY)
    stem = stem.encode("utf-8", "surrogateescape")[:_LONGEST].decode("utf-8", "ignore") or "报告"
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _holds_more(target: Path, source: Path) -> bool:
    """Whether in an earlier copy something was written that would be lost."""
    from gia_xlsx.workbook.annotate import typed_in

    return target.exists() and not typed_in(target).items() <= typed_in(source).items()
