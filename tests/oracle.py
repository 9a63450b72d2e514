"""IronCalc as a second opinion: it calculates the sheets we write, and must agree with our Python, cell by cell."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from gia_xlsx.form import Form, Key
from gia_xlsx.report import Cover, Fact, Flaw, Report, Source
from gia_xlsx.rules.relations import broken
from gia_xlsx.workbook import layout, live
from gia_xlsx.workbook.cover import address
from gia_xlsx.workbook.layout import CHECKS_SHEET, COVER_SHEET, addresses
from gia_xlsx.workbook.live import Content
from gia_xlsx.workbook.reference import PROGRESS
from gia_xlsx.workbook.write import write_workbook


@dataclass(frozen=True)
class Case:
    """What a filer might type: inputs, totals typed over, and the declaration of the cover."""

    inputs: Mapping[Key, Content]
    typed_over: Mapping[Key, int]
    blank_is_zero: bool

    def values(self, form: Form) -> dict[Key, Content]:
        """What every cell then holds, by our own arithmetic."""
        found: dict[Key, Content] = {}

        def settle(key: Key) -> Content:
            if key not in found:
                if key in self.typed_over:
                    found[key] = self.typed_over[key]
                elif key in form.totals:
                    found[key] = live.add({k: settle(k) for k in form.totals[key].left}, form.totals[key].left)
                else:
                    found[key] = self.inputs[key]
            return found[key]

        for key in form.cells:
            settle(key)
        return found


def random_case(form: Form, chance: random.Random) -> Case:
    """A filled form: often balanced, sometimes with blanks, words, or a total typed over."""
    blanks = chance.choice((0.0, 0.0, 0.0, 0.02, 0.2, 1.0))
    words = chance.choice((0.0, 0.0, 0.0, 0.01))
    largest = chance.choice((0, 3, 50, 10**6))
    inputs = {key: _content(form, key, chance, blanks, words, largest) for key in form.inputs}
    if chance.random() < 0.5:
        _balance(form, inputs)
    typed = chance.sample(sorted(form.totals), chance.choice((0, 0, 1, 3)))
    return Case(inputs, {key: chance.randint(0, 5) for key in typed}, chance.random() < 0.4)


def _content(form: Form, key: Key, chance: random.Random, blanks: float, words: float, largest: int) -> Content:
    if chance.random() < blanks:
        return None
    if chance.random() < words:
        return chance.choice(("无", "/", "5件", "１２"))
    if form.cells[key].kind == "money":
        return Decimal(chance.randint(0, largest * 10_000)) / 10_000
    return chance.randint(0, largest)


def _balance(form: Form, inputs: dict[Key, Content]) -> None:
    """Give each applicant's column the 本年新收 that makes 第一、二项 equal 第三、四项."""
    for key in form.inputs:
        if (key.table, key.row) == ("requests", "received"):
            column = [k for k in form.inputs if k.table == "requests" and k.column == key.column and k != key]
            carried_in = Key("requests", "carried_in", key.column)
            rest = live.add(inputs, [k for k in column if k != carried_in])
            inputs[key] = max(0, rest - live.add(inputs, [carried_in]))


class Sheet:
    """One blank workbook of a form, opened in IronCalc."""

    def __init__(self, form: Form) -> None:
        import ironcalc

        self.form = form
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "blank.xlsx"
            write_workbook(path, form, Cover("某县某镇人民政府", "township", form.since, "self"), offer=False)
            self.model: Any = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        names = [sheet["name"] for sheet in self.model.get_worksheets_properties()]
        self.sheets = {name: number for number, name in enumerate(names)}
        self.spots = {
            key: (self.sheets[table.sheet], row + 1, column + 1)
            for table in form.tables
            for key, (row, column) in addresses(table).items()
        }

    def disagreements(self, case: Case) -> Iterator[str]:
        """Fill the sheets as the case says, calculate, and tell each cell that says otherwise than Python."""
        _, column, row = address("blank_is_zero").split("$")
        answer = live.YES if case.blank_is_zero else live.NO
        self.model.set_user_input(self.sheets[COVER_SHEET], int(row), "ABCDEFGH".index(column) + 1, answer)
        for key, content in (*case.inputs.items(), *case.typed_over.items()):
            self._put(self.spots[key], content)
        self.model.evaluate()
        values = case.values(self.form)
        for key in self.form.totals:
            shown = self.model.get_cell_value(*self.spots[key])
            if not isinstance(shown, float) or Decimal(repr(shown)) != values[key]:
                yield f"{key}: {shown!r}, not {values[key]}"
        states = []
        for check in self.form.checks:
            place = live.check_place(self.form, check)
            line, at = live.check_address(self.form, check)
            shown = self.model.get_cell_value(self.sheets[place.sheet], line + 1, at + 1)
            state = live.state(self.form, check, values, blank_is_zero=case.blank_is_zero)
            states.append(state)
            if shown != state:
                yield f"{place} {check.relation.code}: {shown!r}, not {state!r}"
        counts = {"未填": sum(values[key] is None for key in self.form.inputs)}
        counts |= {word: sum(s.startswith(word) for s in states) for word in ("不符", "有非数字", "待填", "通过")}
        summary = self.model.get_cell_value(self.sheets[CHECKS_SHEET], PROGRESS[0] + 1, PROGRESS[1] + 1)
        for word, count in counts.items():
            if f"{word} {count} " not in summary:
                yield f"{CHECKS_SHEET}: {summary!r}, not {word} {count}"
        yield from judged_otherwise(self.form, case, values)
        for key in case.typed_over:
            self.model.update_cell_with_formula(*self.spots[key], live.total_formula(self.form, key))

    def _put(self, spot: tuple[int, int, int], content: Content) -> None:
        if content is None:
            self.model.clear_cell_contents(*spot)
        elif isinstance(content, str):
            self.model.update_cell_with_text(*spot, content)
        else:
            self.model.update_cell_with_number(*spot, float(content))


