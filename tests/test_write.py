"""The workbook as ``new`` writes it, opened with openpyxl, and the five seeds as filled workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Form, Key, Section, load_form
from gia_xlsx.grid import boxes
from gia_xlsx.organ import organ_types
from gia_xlsx.placeholders import figure, placeholders
from gia_xlsx.report import Cover, Paragraph, Report
from gia_xlsx.workbook import live, prose
from gia_xlsx.workbook.canvas import Canvas, text_height
from gia_xlsx.workbook.cover import FIELDS
from gia_xlsx.workbook.filling import fill
from gia_xlsx.workbook.layout import LEFT, PROSE_SHEET, a1, bottom, place, row_of
from gia_xlsx.workbook.tables import prompt, prompt_title
from gia_xlsx.workbook.write import write_workbook
from tests.seeds import SEEDS, load_seed, raw_cells, transcript

FORMS = [load_form("2019"), load_form("2021")]
TOWN = Cover("某县某镇人民政府", "township", 2025, "self")
REQUESTS = "三、依申请公开"


@pytest.fixture(scope="module", params=FORMS, ids=lambda form: form.form)
def blank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Form, Any, Any]:
    """A form, its blank workbook with formulas, and the same with the results stored in it."""
    form: Form = request.param
    path = tmp_path_factory.mktemp("blank") / "空白 表.xlsx"
    write_workbook(path, form, replace(TOWN, year=form.since))
    return form, load_workbook(path), load_workbook(path, data_only=True)


def opened(folder: Path, form: Form, cover: Cover, **options: Any) -> Any:
    write_workbook(folder / "book.xlsx", form, cover, **options)
    return load_workbook(folder / "book.xlsx")


def cells(book: Any, form: Form) -> Iterator[tuple[Key, Any]]:
    for table in form.tables:
        for key in table.keys:
            yield key, book[table.sheet][place(table, key).cell]


# The blank form


def test_sheets_stand_in_printed_order(blank: tuple[Form, Any, Any]) -> None:
    _, book, _ = blank
    assert book.sheetnames == [
        "封面", "填报说明", "前言", "一、总体情况", "二、主动公开", "三、依申请公开", "四、复议诉讼", "表格文字说明",
        "五、问题及改进", "六、其他事项", "校验", "占位符", "图表",
    ]  # fmt: skip


def test_addresses_that_other_programs_rely_on(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    sheet = book[REQUESTS]
    assert sheet["A1"].value == f"gia-xlsx/1/{form.form}/requests"
    assert (sheet["A6"].value, sheet["E2"].value) == ("received", "natural")
    assert (sheet["A7"].value, sheet["K2"].value) == ("carried_in", "total")
    assert sheet["K7"].value == "=SUM(E7:J7)"
    assert sheet.column_dimensions["A"].hidden and sheet.row_dimensions[2].hidden
    assert book["一、总体情况"]["D1"].value == f"gia-xlsx/1/{form.form}/overview"
    assert book["一、总体情况"]["D3"].value == "head"
    assert book["一、总体情况"]["B4"].value
    assert book["封面"]["A1"].value == f"gia-xlsx/1/{form.form}/cover"


def frame(section: Section) -> tuple[int, int]:
    """Last row and column of the frame, from 1."""
    return bottom(section), LEFT + max(box.left + box.width for box in boxes(section))


def test_label_areas_are_merged_as_published_and_inputs_never(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    for table in form.tables:
        last_row, last_column = frame(table)
        merged = {
            str(area) for area in book[table.sheet].merged_cells.ranges
            if 1 < area.min_row <= last_row and area.min_col <= last_column
        }  # fmt: skip
        published = set()
        for box in boxes(table):
            if box.key is None and box.height * box.width > 1:
                row, column = row_of(table, box), LEFT + box.left
                published.add(f"{a1(row, column)}:{a1(row + box.height - 1, column + box.width - 1)}")
        assert merged == published, table.sheet


def test_some_merges_of_the_notice_by_eye(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    merged = {str(area) for area in book[REQUESTS].merged_cells.ranges}
    last = {"2019": "B8:B27", "2021": "B8:B29"}[form.form]  # 三、本年度办理结果, down to （七）总计
    assert {"B3:D5", "E3:K3", "E4:E5", "F4:J4", "K4:K5", "B6:D6", "C10:C17", last} <= merged
    assert {"B3:F3", "G3:P3", "G4:K4", "L4:P4"} <= {str(area) for area in book["四、复议诉讼"].merged_cells.ranges}


def test_labels_say_what_the_notice_says(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    for table in form.tables:
        for box in boxes(table):
            if box.key is None and box.text:
                assert book[table.sheet][a1(row_of(table, box), LEFT + box.left)].value == box.text


def test_only_inputs_are_unlocked_and_there_is_no_password(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    for sheet in book:
        assert sheet.protection.sheet and sheet.protection.password is None, sheet.title
    for table in form.tables:
        inputs = {place(table, key).cell for key in table.keys if key not in form.totals}
        unlocked = {
            cell.coordinate for row in book[table.sheet].iter_rows() for cell in row if not cell.protection.locked
        }
        assert unlocked == inputs
    unlocked = {cell.coordinate for row in book["封面"].iter_rows() for cell in row if not cell.protection.locked}
    assert len(unlocked) == len(FIELDS)


def test_every_total_is_a_formula_over_its_addends(blank: tuple[Form, Any, Any]) -> None:
    form, book, results = blank
    formulas = {key: cell.value for key, cell in cells(book, form) if cell.value is not None}
    assert set(formulas) == set(form.totals)
    for key, text in formulas.items():
        sheet = book[form.by_key[key.table].sheet]
        summed = {
            cell.coordinate
            for part in text[5:-1].split(",")
            for row in sheet[f"{part}:{part}" if ":" not in part else part]
            for cell in row
        }
        assert summed == {place(form.by_key[key.table], k).cell for k in form.totals[key].left}
    assert {cell.value for key, cell in cells(results, form) if key in form.totals} == {0}


def test_every_check_stands_live_and_waits_to_be_filled(blank: tuple[Form, Any, Any]) -> None:
    form, book, results = blank
    for check in form.checks:
        at = live.check_place(form, check)
        assert book[at.sheet][at.cell].value == live.formula(form, check)
        assert results[at.sheet][at.cell].value == "待填"


def test_the_list_of_checks_counts_and_links(blank: tuple[Form, Any, Any]) -> None:
    form, book, results = blank
    sheet, shown = book["校验"], results["校验"]
    assert (
        shown["B4"].value
        == f"未填 {len(form.inputs)} 格，不符 0 项，有非数字 0 项，待填 {len(form.checks)} 项，通过 0 项"
    )
    listed = [row for row in sheet.iter_rows(min_row=6, min_col=2, max_col=8) if str(row[1].value).startswith("GIA")]
    assert len(listed) == len(form.checks)
    for check, row in zip(form.checks, listed, strict=True):
        at = live.check_place(form, check)
        assert row[1].value == check.relation.code
        assert row[5].value == f"='{at.sheet}'!{at.cell}"
        assert row[6].hyperlink.location == f"'{at.sheet}'!{at.cell}"


def test_narrative_cells_say_what_to_write(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    for sheet in [*(section.sheet for section in form.sections if not section.is_table), PROSE_SHEET]:
        heading, text = book[sheet].data_validations.dataValidation
        for rule in (heading, text):
            assert 0 < len(rule.promptTitle) <= 32 and 10 < len(rule.prompt) <= 255 and rule.type is None
        assert (str(heading.sqref)[0], str(text.sqref)[0]) == ("A", "B")
        first, last = str(text.sqref).replace("B", "").split(":")
        assert (int(first), int(last)) == (prose.HEAD_ROW + 2, book[sheet].max_row)


def test_every_input_has_a_prompt_in_chinese_and_a_rule(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    rules = {
        (table.sheet, str(rule.sqref)): rule
        for table in form.tables
        for rule in book[table.sheet].data_validations.dataValidation
    }
    assert len(rules) == len(form.inputs)
    for key in form.inputs:
        section, cell = form.by_key[key.table], form.cells[key]
        rule = rules[section.sheet, place(section, key).cell]
        assert 0 < len(rule.promptTitle) <= 32 and 10 < len(rule.prompt) <= 255
        assert cell.row.help.strip() in rule.prompt and cell.row.article in rule.prompt
        expected = {"count": ("whole", "stop"), "money": ("decimal", "stop"), "change": (None, None)}[cell.kind]
        assert (rule.type, rule.errorStyle or "stop" if rule.type else None) == expected
        assert rule.type is None or (rule.operator, rule.formula1) == ("greaterThanOrEqual", "0")


def test_prompts_fit_without_being_cut(blank: tuple[Form, Any, Any]) -> None:
    form, _, _ = blank
    for key in form.inputs:
        cell = form.cells[key]
        assert prompt_title(cell) == cell.name.replace(".", "·")
        assert len(prompt(cell)) <= 255


def test_a_prompt_too_long_for_excel_is_an_error_and_not_a_warning() -> None:
    import xlsxwriter

    from gia_xlsx.workbook.styles import Styles

    book = xlsxwriter.Workbook()
    page = Canvas(book, Styles(book), "表", "#000000", (0, 0, "mark"))
    with pytest.raises(ValueError, match="too long"):
        page.ask(1, 1, "标题", "长" * 256, {"validate": "any"})


def test_blank_inputs_and_broken_relations_are_shown(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    for table in form.tables:
        formulas = [r.formula[0] for rules in book[table.sheet].conditional_formatting for r in rules.rules]
        for sign in ('=""', '"不符"', '"通过"', '"待填"', "ISTEXT"):
            assert any(sign in text for text in formulas), (table.sheet, sign)


def test_paper(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    for sheet in book:
        assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "— &P —" in sheet.oddFooter.center.text
    for table in form.tables:
        sheet = book[table.sheet]
        assert sheet.page_setup.orientation == ("landscape" if table.landscape else "portrait")
        last_row, last_column = frame(table)
        assert sheet.print_area.split("!")[-1].replace("$", "") == f"B1:{a1(last_row - 1, last_column - 1)}"
    assert book[REQUESTS].print_title_rows == "$1:$5"


def test_narrative_sheets_have_room_and_count_characters(blank: tuple[Form, Any, Any]) -> None:
    form, book, results = blank
    for section in form.sections:
        if not section.is_table:
            sheet = book[section.sheet]
            assert section.guide in sheet["A2"].value
            open_rows = [row for row in sheet.iter_rows(min_row=4, max_col=3) if not row[1].protection.locked]
            assert sum(row[1].value is None and row[0].value is None for row in open_rows) >= 20
            assert all(row[2].value == f'=IF(B{row[2].row}="","",LEN(B{row[2].row}))' for row in open_rows)
            text = results[section.sheet]["B4"].value
            assert results[section.sheet]["C4"].value == (len(text) if text else None)


def test_words_of_the_tables_stand_under_captions_with_their_keys(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    sheet = book["表格文字说明"]
    keys = [sheet.cell(row, 4).value for row in range(4, sheet.max_row + 1) if sheet.cell(row, 4).value]
    assert sheet["D1"].value == f"gia-xlsx/1/{form.form}/prose"
    assert keys == [table.key for table in form.tables]


def test_the_cover_asks_each_field_and_offers_the_types(blank: tuple[Form, Any, Any]) -> None:
    form, book, results = blank
    sheet = book["封面"]
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value}
    assert list(rows) == list(FIELDS)
    for key, row in rows.items():
        assert sheet.cell(row, 2).value == FIELDS[key].label
    answers = {key: sheet.cell(row, 3).value for key, row in rows.items()}
    assert answers["organ"] == "某县某镇人民政府" and answers["type"] == "乡镇人民政府" and answers["scope"] == "本机关"
    assert answers["year"] == form.since and answers["blank_is_zero"] == "否"
    lists = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    offered = lists[f"C{rows['type']}"].formula1.strip('"').split(",")
    assert offered == [kind.label for kind in organ_types().values()]
    assert lists[f"C{rows['year']}"].type == "whole"
    assert results["封面"]["B2"].value == f"某县某镇人民政府{form.since}年政府信息公开工作年度报告"
    assert book.defined_names["blank_is_zero"].attr_text == f"'封面'!$C${rows['blank_is_zero']}"


def test_every_placeholder_is_listed_ready_to_copy(blank: tuple[Form, Any, Any]) -> None:
    form, book, _ = blank
    listed = {cell.value for (cell,) in book["占位符"].iter_rows(min_col=2, max_col=2)}
    assert {f"{{{{ {placeholder.name} }}}}" for placeholder in placeholders(form)} <= listed
    assert "{{ 本年新收.总计 }}" in listed


def test_three_charts_draw_cells_of_their_own_sheet(blank: tuple[Form, Any, Any]) -> None:
    _, book, _ = blank
    assert len(book["图表"]._charts) == 3


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_workbook(tmp_path / name, FORMS[1], TOWN, previous=load_seed("001"))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


# Last year


def test_carry_over_is_pre_filled_from_last_year(tmp_path: Path) -> None:
    """001 carries out 3 申请 of natural persons; its own carried_in total was wrong, and is not taken over."""
    book = opened(tmp_path, FORMS[1], TOWN, previous=load_seed("001"))
    assert [book[REQUESTS][f"{column}7"].value for column in "EFGHIJK"] == [3, 0, 0, 0, 0, 0, "=SUM(E7:J7)"]
    filled = {key for key, cell in cells(book, FORMS[1]) if cell.value is not None and key not in FORMS[1].totals}
    assert {(key.table, key.row) for key in filled} == {("requests", "carried_in")}
    assert book.sheetnames[-1] == "上年数据"


def test_a_blank_of_last_year_is_not_carried_over_as_zero(tmp_path: Path) -> None:
    book = opened(tmp_path, FORMS[1], TOWN, previous=load_seed("002"))
    assert [book[REQUESTS][f"{column}7"].value for column in "EFGHIJ"] == [None, 0, 0, 0, 0, 0]
    last = {cell.value for row in book["上年数据"].iter_rows() for cell in row}
    assert {"增111", "397265元", 114, "其他对外管理服务事项"} <= last  # the form of that year, as stated
    assert all(cell.protection.locked for row in book["上年数据"].iter_rows() for cell in row)


# Filled


SeedBook = Callable[[str], tuple[Report, Any, Any]]


@pytest.fixture(scope="module")
def seed_book(tmp_path_factory: pytest.TempPathFactory) -> SeedBook:
    """A seed with its filled workbook: with formulas, and with the results stored in it."""

    @cache
    def made(seed: str) -> tuple[Report, Any, Any]:
        report, path = load_seed(seed), tmp_path_factory.mktemp("seed") / "seed.xlsx"
        write_workbook(path, report.form, report.cover, report=report)
        return report, load_workbook(path), load_workbook(path, data_only=True)

    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_seeds_are_written_faithful_to_the_cell(seed_book: SeedBook, seed: str) -> None:
    report, book, results = seed_book(seed)
    raw = raw_cells(seed)
    for key, cell in cells(results, report.form):
        stated = raw[key]
        assert cell.value == (int(stated) if stated.isdecimal() else stated or None), key
    wrong = {str(key) for key, cell in cells(book, report.form) if key in report.form.totals and cell.data_type != "f"}
    assert wrong == ({"requests/carried_in/total"} if seed == "001" else set())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_words_of_seeds_are_written_as_they_are(seed_book: SeedBook, seed: str) -> None:
    report, book, _ = seed_book(seed)
    for section in report.form.sections:
        if section.is_table:
            assert book[section.sheet]["B1"].value == report.heading(section.key)
            continue
        rows = [(c[0].value or "", c[1].value or "") for c in book[section.sheet].iter_rows(min_row=4, max_col=2)]
        written = [row for row in rows if any(row)]
        assert written == [(p.heading, p.text) for p in report.in_section(section.key)]
    prose = {row[1].value for row in book["表格文字说明"].iter_rows(min_row=4, max_col=2)}
    assert {p.text for p in report.paragraphs if report.form.by_key[p.section].is_table} <= prose
    for field in ("title", "signature", "date"):
        assert transcript(seed)[field] == getattr(report.cover, field)


def test_wrong_total_of_001_is_shown_by_both_its_checks(seed_book: SeedBook) -> None:
    _, book, results = seed_book("001")
    assert (book[REQUESTS]["E7"].value, book[REQUESTS]["K7"].value) == (4, 0)
    assert results[REQUESTS]["M7"].value == "不符（差 +4）"
    assert results[REQUESTS]["K32"].value == "不符（差 -4）"
    assert results["校验"]["B4"].value == "未填 0 格，不符 2 项，有非数字 0 项，待填 0 项，通过 42 项"


def test_odd_cells_and_overwritten_labels_of_002(seed_book: SeedBook) -> None:
    _, book, results = seed_book("002")
    sheet = book["二、主动公开"]
    assert (sheet["D10"].value, sheet["D24"].value) == ("增111", "397265元")
    assert [book[REQUESTS][f"D{row}"].value for row in range(10, 26)] == ["0"] * 16
    assert book[REQUESTS]["E28"].value is None and results[REQUESTS]["E30"].value == "待填"


@pytest.mark.parametrize("seed", SEEDS)
def test_placeholders_show_what_they_will_print(seed_book: SeedBook, seed: str) -> None:
    report, _, results = seed_book(seed)
    shown = {row[0].value: row[2].value for row in results["占位符"].iter_rows(min_row=4, min_col=2, max_col=4)}
    for placeholder in placeholders(report.form):
        expected: object = figure(placeholder, report)
        raws = [report.facts[key].raw for key in live.inputs_under(report.form, placeholder.keys)]
        if expected is None or "" in raws:  # the sheet says so even where a formula makes a 0 of it
            expected = "未填"
        elif len(raws) == 1 and not raws[0].isdecimal():
            expected = raws[0]  # 增111 stands in the sheet, 111 is printed
        assert shown[f"{{{{ {placeholder.name} }}}}"] == expected, placeholder.name


def test_money_keeps_its_decimals(tmp_path: Path) -> None:
    report = load_seed("000")
    key = Key("disclosure", "fees", "amount")
    fact = replace(report.facts[key], value=Decimal("39.7265"), raw="39.7265")
    book = opened(tmp_path, report.form, report.cover, report=replace(report, facts={**report.facts, key: fact}))
    assert book["二、主动公开"]["C19"].value == 39.7265


def test_words_never_become_formulas_or_links(tmp_path: Path) -> None:
    report = load_seed("000")
    texts = ["=1+1", "http://例.cn/", "+86", "a\nb", "@SUM(A1)", "{=A1}"]
    paragraphs = tuple(Paragraph("overview", text, text) for text in texts)
    cover = replace(report.cover, organ='=HYPERLINK("http://x","y")')
    book = opened(tmp_path, report.form, cover, report=replace(report, paragraphs=paragraphs, cover=cover))
    for row, text in enumerate(texts, 4):
        for column in "AB":
            cell = book["一、总体情况"][f"{column}{row}"]
            assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert book["封面"]["C6"].data_type == "s"


def test_more_paragraphs_than_room_get_more_rows(tmp_path: Path) -> None:
    report = load_seed("000")
    paragraphs = tuple(Paragraph(section, "", f"第{n}段") for section in ("other", "cases") for n in range(60))
    book = opened(tmp_path, report.form, report.cover, report=replace(report, paragraphs=paragraphs))
    assert [book["六、其他事项"][f"B{row}"].value for row in (4, 63, 64)] == ["第0段", "第59段", None]
    assert sum(str(row[1].value).startswith("第") for row in book["表格文字说明"].iter_rows(min_row=4)) == 60


def test_rows_are_high_enough_for_their_text(seed_book: SeedBook) -> None:
    report, book, _ = seed_book("001")
    sheet = book["一、总体情况"]
    width = sheet.column_dimensions["B"].width
    for row, paragraph in enumerate(report.in_section("overview"), 4):
        assert sheet.row_dimensions[row].height >= min(409, text_height(paragraph.text, width - 2, 12)) - 1


def test_a_filled_workbook_is_never_offered_sentences(tmp_path: Path) -> None:
    report = replace(load_seed("000"), paragraphs=())
    book = opened(tmp_path, report.form, report.cover, report=report)
    assert all(book["一、总体情况"][f"B{row}"].value is None for row in range(4, 20))


def test_without_offer_the_narrative_is_empty(tmp_path: Path) -> None:
    book = opened(tmp_path, FORMS[1], TOWN, offer=False)
    assert book["一、总体情况"]["B4"].value is None


def test_a_declared_blank_is_zero_is_taken_over(tmp_path: Path) -> None:
    write_workbook(tmp_path / "b.xlsx", FORMS[1], replace(TOWN, blank_is_zero=True))
    results = load_workbook(tmp_path / "b.xlsx", data_only=True)
    assert results["封面"]["C14"].value == "是"
    assert results["校验"]["B4"].value == "未填 166 格，不符 0 项，有非数字 0 项，待填 0 项，通过 44 项"


def test_totals_are_computed_from_what_the_sheet_can_add() -> None:
    """A number stored as text is skipped by SUM: the stated total then differs from the formula's, and stays typed."""
    report = load_seed("001")
    key, total = Key("requests", "received", "natural"), Key("requests", "received", "total")
    fact = replace(report.facts[key], raw="３３")
    filling = fill(report.form, replace(report, facts={**report.facts, key: fact}), None)
    assert filling.values[key] == "３３" and filling.values[total] == 33 and total not in filling.computed


# Edges


def test_text_longer_than_a_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    report = load_seed("000")
    long = replace(report, paragraphs=(Paragraph("overview", "", "字" * 32_768),))
    with pytest.raises(GiaError, match=r"一、总体情况!B4：文字有32768字"):
        write_workbook(tmp_path / "x.xlsx", report.form, report.cover, report=long)
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken.xlsx").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GiaError, match="无法写入"):
        write_workbook(tmp_path / "taken.xlsx", FORMS[1], TOWN)
    with pytest.raises(GiaError, match="无法写入"):
        write_workbook(tmp_path / "file" / "name.xlsx", FORMS[1], TOWN)
    assert {entry.name for entry in tmp_path.iterdir()} == {"taken.xlsx", "file"}
    assert list((tmp_path / "taken.xlsx").iterdir()) == []


def test_an_earlier_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    target.write_bytes(b"earlier")
    write_workbook(target, FORMS[1], TOWN)
    assert load_workbook(target).sheetnames[0] == "封面"
    assert [entry.name for entry in tmp_path.iterdir()] == ["book.xlsx"]
