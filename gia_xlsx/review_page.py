"""The review of one report as a page to print and sign: self-contained, the same bytes for the same review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gia_xlsx.diagnostic import Severity, Verdict
from gia_xlsx.opinions import ACCEPTED, ANSWERS, Opinion, cleaned, conclusion, counts, in_vain, not_run, opinions, where
from gia_xlsx.pages import draw
from gia_xlsx.report import Report
from gia_xlsx.rules import CATALOGUE

_NUMERALS = "一二三四五六七八九"
_NUMBER = re.compile(r"(?!(?:19|20)\d\d年)(?<![\d.])\d[\d,，.]{0,30}")  # no year


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the page: its heading, and what stands under it."""

    key: str
    heading: str
    opinions: tuple[Opinion, ...] = ()
    lines: tuple[str, ...] = ()


def render_review(report: Report, verdict: Verdict, file: str) -> bytes:
    """The page in UTF-8. Words and looks are in ``templates/review.html.j2`` and ``templates/review.css``."""
    page = draw(
        "review.html.j2",
        report=report,
        form=report.form.form,
        file=file,
        status=verdict.status,
        conclusion=conclusion(verdict),
        counts=counts(verdict),
        parts=list(_parts(verdict)),
        answers=ANSWERS,
        basis={rule.code: rule.basis for rule in CATALOGUE},
        where=where,
        excerpt=_excerpt,
    )
    return cleaned(page).encode("utf-8")


def _parts(verdict: Verdict) -> Iterator[_Part]:
    """Every level that has an opinion, then what is accepted, was not run, or holds for nothing."""
    every = opinions(verdict)
    found = [
        _Part(level.value, level.label, tuple(o for o in every if o.found.severity is level and not o.accepted))
        for level in Severity
    ]
    found += [
        _Part("accepted", f"{ACCEPTED}的意见", tuple(o for o in every if o.accepted)),
        _Part("not-run", "未查的项目", lines=tuple(f"{why}：{'、'.join(codes)}" for why, codes in not_run(verdict))),
        _Part("in-vain", "没有用上的接受理由", lines=tuple(in_vain(verdict))),
    ]
    shown = [part for part in found if part.opinions or part.lines]
    for numeral, part in zip(_NUMERALS, shown, strict=False):
        yield _Part(part.key, f"{numeral}、{part.heading}", part.opinions, part.lines)


def _excerpt(opinion: Opinion) -> Iterator[tuple[str, bool]]:
    """The excerpt in pieces; with each whether it is a number that the message speaks of."""
    text = opinion.found.excerpt or ""
    told = {_plain(number) for number in _NUMBER.findall(opinion.found.message)}
    at = 0
    for match in _NUMBER.finditer(text):
        if _plain(match[0]) in told:
            yield text[at : match.start()], False
            yield match[0].rstrip(",，."), True
            at = match.start() + len(match[0].rstrip(",，."))
    yield text[at:], False


def _plain(number: str) -> str:
    return re.sub("[,，]", "", number).rstrip(".")
