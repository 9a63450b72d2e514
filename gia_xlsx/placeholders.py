"""The names a filer may write between braces, what each stands for, its figure in a report and how that prints."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from gia_xlsx.form import Cell, Form, Key, Line, Section, load_form
from gia_xlsx.numerals import squeeze
from gia_xlsx.report import COVER_NAMES, Number, Report

TOTAL = "总计"
_LIKE = 0.6  # below this likeness a name is no suggestion, but a guess
LONGEST = 40  # of what was written, no more is compared with the names
UNFILLED = "〔未填〕"  # stands where a figure is not filled: a draft may show it
_COVER = (  # name, meaning, field
    (COVER_NAMES["organ"], f"封面的{COVER_NAMES['organ']}", "organ"),
    ("年度", "报告年度，如2024", "year"),
    ("上年度", "报告年度的前一年", "previous_year"),
    ("下年度", "报告年度的后一年", "next_year"),
    *((COVER_NAMES[field], f"封面的{COVER_NAMES[field]}", field) for field in ("contact", "signature", "date")),
)
YEARS = {"year": 0, "previous_year": -1, "next_year": 1}
_DOTS = re.compile("[.。．·・,，、/／:：]+")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name for ``{{ }}``. Its figure is the sum of ``keys``; an item of the cover has a ``field`` and no keys.

    ``field`` is organ, year, previous_year, next_year, contact, signature or date; '' for a figure.
    ``unit`` is 件, 项 or the money unit of a figure, and '' for an item of the cover.
    """

    name: str
    meaning: str
    keys: tuple[Key, ...] = ()
    field: str = ""
    unit: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it can be added and compared with numbers."""
        return bool(self.keys) or self.field in YEARS


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text: a sentence, the words it is about, and those to write instead ('' if unknown)."""

    message: str
    excerpt: str
    suggestion: str = ""


def placeholders(form: Form) -> tuple[Placeholder, ...]:
    """Every placeholder of a form: the cover, then each table in printed order, a sum where its heading stands."""
    return tuple(known(form).values())


def known(form: Form) -> Mapping[str, Placeholder]:
    """The placeholders of a form by name."""
    return _known(form.form)


@cache
def _known(name: str) -> Mapping[str, Placeholder]:  # by name: hashing a whole form costs more than the lookup saves
    form = load_form(name)
    found = [Placeholder(word, meaning, field=field) for word, meaning, field in _COVER]
    for table in form.tables:
        found.extend(_figures(form, table))
    return {placeholder.name: placeholder for placeholder in found}


def _figures(form: Form, table: Section) -> Iterator[Placeholder]:
    for block in table.blocks:
        for row in block.rows.lines:
            leaves = [*block.rows.leaves_under(row.key)]
            if row.is_group and any(_is_total(table, leaf) for leaf in leaves):
                continue  # its own total row has the name
            for column in block.columns.lines:
                yield from _crossing(form, table, row, leaves, column)


def _crossing(form: Form, table: Section, row: Line, rows: list[Line], column: Line) -> Iterator[Placeholder]:
    """What a row (or the rows under a heading) gives in a column, or in the columns under a heading."""
    columns = next(block.columns for block in table.blocks if column in block.columns.lines)
    if not row.name:  # each column names its own figure: sum alike columns of the groups under a heading
        groups = [line for line in columns.children(column.key) if line.is_group]
        if not column.is_group:
            yield _figure(form, [Key(table.key, row.key, column.key)])
        for like in columns.children(groups[0].key) if groups else ():
            alike = [leaf for leaf in columns.leaves_under(column.key) if leaf.name == like.name]
            keys = [Key(table.key, row.key, leaf.key) for leaf in alike]
            yield _figure(form, keys, f"{column.name}.{like.name}", f"{column.label}各项之和·{like.label}")
        return
    leaves = columns.leaves_under(column.key)
    if column.is_group and any(_is_total(table, leaf) for leaf in leaves):
        return  # its own total column has the shorter name
    keys = [Key(table.key, r.key, leaf.key) for r in rows for leaf in leaves]
    if row.is_group or column.is_group:
        label = f"{row.label}各项之和" if row.is_group else row.label
        over = f"{column.label}各栏之和" if column.is_group else column.label
        yield _figure(form, keys, f"{row.name}.{column.name}", f"{label}／{over}")
    else:
        yield _figure(form, keys)


def _is_total(table: Section, line: Line) -> bool:
    return any(line.key in relation.right for relation in table.relations if relation.total)


def _figure(form: Form, keys: list[Key], name: str = "", meaning: str = "") -> Placeholder:
    cell: Cell = form.cells[keys[0]]
    return Placeholder(name or cell.name, meaning or cell.words, tuple(keys), unit=cell.unit)


def figure(placeholder: Placeholder, report: Report) -> Number | str | None:
    """What a placeholder stands for in a report; None where the cover or any of its cells is not filled."""
    if placeholder.field in YEARS:
        return None if report.year is None else report.year + YEARS[placeholder.field]
    if placeholder.field:
        return str(getattr(report.cover, placeholder.field)).strip().rstrip("。") or None  # it stands inside a sentence
    total: Number = 0
    for key in placeholder.keys:
        value = report.value(key)
        if value is None:
            return None
        total += value
    return total


@lru_cache(maxsize=1024)
def _nearest(written: str, form_name: str) -> str:
    names = _known(form_name)
    text = _DOTS.sub(".", squeeze(written)).strip(".")[:LONGEST]
    if text in names:
        return text
    whole = [name for name in names if name.startswith(f"{text}.")]  # a row without its column
    if text and whole:
        return next((name for name in whole if name.endswith(f".{TOTAL}")), whole[0])
    printed_as = _printed_as(form_name)
    for words in (names, printed_as):
        if close := difflib.get_close_matches(text, words, n=1, cutoff=_LIKE):
            return printed_as.get(close[0], close[0])
    return ""


@cache
def _printed_as(form_name: str) -> Mapping[str, str]:
    """Names by what the form prints for them, which is what some will write."""
    return {_DOTS.sub(".", squeeze(p.meaning))[:LONGEST]: p.name for p in _known(form_name).values() if p.keys}


def nearest(written: str, form: Form) -> str:
    """The right name closest to what was written, '' where none is near."""
    return _nearest(written[: 4 * LONGEST], form.form)


def printed(value: Number, group: str = "") -> str:
    """A figure as a report prints it: no exponent, no trailing zeros; ``group`` separates the thousands."""
    if isinstance(value, Decimal):
        text = f"{value:{group}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{value:{group}}"


def thousands(value: Number) -> str:
    """``12345`` as ``12,345``."""
    return printed(value, ",")


def yuan(value: Number) -> str:
    """万元 in 元."""
    return printed(Decimal(value) * 10_000)


def share(part: Number, whole: Number) -> str:
    """A share of a whole, ``66.7%``; of nothing there is no share, which official statistics print as a dash."""
    if whole == 0:
        return "—"
    return printed(round(Decimal(part) * 100 / Decimal(whole), 1)) + "%"
