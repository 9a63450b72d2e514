"""Family 6, what section six says of the fee for information, and whether it holds against the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.form import Key
from gia_xlsx.report import Report, once
from gia_xlsx.rules.plain import Said, excerpt, of, said, sentences, where
from gia_xlsx.rules.sections import worded
from gia_xlsx.wordlists import wordlist

_FIRST_YEAR = 2021  # 国办函〔2020〕109号 holds from 2021-01-01
_MEASURES = "政府信息公开信息处理费管理办法（国办函〔2020〕109号）"
_AMOUNT = Key("disclosure", "fees", "amount")
_UNPAID = Key("requests", "outcome.other.unpaid", "total")
_RECEIVED = Key("requests", "received", "total")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence on the fee, and the numbers in it: notices (件), amounts asked and received (元)."""

    said: Said
    at: int
    text: str
    notices: Decimal | None
    asked: Decimal | None
    received: Decimal | None
    any_amount: bool


@once
def statements(report: Report) -> tuple[Statement, ...]:
    """Every sentence that speaks of the fee."""
    found: list[Statement] = []
    for one in said(report):
        if "费" in one.heading and _speaks(one.heading):
            found.append(_statement(one, 0, f"{one.heading}:{one.text}"))  # its text may be no more than 无
        elif "费" in one.text:
            found += [_statement(one, at, text) for at, text in sentences(one.text) if _speaks(text)]
    return tuple(found)


def _speaks(sentence: str) -> bool:
    if "费" not in sentence:
        return False
    words = wordlist("statements")
    bare = _compiled(words["other_fees"]).sub("", sentence)
    return "费" in bare and _compiled("|".join(words["statement"])).search(bare) is not None


def _statement(one: Said, at: int, text: str) -> Statement:
    words = wordlist("statements")
    notices = _compiled(words["notices"]).search(text)
    asked = _compiled(words["asked"]).search(text)
    received = next(
        (
            match
            for match in _compiled(words["received"]).finditer(text)
            if asked is None or match.start(1) != asked.start(1) or "实" in match[0]
        ),
        None,
    )
    if asked is not None and received is not None and asked.start(1) == received.start(1):
        asked = None
    count = Decimal((notices[1] or notices[2]).replace(",", "")) if notices else None
    amounts = re.findall(r"(\d[\d,]{0,12}(?:\.\d{1,4})?)\s{0,2}万?元", text)
    return Statement(
        one, at, text, count, _yuan(asked), _yuan(received), any(Decimal(a.replace(",", "")) for a in amounts)
    )


def _yuan(match: re.Match[str] | None) -> Decimal | None:
    if match is None:
        return None
    number = Decimal(match[1].replace(",", ""))
    return number * 10_000 if match[2] == "万元" else number


@rule(
    "GIA607",
    "fee-statement-missing",
    Severity.WARNING,
    message="没有写依申请提供政府信息收取信息处理费的情况{unpaid}。",
    hint="请在第六部分补写，可写：“{year}年，{wording}”数字请按实际情况填写。",
    basis=f"{_MEASURES}：收费情况须在年度报告“其他需要报告的事项”中写明；国办公开办函〔2021〕30号",
    needs=("year",),
)
def fee_statement_missing(report: Report) -> Iterator[Finding]:
    """2021 年度起，第六部分须写明信息处理费的收取情况：发出收费通知的件数、总金额、实际收取的金额；没有的也要写明。

    示例：第六部分只写“无其他需要报告的事项。”，报一条，并按有无申请给出一句可用的话（提醒）。
    不报的情形：写在别的部分的；写“未收取信息处理费”“无收费情况”的；名称不对的（GIA608）；2020 年度及以前的；
    封面没有填年度的（不查）；整份没有文字的（GIA603）。
    怎么改：照建议的话补写，有收费的填上件数和金额。
    """
    if report.year is None or report.year < _FIRST_YEAR or not worded(report) or statements(report):
        return
    unpaid, received = report.numbers.get(_UNPAID), report.numbers.get(_RECEIVED)
    sent = f"，而表三有 {unpaid} 件申请人逾期未按收费通知缴费" if unpaid else ""
    if unpaid:
        wording = "本机关依申请提供政府信息发出收费通知【件数】件，总金额【金额】元，实际收取【金额】元。"
    elif received == 0:
        wording = "本机关未收到政府信息公开申请，未收取信息处理费，发出收费通知0件，总金额0元，实际收取0元。"
    else:
        wording = "本机关依申请提供政府信息，发出收费通知0件，总金额0元，实际收取0元，未收取信息处理费。"
    yield Finding((), {"year": report.year, "wording": wording, "unpaid": sent}, where(of(report, "other")[-1:]))


