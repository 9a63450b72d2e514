"""Family 7, the text: what must not stand in a published report; words, marks, repetition have modules of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gia_xlsx.diagnostic import Finding, Rule, Severity, rule
from gia_xlsx.personal import MOBILE, Datum, hidden, mask, mask_pieces, personal_data
from gia_xlsx.report import Place, Report, once
from gia_xlsx.rules.furniture import page_furniture_copied
from gia_xlsx.rules.marks import half_width_punctuation, levels_numbered_otherwise, punctuation_fault
from gia_xlsx.rules.repeats import words_repeated
from gia_xlsx.rules.usage import until_written_as_ended, vague_count, wrong_character, wrong_term
from gia_xlsx.rules.wording import listed
from gia_xlsx.wordlists import wordlist

_ON_COVER = ("title", "contact", "signature")
_ADVICE = {
    Severity.ERROR: "公开前必须删去或隐去。",
    Severity.WARNING: "请删去或隐去；确需公开的，须经本人同意或者依法确定。",
    Severity.NOTE: "确系本机关对外公布的联系电话的，可以保留；宜改用办公电话。",
}
_SENTENCE = re.compile(r"[。；;\n]")


@rule(
    "GIA701",
    "personal-data-shown",
    Severity.ERROR,
    message="文字里有个人信息 {count} 处：{shown}。",
    hint="{way}",
    basis="条例第十五条；个人信息保护法第二十五条、第二十八条",
)
def personal_data_shown(report: Report) -> Iterator[Finding]:
    """正文、小标题和封面里有个人信息：身份证号码、银行卡号（错误）；手机号码、家庭住址（提醒）。一律隐去中间几位再显示。

    身份证号码按出生日期和校验码认定，或者前面写着“身份证号”；银行卡号按校验位认定，全角数字、中间有空格的也查。
    示例：“申请人王某（身份证号3402**********1234）”，报错误；“申请人李某，联系电话138****5678，住某村3组”，报提醒。
    不报的情形：座机；文号、编号、统一社会信用代码、金额；已经隐去的号码；“不得泄露家庭住址”之类没有写出地址的话。
    前言、联系方式里作为本机关联系电话公布的手机号码，只作说明：条例要求公布联系方式，用不用手机由机关决定。
    怎么改：删去，或者隐去；联系电话宜用办公座机。
    """
    found: dict[Severity, dict[str, list[Place | None]]] = {}
    for text, place, where, data in _personal(report):
        for datum in data:
            words = f"{datum.kind} {hidden(text[datum.start : datum.end], datum.kind)}"
            found.setdefault(_severity(datum, text, where), {}).setdefault(words, []).append(place)
    for severity, told_of in found.items():
        places = tuple(dict.fromkeys(place for some in told_of.values() for place in some if place))
        told = {"count": sum(map(len, told_of.values())), "shown": listed(told_of, "种"), "way": _ADVICE[severity]}
        yield Finding((), told, places, severity=severity)


@once
def _personal(report: Report) -> tuple[tuple[str, Place | None, str, list[Datum]], ...]:
    """The texts that hold personal data, each with its data."""
    shown = ((text, place, where, personal_data(text)) for text, place, where in _shown(report))
    return tuple(one for one in shown if one[3])


def _shown(report: Report) -> Iterator[tuple[str, Place | None, str]]:
    """What is printed besides figures, as typed, with its cell and its section or field of the cover."""
    for paragraph in report.paragraphs:
        yield f"{paragraph.heading}\n{paragraph.text}", paragraph.place, paragraph.section
    for field in _ON_COVER:
        yield str(getattr(report.cover, field)), report.cover.places.get(field), field


def _severity(datum: Datum, text: str, where: str) -> Severity:
    if datum.certain:
        return Severity.ERROR
    return Severity.NOTE if datum.kind == MOBILE and _of_office(text[: datum.start], where) else Severity.WARNING


def _of_office(before: str, where: str) -> bool:
    """Whether a number is given as the office's own, by where it stands and the words before it."""
    words = wordlist("personal")
    sentence = _SENTENCE.split(before[-60:])[-1]
    if re.search(words["of_a_person"], sentence):
        return False
    pattern = words["office_in_preface"] if where == "preface" else words["office_anywhere"]
    return where == "contact" or bool(re.search(pattern, sentence))


def concealed(report: Report, words: str) -> str:
    """Words as they may be shown: personal data masked, and pieces of it that an excerpt was cut to."""
    return mask_pieces(mask(words), _numbers(report))


@once
def _numbers(report: Report) -> tuple[str, ...]:
    """Every personal number that a message could quote, wherever it was filed."""
    texts = [fact.raw for fact in report.facts.values() if len(fact.raw) > 10]
    texts += [label.found for label in report.labels]
    texts += [words for oddity in report.oddities for words in oddity.words.values() if isinstance(words, str)]
    if report.previous is not None:
        texts += [text for text, _, _ in _shown(report.previous)]
    found = [(text, data) for text, _, _, data in _personal(report)]
    found += [(text, personal_data(text)) for text in texts]
    return tuple(text[datum.start : datum.end] for text, data in found for datum in data)


RULES: tuple[Rule, ...] = (
    personal_data_shown,
    page_furniture_copied,
    half_width_punctuation,
    wrong_term,
    vague_count,
    words_repeated,
    wrong_character,
    until_written_as_ended,
    punctuation_fault,
    levels_numbered_otherwise,
)
