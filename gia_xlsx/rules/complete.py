"""Family 6, completeness: the right form for the year, and no template words left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gia_xlsx.diagnostic import Finding, Rule, Severity, rule
from gia_xlsx.form import Form, form_for_year, form_names, load_form
from gia_xlsx.report import Odd, Oddity, Report
from gia_xlsx.rules.oddities import odd

_LEFT_OVER = re.compile(r"【请[^】]{0,200}】|_{4,}|＿{2,}")
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
    hint="请换成实际内容，或删去这一句。",
    basis="条例第五十条：年度报告应反映实际情况",
)
def template_words_left(report: Report) -> Iterator[Finding]:
    """正文，或者封面的报告标题、联系方式、落款、成文日期里，留着模板的待填标记：【请填写……】、____。

    示例：“召开培训会【请填写次数】次”“联系电话：____”，报本条，列出所在的各处。
    不报的情形：【】里不是待填提示的（如栏目名称）；单个下划线；书名号、括号。
    怎么改：换成实际内容，或整句删去。
    """
    cover = report.cover
    texts = [(p.place, f"{p.heading}\n{p.text}") for p in report.paragraphs]
    texts += [(cover.places.get(field), str(getattr(cover, field))) for field in _ON_COVER]
    left = [(place, mark) for place, text in texts for mark in _LEFT_OVER.findall(text)]
    if left:
        shown = "、".join(f"“{mark}”" for mark in list(dict.fromkeys(mark for _, mark in left))[:_SHOWN])
        words = {"count": len(left), "marks": shown + ("等" if len(left) > _SHOWN else "")}
        yield Finding((), words, tuple(dict.fromkeys(place for place, _ in left if place)))


RULES: tuple[Rule, ...] = (wrong_form_for_year, template_words_left)
