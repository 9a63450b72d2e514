"""Family 3, prose against tables: what the text says of a number, and what the table says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from gia_xlsx.claims.binding import claims
from gia_xlsx.claims.claim import Claim
from gia_xlsx.claims.denials import Denial, denials
from gia_xlsx.claims.lexicon import tokens, topics
from gia_xlsx.diagnostic import Finding, Rule, Severity, rule
from gia_xlsx.form import Key, load_form
from gia_xlsx.passages import Passage, passages
from gia_xlsx.placeholders import UNFILLED, placeholders, printed
from gia_xlsx.report import Place, Report, once
from gia_xlsx.rules import parts, wording
from gia_xlsx.rules.diagnosis import explain
from gia_xlsx.rules.excerpts import around
from gia_xlsx.rules.readings import Reading, readings_of, sums_of, total_of

_TABLES = {"disclosure": "表二", "requests": "表三", "cases": "表四"}
_COMPARED = "条例第五十条：年度报告的文字与表格是同一份材料，说的应是同一组数"


class Contradiction(NamedTuple):
    """A number of the text that none of its readings bears out."""

    claim: Claim
    readings: tuple[Reading, ...]
    certain: bool


@once
def contradictions(report: Report) -> tuple[Contradiction, ...]:
    """The numbers that contradict the tables; a table that contradicts itself is taken as it was meant, too."""
    causes = explain(report)
    meant = {cause.suspect: cause.fitting for cause in causes if cause.suspect and cause.fitting is not None}
    doubtful = {key for cause in causes for one in (cause.head, *cause.consequences) for key in one.check.keys}
    found = []
    for claim in claims(report):
        if claim.given:
            continue
        readings = readings_of(report, claim)
        if not readings or any(_holds(report, claim, reading, meant) for reading in readings):
            continue
        certain = claim.certain and not any(key in doubtful for reading in readings for key in reading.keys)
        found.append(Contradiction(claim, readings, certain))
    return tuple(found)


def _holds(report: Report, claim: Claim, reading: Reading, meant: Mapping[Key, int]) -> bool:
    if claim.figure.fits(reading.value):
        return True
    if meant.keys().isdisjoint(reading.keys):
        return False
    values = [meant.get(key, report.value(key)) for key in reading.keys]
    return claim.figure.fits(total_of(report, reading.keys, [value for value in values if value is not None]))


@rule(
    "GIA301",
    "text-contradicts-table",
    Severity.ERROR,
    message="文中“{said}”，{table}：{stated}，两处矛盾。",
    hint="请对照台账，改正文字或者表格；文中数字可写占位符 {placeholder}，发布时取表中的数，不会再矛盾。",
    basis=_COMPARED,
)
def text_contradicts_table(report: Report) -> Iterator[Finding]:
    """文中写明的数字，与表格中同一项的数字不同，而且数字、单位和所指的项目都没有疑义。

    查申请的收到、办结、结转和各种办理结果，复议、诉讼及其结果，规章、规范性文件的制发、废止、现行有效，行政许可、处罚、强制，
    行政事业性收费（元、万元换算后比）。“收到”“受理”可以指新收，也可以指新收加上年结转，两种都算相符。
    示例：“处理行政许可558件”，表二行政许可本年处理决定数量 290，报本条，指出句子、数字和单元格。
    不报的情形：相符的；带“约”“余”的（GIA705）；同比、上年、全省等不是本机关本年的；网上、信函等只是一部分的；
    用占位符写的数字；有别的读法的（GIA302）。
    怎么改：查台账，改正写错的一处。
    """
    yield from _told(report, certain=True)


@rule(
    "GIA302",
    "text-may-contradict-table",
    Severity.WARNING,
    message="文中“{said}”，{table}：{stated}，两处对不上{doubt}。",
    hint="请核对：确属一项的，改正文字或者表格（文中数字可写占位符 {placeholder}）；"
    "不是一项的，把话写明白，或写明理由后接受本条。",
    basis=_COMPARED,
)
def text_may_contradict_table(report: Report) -> Iterator[Finding]:
    """文中的数字与表格中可能是同一项的数字不同，但用词有别的读法，需要人来判断。

    示例：“答复33件”，表三办理结果总计 34、新收 33 之外都对不上的；“1件要求重新作出答复”，表四结果纠正 0、其他结果 1，
    报本条（提醒），列出可能的读法和各自的数字。
    不报的情形：任何一种读法相符的；GIA301 已经报的；不是本机关本年的数字。
    怎么改：改正写错的一处，或把话写明白。
    """
    yield from _told(report, certain=False)


def _told(report: Report, certain: bool) -> Iterator[Finding]:
    """The contradictions of a kind; several numbers that contradict the same cells in the same way are one."""
    groups: dict[tuple[tuple[Key, ...], bool], list[Contradiction]] = {}
    for one in contradictions(report):
        if one.certain == certain:
            groups.setdefault((one.readings[0].keys, certain), []).append(one)
    for group in groups.values():
        first = group[0]
        keys = tuple(dict.fromkeys(key for reading in first.readings for key in reading.keys))
        says = "”“".join(dict.fromkeys(_said(one.claim) for one in group))
        words = {
            "said": says,
            "table": _TABLES[keys[0].table],
            "stated": "；".join(_stated(report, reading) for reading in first.readings),
            "doubt": _doubt(first),
            "placeholder": _placeholder(report, first.readings[0].keys),
        }
        yield Finding(keys, words, _places(report, [one.claim.passage for one in group], keys), _excerpt(first.claim))


def _said(claim: Claim) -> str:
    return claim.passage.text[claim.start : claim.end].strip()[-60:]


def _stated(report: Report, reading: Reading) -> str:
    """``「行政许可」的本年处理决定数量 290``; of a sum what it is made of."""
    form = report.form
    cells = reading.keys
    if len(cells) == 1:
        value = report.value(cells[0])
        assert value is not None
        return (
            f"{wording.name(form, cells[0])}为 {printed(value)}{'万元' if form.cells[cells[0]].unit == '万元' else ''}"
        )
    names = [_short(report, key) for key in cells if report.value(key)] or [_short(report, key) for key in cells]
    return f"{wording.listed(names, '格')}合计 {printed(reading.value)}"


def _short(report: Report, key: Key) -> str:
    value = report.value(key)
    return f"{report.form.cells[key].name} {'空白' if value is None else printed(value)}"


def _doubt(one: Contradiction) -> str:
    if len(one.readings) > 1:
        return "，几种读法都不符"
    return "" if one.claim.certain else "（按通常的读法）"


@cache
def _names(form_name: str) -> Mapping[tuple[Key, ...], str]:
    return {one.keys: one.name for one in placeholders(load_form(form_name)) if one.keys}


def _placeholder(report: Report, keys: tuple[Key, ...]) -> str:
    """The placeholder that would have given the number; of a sum its parts."""
    names = _names(report.form.form)
    whole = names.get(keys)
    if whole:
        return f"{{{{ {whole} }}}}"
    parts_ = [names[(key,)] for key in keys if (key,) in names]
    return f"{{{{ {' + '.join(parts_[:3])}{' + …' if len(parts_) > 3 else ''} }}}}"


def _excerpt(claim: Claim) -> str:
    return around(claim.passage.text, claim.start, claim.end)


def _places(report: Report, where: Sequence[Passage], keys: Sequence[Key]) -> tuple[Place, ...]:
    told = [passage.place for passage in where] + [report.facts[key].place for key in keys]
    return tuple(dict.fromkeys(place for place in told if place))


@rule(
    "GIA303",
    "denied-in-text-but-counted",
    Severity.ERROR,
    message="文中说“{said}”，{table}：{stated}，两处矛盾。",
    hint="请对照台账，改正文字或者表格。",
    basis=_COMPARED,
)
def denied_in_text_but_counted(report: Report) -> Iterator[Finding]:
    """文中说没有（未收到申请、未发生复议诉讼、未制发文件等），表格中同一项却不是 0。

    示例：“本年度未收到政府信息公开申请”，表三本年新收总计 3，报本条。
    小标题“依申请公开”下只写“无”的，也按没有核对。
    不报的情形：表中也是 0 的；说的是上年的；只说没有某一种的（未收到网上申请、未发生被纠正的案件）。
    怎么改：改正写错的一处。
    """
    told = set()
    for denial in denials(report):
        for name in denial.topics:
            keys = _counted(report, name)
            if keys and keys not in told:
                told.add(keys)
                yield _denied(report, denial, keys)


def _counted(report: Report, name: str) -> tuple[Key, ...]:
    """The cells that say how many there were this year, if any is not 0."""
    sort = "issue" if "issue" in topics()[name].readings else topics()[name].bare
    sums = sums_of(report.form.form, name, sort, ("total",))
    return tuple(key for key in (sums[0] if sums else ()) if report.value(key))


def _denied(report: Report, denial: Denial, keys: tuple[Key, ...]) -> Finding:
    text = denial.passage.text
    said = text[denial.start : denial.end].strip()
    said = f"{denial.passage.heading.strip()} {said}" if len(text) < 10 else said
    stated = "；".join(f"{wording.name(report.form, key)}为 {printed(report.value(key) or 0)}" for key in keys)
    words = {"said": said[-80:], "table": _TABLES[keys[0].table], "stated": stated}
    return Finding(keys, words, _places(report, [denial.passage], keys), around(text, denial.start, denial.end))


@rule(
    "GIA304",
    "counted-but-not-in-text",
    Severity.WARNING,
    message="{table}：{stated}，全文没有写到。",
    hint="请在{where}写明{what}，数字用占位符 {placeholder}。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号：总体情况应概述依申请公开等情况",
)
def counted_but_not_in_text(report: Report) -> Iterator[Finding]:
    """表三有申请，或者表四有复议、诉讼案件，文字里却一个数字也没有提到。

    示例：表三本年新收 12 件，全文没有一句说收到申请，报本条（提醒）；表四行政复议 1 件而文字未提，报本条（说明）。
    不报的情形：表中为 0；文字说到了件数，或者说没有（GIA303）。
    怎么改：在第一部分“依申请公开”写明收到和办理情况，案件写明结果。
    """
    spoken = {name for claim in claims(report) for name in claim.topics}
    spoken |= {name for denial in denials(report) for name in denial.topics}
    for passage in passages(report):
        if UNFILLED in passage.text:  # spoken of, once the figure is filled
            spoken |= {token.value for token in tokens(passage.text) if token.kind == "topic"}
    if not passages(report):
        return
    for name, what in (("requests", "收到和办理情况"), ("review", "件数和结果"), ("litigation", "件数和结果")):
        keys = _counted(report, name)
        if name in spoken or not keys:
            continue
        words = {
            "table": _TABLES[keys[0].table],
            "stated": "；".join(f"{wording.name(report.form, key)}为 {report.value(key)}" for key in keys),
            "where": "第一部分“依申请公开”" if name == "requests" else "第一部分或第四部分",
            "what": what,
            "placeholder": _placeholder(report, sums_of(report.form.form, name, topics()[name].bare, ("total",))[0]),
        }
        yield Finding(keys, words, (), None, None if name == "requests" else Severity.NOTE)


RULES: tuple[Rule, ...] = (
    text_contradicts_table,
    text_may_contradict_table,
    denied_in_text_but_counted,
    counted_but_not_in_text,
    *parts.RULES,
)
