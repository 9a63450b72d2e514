"""Which form a source shows, told from the labels that are there, and not from the year alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from gia_xlsx.form import Form, Section, form_for_year, form_names, load_form
from gia_xlsx.intake.lexicon import words
from gia_xlsx.intake.rows import Row
from gia_xlsx.likeness import plain

_LONGEST = 80  # characters of a label


def newest_form() -> Form:
    """The form of the last notice; the headings of the sections are those of all."""
    return load_form(form_names()[-1])


def form_of(listed: Sequence[Row]) -> Form:
    """The form whose own labels are there, table by table from the first; else that of the first year named."""
    forms = [load_form(name) for name in reversed(form_names())]
    there = {words(piece.text) for row in listed for piece in row.pieces if 1 < len(piece.text) < _LONGEST}
    there |= {words(row.text) for row in listed if row.division == "spaces" and len(row.text) < _LONGEST}
    for table in forms[0].tables:
        shown = {form.form: _labels(form.by_key[table.key]) & there for form in forms}
        common = frozenset.intersection(*(frozenset(_labels(form.by_key[table.key])) for form in forms))
        own = {form.form: len(shown[form.form] - common) for form in forms}
        lost = {form.form: _lost(form.by_key[table.key], there) for form in forms}
        counts = {form.form: (own[form.form], -lost[form.form]) for form in forms}
        best = max(forms, key=lambda form: counts[form.form])
        if sum(count == counts[best.form] for count in counts.values()) == 1:
            return best
    years = [int(year) for row in listed for year in re.findall(r"(20\d\d)年", row.text)[:1]]
    return form_for_year(years[0]) if years else forms[0]


def _lost(section: Section, there: Collection[str]) -> int:
    """How many labels of a table are not there, of one that is there from its first rows to its last; else 0."""
    labels = _labels(section)
    lost = len(labels - set(there))
    ends = plain(section.blocks[-1].rows.leaves[-1].label) in there
    return lost if ends and 4 * lost < len(labels) else 0


def _labels(section: Section) -> set[str]:
    lines = (line for block in section.blocks for axis in (block.rows, block.columns) for line in axis.lines)
    return {plain(line.label) for line in lines if line.label}
