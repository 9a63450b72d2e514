"""Family 7, marks: punctuation in half width, marks that stand twice or alone, spaces, numbers of the levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.report import Report, once
from gia_xlsx.rules.furniture import furniture
from gia_xlsx.rules.spots import Spot, Whole, finding, whole

_HAN = "一-鿿"
_SIDE = f"[{_HAN}“”‘’《》（）【】…、。，；：！？]"
_MARKS = """[,;:!?()"<>]"""
_HALF = re.compile(
    rf"""[,;:!?()"<>.](?:(?<={_SIDE}{_MARKS})|(?<={_MARKS})(?={_SIDE})|(?<=[{_HAN}》”）]\.)(?={_SIDE}|\n|$))"""
)
_SKIPPED = re.compile(  # links, and placeholders that are broken
    r"https?://[^\s()（），。,;“”<>一-鿿]{1,500}+|\{\{[^{}\n，。；]{0,200}+(?:\}\})?|\{%[^%\n，。；]{0,300}+(?:%\})?"
)
_NAMES = {",": "逗号", ";": "分号", ":": "冒号", "!": "叹号", "?": "问号", ".": "句号"} | {
    mark: name for marks, name in (("()", "括号"), ("<>", "书名号"), ('"', "引号")) for mark in marks
}
_TWICE = re.compile("[，。、；：,;:][，。、；：,;:]+")
_PAIRS = {"》": "《", "”": "“", "）": "（", "】": "【", "〉": "〈", "」": "「", "』": "『"}
_FULL = {"(": "（", ")": "）"}
_TOGETHER = (*(opens + closes for closes, opens in _PAIRS.items()), "()", "(）", "（)")
_DEPTH = 4  # marks that may stand within one another
_BRACKETS = re.compile("[《》“”（）()【】〈〉「」『』]")
_LISTED = re.compile(r"(?:^|[。；：！？;:，,、\s])(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])[)）]$")
_SPACE = re.compile(rf"[ \u3000\xa0][ \u3000\xa0]{{0,8}}+(?=[{_HAN}])(?!电话|地址|邮编|邮箱|传真|联系)")
_BEFORE_SPACE = re.compile(f"[{_HAN}，；、]$")
_SPACED = re.compile(r"(?:第.{1,3}[章节条]|附件?|目)$")
_ARABIC = re.compile(r"\s*[0-9０-９]{1,2}\s?[.．、]\s?(?![0-9])")
_CHINESE = re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[)）]")
_MOST = 3  # places shown of what stands all over a text


@rule(
    "GIA703",
    "half-width-punctuation",
    Severity.NOTE,
    message="中文里用了半角（英文）标点 {count} 处：{shown}。",
    hint="中文的标点用全角（，。：；（）“”）；可用查找替换一次改完。",
    basis="GB/T 15834—2011《标点符号用法》",
)
def half_width_punctuation(report: Report) -> Iterator[Finding]:
    """与汉字相邻的标点用了半角（英文）的逗号、冒号、括号、引号等。一份报告只说明一条，写明处数和最先的几处。

    示例：“2020年,我镇…”“(一)主动公开”“《湖南省实施<条例>办法》”，说明一条。
    不报的情形：千分位 1,024、小数、时间 8:30、比例 1:2、网址、英文词句里的半角标点。
    怎么改：改为全角标点；书名号里的书名号用〈〉。
    """
    text = whole(report)
    words = _prose(report)
    found = [mark.start() for mark in _HALF.finditer(words)]
    if text.placeholders:
        found = [at for at in found if not text.is_given(at, at + 1)]
    counts = Counter(_NAMES[words[at]] for at in found)
    shown = "、".join(f"{name} {number} 处" for name, number in counts.most_common())
    yield from finding(text, [Spot(at, at + 1) for at in found[:_MOST]], count=len(found), shown=shown)


@rule(
    "GIA709",
    "punctuation-fault",
    Severity.NOTE,
    message="标点或空格有误 {count} 处：{shown}。",
    hint="请逐处改正。",
    basis="GB/T 15834—2011《标点符号用法》；GB/T 9704—2012",
)
def punctuation_fault(report: Report) -> Iterator[Finding]:
    """标点连用（如连写两个句号），书名号、引号、括号不成对，汉字之间夹着空格。各处合为一条说明。

    示例：“及时公开。。”“《中华人民共和国政府信息公开条例规定”“加强 领导”。
    不报的情形：省略号、破折号、“？！”；“1）”“一）”之类的序号；跨段的括号；“第一章 总则”、汉字与数字之间的空格。
    怎么改：删去多余的标点和空格，补上缺的一半。
    """
    text = whole(report)
    yield from finding(text, [*_twice(text), *_unpaired(text), *_spaces(text, _prose(report))])


