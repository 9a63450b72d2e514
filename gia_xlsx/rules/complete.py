"""Family 6, completeness: the right form for the year, no template words left; and the list of the whole family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gia_xlsx.diagnostic import Finding, Rule, Severity, rule
from gia_xlsx.form import Form, form_for_year, form_names, load_form
from gia_xlsx.report import Odd, Oddity, Place, Report
from gia_xlsx.rules import dates, fees, frame, sections
from gia_xlsx.rules.oddities import odd
from gia_xlsx.rules.plain import half, one_of
from gia_xlsx.wordlists import wordlist

_SHOWN = 3  # marks quoted in the message
_ON_COVER = ("title", "contact", "signature", "date")  # what of the cover is printed


@rule(
    "GIA601",
    "wrong-form-for-year",
    Severity.WARNING,
    message="{which}应按{right}编制，这份用的是{wrong}的表格{sign}。",
    hint="请用 gia-xlsx new 生成该年度的新表，把内容移过去。",
    basis="国办公开办函〔2021〕30号（2021 年度起）；国办公开办函〔2019〕60号（2019、2020 年度）",
)
def wrong_form_for_year(report: Report) -> Iterator[Finding]:
    """报告年度与所用格式不符：2021 年度起用〔2021〕30号格式，2019、2020 年度用〔2019〕60号格式。

    示例：2022 年度的报告，“其他处理”只有一行（旧格式），报本条（提醒）。
    不报的情形：年度没有填的；年度与格式相符的。
    怎么改：用 gia-xlsx new 生成该年度的工作簿，重新填报。
    """
    for oddity in odd(report, Odd.ROW_OF_OLD):
        which = f"{report.year} 年度的报告" if report.year else f"{report.form.form} 年度起的报告"
        wrong = next((form for form in map(load_form, form_names()) if _has_row(form, oddity)), report.form)
        sign = f"：“{oddity.words['label']}”只有一行，已读作其中的最后一行，其余各行空着"
        words = {"which": which, "right": report.form.notice, "wrong": wrong.notice, "sign": sign}
        yield Finding(oddity.keys, words, oddity.places)
    if report.year is None or report.form.fits(report.year):
        return
    right = form_for_year(report.year)
    if right.form != report.form.form:
        place = report.cover.places.get("year")
        which = f"{report.year} 年度的报告"
        words = {"which": which, "right": right.notice, "wrong": report.form.notice, "sign": ""}
        yield Finding((), words, (place,) if place else ())


def _has_row(form: Form, oddity: Oddity) -> bool:
    """Whether a form prints as one row what stands as one row in the file."""
    line = oddity.words["line"]
    return any(leaf.key == line for table in form.tables for block in table.blocks for leaf in block.rows.leaves)


@rule(
    "GIA602",
    "template-words-left",
    Severity.ERROR,
    message="还有 {count} 处待填内容：{marks}。",
    hint="请换成实际内容，或删去这一句{masked}。",
    basis="条例第五十条：年度报告应反映实际情况",
)
def template_words_left(report: Report) -> Iterator[Finding]:
    """正文，或者封面的报告标题、联系方式、落款、成文日期里，留着模板的待填标记。

    待填标记：【请填写……】、____、××年、X月X日、0X件、（示例）、请在此填写；只有“××镇人民政府”一类代替名称的，为提醒。
    示例：“召开培训会【请填写次数】次”“收到申请XX件”，报本条，列出所在的各处。
    不报的情形：【】里不是待填提示的（如栏目名称）；单个下划线；书名号、括号；隐去的人名（张××）、号码（138****0000）、
    村组小区；罗马数字；X光；占位符（GIA152）。
    怎么改：换成实际内容，或整句删去；有意隐去名称的，不必改。
    """
    left = [one for place, text in _texts(report) for one in _marks(place, text)]
    if left:
        marks = list(dict.fromkeys(mark for _, mark, _ in left))
        shown = "、".join(f"“{mark}”" for mark in marks[:_SHOWN]) + ("等" if len(marks) > _SHOWN else "")
        sure = any(certainly for _, _, certainly in left)
        words = {"count": len(left), "marks": shown, "masked": "" if sure else "；有意隐去名称的，不必改"}
        places = tuple(dict.fromkeys(place for place, _, _ in left if place))
        yield Finding((), words, places, severity=None if sure else Severity.WARNING)


def _texts(report: Report) -> Iterator[tuple[Place | None, str]]:
    """What is printed of the words, with its places."""
    for paragraph in report.paragraphs:
        yield paragraph.place, f"{paragraph.heading}\n{paragraph.text}"
    for field in _ON_COVER:
        yield report.cover.places.get(field), str(getattr(report.cover, field))


def _marks(place: Place | None, text: str) -> Iterator[tuple[Place | None, str, bool]]:
    """Each mark of a text as it stands, and whether it is certain that it was to be replaced."""
    signs, certain, doubtful = _patterns()
    if not signs.search(text):
        return
    plain = half(text)
    for pattern in (certain, doubtful):
        for match in pattern.finditer(plain):
            end = match.end() if match[0][-1:] in "】)]_＿日" else match.end() + 1
            yield place, text[match.start() : end].strip(), pattern is certain


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = wordlist("leftover")
    certain, doubtful = (re.compile("|".join(words[kind])) for kind in ("certain", "doubtful"))
    return re.compile(one_of(words["signs"])), certain, doubtful


RULES: tuple[Rule, ...] = tuple(
    sorted(
        (wrong_form_for_year, template_words_left, *sections.RULES, *fees.RULES, *frame.RULES, *dates.RULES),
        key=lambda one: one.code,
    )
)
