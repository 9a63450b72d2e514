"""The figures of two years side by side: what one form prints as one row and the other as several is summed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gia_xlsx.form import Cell, Form, Key
from gia_xlsx.placeholders import printed
from gia_xlsx.report import Number, Report
from gia_xlsx.rules import wording
from gia_xlsx.rules.diagnosis import broken

_TIMES, _LEAST = 5, 20  # a jump: more than so many times as much, or as little, and so many apart
_STOCKS = ("in_force", "items_change")  # told by the rule for stocks; a change is no count
_ABOVE = {"outcome.total": "received"}  # more received is more handled: one jump


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of both years. ``keys``: its cell, or the rows that stand for it in this year's form; ``cell``: what
    the form that has it as one row says of it."""

    keys: tuple[Key, ...]
    form: Form
    cell: Cell
    then: Number
    now: Number

    @property
    def rises(self) -> bool:
        return self.now > self.then

    @property
    def jumps(self) -> bool:
        low, high = sorted((self.then, self.now))
        return high - low >= _LEAST and high > _TIMES * low


def stated_or_summed(report: Report, total: Key) -> tuple[Number, ...]:
    """What a total may be: as stated, and where its addends come to something else, that too; the stated one first."""
    numbers = report.numbers
    stated = (numbers[total],) if total in numbers else ()
    sums = [
        sum(numbers[key] for key in check.left)
        for check in report.form.checks
        if check.relation.total and check.right == (total,) and all(key in numbers for key in check.left)
    ]
    return tuple(dict.fromkeys((*stated, *sums)))


def jumps(report: Report, previous: Report) -> list[Pair]:
    """Figures far from last year's. What moves with a total that jumps is its consequence and left out, and so is what
    stands in a relation that is broken this year, or was a wrong total last year."""
    found = {pair.keys: pair for pair in _pairs(report, previous) if pair.jumps}
    if not found:
        return []
    unsettled = _unsettled(report, found) | _wrong_totals(previous, found)
    above = {keys: found.get((total,)) for keys in found if (total := _total_over(keys[0]))}
    return [
        pair
        for keys, pair in found.items()
        if not unsettled.intersection(keys) and not ((over := above.get(keys)) and over.rises == pair.rises)
    ]


def _unsettled(report: Report, found: Iterable[tuple[Key, ...]]) -> set[Key]:
    """Cells in a relation that is broken: it is told by itself, and what follows from it is its consequence."""
    keys = {key for keys in found for key in keys}
    checks = (check for check in report.form.checks if not keys.isdisjoint(check.keys))
    return {key for fault in broken(report, checks) for key in fault.check.keys}


def _wrong_totals(previous: Report, found: Iterable[tuple[Key, ...]]) -> set[Key]:
    """Totals of last year that are not the sum of their addends: nothing can be held against them."""
    keys = {key for keys in found for key in keys}
    checks = (check for check in previous.form.checks if check.relation.total and check.right[0] in keys)
    return {fault.check.right[0] for fault in broken(previous, checks)}


def _total_over(key: Key) -> Key | None:
    """The total of table three whose jump takes this figure with it."""
    if key.table != "requests":
        return None
    above = _ABOVE.get(key.row, "outcome.total" if key.row.startswith("outcome.") else "")
    return key._replace(row=above) if above else None


def _pairs(report: Report, previous: Report) -> Iterator[Pair]:
    """Every figure that both years state; of tables three and four the totals only, without what was carried in, which
    has a rule of its own."""
    then, now = previous.numbers, report.numbers
    merged = _merged(report.form, previous.form)
    back = {source: (key, rows) for key, rows in _merged(previous.form, report.form).items() for source in rows}
    for key, cell in report.form.cells.items():
        if key.table != "disclosure" and not key.column.endswith("total"):
            continue
        if key.column in _STOCKS or key.row == "carried_in":
            continue
        if key in then and key in now:
            yield Pair((key,), report.form, cell, then[key], now[key])
        elif key in merged and key in now and all(row in then for row in merged[key]):
            yield Pair((key,), report.form, cell, sum(then[row] for row in merged[key]), now[key])
        elif key in back and key == back[key][1][0]:
            old, rows = back[key]
            if old in then and all(row in now for row in rows):
                yield Pair(rows, previous.form, previous.form.cells[old], then[old], sum(now[row] for row in rows))


def _merged(one: Form, other: Form) -> Mapping[Key, tuple[Key, ...]]:
    """Cells of one form that stand in several rows in the other, by the keys of the first."""
    if one is other:
        return {}
    found: dict[Key, tuple[Key, ...]] = {}
    for key, cell in one.cells.items():
        if key not in other.cells and (rows := _rows_under(key, cell, other)):
            found[key] = rows
    return found


def _rows_under(key: Key, cell: Cell, other: Form) -> tuple[Key, ...]:
    for block in other.by_key[key.table].blocks if key.table in other.by_key else ():
        line = block.rows.by_key.get(key.row)
        if line is not None and line.is_group and cell.column.key in block.columns.by_key:
            return tuple(key._replace(row=leaf.key) for leaf in block.rows.leaves_under(key.row))
    return ()


def told(pair: Pair) -> str:
    """``「行政处罚」的本年处理决定数量 8→240 件``."""
    unit = f" {pair.cell.unit}" if pair.cell.unit else ""
    return f"{wording.name(pair.form, pair.cell.key)} {printed(pair.then)}→{printed(pair.now)}{unit}"
