"""The text of a report as it will be printed, with what placeholders gave marked: that is right by construction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gia_xlsx.errors import GiaError
from gia_xlsx.narrative import GIVEN, NEVER_GIVEN, render
from gia_xlsx.report import Paragraph, Place, Report, once

_GIVEN = re.compile(f"{GIVEN[0]}(.*?){GIVEN[1]}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph as printed. ``given``: the spans of ``text`` that came from placeholders."""

    section: str
    heading: str
    text: str
    given: tuple[tuple[int, int], ...] = ()
    place: Place | None = None

    @property
    def whole(self) -> str:
        """Heading and text as one reads them."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text

    def is_given(self, start: int, end: int) -> bool:
        """Whether a span of the text came from a placeholder."""
        return any(first <= start and end <= last for first, last in self.given)


@once
def passages(report: Report) -> tuple[Passage, ...]:
    """Every paragraph in printed order; one whose placeholders are broken stands as typed (GIA152 tells that)."""
    return tuple(_passage(paragraph, report) for paragraph in report.paragraphs)


def in_sections(report: Report, sections: Iterable[str]) -> tuple[Passage, ...]:
    """The passages of some sections."""
    wanted = set(sections)
    return tuple(passage for passage in passages(report) if passage.section in wanted)


def _passage(paragraph: Paragraph, report: Report) -> Passage:
    text = NEVER_GIVEN.sub("", paragraph.text)
    if "{" not in text:
        return Passage(paragraph.section, paragraph.heading, text, (), paragraph.place)
    try:
        marked = render(text, report, marks=GIVEN)
    except GiaError:
        return Passage(paragraph.section, paragraph.heading, text, (), paragraph.place)
    parts: list[str] = []
    given: list[tuple[int, int]] = []
    length = at = 0
    for match in _GIVEN.finditer(marked):
        before = marked[at : match.start()]
        start = length + len(before)
        length = start + len(match[1])
        parts += (before, match[1])
        given.append((start, length))
        at = match.end()
    return Passage(paragraph.section, paragraph.heading, "".join((*parts, marked[at:])), tuple(given), paragraph.place)
