"""Family 1, cover and text: who reports for which year, and text that cannot be used as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.narrative import UNFILLED, placeholders, problems, render
from gia_xlsx.organ import organ_types
from gia_xlsx.placeholders import figure
from gia_xlsx.report import COVER_NAMES, Odd, Paragraph, Place, Report
from gia_xlsx.rules.cells import clip

_FIELDS = ("organ", "type", "year")  # without them a report is nobody's
_OPTIONAL = ("contact", "signature", "date")  # wanted only where the text speaks of them
LONGEST = 32_767  # characters in one cell; a spreadsheet cuts what is longer
_MOST_TOLD = 100  # broken placeholders of a report; after them the first of each text
_TITLE_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
_KIND_OF_ORGAN = re.compile(r"(?:人民)?政府(?:办公[厅室]|办公厅（室）)?$|街道办事处$|办事处$")


@rule(
    "GIA150",
    "cover-field-missing",
    Severity.ERROR,
    message="封面没有填{fields}。",
    hint="请在封面填写；机关类型从下拉列表中选。",
    basis="条例第四十九条、第五十条：年度报告由机关按年度编制",
)
def cover_field_missing(report: Report) -> Iterator[Finding]:
    """封面的机关名称、机关类型、报告年度没有填，报告不知是谁、哪一年的。

    示例：封面年度空着，报本条；几项都空的合为一条。
    不报的情形：填了但看不懂的（GIA151）；联系方式、落款、日期空着的（文字里用到时报 GIA155）。
    怎么改：在封面填写。
    """
    missing = [field for field in _FIELDS if not _stated(report, field)]
    if missing:
        fields = "、".join(COVER_NAMES[field] for field in missing)
        places = tuple(report.cover.places[field] for field in missing if field in report.cover.places)
        yield Finding((), {"fields": fields}, places)


@rule(
    "GIA151",
    "cover-field-unintelligible",
    Severity.ERROR,
    message="封面的{field}“{raw}”看不懂。",
    hint="{way}",
    basis="条例第四十九条、第五十条：年度报告由机关按年度编制",
)
def cover_field_unintelligible(report: Report) -> Iterator[Finding]:
    """封面的报告年度不是四位年份，或者机关类型不在列表里。

    示例：年度填“去年”，机关类型填“镇”，各报一条。
    不报的情形：没有填的（GIA150）；“2024年”写作“2024”或“2024年”都可以。
    怎么改：年度填四位数字，机关类型从下拉列表中选。
    """
    cover = report.cover
    wrong = {field: raw for field, raw in cover.raw.items() if field in _FIELDS}
    if cover.type and cover.type not in organ_types():
        wrong.setdefault("type", cover.type)
    for field, raw in wrong.items():
        way = "请填四位数字的年份，如 2024。" if field == "year" else f"请从列表中选：{_types()}。"
        place = cover.places.get(field)
        yield Finding((), {"field": COVER_NAMES[field], "raw": clip(raw), "way": way}, (place,) if place else ())


def _stated(report: Report, field: str) -> bool:
    return bool(getattr(report.cover, field)) or field in report.cover.raw


def _types() -> str:
    return "、".join(organ.label for organ in organ_types().values())


@rule(
    "GIA152",
    "broken-placeholder",
    Severity.ERROR,
    message="文字里的占位符有误：{problem}",
    hint="{suggestion}可用的占位符见“占位符”工作表，写法见“填报说明”。",
    basis="填报工作簿的约定：占位符写作 {{ 本年新收.总计 }}",
)
def broken_placeholder(report: Report) -> Iterator[Finding]:
    """文字里的占位符写错了：名称不存在、括号不配对、用了不允许的写法，或者写在小标题里，发布时得不到数字。

    示例：“收到申请 {{ 本年新收.合计 }} 件”，报本条，并给出最接近的正确名称“本年新收.总计”。
    不报的情形：没有花括号的文字；正文里写对的占位符。
    怎么改：照“占位符”工作表的名称改正；不想用占位符的，直接写数字。
    """
    told = 0
    for paragraph in report.paragraphs:
        if "{{" in paragraph.heading or "{%" in paragraph.heading:
            words = {"problem": "小标题里不能用占位符。", "suggestion": ""}
            yield Finding((), words, _place(paragraph), paragraph.heading)
        if not any(brace in paragraph.text for brace in "{}｛｝"):
            continue
        found = problems(paragraph.text, report.form, most=max(1, min(30, _MOST_TOLD - told)))
        told += len(found)
        for problem in found:
            suggestion = f"可改为“{problem.suggestion}”。" if problem.suggestion else ""
            words = {"problem": problem.message, "suggestion": suggestion}
            yield Finding((), words, _place(paragraph), problem.excerpt)


@rule(
    "GIA153",
    "text-too-long",
    Severity.ERROR,
    message="一格文字有 {length} 字，超过单元格的上限 {longest} 字，表格软件会截断。",
    hint="请分成几段，一段一行。",
    basis="表格软件的限制：一格最多 32767 字",
)
def text_too_long(report: Report) -> Iterator[Finding]:
    """一格文字超过 32767 字，表格软件保存时会截断。

    示例：整份报告粘贴在一格里，共 40000 字，报本条。
    不报的情形：32767 字及以下。
    怎么改：一段一行，分开填写。
    """
    for paragraph in report.paragraphs:
        if len(paragraph.text) > LONGEST:
            words = {"length": len(paragraph.text), "longest": LONGEST}
            yield Finding((), words, _place(paragraph), clip(paragraph.text))


@rule(
    "GIA154",
    "text-cleaned",
    Severity.NOTE,
    message="文字里有不可见的控制字符，已去掉：{listed}。",
    hint="多为从网页或其他系统粘贴带来，不影响内容；请通读一遍。",
    basis="填报工作簿的约定：清理要有记录",
)
def text_cleaned(report: Report) -> Iterator[Finding]:
    """文字里夹有控制字符（如 _x000D_），发布时会变成乱码，已去掉并记录在这里。

    示例：从办公系统粘贴的段落带有 _x000D_，说明一条。
    不报的情形：普通的换行、空格。
    怎么改：不需要改，通读一遍即可。
    """
    oddities = [oddity for oddity in report.oddities if oddity.kind is Odd.CLEANED]
    if oddities:
        listed = "、".join(dict.fromkeys(clip(str(oddity.words.get("what", ""))) for oddity in oddities))
        yield Finding((), {"listed": listed}, tuple(place for oddity in oddities for place in oddity.places))


@rule(
    "GIA155",
    "placeholder-without-value",
    Severity.ERROR,
    message="文字里用了占位符“{name}”，封面的{field}却没有填，发布出来会是“{unfilled}”。",
    hint="请在封面填写{field}，或从文字里删去这个占位符。",
    basis="填报工作簿的约定：占位符的值取自封面和表格",
)
def placeholder_without_value(report: Report) -> Iterator[Finding]:
    """文字里用到封面的联系方式、落款、成文日期，封面却空着，这句话就缺了内容。

    示例：前言写“请与 {{ 机关名称 }} 联系，{{ 联系方式 }}”，封面没有填联系方式，报本条；几段都用到的合为一条。
    不报的情形：没有用到的；机关名称、年度没有填的（GIA150），数字格没有填的（GIA101），由那一条说明；
    写在不成立的“如果”里、不会印出的。
    怎么改：在封面填写，或删去这个占位符。
    """
    if not any("{" in p.text for p in report.paragraphs):
        return
    lacking = {p.name: p.field for p in placeholders(report.form) if p.field in _OPTIONAL and figure(p, report) is None}
    for name, field in lacking.items():
        places = tuple(place for p in report.paragraphs if _lacks(p, name, report) for place in _place(p))
        if places:
            words = {"name": name, "field": COVER_NAMES[field], "unfilled": UNFILLED}
            on_cover = report.cover.places.get(field)
            yield Finding((), words, (*places, on_cover) if on_cover else places, f"{{{{ {name} }}}}")


def _lacks(paragraph: Paragraph, name: str, report: Report) -> bool:
    """Whether a sound text speaks of a placeholder, in a branch that is printed."""
    text = paragraph.text
    return name in text and "{" in text and not problems(text, report.form) and UNFILLED in render(text, report)


@rule(
    "GIA156",
    "title-disagrees-with-cover",
    Severity.WARNING,
    message="封面的报告标题“{title}”写的是{found}，与封面的{expected}不符。",
    hint="请核对标题；留空则用标准标题。",
    basis="条例第四十九条、第五十条：年度报告由机关按年度编制",
)
def title_disagrees_with_cover(report: Report) -> Iterator[Finding]:
    """封面自拟的标题里，年度或机关与封面填的不一样，多半是沿用了往年或别的单位的标题。

    示例：报告年度 2024，标题“清水镇2023年政府信息公开工作年度报告”，报本条（提醒）。
    不报的情形：标题留空的；标题不写年度、机关的；用简称的（“清水镇”对“某县清水镇人民政府”）。
    怎么改：改正标题，或删去，用标准标题。
    """
    title, organ, year = report.cover.title, report.organ, report.year
    years = _TITLE_YEAR.findall(title)
    found, expected = [], []
    if years and year is not None and str(year) not in years:
        found.append(f"{years[0]}年")
        expected.append(f"报告年度 {year}")
    named = _TITLE_YEAR.split(title)[0].strip() if years else ""
    if named and organ and not _same_organ(named, organ):
        found.insert(0, named)
        expected.insert(0, f"机关名称“{organ}”")
    if found:
        place = report.cover.places.get("title")
        words = {"title": clip(title), "found": "".join(found), "expected": "、".join(expected)}
        yield Finding((), words, (place,) if place else ())


def _same_organ(one: str, other: str) -> bool:
    """Whether one name may be short for the other: its characters stand in the other in their order."""
    short, long = sorted((_KIND_OF_ORGAN.sub("", "".join(name.split())) for name in (one, other)), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def _place(paragraph: Paragraph) -> tuple[Place, ...]:
    return (paragraph.place,) if paragraph.place else ()
