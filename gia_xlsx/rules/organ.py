"""Family 5, the organ: what it has the power to do, for whom it reports, and words of other organs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gia_xlsx.diagnostic import Finding, Rule, Severity, rule
from gia_xlsx.numerals import squeeze
from gia_xlsx.organ import SCOPES, organ_types
from gia_xlsx.report import Place, Report
from gia_xlsx.rules.cells import clip
from gia_xlsx.rules.plain import Said, excerpt, of, said, sentences, where
from gia_xlsx.wordlists import wordlist

_LEVELS = "省市县区州旗镇乡街局委办厅处"
_SHOWN = 3  # words quoted in a message
_OFTEN = 2  # so often 我县 in the report of a town that never says 我镇: it is the county's
_REPORT_OF = re.compile(r"(?:19|20)\d\d年度?政府信息公开(?:工作)?年度报告")
_CONTACT = re.compile(r"请?与([\u4e00-\u9fff]{2,25}+)联系|请?与([\u4e00-\u9fff]{2,25}?)联系")
_NAME_AT_END = re.compile(r"[\u4e00-\u9fff]{2,30}$")
_WEAK_DISTRICT = re.compile(r".*(?:省|自治区|市|州|盟|县|区|旗)(?=.{3,}$)")


@rule(
    "GIA504",
    "rules-without-the-power",
    Severity.ERROR,
    message="{type}不能制定规章，“规章”一行却填了 {numbers}。",
    hint="请把这一行改为 0，所指的文件多半应填在“行政规范性文件”；有权制定规章的，请核对封面的机关类型是否选错。",
    basis="立法法：规章由国务院部门、省级政府和设区的市、自治州政府制定；条例第二十条第（一）项",
    needs=("type",),
)
def rules_without_the_power(report: Report) -> Iterator[Finding]:
    """没有规章制定权的机关，表二“规章”一行填了数。县级以下政府、街道、地方政府部门都不能制定规章。

    示例：镇政府“规章”制发 1、现行有效 3，报一条，列出不为 0 的各格。
    不报的情形：都是 0；国务院部门、省级政府、设区的市和自治州政府；封面没有填机关类型的（不查）。
    怎么改：改为 0，把文件移到“行政规范性文件”；或者改正封面的机关类型。
    """
    organ_type = organ_types()[report.cover.type]
    if organ_type.rules:
        return
    keys = tuple(
        key
        for key in report.form.by_key["disclosure"].keys
        if key.row == "rules" and (report.numbers.get(key) or 0) > 0
    )
    if keys:
        numbers = "、".join(f"{report.form.cells[key].column.name} {report.numbers[key]}" for key in keys)
        yield Finding(keys, {"type": organ_type.label, "numbers": numbers})


@rule(
    "GIA505",
    "scope-undeclared",
    Severity.WARNING,
    message="封面没有填报口径{raw}，看不出数字只是本机关的，还是本级政府汇总的。",
    hint="请在封面“填报口径”中选择“本机关”或“本级政府汇总”。",
    basis="条例第四十九条、第五十条：部门报告本机关情况，县级以上政府报告本级政府情况",
)
def scope_undeclared(report: Report) -> Iterator[Finding]:
    """封面没有声明填报口径。同样的数字，是本机关的还是汇总的，意思不同，不能代填报人猜。

    示例：市政府的报告，正文只写办公室收到的申请，封面口径空着，报本条（提醒）。
    不报的情形：选了“本机关”或“本级政府汇总”。
    怎么改：在封面从下拉列表中选。
    """
    scope = report.cover.scope
    if scope not in SCOPES:
        yield Finding((), {"raw": f"（填的是“{clip(scope)}”）" if scope else ""}, _on_cover(report, "scope"))


@rule(
    "GIA506",
    "words-of-another-level",
    Severity.WARNING,
    message="文字里用了{words}，{fault}，像是从别的机关的报告里抄来的。",
    hint="请改为本机关自己的称呼（如{own}）和本机关的情况；确是引用别处的话，请加引号或书名号。",
    basis="条例第四十九条、第五十条：年度报告应反映本机关情况",
    needs=("type",),
)
def words_of_another_level(report: Report) -> Iterator[Finding]:
    """自称不是本机关这一级、这一类的：镇的报告写“我局”，街道写“我镇”，对人称“贵办”，或者把全县、全省的数字当作自己的。

    示例：镇政府报告写“我局全年主动公开信息 120 条”“2024年，全县共收到政府信息公开申请 33 件”，
    报一条，列出各处（提醒）。
    不报的情形：书名号、引号里的；“按照我省统一部署”“在全县考核中”这样说上级的；政府部门、办公室说“全县”“全市”；
    封面没有填机关类型的（不查）。
    怎么改：改用本机关的称呼，换成本机关的情况。
    """
    kind = report.cover.type
    found = [(one, word, at) for one, word, at in _foreign_words(report) if word not in report.organ]
    fault = f"不是{organ_types()[kind].label}的自称"
    if not found:
        found, fault = list(_of_above(report)), f"说的是上一级，不是{organ_types()[kind].label}自己"
    if found:
        listed = "、".join(f"“{word}”" for word in list(dict.fromkeys(word for _, word, _ in found))[:_SHOWN])
        one, _, at = found[0]
        words = {"words": listed, "fault": fault, "own": wordlist("organs")["own"][kind]}
        yield Finding((), words, where(one for one, _, _ in found), excerpt(one.passage.text, at))


@rule(
    "GIA507",
    "scope-unlike-type",
    Severity.NOTE,
    message="{type}的年度报告一般按“{usual}”填报，封面填的是“{scope}”。",
    hint="请核对填报口径和机关类型；确实如此的，不必改。",
    basis="条例第四十九条、第五十条：部门报告本机关情况，县级以上政府报告本级政府情况",
    needs=("type",),
)
def scope_unlike_type(report: Report) -> Iterator[Finding]:
    """填报口径与机关类型通常的口径不同：县级以上政府通常为本级政府汇总，其他机关通常只填本机关。

    示例：县政府的报告，口径填“本机关”，说明一条。
    不报的情形：口径与类型相符；口径没有填的（GIA505）；封面没有填机关类型的（不查）。
    怎么改：填错的改正；县政府只报办公室自身数字的，建议在前言里写明统计范围。
    """
    organ_type, scope = organ_types()[report.cover.type], report.cover.scope
    if scope in SCOPES and scope != organ_type.scope:
        words = {"type": organ_type.label, "usual": SCOPES[organ_type.scope], "scope": SCOPES[scope]}
        yield Finding((), words, _on_cover(report, "scope"))


@rule(
    "GIA508",
    "name-of-another-organ",
    Severity.WARNING,
    message="{where}写的是{names}，封面的机关名称是“{organ}”。",
    hint="请核对是否沿用了别的单位的文字；机关更名的，请统一为现在的名称。",
    basis="条例第四十九条、第五十条：年度报告应反映本机关情况",
    needs=("type", "organ"),
)
def name_of_another_organ(report: Report) -> Iterator[Finding]:
    """前言、落款，或者以本机关身份说话的句子里，写着另一个同类机关的名称。

    示例：清水镇的报告，前言写“编制浑水镇人民政府2024年政府信息公开工作年度报告”，或正文写“2024年，浑水镇坚持……”，报本条（提醒）。
    不报的情形：上级机关的名称；书名号、引号里的；句中提到别的乡镇（“赴浑水镇学习”）；简称、全称之别；标题里的（GIA156）。
    怎么改：改为本机关的名称，并通读全文，看是否还有别的单位的内容。
    """
    told = [(name, place, "落款") for name, place in _signed(report)]
    told += [(name, one.passage.place, "文字里") for name, one in _named(report)]
    if told:
        names = "、".join(f"“{clip(name)}”" for name in list(dict.fromkeys(name for name, _, _ in told))[:_SHOWN])
        at = "和".join(dict.fromkeys(where for _, _, where in told))
        places = tuple(dict.fromkeys(place for _, place, _ in told if place))
        yield Finding((), {"where": at, "names": names, "organ": clip(report.organ)}, places)


def _on_cover(report: Report, field: str) -> tuple[Place, ...]:
    place = report.cover.places.get(field)
    return (place,) if place else ()


@cache
def _foreign(kind: str, name: str) -> re.Pattern[str]:
    """Self-words that an organ of this type, and of this name, never uses."""
    words = wordlist("organs")
    patterns = list(words["foreign"].get(kind, ()))
    for named in words["named"]:
        if kind in named["types"] and name == named["ending"]:
            patterns += named["foreign"]
    return re.compile("|".join(patterns))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(named["ending"] for named in wordlist("organs")["named"])


def _foreign_words(report: Report) -> Iterator[tuple[Said, str, int]]:
    """Each self-word of another kind, and each word that addresses the reader, with its place in the text."""
    words = wordlist("organs")["addressed"]
    ending = next((ending for ending in _endings() if report.organ.endswith(ending)), "")
    foreign, addressed = _foreign(report.cover.type, ending), _compiled(words["pattern"])
    for one in said(report):
        text = one.own
        if "我" in text or "本" in text:
            for match in foreign.finditer(text):
                if text[match.start() - 1 : match.start()] not in ("自", "忘", "无", "各"):
                    yield one, match[0], match.start()
        if "贵" in text:
            for match in addressed.finditer(text):
                before = text[max(0, match.start() - 1) : match.start()]
                if not "\u4e00" <= before <= "\u9fff" or before in words["before"]:
                    yield one, match[0], match.start()


def _of_above(report: Report) -> Iterator[tuple[Said, str, int]]:
    """Doings of a higher level with their numbers; or that level as the only one that says 我."""
    kind = report.cover.type
    levels = wordlist("organs")["above"].get(kind, "")
    if not levels:
        return
    doings, speaking = _doings(levels, kind)
    told = said(report)
    found = [(one, match[1], match.start(1)) for one in told for match in doings.finditer(one.own)]
    if not found:
        found = [(one, match[1], match.start(1)) for one in told for match in speaking.finditer(one.own)]
        if len(found) < _OFTEN or any(_speaks_for_itself(one, levels, report) for one in told):
            return
    yield from found


def _speaks_for_itself(one: Said, levels: str, report: Report) -> bool:
    """Whether a text says 我镇, 本机关, or names the organ; a preface is easily changed and tells nothing."""
    if one.section == "preface":
        return False
    own = "".join(set(_LEVELS) - set(levels))
    return _short(report.organ) in one.own or bool(re.search(f"[我本](?:[{own}]|单位|机关|府)", one.own))


@cache
def _doings(levels: str, kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = wordlist("organs")["doings"]
    who = f"[我全][{levels}]" if kind in ("township", "street") else f"[我全]{levels}"
    between, verbs, thing = words["between"], words["verbs"], words["object"]
    doings = rf"({who})(?<![{words['not_before']}]..){between}{{0,3}}(?:{verbs}){thing}[^,。;]{{0,16}}?\d"
    return re.compile(doings), re.compile(rf"(我[{levels}])(?:(?<=^..)|(?<=[。,;\n]..))(?![级区场])", re.MULTILINE)


def _short(organ: str) -> str:
    """An organ without what it belongs to and without 人民政府: 清水镇 of 某县清水镇人民政府."""
    core = _compiled(wordlist("organs")["names"]["suffix"]).sub("", squeeze(organ))
    return _WEAK_DISTRICT.sub("", core) or core


def _signed(report: Report) -> Iterator[tuple[str, Place | None]]:
    signature = squeeze(report.cover.signature)
    if signature and _another(signature, report):
        yield signature, report.cover.places.get("signature")


def _named(report: Report) -> Iterator[tuple[str, Said]]:
    """Names in the text where only the reporting organ can stand."""
    for one in of(report, "preface"):
        for name in _in_preface(one.own, report.cover.type):
            if _another(name, report):
                yield name, one
    words = wordlist("organs")["names"]["subject"]
    if report.cover.type not in words["types"]:
        return
    subject, no_name = _compiled(words["pattern"]), _compiled(words["not_names"])
    for one in said(report):
        for _, sentence in sentences(one.own) if one.section != "preface" else ():
            match = subject.match(sentence.lstrip())
            if match and not no_name.search(match[1]) and _another(match[1], report):
                yield match[1], one


def _in_preface(text: str, kind: str) -> Iterator[str]:
    """Whose report the preface says it is; of a government also with whom to speak about it."""
    for match in _REPORT_OF.finditer(text):
        before = re.sub(r"\([^()]{0,40}\)$", "", text[max(0, match.start() - 40) : match.start()])
        name = _NAME_AT_END.search(before)
        if name:
            yield name[0]
    if kind != "department":
        for match in _CONTACT.finditer(text):
            yield match[1] or match[2]


def _another(name: str, report: Report) -> bool:
    """Whether a name is that of another organ of the same kind: it ends alike, and neither name holds the other."""
    words = wordlist("organs")["names"]
    ends = words["ends"].get(report.cover.type)
    core = _compiled(words["suffix"]).sub("", _compiled(words["leads"]).sub("", name))
    if ends is None or not _compiled(f"(?:{ends})$").search(core) or _compiled(words["generic"]).search(core):
        return False
    own = squeeze(report.organ)
    return not (core in own or _short(report.organ) in core or _within(core, own) or _within(own, core))


def _within(short: str, long: str) -> bool:
    """Whether one name may be short for the other: its characters stand in the other in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


RULES: tuple[Rule, ...] = (
    rules_without_the_power,
    scope_undeclared,
    words_of_another_level,
    scope_unlike_type,
    name_of_another_organ,
)
