"""What people do to spreadsheets: each case makes its damage with a real tool and states what is read and told.

The numbers are those of the table of cases; a file saved by openpyxl has forgotten every result, so that one note of
NEVER_CALCULATED goes with it and is not repeated in each case.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Protection

from gia_xlsx.errors import GiaError
from gia_xlsx.report import Flaw, Odd, Place, Report, Source
from gia_xlsx.rules import check
from gia_xlsx.workbook.read import read_workbook
from tests.damage import (
    CASES,
    COVER,
    DISCLOSURE,
    REQUESTS,
    balanced,
    cell,
    copy,
    key,
    kinds,
    original,
    sheet_part,
    soffice,
    told,
    value_in_xml,
    values,
    with_openpyxl,
    with_zip,
)

RECEIVED, RECEIVED_TOTAL = "requests/received/natural", "requests/received/total"


def put(sheet: str, address: str, value: object) -> Any:
    return lambda workbook: workbook[sheet].__setitem__(address, value)


def everything_but(report: Report, *changed: str) -> None:
    """Every fact is the one of the original, but those named and the totals over them."""
    then = values(balanced())
    differing = {k for k, value in values(report).items() if value != then[k]}
    assert differing <= set(changed)


def test_an_untouched_workbook_has_nothing_odd() -> None:
    report = read_workbook(original())
    assert values(report) == values(balanced())
    assert report.oddities == () and report.labels == () and report.headings == {}
    assert report.facts[key(RECEIVED)].place == Place(REQUESTS, "E6")
    assert report.facts[key(RECEIVED_TOTAL)].source is Source.FORMULA


def test_the_second_reading_in_one_process_is_the_same() -> None:
    assert read_workbook(original()) == read_workbook(original())


# 1-3: results and formulas


def test_case_01_results_empty(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: None)
    assert [oddity.kind for oddity in report.oddities] == [Odd.NEVER_CALCULATED]
    everything_but(report)


def test_case_01_a_writer_left_zeros(tmp_path: Path) -> None:
    path = copy(tmp_path)
    for address in ("E6", "E7"):
        value_in_xml(path, REQUESTS, address, "5")
    part = sheet_part(path, REQUESTS)

    def forget(name: str, data: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return data
        pieces = data.split(b"</f><v>")
        return b"</f><v>".join([pieces[0], *(b"0" + piece[piece.index(b"</v>") :] for piece in pieces[1:])])

    report = read_workbook(with_zip(path, forget))
    assert part and [oddity.kind for oddity in report.oddities] == [Odd.NEVER_CALCULATED]
    assert report.facts[key(RECEIVED_TOTAL)].value == 5


def test_case_02_one_result_is_old(tmp_path: Path) -> None:
    report = read_workbook(value_in_xml(copy(tmp_path), REQUESTS, "E6", "35"))
    (stale,) = told(report, Odd.STALE)
    assert (stale.words["cached"], stale.words["computed"]) == ("33", "35")
    assert "没有重新计算" in stale.words["cause"]
    assert stale.places == (Place(REQUESTS, "K6"),)
    assert report.facts[key(RECEIVED_TOTAL)].value == 35


def test_case_03_a_total_typed_over_with_the_same_number(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, put(REQUESTS, "K6", 33))
    (typed,) = told(report, Odd.TYPED_OVER)
    assert typed.places == (Place(REQUESTS, "K6"),) and typed.words == {"typed": "33"}
    assert report.facts[key(RECEIVED_TOTAL)].source is Source.TYPED


def test_case_03_a_total_typed_over_with_another_number_states_that_number(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, put(REQUESTS, "K6", 40))
    assert kinds(report) == set()
    fact = report.facts[key(RECEIVED_TOTAL)]
    assert (fact.value, fact.source) == (40, Source.TYPED)


def test_case_03_a_formula_replaced_by_another(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, put(REQUESTS, "K6", "=SUM(E6:I6)"))
    (changed,) = told(report, Odd.FORMULA_CHANGED)
    assert (changed.words["found"], changed.words["expected"]) == ("=SUM(E6:I6)", "=SUM(E6:J6)")


@pytest.mark.parametrize(
    ("formula", "stated"), [(b"SUM(E6:J6)+10", 43), (b"SUM(E6:I6)", 33), (b"E6+F6+G6+H6+I6+J6", 33)]
)
def test_case_03_a_total_states_what_its_own_formula_gave(tmp_path: Path, formula: bytes, stated: int) -> None:
    path = copy(tmp_path)
    part = sheet_part(path, REQUESTS)

    def rewrite(name: str, data: bytes) -> bytes:
        was = b"<f>SUM(E6:J6)</f><v>33</v>"
        assert name != part or was in data
        return data.replace(was, b"<f>%s</f><v>%d</v>" % (formula, stated)) if name == part else data

    report = read_workbook(with_zip(path, rewrite))
    fact = report.facts[key(RECEIVED_TOTAL)]
    assert (fact.value, fact.source) == (stated, Source.FORMULA)
    assert not told(report, Odd.STALE)
    assert bool(told(report, Odd.FORMULA_CHANGED)) is (b"SUM" in formula)
    told_codes = {diagnostic.code for diagnostic in check(report).errors}
    assert ("GIA203" in told_codes) is (stated != 33)


# 4-8: what stands in a number cell


@pytest.mark.parametrize("raw", ["33", "３３", "'33", "1,024", " 33 ", "\u300033\u200b"])
def test_case_04_and_05_numbers_as_text(tmp_path: Path, raw: str) -> None:
    def damage(workbook: Any) -> None:
        workbook[REQUESTS]["E6"].value = raw.removeprefix("'")
        workbook[REQUESTS]["E6"].data_type = "s"

    fact = with_openpyxl(tmp_path, damage).facts[key(RECEIVED)]
    assert (fact.value, fact.flaw) == (1024 if "," in raw else 33, Flaw.TEXT)
    assert fact.raw == raw.removeprefix("'")


def test_case_04_the_sheets_own_total_skipped_the_text(tmp_path: Path) -> None:
    """As Excel saves it: 33 as text in E6, so that the sums of its row and of nothing else are short."""
    path = copy(tmp_path)
    part = sheet_part(path, REQUESTS)

    def as_text(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        start = data.index(b'<c r="E6"')
        end = data.index(b"</c>", start) + 4
        style = data[start:end].split(b'" s="')[1].split(b'"')[0]
        data = data[:start] + b'<c r="E6" s="' + style + b'" t="inlineStr"><is><t>33</t></is></c>' + data[end:]
        start = data.index(b"<v>", data.index(b'<c r="K6"')) + 3
        return data[:start] + b"0" + data[data.index(b"</v>", start) :]

    report = read_workbook(with_zip(path, as_text))
    (stale,) = told(report, Odd.STALE)
    assert "文本形式" in stale.words["cause"] and stale.keys == (key(RECEIVED_TOTAL),)
    assert report.facts[key(RECEIVED_TOTAL)].value == 33


@pytest.mark.parametrize(
    ("address", "of", "raw", "value", "flaw"),
    [
        ("E6", RECEIVED, "5件", 5, Flaw.UNIT),
        ("E6", RECEIVED, "约5", None, Flaw.WORDS),
        ("E6", RECEIVED, "5余", None, Flaw.WORDS),
        ("E6", RECEIVED, "增5", None, Flaw.SIGNED),
        ("E6", RECEIVED, "/", None, Flaw.DASH),
        ("E6", RECEIVED, "—", None, Flaw.DASH),
        ("E6", RECEIVED, "无", None, Flaw.DASH),
        ("E6", RECEIVED, "N/A", None, Flaw.DASH),
        ("E6", RECEIVED, "\u3000\u00a0", None, Flaw.BLANK),
        ("E6", RECEIVED, None, None, Flaw.BLANK),
        ("E6", RECEIVED, -3, -3, Flaw.NEGATIVE),
        ("E6", RECEIVED, 1.5, None, Flaw.FRACTION),
        ("E6", RECEIVED, "1e3", None, Flaw.SCIENTIFIC),
        ("E6", RECEIVED, True, None, Flaw.BOOLEAN),
        ("E6", RECEIVED, 1e300, None, Flaw.HUGE),
        ("fees", "disclosure/fees/amount", "397265元", None, Flaw.OTHER_UNIT),
        ("fees", "disclosure/fees/amount", 1.23456, Decimal("1.23456"), Flaw.PRECISE),
    ],
)
def test_case_06_to_08_what_is_not_a_plain_number(
    tmp_path: Path, address: str, of: str, raw: object, value: object, flaw: Flaw
) -> None:
    sheet = DISCLOSURE if address == "fees" else REQUESTS
    fact = with_openpyxl(tmp_path, put(sheet, cell(of), raw)).facts[key(of)]
    assert (fact.value, fact.flaw) == (value, flaw)


def test_case_06_another_unit_is_never_converted_but_the_conversion_is_proposed(tmp_path: Path) -> None:
    of = "disclosure/fees/amount"
    fact = with_openpyxl(tmp_path, put(DISCLOSURE, cell(of), "397265元")).facts[key(of)]
    assert fact.value is None and fact.read_as.startswith("39.7265")


def test_case_08_a_number_that_became_a_date_or_a_percentage(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[REQUESTS]
        sheet["E6"] = datetime.date(2024, 3, 5)
        sheet["E6"].number_format = "m月d日"
        sheet["E7"].number_format = "0%"
        sheet["E8"].value, sheet["E8"].number_format = 0.5, "0.0"
        sheet["E9"].value, sheet["E9"].number_format = 1e3, "0.00E+00"  # 1e3 as Excel takes it

    report = with_openpyxl(tmp_path, damage)
    rows = ("received", "carried_in", "outcome.granted", "outcome.partial")
    date, percent, fraction, scientific = (report.facts[key(f"requests/{row}/natural")] for row in rows)
    assert (scientific.flaw, scientific.value) == (Flaw.SCIENTIFIC, None)
    assert scientific.read_as == "1000（数字格式 0.00E+00）"
    assert (date.flaw, date.read_as) == (Flaw.DATE, "45356（数字格式 m月d日）")
    assert (percent.flaw, percent.value, percent.read_as) == (Flaw.PERCENT, None, "4（数字格式 0%）")
    assert (fraction.flaw, fraction.read_as) == (Flaw.FRACTION, "0.5（数字格式 0.0）")


# 9: errors


def test_case_09_only_the_first_faulty_input_is_named(tmp_path: Path) -> None:
    """LibreOffice calculates: the error of one input runs into three totals and all checks over them."""
    path = copy(tmp_path)
    workbook = openpyxl.load_workbook(path)
    workbook[REQUESTS]["E8"] = "=1/0"
    workbook.save(path)
    report = read_workbook(soffice("xlsx:Calc MS Excel 2007 XML", path) / path.name)
    broken = report.facts[key("requests/outcome.granted/natural")]
    assert (broken.flaw, broken.read_as, broken.place) == (Flaw.ERROR, "#DIV/0!", Place(REQUESTS, "E8"))
    assert [fact.key for fact in report.facts.values() if fact.flaw is Flaw.ERROR] == [broken.key]
    assert report.facts[key("requests/outcome.total/natural")].value == 22
    assert kinds(report) <= {Odd.HIDDEN}


# 10-13: rows and columns


def test_case_10_row_deleted(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook[REQUESTS].delete_rows(7))
    (missing,) = told(report, Odd.ROW_MISSING)
    assert missing.words["label"] == "二、上年结转政府信息公开申请数量"
    assert missing.places == (Place(REQUESTS, "B7"),)
    assert missing.keys == tuple(k for k in report.form.cells if k.row == "carried_in")
    assert report.facts[key("requests/carried_in/natural")].flaw is Flaw.BLANK
    assert report.facts[key("requests/outcome.granted/natural")].value == 12
    assert report.facts[key("requests/outcome.granted/natural")].place == Place(REQUESTS, "E7")
    assert len(report.facts) == len(report.form.cells)


def test_case_10_column_deleted(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook[REQUESTS].delete_cols(6))
    (missing,) = told(report, Odd.COLUMN_MISSING)
    assert missing.words["label"].endswith("商业企业") and len(missing.keys) == 25
    assert report.facts[key("requests/received/legal.business")].flaw is Flaw.BLANK
    assert report.facts[key(RECEIVED)].value == 33


def test_case_11_rows_and_columns_inserted_and_a_note_typed(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[REQUESTS]
        sheet.insert_rows(8, 2)
        sheet["C8"] = "以下由法规科填写"
        sheet.insert_cols(5)

    report = with_openpyxl(tmp_path, damage)
    then = {k: value for k, value in values(balanced()).items() if key(k) not in report.form.totals}
    assert {k: values(report)[k] for k in then} == then
    (stray,) = told(report, Odd.STRAY)
    assert stray.places == (Place(REQUESTS, "C8"),) and "以下由法规科填写" in stray.words["text"]
    assert report.facts[key("requests/outcome.granted/natural")].place == Place(REQUESTS, "F10")


def test_case_12_cut_and_paste_moved_an_input(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook[REQUESTS].move_range("E6", rows=0, cols=9))
    (moved,) = told(report, Odd.MOVED)
    assert moved.places == (Place(REQUESTS, "E6"), Place(REQUESTS, "N6")) and moved.keys == (key(RECEIVED),)
    assert report.facts[key(RECEIVED)].flaw is Flaw.BLANK
    assert not told(report, Odd.STRAY)


def test_case_13_rows_sorted_without_the_hidden_keys(tmp_path: Path) -> None:
    """The eight refusals in reverse order, labels with their figures; column A was not selected."""

    def damage(workbook: Any) -> None:
        sheet = workbook[REQUESTS]
        sheet["E10"] = 7  # 属于国家秘密
        rows = [[sheet.cell(row, col).value for col in range(4, 11)] for row in range(10, 18)]
        for row, line in zip(range(10, 18), reversed(rows), strict=True):
            for col, value in enumerate(line, 4):
                sheet.cell(row, col).value = value

    report = with_openpyxl(tmp_path, damage)
    secret = report.facts[key("requests/outcome.refused.secret/natural")]
    assert (secret.value, secret.place) == (7, Place(REQUESTS, "E17"))
    (told_once,) = told(report, Odd.KEY_DISAGREES)
    assert len(told_once.places) == 8 and "等8处" in told_once.words["found"]


def test_case_13_two_labels_swapped(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[REQUESTS]
        sheet["D10"].value, sheet["D11"].value = sheet["D11"].value, sheet["D10"].value

    report = with_openpyxl(tmp_path, damage)
    first, second = told(report, Odd.KEY_DISAGREES)
    assert first.words == {"expected": "1.属于国家秘密", "found": "2.其他法律行政法规禁止公开"}
    assert first.places == (Place(REQUESTS, "D10"),) and second.places == (Place(REQUESTS, "D11"),)


@pytest.mark.parametrize(
    ("words", "near"), [("1.属于国家机密", True), ("国家秘密类申请数", False), (0, False), (None, False)]
)
def test_case_13_a_label_edited(tmp_path: Path, words: object, near: bool) -> None:
    report = with_openpyxl(tmp_path, put(REQUESTS, "D10", words))
    (label,) = report.labels
    assert (label.line, label.place, label.near) == ("outcome.refused.secret", Place(REQUESTS, "D10"), near)
    assert label.found == ("" if words is None else str(words))
    everything_but(report)


@pytest.mark.parametrize("words", ["１．属于 国家秘密", "1、属于国家秘密", "1.属于国\n家秘密"])
def test_case_13_spacing_and_brackets_are_no_difference(tmp_path: Path, words: str) -> None:
    report = with_openpyxl(tmp_path, put(REQUESTS, "D10", words))
    assert report.labels == () and kinds(report) == set()


def test_case_13_a_row_stands_twice(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[REQUESTS]
        sheet.insert_rows(7)
        for col in range(1, 12):
            sheet.cell(7, col).value = sheet.cell(6, col).value

    report = with_openpyxl(tmp_path, damage)
    (twice,) = told(report, Odd.LINE_TWICE)
    assert twice.words["label"] == "一、本年新收政府信息公开申请数量"
    assert [place.cell for place in twice.places] == ["B6", "B7"]
    assert kinds(report) == {Odd.LINE_TWICE}  # neither its figures nor the formulas over them are told again
    assert report.facts[key(RECEIVED)].value == 33


# 14: sheets


def test_case_14_renamed_moved_and_hidden_sheets_are_read(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        workbook[REQUESTS].title = "Sheet1"
        workbook.move_sheet("Sheet1", -6)
        workbook[CASES].sheet_state = "hidden"

    report = with_openpyxl(tmp_path, damage)
    everything_but(report)
    assert report.facts[key(RECEIVED)].place == Place("Sheet1", "E6")
    (hidden,) = told(report, Odd.HIDDEN)
    assert CASES in hidden.words["what"]


@pytest.mark.parametrize("differ", [False, True])
def test_case_14_a_twin(tmp_path: Path, differ: bool) -> None:
    def damage(workbook: Any) -> None:
        twin = workbook.copy_worksheet(workbook[REQUESTS])
        if differ:
            twin["E6"] = 34

    report = with_openpyxl(tmp_path, damage)
    (twin,) = told(report, Odd.SHEET_TWIN)
    assert twin.words["sheets"] == (REQUESTS, f"{REQUESTS} Copy") and twin.words["differ"] is differ
    assert report.facts[key(RECEIVED)].value == 33


def test_case_14_an_extra_sheet_and_a_missing_one(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        workbook.create_sheet("底稿")["A1"] = 5
        del workbook["五、问题及改进"]
        del workbook[CASES]

    report = with_openpyxl(tmp_path, damage)
    assert [oddity.words["sheet"] for oddity in told(report, Odd.SHEET_EXTRA)] == ["底稿"]
    assert [oddity.words["heading"] for oddity in told(report, Odd.SHEET_MISSING)] == [
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
    ]
    assert report.facts[key("cases/count/review.total")].flaw is Flaw.BLANK


# 15: another layout


def test_case_15_keys_gone(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[REQUESTS]
        sheet.delete_rows(2)
        sheet.delete_cols(1)

    report = with_openpyxl(tmp_path, damage)
    assert [oddity.words["sheet"] for oddity in told(report, Odd.READ_BY_LABELS)] == [REQUESTS]
    inputs = [k for k in report.form.inputs if k.table == "requests"]
    assert [report.facts[k].value for k in inputs] == [balanced().facts[k].value for k in inputs]
    assert report.facts[key(RECEIVED)].place == Place(REQUESTS, "D5")


def foreign(path: Path, form: str = "2021") -> Path:
    """An office's own layout by xlsxwriter: all three tables on one sheet, no keys, labels with other punctuation."""
    import xlsxwriter

    from gia_xlsx import grid
    from gia_xlsx.form import load_form
    from tests.seeds import load_seed

    report = load_seed("001" if form == "2021" else "002")
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("年报表")
    row = 3
    for table in load_form(form).tables:
        sheet.write(row, 2, table.heading)
        for box in grid.boxes(table):
            at = row + 1 + box.top, 2 + box.left
            if box.key:
                fact = report.facts[box.key]
                sheet.write(*at, fact.raw if fact.value is None else fact.value)
            elif box.height * box.width > 1:
                sheet.merge_range(*at, at[0] + box.height - 1, at[1] + box.width - 1, box.text)
            else:
                sheet.write(*at, box.text.replace("(", "（").replace(")", "） "))
        row += grid.shape(table).rows + 3
    book.close()
    return path


