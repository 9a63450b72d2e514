"""The command ``build``: what it was asked, what became of each file, once or again whenever a file is saved."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gia_xlsx import publish, show
from gia_xlsx.batch import load_previous
from gia_xlsx.builds import Built, build_all
from gia_xlsx.console import Progress, colored, complain, one_of, out, width, with_way
from gia_xlsx.diagnostic import Severity
from gia_xlsx.errors import GiaError
from gia_xlsx.profile import Profile
from gia_xlsx.resources import Looks

HERE = Path("workbooks")
REPORTS = Path("reports")
_MOST = 12  # reports that are named one by one
PREVIEW = Path("预览")  # where a draft does not take the place of what is published


@dataclass(frozen=True, slots=True)
class Order:
    """One call of ``build`` as it was asked for."""

    files: Sequence[Path]
    output: Path
    formats: Sequence[str] | None = None
    draft: bool = False
    previous: Path | None = None
    consent: bool = False
    looks: Looks = Looks()  # noqa: RUF009  # frozen


def formats_of(only: str | None) -> list[str] | None:
    """The formats of ``--only html,docx``. Raises GiaError for one that there is not."""
    if only is None:
        return None
    names = [name.strip().lower() for name in only.replace("，", ",").split(",")]
    for name in names:
        one_of("--only", name, tuple(publish.FORMATS))
    return names


def files_of(files: Sequence[Path] | None) -> list[Path]:
    """What is to be built: as named, else what lies in ``workbooks/``. Raises GiaError where that is not there."""
    if not files and not HERE.is_dir():
        raise GiaError("当前文件夹下没有 workbooks 文件夹；请写明要发布的工作簿，如 gia-xlsx build 某镇2026.xlsx。")
    return list(files or [HERE])


def for_preview(order: Order) -> Order:
    """The same as drafts of the page, in a folder of their own unless another was asked for."""
    output = PREVIEW if order.output == REPORTS else order.output
    return replace(order, output=output, formats=order.formats or ["html"], draft=True)


def carry_out(order: Order, total: int, profile: Profile) -> list[Built]:
    """Every file judged and, where it may be, published; a counter on a terminal while that takes long."""
    if order.previous:
        load_previous(order.previous)
    with Progress(total) as judging, Progress(total, "发布") as publishing:
        return build_all(
            order.files,
            order.output,
            formats=order.formats,
            draft=order.draft,
            previous=order.previous,
            consent=order.consent,
            progress=judging,
            published=publishing,
            profile=profile,
            looks=order.looks,
        )


def tell(built: Sequence[Built]) -> None:
    """For a person: each file's findings, what was refused and why, and where the rest is."""
    for one in built:
        result = one.examined.result
        if result.verdict and result.remarkable and not one.passed_over:
            out(show.as_text(result, color=colored(sys.stdout), width=width()) + "\n")
        if one.passed_over and one.problem:
            out(one.problem)
        elif problem := one.problem or result.problem:
            complain(with_way(problem, one.lifted_by))
    if len(built) > 1:
        out(show.summary_table([one.examined.result for one in built], [one.fate for one in built]))
    written = [(one.fate, one.folder) for one in built if one.folder is not None]
    for fate, folder in written if len(written) <= _MOST else ():
        out(f"{fate}：{folder}")
    for (fate, parent), count in Counter((f, p.parent) for f, p in written).items() if len(written) > _MOST else ():
        out(f"{fate} {count} 份：{parent}")
    for message, count in Counter(told for one in built for told in _wanting(one)).items():
        out(f"提醒：{message}{f'（{count} 份）' if count > 1 else ''}")


def _wanting(one: Built) -> set[str]:
    """What the files of a built report leave to be desired: said once for many reports."""
    return {
        f"{found.message}{found.hint}（{found.code}）" for found in one.remarks if found.severity is Severity.WARNING
    }


def statuses(built: Iterable[Built], vain: bool) -> list[str]:
    """A status for each file that was not published though it was meant to be. ``vain``: a reason was of no use."""
    return [
        "unreadable" if one.problem or vain else one.examined.result.status
        for one in built
        if one.folder is None and not one.passed_over
    ]
