"""Family 3, the text against itself: wholes and parts, shares, things counted twice, documents that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from gia_xlsx.claims.binding import SECTIONS, claims
from gia_xlsx.claims.denials import denials
from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.lexicon import is_elsewhere
from gia_xlsx.claims.lists import Counted, counted, kind, listings, off, same_thing, shares
from gia_xlsx.claims.sentences import Sentence, read
from gia_xlsx.diagnostic import Finding, Rule, Severity, rule
from gia_xlsx.form import Key
from gia_xlsx.passages import Passage
from gia_xlsx.placeholders import printed
from gia_xlsx.report import Place, Report, once
from gia_xlsx.rules import wording
from gia_xlsx.rules.excerpts import around
from gia_xlsx.wordlists import wordlist

_AGREES = "条例第五十条：年度报告应如实反映情况，同一件事只能有一个数"
_HALF = Decimal("0.5")


@once
def _bound(report: Report) -> set[tuple[int, int]]:
    """Numbers that are held against the tables: what is wrong with them is told there."""
    return {(id(claim.passage), claim.figure.start) for claim in claims(report)}


def _is_bound(report: Report, passage: Passage, figure: Figure) -> bool:
    return (id(passage), figure.start) in _bound(report)


@rule(
    "GIA305",
    "parts-do-not-add-up",
    Severity.WARNING,
    message="文中“{whole}”，其中各项（{parts}）相加为 {total}，{gap}。",
    hint="请核对总数和各项；只列举一部分的，写“其中主要有”或者加“等”。",
    basis=_AGREES,
)
def parts_do_not_add_up(report: Report) -> Iterator[Finding]:
    """“共 N 条，其中甲 a 条、乙 b 条……”，各项之和不等于总数。

    示例：“公开信息61条，其中政策2条、文件1条、公益事业57条”，相加为 60，报本条（提醒）。
    不报的情形：前几项之和正好等于总数（后面是另外的事）；写了“主要”“等”的少于总数；只列举了少数几项、离总数很远的；
    带“约”“余”的；单位不同的；与表格核对的数（GIA301、GIA302）。
    怎么改：改正写错的数，或写明只列举了一部分。
    """
    for listing in listings(report):
        total = off(listing)
        if total is None or all(_is_bound(report, listing.passage, f) for f in (listing.whole, *listing.parts)):
            continue
        whole, text = listing.whole, listing.passage.text
        gap = total - whole.value
        words = {
            "whole": text[max(0, whole.start - 12) : whole.end].strip(),
            "parts": "＋".join(printed(part.value) for part in listing.parts[:12]),
            "total": printed(total),
            "gap": f"{'多' if gap > 0 else '少'} {printed(abs(gap))}",
        }
        yield Finding((), words, _place(listing.passage), around(text, whole.start, listing.parts[-1].end))


@rule(
    "GIA306",
    "same-thing-counted-twice",
    Severity.WARNING,
    message="“{thing}”在文中有两个数：“{one}”和“{other}”。",
    hint="请核对，同一件事只写一个数；不是同一件事的，把名称写得分得开。",
    basis=_AGREES,
)
def same_thing_counted_twice(report: Report) -> Iterator[Finding]:
    """同一件事在文中两处写了不同的数。

    示例：一处写“政府公报6期”，另一处写“编制发布《盘州市政府公报》5期”，报本条（提醒）。
    不报的情形：两处相同；名称不同或太笼统（信息、文件、培训）；上半年、季度、上年等期间不同的；与表格核对的数。
    怎么改：查台账，改正写错的一处。
    """
    seen: dict[tuple[str, str], list[Counted]] = {}
    told: set[str] = set()
    for one in counted(report):
        if _is_bound(report, one.passage, one.figure):
            continue
        alike = seen.setdefault(kind(one), [])
        other = next((before for before in alike if same_thing(before, one)), None)
        if other is None:
            alike.append(one)
        if other is None or other.figure.value == one.figure.value or one.thing in told or _nested(report, other, one):
            continue
        told.add(one.thing)
        thing = min(one.thing, other.thing, key=len)
        words = {"thing": thing, "one": _quoted(other), "other": _quoted(one)}
        places = tuple(dict.fromkeys((*_place(other.passage), *_place(one.passage))))
        yield Finding((), words, places, around(one.passage.text, one.figure.start, one.figure.end))


def _nested(report: Report, one: Counted, other: Counted) -> bool:
    """Whether one is a part of the other in one list: then they are not two counts of one thing."""
    return any(
        listing.passage is one.passage is other.passage
        and {one.figure.start, other.figure.start} <= {listing.whole.start, *(part.start for part in listing.parts)}
        for listing in listings(report)
    )


def _quoted(one: Counted) -> str:
    text = one.passage.text
    start = max(text.rfind(mark, 0, one.figure.start) for mark in "，。；、,;\n") + 1
    return text[max(start, one.figure.start - 24) : one.figure.end].strip()


@rule(
    "GIA307",
    "share-does-not-fit",
    Severity.WARNING,
    message="文中“{said}”，按 {part}÷{whole} 应为 {right}%。",
    hint="请核对件数和百分比。",
    basis=_AGREES,
)
def share_does_not_fit(report: Report) -> Iterator[Finding]:
    """文中写的百分比，与同一句里的件数算不拢。

    示例：“收到33件，其中予以公开12件，占46.4%”，12÷33 为 36.4%，报本条（提醒）。
    不报的情形：四舍五入相符的；句中任何一个总数算得拢的；同比增减的百分比；带“约”“近”的。
    怎么改：改正件数或百分比。
    """
    for share in shares(report):
        digits = -int(share.percent.value.as_tuple().exponent)
        wholes = [whole.value for whole in share.wholes if whole.value]
        right = [share.part.value * 100 / whole for whole in wholes]
        slack = _HALF.scaleb(-max(digits, 0)) * Decimal("1.01")
        if right and not any(abs(value - share.percent.value) <= slack for value in right):
            text = share.passage.text
            words = {
                "said": text[share.part.start : share.percent.end],
                "part": printed(share.part.value),
                "whole": printed(wholes[0]),
                "right": f"{right[0]:.{max(digits, 1)}f}",
            }
            yield Finding((), words, _place(share.passage), around(text, share.part.start, share.percent.end))


@rule(
    "GIA308",
    "documents-spoken-of-but-none-counted",
    Severity.WARNING,
    message="文中说公开了规范性文件，表二行政规范性文件却全填 0。",
    hint="确有现行有效的规范性文件的，填入表二；没有的，文中改称“文件”“政策文件”。",
    basis="条例第二十条第（一）项；国办公开办函〔2021〕30号、〔2019〕60号表二",
)
def documents_spoken_of_but_none_counted(report: Report) -> Iterator[Finding]:
    """文中把规范性文件说成公开的内容，表二的规范性文件一行却都是 0，二者必有一误。

    示例：“重点公开……规范性文件及解读材料”，表二制发、废止、现行有效都是 0，报本条（提醒）。
    不报的情形：表二不全是 0；文中写明 0 件或没有；说的是上级的、转发的文件，或者管理、备案、审查规范性文件的工作。
    怎么改：按规范性文件的认定标准核对，补填表二，或改文中的说法。
    """
    keys = tuple(key for key in report.form.cells if key.table == "disclosure" and key.row == "normative")
    if any(report.value(key) != 0 for key in keys) or _counted_as_none(report):
        return
    for passage, sentences in read(report):
        for sentence in sentences if passage.section in SECTIONS else ():
            if (at := _spoken_of(sentence)) is not None:
                yield _spoken(report, passage, at, keys)
                return


def _counted_as_none(report: Report) -> bool:
    named = [one.topics for one in claims(report)] + [one.topics for one in denials(report)]
    return any("normative" in topics for topics in named)


@cache
def _documents() -> tuple[tuple[str, ...], tuple[str, ...]]:
    lists = wordlist("claims")["documents"]
    return tuple(lists["said"]), tuple(lists["not_if"])


def _spoken_of(sentence: Sentence) -> int | None:
    """Where a sentence speaks of 规范性文件 as something made public."""
    said, not_if = _documents()
    named = [token for token in sentence.tokens if token.value == "normative"]
    if not named:
        return None
    text = sentence.text[sentence.start : sentence.end]
    if is_elsewhere(sentence.text, named[0].end) or any(word in text for word in not_if):
        return None
    before = sentence.text[sentence.start : named[0].start]
    return named[0].start if any(word in before for word in said) else None


def _spoken(report: Report, passage: Passage, at: int, keys: tuple[Key, ...]) -> Finding:
    places = (*_place(passage), *(place for key in keys if (place := report.facts[key].place)))
    return Finding(keys, {"row": wording.row(report.form, keys[0])}, places, around(passage.text, at, at + 5))


def _place(passage: Passage) -> tuple[Place, ...]:
    return (passage.place,) if passage.place else ()


RULES: tuple[Rule, ...] = (
    parts_do_not_add_up,
    same_thing_counted_twice,
    share_does_not_fit,
    documents_spoken_of_but_none_counted,
)
