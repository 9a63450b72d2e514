"""Family 4, across years: what this year's report must have in common with last year's, and what it must not."""

from __future__ import annotations

from collections.abc import Iterator

from gia_xlsx.diagnostic import Finding, Rule, Severity, rule
from gia_xlsx.form import Key
from gia_xlsx.report import Number, Report
from gia_xlsx.rules import wording
from gia_xlsx.rules.diagnosis import broken
from gia_xlsx.rules.likeness_of_text import copied, side_by_side
from gia_xlsx.rules.two_years import jumps, stated_or_summed, told

_LAST_YEAR = ("previous", "last year")
_FORM = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"
_IN, _OUT = "「二、上年结转政府信息公开申请数量」", "「四、结转下年度继续办理」"
_TOTAL_IN, _TOTAL_OUT = Key("requests", "carried_in", "total"), Key("requests", "carried_out", "total")


@rule(
    "GIA402",
    "carried-in-is-not-what-was-carried-out",
    Severity.ERROR,
    message=f"{_IN}的总计是 {{now}} 件，上年度报告{_OUT}的总计是 {{then}} 件{{columns}}。",
    hint="上年没有办结的申请，件件都应转入本年；请对照申请台账和上年度报告核对这一行{balance}。上年度报告有误的，先更正上年度报告；"
    "因机构改革、职责划转而不同的，在文字中说明。",
    basis=f"{_FORM}表三第二项：上年度报告“结转下年度继续办理”的申请",
    needs=_LAST_YEAR,
)
def carried_in_is_not_what_was_carried_out(report: Report) -> Iterator[Finding]:
    """表三“上年结转”的总计，应等于上年度报告“结转下年度继续办理”的总计。

    示例：上年度报告结转下年度 4 件（自然人 4），本年上年结转填 3 件，报本条，并指出差在自然人一栏。
    不报的情形：总计相符的（各栏不符报 GIA403）；两年有一方空白、读不出的；总计与各栏之和不符、
    其中一个数与上年相符的（GIA203）。
    怎么改：照上年度报告填写；上年度报告确有错误的，先更正上年度报告。
    """
    assert report.previous is not None
    now, then = stated_or_summed(report, _TOTAL_IN), stated_or_summed(report.previous, _TOTAL_OUT)
    if not now or not then or set(now) & set(then):
        return
    differing = _differing(report, report.previous)
    columns = f"，差在{_shown(report, differing)}" if differing else ""
    words = {"now": now[0], "then": then[0], "columns": columns, "balance": _balanced(report, differing)}
    yield Finding((*differing, _TOTAL_IN), words)


@rule(
    "GIA403",
    "columns-carried-in-differ",
    Severity.WARNING,
    message=f"{_IN}有 {{count}} 栏与上年度报告{_OUT}不同：{{columns}}{{whole}}。",
    hint="同一件申请，两年的申请人类型应当一致；请对照申请台账，看哪一年填错了栏。",
    basis=f"{_FORM}表三第二项：上年度报告“结转下年度继续办理”的申请",
    needs=_LAST_YEAR,
)
def columns_carried_in_differ(report: Report) -> Iterator[Finding]:
    """表三“上年结转”的总计与上年度报告相符，自然人、商业企业等单栏却不同，请核对；几栏合为一条。

    示例：上年结转下年度是自然人 4、商业企业 0，本年上年结转填自然人 3、商业企业 1，报本条（提醒）。
    不报的情形：总计也不同的（GIA402，一起说明）；两年有一方空白、读不出的栏。
    怎么改：按台账上的申请人类型，改正填错栏的一年；上年度报告填错的，在文字中说明。
    """
    assert report.previous is not None
    now, then = stated_or_summed(report, _TOTAL_IN), stated_or_summed(report.previous, _TOTAL_OUT)
    differing = _differing(report, report.previous)
    if not differing or (now and then and not set(now) & set(then)):
        return
    gaps = [now - then for now, then in differing.values()]
    swapped = f"；总计相同，像是有 {abs(gaps[0])} 件填错了栏" if len(gaps) == 2 and not sum(gaps) else ""
    words = {"count": len(differing), "columns": _shown(report, differing), "whole": swapped}
    yield Finding(tuple(differing), words)


