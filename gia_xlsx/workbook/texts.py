"""The cover and the narrative sheets as they stand: what is declared, paragraphs with their places, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gia_xlsx.form import Form, Section
from gia_xlsx.likeness import plain
from gia_xlsx.numerals import squeeze
from gia_xlsx.organ import SCOPES, organ_types
from gia_xlsx.report import Cover, Odd, Oddity, Paragraph, Place
from gia_xlsx.workbook.cover import FIELDS
from gia_xlsx.workbook.grids import Grid
from gia_xlsx.workbook.live import YES
from gia_xlsx.workbook.prose import HEAD, HEAD_ROW, HEADING, KEY, TEXT
from gia_xlsx.workbook.skim import Spot

MARK = "gia-xlsx/"  # every mark of a sheet of ours begins so
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+)?年?度?$")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HEADS = {"小标题", "正文", "字数"}
_YES = {YES, "Y", "YES", "TRUE", "1"}


@dataclass
class Words:
    """Paragraphs of the report in the order of the form, headings that differ, and what had to be cleaned."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    heading_places: dict[str, Place] = field(default_factory=dict)
    oddities: list[Oddity] = field(default_factory=list)


def read_cover(grid: Grid) -> Cover:
    """What the cover declares. A field is found by its hidden key, else by its label; its answer is the next cell."""
    by_label = {plain(line.label): key for key, line in FIELDS.items()}
    answers: dict[str, tuple[str, Place]] = {}
    for r, c, value in grid.filled():
        if not isinstance(value, str):
            continue
        key = value if value in FIELDS else by_label.get(plain(value))
        if key and key not in answers:
            col = c + 2 if value in FIELDS else c + 1
            text, _ = clean(grid.text(r, col))
            answers[key] = (text.strip(), grid.place(r, col))
    raw: dict[str, str] = {}

    def said(name: str) -> str:
        return answers[name][0] if name in answers else ""

    return Cover(
        organ=said("organ"),
        type=_one_of({key: kind.label for key, kind in organ_types().items()}, "type", said("type"), raw),
        year=_year(said("year"), raw),
        scope=_one_of(SCOPES, "scope", said("scope"), raw),
        title=said("title"),
        contact=said("contact"),
        signature=said("signature"),
        date=said("date"),
        blank_is_zero=squeeze(said("blank_is_zero")).upper() in _YES,
        places={key: place for key, (_, place) in answers.items()},
        raw=raw,
    )


def _one_of(choices: Mapping[str, str], name: str, text: str, raw: dict[str, str]) -> str:
    """The key of a choice, given by its label or its key; what is neither is kept in ``raw``."""
    if not text:
        return ""
    for key, label in choices.items():
        if plain(text) in (plain(label), plain(key)):
            return key
    raw[name] = text
    return ""


def _year(text: str, raw: dict[str, str]) -> int | None:
    match = _YEAR.match(squeeze(text))
    if match:
        return int(match[1])
    if text:
        raw["year"] = text
    return None


def read_narrative(grid: Grid, section: Section, words: Words) -> None:
    """The paragraphs of a section that is all text, and its heading if it differs."""
    read_heading(grid, section, words)
    formulas = _formulas(grid)
    for row in _text_rows(grid, formulas):
        _paragraph(grid, formulas, row, section.key, words)


def read_prose(grid: Grid, form: Form, words: Words) -> None:
    """The words before the tables: rows below a caption that names its section by key or by heading."""
    headings = {plain(table.heading): table.key for table in form.tables}
    section, formulas = form.tables[0].key, _formulas(grid)
    for row in _text_rows(grid, formulas):
        key = grid.text(row, KEY).strip()
        named = next((headings[h] for h in headings if plain(grid.text(row, HEADING)).startswith(h)), None)
        if key in form.by_key or (named and not grid.text(row, TEXT)):
            section = key if key in form.by_key else named or section
        else:
            _paragraph(grid, formulas, row, section, words)


def _formulas(grid: Grid) -> Mapping[Spot, object]:
    """Formulas where words should stand; nearly always none, which one search proves."""
    return grid.behind.formulas if grid.behind.formulas_in(b"AB") else {}


def _text_rows(grid: Grid, formulas: Mapping[Spot, object]) -> range:
    """The rows that may hold a paragraph; a formula without a result may stand below the last value."""
    return range(_first_row(grid), max(len(grid.rows), *(row + 1 for row, _ in formulas), 0))


def _first_row(grid: Grid) -> int:
    """The row after the heads of a narrative sheet, by the hidden mark, else by the printed words."""
    for row in range(min(len(grid.rows), 30)):
        if grid.text(row, KEY) == HEAD or len(_HEADS & {squeeze(grid.text(row, c)) for c in range(3)}) >= 2:
            return row + 1
    return HEAD_ROW + 1


def _paragraph(grid: Grid, formulas: Mapping[Spot, object], row: int, section: str, words: Words) -> None:
    cells = []
    for col in (HEADING, TEXT):
        raw = grid.text(row, col)
        if not raw and (row, col) in formulas:
            raw = f"={grid.formula((row, col))}"  # words that began with "=" and were taken for a formula
        text, taken = clean(raw)
        if taken:
            words.oddities.append(Oddity(Odd.CLEANED, (grid.place(row, col),), (), {"what": taken}))
        cells.append(text)
    heading, text = cells
    if heading.strip() or text.strip():
        words.paragraphs.append(Paragraph(section, heading.strip(), text.strip(), grid.place(row, TEXT)))


def read_heading(grid: Grid, section: Section, words: Words) -> None:
    """The heading in row 1, where it says something else than the form."""
    column = next((c for c in range(4) if grid.text(0, c) and not grid.text(0, c).startswith(MARK)), None)
    found = "" if column is None else grid.text(0, column)
    if section.heading and found and column is not None and plain(found) != plain(section.heading):
        words.headings[section.key] = clean(found)[0].strip()
        words.heading_places[section.key] = grid.place(0, column)


def clean(text: str) -> tuple[str, str]:
    """Text with its escapes undone and its control characters out, and in words what was taken out."""
    unescaped = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    unescaped = unescaped.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROLS.findall(unescaped)
    if not found:
        return unescaped, ""
    names = "、".join(f"U+{ord(char):04X}" for char in dict.fromkeys(found))
    return _CONTROLS.sub("", unescaped), f"{len(found)} 个控制字符（{names}）"


def in_order(form: Form, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs in the order in which their sections are printed."""
    order = {section.key: n for n, section in enumerate(form.sections)}
    return iter(sorted(paragraphs, key=lambda paragraph: order[paragraph.section]))
