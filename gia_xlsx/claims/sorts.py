"""Which class a number is of: the word that fits it best, and what the year of its sentence makes of 结转."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from gia_xlsx.claims.company import is_common, names_another, residue
from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.lexicon import Token, Topic, is_elsewhere, topics, year_of
from gia_xlsx.claims.sentences import Sentence

COUNTED_WHOLE = frozenset(
    {
        "new",
        "arise",
        "receive",
        "deal",
        "handle",
        "answer",
        "amount",
        "issue",
        "publish",
        "charge",
        "decide",
        "valid",
        "repeal",
    }
)
_ALL = re.compile(r"[均都]|全部")
_SUMMED = re.compile(r"[合共总]计|总共|共")
_AND = re.compile(r"[并和及与、]?(?:主动|对外|及时|依法)?")
_LOOSE = ("deal", "answer")
_PUBLISHED = ("public", "volunteer", "promulgate")
_NOT_COUNTED = ("new", "receive", *_PUBLISHED)
_OBJECT = "事项"
_RESULTS = {"upheld", "corrected"}
_APPLICANTS = {"natural", "legal"}
OUTCOMES = ("partial", "refused")


class Sort(NamedTuple):
    """The class of a number, what else it may be, and whether words of its own say so without doubt.

    ``lost``: the number counts something else, and so may what follows it.
    """

    key: str = ""
    others: tuple[str, ...] = ()
    own: bool = False
    lost: bool = False


class Spot(NamedTuple):
    """A number where it stands: the words before it and behind it, and what it leans on."""

    sentence: Sentence
    start: int  # of its piece, or where the number before it ends
    figure: Figure
    before: Sequence[Token]
    after: Sequence[Token]
    named: bool  # its topic stands beside it
    led: bool  # its topic was named by a clause of its own: 行政复议方面，全年共4件
    loose: bool  # its unit is one of many things, and new to the sentence
    bracketed: str  # class told in a bracket of its own before it: 提供信息（予以公开）12件
    outcomes: bool  # others than 公开 are told in the sentence
    last_sort: str
    sorts: Set[str]  # told in the sentence so far


_LOST = Sort(lost=True)


def sort_of(current: tuple[str, ...], spot: Spot) -> Sort:
    """The class of a number of some topics; none where it is of something else."""
    topic = topics()[current[0]]
    ahead = [token for token in spot.before if token.kind == "class" and _reads(topic, token, spot)]
    if len(ahead) > 1 and ahead[-1].value in _PUBLISHED and _is_and(spot.sentence, ahead[-2], ahead[-1]):
        del ahead[-1]  # 制定并公开规范性文件4件
    if len(ahead) > 1 and spot.sentence.text.startswith("等", ahead[-2].end):
        del ahead[-2]  # 因不掌握等原因无法提供5件
    later = [token.value for token in spot.after if token.kind == "class" and _reads(topic, token, spot)]
    anchor = next((token for token in reversed(spot.before) if token.kind in ("topic", "class")), None)
    words = "" if anchor is None else residue(spot.sentence, spot.before, anchor.end, spot.figure.start)
    if names_another(words) or (_published(topic, spot.before) and not later):
        return _LOST
    if ahead:
        takes = COUNTED_WHOLE.union(_PUBLISHED) if topic.table == "disclosure" else COUNTED_WHOLE
        if not spot.named and ahead[-1].value in takes and (not is_common(words) or words.endswith(_OBJECT)):
            return _LOST  # 收到市民反映23件, 受理事项840件
        key = _closest(topic, [token.value for token in ahead])
        other = later and later[0] != ahead[-1].value
        if other and not _ALL.search(spot.sentence.text, spot.figure.end, spot.after[-1].end):
            return Sort(key, (later[0],), True)
        return Sort(key, (), is_common(words))
    if later:
        put_off = next((sort for sort in later if sort.startswith("carry")), "")
        return Sort(put_off if later[0] in _LOOSE and put_off else later[0], (), True)  # 3件因未到答复期限转至2025年
    return _bare(topic, spot, words)


def _bare(topic: Topic, spot: Spot, words: str) -> Sort:
    """What a number without any word of a class is of."""
    text = spot.sentence.text
    if not spot.named and spot.bracketed in topic.readings and spot.figure.start == spot.start:
        return Sort(spot.bracketed)
    if not spot.named:
        words = residue(spot.sentence, spot.before, spot.start, spot.figure.start)
        if not is_common(words):
            return Sort()
        if _SUMMED.search(text, spot.start, spot.figure.start):
            if topic.key == "requests" and _is_sum(spot.sorts):
                return Sort("taken", (), True)
            if topic.key == "requests" and spot.sorts >= _APPLICANTS:
                return Sort(topic.bare, (), True)
            if topic.table == "cases" and spot.sorts >= _RESULTS:
                return Sort(topic.bare, (), True)
        return Sort(topic.bare) if spot.led else Sort()
    if topic.counters != "元" and not is_common(words):
        return Sort()  # 行政许可“一件事”改革9件
    object_ = next((token for token in spot.after if token.kind == "topic"), None)
    if object_ and not is_common(residue(spot.sentence, spot.after, spot.figure.end, object_.start)):
        return Sort()  # 3件涉企行政处罚
    other = _NOT_COUNTED if topic.table == "disclosure" else ("new", "receive")
    if any(token.value in other for token in spot.before if token.kind == "class"):
        return Sort()  # 受理行政许可申请, 公开规范性文件: not what the table counts
    if spot.loose and topic.table != "requests":
        return Sort()  # 行政许可3项
    if spot.last_sort in topic.readings and spot.last_sort in COUNTED_WHOLE:
        return Sort(spot.last_sort, (), is_common(words))
    nearest = [token for token in (*spot.before, *spot.after) if token.kind == "topic"]
    if any(is_elsewhere(text, token.end) for token in nearest):
        return Sort()
    return Sort(topic.bare)


def _reads(topic: Topic, token: Token, spot: Spot) -> bool:
    """Whether a word makes a class of a topic; 公开12件 is an outcome only beside others, and 其他2件 behind them."""
    if token.value == "others":
        told = spot.outcomes if topic.key == "requests" else not spot.sorts.isdisjoint(_RESULTS)
        return told and token.end == spot.figure.start and token.value in topic.readings
    if token.value == "public" and topic.key == "requests":
        return spot.outcomes
    return token.value in topic.readings


def _is_and(sentence: Sentence, one: Token, other: Token) -> bool:
    """Whether two things were done to the same: 制定并公开, 印发、公布."""
    return _AND.fullmatch(sentence.text, one.end, other.start) is not None


def _published(topic: Topic, before: Sequence[Token]) -> bool:
    """Whether decisions are told that were made public, which need not be all: 公开行政处罚决定书46份."""
    classes = [token.value for token in before if token.kind == "class" and token.value not in ("decide", "answer")]
    return topic.table == "disclosure" and "decide" in topic.readings and classes[-1:] == ["public"]


def _is_sum(sorts: Set[str]) -> bool:
    """Whether both has been told what came in and what was carried in, so that their sum may follow."""
    return "carry_in" in sorts and not sorts.isdisjoint(("new", "receive"))


def _closest(topic: Topic, ahead: Sequence[str]) -> str:
    """The last class before a figure, unless an earlier one is narrower (属于国家秘密不予公开) or it only says 办理."""
    last = ahead[-1]
    if last == "carry" and len(ahead) > 1 and ahead[-2] in ("carry_in", "carry_out"):
        return ahead[-2]  # 上年转来继续办理
    line = topic.readings[last][0][0]
    narrower = [sort for sort in ahead[:-1] if topic.readings[sort][0][0].startswith(f"{line}.")]
    if narrower and last != "answer":
        return narrower[-1]
    if last not in _LOOSE or len(ahead) < 2:
        return last
    is_outcome = topic.readings[ahead[-2]][0][0].startswith("outcome.")
    return ahead[-2] if last == "deal" or is_outcome else last  # 作出无法提供答复的3件


def in_year(sort: str, years: Sequence[Token], year: int | None, here: int | None) -> tuple[bool, str]:
    """Whether a number is of the report's year, and its class, which the year may decide (结转)."""
    if here is None:
        return True, sort
    to = year_of(years[0], here) if years else None
    if sort == "carry":
        if to == here + 1 or year == here + 1:
            return True, "carry_out"
        if year == here - 1:
            return True, "carry_in"
    if sort in ("carry_in", "carry_out"):
        return year is None or abs(year - here) <= 1, sort
    return year in (None, here), sort
