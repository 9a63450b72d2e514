"""A verdict as a list of numbered opinions, for the filer's own workbook and for paper: the words both show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gia_xlsx.diagnostic import Diagnostic, Severity, Verdict

TITLE = "审核意见"
COPY = "（审核意见）"  # what the name of a returned file ends in, before its suffix
ACCEPTED = "已接受"
ANSWERS = ("已改正", "属实不改", "其他说明")
MARK_HEAD, REASON_HEAD, ANSWER_HEAD = "意见号", "接受理由", "填报人答复"
_PLACES = 4  # addresses shown for one opinion
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Opinion:
    """One finding with its number in the list; ``accepted``: a person has let it stand."""

    number: int
    found: Diagnostic
    accepted: bool = False

    @property
    def level(self) -> str:
        label = self.found.severity.label
        return f"{ACCEPTED}（{label}）" if self.accepted else label

    @property
    def mark(self) -> str:
        return self.found.mark or self.found.code

    @property
    def way(self) -> str:
        """The way out, or why there is none to take."""
        return f"已接受，理由：{self.found.reason}" if self.accepted else self.found.hint


def opinions(verdict: Verdict) -> tuple[Opinion, ...]:
    """What was found, gravest first, then what is accepted."""
    open_ = [Opinion(number, found) for number, found in enumerate(verdict.diagnostics, 1)]
    accepted = (Opinion(number, found, True) for number, found in enumerate(verdict.accepted, len(open_) + 1))
    return (*open_, *accepted)


def cleaned(text: str) -> str:
    """Text without what neither a workbook nor a page may hold."""
    return _CONTROL.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))


def where(found: Diagnostic, between: str = "、") -> str:
    """The addresses, each sheet named once: ``三、依申请公开!K7、K9``; A1 stands for its sheet."""
    sheets: dict[str, list[str]] = {}
    for place in found.places[:_PLACES]:
        cells = sheets.setdefault(place.sheet, [])
        if place.cell != "A1":
            cells.append(place.cell)
    shown = between.join(f"{sheet}!{'、'.join(cells)}" if cells else sheet for sheet, cells in sheets.items())
    return shown + (f" 等 {len(found.places)} 处" if len(found.places) > _PLACES else "")


def counts(verdict: Verdict) -> tuple[tuple[str, int], ...]:
    """How many of each level, and how many are accepted."""
    by_level = ((s.label, sum(d.severity is s for d in verdict.diagnostics)) for s in Severity)
    return (*by_level, (ACCEPTED, len(verdict.accepted)))


def conclusion(verdict: Verdict) -> str:
    """What follows from the verdict, in one sentence."""
    if verdict.status == "unfilled":
        return f"尚未填完，还有 {verdict.unfilled} 格未填。"
    if verdict.status == "errors":
        return "有错误，改正后才能发布。"
    return "没有错误，可以发布。"


def not_run(verdict: Verdict) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Why some rules were not run, and which: those that lack the same are told together."""
    for reason in dict.fromkeys(why for _, why in verdict.not_run):
        yield reason, tuple(code for code, why in verdict.not_run if why == reason)


def in_vain(verdict: Verdict) -> Iterator[str]:
    """Reasons that were given and hold for nothing: a sentence each."""
    yield from lapsed(verdict)
    yield from baseless(verdict)


def lapsed(verdict: Verdict) -> Iterator[str]:
    """Reasons that figures or words have overtaken."""
    for one in verdict.lapsed:
        yield f"{one.finding}（{one.where}）：数字或文字已变，接受不再有效，请重新核对。理由原为：{one.reason}"


def baseless(verdict: Verdict) -> Iterator[str]:
    """Reasons for what was not found."""
    for one in verdict.baseless:
        yield f"{one.finding or '没有写意见号'}（{one.where}）：没有这条意见，理由用不上。理由原为：{one.reason}"
