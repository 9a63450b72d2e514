"""How much of a text is last year's: sentence by sentence, by the pieces of four characters they share.

Headings, digits, punctuation and the organ's name are left aside, and so are the pieces of standard sentences and
boilerplate: what is left of a sentence are its own words. A sentence is like the one of last year that holds half of
its own pieces; so a few characters may have been changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from gia_xlsx.passages import Passage, passages
from gia_xlsx.report import Place, Report, once
from gia_xlsx.resources import templates
from gia_xlsx.wordlists import wordlist

PIECE = 4  # characters
_WORTH_A_LOOK = 0.35  # of a paragraph's own pieces that stand anywhere in last year's text
_LIKE = 0.5  # of a sentence's own pieces, to take it for one of last year's
_SHORTEST = 8  # own pieces of a sentence that can tell anything
_LEAST = 80  # own pieces that must be like before a section is told
_OF_SECTION = 0.7
_LONG, _OF_PARAGRAPH = 100, 0.9  # of a paragraph so long, to be told by itself
_FIGURE = 15  # a sentence with more than one figure in so many characters states figures
_LONGEST = 200_000  # characters looked at; a real report has 10,000
_MOST = 8  # sentences of last year that one piece may lead to
_SHOWN = 60  # characters of each sentence side by side

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_NO_WORDS = re.compile(r"[\W\d_]+")
_NUMBER = re.compile(r"\d[\d,.，]*+([年月日号]?)")
_PERSONAL = re.compile(r"\d{7,}+")
_SOME = re.compile(r"(?=([\u4e00-\u57ff]...))")  # a third of all pieces, the same in any text: for a first look
_FILLED = re.compile(r"\{\{.*?\}\}")  # digits and names, which do not count
_BETWEEN = re.compile(r"\{[%#].*?[%#]\}|【[^】]*】|\n")


@dataclass(frozen=True)
class _Sentence:
    """A sentence as printed, with its own pieces."""

    words: str
    core: str

    @cached_property
    def pieces(self) -> frozenset[str]:
        return frozenset(_pieces(self.core)) - _boilerplate()

    @cached_property
    def counts(self) -> bool:
        """Whether it has words of its own, and does not merely state figures."""
        if len(self.core) < _SHORTEST + PIECE - 1 or len(self.pieces) < _SHORTEST:
            return False
        figures = sum(not unit for unit in _NUMBER.findall(self.words))
        return figures < 2 or figures * _FIGURE <= len(self.core)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of this year and the one of last year that it is like; ``weight``: how many own pieces it has."""

    now: str
    then: str
    weight: int


@dataclass(frozen=True, slots=True)
class Part:
    """What of a section is last year's. ``of``: whether ``share`` is that of the section or of some paragraphs."""

    section: str
    sentences: int
    share: int
    of: str
    best: Pair
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Tally:
    """Own pieces of a paragraph: all of them, and those like last year's."""

    passage: Passage
    all: int
    pairs: tuple[Pair, ...] = ()

    @property
    def like(self) -> int:
        return sum(pair.weight for pair in self.pairs)


def copied(report: Report) -> list[Part]:
    """The sections of which most is last year's, or that hold long paragraphs of last year's."""
    if report.previous is None:
        return []
    found = []
    sections: dict[str, list[_Tally]] = {}
    names, last = _names(report.organ), _last_year(report.previous)
    for passage, text in _narrative(report):
        sections.setdefault(passage.section, []).append(_tally(passage, text, names, last))
    for section, tallies in sections.items():
        whole, like = sum(tally.all for tally in tallies), sum(tally.like for tally in tallies)
        long = [one for one in tallies if one.all >= _LONG and one.like >= _OF_PARAGRAPH * one.all]
        if like >= _LEAST and like >= _OF_SECTION * whole:
            found.append(_part(section, "这一部分文字的", [one for one in tallies if one.pairs], whole))
        elif long:
            found.append(_part(section, "所在段落文字的", long, sum(one.all for one in long)))
    return found


