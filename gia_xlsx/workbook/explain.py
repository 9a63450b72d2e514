"""What is odd about a file beyond its values: results never calculated, stale or typed over, merges, moves, links.

Each function looks at one kind of damage and yields what it saw. Most are cheap; the number format behind a strange
number and a formula shared between cells are asked of openpyxl, and only when there is such a cell.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from gia_xlsx.form import Key
from gia_xlsx.report import Fact, Flaw, Number, Odd, Oddity, Source
from gia_xlsx.workbook.arithmetic import is_external
from gia_xlsx.workbook.facts import Filed
from gia_xlsx.workbook.grids import Book, as_text
from gia_xlsx.workbook.layout import a1
from gia_xlsx.workbook.live import rectangles
from gia_xlsx.workbook.locate import FEW, Located, gathered
from gia_xlsx.workbook.skim import Spot

TEXT_CAUSE = "有以文本形式存放的数字，表内求和公式没有计入"
OLD_CAUSE = "填数后公式没有重新计算"

_SKIPPED = (Flaw.TEXT, Flaw.UNIT)  # read as a number here, but words to the SUM of the sheet
_FORMATTED = (Flaw.DATE, Flaw.FRACTION, Flaw.PERCENT, Flaw.SCIENTIFIC, Flaw.HUGE)


def explain(book: Book, filed: Filed) -> list[Oddity]:
    """Everything odd about the tables of a file. Strange numbers among ``filed.facts`` are told with their format."""
    told = _moves(filed, [oddity for table in filed.tables.values() for oddity in table.oddities])
    for kind in (
        _results(filed),
        _typed_over(filed),
        _changed(filed, {key for oddity in told if oddity.kind is Odd.MOVED for key in oddity.keys}),
        _external(filed),
        _merged(filed),
        _hidden(filed),
        _white(filed),
        _unprotected(filed),
    ):
        told.extend(_few(list(kind)))
    _formats(book, filed)
    return told


def _few(group: list[Oddity]) -> list[Oddity]:
    """Many of one kind have one cause and are told as one."""
    return [gathered(group)] if len(group) > FEW else group


def _oddity(kind: Odd, fact: Fact, **words: object) -> Oddity:
    return Oddity(kind, (fact.place,) if fact.place else (), (fact.key,), words)


# Results that a file remembers, against what its formulas give.


def _results(filed: Filed) -> Iterator[Oddity]:
    """NEVER_CALCULATED once for a file whose formulas hold no results; else each stale one, with the likely cause."""
    differing = {
        key: filed.facts[key]
        for key, cached in filed.cached.items()
        if not _same(cached, filed.facts[key].value)
        and not _is_error(cached)
        and not filed.tables[key.table].disordered  # its formulas followed the lines, or did not
    }
    if not differing and not filed.computed:
        return
    seen_by_sheet: dict[Key, Number] = {}
    by_text = [key for key in differing if _same(filed.cached[key], _as_the_sheet_sums(filed, key, seen_by_sheet))]
    if not any(_number(cached) for cached in filed.cached.values()) and not (
        by_text and len(by_text) == len(differing)
    ):
        keys = (*filed.computed, *differing)
        first = filed.facts[keys[0]]
        yield Oddity(Odd.NEVER_CALCULATED, (first.place,) if first.place else (), keys)
        return
    texts = [_stale(filed, key, TEXT_CAUSE) for key in by_text]
    if texts:
        yield gathered(texts)  # one number kept as text spoils its row, its column and the corner
    yield from (_stale(filed, key, OLD_CAUSE) for key in differing if key not in by_text)


def _stale(filed: Filed, key: Key, cause: str) -> Oddity:
    fact, cached = filed.facts[key], filed.cached[key]
    return _oddity(Odd.STALE, fact, cached="空" if cached is None else as_text(cached), computed=fact.raw, cause=cause)


def _number(raw: object) -> Number | float | None:
    return raw if isinstance(raw, int | float) and not isinstance(raw, bool) else None


def _is_error(raw: object) -> bool:
    return isinstance(raw, str) and raw.startswith("#")


def _same(cached: object, value: Number | None) -> bool:
    """Whether a remembered result is the value: an empty one is right as long as nothing is stated under it."""
    if value is None:
        return not _number(cached)
    return _number(cached) is not None and cached == value


def _as_the_sheet_sums(filed: Filed, key: Key, known: dict[Key, Number]) -> Number:
    """What the sheet's own SUM gives: words are passed over, a number kept as text among them."""
    if key not in known:
        fact = filed.facts[key]
        if key in filed.cached:
            known[key] = sum(_as_the_sheet_sums(filed, under, known) for under in filed.form.totals[key].left)
        else:
            known[key] = 0 if fact.value is None or fact.flaw in _SKIPPED else fact.value
    return known[key]


def _typed_over(filed: Filed) -> Iterator[Oddity]:
    """Totals of our own sheets that a number replaced, the very number the formula would give."""
    for key, check in filed.form.totals.items():
        fact, table = filed.facts[key], filed.tables.get(key.table)
        stands = table is not None and table.grid.known and table.keyed and fact.source is Source.TYPED
        if stands and fact.value is not None and fact.value == filed.add(check.left):
            yield _oddity(Odd.TYPED_OVER, fact, typed=fact.raw)


# What the formulas say.


def _changed(filed: Filed, moved: set[Key]) -> Iterator[Oddity]:
    """Formulas of totals that no longer add up the cells of the form; not those that followed a moved one."""
    for key in filed.foreign:
        formula, addends = filed.formulas[key], filed.form.totals[key].left
        if not is_external(formula) and moved.isdisjoint(addends):
            expected = (found[1] for under in addends if (found := filed.spot(under)))
            yield _oddity(
                Odd.FORMULA_CHANGED,
                filed.facts[key],
                found=f"={formula}" if formula else "（无）",
                expected=f"=SUM({','.join(rectangles(expected))})",
            )


