"""Across files: the same unit twice, a neighbour's content, last year's file under a new name; from small digests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from gia_xlsx.diagnostic import Diagnostic, Finding, Severity, rule
from gia_xlsx.report import Report

_TELLING = 5  # figures other than 0 from which two equal sets of tables are no accident


@dataclass(frozen=True, slots=True)
class Digest:
    """What the comparison of files keeps of each: who, when, and hashes of its figures and its words.

    ``figures`` counts the cells that are not 0: tables full of zeros are alike without being copied.
    """

    path: str
    organ: str
    year: int | None
    facts: str
    text: str
    figures: int


def digest(path: str, report: Report) -> Digest:
    """The digest of a report; the organ's own name does not count in its text."""
    inputs = [report.facts[key].value for key in report.form.inputs]
    words = "".join(f"{p.section}{p.heading}{p.text}" for p in report.paragraphs)
    text = "".join(words.split()).replace(report.organ, "") if report.organ else "".join(words.split())
    return Digest(
        path,
        "".join(report.organ.split()),
        report.year,
        _hash(f"{report.form.form} {inputs}"),
        _hash(text) if text else "",
        sum(bool(value) for value in inputs),
    )


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


def _pairs(
    digests: Sequence[Digest], same: Callable[[Digest], object], differ: Callable[[Digest], object]
) -> Iterator[tuple[Digest, list[Digest]]]:
    """Each digest with those that share something with it (None: nothing to share) and differ in something else."""
    groups: dict[object, list[Digest]] = {}
    for one in digests:
        shared = same(one)
        if shared is not None:
            groups.setdefault(shared, []).append(one)
    for group in groups.values():
        for one in group if len(group) > 1 else ():
            others = [other for other in group if differ(other) != differ(one)]
            if others:
                yield one, others


def _finding(one: Digest, others: list[Digest]) -> Finding:
    names = "、".join(f"“{PurePath(other.path).name}”" for other in others[:3])
    more = f"等 {len(others)} 个文件" if len(others) > 3 else ""
    organs = "、".join(dict.fromkeys(other.organ or "未填机关名称的单位" for other in others[:3]))
    years = "、".join(dict.fromkeys(f"{other.year} 年度" if other.year else "未填年度" for other in others[:3]))
    return Finding((), {"file": one.path, "others": names + more, "organs": organs, "years": years, "year": one.year})


@rule(
    "GIA501",
    "unit-reported-twice",
    Severity.ERROR,
    message="同一机关同一年度还有另一份报告：{others}。",
    hint="请只保留最后确定的一份。",
    basis="条例第四十九条、第五十条：一个机关一个年度一份年度报告",
    needs=("files",),
)
def unit_reported_twice(digests: Sequence[Digest]) -> Iterator[Finding]:
    """一次审核的文件里，同一机关、同一年度有两份报告。

    示例：“某镇2024.xlsx”和“某镇2024(修改).xlsx”封面都是某镇、2024，两份各报一条。
    不报的情形：机关或年度不同；封面没有填的。
    怎么改：删去作废的一份。
    """
    for one, others in _pairs(digests, lambda d: (d.organ, d.year) if d.organ and d.year else None, lambda d: d.path):
        yield _finding(one, others)


@rule(
    "GIA502",
    "content-of-another-organ",
    Severity.WARNING,
    message="全部数字与{organs}的报告（{others}）完全相同。",
    hint="请核对是否误用了别的单位的文件，或只改了封面。",
    basis="条例第四十九条、第五十条：年度报告应反映本机关情况",
    needs=("files",),
)
def content_of_another_organ(digests: Sequence[Digest]) -> Iterator[Finding]:
    """两个不同机关的报告，几十上百个数字全部相同，多半是拿了邻近单位的文件只改了名称。

    示例：甲镇、乙镇 2024 年度的三张表完全一样，且有 20 个数不是 0，两份各报一条（提醒）。
    不报的情形：不为 0 的数少于 5 个（数字少，容易巧合）；同一机关的（GIA501、GIA503）。
    怎么改：核对原始台账，换上本机关的数字。
    """
    for one, others in _pairs(digests, lambda d: d.facts if d.figures >= _TELLING else None, lambda d: d.organ):
        yield _finding(one, others)


@rule(
    "GIA503",
    "file-of-another-year",
    Severity.WARNING,
    message="内容与同一机关 {years}的报告（{others}）完全相同。",
    hint="请核对是否把往年的文件改了年度又报了一次。",
    basis="条例第四十九条：按年度编制，公布本机关上一年度情况",
    needs=("files",),
)
def file_of_another_year(digests: Sequence[Digest]) -> Iterator[Finding]:
    """同一机关两个年度的报告，文字一字不差，或者全部数字相同，多半是把往年的文件改名再报。

    示例：某镇 2024 年度的文字与 2023 年度完全相同，两份各报一条（提醒）。
    不报的情形：文字不同，且不为 0 的数少于 5 个或数字不同。
    怎么改：按本年度的实际情况填写。
    """
    told = set()
    for same in (
        lambda d: (d.organ, d.text) if d.organ and d.text else None,
        lambda d: (d.organ, d.facts) if d.organ and d.figures >= _TELLING else None,
    ):
        for one, others in _pairs(digests, same, lambda d: d.year):
            if one.path not in told:
                told.add(one.path)
                yield _finding(one, others)


RULES = (unit_reported_twice, content_of_another_organ, file_of_another_year)


def across(digests: Iterable[Digest]) -> Mapping[str, tuple[Diagnostic, ...]]:
    """What the files of one call say about each other: diagnostics by path, only for paths that have any."""
    all_digests = tuple(digests)
    found: dict[str, list[Diagnostic]] = {}
    for one in RULES:
        for finding in one.find(all_digests):
            message, hint = one.message.format(**finding.words), one.hint.format(**finding.words)
            found.setdefault(finding.words["file"], []).append(
                Diagnostic(one.code, one.name, one.severity, message, hint)
            )
    return {path: tuple(diagnostics) for path, diagnostics in found.items()}