def _part(section: str, of: str, tallies: list[_Tally], whole: int) -> Part:
    pairs = [pair for tally in tallies for pair in tally.pairs]
    most_first = sorted(tallies, key=lambda tally: -tally.like)
    places = tuple(tally.passage.place for tally in most_first if tally.passage.place)
    best = max(pairs, key=lambda pair: pair.weight)
    return Part(section, len(pairs), 100 * sum(pair.weight for pair in pairs) // whole, of, best, places)


def side_by_side(pair: Pair) -> str:
    """Both sentences, each on one line and short enough to show; long numbers may be personal."""
    now, then = (_PERSONAL.sub("…", " ".join(words[: 4 * _SHOWN].split())) for words in (pair.now, pair.then))
    return f"两年都写“{_cut(now)}”" if now == then else f"本年“{_cut(now)}”；上年“{_cut(then)}”"


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _tally(passage: Passage, text: str, names: tuple[str, ...], last: _LastYear) -> _Tally:
    core = _core(text, names)
    some = frozenset(_SOME.findall(core))
    own = some - _boilerplate()
    if len(own & last.some) <= _WORTH_A_LOOK * len(own):
        return _Tally(passage, len(core) * len(own) // max(1, len(some)))
    telling = [sentence for sentence in _sentences(text, names) if sentence.counts]
    likes = ((sentence, last.like(sentence)) for sentence in telling)
    pairs = tuple(Pair(one.words, then.words, len(one.pieces)) for one, then in likes if then is not None)
    return _Tally(passage, sum(len(sentence.pieces) for sentence in telling), pairs)


class _LastYear:
    """Last year's sentences, found again by their words, or by their pieces."""

    def __init__(self, texts: Iterable[str], names: tuple[str, ...]) -> None:
        self.texts, self.names = tuple(texts), names

    @cached_property
    def some(self) -> frozenset[str]:
        return frozenset(_SOME.findall(_core("".join(self.texts), self.names)))

    @cached_property
    def by_core(self) -> Mapping[str, _Sentence]:
        return {sentence.core: sentence for text in self.texts for sentence in _sentences(text, self.names)}

    @cached_property
    def leads(self) -> Mapping[str, list[_Sentence]]:
        """The sentences that hold a piece: the first of them."""
        found: dict[str, list[_Sentence]] = {}
        for sentence in self.by_core.values():
            for piece in sentence.pieces:
                holding = found.setdefault(piece, [])
                if len(holding) < _MOST:
                    holding.append(sentence)
        return found

    def like(self, sentence: _Sentence) -> _Sentence | None:
        """The sentence that holds most of its own pieces, if that is enough of them."""
        if sentence.core in self.by_core:
            return self.by_core[sentence.core]
        votes = Counter(one.core for piece in sentence.pieces for one in self.leads.get(piece, ()))
        (core, count), *_ = votes.most_common(1) or [("", 0)]
        return self.by_core[core] if count and count >= _LIKE * len(sentence.pieces) else None


@once
def _last_year(previous: Report) -> _LastYear:
    return _LastYear((text for _, text in _narrative(previous)), _names(previous.organ))


def _narrative(report: Report) -> Iterator[tuple[Passage, str]]:
    """What is compared: not the preface and the words before the tables, which are the same every year."""
    sections = {section.key for section in report.form.sections if not section.is_table} - {"preface"}
    left = _LONGEST
    for passage in passages(report):
        if left > 0 and passage.text and passage.section in sections:
            yield passage, passage.text[:left]
            left -= len(passage.text)


def _sentences(text: str, names: tuple[str, ...]) -> Iterator[_Sentence]:
    for words in _SENTENCE.findall(text):
        if core := _core(words, names):
            yield _Sentence(words.strip(), core)


def _core(words: str, names: Iterable[str]) -> str:
    core = _NO_WORDS.sub("", words)
    for name in names:
        core = core.replace(name, "")
    return core


def _names(organ: str) -> tuple[str, ...]:
    """The organ's name as its text may write it, the longest first."""
    name = _NO_WORDS.sub("", organ)
    short = re.sub(r"(?:人民政府|办事处)$", "", name)
    return tuple(dict.fromkeys(one for one in (name, short) if len(one) > 1))


def _pieces(core: str) -> Iterable[str]:
    return [core[start : start + PIECE] for start in range(len(core) - PIECE + 1)]


@cache
def _boilerplate() -> frozenset[str]:
    """The pieces of what anyone may write, and of the sentences that the workbook offers."""
    texts = [text for texts in wordlist("boilerplate").values() for text in texts]
    for file in sorted((templates() / "narrative").rglob("*.j2")):
        _, _, body = file.read_text(encoding="utf-8", errors="replace").partition("\n")
        texts += _BETWEEN.split(_FILLED.sub("", body.replace("\n", "")))
    return frozenset(piece for text in texts for piece in _pieces(_NO_WORDS.sub("", text)))