def _external(filed: Filed) -> Iterator[Oddity]:
    for key, formula in filed.formulas.items():
        if is_external(formula):
            yield _oddity(Odd.EXTERNAL_LINK, filed.facts[key], formula=f"={formula}")


# Where cells and their content have gone.


def _moves(filed: Filed, told: list[Oddity]) -> list[Oddity]:
    """Numbers that stand beside the table while as many inputs are blank were moved there: MOVED, not STRAY."""
    result = [oddity for oddity in told if oddity.kind is not Odd.STRAY]
    for table in filed.tables.values():
        strays = [oddity for oddity in table.oddities if oddity.kind is Odd.STRAY]
        numbers = [spot for spot in table.strays if _number(table.grid.at(*spot)) is not None]
        blanks = [
            key
            for key in table.cells
            if key not in filed.form.totals and filed.facts[key].flaw is Flaw.BLANK and not _under_merge(table, key)
        ]
        if not 0 < len(numbers) == len(blanks) <= FEW or table.disordered:
            result.extend(strays)
            continue
        for key, spot in zip(blanks, numbers, strict=True):
            was = filed.facts[key].place
            result.append(Oddity(Odd.MOVED, (*((was,) if was else ()), table.grid.place(*spot)), (key,)))
        left = [spot for spot in table.strays if spot not in numbers]
        if left:
            result.append(table.stray(left))
    return result


def _under_merge(table: Located, key: Key) -> bool:
    row, col = table.cells[key]
    return any(t <= row <= b and left <= col <= r and (t, left) != (row, col) for t, left, b, r in table.grid.merges)


def _merged(filed: Filed) -> Iterator[Oddity]:
    """Merges over inputs: every cell but the first one is swallowed."""
    for table in filed.tables.values():
        keys = {spot: key for key, spot in table.cells.items()}
        for top, left, bottom, right in table.grid.merges:
            reach = (bottom - top + 1) * (right - left + 1)
            inside = (
                ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
                if reach <= len(keys)
                else (spot for spot in keys if top <= spot[0] <= bottom and left <= spot[1] <= right)
            )
            swallowed = [keys[spot] for spot in inside if spot in keys and spot != (top, left)]
            if swallowed:
                area = f"{a1(top, left)}:{a1(bottom, right)}"
                yield Oddity(Odd.MERGED, (table.grid.place(top, left),), tuple(swallowed), {"range": area})


def _hidden(filed: Filed) -> Iterator[Oddity]:
    """Hidden rows and columns that hold values of ours."""
    for table in filed.tables.values():
        grid = table.grid
        for axis, lines in enumerate((grid.behind.hidden_rows, grid.behind.hidden_columns)):
            held = (k for k, spot in table.cells.items() if spot[axis] in lines and grid.at(*spot) is not None)
            keys = tuple(held) if lines else ()
            if keys:
                hidden = sorted({table.cells[key][axis] for key in keys})
                numbers = "、".join(a1(0, line)[:-1] if axis else str(line + 1) for line in hidden)
                what = f"{numbers}列" if axis else f"第{numbers}行"
                yield Oddity(Odd.HIDDEN, (grid.place(*table.cells[keys[0]]),), keys, {"what": what})


def _white(filed: Filed) -> Iterator[Oddity]:
    """Figures in white on a sheet of our own, where nothing is dark by itself."""
    for table in filed.tables.values():
        white = table.grid.behind.white if table.keyed else frozenset[Spot]()
        keys = tuple(key for key, spot in table.cells.items() if spot in white and table.grid.at(*spot) is not None)
        if keys:
            places = tuple(table.grid.place(*table.cells[key]) for key in keys)
            cells = "、".join(place.cell for place in places[:FEW]) + (
                f"等{len(places)}格" if len(places) > FEW else ""
            )
            yield Oddity(Odd.HIDDEN, places, keys, {"what": f"{cells}的白色字"})


def _unprotected(filed: Filed) -> Iterator[Oddity]:
    """Table sheets of ours that are no longer protected, told once."""
    open_ = [t.grid for t in filed.tables.values() if t.grid.known and t.keyed and not t.grid.behind.protected]
    if open_:
        names = "、".join(grid.sheet for grid in open_)
        yield Oddity(Odd.PROTECTION_GONE, tuple(grid.place(0, 0) for grid in open_), (), {"sheet": names})


# What stands behind a strange number.


def _formats(book: Book, filed: Filed) -> None:
    """Tell a date, a percentage or a fraction with the number that is stored and the format that shows it so."""
    odd = [fact for fact in filed.facts.values() if fact.flaw in _FORMATTED and fact.place]
    if not odd or book.package.kind != "xlsx":
        return
    from openpyxl.utils.datetime import to_excel

    for fact in odd:
        where = filed.spot(fact.key)
        if where is None:
            continue
        row, col = where[1]
        cell = book.cell(where[0].sheet, row, col)
        if cell is None or isinstance(cell.value, str):
            continue
        shown = cell.value
        stored = shown
        if isinstance(shown, datetime.date | datetime.time | datetime.timedelta):
            stored = to_excel(shown)  # type: ignore[no-untyped-call]  # it has no types in the stubs
        read_as = f"{as_text(stored)}（数字格式 {cell.number_format}）"
        filed.facts[fact.key] = replace(fact, read_as=read_as)
