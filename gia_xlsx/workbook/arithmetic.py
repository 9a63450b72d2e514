"""What a formula of a sheet says, as far as it adds and subtracts: whether it sums given cells, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gia_xlsx.workbook.grids import Grid
from gia_xlsx.workbook.guard import column
from gia_xlsx.workbook.skim import Spot

LARGEST_REACH = 5_000  # cells that one reference may cover

_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_ONLY_SUMS = re.compile(r"(?:SUM\(|[()=+,;\s])*$", re.IGNORECASE)
_EXTERNAL = re.compile(r"\[\d{1,4}\]|\.xls|file:", re.IGNORECASE)
_TERM = re.compile(
    rf"(?P<sign>[+-]?)(?:SUM\((?P<areas>{_CELL}(?::{_CELL})?(?:,{_CELL}(?::{_CELL})?)*)\)"
    rf"|(?P<cell>{_CELL})|(?P<number>\d{{1,12}}(?:\.\d{{1,12}})?))(?=[+-]|$)",
    re.IGNORECASE,
)


def is_external(formula: str) -> bool:
    """Whether a formula refers to another file."""
    return _EXTERNAL.search(formula) is not None


def adds_up(grid: Grid, formula: str, expected: set[Spot]) -> bool:
    """Whether a formula sums the expected cells, and besides them only cells that hold no number."""
    covered: set[Spot] = set()
    for match in _REFERENCE.finditer(formula):
        area = _area(match)
        if area is None or covered & area:
            return False  # beyond any table, or a cell that is counted twice
        covered |= area
    if not _ONLY_SUMS.match(_REFERENCE.sub("", formula).replace(":", "")):
        return False
    return expected <= covered and not any(_is_number(grid.at(*spot)) for spot in covered - expected)


def result(grid: Grid, formula: str) -> Decimal | None:
    """What a formula of sums and differences gives; None for any other, and where a cell it rests on has no result."""
    formula = re.sub(r"\s", "", formula.upper())
    total, at = Decimal(0), 0
    while at < len(formula):
        term = _TERM.match(formula, at)
        values = list(_values(grid, term)) if term else [None]
        if term is None or None in values:
            return None
        amount = sum((value for value in values if value is not None), Decimal(0))
        total += -amount if term["sign"] == "-" else amount
        at = term.end()
    return total if formula else None


def _values(grid: Grid, term: re.Match[str]) -> Iterator[Decimal | None]:
    if term["number"]:
        yield Decimal(term["number"])
        return
    for match in _REFERENCE.finditer(term["areas"] or term["cell"]):
        for spot in _area(match) or [None]:
            value = grid.at(*spot) if spot else None
            if spot is None or (spot in grid.formulas and value is None) or (term["cell"] and isinstance(value, str)):
                yield None
            elif _is_number(value):
                yield Decimal(repr(value))


def _area(match: re.Match[str]) -> set[Spot] | None:
    """The cells of a reference; None if they are more than any table has."""
    top, left = int(match[2]) - 1, column(match[1].encode())
    bottom, right = (int(match[4]) - 1, column(match[3].encode())) if match[3] else (top, left)
    if (bottom - top + 1) * (right - left + 1) > LARGEST_REACH:
        return None
    return {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}


def _is_number(raw: object) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool)
