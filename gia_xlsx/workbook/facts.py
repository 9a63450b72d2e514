"""From located cells to facts: inputs as they stand, totals as they are stated, and how each came by its value.

A total whose formula is ours states the sum of its addends, and that is computed here: what the file remembers of it
(``cached``) is only held against the result, in ``explain``. A total with another formula states what that formula
gave (``foreign``), and the rules hold it against the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from gia_xlsx.form import Cell, Form, Key
from gia_xlsx.numerals import LARGEST, read_number
from gia_xlsx.report import UNCALCULATED, Fact, Flaw, Number, Source
from gia_xlsx.workbook.arithmetic import adds_up, is_external, result
from gia_xlsx.workbook.grids import Book, Grid, as_text
from gia_xlsx.workbook.locate import Located
from gia_xlsx.workbook.skim import Spot


@dataclass
class Filed:
    """The facts of a report in the making, and how formulas had a part in them."""

    form: Form
    tables: Mapping[str, Located]
    facts: dict[Key, Fact] = field(default_factory=dict)
    formulas: dict[Key, str] = field(default_factory=dict)  # as the file has them, without the equals sign
    cached: dict[Key, object] = field(default_factory=dict)  # what the file remembers of the totals computed here
    foreign: list[Key] = field(default_factory=list)  # totals whose formula does not add up their cells
    computed: list[Key] = field(default_factory=list)  # other cells whose formula had no result until now

    def spot(self, key: Key) -> tuple[Grid, Spot] | None:
        """The sheet and the spot where a cell of the form stands, None if it is nowhere."""
        table = self.tables.get(key.table)
        spot = table.cells.get(key) if table else None
        return (table.grid, spot) if table and spot else None

    def add(self, keys: Iterable[Key]) -> Number | None:
        """The sum of what is stated; None where nothing is."""
        values = [value for key in keys if (value := self.facts[key].value) is not None]
        return sum(values) if values else None


def read_facts(book: Book, form: Form, tables: Mapping[str, Located]) -> Filed:
    """Every cell of the form as a fact, in printed order; a cell that is nowhere is blank and has no place."""
    filed = Filed(form, tables)
    for section in form.tables:
        table = tables.get(section.key)
        for key in section.keys:
            spot = table.cells.get(key) if table else None
            if table and spot:
                filed.facts[key] = _fact(table.grid, spot, form.cells[key])
            else:
                filed.facts[key] = Fact(key, None, "", None, Flaw.BLANK)
    if all(table.grid.known for table in tables.values()):
        _written(book, filed)
        _results(filed)
        _formulas(filed)
    else:
        _uncalculated(filed)
    return filed


def _fact(grid: Grid, spot: Spot, cell: Cell) -> Fact:
    raw, place, behind = grid.at(*spot), grid.place(*spot), grid.behind
    source = Source.FORMULA if spot in behind.formulas else Source.TYPED
    if spot in behind.errors:
        error = behind.errors[spot] or "#VALUE!"
        return Fact(cell.key, None, error, place, Flaw.ERROR, error, source)
    if spot in behind.percents and isinstance(raw, int | float):
        return Fact(cell.key, None, as_text(raw), place, Flaw.PERCENT, f"{round(raw * 100, 6):g}%", source)
    if spot in behind.scientific and isinstance(raw, int | float):
        return Fact(cell.key, None, as_text(raw), place, Flaw.SCIENTIFIC, f"{raw:.2E}", source)
    if type(raw) is float and raw.is_integer() and 0 <= raw <= LARGEST and cell.kind == "count":
        return Fact(cell.key, int(raw), str(int(raw)), place, None, "", source)  # nearly every cell: be quick
    if raw is None and source is Source.FORMULA:
        return Fact(cell.key, None, "=", place, Flaw.WORDS, UNCALCULATED, source)  # not blank, and no number yet
    reading = read_number(raw, cell)
    text = "" if raw is None else as_text(raw)
    return Fact(cell.key, reading.value, text, place, reading.flaw, reading.read_as, source)


def _written(book: Book, filed: Filed) -> None:
    """The formula of each of our cells that has one; a shared one is written out by openpyxl."""
    found = filed.formulas
    asked = set()
    for key, fact in filed.facts.items():
        where = filed.spot(key) if fact.source is Source.FORMULA else None
        if where:
            found[key] = where[0].formula(where[1])
            if not found[key]:
                asked.add(where[0].sheet)
    for sheet in asked:
        written = book.formulas(sheet)
        for key, formula in found.items():
            where = filed.spot(key)
            if not formula and where and where[0].sheet == sheet:
                found[key] = written.get(where[1], "")


def _results(filed: Filed) -> None:
    """Tell totals with another formula, and compute sums and differences of which the file remembers no result."""
    for key, formula in filed.formulas.items():
        where, fact = filed.spot(key), filed.facts[key]
        if not where or _is_ours(filed, key, where[0], formula):
            continue
        if key in filed.form.totals:
            filed.foreign.append(key)
        if fact.read_as == UNCALCULATED:
            value = result(where[0], formula)
            if value is None:
                filed.facts[key] = replace(fact, raw=f"={formula}")
                continue
            reading = read_number(value, filed.form.cells[key])
            filed.facts[key] = replace(
                fact, value=reading.value, raw=_said(value), flaw=reading.flaw, read_as=reading.read_as
            )
            filed.computed.append(key)


def _is_ours(filed: Filed, key: Key, grid: Grid, formula: str) -> bool:
    """Whether a total's formula means what ours does; where lines are lost or out of place, that cannot be told."""
    if key not in filed.form.totals or is_external(formula):
        return False
    expected = {found[1] for under in filed.form.totals[key].left if (found := filed.spot(under))}
    return filed.tables[key.table].disordered or adds_up(grid, formula, expected)


def _formulas(filed: Filed) -> None:
    """Totals left to our formulas state the sum of what stands under them, innermost first."""
    settled: set[Key] = set()

    def settle(key: Key) -> None:
        if key in settled:
            return
        settled.add(key)
        for addend in filed.form.totals[key].left:
            if addend in filed.form.totals:
                settle(addend)
        fact, where = filed.facts[key], filed.spot(key)
        if where and fact.source is Source.FORMULA and key not in filed.foreign:
            filed.cached[key] = fact.raw if fact.flaw is Flaw.ERROR else where[0].at(*where[1])
            value = filed.add(filed.form.totals[key].left)
            filed.facts[key] = replace(fact, value=value, raw=_said(value), flaw=None, read_as="")

    for key in filed.form.totals:
        settle(key)


def _uncalculated(filed: Filed) -> None:
    """A kind of file whose formulas are not seen: totals that are all blank or 0 over figures were never calculated."""
    stated = [filed.facts[key].value for key in filed.form.totals]
    if any(stated) or not any(filed.facts[key].value for key in filed.form.inputs):
        return
    for key, fact in list(filed.facts.items()):
        if key in filed.form.totals and filed.spot(key):
            filed.facts[key] = replace(fact, source=Source.FORMULA)
    _formulas(filed)


def _said(value: Number | None) -> str:
    return "" if value is None else f"{value:f}" if not isinstance(value, int) else str(value)
