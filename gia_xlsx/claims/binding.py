"""Each number of a text bound to what it is of: the nearest word that fits it, in its own piece of the sentence.

The object may stand before its number (申请…33件) or behind it (收到1条依申请公开), and an outcome one piece later
(行政诉讼2件，1件尚未审结): the topic stays until another is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gia_xlsx.claims.claim import Claim, Said
from gia_xlsx.claims.company import is_common, is_part, residue, starts_another
from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.leading import STATES, all_of, applicants, beside_the_point, led_to, precede_their_objects
from gia_xlsx.claims.lexicon import Token, kinds_of_documents, may_lead, tokens, topics, year_of
from gia_xlsx.claims.respectively import respectively
from gia_xlsx.claims.sentences import Piece, Sentence, between, pieces, read, up_to_figures
from gia_xlsx.claims.sorts import COUNTED_WHOLE, OUTCOMES, Sort, Spot, in_year, sort_of
from gia_xlsx.passages import Passage
from gia_xlsx.report import Report, once

SECTIONS = ("overview", "disclosure", "requests", "cases", "other")
_ALONE = re.compile(r"[,;、。)\s]|$")
_STATED = re.compile(r"[为是:共计][\s]?$")
_EACH = re.compile(r"各(?:有|为)?\s?$|均为\s?$|都是\s?$")
_DISCLOSURE = "信息公开"
_DECISIONS = frozenset({"licensing", "penalties", "coercion", "fees"})
_CASES = ("review", "litigation")
_AGGREGATES = ("province", "prefecture", "county")


@once
def claims(report: Report) -> tuple[Claim, ...]:
    """Every number of the text that is of a figure of the tables, in order."""
    return tuple(
        claim
        for passage, sentences in read(report)
        if passage.section in SECTIONS and (numbered := up_to_figures(sentences))
        for claim in _Binder(report, passage).run(numbered)
    )


class _Binder:
    """One passage on its way: sentence by sentence, piece by piece."""

    def __init__(self, report: Report, passage: Passage) -> None:
        self.report, self.passage = report, passage
        heading = [token.value for token in tokens(passage.heading) if token.kind == "topic"]
        default = ("requests",) if passage.section == "requests" else ()
        self.state = Said(tuple(dict.fromkeys(heading)) or default)
        self.state.led = bool(heading)
        self.parted: dict[bool, bool] = {}  # of the piece at hand: whether its words make its numbers a part
        self.compared = 0  # and where in it a comparison begins
        self.of_disclosure = passage.section in ("cases", "requests") or (
            _DISCLOSURE in passage.heading and not set(_CASES).isdisjoint(heading)
        )

    def run(self, sentences: Iterable[Sentence]) -> Iterator[Claim]:
        for sentence in sentences:
            state = self.state
            self.state = state = Said(state.topics, state.explicit, state.of_disclosure, led=state.led)
            if not _DECISIONS.isdisjoint(state.topics):  # always named anew
                state.topics, state.explicit = (), False
            state.of_disclosure = self.of_disclosure or (
                state.of_disclosure and not set(_CASES).isdisjoint(state.topics)
            )
            if sentence.text.find(_DISCLOSURE, sentence.start, sentence.end) >= 0:
                state.of_disclosure = True
            leads = may_lead(sentence.text, sentence.start, sentence.end)
            if not (leads or state.led or (sentence.figures and state.topics)):
                continue  # nothing that a number could be of
            if not sentence.figures:
                self._pass_by(sentence)
                continue
            state.paired = respectively(sentence)
            state.outcomes = any(token.value in OUTCOMES for token in sentence.tokens)
            if not kinds_of_documents().search(sentence.text, sentence.start, sentence.end):
                for piece in pieces(sentence):
                    yield from self._piece(sentence, piece)

    def _pass_by(self, sentence: Sentence) -> None:
        """Of a sentence without figures nothing stays but the topics it leads to."""
        for piece in pieces(sentence):
            if piece.tokens:
                self._lead(sentence, piece)

    def _lead(self, sentence: Sentence, piece: Piece) -> list[str]:
        """Take over what a piece without figures leads to; the classes it names."""
        state = self.state
        named = self._follow(sentence, piece.tokens)
        sorts = [token.value for token in piece.tokens if token.kind == "class"]
        told = any(sort in topics()[name].readings for name in state.topics for sort in sorts)
        state.led = (state.led or bool(named)) and not told
        return sorts

    def _piece(self, sentence: Sentence, piece: Piece) -> Iterator[Claim]:
        state = self.state
        if not (piece.figures or piece.tokens):
            state.bracketed, state.waiting = "", None
            return
        self.parted, self.compared = {}, piece.end
        if any(token.kind == "aside" for token in piece.tokens):
            self.compared = next((one.start for one in piece.tokens if one.value == "compared"), piece.end)
            asides = beside_the_point(piece.tokens, self.report.year)
            state.skipped |= bool(asides & {"other_times", "planned"})
            state.wide |= "wider" in asides
            state.own |= "own" in asides
        if not piece.figures:
            sorts = self._lead(sentence, piece)
            state.sort = sorts[-1] if sorts else state.sort
            state.bracketed = sorts[0] if piece.before == "(" and len(sorts) == 1 else ""
            state.applicants = applicants(piece.tokens)
            if state.waiting is not None:
                yield from self._late(state.waiting, piece, sorts)
            return
        state.waiting = None
        at = piece.start
        leads = precede_their_objects(piece)
        for number, figure in enumerate(piece.figures):
            last = number == len(piece.figures) - 1
            end = piece.end if last else piece.figures[number + 1].start
            before = [] if leads and number else between(piece.tokens, at, figure.start)
            after = between(piece.tokens, figure.end, end)
            yield from self._figure(sentence, piece, figure, before, after if last else [], after)
            at = figure.end
        self._follow(sentence, between(piece.tokens, at, piece.end))

    def _late(self, claim: Claim, piece: Piece, sorts: Sequence[str]) -> Iterator[Claim]:
        """An outcome that is told one piece behind its number: 1件因超出期限，要求重新作出答复."""
        self.state.waiting = None
        fitting = [sort for sort in sorts if sort != "others" and sort in topics()[claim.topics[0]].readings]
        if fitting and fitting[0] not in COUNTED_WHOLE and piece.before != ";":
            yield claim._replace(end=piece.end, sort=fitting[0])

    def _follow(self, sentence: Sentence, said: Sequence[Token]) -> tuple[str, ...] | None:
        """Take over the topics, years and turns that words bring; the topics among them."""
        if not said:
            return None
        run = led_to(sentence, said)
        if run is not None:
            self.state.topics, self.state.explicit = run, bool(run)
        for token in said:
            if token.kind == "year":
                self.state.year = None if self.report.year is None else year_of(token, self.report.year)
        return run

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
        earlier_year, led, bracketed = state.year, state.led, state.bracketed
        state.led, state.bracketed = False, ""
        named = self._follow(sentence, before)
        if named is None and starts_another(sentence, figure, behind):
            state.topics, state.explicit = (), False
            return
        if named is None and (object_ := led_to(sentence, behind) or all_of(sentence, figure)):
            named = object_
            state.topics, state.explicit = object_, True
        pair = state.paired.get(figure.start)
        if figure.start in state.paired and pair is None:
            return  # 许可、处罚分别为…: which is which cannot be told
        told = state.topics
        if pair is not None and pair.kind == "topic":
            named = told = (pair.value,)
        current = tuple(name for name in told if self._counts(name, figure, sentence, before))
        if not current or len(current) != len(told) or self._is_loose(current[0], figure, sentence, before, behind):
            return
        loose = figure.unit in topics()[current[0]].loose and figure.unit not in state.units
        if pair is not None and pair.kind == "class":
            sort = Sort(pair.value if pair.value in topics()[current[0]].readings else "")
        else:
            start = before[-1].end if before and before[-1].kind == "topic" else piece.start
            sort = sort_of(
                current,
                Spot(
                    sentence,
                    start,
                    figure,
                    before,
                    after,
                    bool(named),
                    led,
                    loose,
                    bracketed,
                    state.outcomes,
                    state.sort,
                    state.sorts,
                ),
            )
        if sort.lost:
            state.topics, state.explicit = (), False
            return
        yield from self._claim(sentence, piece, figure, (*before, *after), current, sort, bool(named), earlier_year)

    def _claim(
        self,
        sentence: Sentence,
        piece: Piece,
        figure: Figure,
        beside: Sequence[Token],
        current: tuple[str, ...],
        sort: Sort,
        named: bool,
        earlier_year: int | None,
    ) -> Iterator[Claim]:
        """The claim that a figure makes, if it is of this year and of the whole; kept waiting if its class is open."""
        state = self.state
        after = [token for token in beside if token.kind == "year" and token.start >= figure.end]
        year_fits, key = in_year(sort.key, after, state.year, self.report.year)
        columns = applicants(beside)
        if not columns and STATES.fullmatch(sentence.text, piece.start, figure.start):
            columns = state.applicants
        if not key and columns and current == ("requests",):
            key = state.sort or "receive"
        if key:
            state.sort = key
            state.sorts.update((key, *columns))
            state.units.add(figure.unit)
        if key == "carry_in":
            state.year = earlier_year
        if (
            not year_fits
            or figure.vague
            or (state.skipped and key != "publish_total")
            or self._aside(sentence, piece, figure, key, current)
        ):
            return
        if current[0] in _CASES and not state.of_disclosure:
            return
        claim = Claim(
            self.passage,
            figure,
            piece.start,
            piece.end,
            current,
            key,
            sort.others,
            columns if current == ("requests",) and columns else ("total",),
            _EACH.search(sentence.text, piece.start, figure.start) is not None,
            self._certain(current, key, sort, sentence),
            self._number_given(figure),
        )
        if key:
            yield claim
        elif not named and figure.unit:
            state.waiting = claim

    def _number_given(self, figure: Figure) -> bool:
        given = self.passage.given
        return bool(given) and any(figure.start <= start and end <= figure.end for start, end in given)

    def _counts(self, name: str, figure: Figure, sentence: Sentence, before: Sequence[Token]) -> bool:
        """Whether a topic is counted in the unit of a figure; without a unit, whether the figure stands for itself."""
        counters = topics()[name].counters
        if figure.is_money:
            return counters == "元"
        if figure.unit:
            return figure.unit in counters or figure.unit in topics()[name].loose
        text = sentence.text
        touches = bool(before) and before[-1].end == figure.start and before[-1].kind == "topic"
        stated = touches or _STATED.search(text, max(0, figure.start - 3), figure.start) is not None
        return counters != "元" and stated and _ALONE.match(text, figure.end) is not None

    def _is_loose(
        self, name: str, figure: Figure, sentence: Sentence, before: Sequence[Token], behind: Sequence[Token]
    ) -> bool:
        """Whether the unit is one of many things (份, 个, 次), and no word says that it is this one."""
        if figure.unit not in topics()[name].loose or figure.unit in self.state.units:
            return False
        named = next((token for token in reversed(before) if token.kind == "topic"), None)
        if named is not None:
            return not is_common(residue(sentence, before, named.end, figure.start))
        object_ = next((token for token in behind if token.kind == "topic"), None)
        return object_ is None or not is_common(residue(sentence, behind, figure.end, object_.start))

    def _aside(self, sentence: Sentence, piece: Piece, figure: Figure, sort: str, current: tuple[str, ...]) -> bool:
        """Whether the words around put the figure beside the point: compared, wider, or only a part."""
        if self.compared < figure.start:
            return True
        own_scope = self.report.cover.scope or ("" if self.report.cover.type in _AGGREGATES else "self")
        if (self.state.wide and own_scope == "self") or (self.state.own and own_scope == "aggregate"):
            return True
        about_cases = current[0] in _CASES
        if about_cases not in self.parted:
            self.parted[about_cases] = is_part(sentence, piece.start, piece.tokens, about_cases)
        return sort in COUNTED_WHOLE and self.parted[about_cases]

    def _certain(self, current: tuple[str, ...], key: str, sort: Sort, sentence: Sentence) -> bool:
        state = self.state
        sure = all(key in topics()[name].certain for name in current) and sort.own and not sort.others
        cleaned = current[0] == "normative" and sentence.text.find("清理", sentence.start, sentence.end) >= 0
        return sure and state.explicit and not (state.wide or state.own or cleaned) and self.passage.section != "other"
