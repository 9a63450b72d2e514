"""Family 4, against last year: whether what was given as last year's report is that."""

from __future__ import annotations

from collections.abc import Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.report import Report


@rule(
    "GIA401",
    "previous-is-not-last-year",
    Severity.ERROR,
    message="上年材料是{found}的，不是{expected}的。",
    hint="请换上本机关上一年度的工作簿、report.json 或发布过的报告，并核对封面的机关名称和报告年度。",
    basis="条例第三十三条、第五十条：上年结转应与本机关上年度报告衔接",
    needs=("previous",),
)
def previous_is_not_last_year(report: Report) -> Iterator[Finding]:
    """给出的上年材料不是本机关的，或者不是上一年度的，不能用来核对。

    示例：清水镇 2024 年度的报告，上年材料却是盘州市 2024 年度的，报本条，写明两边各是谁、哪一年。
    不报的情形：没有给出上年材料的（不查）；机关、年度都相符的；本报告封面没有填机关或年度的，不比那一项（GIA150）。
    怎么改：换上本机关上一年度的材料。
    """
    if report.previous is not None and (told := disagreement(report.organ, report.year, report.previous)):
        yield Finding((), {"found": told[0], "expected": told[1]})


def is_last_year(report: Report) -> bool:
    """Whether the previous report that was given is this organ's for the year before, so that it can be compared."""
    return report.previous is not None and disagreement(report.organ, report.year, report.previous) is None


def disagreement(organ: str, year: int | None, previous: Report) -> tuple[str, str] | None:
    """Whose report ``previous`` is and whose it should be, if they differ; what is '' or None is not compared."""
    organs = not organ or _alike("".join(organ.split()), "".join(previous.organ.split()))
    years = year is None or previous.year == year - 1
    if organs and years:
        return None
    found = _whose(previous.organ or "未填机关名称", previous.year)
    return found, _whose(organ or previous.organ, previous.year if year is None else year - 1)


def _alike(one: str, other: str) -> bool:
    """Whether two names are of one organ: the same, or one without the place before it (随县安居镇人民政府)."""
    return bool(other) and (one.endswith(other) or other.endswith(one))


def _whose(organ: str, year: int | None) -> str:
    return f"{organ}{'未填年度' if year is None else f' {year} 年度'}"
