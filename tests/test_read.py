"""A filled workbook is read back as the report that was written, to the cell; and the finer points of reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.form import load_form
from gia_xlsx.grid import boxes
from gia_xlsx.report import UNCALCULATED, Flaw, Odd, Place, Source
from gia_xlsx.rules import check
from gia_xlsx.workbook.read import read_workbook
from gia_xlsx.workbook.write import write_workbook
from tests.damage import (
    CASES,
    DISCLOSURE,
    REQUESTS,
    balanced,
    copy,
    key,
    kinds,
    original,
    sheet_part,
    told,
    values,
    with_openpyxl,
    with_zip,
)
from tests.seeds import SEEDS, load_seed


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_is_read_as_it_was_written(tmp_path: Path, seed: str) -> None:
    then = load_seed(seed)
    write_workbook(tmp_path / "年报.xlsx", then.form, then.cover, report=then)
    now = read_workbook(tmp_path / "年报.xlsx")
    assert now.form == then.form and list(now.facts) == list(then.form.cells)
    for k, fact in then.facts.items():
        assert (now.facts[k].value, now.facts[k].flaw, now.facts[k].read_as) == (fact.value, fact.flaw, fact.read_as), k
    assert [(p.section, p.heading, p.text) for p in now.paragraphs] == [
        (p.section, p.heading.strip(), p.text.strip()) for p in then.paragraphs
    ]
    assert [replace(label, place=None) for label in now.labels] == list(then.labels)
    assert now.headings == then.headings and now.oddities == ()
    assert now.heading_places.keys() == now.headings.keys()
    assert all(place.cell.endswith("1") for place in now.heading_places.values())  # a finding can point there
    for name in ("organ", "type", "year", "scope", "title", "signature", "date", "blank_is_zero"):
        assert getattr(now.cover, name) == getattr(then.cover, name)


def test_a_sound_workbook_never_needs_the_slow_path(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise AssertionError("openpyxl was opened for a workbook in which nothing is odd")

    path = original()
    monkeypatch.setattr(openpyxl, "load_workbook", slow)
    assert read_workbook(path).oddities == ()


def test_the_wrong_total_of_seed_001_is_stated_and_typed(tmp_path: Path) -> None:
    seed = load_seed("001")
    write_workbook(tmp_path / "a.xlsx", seed.form, seed.cover, report=seed)
    fact = read_workbook(tmp_path / "a.xlsx").facts[key("requests/carried_in/total")]
    assert (fact.value, fact.raw, fact.source, fact.place) == (0, "0", Source.TYPED, Place(REQUESTS, "K7"))


def test_paragraphs_stand_where_they_were_typed(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook["六、其他事项"].__setitem__("B20", "补充一段"))
    assert report.in_section("other")[-1].place == Place("六、其他事项", "B20")
    seed = load_seed("000")
    write_workbook(tmp_path / "000.xlsx", seed.form, seed.cover, report=seed)
    report = read_workbook(tmp_path / "000.xlsx")
    places = [report.in_section(section)[0].place for section in ("disclosure", "requests", "cases")]
    workbook = openpyxl.load_workbook(tmp_path / "000.xlsx")
    for place, words in zip(places, ("共制发规章", "共受理依申请公开", "行政复议和行政诉讼"), strict=True):
        assert place is not None and words in str(workbook[place.sheet][place.cell].value)


def test_a_head_and_a_heading_edited(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[REQUESTS]
        sheet["F5"] = "企业"
        sheet["C10"] = "(三)不公开"

    report = with_openpyxl(tmp_path, damage)
    assert [(label.axis, label.line, label.found) for label in report.labels] == [
        ("row", "outcome.refused", "(三)不公开"),
        ("column", "legal.business", "企业"),
    ]
    assert values(report) == values(balanced()) and kinds(report) == set()


@pytest.mark.parametrize(
    ("address", "words", "near"),
    [
        ("B6", "一、本年新收", True),
        ("D10", "1.", False),
        ("D10", "1.属", True),
        ("D10", "国家秘密", False),
    ],
)
def test_a_label_that_is_cut_off_is_near(tmp_path: Path, address: str, words: str, near: bool) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook[REQUESTS].__setitem__(address, words))
    assert [(label.found, label.near) for label in report.labels] == [(words, near)]
    assert values(report) == values(balanced()) and kinds(report) == set()


def test_a_block_of_table_two_deleted(tmp_path: Path) -> None:
    """第二十条第（五）项: its key row, its caption, its heads and its only row."""
    report = with_openpyxl(tmp_path, lambda workbook: workbook[DISCLOSURE].delete_rows(7, 4))
    (missing,) = told(report, Odd.ROW_MISSING)
    assert missing.words["label"] == "行政许可" and missing.keys == (key("disclosure/licensing/decisions"),)
    assert report.facts[key("disclosure/normative/in_force")].value == 34
    assert report.facts[key("disclosure/penalties/decisions")].place is not None


def test_only_the_row_of_a_block_deleted_leaves_no_stray_heads(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook[DISCLOSURE].delete_rows(10))
    assert [oddity.words["label"] for oddity in told(report, Odd.ROW_MISSING)] == ["行政许可"]
    assert kinds(report) == {Odd.ROW_MISSING}


def test_figures_beside_the_input_were_moved(tmp_path: Path) -> None:
    """A wide input of table two looks like one cell over three: a number in the second of them."""

    def damage(workbook: Any) -> None:
        sheet = workbook[DISCLOSURE]
        sheet["C10"].value, sheet["D10"].value = None, 290

    report = with_openpyxl(tmp_path, damage)
    (moved,) = told(report, Odd.MOVED)
    assert moved.places == (Place(DISCLOSURE, "C10"), Place(DISCLOSURE, "D10"))


def test_a_case_table_whose_groups_are_told_by_what_stands_above(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[CASES]
        sheet.delete_rows(2)  # the column keys
        sheet.delete_cols(9)  # 未经复议直接起诉 · 其他结果

    report = with_openpyxl(tmp_path, damage)
    (missing,) = told(report, Odd.COLUMN_MISSING)
    assert missing.words["label"] == "行政诉讼·未经复议直接起诉·其他结果"
    assert report.facts[key("cases/count/after_review.other")].value == 1
    assert report.facts[key("cases/count/review.upheld")].value == 2
    assert told(report, Odd.READ_BY_LABELS)


def test_shared_formulas_are_written_out_by_openpyxl(tmp_path: Path) -> None:
    """Excel writes a filled-down formula once and refers to it."""
    path = copy(tmp_path)
    part = sheet_part(path, REQUESTS)

    def share(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        first = b'<f t="shared" ref="K6:K8" si="0">SUM(E6:J6)</f>'
        data = data.replace(b"<f>SUM(E6:J6)</f>", first)
        for row in (b"7", b"8"):
            data = data.replace(b"<f>SUM(E%s:J%s)</f>" % (row, row), b'<f t="shared" si="0"/>')
        return data

    report = read_workbook(with_zip(path, share))
    assert report.oddities == () and values(report) == values(balanced())


def test_an_input_may_hold_a_formula(tmp_path: Path) -> None:
    path = copy(tmp_path)
    part = sheet_part(path, REQUESTS)

    def calculated(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        at = data.index(b"<v>", data.index(b'<c r="E6"'))
        return data[:at] + b"<f>30+3</f>" + data[at:]

    report = read_workbook(with_zip(path, calculated))
    assert report.facts[key("requests/received/natural")].value == 33
    assert report.facts[key("requests/received/natural")].source is Source.FORMULA
    assert report.oddities == ()


@pytest.mark.parametrize(
    ("formula", "value"), [("=30+3", 33), ("= 40 - 7", 33), ("=SUM(F6:J6)+E8-1", 11), ("=E8", 12), ("=1.5", None)]
)
def test_an_input_formula_without_a_result_is_computed_if_it_only_adds(
    tmp_path: Path, formula: str, value: int | None
) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook[REQUESTS].__setitem__("E6", formula))
    fact = report.facts[key("requests/received/natural")]
    assert (fact.value, fact.flaw) == (value, None if value else Flaw.FRACTION)
    assert fact.key in told(report, Odd.NEVER_CALCULATED)[0].keys


@pytest.mark.parametrize("formula", ["=30*3", "=K7", "=VLOOKUP(1,A:B,2)", "=B6+1", "=SUM(A1:ZZ99999)", "=1+", "=-"])
def test_an_input_formula_that_cannot_be_computed_is_no_number_yet(tmp_path: Path, formula: str) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook[REQUESTS].__setitem__("E6", formula))
    fact = report.facts[key("requests/received/natural")]
    assert (fact.value, fact.flaw, fact.raw, fact.read_as) == (None, Flaw.WORDS, formula, UNCALCULATED)
    (error,) = check(report).errors
    assert error.code == "GIA106" and f"“{formula}”是公式，尚未计算" in error.message


def test_a_table_of_2024_that_still_prints_other_processing_as_one_row(tmp_path: Path) -> None:
    """23 rows instead of 25: common in 2021 to 2024. The single row is read as the last of the three."""
    import xlsxwriter

    form, seed = load_form("2021"), load_seed("001")
    book = xlsxwriter.Workbook(tmp_path / "单位.xlsx")
    for table in form.tables:
        sheet = book.add_worksheet()
        gone = [box.top for box in boxes(table) if box.line and box.line.key.startswith("outcome.other.")]
        for box in boxes(table):
            top = box.top - sum(row <= box.top for row in gone[1:])
            if box.key and box.key.row.startswith("outcome.other.") and not box.key.row.endswith(".other"):
                continue
            if box.line and box.line.key.startswith("outcome.other."):
                continue
            if box.key:
                sheet.write(top, box.left, seed.facts[box.key].value)
            else:
                sheet.write(top, box.left, box.text)
    book.close()
    report = read_workbook(tmp_path / "单位.xlsx")
    assert report.facts[key("requests/outcome.other.other/natural")].value == 2
    assert report.facts[key("requests/carried_out/natural")].value == 3
    assert report.labels == () and kinds(report) == {Odd.ROW_OF_OLD, Odd.READ_BY_LABELS, Odd.SHEET_MISSING}
    (old,) = told(report, Odd.ROW_OF_OLD)
    assert len(old.keys) == 14 and all(report.facts[k].flaw is Flaw.BLANK for k in old.keys)
    (form_told,) = (d for d in check(report).diagnostics if d.keys == old.keys)
    assert form_told.code == "GIA601" and "“(六)其他处理”只有一行" in form_told.message


def test_a_workbook_of_sixty_one_sheets_is_none_of_ours(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for _ in range(60):
        book.create_sheet()
    book.save(tmp_path / "多.xlsx")
    with pytest.raises(GiaError, match="61 张工作表"):
        read_workbook(tmp_path / "多.xlsx")