def judged_otherwise(form: Form, case: Case, values: Mapping[Key, Content]) -> Iterator[str]:
    """Checks of which the rules think otherwise than the sheet.

    Two things are left aside. Words in a number cell: a sheet cannot add them, while a reader takes ``5件`` for 5 and
    says so. A total typed over while an input beneath it is blank: the sheet waits, the rules judge what is stated.
    """
    if any(isinstance(content, str) for content in values.values()):
        return
    facts = {
        key: Fact(
            key,
            value,
            "" if value is None else str(value),
            flaw=Flaw.BLANK if value is None else None,
            source=Source.FORMULA if key in form.totals and key not in case.typed_over else Source.TYPED,
        )
        for key, value in values.items()
        if not isinstance(value, str)
    }
    report = Report(form, Cover("某县", "township", form.since, blank_is_zero=case.blank_is_zero), facts)
    failed = {id(one.check) for one in broken(report, form.checks)}
    for check in form.checks:
        state = live.state(form, check, values, blank_is_zero=case.blank_is_zero)
        if state == live.PENDING and not case.typed_over.keys().isdisjoint(check.keys):
            continue
        if (id(check) in failed) != state.startswith(live.BROKEN):
            yield f"{check.relation.code} {check.crossing.key}: the sheet says {state}, the rules otherwise"


def disagreements(form: Form, number: int, seed: int = 0) -> list[str]:
    """Fill ``number`` random workbooks of a form; every total, live check and count that differs from Python."""
    sheet, chance = Sheet(form), random.Random(seed)
    return [
        f"case {n}: {difference}"
        for n in range(number)
        for difference in sheet.disagreements(random_case(form, chance))
    ]


_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def libreoffice_disagreements(form: Form, number: int, folder: Path, seed: int = 0) -> list[str]:
    """The same in LibreOffice, recalculation forced: one call for all the files. Raises OSError where it is missing."""
    from openpyxl import load_workbook

    profile, done = folder / "profile", folder / "done"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
    chance, cases = random.Random(seed), {}
    write_workbook(folder / "blank.xlsx", form, Cover("某县", "township", form.since, "self"), offer=False)
    book = load_workbook(folder / "blank.xlsx")
    for n in range(number):
        case = random_case(form, chance)
        cases[folder / f"{n}.xlsx"] = case
        for key in form.cells:
            content = case.typed_over.get(key, case.inputs.get(key))
            if key in form.totals and content is None:
                content = live.total_formula(form, key)
            place = layout.place(form.by_key[key.table], key)
            book[place.sheet][place.cell].value = float(content) if isinstance(content, Decimal) else content
        book[COVER_SHEET][address("blank_is_zero").replace("$", "")] = live.YES if case.blank_is_zero else live.NO
        book.save(folder / f"{n}.xlsx")
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(done), *map(str, cases)], check=True, capture_output=True, timeout=600)
    return [
        f"{path.name}: {difference}"
        for path, case in cases.items()
        for difference in _differences(form, case, load_workbook(done / path.name, data_only=True))
    ]


def _differences(form: Form, case: Case, book: Any) -> Iterator[str]:
    values = case.values(form)
    for key in form.totals:
        place = layout.place(form.by_key[key.table], key)
        shown = book[place.sheet][place.cell].value
        if isinstance(shown, str) or shown is None or Decimal(repr(shown)) != values[key]:
            yield f"{place}: {shown!r}, not {values[key]}"
    for check in form.checks:
        place = live.check_place(form, check)
        shown, state = (
            book[place.sheet][place.cell].value,
            live.state(form, check, values, blank_is_zero=case.blank_is_zero),
        )
        if shown != state:
            yield f"{place} {check.relation.code}: {shown!r}, not {state!r}"
