"""Every rule by example: ``cases/<code>.toml`` edits a clean report and lists every diagnostic, nothing else.

A case may set cells by key, type a ``text``, blank or zero whole tables, change the cover, declare 空白按0, add what a
reader found (``labels``, ``odd``), or say whose report was given as the ``previous`` (then ``previous_set`` and
``previous_words`` edit that); or it lays several ``files`` side by side, or handles the files of a report that was
``built``. ``stated``: totals are typed. ``drop`` takes
the words of whole sections away, ``words`` adds paragraphs (``section``, ``heading``, ``text``), ``headings`` names
sections anew.
``expect``: code, and the first place or the first key; ``says``: words that some message or hint must hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from gia_xlsx.diagnostic import Diagnostic
from gia_xlsx.form import Key
from gia_xlsx.report import Label, Odd, Oddity, Paragraph, Place, Report
from gia_xlsx.rules import check
from gia_xlsx.rules.files import across, digest
from gia_xlsx.workbook.layout import PROSE_SHEET
from tests.built import clean_files, handled, told
from tests.clean import TEXT, clean, edited

FOLDER = Path(__file__).parent / "cases"
CASES = {
    f"{path.stem}: {case['name']}": case
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    case = CASES[name]
    found = _across(case["files"]) if "files" in case else [(d, _names(d)) for d in _diagnostics(case)]
    assert _unmatched(case["expect"], [names for _, names in found]) == ([], [])
    told = "\n".join(f"{diagnostic.message} {diagnostic.hint}" for diagnostic, _ in found)
    for words in case.get("says", []):
        assert words in told


def _diagnostics(case: dict[str, Any]) -> tuple[Diagnostic, ...]:
    """Of a built report what its files are told of, else what the check of the clean report with the edits finds."""
    if "built" in case:
        return told(reduce(handled, case["built"], clean_files()))
    return check(report_of(case)).diagnostics


def report_of(case: dict[str, Any]) -> Report:
    """The clean report with a case's edits."""
    report = clean(case.get("form", "2021"), stated=case.get("stated", False))
    for fill, tables in (("", case.get("blank", [])), (0, case.get("zero", []))):
        report = edited(report, {str(key): fill for key in report.form.inputs if key.table in tables})
    report = edited(report, case.get("set", {}))
    cover = replace(report.cover, blank_is_zero=case.get("blank_is_zero", False))
    for field, typed in case.get("cover", {}).items():
        if field == "year":
            year = int(typed) if typed.isdecimal() else None
            cover = replace(cover, year=year, raw={} if year or not typed else {"year": typed})
        else:
            cover = replace(cover, **{field: typed})
    text = case.get("text", "") * case.get("times", 1)
    heading = case.get("heading", "")
    added = (Paragraph("overview", heading, text, Place(TEXT, "B19")),) if heading or text else ()
    previous = None
    if "previous" in case:
        previous = clean(case.get("previous_form", case.get("form", "2021")))
        previous = edited(previous, case.get("previous_set", {}))
        words = _worded(previous, case.get("previous_drop", []), case.get("previous_words", []))
        previous = replace(previous, cover=replace(report.cover, **case["previous"]), paragraphs=words)
    return replace(
        report,
        previous=previous,
        cover=cover,
        paragraphs=_worded(report, case.get("drop", []), case.get("words", [])) + added,
        headings=case.get("headings", {}),
        labels=tuple(_label(**label) for label in case.get("labels", [])),
        oddities=tuple(_oddity(**odd) for odd in case.get("odd", [])),
    )


def _worded(report: Report, drop: list[str], words: list[dict[str, str]]) -> tuple[Paragraph, ...]:
    """The paragraphs of a report without those of some sections, and further ones, from B29 on."""
    kept = tuple(paragraph for paragraph in report.paragraphs if paragraph.section not in drop)
    return kept + tuple(
        Paragraph(one["section"], one.get("heading", ""), one.get("text", ""), Place(_sheet(report, one), f"B{row}"))
        for row, one in enumerate(words, 29)
    )


def _sheet(report: Report, words: dict[str, str]) -> str:
    section = report.form.by_key[words["section"]]
    return PROSE_SHEET if section.is_table else section.sheet


def _across(files: list[dict[str, Any]]) -> list[tuple[Diagnostic, set[str]]]:
    digests = []
    for file in files:
        report = report_of(file)
        cover = replace(
            report.cover, organ=file.get("organ", report.cover.organ), year=file.get("year", report.cover.year)
        )
        digests.append(digest(file["path"], replace(report, cover=cover)))
    return [(d, {f"{d.code} {path}"}) for path, found in across(digests).items() for d in found]


def _names(diagnostic: Diagnostic) -> set[str]:
    """How a case may name a diagnostic."""
    where = [str(one) for one in (*diagnostic.places[:1], *diagnostic.keys[:1])]
    return {f"{diagnostic.code} {one}" for one in where} or {diagnostic.code}


def _unmatched(expected: Iterable[str], found: list[set[str]]) -> tuple[list[str], list[set[str]]]:
    """What was expected and not found, and what was found and not expected."""
    missing, left = [], list(found)
    for name in expected:
        match = next((names for names in left if name in names), None)
        if match is None:
            missing.append(name)
        else:
            left.remove(match)
    return missing, left


def _place(text: str) -> Place:
    return Place(*text.rsplit("!", 1))


def _label(table: str, axis: Any, line: str, found: str, near: bool = False, place: str = "") -> Label:
    return Label(table, axis, line, found, _place(place) if place else None, near)


def _oddity(kind: str, places: Iterable[str] = (), keys: Iterable[str] = (), **words: Any) -> Oddity:
    if "kind_of_file" in words:
        words["kind"] = words.pop("kind_of_file")
    return Oddity(Odd(kind), tuple(map(_place, places)), tuple(map(Key.parse, keys)), words)