@rule(
    "GIA608",
    "fee-under-wrong-name",
    Severity.NOTE,
    message="“{found}”的名称不规范，应为“信息处理费”。",
    hint="请改为“信息处理费”。",
    basis=_MEASURES,
)
def fee_under_wrong_name(report: Report) -> Iterator[Finding]:
    """写了收费情况，名称却不是“信息处理费”，如“政府信息处理费”“信息公开处理费”“检索费”。

    示例：“我镇无政府信息处理费收取情况”，说明一条。
    不报的情形：“信息处理费”“政府信息公开信息处理费”；与信息公开无关的收费（垃圾处理费）。
    怎么改：统一写作“信息处理费”。
    """
    wrong = _compiled(wordlist("statements")["wrong_names"])
    found = [(one.said, match) for one in statements(report) if (match := wrong.search(one.text))]
    if found:
        yield Finding((), {"found": found[0][1][0]}, where(one for one, _ in found))


@rule(
    "GIA609",
    "fee-statement-incomplete",
    Severity.WARNING,
    message="写了收取信息处理费，但没有写{missing}。",
    hint="请写全三项：发出收费通知【件数】件，总金额【金额】元，实际收取【金额】元。",
    basis=f"{_MEASURES}：发出收费通知的件数和总金额，以及实际收取的总金额",
)
def fee_statement_incomplete(report: Report) -> Iterator[Finding]:
    """报告说收了信息处理费，却没有把收费通知件数、通知的总金额、实际收取的金额三项写全。

    示例：“全年收取信息处理费100元。”没有写通知件数和总金额，报一条（提醒）。
    不报的情形：写明没有收费、0元的；三项分几句写全的；没有写收费的（GIA607）。
    怎么改：补全三项。
    """
    told = statements(report)
    if not any(one.any_amount or one.notices for one in told):
        return
    names = ("notices", "发出收费通知的件数"), ("asked", "通知的总金额"), ("received", "实际收取的金额")
    missing = [name for field, name in names if all(getattr(one, field) is None for one in told)]
    if missing:
        charged = next(one for one in told if one.any_amount or one.notices)
        text = excerpt(charged.said.passage.text, charged.at)
        yield Finding((), {"missing": "、".join(missing)}, where([charged.said]), text)


@rule(
    "GIA610",
    "unpaid-without-fee-notice",
    Severity.WARNING,
    message="{cell}有 {unpaid} 件，文字却没有写发出过收费通知。",
    hint="逾期不缴费以发出收费通知为前提：请核对这一格，或在第六部分写明发出收费通知的件数和金额。",
    basis=f"{_MEASURES}；国办公开办函〔2021〕30号表三：申请人逾期未按收费通知要求缴纳费用",
)
def unpaid_without_fee_notice(report: Report) -> Iterator[Finding]:
    """表三有“申请人逾期未按收费通知要求缴纳费用”的件数，而第六部分写没有收费，或没有提收费通知。

    示例：该行总计 2，文字写“未收取信息处理费，发出收费通知0件”，报一条（提醒）。
    不报的情形：该行为 0 或空白；文字写了收费通知且不为 0 件；文字完全没有写信息处理费的（GIA607 一并说明）。
    怎么改：核对台账，改正表格或补写收费通知情况。
    """
    unpaid, told = report.numbers.get(_UNPAID), statements(report)
    if not unpaid or not told or any(one.notices for one in told):
        return
    if any(one.notices is None and "收费通知" in one.text and not _none_sent(one.text) for one in told):
        return
    yield Finding((_UNPAID,), {"unpaid": unpaid}, excerpt=excerpt(told[0].said.passage.text, told[0].at))


def _none_sent(text: str) -> bool:
    return re.search(r"(?:未|没有|无)[^。;\n]{0,10}收费通知", text) is not None


@rule(
    "GIA611",
    "fees-exceed-table",
    Severity.WARNING,
    message="文字写实际收取信息处理费 {received} 元，多于表二「行政事业性收费」的本年收费金额 {amount} 万元。",
    hint="信息处理费是行政事业性收费的一种，应计入表二；请核对金额和单位（表二以万元为单位）。",
    basis=f"{_MEASURES}；国办公开办函〔2021〕30号表二",
)
def fees_exceed_table(report: Report) -> Iterator[Finding]:
    """第六部分写的信息处理费实收金额（元），折合万元后大于表二行政事业性收费的金额。

    示例：实际收取 50 元，表二收费金额 0 万元，报一条（提醒）。
    不报的情形：折合后不大于表二的；没有写实收金额的；表二这一格空白或读不出的；2019 年格式（没有这一格）。
    怎么改：把信息处理费计入表二，或改正文字。
    """
    received = max((one.received for one in statements(report) if one.received is not None), default=Decimal(0))
    amount = report.numbers.get(_AMOUNT)
    if amount is not None and received > Decimal(amount) * 10_000:
        words = {"received": f"{received.normalize():f}", "amount": f"{Decimal(amount):f}"}
        told = [one.said for one in statements(report) if one.received == received]
        yield Finding((_AMOUNT,), words, excerpt=told[0].passage.text[:60])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


RULES = (
    fee_statement_missing,
    fee_under_wrong_name,
    fee_statement_incomplete,
    unpaid_without_fee_notice,
    fees_exceed_table,
)
