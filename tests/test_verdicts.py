"""The five real reports, judged: exactly their true defects, read from the published pages by eye."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gia_xlsx.diagnostic import Severity, Verdict
from gia_xlsx.report import Report
from gia_xlsx.rules import check
from tests.clean import clean, edited
from tests.seeds import load_seed


def told(verdict: Verdict) -> list[str]:
    """Each diagnostic as severity, code and first key."""
    return [f"{d.severity.value} {d.code} {d.keys[0] if d.keys else ''}".rstrip() for d in verdict.diagnostics]


@pytest.mark.parametrize(
    ("seed", "words"),
    [("000", "「结果纠正」现为“结果”"), ("003", "「尚未审结」现为“尚未”"), ("004", "(单位:万元,保留4位小数)”")],
)
def test_reports_without_defect_but_heads_that_are_cut_or_drawn_out(seed: str, words: str) -> None:
    verdict = check(load_seed(seed))
    assert verdict.status == "ok"
    assert told(verdict) == ["warning GIA121"]
    assert words in verdict.diagnostics[0].message


def test_001_a_total_left_at_zero() -> None:
    verdict = check(load_seed("001"))
    assert told(verdict) == ["error GIA203 requests/carried_in/total"]
    message = verdict.diagnostics[0].message
    assert message == (
        "「二、上年结转政府信息公开申请数量」的总计填 0，六栏之和为 4（自然人 4），少 4；"
        "由此总计列勾稽关系也不平：33＋0≠34＋3。"
    )


def test_002_a_blank_labels_overwritten_items_and_decisions_mixed() -> None:
    verdict = check(load_seed("002"))
    assert told(verdict) == [
        "error GIA101 requests/carried_out/natural",
        "error GIA120",
        "warning GIA104 disclosure/procurement/amount",
        "warning GIA209 disclosure/licensing/items_previous",
        "warning GIA209 disclosure/penalties/items_previous",
        "warning GIA209 disclosure/coercion/items_previous",
    ]
    assert "有 16 处行名或列名被改掉" in verdict.errors[1].message


def test_the_same_answer_the_second_time() -> None:
    report = load_seed("002")
    assert check(report) == check(report)


def test_errors_come_first_then_warnings_then_notes() -> None:
    report = edited(clean(), {"disclosure/licensing/decisions": "１２", "requests/carried_in/total": 3})
    report = replace(report, cover=replace(report.cover, organ=""))
    severities = [diagnostic.severity for diagnostic in check(report).diagnostics]
    assert severities == [Severity.ERROR, Severity.ERROR, Severity.WARNING]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("stated", [True, False])
def test_nothing_to_say_of_a_clean_report(form: str, stated: bool) -> None:
    assert told(check(clean(form, stated=stated))) == []


def test_a_report_without_cover_or_places_is_judged_too() -> None:
    report: Report = replace(load_seed("000"), paragraphs=())
    assert check(report).status == "ok"