@pytest.mark.parametrize(("form", "seed"), [("2021", "001"), ("2019", "002")])
def test_case_15_an_offices_own_layout(tmp_path: Path, form: str, seed: str) -> None:
    from tests.seeds import load_seed

    report = read_workbook(foreign(tmp_path / "本单位.xlsx", form))
    assert report.form.form == form
    then = load_seed(seed)
    assert {k: f.value for k, f in report.facts.items()} == {k: f.value for k, f in then.facts.items()}
    assert {oddity.words["sheet"] for oddity in told(report, Odd.READ_BY_LABELS)} == {"年报表"}
    assert kinds(report) == {Odd.READ_BY_LABELS, Odd.SHEET_MISSING}  # nothing is taken for a stray
    assert told(report, Odd.SHEET_MISSING)[0].words["heading"] == COVER
    assert report.cover.organ == "" and report.cover.year is None


def test_case_15_a_workbook_of_something_else(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "工资表"
    book.save(tmp_path / "工资.xlsx")
    with pytest.raises(GiaError, match=r"工资.xlsx：.*找不到.*三张法定表格.*gia-xlsx new"):
        read_workbook(tmp_path / "工资.xlsx")


# 16-19: names, links, merges, protection, hidden lines


def test_case_16_foreign_names_and_external_links(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        workbook[REQUESTS]["E6"] = "=[1]Sheet1!$A$1"
        workbook.defined_names["收入"] = openpyxl.workbook.defined_name.DefinedName("收入", attr_text="#REF!")

    report = with_openpyxl(tmp_path, damage)
    (link,) = told(report, Odd.EXTERNAL_LINK)
    assert link.keys == (key(RECEIVED),) and link.words["formula"] == "=[1]Sheet1!$A$1"


def test_case_17_merges_over_inputs(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, lambda workbook: workbook[REQUESTS].merge_cells("E6:G7"))
    (merged,) = told(report, Odd.MERGED)
    assert merged.words["range"] == "E6:G7" and merged.places == (Place(REQUESTS, "E6"),)
    assert {str(k) for k in merged.keys} == {
        "requests/received/legal.business",
        "requests/received/legal.research",
        "requests/carried_in/natural",
        "requests/carried_in/legal.business",
        "requests/carried_in/legal.research",
    }


def test_case_18_protection_validation_and_formats_gone(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        for sheet in workbook:
            sheet.protection.sheet = False
            sheet.data_validations.dataValidation.clear()
            sheet.conditional_formatting = type(sheet.conditional_formatting)()
            for row in sheet.iter_rows():
                for one in row:
                    one.style = "Normal"
                    one.protection = Protection(locked=False)

    def protection_off(name: str, data: bytes) -> bytes:
        start = data.find(b"<sheetProtection")
        return data if start < 0 else data[:start] + data[data.index(b">", start) + 1 :]

    with_openpyxl(tmp_path, damage)
    report = read_workbook(with_zip(tmp_path / original().name, protection_off))
    everything_but(report)
    (gone,) = told(report, Odd.PROTECTION_GONE)
    assert gone.words["sheet"] == f"{DISCLOSURE}、{REQUESTS}、{CASES}"
    assert kinds(report) == {Odd.PROTECTION_GONE}


def test_case_19_hidden_filtered_and_grouped_lines_are_read(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[REQUESTS]
        sheet.row_dimensions[6].hidden = True
        sheet.row_dimensions.group(8, 9, hidden=True)
        sheet.column_dimensions["F"].hidden = True
        sheet["E7"].font = openpyxl.styles.Font(color="FFFFFF")
        sheet["E7"].fill = openpyxl.styles.PatternFill()
        sheet["G9"].font = openpyxl.styles.Font(color=openpyxl.styles.colors.Color(theme=0))
        sheet["G9"].fill = openpyxl.styles.PatternFill()

    report = with_openpyxl(tmp_path, damage)
    everything_but(report)
    assert [oddity.words["what"] for oddity in told(report, Odd.HIDDEN)] == ["第6、8、9行", "F列", "E7、G9的白色字"]


# 20: dimensions


def test_case_20_a_used_range_to_the_last_corner(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, put(REQUESTS, "XFD1048576", "x"))
    everything_but(report)
    assert kinds(report) == set()


def test_case_20_a_dimension_of_one_cell(tmp_path: Path) -> None:
    path = copy(tmp_path)
    part = sheet_part(path, REQUESTS)

    def lie(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        start = data.index(b"<dimension")
        return data[:start] + b'<dimension ref="A1"/>' + data[data.index(b"/>", start) + 2 :]

    everything_but(read_workbook(with_zip(path, lie)))


def test_case_20_the_last_corner_and_a_dimension_of_one_cell(tmp_path: Path) -> None:
    path = copy(tmp_path)
    part = sheet_part(path, REQUESTS)

    def lie(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        start = data.index(b"<dimension")
        data = data[:start] + b'<dimension ref="A1"/>' + data[data.index(b"/>", start) + 2 :]
        return data.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')

    report = read_workbook(with_zip(path, lie))
    everything_but(report)
    assert report.facts[key(RECEIVED_TOTAL)].source is Source.FORMULA and report.oddities == ()


# 21: other kinds of file


@cache
def saved_by_libreoffice(target: str, suffix: str) -> Report:
    return read_workbook(soffice(target, original()) / f"{original().stem}.{suffix}")


@pytest.mark.parametrize(("target", "suffix"), [("ods", "ods"), ("xls:MS Excel 97", "xls")])
def test_case_21_other_kinds_are_read(target: str, suffix: str) -> None:
    report = saved_by_libreoffice(target, suffix)
    everything_but(report)
    assert [oddity.words["kind"] for oddity in told(report, Odd.OTHER_KIND)] == [f".{suffix}"]
    assert report.cover.organ == "盘州市人民政府" and report.cover.type == "county"
    assert len(report.paragraphs) == len(balanced().paragraphs)
    assert kinds(report) == {Odd.OTHER_KIND}


def test_case_21_resaved_by_libreoffice() -> None:
    report = saved_by_libreoffice("xlsx:Calc MS Excel 2007 XML", "xlsx")
    everything_but(report)
    assert report.oddities == () and report.labels == ()


def test_case_21_the_extension_does_not_matter(tmp_path: Path) -> None:
    everything_but(read_workbook(copy(tmp_path, "年报.XLSX")))
    everything_but(read_workbook(copy(tmp_path, "年报.xls")))


# 22: versions and the cover


def marks(version: str, form: str = "2021") -> Any:
    def damage(name: str, data: bytes) -> bytes:
        return data.replace(b"gia-xlsx/1/2021/", f"gia-xlsx/{version}/{form}/".encode())

    return damage


def test_case_22_a_future_version(tmp_path: Path) -> None:
    with pytest.raises(GiaError, match=r"更新版本.*请升级"):
        read_workbook(with_zip(copy(tmp_path), marks("2")))


def test_case_22_an_old_version(tmp_path: Path) -> None:
    report = read_workbook(with_zip(copy(tmp_path), marks("0")))
    everything_but(report)
    assert [oddity.words["version"] for oddity in told(report, Odd.OLD_VERSION)] == [0]


def test_case_22_a_form_that_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(GiaError, match=r"2030.*请升级"):
        read_workbook(with_zip(copy(tmp_path), marks("1", "2030")))


def test_case_22_the_cover_as_typed(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        sheet = workbook[COVER]
        for row in range(6, 15):
            sheet.cell(row, 3).value = {
                "organ": " 盘州市人民政府\u3000", "type": "county", "year": "2024年", "scope": "本市", "title": "标题",
                "contact": "办公室\n电话", "signature": "某市", "date": "2025年1月20日", "blank_is_zero": "是",
            }[sheet.cell(row, 1).value]  # fmt: skip

    cover = with_openpyxl(tmp_path, damage).cover
    assert (cover.organ, cover.type, cover.year, cover.scope) == ("盘州市人民政府", "county", 2024, "")
    assert cover.raw == {"scope": "本市"} and cover.blank_is_zero and cover.contact == "办公室\n电话"
    assert cover.places["year"] == Place(COVER, "C8")


def test_case_22_a_year_that_is_none(tmp_path: Path) -> None:
    cover = with_openpyxl(tmp_path, put(COVER, "C8", "去年")).cover
    assert cover.year is None and cover.raw == {"year": "去年"}


# 23: blank forms


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_case_23_an_empty_form_is_all_blanks_and_nothing_odd(tmp_path: Path, form: str) -> None:
    from gia_xlsx.form import load_form
    from gia_xlsx.report import Cover
    from gia_xlsx.workbook.write import write_workbook

    write_workbook(tmp_path / "空表.xlsx", load_form(form), Cover(organ="甲镇", type="township", year=2024))
    report = read_workbook(tmp_path / "空表.xlsx")
    assert all(fact.value is None for fact in report.facts.values())
    assert all(report.facts[k].flaw is Flaw.BLANK for k in report.form.inputs)
    assert all(report.facts[k].flaw is None for k in report.form.totals)
    assert report.oddities == ()


def test_case_23_a_half_empty_form_sums_what_is_there(tmp_path: Path) -> None:
    report = with_openpyxl(tmp_path, put(REQUESTS, "F6", None))
    assert report.facts[key("requests/received/legal.business")].flaw is Flaw.BLANK
    assert report.facts[key(RECEIVED_TOTAL)].value == 33
    assert kinds(report) == set()


# 25: text


def test_case_25_text_is_kept_cleaned_and_never_run(tmp_path: Path) -> None:
    path = copy(tmp_path)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["六、其他事项"]
    for row, words in enumerate(("第一行\n第二行 <b>&", "x_x000D_\ny", "{{ 坏 }", "=1+1", "长" * 32_767), 4):
        sheet.cell(row, 2).value = words
        if words.startswith("="):
            sheet.cell(row, 2).data_type = "s"
    sheet["B10"] = "=1+1"
    workbook.save(path)
    report = read_workbook(path)
    texts = {p.place.cell: p.text for p in report.in_section("other") if p.place}
    assert texts["B4"] == "第一行\n第二行 <b>&" and texts["B5"] == "x\ny"
    assert texts["B6"] == "{{ 坏 }" and texts["B7"] == "=1+1" and len(texts["B8"]) == 32_767
    assert texts["B10"] == "=1+1"  # a formula without a result: its words, never its value


def test_case_25_control_characters_are_cleaned_and_told(tmp_path: Path) -> None:
    path = copy(tmp_path)
    workbook = openpyxl.load_workbook(path)
    workbook["六、其他事项"]["B4"] = "甲_x0007_乙_x000B_丙"
    workbook.save(path)
    report = read_workbook(path)
    assert next(p.text for p in report.in_section("other")) == "甲乙丙"
    (cleaned,) = told(report, Odd.CLEANED)
    assert cleaned.places == (Place("六、其他事项", "B4"),) and "2 个控制字符" in cleaned.words["what"]


def test_case_25_the_heading_of_a_section_changed(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        workbook["五、问题及改进"]["A1"] = "五、存在问题及改进情况"
        workbook[CASES]["B1"] = "四、复议诉讼情况"

    report = with_openpyxl(tmp_path, damage)
    assert report.headings == {"problems": "五、存在问题及改进情况", "cases": "四、复议诉讼情况"}


def test_narrative_rows_inserted_and_the_hidden_column_gone(tmp_path: Path) -> None:
    def damage(workbook: Any) -> None:
        for sheet in workbook:
            if sheet["D3"].value == "head":
                sheet.insert_rows(5)
        workbook["一、总体情况"].delete_cols(4)

    report = with_openpyxl(tmp_path, damage)
    assert [(p.section, p.heading, p.text) for p in report.paragraphs] == [
        (p.section, p.heading.strip(), p.text.strip()) for p in balanced().paragraphs
    ]
