"""Family 6, what stands around the six sections: title, preface, the period of the figures, signature and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.numerals import squeeze
from gia_xlsx.report import COVER_NAMES, Report
from gia_xlsx.rules.cells import clip
from gia_xlsx.rules.plain import everything, excerpt, of, said, sentences, where
from gia_xlsx.rules.sections import worded
from gia_xlsx.wordlists import wordlist

_NOTICES = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"
_DAY_IN_WORDS = re.compile(r"^\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*$")
_LAST_WORDS = 3  # paragraphs at the end that may be signature and date
_LONGEST_NAME = 40


@rule(
    "GIA612",
    "title-not-standard",
    Severity.NOTE,
    message="报告标题“{title}”{fault}。",
    hint="标准标题为“{right}”；封面的标题留空，就用标准标题。",
    basis=f"{_NOTICES}：标题为“×××（机关全称）××××年政府信息公开工作年度报告”",
)
def title_not_standard(report: Report) -> Iterator[Finding]:
    """封面自拟的标题不是“机关全称＋年份＋政府信息公开工作年度报告”。

    只差几个字的（缺“工作”，“2024年度”）为说明；看不出年份、不是政府信息公开年度报告的为提醒。
    示例：“麻河口镇2020年政府信息公开年度报告”缺“工作”，说明一条；“清水镇2024年工作总结”，提醒一条。
    不报的情形：标题留空的；机关用简称的；空格不同的；年份、机关与封面不符的（GIA156）；有待填标记的（GIA602）。
    怎么改：改为标准标题，或者删去，由程序写。
    """
    title = squeeze(report.cover.title)
    words = wordlist("frame")["title"]
    if not title or _compiled(words["standard"]).search(title):
        return
    lacking = [name for name, pattern in words["essential"].items() if not _compiled(pattern).search(title)]
    if lacking:
        fault, severity = f"没有{'、'.join(lacking)}", Severity.WARNING
    else:
        fault, severity = _slip(title), Severity.NOTE
    place = report.cover.places.get("title")
    right = report.form.title.format(organ=report.organ or "机关全称", year=report.year or "××××")
    yield Finding(
        (), {"title": clip(title, 40), "fault": fault, "right": right}, (place,) if place else (), severity=severity
    )


def _slip(title: str) -> str:
    if "公开年度报告" in title or "公开年报" in title:
        return "缺“工作”二字"
    if "年度政府信息公开" in title:
        return "“年度政府信息公开”多了“度”字"
    return "与标准写法不同"


@rule(
    "GIA613",
    "preface-incomplete",
    Severity.NOTE,
    message="{fault}。",
    hint="前言一般写明编制依据（条例第五十条）、统计期限（1月1日至12月31日）、电子版获取方式、联系方式。",
    basis=f"{_NOTICES}：报告正文前写明编制依据等",
)
def preface_incomplete(report: Report) -> Iterator[Finding]:
    """第一部分之前没有前言，或者前言没有写编制依据、统计期限、电子版获取方式、联系方式中的几项。

    示例：前言只写“根据条例第五十条，编制本报告。”，说明一条，列出所缺的三项。
    不报的情形：四项写在别处的（如联系方式写在文末）；整份没有文字的（GIA603）。
    怎么改：照填报工作簿前言的标准句补写。
    """
    if not worded(report):
        return
    preface = "\n".join(f"{one.heading}\n{one.text}" for one in of(report, "preface")).strip()
    text = everything(report)
    items = wordlist("frame")["preface"].items()
    lacking = [
        name
        for name, patterns in items
        if not (_compiled(patterns["here"]).search(preface) or _compiled(patterns["anywhere"]).search(text))
    ]
    if lacking:
        fault = f"前言没有写{'、'.join(lacking)}" if preface else f"没有前言，也没有在别处写{'、'.join(lacking)}"
        yield Finding((), {"fault": fault}, where(of(report, "preface")[:1]))


@rule(
    "GIA614",
    "period-of-another-year",
    Severity.ERROR,
    message="统计期限写的是“{span}”，报告年度是 {year}。",
    hint="统计期限应为 {year}年1月1日至12月31日；年度填错的，请改封面。",
    basis="条例第四十九条、第五十条：年度报告公布上一年度的情况",
    needs=("year",),
)
def period_of_another_year(report: Report) -> Iterator[Finding]:
    """写明的统计期限不是报告年度的 1 月 1 日至 12 月 31 日。整年写成别的年份为错误，不足或超过一年为提醒。

    示例：2024 年度的报告写“统计期限为2023年1月1日至2023年12月31日”，报本条。
    不报的情形：没有写年份的“1月1日至12月31日”；不是说统计期限的起止日期（活动、公示、文件有效期）；
    同一句里也写了报告年度的；书名号里的；封面没有填年度的（不查）。
    怎么改：改正统计期限。
    """
    year = report.year or 0
    for one in said(report):
        if "月" not in one.own or "日" not in one.own:
            continue
        for at, sentence in sentences(one.own):
            if "月" in sentence and (span := _wrong_period(sentence, year)):
                severity = None if _whole_year(span) else Severity.WARNING
                quoted = excerpt(one.passage.text, at)
                words = {"span": span[0], "year": year}
                yield Finding((), words, where([one]), quoted, severity)
                return


def _wrong_period(sentence: str, year: int) -> re.Match[str] | None:
    words = wordlist("frame")["period"]
    if not _compiled(words["about"]).search(sentence):
        return None
    spans = list(_compiled(words["span"]).finditer(sentence))
    if not spans or any(_years(span) == (year, year) and _whole_year(span) for span in spans):
        return None
    return spans[0]


def _years(span: re.Match[str]) -> tuple[int, int]:
    return int(span[1]), int(span[4] or span[1])


def _whole_year(span: re.Match[str]) -> bool:
    first, last = _years(span)
    return first == last and [int(span[n]) for n in (2, 3, 5, 6)] == [1, 1, 12, 31]


@rule(
    "GIA615",
    "signature-or-date-missing",
    Severity.WARNING,
    message="没有{missing}。",
    hint="请在封面填写：落款为机关全称，日期为成文日期，如“2025年1月20日”。",
    basis="条例第四十九条（按时公布）；党政机关公文格式 GB/T 9704-2012：署名、成文日期",
)
def signature_or_date_missing(report: Report) -> Iterator[Finding]:
    """报告没有落款，或者没有成文日期，看不出由谁、在哪一天作出；都没有的合为一条。

    示例：网页上的报告到“无其他需要报告的事项。”就结束了，没有署名和日期，报一条（提醒）。
    不报的情形：写在文末段落里的；文字里用占位符引用而封面空着的（GIA155）；整份未填报、没有文字的。
    怎么改：在封面填写落款和成文日期。
    """
    if not worded(report):
        return
    missing = [field for field in ("signature", "date") if not getattr(report.cover, field).strip()]
    missing = [field for field in missing if field not in report.cover.raw and not _at_the_end(report, field)]
    missing = [field for field in missing if not _asked_for(report, field)]
    if missing:
        places = tuple(report.cover.places[field] for field in missing if field in report.cover.places)
        yield Finding((), {"missing": "，也没有".join(COVER_NAMES[field] for field in missing)}, places)


def _at_the_end(report: Report, field: str) -> bool:
    """Whether one of the last paragraphs is a signature, or a day."""
    last = [line for one in said(report)[-_LAST_WORDS:] for line in one.text.splitlines()[-2:]]
    if field == "date":
        return any(_DAY_IN_WORDS.match(line) for line in last)
    return bool(report.organ) and any(_is_name(line, report) for line in last)


def _is_name(line: str, report: Report) -> bool:
    if "。" in line:
        return False
    name, organ = squeeze(line), squeeze(report.organ)
    return 2 < len(name) <= _LONGEST_NAME and (name in organ or organ in name) and "。" not in name


def _asked_for(report: Report, field: str) -> bool:
    """Whether the text asks for it with a placeholder: that it is missing is told there (GIA155)."""
    name = COVER_NAMES[field]
    return any("{" in p.text and name in p.text for p in report.paragraphs)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


RULES = (title_not_standard, preface_incomplete, period_of_another_year, signature_or_date_missing)
