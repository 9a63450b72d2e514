"""Family 6, what the notices ask the words of a report to hold: sections, aspects, results, problems and measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.organ import organ_types
from gia_xlsx.report import Odd, Report, once
from gia_xlsx.rules.blanks import open_cells
from gia_xlsx.rules.cells import clip
from gia_xlsx.rules.oddities import odd
from gia_xlsx.rules.plain import everything, of, where
from gia_xlsx.wordlists import wordlist

_WITH_TEXT = ("overview", "problems", "other")  # the sections that are nothing but text
_NOTICES = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"
_ORDINAL = re.compile(r"^\s*[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．,，\s]*")
_SIGNS = re.compile(r"[\W_]+")
_FIRST_WORDS = re.compile(r"[^。:;,\n]{2,24}")
_POINT = re.compile(r"[一二三四五六七八九十]是([^。:;,\n]{2,20})")


@once
def worded(report: Report) -> bool:
    """Whether there is a text to speak of: not a blank form, nor a report without any words (GIA603)."""
    return not open_cells(report) and any(p.text.strip() or p.heading.strip() for p in report.paragraphs)


@rule(
    "GIA603",
    "section-without-text",
    Severity.ERROR,
    message="{sections}没有文字。",
    hint="请补写；确实没有内容的，第六部分写“无其他需要报告的事项”。",
    basis=f"条例第五十条；{_NOTICES}：六个部分缺一不可",
)
def section_without_text(report: Report) -> Iterator[Finding]:
    """第一、第五、第六部分只有文字，没有表格，其中有一部分一个字也没有；几部分都没有的合为一条。

    示例：第五部分“存在的主要问题及改进情况”空着，报本条。
    不报的情形：只写“无”的；有表格的第二、三、四部分没有文字；整份未填报的（GIA113）；工作表丢失的（由那一条说明）。
    怎么改：补写；第六部分没有内容的写“无其他需要报告的事项”。
    """
    if open_cells(report):
        return
    lost = {str(oddity.words.get("heading", "")) for oddity in odd(report, Odd.SHEET_MISSING)}
    told = {p.section for p in report.paragraphs if p.text.strip() or p.heading.strip()}
    headings = [report.form.by_key[key].heading for key in _WITH_TEXT if key not in told]
    missing = [heading for heading in headings if heading not in lost]
    if missing:
        sections = "整份报告" if not told else "、".join(f"“{heading}”" for heading in missing)
        yield Finding((), {"sections": sections})


@rule(
    "GIA604",
    "section-heading-differs",
    Severity.WARNING,
    message="{differing}。",
    hint="请改用规定的标题，发布时各部分才能对得上。",
    basis=f"{_NOTICES}：六个部分的标题",
)
def section_heading_differs(report: Report) -> Iterator[Finding]:
    """六个部分的标题与格式规定的不同；几个标题不同的合为一条。

    示例：“五、存在问题及改进情况”，应为“五、存在的主要问题及改进情况”，报本条（提醒）。
    不报的情形：只是序号、标点、空格不同的（“四、政府信息公开行政复议行政诉讼情况”）。
    怎么改：照格式改标题。
    """
    differing = {
        key: f"标题“{clip(found)}”应为“{right}”"
        for key, found in report.headings.items()
        if _bare(found) != _bare(right := report.form.by_key[key].heading)
    }
    if differing:
        places = tuple(report.heading_places[key] for key in differing if key in report.heading_places)
        yield Finding((), {"differing": "；".join(differing.values())}, places)


def _bare(heading: str) -> str:
    """A heading without its number, signs and spaces."""
    return _SIGNS.sub("", _ORDINAL.sub("", heading))


@rule(
    "GIA605",
    "aspect-missing",
    Severity.WARNING,
    message="第一部分没有写{missing}。",
    hint="“总体情况”应分{aspects}{count}个方面写；没有的也要说明，如“全年未收到政府信息公开申请”。",
    basis=f"{_NOTICES}：第一部分的五个方面",
)
def aspect_missing(report: Report) -> Iterator[Finding]:
    """“总体情况”应写五个方面：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障，缺了其中几个。

    先看小标题，再看句子：小标题写作“平台建设”“公开申请办理情况”，或者没有小标题而句子写到的，都算写了。
    示例：第一部分只写组织领导、公开渠道、监督考核，报一条，列出所缺的方面（提醒）。
    不报的情形：换了说法的；没有小标题、一段写完的；第一部分一个字也没有的（GIA603）。
    怎么改：按五个方面补写，没有发生的写明没有。
    """
    section = report.form.by_key["overview"]
    passages = of(report, "overview")
    if not section.aspects or not passages or not worded(report):
        return
    heads = [head for one in passages for head in _heads(one.heading, one.text)]
    text = "\n".join(one.text for one in passages)
    missing = [aspect for aspect in section.aspects if not _treated(aspect, heads, text)]
    if missing:
        words = {
            "missing": "、".join(missing),
            "aspects": "、".join(section.aspects),
            "count": len(section.aspects),
        }
        yield Finding((), words, where(passages[:1]))


def _heads(heading: str, text: str) -> Iterator[str]:
    """What stands as a heading: the heading, the first words of a text, the points of a list (一是……)."""
    if heading:
        yield _ORDINAL.sub("", heading)
    elif first := _FIRST_WORDS.match(_ORDINAL.sub("", text[:40])):
        yield first[0]
    if "是" in text:
        yield from _POINT.findall(text)


def _treated(aspect: str, heads: list[str], text: str) -> bool:
    words = wordlist("aspects")["aspect"].get(aspect)
    if words is None:
        return aspect in text or any(aspect in head for head in heads)
    named, other = _compiled(words["heading"]), words.get("not_heading")
    fitting = (head for head in heads if named.search(head))
    if any(other is None or not _compiled(other).search(head) for head in fitting):
        return True
    return _compiled(words["text"]).search(text) is not None


@rule(
    "GIA606",
    "supervision-results-missing",
    Severity.WARNING,
    message="没有写{missing}{result}。",
    hint="请在“监督保障”中写明；{none}没有开展的如实说明。",
    basis="条例第五十条第二款：县级以上政府还应包括工作考核、社会评议和责任追究结果；各地对乡镇、街道也这样要求",
    needs=("type",),
)
def supervision_results_missing(report: Report) -> Iterator[Finding]:
    """各级政府的报告应写工作考核、社会评议、责任追究的结果，全文都没有提到其中几项；街道办事处为建议（说明）。

    示例：镇政府报告写了考核和追责，没有提社会评议，报一条（提醒）。
    不报的情形：写在任何一部分的；说法不同的（考评、绩效，满意度测评，问责）；政府部门、办公室、垂直管理机关；
    封面没有填机关类型的（不查）；整份没有文字的（GIA603）。
    怎么改：在“监督保障”中补写三项结果。
    """
    required = organ_types()[report.cover.type].supervision
    if required not in ("required", "advised") or not worded(report):
        return
    text = everything(report)
    supervision = wordlist("aspects")["supervision"]
    missing = [name for name, pattern in supervision.items() if not _compiled(pattern).search(text)]
    if missing:
        none = "没有发生的写“未发生责任追究”，" if "责任追究" in missing else ""
        words = {"missing": "、".join(missing), "result": "的情况和结果", "none": none}
        severity = Severity.WARNING if required == "required" else Severity.NOTE
        yield Finding((), words, where(of(report, "overview")[-1:]), severity=severity)


@rule(
    "GIA621",
    "problems-or-measures-missing",
    Severity.WARNING,
    message="第五部分没有写{missing}。",
    hint="请写明{way}。",
    basis="条例第五十条：年度报告应包括政府信息公开工作存在的主要问题及改进情况",
)
def problems_or_measures_missing(report: Report) -> Iterator[Finding]:
    """第五部分只写了问题没有写改进，或者只写了打算没有写问题，或者只写“无”。

    示例：第五部分只写“无”，报一条：没有写存在的问题，也没有写改进措施（提醒）。
    不报的情形：问题和改进写在同一句里的；说法不同的（短板、有待提高；下一步、整改）；第五部分一个字也没有的（GIA603）。
    怎么改：写出具体问题，再写对应的改进情况。
    """
    passages = of(report, "problems")
    text = "\n".join(f"{one.heading}\n{one.text}" for one in passages)
    if not text.strip() or not worded(report):
        return
    words = wordlist("aspects")["problems"]
    problem = _compiled(words["problem"]).search(_compiled(words["none"]).sub("", text))
    missing = [] if problem else ["存在的问题"]
    if not _compiled(words["measure"]).search(text):
        missing.append("改进措施")
    if missing:
        way = "存在的具体问题" if missing == ["存在的问题"] else "改进情况和措施" if problem else "问题和对应的改进措施"
        yield Finding((), {"missing": "，也没有写".join(missing), "way": way}, where(passages[:1]))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


RULES = (
    section_without_text,
    section_heading_differs,
    aspect_missing,
    supervision_results_missing,
    problems_or_measures_missing,
)