@once
def _prose(report: Report) -> str:
    """The text with what is no Chinese prose put out, character by character: links, placeholders, words of a page."""
    words = whole(report).words
    if "://" in words or "{" in words:
        words = _SKIPPED.sub(lambda found: "a" * len(found[0]), words)
    parts, end = [], 0
    for spot in furniture(report):
        parts += [words[end : spot.start], "a" * (spot.end - spot.start)]
        end = spot.end
    return "".join((*parts, words[end:]))


def _twice(text: Whole) -> Iterator[Spot]:
    for found in _TWICE.finditer(text.words):
        if not found[0].isascii() or "一" <= text.words[found.start() - 1 : found.start()] <= "鿿":
            yield Spot(found.start(), found.end(), f"“{found[0][:6]}”连用")


def _unpaired(text: Whole) -> Iterator[Spot]:
    """Marks without their other half; halves may stand in two paragraphs of one section."""
    for start, end in text.sections():
        if _in_pairs("".join(_BRACKETS.findall(text.words, start, end))):
            continue
        open_marks: list[tuple[str, int]] = []
        for found in _BRACKETS.finditer(text.words, start, end):
            at, mark = found.start(), _FULL.get(found[0], found[0])
            if mark not in _PAIRS:
                open_marks.append((mark, at))
            elif _PAIRS[mark] in (other for other, _ in open_marks[-_DEPTH:]):
                while open_marks[-1][0] != _PAIRS[mark]:
                    yield from _alone([open_marks.pop()])
                open_marks.pop()
            elif not _LISTED.search(text.words[max(start, at - 3) : at + 1]):
                yield from _alone([(mark, at)])
        yield from _alone(open_marks)


def _in_pairs(marks: str) -> bool:
    """Whether marks vanish when those that stand within no others are taken away in pairs, and again."""
    for _ in range(_DEPTH):
        for pair in _TOGETHER:
            marks = marks.replace(pair, "")
    return not marks


def _alone(marks: list[tuple[str, int]]) -> Iterator[Spot]:
    for mark, at in marks:
        yield Spot(at, at + 1, f"「{mark}」不成对")


def _spaces(text: Whole, words: str) -> Iterator[Spot]:
    for found in _SPACE.finditer(words):
        before, after = words[max(0, found.start() - 6) : found.start()], words[found.end()]
        if not _BEFORE_SPACE.search(before) or _SPACED.search(before):
            continue
        if not (text.is_given(found.start() - 1, found.start()) or text.is_given(found.end(), found.end() + 1)):
            yield Spot(found.start() - 1, found.end() + 1, f"“{before[-1]} {after}”之间有空格")


@rule(
    "GIA710",
    "levels-numbered-otherwise",
    Severity.NOTE,
    message="{sections}的第一层标题用了“1.”，应为“（一）”。",
    hint="结构层次依次为一、（一）1.（1）；“一、总体情况”之下请用（一）（二）（三）。",
    basis="GB/T 9704—2012 第7.3.3条；国办公开办函〔2021〕30号所附格式",
)
def levels_numbered_otherwise(report: Report) -> Iterator[Finding]:
    """总体情况、存在的主要问题两部分，“一、”之下直接用了“1.”，跳过了“（一）”。

    示例：“一、总体情况”之下写“1.主动公开方面。2.依申请公开。”，说明一条。
    不报的情形：“（一）”之下的“1.”；只写一段、不编号的；文中的“一是、二是”；以小数或年份开头的段落。
    怎么改：改为（一）（二）（三）。
    """
    text = whole(report)
    named, spots = [], []
    for section in ("overview", "problems"):
        mine = [(start, p) for start, p in zip(text.starts, text.passages, strict=True) if p.section == section]
        numbered = [start for start, passage in mine if _ARABIC.match(passage.whole)]
        if len(numbered) > 1 and not any(_CHINESE.match(passage.whole) for _, passage in mine):
            named.append(f"“{report.form.by_key[section].heading}”")
            spots += [Spot(start, start + 2) for start in numbered]
    yield from finding(text, spots[:_MOST], sections="和".join(named))
