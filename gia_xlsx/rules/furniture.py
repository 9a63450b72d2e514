"""Family 7, furniture: words that a web site sets around a report, copied into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.numerals import squeeze
from gia_xlsx.report import Report, once
from gia_xlsx.rules.spots import Spot, apart, finding, whole
from gia_xlsx.wordlists import wordlist

_LINE = 80  # characters of a line that may be furniture


@rule(
    "GIA702",
    "page-furniture-copied",
    Severity.WARNING,
    message="正文里混入了网页上的字句 {count} 处：{shown}。",
    hint="这些是网站页面的内容，不是报告的内容，请删去。",
    basis="条例第五十条：年度报告的内容；国办公开办函〔2021〕30号所附格式",
)
def page_furniture_copied(report: Report) -> Iterator[Finding]:
    """从网页复制时带进了页面上的字句：离开网站的提示、浏览次数、带星期的日期行、打印关闭字体、上一篇下一篇、来源等。

    示例：“您访问的链接即将离开‘某县人民政府’门户网站”“2019年12月3日 星期二”“【打印】【关闭】”，合为一条提醒。
    不报的情形：成文日期；“资料来源”“数据来源”；正文里说到网站访问量、打印服务、下载地址的；表格的“单位：件”。
    怎么改：删去。
    """
    yield from finding(whole(report), furniture(report))


@once
def furniture(report: Report) -> tuple[Spot, ...]:
    """Where words of a page stand, in the order of the text; other rules leave these lines alone."""
    text = whole(report)
    lines, phrases = _patterns()
    spots, start = [], 0
    for line in text.words.split("\n"):
        if 0 < len(line) <= _LINE and not line.endswith(("。", "；", "！")) and lines.match(squeeze(line)):
            spots.append(Spot(start, start + len(line)))
        start += len(line) + 1
    spots += [Spot(at := text.words.index(words), at + len(words)) for words in text.held(phrases)]
    return tuple(apart(sorted(spots, key=lambda spot: spot.start)))


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[str, ...]]:
    words = wordlist("furniture")
    patterns = (f"(?:{pattern})" for pattern in (*words["sure"], *words["copied"]))
    return re.compile("|".join(patterns)), tuple(words["phrases"])
