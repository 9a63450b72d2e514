"""Family 6, days and years: the date of the report, its deadline, and words of another year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.numerals import squeeze
from gia_xlsx.organ import organ_types
from gia_xlsx.report import Place, Report, once
from gia_xlsx.rules.cells import clip
from gia_xlsx.rules.plain import Said, excerpt, said, sentences, where
from gia_xlsx.wordlists import wordlist

_DAY = re.compile(
    r"(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
)
_PLAIN_DAY = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")
_IN_CHINESE = re.compile(
    r"([〇零○O0一二两三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = dict(zip("〇零○O0一二两三四五六七八九", "000001223456789", strict=True))
_TO_FILL_IN = re.compile(r"[×xX*_＿【]")
_STALE = 2  # years back that a text copied from an old report usually speaks of
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Dated:
    """The date on the cover: its day, or None and why (``fault``). ``plain``: written as it is to be."""

    day: datetime.date | None
    fault: str = ""
    plain: bool = True


@once
def dated(report: Report) -> Dated | None:
    """The date of a report; None where nothing stands or something is still to be filled in (GIA602)."""
    text = squeeze(report.cover.date)
    if not text or _TO_FILL_IN.search(text):
        return None
    match, plain = _DAY.fullmatch(text), bool(_PLAIN_DAY.fullmatch(text))
    if match:
        year, month, day = (int(match[n]) for n in (1, 2, 3))
    elif chinese := _IN_CHINESE.fullmatch(text):
        year = int("".join(_DIGITS[digit] for digit in chinese[1]))
        month, day = _count(chinese[2]), _count(chinese[3])
    else:
        return Dated(None, "看不出是哪一天")
    try:
        return Dated(datetime.date(year, month, day), "", plain)
    except ValueError:
        return Dated(None, "没有这一天")


def _count(numeral: str) -> int:
    """A Chinese numeral below a hundred; 0, which is no day, where it is none."""
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    value = int(_DIGITS.get(ones, "0"))
    return value + 10 * int(_DIGITS.get(tens, "1")) if ten else value


@rule(
    "GIA616",
    "date-unintelligible",
    Severity.WARNING,
    message="成文日期“{date}”{fault}。",
    hint="请写作“2025年1月20日”。",
    basis="党政机关公文格式 GB/T 9704-2012：成文日期用阿拉伯数字将年、月、日标全",
)
def date_unintelligible(report: Report) -> Iterator[Finding]:
    """封面的成文日期看不出是哪一天，或者没有这一天。

    示例：“2025年2月30日”“2025年1月”，报本条（提醒）。
    不报的情形：没有填的（GIA615）；2025-01-20、2025.1.20、汉字日期（GIA619）；留着待填标记的（GIA602）。
    怎么改：年、月、日写全，月份、日期不能超出日历。
    """
    found = dated(report)
    if found is not None and found.fault:
        yield Finding((), {"date": clip(report.cover.date), "fault": found.fault}, _place(report))


@rule(
    "GIA617",
    "date-before-end-of-year",
    Severity.WARNING,
    message="成文日期 {date} 在报告年度 {year} 年结束之前。",
    hint="年度报告统计到 12 月 31 日，应在次年作出；请核对日期和报告年度。",
    basis="条例第四十九条：每年 1 月 31 日前、3 月 31 日前公布上一年度报告",
    needs=("year",),
)
def date_before_end_of_year(report: Report) -> Iterator[Finding]:
    """成文日期早于报告年度的 12 月 31 日，多半是沿用了往年的日期，或者年初把年份写错。

    示例：2024 年度的报告，日期写“2024年1月20日”，报本条（提醒）。
    不报的情形：日期在当年 12 月 31 日或次年的；日期看不懂的（GIA616）；封面没有填年度的（不查）。
    怎么改：改正日期；年度填错的，改封面。
    """
    found = dated(report)
    if found and found.day and report.year and found.day < datetime.date(report.year, 12, 31):
        yield Finding((), {"date": _said(found.day), "year": report.year}, _place(report))


@rule(
    "GIA618",
    "date-after-deadline",
    Severity.WARNING,
    message="成文日期 {date} 晚于{whose}期限 {deadline}。",
    hint="请核对日期；确已逾期的，尽快公布。{profile}",
    basis="条例第四十九条；乡镇、街道按各地通知",
    needs=("year", "type"),
)
def date_after_deadline(report: Report) -> Iterator[Finding]:
    """成文日期晚于公布期限：部门和乡镇、街道 1 月 31 日，县级以上政府 3 月 31 日，gia.toml 可以另设。

    示例：镇政府 2024 年度的报告，日期写“2025年2月10日”，报本条（提醒），写明期限。
    不报的情形：期限当天的；垂直管理机关（按本系统的期限）；日期看不懂、没有填的；封面没有填机关类型、年度的（不查）。
    怎么改：核对日期；本地另有期限的，写进 gia.toml 的 [deadlines]。
    """
    found, kind = dated(report), report.cover.type
    deadline = report.profile.deadline(kind, report.organ)
    if not found or not found.day or not deadline or report.year is None or report.year >= datetime.MAXYEAR:
        return
    last = _day_of(report.year + 1, deadline)
    if found.day > last:
        local = kind in report.profile.of(report.organ).deadlines
        yield Finding(
            (),
            {
                "date": _said(found.day),
                "deadline": _said(last),
                "whose": "本地设定的" if local else f"{organ_types()[kind].label}的",
                "profile": "期限由 gia.toml 设定。" if local else "本地另有期限的，可在 gia.toml 中设定。",
            },
            _place(report),
        )


def _day_of(year: int, deadline: str) -> datetime.date:
    """MM-DD in a year; 29 February falls on the 28th where there is none."""
    month, day = (int(part) for part in deadline.split("-"))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return datetime.date(year, month, day - 1)


@rule(
    "GIA619",
    "date-not-in-standard-style",
    Severity.NOTE,
    message="成文日期“{date}”应写作“{right}”。",
    hint="成文日期用阿拉伯数字，月、日前不加 0。",
    basis="党政机关公文格式 GB/T 9704-2012：用阿拉伯数字将年、月、日标全，月、日不编虚位",
)
def date_not_in_standard_style(report: Report) -> Iterator[Finding]:
    """成文日期写成汉字，月、日前加了 0，或者用横线、点、斜线隔开。

    示例：“二〇二五年一月二十日”“2025年01月20日”“2025-01-20”，说明一条。
    不报的情形：“2025年1月20日”；日期看不懂的（GIA616）。
    怎么改：照建议的写法改。
    """
    found = dated(report)
    if found and found.day and not found.plain:
        yield Finding((), {"date": clip(report.cover.date), "right": _said(found.day)}, _place(report))


@rule(
    "GIA620",
    "words-of-another-year",
    Severity.WARNING,
    message="文字把 {years} 年当作本年度来写{count}，报告年度是 {year}。",
    hint="请核对是否沿用了往年的文字；确是回顾往年的，请写明“同比”“较{last}年”等。",
    basis="条例第四十九条、第五十条：年度报告公布上一年度的情况",
    needs=("year",),
)
def words_of_another_year(report: Report) -> Iterator[Finding]:
    """文字以往年的口气写：句子开头是“2023年，我镇……”，或者“现将2023年工作情况报告如下”，而报告年度是 2024。

    示例：2024 年度的报告写“2023年，我镇主动公开信息120条。”，报一条，列出各处（提醒）。
    不报的情形：同比、较上年的比较；“自2019年以来”一类的回顾；文件、活动的日期；对下一年的打算；书名号、引号、括号里的；
    占位符给出的；紧接着写本年度的；封面没有填年度的（不查）。
    怎么改：改为本年度的情况，数字也要换。
    """
    found = [(one, at, year) for one in said(report) for at, year in _stale(one, report)]
    if found:
        one, at, _ = found[0]
        words = {
            "years": "、".join(str(year) for year in sorted({year for _, _, year in found})[:_SHOWN]),
            "count": f"（{len(found)} 处）" if len(found) > 1 else "",
            "year": report.year,
            "last": (report.year or 0) - 1,
        }
        yield Finding((), words, where(one for one, _, _ in found), excerpt(one.passage.text, at))


def _stale(one: Said, report: Report) -> Iterator[tuple[int, int]]:
    """Where a text speaks of another year as its own, and of which."""
    year = report.year or 0
    text = one.own
    if not any(str(past) in text for past in range(year - 4, year)):
        return
    text = one.unbracketed
    reports, doings, back = _patterns(one.section == "preface")
    parts = list(sentences(text))
    for number, (at, sentence) in enumerate(parts):
        said_of = next((match for pattern in reports if (match := pattern.search(sentence))), None)
        if said_of:
            if int(said_of[1]) != year and not _given(one, at, said_of):
                yield at, int(said_of[1])
            continue
        start = doings.match(sentence)
        if start is None or not year - _STALE <= int(start[1]) < year or _given(one, at, start):
            continue
        following = parts[number + 1][1] if number + 1 < len(parts) else ""
        if not back.search(sentence) and not following.lstrip().startswith(str(year)):
            yield at, int(start[1])


def _given(one: Said, at: int, match: re.Match[str]) -> bool:
    """Whether a placeholder gave the year."""
    return one.passage.is_given(at + match.start(1), at + match.end(1))


@cache
def _patterns(preface: bool) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str], re.Pattern[str]]:
    words = wordlist("frame")["stale"]
    reports = ("report", "report_in_preface") if preface else ("report",)
    return tuple(re.compile(words[name]) for name in reports), re.compile(words["doings"]), re.compile(words["back"])


def _said(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _place(report: Report) -> tuple[Place, ...]:
    place = report.cover.places.get("date")
    return (place,) if place else ()


RULES = (
    date_unintelligible,
    date_before_end_of_year,
    date_after_deadline,
    date_not_in_standard_style,
    words_of_another_year,
)
