"""``build``: every file is judged, and those that may be are published, on all cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gia_xlsx.batch import Examined, examine_all, find, is_other, load_previous, spread
from gia_xlsx.diagnostic import Diagnostic, Verdict
from gia_xlsx.errors import GiaError
from gia_xlsx.profile import NATIONAL, Profile
from gia_xlsx.resources import OURS, Looks

FEW = 6  # reports, below which starting a second process costs more than it saves
CHUNK = 4  # so that the cores end together

if TYPE_CHECKING:
    from gia_xlsx.release import Released

BY_LABELS = "{what}：表格是按标签识别的，不是本工具生成的工作簿，没有发布；请先核对数字，确认无误后再发布。"


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one file in ``build``: published into ``folder``, or not, and why in a few words.

    ``remarks`` are what its files leave to be desired (GIA8xx); ``lifted_by`` names the parameter of ``build_all`` that
    would lift the refusal.
    """

    examined: Examined
    fate: str
    folder: Path | None = None
    problem: str = ""
    remarks: tuple[Diagnostic, ...] = ()
    passed_over: bool = False
    lifted_by: str = ""


def build_all(
    named: Sequence[Path],
    output: Path,
    *,
    formats: Sequence[str] | None = None,
    draft: bool = False,
    previous: Path | None = None,
    consent: bool = False,
    progress: Callable[[int], None] = lambda done: None,
    published: Callable[[int], None] = lambda done: None,
    profile: Profile = NATIONAL,
    looks: Looks = OURS,
) -> list[Built]:
    """Judge every file, then publish those that may be; in the order named. Nothing of a report with errors is
    published unless ``draft``. A blank form, or a document of another kind, that merely lay in a folder is passed over.
    ``consent``: reports that were read by their labels alone have been looked at by a person."""
    paths, found = find(named)
    examined = examine_all(paths, previous, progress, profile)
    fates = {one.path: _refusal(one, one.path in found, draft, consent) for one in examined}
    _one_folder_each(examined, fates)
    ready = [one.path for one in examined if fates[one.path] is None]
    verdicts = {one.path: one.result.verdict for one in examined if draft}
    press = Press(output, formats, draft, previous, profile, looks, verdicts)
    work = partial(_publish, press=press)
    outcomes: dict[Path, Released | str] = {}
    for path, outcome in zip(ready, spread(work, ready, lambda path: "发布时程序中断", FEW, CHUNK), strict=True):
        outcomes[path] = outcome
        published(len(outcomes))
    return [
        replace(fate, examined=one) if (fate := fates[one.path]) else _outcome(one, outcomes[one.path], draft)
        for one in examined
    ]


def _refusal(one: Examined, only_found: bool, draft: bool, consent: bool) -> Built | None:
    """Why a file is not published; None if it may be."""
    status = one.result.status
    if status == "unreadable" and only_found and is_other(one.path):
        return Built(one, "跳过", problem=one.result.problem, passed_over=True)
    if status == "unreadable":
        return Built(one, "无法读取")
    if status == "unfilled" and only_found:
        return Built(one, "空白表，跳过", passed_over=True)
    if draft:
        return None
    if status != "ok" or (one.result.verdict and one.result.verdict.baseless):
        return Built(one, "未发布")
    if one.by_labels and not consent:
        return Built(one, "未发布", problem=BY_LABELS.format(what=one.path.name), lifted_by="consent")
    return None


def _one_folder_each(examined: Iterable[Examined], fates: dict[Path, Built | None]) -> None:
    """Refuse each file that would write over what another file of the same call has just written."""
    from gia_xlsx.publish.atomic import folder_name

    taken: dict[str, Path] = {}
    for one in examined:
        if fates[one.path] is None:
            name = folder_name(one.result.organ or "", one.result.year)
            first = taken.setdefault(name.casefold(), one.path)
            if first != one.path:
                problem = (
                    f"{one.path.name}：与“{first}”同属“{name}”，为免互相覆盖，没有写出；请分两次写到不同的文件夹。"
                )
                fates[one.path] = Built(one, "未写出", problem=problem)


@dataclass(frozen=True, slots=True)
class Press:
    """What every report of one run is published with."""

    output: Path
    formats: Sequence[str] | None
    draft: bool
    previous: Path | None
    profile: Profile
    looks: Looks
    verdicts: Mapping[Path, Verdict | None]


def _publish(path: Path, press: Press) -> Released | str:
    """Where the built report is, or the sentence that says why there is none."""
    from gia_xlsx.publish import Edition
    from gia_xlsx.release import release
    from gia_xlsx.workbook.read import read_workbook

    try:
        report = replace(read_workbook(path), profile=press.profile)
        if press.previous is not None:
            report = replace(report, previous=load_previous(press.previous))
        edition = Edition(report, press.draft, press.looks, press.verdicts.get(path))
        return release(edition, press.output, press.formats)
    except GiaError as problem:
        return str(problem)


def _outcome(one: Examined, published: Released | str, draft: bool) -> Built:
    if isinstance(published, str):
        return Built(one, "写出失败", problem=published)
    fate = "已生成草稿，替换了正式报告" if published.over_published else "已生成草稿" if draft else "已发布"
    return Built(one, fate, published.folder, remarks=published.remarks)
