"""A filled workbook as a Report: which sheet is which, then tables, cover and text, then what was odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Form, Section, form_names, load_form
from gia_xlsx.likeness import plain
from gia_xlsx.report import Cover, Odd, Oddity, Place, Report
from gia_xlsx.workbook.acceptances import acceptances
from gia_xlsx.workbook.explain import explain
from gia_xlsx.workbook.facts import read_facts
from gia_xlsx.workbook.grids import Book, Grid, as_text
from gia_xlsx.workbook.guard import open_file
from gia_xlsx.workbook.labels import score
from gia_xlsx.workbook.layout import COVER_SHEET, FORMAT, PROSE_SHEET, REFERENCE
from gia_xlsx.workbook.locate import Located, find_strays, locate
from gia_xlsx.workbook.prose import PROSE
from gia_xlsx.workbook.texts import MARK, Words, in_order, read_cover, read_heading, read_narrative, read_prose

COVER = "cover"  # the section in the mark of the cover
_MARK = re.compile(rf"{MARK}(\d{{1,4}})/(\w{{1,20}})/(\w{{1,40}})$")
_ENOUGH = 0.5  # of a table's labels, to take a sheet without our mark for that table
_MOST_SHEETS = 60  # a workbook of ours has 15
_MOST_PARAGRAPHS = 300  # a real report has 60
_KINDS = {"xls": ".xls", "xlsb": ".xlsb", "ods": ".ods"}


@dataclass
class _Sheets:
    """Which sheet holds what: section (or cover, or prose) → sheets, the first of which is read."""

    form: Form
    found: dict[str, list[Grid]] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    ours: bool = False
    version: int = FORMAT


def read_workbook(path: Path) -> Report:
    """Read a filled workbook (.xlsx; also .xls, .ods, .xlsb). The file is never changed.

    Raises GiaError, one sentence for the filer, for a file that cannot be read or that holds none of the tables.
    """
    package = open_file(path)
    book = Book(package)
    sheets = _sort(book, path.name)
    form = sheets.form
    oddities = [*_twins(sheets), *_hidden(sheets)]
    tables = {s.key: locate(sheets.found[s.key][0], s) for s in form.tables if s.key in sheets.found}
    for sheet in dict.fromkeys(table.grid.sheet for table in tables.values()):
        find_strays([table for table in tables.values() if table.grid.sheet == sheet])
    words = _words(sheets)
    if len(words.paragraphs) > _MOST_PARAGRAPHS:
        raise GiaError(
            f"{path.name}：文字共有 {len(words.paragraphs)} 段，远超一份年度报告；请删去多余的行，或者并成较少的段。"
        )
    cover = read_cover(sheets.found[COVER][0]) if COVER in sheets.found else Cover()
    filed = read_facts(book, form, tables)
    oddities += explain(book, filed) + words.oddities
    if sheets.ours:
        oddities += _missing(sheets)
        oddities += [Oddity(Odd.SHEET_EXTRA, (Place(name, "A1"),), (), {"sheet": name}) for name in sheets.extra]
    elif COVER not in sheets.found:
        oddities.append(Oddity(Odd.SHEET_MISSING, (), (), {"heading": COVER_SHEET}))
    if package.kind != "xlsx":
        oddities.append(Oddity(Odd.OTHER_KIND, (), (), {"kind": _KINDS[package.kind]}))
    if sheets.version < FORMAT:
        oddities.append(Oddity(Odd.OLD_VERSION, (), (), {"version": sheets.version}))
    labels = tuple(label for table in tables.values() for label in table.labels)
    paragraphs = tuple(in_order(form, words.paragraphs))
    return Report(
        form,
        cover,
        filed.facts,
        paragraphs,
        labels,
        words.headings,
        words.heading_places,
        tuple(oddities),
        acceptances=acceptances(book),
    )


def _sort(book: Book, name: str) -> _Sheets:
    """Tell the sheets of a book by their marks, then by their names, then by what they hold."""
    marked: dict[str, list[Grid]] = {}
    rest: list[str] = []
    forms: list[str] = []
    version = FORMAT
    if len(book.sheets) > _MOST_SHEETS:
        raise GiaError(
            f"{name}：工作簿有 {len(book.sheets)} 张工作表，不像一份年度报告；请把每份报告另存为单独的工作簿。"
        )
    for sheet in book.sheets:
        if sheet in REFERENCE.values():
            continue
        match = _mark(book.grid(sheet))
        if match is None:
            rest.append(sheet)
            continue
        version = int(match[1])
        if version > FORMAT:
            raise GiaError(f"{name}：这个工作簿由更新版本的 gia-xlsx 生成；请升级 gia-xlsx 后再试。")
        forms.append(match[2])
        marked.setdefault(match[3], []).append(book.grid(sheet))
    known = [form for form in forms if form in form_names()]
    if forms and not known:
        raise GiaError(f"{name}：工作簿用的是本程序不认识的报告格式“{forms[0]}”；请升级 gia-xlsx 后再试。")
    form = load_form(max(known, key=known.count)) if known else _likely_form([book.grid(sheet) for sheet in rest])
    sheets = _Sheets(form, ours=bool(known), version=version)
    official = {section.key: section.sheet for section in form.sections} | {COVER: COVER_SHEET, PROSE: PROSE_SHEET}
    for key, grids in marked.items():
        if key in official:
            sheets.found[key] = sorted(grids, key=lambda grid: grid.sheet != official[key])
    _by_name_and_content(book, sheets, rest, official)
    if not any(table.key in sheets.found for table in form.tables):
        raise GiaError(
            f"{name}：工作簿里找不到年度报告的三张法定表格；"
            "请用 gia-xlsx new 生成工作簿后填写，或者核对是不是选错了文件。"
        )
    return sheets


def _mark(grid: Grid) -> re.Match[str] | None:
    """The mark of a sheet of ours: in the first rows, wherever columns were inserted."""
    for row in grid.rows[:4]:
        for value in row[:12]:
            if isinstance(value, str) and value.startswith(MARK):
                return _MARK.match(value)
    return None


def _by_name_and_content(book: Book, sheets: _Sheets, rest: Sequence[str], official: Mapping[str, str]) -> None:
    """Sheets without a mark: told by name, or by the labels of a table; one sheet may hold several tables."""
    names = {name: key for key, name in official.items()}
    left = []
    for sheet in rest:
        key = names.get(sheet)
        if (
            key
            and key not in sheets.found
            and (key not in _tables(sheets.form) or _holds(book, sheet, sheets.form, key))
        ):
            sheets.found[key] = [book.grid(sheet)]
        else:
            left.append(sheet)
    used = set()
    for table in sheets.form.tables:
        if table.key not in sheets.found and left:
            rated = {sheet: score(book.grid(sheet), table) for sheet in left}
            best = max(rated, key=lambda sheet: rated[sheet])
            if rated[best] >= _ENOUGH:
                sheets.found[table.key] = [book.grid(best)]
                used.add(best)
    for section in sheets.form.sections:
        if section.key not in sheets.found and section.heading:
            same = [name for name in left if plain(book.grid(name).text(0, 0)) == plain(section.heading)]
            if same:
                sheets.found[section.key] = [book.grid(same[0])]
                used.add(same[0])
    sheets.extra = [sheet for sheet in left if sheet not in used]


def _tables(form: Form) -> Sequence[str]:
    return [table.key for table in form.tables]


def _holds(book: Book, sheet: str, form: Form, key: str) -> bool:
    return score(book.grid(sheet), form.by_key[key]) >= _ENOUGH


def _likely_form(grids: Iterable[Grid]) -> Form:
    """Without a mark: the form whose labels are there, most of all."""
    grids = list(grids)
    forms = [load_form(name) for name in reversed(form_names())]

    def fit(form: Form) -> float:
        return sum(max((score(grid, table) for grid in grids), default=0.0) for table in form.tables)

    return max(forms, key=fit)


def _words(sheets: _Sheets) -> Words:
    words = Words()
    for section in sheets.form.sections:
        if section.key not in sheets.found:
            continue
        grid = sheets.found[section.key][0]
        if section.is_table:
            read_heading(grid, section, words)
        else:
            read_narrative(grid, section, words)
    if PROSE in sheets.found:
        read_prose(sheets.found[PROSE][0], sheets.form, words)
    return words


def _twins(sheets: _Sheets) -> Iterable[Oddity]:
    """Sheets that hold the same part: a copy; whether they differ in any of the cells that are read."""
    for key, grids in sheets.found.items():
        if len(grids) > 1:
            section = sheets.form.by_key.get(key)
            held = [_content(grid, section) for grid in grids]
            differ = any(other != held[0] for other in held[1:])
            names = tuple(grid.sheet for grid in grids)
            yield Oddity(
                Odd.SHEET_TWIN, tuple(Place(name, "A1") for name in names), (), {"sheets": names, "differ": differ}
            )


def _hidden(sheets: _Sheets) -> Iterable[Oddity]:
    """Hidden sheets of the report; they are read like any other."""
    for grids in sheets.found.values():
        if not grids[0].visible:
            yield Oddity(Odd.HIDDEN, (Place(grids[0].sheet, "A1"),), (), {"what": f"工作表“{grids[0].sheet}”"})


def _content(grid: Grid, section: Section | None) -> object:
    if section is None or not section.is_table:
        return [(r, c, as_text(value)) for r, c, value in grid.filled() if (r, c) not in grid.formulas]
    located: Located = locate(grid, section)
    return {key: grid.text(*spot) for key, spot in located.cells.items() if spot not in grid.formulas}


def _missing(sheets: _Sheets) -> Iterable[Oddity]:
    """Parts of a workbook of ours that are not there."""
    wanted = {COVER: COVER_SHEET} | {s.key: s.heading or s.sheet for s in sheets.form.sections} | {PROSE: PROSE_SHEET}
    for key, heading in wanted.items():
        if key not in sheets.found:
            section = sheets.form.by_key.get(key)
            yield Oddity(Odd.SHEET_MISSING, (), section.keys if section else (), {"heading": heading})