def _differing(report: Report, previous: Report) -> dict[Key, tuple[Number, Number]]:
    """The columns, without the total, in which what was carried in is not what was carried out: this year's, last's."""
    found = {}
    for key in report.form.totals[_TOTAL_IN].left:
        now, then = report.numbers.get(key), previous.numbers.get(key._replace(row=_TOTAL_OUT.row))
        if now is not None and then is not None and now != then:
            found[key] = (now, then)
    return found


def _shown(report: Report, differing: dict[Key, tuple[Number, Number]]) -> str:
    named = ((wording.column(report.form, key), *figures) for key, figures in differing.items())
    return "、".join(f"{column}（本年 {now}，上年 {then}）" for column, now, then in named)


def _balanced(report: Report, differing: dict[Key, tuple[Number, Number]]) -> str:
    """That a column does not balance in this report either, and would with last year's figure: the error is here."""
    columns = [
        wording.column(report.form, key)
        for fault in broken(report, (check for check in report.form.checks if check.relation.code == "GIA201"))
        for key, (now, then) in differing.items()
        if key in fault.check.left and fault.left - fault.right == now - then
    ]
    return f"；照上年的数改正，{'、'.join(columns)}列的勾稽关系也就平了" if columns else ""


@rule(
    "GIA404",
    "stock-does-not-follow",
    Severity.WARNING,
    message="{row}现行有效 {stock} 件，与上年对不上：上年 {last}＋制发 {issued}－废止 {repealed}＝{sum}{like}。",
    hint="现行有效是截至 12 月 31 日的存量，请核对四个数；清理、失效的计入本年废止，因职责划转等不同的在文字中说明。",
    basis="国办公开办函〔2021〕30号表二：现行有效件数为截至年底的存量",
    needs=_LAST_YEAR,
)
def stock_does_not_follow(report: Report) -> Iterator[Finding]:
    """2021 年格式表二，规章、行政规范性文件的“现行有效件数”，应等于上年末现行有效加本年制发减本年废止。

    示例：上年末现行有效 28 件，本年制发 5 件、废止 2 件，现行有效填 5 件，报本条（提醒），按上年推算应为 31 件。
    不报的情形：有一格空白、读不出的；现行有效小于制发减废止的（GIA205）；2019 年格式的“对外公开总数量”——文件失效、
    撤下后会减少，而表中没有废止件数，推算不出。
    怎么改：核对文件清理结果；确因清理、划转而不同的，保留并在文字中说明。
    """
    assert report.previous is not None
    for row in ("rules", "normative"):
        keys = tuple(Key("disclosure", row, column) for column in ("in_force", "issued", "repealed"))
        stock, issued, repealed = map(report.numbers.get, keys)
        last = report.previous.numbers.get(keys[0])
        if stock is None or issued is None or repealed is None or last is None:
            continue
        if stock == last + issued - repealed or stock < issued - repealed:
            continue
        words = {"stock": stock, "last": last, "issued": issued, "repealed": repealed, "sum": last + issued - repealed}
        like = _like(stock, last, issued, repealed)
        yield Finding(keys, {"row": wording.row(report.form, keys[0]), "like": like, **words})


def _like(stock: Number, last: Number, issued: Number, repealed: Number) -> str:
    """What a wrong stock looks like."""
    if stock == last:
        return "；填的数与上年相同，像是没有更新"
    if stock in (issued, issued - repealed):
        return "；像是只填了本年的件数，没有计入往年仍有效的"
    return "；像是没有减去本年废止的" if stock == last + issued else ""


