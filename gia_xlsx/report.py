"""What was filed, and where it stood: facts with addresses, paragraphs, labels, and what the reader found odd.

Nothing here is repaired before it is checked: a total carries what was stated, a blank is not zero, and every fact
keeps its raw words. Only these values cross from the readers to the rules and the publishers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property, wraps
from typing import Any, Literal, TypeVar, cast

from gia_xlsx.form import Form, Key
from gia_xlsx.profile import NATIONAL, Acceptance, Profile

Number = int | Decimal
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a sheet, printed ``三、依申请公开!K7``."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


class Flaw(Enum):
    """What is wrong with the way a number was written; the rules of family 1 turn each into a finding."""

    BLANK = "blank"  # nothing there
    DASH = "dash"  # a sign for nothing: / - — 无 N/A
    TEXT = "text"  # digits stored as text, full-width, with separators, or with stray spaces
    UNIT = "unit"  # a unit written into the cell, the one the column is in
    OTHER_UNIT = "other unit"  # 元 under 万元, or 万 under 件
    SIGNED = "signed"  # 增/减 where only a plain count may stand
    WORDS = "words"  # anything else that is not a number
    NEGATIVE = "negative"
    FRACTION = "fraction"  # a count that is not whole
    PRECISE = "precise"  # money with more than four decimals
    BOOLEAN = "boolean"
    DATE = "date"
    PERCENT = "percent"
    SCIENTIFIC = "scientific"  # 1e3, typed or shown
    ERROR = "error"  # #REF! and its kin
    HUGE = "huge"  # not finite, or beyond any count


UNCALCULATED = "尚未计算"  # ``read_as`` of a formula that has no result yet


class Source(Enum):
    """How a cell came by its value."""

    TYPED = "typed"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of the form as filed.

    ``value`` is int (件, 项) or Decimal (money), or None for a cell that was blank or unreadable. ``raw`` is what stood
    there. ``read_as`` is what an unreadable or odd cell was taken for, or could be converted to (``39.7265万元``).
    """

    key: Key
    value: Number | None
    raw: str
    place: Place | None = None
    flaw: Flaw | None = None
    read_as: str = ""
    source: Source = Source.TYPED


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a section, as typed: ``text`` may hold placeholders. ``heading`` stands before it.

    A heading that ends in a colon or a full stop runs into its text; any other stands on a line of its own.
    """

    section: str
    heading: str
    text: str
    place: Place | None = None

    @property
    def runs_in(self) -> bool:
        return bool(self.text) and self.heading.rstrip().endswith(("：", ":", "。"))


@dataclass(frozen=True, slots=True)
class Label:
    """A label that stands otherwise than in the form; ``line`` is the key of the row or column it belongs to."""

    table: str
    axis: Literal["row", "column"]
    line: str
    found: str
    place: Place | None = None
    near: bool = False  # still recognisable: a near miss


class Odd(Enum):
    """What a reader may find odd about a file. Behind each, the words it carries for the rule that tells it."""

    SHEET_MISSING = "sheet missing"  # heading: the section whose sheet is not there
    SHEET_TWIN = "sheet twin"  # sheets: names that hold the same table, differ: bool
    SHEET_EXTRA = "sheet extra"  # sheet: a name that is not ours
    READ_BY_LABELS = "read by labels"  # sheet: keys gone, read by what the labels say
    ROW_MISSING = "row missing"  # label: the official row; keys: its cells
    COLUMN_MISSING = "column missing"  # label: the official column; keys: its cells
    LINE_TWICE = "line twice"  # label: a row or column that stands twice; places: both
    ROW_OF_OLD = "row of old"  # label, line: a heading that holds figures, as a row of an earlier form; keys: its rows
    KEY_DISAGREES = "key disagrees"  # expected, found: the label by the key, and the one that stands there
    STRAY = "stray"  # text: content outside every known cell
    MOVED = "moved"  # places: where the cell was, where its number now is
    MERGED = "merged"  # range: a merge over inputs; keys: the cells it swallowed
    EXTERNAL_LINK = "external link"  # formula: one of our cells refers to another file
    HIDDEN = "hidden"  # what: hidden sheet, rows or columns that hold values
    PROTECTION_GONE = "protection gone"  # sheet
    NEVER_CALCULATED = "never calculated"  # the formulas hold no results
    STALE = "stale"  # cached, computed, cause: an intact formula with an old result
    TYPED_OVER = "typed over"  # typed: a total's formula replaced by the very number it would give
    FORMULA_CHANGED = "formula changed"  # found, expected: a total's formula that is not ours
    CLEANED = "cleaned"  # what: control characters and the like taken out of a text
    OTHER_KIND = "other kind"  # kind: .xls, .ods, .xlsb: read, formulas not checked
    OLD_VERSION = "old version"  # version: written by an earlier format of ours


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something the reader saw that is neither a value nor a label."""

    kind: Odd
    places: tuple[Place, ...] = ()
    keys: tuple[Key, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)


