"""The findings of a draft beside what they are about: which cell, paragraph and section of the page each belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from gia_xlsx.form import Key
from gia_xlsx.opinions import Opinion, cleaned, conclusion, counts, opinions, where
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.lines import lines
from gia_xlsx.report import Place, Report

MOST = 300  # findings that a page shows, the gravest; nobody reads forty thousand
Spot = tuple[str, int]  # the key of a section and the number of a line in it, from 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on the page. ``target`` is the id of the first cell or paragraph it is about, '' if none is printed."""

    number: int
    severity: str
    level: str
    message: str
    hint: str
    excerpt: str
    mark: str
    where: str
    target: str


@dataclass(frozen=True)
class Beside:
    """The remarks of a draft by where they stand: ``general`` on top, ``sections`` after each section.

    ``cells`` and ``lines`` tell which of them are about a cell or a printed paragraph, the gravest first; ``left_out``
    counts those that no page has room for.
    """

    conclusion: str
    counts: tuple[tuple[str, int], ...]
    general: tuple[Remark, ...]
    sections: Mapping[str, tuple[Remark, ...]]
    cells: Mapping[Key, tuple[Remark, ...]]
    lines: Mapping[Spot, tuple[Remark, ...]]
    left_out: int


def beside(edition: Edition) -> Beside | None:
    """The findings of an edition; None if it is no draft or nobody has judged it."""
    if not edition.draft or edition.verdict is None:
        return None
    finder = _Finder(edition.report)
    general: list[Remark] = []
    sections: dict[str, list[Remark]] = {}
    cells: dict[Key, list[Remark]] = {}
    spots: dict[Spot, list[Remark]] = {}
    found = [opinion for opinion in opinions(edition.verdict) if not opinion.accepted]
    for opinion in found[:MOST]:
        keys, about = finder.keys(opinion), finder.spots(opinion)
        remark = _remark(opinion, cell_id(keys[0]) if keys else line_id(about[0]) if about else "")
        for key in keys:
            cells.setdefault(key, []).append(remark)
        for spot in about:
            spots.setdefault(spot, []).append(remark)
        section = finder.section(opinion)
        (sections.setdefault(section, []) if section else general).append(remark)
    return Beside(
        conclusion(edition.verdict),
        tuple((label, count) for label, count in counts(edition.verdict) if count),
        tuple(general),
        {key: tuple(some) for key, some in sections.items()},
        {key: tuple(some) for key, some in cells.items()},
        {spot: tuple(some) for spot, some in spots.items()},
        len(found[MOST:]),
    )


def cell_id(key: Key) -> str:
    """The id of a cell that is remarked on: ``cell-requests-received-natural``."""
    return "-".join(("cell", *key))


def line_id(spot: Spot) -> str:
    """The id of a paragraph that is remarked on: ``line-overview-2``, counted from 1."""
    return f"line-{spot[0]}-{spot[1] + 1}"


def _remark(opinion: Opinion, target: str) -> Remark:
    found = opinion.found
    texts = (found.message, found.hint, found.excerpt or "", opinion.mark, where(found))
    message, hint, excerpt, mark, places = map(cleaned, texts)
    return Remark(opinion.number, found.severity.value, opinion.level, message, hint, excerpt, mark, places, target)


class _Finder:
    """Where on the page the cells and places of a finding are printed."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def keys(self, opinion: Opinion) -> tuple[Key, ...]:
        """The cells a finding is about, by their keys or by their places, each once."""
        placed = (self._cells[place] for place in opinion.found.places if place in self._cells)
        return tuple(dict.fromkeys((*opinion.found.keys, *placed)))

    def spots(self, opinion: Opinion) -> tuple[Spot, ...]:
        """The printed paragraphs a finding is about."""
        return tuple(dict.fromkeys(self._texts[place] for place in opinion.found.places if place in self._texts))

    def section(self, opinion: Opinion) -> str:
        """The section a finding is listed under: that of its first place or cell; '' for the report as a whole."""
        for place in opinion.found.places:
            if place in self._texts:
                return self._texts[place][0]
            if place in self._cells:
                return self._cells[place].table
            if place.sheet in self._sheets:
                return self._sheets[place.sheet]
        return next((key.table for key in opinion.found.keys), "")

    @cached_property
    def _sheets(self) -> Mapping[str, str]:
        """The sections by their sheets, as the form names them and as the workbook does."""
        official = {section.sheet: key for key, section in self.report.form.by_key.items() if section.sheet}
        return official | {place.sheet: key.table for place, key in self._cells.items()}

    @cached_property
    def _cells(self) -> Mapping[Place, Key]:
        return {fact.place: key for key, fact in self.report.facts.items() if fact.place}

    @cached_property
    def _texts(self) -> Mapping[Place, Spot]:
        return dict(self._placed())

    def _placed(self) -> Iterator[tuple[Place, Spot]]:
        """The place of each paragraph, and the line of its section that it begins."""
        for section in self.report.form.by_key:
            at = 0
            for paragraph in self.report.in_section(section):
                alone = replace(self.report, paragraphs=(paragraph,))
                count = len(lines(alone, section, draft=True))
                if paragraph.place and count:
                    yield paragraph.place, (section, at)
                at += count