@rule(
    "GIA405",
    "pending-cases-lost",
    Severity.WARNING,
    message="上年尚未审结的案件，本年没有全部计入：{groups}。",
    hint="上年尚未审结的案件，本年审结的计入相应结果，仍未审结的计入“尚未审结”，总计应包括它们；请核对案件台账。",
    basis=f"{_FORM}表四：总计包括上年转入本年的案件",
    needs=_LAST_YEAR,
)
def pending_cases_lost(report: Report) -> Iterator[Finding]:
    """表四每一组（行政复议、未经复议直接起诉、复议后起诉）的总计，不应少于上年度报告该组的“尚未审结”。

    示例：上年行政复议尚未审结 3 件，本年行政复议总计 1 件，报本条（提醒）；几组都少的合为一条。
    不报的情形：总计等于或多于上年尚未审结的；有一方空白、读不出的。
    怎么改：把上年结转、本年审结的案件计入相应结果；按上级要求只统计本年新收的，在文字中说明。
    """
    assert report.previous is not None
    lost = {}
    for group in ("review", "direct", "after_review"):
        total = Key("cases", "count", f"{group}.total")
        pending = report.previous.numbers.get(Key("cases", "count", f"{group}.pending"))
        found = stated_or_summed(report, total)
        if found and pending is not None and max(found) < pending:
            name = report.form.cells[total].block.columns.by_key[group].label
            lost[total] = f"{name}总计 {found[0]} 件，上年尚未审结 {pending} 件"
    if lost:
        yield Finding(tuple(lost), {"groups": "；".join(lost.values())})


@rule(
    "GIA406",
    "figure-far-from-last-year",
    Severity.WARNING,
    message="与上年度报告相差很大（超过 5 倍或不到五分之一）：{figures}。",
    hint="请核对有没有多打、少打数字，单位、口径有没有变；确实如此的，保留，最好在文字中说明原因。",
    basis="条例第五十条：年度报告应如实反映情况，数据异常变动应当核实",
    needs=_LAST_YEAR,
)
def figure_far_from_last_year(report: Report) -> Iterator[Finding]:
    """一个数是上年的 5 倍以上或不到五分之一，而且相差 20 以上，请核对；各处合为一条。

    表三只比总计列，表四只比各组总计；办理结果总计随新收变化、各种结果随办理结果总计变化的，不再列出。
    示例：行政处罚上年 8 件，本年 240 件，报本条（提醒），写明“8→240”。
    不报的情形：相差不到 20 的；2019 年格式的“本年增/减”；现行有效件数（GIA404）和上年结转（GIA402）；两年格式不同、
    另一年没有的格；空白、读不出的格；本身不平的合计（先改平）。
    怎么改：对照台账核对；多打、少打数字或单位写错的改正，确实如此的保留。
    """
    assert report.previous is not None
    if found := jumps(report, report.previous):
        words = {"figures": wording.listed((told(pair) for pair in found), "处")}
        yield Finding(tuple(key for pair in found for key in pair.keys), words)


@rule(
    "GIA407",
    "text-of-last-year",
    Severity.WARNING,
    message="文字与上年度报告大致相同：{sections}。",
    hint="请写本年度的做法、成效、问题和措施，不要只改年份和数字；确属每年不变的做法，可以保留，同时补上本年的情况。",
    basis="条例第四十九条、第五十条：年度报告反映上一年度的情况",
    needs=_LAST_YEAR,
)
def text_of_last_year(report: Report) -> Iterator[Finding]:
    """正文照搬上年度报告：逐句与上年比较，一个部分有七成以上、或者一大段有九成以上的文字相同或只改了几个字。

    标题、数字、年份、标点、机关名称不比；法律文件名、惯用的套话、填报工作簿提供的标准句子不算。
    示例：“五、存在的主要问题及改进情况”8 句中有 7 句与上年相同，报本条（提醒），并列出一句两年的写法；
    整份照搬的合为一条。
    不报的情形：前言和三张表前的说明（年年相同）；以数字为主的句子；相同的文字不足 80 字的；只有少数句子相同的。
    怎么改：按本年度的实际重写。
    """
    parts = copied(report)
    if parts:
        sections = "；".join(
            f"“{report.heading(part.section)}”有 {part.sentences} 句相同或只改了几个字，占{part.of} {part.share}%"
            for part in parts
        )
        best = max((part.best for part in parts), key=lambda pair: pair.weight)
        places = tuple(dict.fromkeys(place for part in parts for place in part.places))
        yield Finding((), {"sections": sections}, places, side_by_side(best))


RULES: tuple[Rule, ...] = (
    carried_in_is_not_what_was_carried_out,
    columns_carried_in_differ,
    stock_does_not_follow,
    pending_cases_lost,
    figure_far_from_last_year,
    text_of_last_year,
)
