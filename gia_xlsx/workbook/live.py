"""The formulas of totals and live checks, where they stand, and in Python the very words they show.

A live check says 通过, 不符（差 +3） (left side less right side), 待填 while a cell it rests on is blank and the cover
does not declare 空白按0, or 有非数字 when a cell holds words. Only functions that Excel, old WPS, LibreOffice and
IronCalc agree on are used, and differences are compared rounded to four decimals, as far as money may go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from gia_xlsx.form import Check, Form, Key, Section
from gia_xlsx.grid import shape
from gia_xlsx.report import Number, Place
from gia_xlsx.workbook.layout import LEFT, a1, addresses, bottom

Content = Number | str | None  # what a cell holds: a number, words, or nothing
BLANK_IS_ZERO = "blank_is_zero"  # the defined name of the cover's 空白按0; IronCalc knows no Chinese names
PASSED = "通过"
BROKEN = "不符"
PENDING = "待填"
WORDS = "有非数字"
YES, NO = "是", "否"
_DECIMALS = Decimal("0.0001")


def state(form: Form, check: Check, values: Mapping[Key, Content], *, blank_is_zero: bool) -> str:
    """What a live check shows, from what stands in the cells; totals as they stand, whoever wrote them."""
    under = [values[key] for key in watched(form, check)]
    if any(isinstance(value, str) for value in under):
        return WORDS
    if not blank_is_zero and any(value is None for value in under):
        return PENDING
    difference = Decimal(add(values, check.left)) - Decimal(add(values, check.right))
    difference = difference.quantize(_DECIMALS, ROUND_HALF_UP)
    if difference == 0 or (check.relation.op == ">=" and difference > 0):
        return PASSED
    return f"{BROKEN}（差 {f'{difference:+f}'.rstrip('0').rstrip('.')}）"


def add(values: Mapping[Key, Content], keys: Iterable[Key]) -> Number:
    """What SUM gives: blanks and words are passed over."""
    total: Number = 0
    for key in keys:
        value = values[key]
        if value is not None and not isinstance(value, str):
            total += value
    return total


def inputs_under(form: Form, keys: Iterable[Key]) -> tuple[Key, ...]:
    """The cells a filer types that the given cells rest on; of an input, itself."""
    found: dict[Key, None] = {}
    for key in keys:
        total = form.totals.get(key)
        for under in (key,) if total is None else inputs_under(form, total.left):
            found[under] = None
    return tuple(found)


def watched(form: Form, check: Check) -> tuple[Key, ...]:
    """The cells a check rests on: both its sides, and the inputs beneath its totals."""
    return tuple(dict.fromkeys(check.keys + inputs_under(form, check.keys)))


def formula(form: Form, check: Check) -> str:
    """The formula of a live check, for its own sheet."""
    section = form.by_key[check.keys[0].table]
    keys = watched(form, check)
    cells = ranges(section, keys)
    difference = f"ROUND(SUM({ranges(section, check.left)})-SUM({ranges(section, check.right)}),4)"
    return (
        f'=IF(COUNTA({cells})>COUNT({cells}),"{WORDS}",'
        f'IF(AND(COUNTA({cells})<{len(keys)},{BLANK_IS_ZERO}<>"{YES}"),"{PENDING}",'
        f'IF({difference}{check.relation.op}0,"{PASSED}",'
        f'"{BROKEN}（差 "&IF({difference}>0,"+","")&{difference}&"）")))'
    )


def total_formula(form: Form, key: Key) -> str:
    """The formula of a total, for its own sheet."""
    return f"=SUM({ranges(form.by_key[key.table], form.totals[key].left)})"


def ranges(section: Section, keys: Iterable[Key], sheet: str = "") -> str:
    """The cells as arguments of a function: ``E6:J28,E30``; with ``sheet`` each range names it."""
    where = addresses(section)
    prefix = f"'{sheet}'!" if sheet else ""
    return ",".join(prefix + area for area in rectangles(where[key] for key in keys))


def rectangles(cells: Iterable[tuple[int, int]]) -> list[str]:
    """Cells gathered into as few ranges as rows of equal extent allow: ``["E6:J28", "E30"]``."""
    runs: list[list[int]] = []  # top, bottom, first and last column
    for row, column in sorted(set(cells)):
        if runs and runs[-1][0] == row and runs[-1][3] == column - 1:
            runs[-1][3] = column
        else:
            runs.append([row, row, column, column])
    areas: list[list[int]] = []
    for run in runs:
        above = next((area for area in areas if area[1] == run[0] - 1 and area[2:] == run[2:]), None)
        if above is None:
            areas.append(run)
        else:
            above[1] = run[1]
    return [_range(*area) for area in areas]


def _range(top: int, below: int, first: int, last: int) -> str:
    start, end = a1(top, first), a1(below, last)
    return start if start == end else f"{start}:{end}"


def check_address(form: Form, check: Check) -> tuple[int, int]:
    """Row and column of a live check: right of the frame for a row, below it for a column; one line is left free."""
    section = form.by_key[check.keys[0].table]
    alike = [relation for relation in section.relations if relation.of == check.relation.of]
    slot = 1 + alike.index(check.relation)
    row, column = addresses(section)[check.keys[0]]
    if check.relation.of == "rows":
        return bottom(section) + slot, column
    return row, LEFT + shape(section).width + slot


def check_place(form: Form, check: Check) -> Place:
    """Where ``new`` puts a live check."""
    return Place(form.by_key[check.keys[0].table].sheet, a1(*check_address(form, check)))
