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


DEFECTS = {  # what is wrong with each, as a person reads it, by the code that tells it
    "000": {
        "error GIA301 disclosure/licensing/decisions": "行政许可558件",
        "warning GIA121": "「结果纠正」现为“结果”",
        "warning GIA606": "工作考核、社会评议、责任追究",
        "warning GIA615": "没有落款，也没有成文日期",
        "note GIA304 cases/count/review.total": "「行政复议·总计」为 1",
        "note GIA608": "政府信息处理费",
        "note GIA613": "没有前言",
        "note GIA703": "半角",
        "note GIA704": "1条依申请公开",
    },
    "001": {
        "error GIA203 requests/carried_in/total": "少 4",
        "warning GIA302 cases/count/review.corrected": "要求重新作出答复",
        "warning GIA306": "政府公报6期",
        "warning GIA505": "口径",
        "warning GIA604": "行政复议和行政诉讼",
        "warning GIA606": "工作考核、社会评议、责任追究",
        "warning GIA607": "信息处理费",
        "warning GIA615": "没有落款",
        "warning GIA706": "政府信息公开平台建设",
        "note GIA703": "半角",
        "note GIA704": "转办",
        "note GIA705": "1060余条",
    },
    "002": {
        "error GIA101 requests/carried_out/natural": "",
        "error GIA120": "有 16 处行名或列名被改掉",
        "warning GIA104 disclosure/procurement/amount": "397265元",
        "warning GIA209 disclosure/licensing/items_previous": "3",
        "warning GIA209 disclosure/penalties/items_previous": "40",
        "warning GIA209 disclosure/coercion/items_previous": "238",
        "warning GIA605": "依申请公开、政府信息公开平台建设",
        "warning GIA606": "工作考核",
        "note GIA612": "标题",
        "note GIA613": "没有前言",
        "note GIA703": "括号",
    },
    "003": {
        "warning GIA121": "「尚未审结」现为“尚未”",
        "warning GIA308 disclosure/normative/issued": "规范性文件",
        "warning GIA604": "存在问题及改进情况",
        "warning GIA606": "社会评议",
        "warning GIA607": "信息处理费",
        "warning GIA615": "没有落款",
        "note GIA613": "",
        "note GIA703": "半角",
        "note GIA705": "上千条",
        "note GIA710": "1.",
    },
    "004": {
        "warning GIA121": "(单位:万元,保留4位小数)”",
        "warning GIA605": "依申请公开、政府信息管理、政府信息公开平台建设",
        "warning GIA606": "",
        "warning GIA607": "信息处理费",
        "warning GIA615": "没有落款",
        "warning GIA707": "政务权利",
        "warning GIA708": "截止目前",
        "note GIA613": "没有前言",
        "note GIA703": "半角",
    },
}


@pytest.mark.parametrize("seed", DEFECTS)
def test_every_defect_is_told_once_and_nothing_else(seed: str) -> None:
    verdict = check(load_seed(seed))
    assert told(verdict) == list(DEFECTS[seed])
    for diagnostic, words in zip(verdict.diagnostics, DEFECTS[seed].values(), strict=True):
        assert words in f"{diagnostic.message}{diagnostic.excerpt}", diagnostic.message
    assert verdict.status == ("ok" if seed in ("003", "004") else "errors")


def test_001_is_told_with_what_follows_from_its_total() -> None:
    message = check(load_seed("001")).diagnostics[0].message
    assert message == (
        "「二、上年结转政府信息公开申请数量」的总计填 0，六栏之和为 4（自然人 4），少 4；"
        "由此总计列勾稽关系也不平：33＋0≠34＋3。"
    )


def test_the_same_answer_the_second_time() -> None:
    report = load_seed("002")
    assert check(report) == check(report)


def test_errors_come_first_then_warnings_then_notes() -> None:
    report = edited(clean(), {"disclosure/licensing/decisions": "１２", "requests/carried_in/total": 3})
    report = replace(report, cover=replace(report.cover, organ=""))
    severities = [diagnostic.severity for diagnostic in check(report).diagnostics]
    assert severities == sorted(severities, key=list(Severity).index)
    assert severities[:2] == [Severity.ERROR, Severity.ERROR]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("stated", [True, False])
def test_nothing_to_say_of_a_clean_report(form: str, stated: bool) -> None:
    assert told(check(clean(form, stated=stated))) == []


def test_a_report_without_words_is_judged_too() -> None:
    report: Report = replace(load_seed("000"), paragraphs=())
    assert [d.code for d in check(report).errors] == ["GIA603"]
