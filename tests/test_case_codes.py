"""The table of what people do to spreadsheets, from the damage to the codes a filer is told: one line a case."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gia_xlsx import batch
from gia_xlsx.rules import check
from tests.damage import CASES, COVER, DISCLOSURE, REQUESTS, cell, copy, with_openpyxl

OF_THE_TEXT = "GIA3"  # what the words of this real report deserve is told in test_verdicts
NEVER_CALCULATED = "GIA137"  # openpyxl forgets every result
FEES = cell("disclosure/fees/amount")


def put(value: object, address: str = "E6", sheet: str = REQUESTS, shown: str = "") -> Any:
    def damage(book: Any) -> None:
        one = book[sheet][address]
        one.value = value
        if shown:
            one.number_format = shown
        elif isinstance(value, str) and value.startswith("'"):
            one.value = value[1:]

    return damage


def double_row(book: Any) -> None:
    sheet = book[REQUESTS]
    sheet.insert_rows(7)
    for column in range(1, 12):
        sheet.cell(7, column).value = sheet.cell(6, column).value


def swap_labels(book: Any) -> None:
    sheet = book[REQUESTS]
    sheet["D10"].value, sheet["D11"].value = sheet["D11"].value, sheet["D10"].value


def twin(book: Any) -> None:
    book.copy_worksheet(book[REQUESTS])["E6"] = 34


def hide(book: Any) -> None:
    book[REQUESTS].row_dimensions[6].hidden = True


TABLE: dict[str, tuple[Any, set[str]]] = {
    "01 results forgotten": (lambda book: None, set()),
    "01 an input that only adds": (put("=30+3"), set()),
    "01 an input that cannot be computed": (put("=30*3"), {"GIA106"}),
    "03 a total typed over, equal": (put(33, "K6"), {"GIA139"}),
    "03 a total typed over, different": (put(40, "K6"), {"GIA203"}),
    "03 another formula, equal": (put("=SUM(E6:I6)", "K6"), {"GIA140"}),
    "03 another formula, different": (put("=SUM(E6:J6)+10", "K6"), {"GIA203"}),
    "04 text": (put("３３"), {"GIA103"}),
    "06 the same unit": (put("33件"), {"GIA104"}),
    "06 another counter": (put("33次"), {"GIA105"}),
    "06 元 under 万元": (put("397265元", FEES, DISCLOSURE), {"GIA105"}),
    "06 增 where none belongs": (put("增33"), {"GIA107"}),
    "06 words": (put("约33"), {"GIA106"}),
    "06 a footnote mark": (put("33①"), {"GIA106"}),
    "07 blank": (put(None), {"GIA101"}),
    "07 暂无": (put("暂无"), {"GIA102"}),
    "08 negative": (put(-3), {"GIA108"}),
    "08 not whole": (put(1.5), {"GIA109"}),
    "08 1e3 typed as text": (put("1e3"), {"GIA110"}),
    "08 1e3 typed as a number": (put(1000, shown="0.00E+00"), {"GIA110"}),
    "08 a boolean": (put(True), {"GIA110"}),
    "08 a date": (put(datetime.date(2024, 3, 5)), {"GIA110"}),
    "08 a percentage": (put(0.33, shown="0%"), {"GIA110"}),
    "10 a row deleted": (lambda book: book[REQUESTS].delete_rows(7), {"GIA122"}),
    "10 a column deleted": (lambda book: book[REQUESTS].delete_cols(6), {"GIA123"}),
    "11 a note beside the table": (put("已核对", "P9"), {"GIA126"}),
    "12 an input moved": (lambda book: book[REQUESTS].move_range("E6", cols=9), {"GIA127"}),
    "13 two labels swapped": (swap_labels, {"GIA125"}),
    "13 a label altered": (put("1.属于国家机密", "D10"), {"GIA121"}),
    "13 a label cut off": (put("1.属于", "D10"), {"GIA121"}),
    "13 a label overwritten": (put(0, "D10"), {"GIA120"}),
    "13 a row twice": (double_row, {"GIA124"}),
    "14 a twin that differs": (twin, {"GIA129"}),
    "14 an extra sheet": (lambda book: book.create_sheet("底稿"), {"GIA131"}),
    "14 a sheet missing": (lambda book: book.remove(book[CASES]), {"GIA132"}),
    "16 a link to another file": (put("=[1]Sheet1!$A$1"), {"GIA134"}),
    "17 inputs merged": (lambda book: book[REQUESTS].merge_cells("E6:G7"), {"GIA128"}),
    "19 a hidden row": (hide, {"GIA135"}),
    "20 the last corner": (put("x", "XFD1048576"), set()),
    "22 a year that is none": (put("去年", "C8", COVER), {"GIA151"}),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_a_filer_is_told(tmp_path: Path, case: str) -> None:
    """One cause, one code: besides what the undamaged workbook is told, only what stands in the table."""
    damage, codes = TABLE[case]
    told = [diagnostic.code for diagnostic in check(with_openpyxl(tmp_path, damage)).diagnostics]
    assert {code for code in told if code != NEVER_CALCULATED and code < OF_THE_TEXT} == codes


def test_case_24_the_same_unit_twice_and_a_neighbours_file_copied(tmp_path: Path) -> None:
    ours, again, neighbour = (copy(tmp_path, f"{name}.xlsx") for name in ("甲", "甲（2）", "乙"))
    book = openpyxl.load_workbook(neighbour)
    next(row for row in book[COVER].iter_rows() if row[0].value == "organ")[2].value = "乙镇人民政府"
    book.save(neighbour)
    told = {
        one.path.name: {d.code for d in one.result.verdict.diagnostics}
        for one in batch.examine_all([ours, again, neighbour])
        if one.result.verdict
    }
    assert "GIA501" in told["甲.xlsx"] and "GIA501" in told["甲（2）.xlsx"]
    assert "GIA501" not in told["乙.xlsx"] and "GIA502" in told["乙.xlsx"]
