"""Why sums do not add up: from the relations that fail to the fewest wrong cells that would explain them all.

Every cell has a signature: the relations its error would break, those behind totals that follow it by formula
included. Broken relations are read back through these signatures, most telling first. Each broken relation ends up
in exactly one ``Explanation``, as its head or as a consequence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from gia_xlsx.form import Check, Key
from gia_xlsx.report import Report, Source, once
from gia_xlsx.rules.relations import Broken, broken, failing, sides, sides_of_form

__all__ = ["Broken", "Explanation", "broken", "explain", "failing", "slip"]

Kind = Literal["zero", "cell", "shift", "alone"]
_Option = tuple[tuple[Key, int], frozenset[int]]  # a cell, the amount it would change by, the relations that mends


@dataclass(frozen=True, slots=True)
class Explanation:
    """One cause. ``head`` is the relation it is told by, ``consequences`` the others it broke.

    ``zero``: the total ``suspect`` was left at 0. ``cell``: ``suspect`` alone is wrong, ``fitting`` would balance all.
    ``shift``: two relations are off by the same amount in opposite directions; ``suspect`` holds just that amount, if
    one cell only does, and it belongs where ``fitting`` says nothing. ``alone``: no cell stands out.
    ``slip`` names the slip of the hand that would make the one number of the other.
    """

    kind: Kind
    head: Broken
    consequences: tuple[Broken, ...] = ()
    suspect: Key | None = None
    fitting: int | None = None
    slip: str = ""


@once
def explain(report: Report) -> tuple[Explanation, ...]:
    """The causes of all broken equalities, in the order of their heads on the form."""
    failed = [one for one in failing(report) if one.check.relation.op == "="]
    if not failed:
        return ()
    explanations = _Diagnosis(report, failed).run()
    order = {id(one.check): n for n, one in enumerate(failed)}
    return tuple(sorted(explanations, key=lambda explanation: order[id(explanation.head.check)]))


def slip(written: int, fitting: int) -> str:
    """The slip of the hand between two numbers, in words; '' when there is none to see."""
    if written <= 0 or fitting <= 0 or written == fitting:
        return ""
    a, b = str(written), str(fitting)
    if sorted(a) == sorted(b):
        return "数字前后颠倒"
    if _one_more(a, b):
        return "多打了一个 0" if a == b + "0" else "多打了一位数字"
    if _one_more(b, a):
        return "少打了一个 0" if b == a + "0" else "少打了一位数字"
    return ""


def _one_more(longer: str, shorter: str) -> bool:
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


class _Diagnosis:
    """The state of one search: what is still off (``gaps``), by the place of a relation among ``checks``."""

    def __init__(self, report: Report, failed: list[Broken]) -> None:
        self.report = report
        nothing_lacks = len(report.numbers) == len(report.facts)
        equalities = [check for check in report.form.checks if check.relation.op == "="]
        self.checks = [check for check in equalities if nothing_lacks or self._judged(check)]
        index = {id(check): n for n, check in enumerate(self.checks)}
        self.failed = {index[id(one.check)]: one for one in failed}
        self.gaps = {n: one.gap for n, one in self.failed.items()}
        self.told: set[int] = set()
        self.sides: Mapping[Key, Mapping[int, int]] = (
            sides_of_form(report.form.form) if nothing_lacks else sides(self.checks)
        )
        self.followers = self._followers()
        self.known: dict[Key, dict[int, int]] = {}

    def run(self) -> list[Explanation]:
        found = list(self._zeros())
        found.extend(self._single(least=2))
        found.extend(self._zeros(partly=True))
        found.extend(self._shifts())
        found.extend(self._single(least=1))
        found.extend(self._rest())
        return found

    def _judged(self, check: Check) -> bool:
        known = self.report.numbers.__contains__
        return all(map(known, check.left)) and all(map(known, check.right))

    def _followers(self) -> dict[Key, list[Key]]:
        """For each cell the totals that change with it: those still left to their formula."""
        off = {self.checks[n].right[0] for n in self.gaps if self.checks[n].relation.total}
        found: dict[Key, list[Key]] = {}
        for total, check in self.report.form.totals.items():
            if self.report.facts[total].source is Source.FORMULA and total not in off:
                for key in check.left:
                    found.setdefault(key, []).append(total)
        return found

    def signature(self, key: Key) -> Mapping[int, int]:
        """How much each relation's gap grows when the cell grows by one."""
        if key not in self.followers:
            return self.sides.get(key, {})
        if key not in self.known:
            effect: dict[int, int] = {}
            for n, sign in self.sides.get(key, {}).items():
                effect[n] = effect.get(n, 0) + sign
            for total in self.followers.get(key, ()):
                for n, sign in self.signature(total).items():
                    effect[n] = effect.get(n, 0) + sign
            self.known[key] = {n: sign for n, sign in effect.items() if sign}
        return self.known[key]

    def value(self, key: Key) -> int:
        return int(self.report.numbers[key])

    def _shift_gaps(self, key: Key, amount: int) -> None:
        for n, sign in self.signature(key).items():
            self.gaps[n] = self.gaps.get(n, 0) + sign * amount
        self.gaps = {n: gap for n, gap in self.gaps.items() if gap}

    def _gain(self, key: Key, amount: int) -> tuple[int, frozenset[int]]:
        """How many relations fewer would be broken, and which would be mended, if the cell grew by an amount."""
        mended, harmed = set(), 0
        for n, sign in self.signature(key).items():
            before = self.gaps.get(n, 0)
            after = before + sign * amount
            if before and not after:
                mended.add(n)
            elif after and not before:
                harmed += 1
        return len(mended) - harmed, frozenset(mended)

    def _tell(
        self, kind: Kind, mended: Iterable[int], suspect: Key | None = None, fitting: int | None = None, hand: str = ""
    ) -> Iterator[Explanation]:
        """An explanation of the mended relations, unless all of them were told before."""
        new = [
            n for n in sorted(mended, key=lambda n: self._rank(n, suspect)) if n in self.failed and n not in self.told
        ]
        if new:
            self.told.update(new)
            head, *others = (self.failed[n] for n in new)
            yield Explanation(kind, head, tuple(others), suspect, fitting, hand)

    def _rank(self, n: int, suspect: Key | None) -> tuple[bool, bool, int, int]:
        """Which relation tells a cause best: the suspect's own sum, then one off the total line, then the shortest."""
        check = self.checks[n]
        own = check.relation.total and suspect in check.right
        return not own, self._on_total_line(check), len(check.keys), n

    def _on_total_line(self, check: Check) -> bool:
        return check.keys[0] in self.report.form.totals

    def _zeros(self, partly: bool = False) -> Iterator[Explanation]:
        """Totals typed as 0 over addends that are not; all of them at once, if that mends everything."""
        zeros = [
            (self.checks[n].right[0], n)
            for n, one in self.failed.items()
            if n in self.gaps and self.checks[n].relation.total and one.right == 0
        ]
        if not zeros or (len(zeros) == 1 and not partly):
            return
        before = dict(self.gaps)
        for key, n in zeros:
            if n in self.gaps:
                self._shift_gaps(key, -self.gaps[n])
        if len(self.gaps) > (len(before) - len(zeros) if partly else 0):
            self.gaps = before
            return
        mended = before.keys() - self.gaps.keys()
        own = {n for _, n in zeros}
        for key, n in zeros:
            behind = {m for m in mended - own if key in self.checks[m].keys}
            yield from self._tell("zero", {n, *behind}, key, self.failed[n].left)

    def _single(self, least: int) -> Iterator[Explanation]:
        """One cell at a time, while some cell would mend ``least`` relations or more."""
        while self.gaps:
            best, certain = self._best(least)
            if not best:
                return
            (key, amount), mended = best[0]
            fitting = self.value(key) + amount
            if len(best) == 1 and least > 1:
                left_at_zero = self.value(key) == 0 and key in self.report.form.totals
                hand = slip(self.value(key), fitting)
                yield from self._tell("zero" if left_at_zero else "cell", mended, key, fitting, hand)
            elif certain and all(self._as_found(n) for n in mended):
                yield from self._tell("alone", mended, *self._slipped(best))
            else:
                return
            self._shift_gaps(key, amount)

    def _as_found(self, n: int) -> bool:
        """Whether a gap is all of what was found: but the total line's, which is the sum of others, may be in part."""
        return n not in self.failed or self._on_total_line(self.checks[n]) or self.gaps[n] == self.failed[n].gap

    def _slipped(self, candidates: list[_Option]) -> tuple[Key | None, int | None, str]:
        """Among cells that explain equally much, the one whose number is a slip of the hand, if it is the only one."""
        slips = [
            (key, self.value(key) + amount, hand)
            for (key, amount), _ in candidates
            if (hand := slip(self.value(key), self.value(key) + amount))
        ]
        return slips[0] if len(slips) == 1 else (None, None, "")

    def _best(self, least: int) -> tuple[list[_Option], bool]:
        """The corrections that mend most, ``least`` relations or more, and all the same ones.

        False if others would mend as many, some of these among them: then who is to blame is open, and, unless
        ``least`` is 1, nobody is named.
        """
        options: dict[tuple[Key, int], tuple[int, frozenset[int]]] = {}
        for key in self._candidates():
            for n, sign in self.signature(key).items():
                amount = -self.gaps.get(n, 0) * sign
                if amount and self.value(key) + amount >= 0:
                    options[key, amount] = self._gain(key, amount)
        most = max((gain for gain, _ in options.values()), default=0)
        if most < least:
            return [], False
        best = [(option, mended) for option, (gain, mended) in options.items() if gain == most]
        sets = list(dict.fromkeys(mended for _, mended in best))
        clear = next((one for one in sets if not any(one & other for other in sets if other != one)), None)
        if clear is None and least > 1:
            return [], False
        chosen = sets[0] if clear is None else clear
        return [(option, mended) for option, mended in best if mended == chosen], clear is not None

    def _candidates(self) -> list[Key]:
        """The cells a filer typed that some relation still off rests on, in printed order."""
        off = self.gaps.keys()
        return [key for key in self.sides if not (off.isdisjoint(self.signature(key)) or self._follows(key))]

    def _follows(self, key: Key) -> bool:
        check = self.report.form.totals.get(key)
        return check is not None and key in self.followers.get(check.left[0], ())

    def _shifts(self) -> Iterator[Explanation]:
        """Two lines off by the same amount in opposite directions: a number that stands in the wrong one of them."""
        for a, b in combinations(sorted(self.gaps), 2):
            if a not in self.gaps or b not in self.gaps or self.gaps[a] != -self.gaps[b]:
                continue
            if self.checks[a].relation is not self.checks[b].relation or self._on_total_line(self.checks[a]):
                continue
            moves = [move for move in self._moves(a, b) if move[2] > 0]
            if not moves:
                continue
            exact = [move for move in moves if self.value(move[0]) == move[2]]
            suspect = exact[0][0] if len(exact) == 1 else None
            source, target, amount = (exact or moves)[0]
            yield from self._tell("shift", (a, b), suspect)
            self._shift_gaps(source, -amount)
            self._shift_gaps(target, amount)

    def _moves(self, a: int, b: int) -> Iterator[tuple[Key, Key, int]]:
        """Every pair of cells on one line between which a number could have moved: from, to, how much."""
        first, second = self.checks[a].keys, self.checks[b].keys
        for one, other in zip(first, second, strict=True):
            if self._follows(one) or self._follows(other):
                continue
            for source, target, n in ((one, other, a), (other, one, b)):
                amount = self.gaps[n] * self.sides[source][n]
                after = dict(self.gaps)
                for key, change in ((source, -amount), (target, amount)):
                    for m, sign in self.signature(key).items():
                        after[m] = after.get(m, 0) + sign * change
                if self.value(source) >= amount > 0 and sum(map(bool, after.values())) <= len(self.gaps) - 2:
                    yield source, target, amount

    def _rest(self) -> Iterator[Explanation]:
        """Whatever is still untold, each on its own."""
        for n in sorted(self.failed.keys() - self.told):
            yield from self._tell("alone", (n,))
