"""Family 7, words: terms of the field, counts that are not told, wrong characters. The words are lists of data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.report import Report
from gia_xlsx.rules.plain import one_of
from gia_xlsx.rules.spots import Spot, Whole, finding, whole
from gia_xlsx.wordlists import wordlist

_NUMERALS = "0123456789０１２３４５６７８９一二两三四五六七八九十百千万"
_COUNT = r"(?:[0-9０-９]{1,9}+(?:[.,][0-9]{1,4}+)?(?:万|千|百)?|[一二两三四五六七八九十百千万零]{1,8}+)"
_TEN = (
    r"(?:[0-9０-９][0-9０-９,.]{1,11}+万?|[0-9０-９][百千万]"
    r"|[一二两三四五六七八九]?[十百千万][一二三四五六七八九十百千万零]{0,6}+)"
)
_CLAUSE = re.compile(r"[，。；,;：:！？\n]")


@rule(
    "GIA704",
    "wrong-term",
    Severity.NOTE,
    message="用语与报告格式不一致 {count} 处：{shown}。",
    hint="请按《格式》和《条例》的用语改写。",
    basis="国办公开办函〔2021〕30号所附格式；条例第二十九条、第三十条、第三十六条",
)
def wrong_term(report: Report) -> Iterator[Finding]:
    """文字里的业务用语、计量单位与报告格式、《条例》的用语不一致：申请、复议、诉讼、文件以“件”计，上年未办结的称“结转”。

    示例：“收到1条依申请公开”应以“件”计；“上一年度转办4件”应为“结转”；“不予以公开”应为“不予公开”，各处合为一条说明。
    不报的情形：信息公开的条数（“规范性文件3条、公告5条”）；“开设2个依申请公开窗口”；转办给别的部门的信件；
    诉讼的胜诉、撤诉。
    怎么改：换成格式里的用语。
    """
    text = whole(report)
    spots = []
    for word, pattern, says in _terms():
        if word in text.words:
            for found in pattern.finditer(text.words):
                before = text.words[max(0, found.start() - 8) : found.start()]
                start = found.start() - len(before) + len(before.rstrip(_NUMERALS))
                spots.append(Spot(start, found.end(), f"“{text.words[start : found.end()].strip()}”{says}"))
    yield from finding(text, spots)


@cache
def _terms() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple(
        (term["word"], re.compile(term["pattern"].replace("N", _COUNT), re.MULTILINE), term["says"])
        for term in wordlist("terms")["term"]
    )


@rule(
    "GIA705",
    "vague-count",
    Severity.NOTE,
    message="有概数 {count} 处：{shown}。",
    hint="年度报告反映全年实际，能查到准确数的，请写准确数。",
    basis="条例第五十条：年度报告应反映实际情况；GB/T 15835—2011 关于概数的规定",
)
def vague_count(report: Report) -> Iterator[Finding]:
    """公开信息、会议、培训等的数量写成概数：余条、上千条、近百件、约200条、数十次。

    示例：“发布各类政府信息共计1060余条”“全年公开信息上千条”，合为一条说明。
    不报的情形：金额、比例、人数、时间（约占三成、近三年、300余万元、50余人）；阅读量、访问量；“每月3次左右”之类的要求。
    怎么改：查清后写准确的数；实在无法统计的，可以保留。
    """
    text = whole(report)
    vague = _vague()
    spots = []
    for found in vague.word.finditer(text.words):
        start = found.start()
        if found.lastgroup:
            counted = vague.count if found.lastgroup == "after" else vague.with_unit
            count = counted.search(text.words, max(0, start - 14), start)
            if count is None:
                continue
            start = count.start()
        if not vague.silent.search(text.clause(start, _CLAUSE)) and not text.is_given(start, found.end()):
            spots.append(Spot(start, found.end()))
    yield from finding(text, spots)


@dataclass(frozen=True, slots=True)
class _Vague:
    """The word list compiled: words that make a count vague, a count before one, also with its unit, and when not."""

    word: re.Pattern[str]
    count: re.Pattern[str]
    with_unit: re.Pattern[str]
    silent: re.Pattern[str]


@cache
def _vague() -> _Vague:
    words = wordlist("vague")
    parts = {"M": _TEN, "U": words["units"]}
    ways = (*words["before"], f"{words['after']}(?P<after>)", f"{words['around']}(?P<around>)")
    return _Vague(
        re.compile(one_of(re.sub("[MU]", lambda found: parts[found[0]], way) for way in ways)),
        re.compile(f"{_TEN}$"),
        re.compile(f"{_TEN}\\s?{words['units']}$"),
        re.compile(words["silent"]),
    )


@rule(
    "GIA707",
    "wrong-character",
    Severity.WARNING,
    message="疑有错别字 {count} 处：{shown}。",
    hint="请核对后改正；确系原文（如文件名称）的，可以保留。",
    basis="国家通用语言文字法第九条、第十一条；通用规范汉字表；现代汉语词典",
)
def wrong_character(report: Report) -> Iterator[Finding]:
    """文字里有公文常见的错别字、错用的词：布署、台帐、政务权利、做为、松驰等，按词表逐处列出。

    示例：“下放部分政务权利”应为“政务权力”；“周密布署”应为“部署”；各处合为一条提醒。
    不报的情形：碰巧连在一起的字（“发布署名文章”“举措失当”“视联接入”）；本来就对的词（“公民权利”“化学反应”“度过春节”）。
    怎么改：照提示改正。
    """
    text = whole(report)
    words = wordlist("characters")
    always, in_context = words["always"], words["in_context"]["words"]
    held = text.held(_wrong())
    spots = [
        Spot(at, at + len(wrong), f"“{wrong}”应为“{always[wrong]}”")
        for wrong in held
        if wrong in always
        for at in _found(text, wrong, words["chance"])
    ]
    spots += [
        Spot(found.start(), found.end(), f"“{found[0]}”应为“{found[0].replace(wrong, right)}”")
        for wrong, right, pattern in in_context
        if wrong in held
        for found in re.finditer(pattern, text.words)
    ]
    yield from finding(text, spots)


@cache
def _wrong() -> tuple[str, ...]:
    words = wordlist("characters")
    return tuple(dict.fromkeys((*words["always"], *(wrong for wrong, _, _ in words["in_context"]["words"]))))


def _found(text: Whole, wrong: str, chance: Mapping[str, list[str]]) -> Iterator[int]:
    """Where a wrong word stands, but for the longer words that hold it by chance."""
    for found in re.finditer(re.escape(wrong), text.words):
        at = found.start()
        if not any(text.words.startswith(longer, at - longer.index(wrong)) for longer in chance.get(wrong, ())):
            yield at


@rule(
    "GIA708",
    "until-written-as-ended",
    Severity.WARNING,
    message="“截止”用错 {count} 处：{shown}，应为“截至”。",
    hint="后面带时间的用“截至”（截至12月31日、截至目前）；“截止”表示到期停止（报名截止、截止日期）。",
    basis="现代汉语词典“截至”“截止”条",
)
def until_written_as_ended(report: Report) -> Iterator[Finding]:
    """后面直接带时间的，应当用“截至”，写成了“截止”。

    示例：“截止目前”“截止2024年底”“截止12月31日”，各处合为一条提醒。
    不报的情形：“截止日期”“截止时间”“报名截止”“12月31日截止”“截止到12月31日”。
    怎么改：改为“截至”。
    """
    text = whole(report)
    if "截止" not in text.words:
        return
    words = wordlist("characters")["until"]
    spots = (
        Spot(found.start(), found.end())
        for found in re.finditer(words["pattern"], text.words)
        if not re.search(words["ends"], text.words[max(0, found.start() - 8) : found.start()])
    )
    yield from finding(text, spots)
