"""Each number of a text bound to what it is of: the nearest word that fits it, in its own piece of the sentence.

The object may stand before its number (申请…33件) or behind it (收到1条依申请公开), and an outcome one piece later
(行政诉讼2件，1件尚未审结): the topic stays until another is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.lexicon import Token, Topic, is_elsewhere, kinds_of_documents, tokens, topics, year_of
from gia_xlsx.claims.sentences import Piece, Sentence, between, pieces, read
from gia_xlsx.passages import Passage
from gia_xlsx.report import Report, once

SECTIONS = ("overview", "disclosure", "requests", "cases", "other")
_JOINED = re.compile(r"(?:案件|申请|文件|决定|事项|类)?(?:、|和|及|与|或|以及|或者)?")
_ALONE = re.compile(r"[,;、。)\s]|$")
_STATED = re.compile(r"[为是:共计][\s]?$")
_EACH = re.compile(r"各(?:有|为)?\s?$|均为\s?$|都是\s?$")
_ALL = re.compile(r"[均都]|全部")
_DISCLOSURE = "信息公开"
_COUNTED_WHOLE = frozenset(
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
_LOOSE = ("deal",)
_AGGREGATES = ("province", "prefecture", "county")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number and what the text says it is of: topics (several if they are summed), a class, columns of table three.

    ``others`` are further classes it may be of; ``each``: it holds for every topic by itself; ``certain``: number,
    unit and words bind without doubt; ``given``: it came from a placeholder.
    """

    passage: Passage
    figure: Figure
    start: int  # of the piece it stands in
    end: int
    topics: tuple[str, ...]
    sort: str
    others: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("total",)
    each: bool = False
    certain: bool = False
    given: bool = False


@dataclass
class _State:
    """What the sentence has said so far that later pieces lean on."""

    topics: tuple[str, ...] = ()
    explicit: bool = False  # named in the text itself, not only in a heading
    of_disclosure: bool = False
    year: int | None = None
    sort: str = ""
    skipped: bool = False
    wide: bool = False
    own: bool = False
    waiting: Claim | None = None  # a figure whose class may stand in the next piece


@once
def claims(report: Report) -> tuple[Claim, ...]:
    """Every number of the text that is of a figure of the tables, in order."""
    return tuple(
        claim
        for passage, sentences in read(report)
        if passage.section in SECTIONS
        for claim in _Binder(report, passage).run(sentences)
    )


def _closest(topic: Topic, ahead: Sequence[str]) -> str:
    """The last class before a figure, unless an earlier one is narrower (属于国家秘密不予公开) or it only says 办理."""
    last = ahead[-1]
    line = topic.readings[last][0][0]
    narrower = [sort for sort in ahead[:-1] if topic.readings[sort][0][0].startswith(f"{line}.")]
    if narrower:
        return narrower[-1]
    return ahead[-2] if last in _LOOSE and len(ahead) > 1 else last