COVER_NAMES: Mapping[str, str] = {  # what the sheet, the rules and the placeholders call each field of the cover
    "organ": "机关名称",
    "type": "机关类型",
    "year": "报告年度",
    "scope": "填报口径",
    "title": "报告标题",
    "contact": "联系方式",
    "signature": "落款",
    "date": "成文日期",
    "blank_is_zero": "空白按0",
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover declares, as typed; '' where nothing stands. ``places`` tells the cell of each field."""

    organ: str = ""
    type: str = ""
    year: int | None = None
    scope: str = ""
    title: str = ""
    contact: str = ""
    signature: str = ""
    date: str = ""
    blank_is_zero: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)  # fields that could not be understood, as they stood


@dataclass(frozen=True)
class Report:
    """One report of one organ for one year. Every cell of the form has its fact, totals included.

    ``acceptances`` are the findings that the workbook itself accepts; ``profile`` is what the region sets.
    """

    form: Form
    cover: Cover
    facts: Mapping[Key, Fact]
    paragraphs: tuple[Paragraph, ...] = ()
    labels: tuple[Label, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)  # sections headed otherwise than in the form, by key
    heading_places: Mapping[str, Place] = field(default_factory=dict)
    oddities: tuple[Oddity, ...] = ()
    previous: Report | None = None
    acceptances: tuple[Acceptance, ...] = ()
    profile: Profile = NATIONAL
    _known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def organ(self) -> str:
        return self.cover.organ

    @property
    def year(self) -> int | None:
        return self.cover.year

    @property
    def title(self) -> str:
        """The title as the cover gives it, else the standard one of the form."""
        return self.cover.title or self.form.title.format(organ=self.organ, year=self.year or "")

    @property
    def read_by_labels(self) -> bool:
        """Whether a table was told by its labels alone: a person must look before it is published."""
        return any(oddity.kind is Odd.READ_BY_LABELS for oddity in self.oddities)

    def value(self, key: Key) -> Number | None:
        """The number of a cell; None where it is blank or unreadable. A blank counts 0 only if the cover says so."""
        fact = self.facts[key]
        if fact.value is None and self.cover.blank_is_zero and fact.flaw in (Flaw.BLANK, Flaw.DASH):
            return 0
        return fact.value

    @cached_property
    def numbers(self) -> Mapping[Key, Number]:
        """The numbers a sum may rest on: not what is blank, unreadable or negative, nor a formula over such a cell."""
        found: dict[Key, Number] = {}
        lacking = []
        for key, fact in self.facts.items():
            value = fact.value if fact.flaw is None else self.value(key)
            if value is None or fact.flaw is Flaw.NEGATIVE:
                lacking.append(key)
            else:
                found[key] = value
        if lacking:
            totals = self.form.totals
            for key in self.form.cells:  # in printed order a total stands after its addends
                formula = key in totals and self.facts[key].source is Source.FORMULA
                if formula and not all(addend in found for addend in totals[key].left):
                    found.pop(key, None)
        return found

    def heading(self, section: str) -> str:
        """The heading of a section as filed, else the official one."""
        return self.headings.get(section, self.form.by_key[section].heading)

    def in_section(self, section: str) -> tuple[Paragraph, ...]:
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.section == section)


def once(work: Callable[[Report], _T]) -> Callable[[Report], _T]:
    """What is worked out of a report, worked out once and kept with it: a report never changes."""

    @wraps(work)
    def kept(report: Report) -> _T:
        known = report._known
        if work not in known:
            known[work] = work(report)
        return cast(_T, known[work])

    return kept