class _Binder:
    """One passage on its way: sentence by sentence, piece by piece."""

    def __init__(self, report: Report, passage: Passage) -> None:
        self.report, self.passage = report, passage
        heading = [token.value for token in tokens(passage.heading) if token.kind == "topic"]
        default = ("requests",) if passage.section == "requests" else ()
        self.state = _State(tuple(dict.fromkeys(heading)) or default)
        self.state.of_disclosure = passage.section in ("cases", "requests") or _DISCLOSURE in passage.heading

    def run(self, sentences: Iterable[Sentence]) -> Iterator[Claim]:
        for sentence in sentences:
            state = self.state
            self.state = state = _State(state.topics, state.explicit, state.of_disclosure)
            if _DISCLOSURE in sentence.text[sentence.start : sentence.end]:
                state.of_disclosure = True
            if not (sentence.figures and kinds_of_documents().search(sentence.text, sentence.start, sentence.end)):
                for piece in pieces(sentence):
                    yield from self._piece(sentence, piece)

    def _piece(self, sentence: Sentence, piece: Piece) -> Iterator[Claim]:
        state = self.state
        asides = {token.value for token in piece.tokens if token.kind == "aside"}
        state.skipped |= bool(asides & {"other_times", "planned"})
        state.wide |= "wider" in asides
        state.own |= "own" in asides
        if not piece.figures:
            self._follow(sentence, piece.tokens)
            sorts = [token.value for token in piece.tokens if token.kind == "class"]
            state.sort = sorts[-1] if sorts else state.sort
            if state.waiting is not None:
                yield from self._late(state.waiting, piece, sorts)
            return
        state.waiting = None
        at = piece.start
        leads = len(piece.figures) > 1 and not between(piece.tokens, piece.start, piece.figures[0].start)
        for number, figure in enumerate(piece.figures):
            last = number == len(piece.figures) - 1
            end = piece.end if last else piece.figures[number + 1].start
            before = [] if leads else between(piece.tokens, at, figure.start)  # 9件许可和8件处罚: objects behind
            after = between(piece.tokens, figure.end, end)
            yield from self._figure(sentence, piece, figure, before, after if last else [], after)
            at = figure.end
        self._follow(sentence, between(piece.tokens, at, piece.end))

    def _late(self, claim: Claim, piece: Piece, sorts: Sequence[str]) -> Iterator[Claim]:
        """An outcome that is told one piece behind its number: 1件因超出期限，要求重新作出答复."""
        self.state.waiting = None
        fitting = [sort for sort in sorts if sort in topics()[claim.topics[0]].readings]
        if fitting and fitting[0] not in _COUNTED_WHOLE:
            yield replace(claim, end=piece.end, sort=fitting[0])

    def _follow(self, sentence: Sentence, said: Iterable[Token]) -> None:
        """Take over the topics, years and turns that words bring."""
        run = self._run(sentence, said)
        if run is not None:
            self.state.topics, self.state.explicit = run, bool(run)
        for token in said:
            if token.kind == "year":
                self.state.year = None if self.report.year is None else year_of(token, self.report.year)

    def _run(self, sentence: Sentence, said: Iterable[Token]) -> tuple[str, ...] | None:
        """The last topics named, joined ones together; () where the last word leads elsewhere; None: nothing named."""
        found: list[str] | None = None
        end = -1
        for token in said:
            if token.kind == "elsewhere":
                found = []
            elif token.kind == "topic":
                joined = found and _JOINED.fullmatch(sentence.text, end, token.start)
                found = [*found, token.value] if found and joined else [token.value]
                end = token.end
        return None if found is None else tuple(dict.fromkeys(found))

    def _figure(
        self,
        sentence: Sentence,
        piece: Piece,
        figure: Figure,
        before: Sequence[Token],
        after: Sequence[Token],
        behind: Sequence[Token],
    ) -> Iterator[Claim]:
        state = self.state
        earlier_year = state.year
        self._follow(sentence, before)
        named = self._run(sentence, before)
        if named is None and (object_ := self._run(sentence, behind)):
            named = object_
            state.topics, state.explicit = object_, True
        if len(state.topics) > 1 and "分别" in sentence.text[piece.start : figure.start]:
            state.skipped = True  # 许可、处罚分别为9件、8件: which is which is not told by nearness
        current = tuple(name for name in state.topics if self._counts(name, figure, sentence, before))
        if not current or len(current) != len(state.topics):
            return
        sort, others, own_words = self._sort(current, before, after, sentence, figure, bool(named))
        year_fits, sort = self._in_year(sort, after)
        columns = tuple(dict.fromkeys(token.value for token in (*before, *after) if token.kind == "applicant"))
        if not sort and columns and current == ("requests",):
            sort = state.sort or "receive"
        if sort:
            state.sort = sort
        if sort == "carry_in":
            state.year = earlier_year
        if not year_fits or figure.vague or state.skipped or self._aside(piece, figure, sort):
            return
        if current[0] in ("review", "litigation") and not state.of_disclosure:
            return
        claim = Claim(
            self.passage,
            figure,
            piece.start,
            piece.end,
            current,
            sort,
            others,
            columns if current == ("requests",) and columns else ("total",),
            _EACH.search(sentence.text, piece.start, figure.start) is not None,
            self._certain(current, sort, others, own_words, sentence),
            self._number_given(figure),
        )
        if sort:
            yield claim
        elif not named and figure.unit:
            state.waiting = claim

    def _number_given(self, figure: Figure) -> bool:
        return any(figure.start <= start and end <= figure.end for start, end in self.passage.given)

    def _counts(self, name: str, figure: Figure, sentence: Sentence, before: Sequence[Token]) -> bool:
        """Whether a topic is counted in the unit of a figure; without a unit, whether the figure stands for itself."""
        counters = topics()[name].counters
        if figure.is_money:
            return counters == "元"
        if figure.unit:
            return figure.unit in counters
        text = sentence.text
        touches = bool(before) and before[-1].end == figure.start and before[-1].kind == "topic"
        stated = touches or _STATED.search(text, max(0, figure.start - 3), figure.start) is not None
        return counters != "元" and stated and _ALONE.match(text, figure.end) is not None

    def _sort(
        self,
        current: tuple[str, ...],
        before: Sequence[Token],
        after: Sequence[Token],
        sentence: Sentence,
        figure: Figure,
        named: bool,
    ) -> tuple[str, tuple[str, ...], bool]:
        """The class of a figure, what else it may be, and whether words of its own say so."""
        topic = topics()[current[0]]
        ahead = [token.value for token in before if token.kind == "class" and token.value in topic.readings]
        later = [token.value for token in after if token.kind == "class" and token.value in topic.readings]
        if ahead and later and later[0] != ahead[-1]:
            if _ALL.search(sentence.text, figure.end, after[-1].end):
                return _closest(topic, ahead), (), True
            return _closest(topic, ahead), (later[0],), True
        if ahead or later:
            return _closest(topic, ahead) if ahead else later[0], (), True
        if not named:
            return "", (), False
        other = ("new", "receive", "public") if topic.table == "disclosure" else ("new", "receive")
        if any(token.value in other for token in before if token.kind == "class"):
            return "", (), False  # 受理行政许可申请, 公开规范性文件: not what the table counts
        if self.state.sort in topic.readings and self.state.sort in _COUNTED_WHOLE:
            return self.state.sort, (), True
        nearest = [token for token in (*before, *after) if token.kind == "topic"]
        if any(is_elsewhere(sentence.text, token.end) for token in nearest):
            return "", (), False
        return topic.bare, (), False

    def _in_year(self, sort: str, after: Sequence[Token]) -> tuple[bool, str]:
        """Whether the figure is of the report's year, and its class, which the year may decide (结转)."""
        year, here = self.state.year, self.report.year
        if here is None:
            return True, sort
        to = next((year_of(token, here) for token in after if token.kind == "year"), None)
        if sort == "carry":
            if to == here + 1 or year == here + 1:
                return True, "carry_out"
            if year == here - 1:
                return True, "carry_in"
        if sort in ("carry_in", "carry_out"):
            return year is None or abs(year - here) <= 1, sort
        return year in (None, here), sort

    def _aside(self, piece: Piece, figure: Figure, sort: str) -> bool:
        """Whether the words around put the figure beside the point: compared, wider, or only a part."""
        asides = [token for token in piece.tokens if token.kind == "aside"]
        if any(token.value == "compared" and token.start < figure.start for token in asides):
            return True
        own_scope = self.report.cover.scope or ("" if self.report.cover.type in _AGGREGATES else "self")
        if (self.state.wide and own_scope == "self") or (self.state.own and own_scope == "aggregate"):
            return True
        kinds = {token.value for token in asides}
        return "part" in kinds and "whole" not in kinds and sort in _COUNTED_WHOLE

    def _certain(
        self, current: tuple[str, ...], sort: str, others: tuple[str, ...], own_words: bool, sentence: Sentence
    ) -> bool:
        state = self.state
        sure = all(sort in topics()[name].certain for name in current) and own_words and not others
        cleaned = current[0] == "normative" and "清理" in sentence.text[sentence.start : sentence.end]
        return sure and state.explicit and not (state.wide or state.own or cleaned) and self.passage.section != "other"
