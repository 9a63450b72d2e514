"""The filer's workbook handed back: what is put into it, that all else stays as it was, and that nothing piles up."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.cell_style import StyleArray

from gia_xlsx.diagnostic import Diagnostic, Severity, Verdict
from gia_xlsx.errors import GiaError
from gia_xlsx.report import Odd, Place
from gia_xlsx.rules import check
from gia_xlsx.workbook.annotate import annotate, suffix_of, typed_in
from gia_xlsx.workbook.comments import SIGN
from gia_xlsx.workbook.read import read_workbook
from tests.damage import CASES, COVER, REQUESTS, copy, original, sheet_part, soffice, with_zip
from tests.examples import FOLDER, example
from tests.seeds import SEEDS

TEXT, REVIEW = "一、总体情况", "审核意见"
TINT = {Severity.ERROR: 0xF8C8C4, Severity.WARNING: 0xFCE088, Severity.NOTE: 0xC4DCF4}
HEADS = ["序号", "级别", "意见号", "位置", "所查", "原文", "改法", "接受理由", "填报人答复"]


def found(
    severity: Severity, *places: Place, code: str = "GIA203", message: str = "合计不符。", **more: Any
) -> Diagnostic:
    words = {"hint": "请核对。", "mark": f"{code}-00{len(message):02X}", **more}
    return Diagnostic(code, "some-fault", severity, message, places=places, **words)


VERDICT = Verdict(
    (
        found(Severity.ERROR, Place(REQUESTS, "K7"), Place(REQUESTS, "K9"), message="总计填 0，六栏之和为 4。"),
        found(Severity.WARNING, Place(REQUESTS, "K7"), Place(CASES, "C6"), code="GIA302", message="文中与表中不同。"),
        found(Severity.NOTE, Place(TEXT, "B4"), code="GIA703", message="用了半角标点。", excerpt="2024年,我市"),
        found(Severity.WARNING, code="GIA604", message="没有地方可指。"),
        found(Severity.WARNING, Place(COVER, "C6"), Place(REQUESTS, "A1"), code="GIA502", message="口径未填。"),
    ),
    not_run=(("GIA401", "没有上年数据"), ("GIA402", "没有上年数据")),
)


def back(path: Path, verdict: Verdict = VERDICT, name: str = "back.xlsx") -> Path:
    """The annotated copy of a workbook."""
    target = path.with_name(name)
    target.write_bytes(annotate(path, verdict, read_workbook(path)))
    return target


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def look(book: Any, cell: Any) -> tuple[Any, ...]:
    """All of a cell's style but its fill."""
    style = cell._style or StyleArray()
    return (
        book._fonts[style.fontId],
        book._borders[style.borderId],
        book._alignments[style.alignmentId],
        book._protections[style.protectionId],
        cell.number_format,
    )


def ground(cell: Any) -> int:
    """The colour of a cell, without the lowest bits that only we see."""
    rgb = cell.fill.fgColor.rgb
    return int(rgb[2:], 16) & 0xFCFCFC if cell.fill.patternType == "solid" and isinstance(rgb, str) else 0


def tinted(path: Path) -> set[tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        if sheet.title != REVIEW
        for row in sheet.iter_rows()
        for cell in row
        if ground(cell) in TINT.values()
    }


def commented(path: Path) -> dict[tuple[str, str], str]:
    book = openpyxl.load_workbook(path)
    return {(s.title, c.coordinate): c.comment.text for s in book for row in s.iter_rows() for c in row if c.comment}


# All else stays


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_that_are_not_touched_are_the_same_bytes(seed: str, tmp_path: Path) -> None:
    source = FOLDER / "examples" / example(seed)
    report = read_workbook(source)
    verdict = check(report)
    before = parts(source)
    target = tmp_path / "back.xlsx"
    target.write_bytes(annotate(source, verdict, report))
    after = parts(target)
    assert list(after)[: len(before)] == list(before)
    named = {place.sheet for found in verdict.diagnostics for place in found.places} | {COVER}
    touched = {sheet_part(source, sheet) for sheet in named} | {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    }  # fmt: skip
    changed = {name for name in before if after[name] != before[name]}
    assert changed <= touched | {f"xl/worksheets/_rels/{Path(name).name}.rels" for name in touched}
    assert {"xl/charts/chart1.xml", "xl/sharedStrings.xml", sheet_part(source, "校验")} <= set(before) - changed


def test_what_a_touched_sheet_holds_stays(tmp_path: Path) -> None:
    source = copy(tmp_path)
    target = back(source)
    for values in (False, True):
        old, new = (openpyxl.load_workbook(path, data_only=values) for path in (source, target))
        assert new.sheetnames == [*old.sheetnames, REVIEW]
        for sheet in old:
            other = new[sheet.title]
            for row in sheet.iter_rows():
                for cell in (cell for cell in row if not isinstance(cell, MergedCell)):
                    twin = other[cell.coordinate]
                    assert twin.value == cell.value
                    assert look(new, twin) == look(old, cell)
            assert str(other.merged_cells) == str(sheet.merged_cells)
            assert other.print_area == sheet.print_area and other.print_title_rows == sheet.print_title_rows
            assert other.freeze_panes == sheet.freeze_panes
            assert vars(other.protection) == vars(sheet.protection)
            assert [vars(rule) for rule in other.data_validations.dataValidation] == [
                vars(rule) for rule in sheet.data_validations.dataValidation
            ]
            assert {k: (d.height, d.hidden) for k, d in other.row_dimensions.items()} == {
                k: (d.height, d.hidden) for k, d in sheet.row_dimensions.items()
            }
            assert {k: (d.width, d.hidden) for k, d in other.column_dimensions.items()} == {
                k: (d.width, d.hidden) for k, d in sheet.column_dimensions.items()
            }
        assert set(new.defined_names) == set(old.defined_names)
    assert parts(source)["xl/charts/chart1.xml"] == parts(target)["xl/charts/chart1.xml"]


def rules_of(path: Path, sheet: str) -> list[tuple[str, tuple[str, ...]]]:
    """The conditional formats of a sheet in the order in which they hold."""
    rules = [
        (rule.priority, str(area.sqref), tuple(map(str, rule.formula)))
        for area in openpyxl.load_workbook(path)[sheet].conditional_formatting
        for rule in area.rules
    ]
    return [(area, formula) for _, area, formula in sorted(rules)]


def test_conditional_formats_keep_their_order_below_ours(tmp_path: Path) -> None:
    source = copy(tmp_path)
    target = back(source)
    old, new = rules_of(source, REQUESTS), rules_of(target, REQUESTS)
    assert new[0] == ("K7 K9", ('LEN("gia-xlsx 审核")>0',))
    assert new[1:] == old
    assert rules_of(source, "校验") == rules_of(target, "校验")


def test_the_source_is_not_touched_and_the_same_review_gives_the_same_bytes(tmp_path: Path) -> None:
    source = copy(tmp_path)
    before = source.read_bytes()
    report = read_workbook(source)
    assert annotate(source, VERDICT, report) == annotate(source, VERDICT, report)
    assert source.read_bytes() == before


@pytest.mark.parametrize("seed", SEEDS)
def test_an_annotated_copy_is_read_and_judged_as_before(seed: str, tmp_path: Path) -> None:
    source = tmp_path / "source.xlsx"
    shutil.copy(FOLDER / "examples" / example(seed), source)
    first = read_workbook(source)
    second = read_workbook(back(source, check(first)))
    assert second.facts == first.facts and second.paragraphs == first.paragraphs and second.cover == first.cover
    assert second.oddities == first.oddities and not any(o.kind is Odd.SHEET_EXTRA for o in second.oddities)
    assert check(second) == check(first)


# What is put in


def test_cells_are_tinted_and_commented(tmp_path: Path) -> None:
    target = back(copy(tmp_path))
    book = openpyxl.load_workbook(target)
    assert ground(book[REQUESTS]["K7"]) == TINT[Severity.ERROR]  # the gravest of two
    assert ground(book[CASES]["C6"]) == TINT[Severity.WARNING]
    assert ground(book[TEXT]["B4"]) == TINT[Severity.NOTE]
    assert tinted(target) == {
        (REQUESTS, "K7"), (REQUESTS, "K9"), (REQUESTS, "B1"), (CASES, "C6"), (TEXT, "B4"), (COVER, "C6"),
    }  # fmt: skip
    words = commented(target)
    assert words[REQUESTS, "K7"] == (
        f"{SIGN}\n【错误】GIA203-000E（意见 1）\n总计填 0，六栏之和为 4。\n改法：请核对。\n"
        "\n【提醒】GIA302-0008（意见 2）\n文中与表中不同。\n改法：请核对。"
    )
    assert "原文：2024年,我市" in words[TEXT, "B4"]
    assert set(words) == tinted(target)


def test_a_cell_that_cannot_be_seen_is_marked_where_one_looks(tmp_path: Path) -> None:
    """A1 of a table is in the hidden column of keys: the heading beside it bears the comment."""
    target = back(copy(tmp_path))
    assert (REQUESTS, "B1") in commented(target) and (REQUESTS, "A1") not in commented(target)


def test_light_letters_keep_their_dark_ground(tmp_path: Path) -> None:
    source = copy(tmp_path)
    book = openpyxl.load_workbook(source)
    book[REQUESTS]["E6"].font = Font(color="FFFFFFFF")
    book[REQUESTS]["E6"].fill = PatternFill("solid", fgColor="FF000000")
    book.save(source)
    target = back(source, Verdict((found(Severity.ERROR, Place(REQUESTS, "E6")),)))
    assert openpyxl.load_workbook(target)[REQUESTS]["E6"].fill.fgColor.rgb == "FF000000"
    assert (REQUESTS, "E6") in commented(target)


def test_boxes_of_comments_are_large_enough(tmp_path: Path) -> None:
    long = found(Severity.ERROR, Place(REQUESTS, "E6"), message="这一段话有二十个字，要在批注框里看得全。" * 20)
    drawing = next(
        data for name, data in parts(back(copy(tmp_path), Verdict((long,)))).items() if name.endswith(".vml")
    )
    points = re.search(rb"height:(\d+)pt", drawing)
    assert points and int(points[1]) > 190  # 400 wide characters, 26 a line, 12 points each
    assert b"<x:Row>5</x:Row><x:Column>4</x:Column>" in drawing


def test_the_sheet_of_opinions(tmp_path: Path) -> None:
    target = back(copy(tmp_path))
    book = openpyxl.load_workbook(target)
    sheet = book[REVIEW]
    assert book.active.title == REVIEW and sheet.sheet_properties.tabColor is not None
    assert sum(view.tabSelected or False for s in book for view in s.views.sheetView) == 1
    assert [cell.value for cell in sheet[5]][1:] == HEADS
    rows = [[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=6, max_row=10)]
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert [row[1] for row in rows] == ["错误", "提醒", "说明", "提醒", "提醒"]
    assert rows[0][2:7] == ["GIA203-000E", "三、依申请公开!K7、K9", "总计填 0，六栏之和为 4。", None, "请核对。"]
    assert rows[2][5] == "2024年,我市"
    assert rows[3][3] == "—"
    assert rows[4][3] == "封面!C6、\n三、依申请公开"
    assert sheet["E6"].hyperlink.location == f"'{REQUESTS}'!K7" and sheet["E9"].hyperlink is None
    assert all(not sheet[f"{column}{row}"].protection.locked for column in "IJ" for row in range(6, 11))
    assert all(sheet[f"{column}6"].protection.locked for column in "BCDEFGH")
    assert sheet.protection.sheet and sheet.protection.password is None
    assert sheet.print_title_rows == "$5:$5" and sheet.freeze_panes == "A6"
    answers = next(rule for rule in sheet.data_validations.dataValidation if rule.type == "list")
    assert answers.formula1 == '"已改正,属实不改,其他说明"' and str(answers.sqref) == "J6:J10"
    told = [str(cell.value) for cell in sheet["B"]]
    assert "没有上年数据：GIA401、GIA402" in told
    assert any("有错误，改正后才能发布" in words and "提醒 3 条" in words for words in told)
    assert sheet["A1"].value == f"gia-xlsx/1/{read_workbook(target).form.form}/review"
    assert sheet.column_dimensions["A"].hidden


def test_a_report_without_findings(tmp_path: Path) -> None:
    target = back(copy(tmp_path), Verdict())
    assert not tinted(target) and not commented(target)
    told = [cell.value for cell in openpyxl.load_workbook(target)[REVIEW]["B"]]
    assert "没有意见。" in told


def test_words_are_words_whatever_they_begin_with(tmp_path: Path) -> None:
    nasty = "=HYPERLINK(\"http://x\")\x00\x0b\ud800\ufffe_x000D_ <b>&]]>'\" +cmd|' /C calc'!A0"
    places = (Place(REQUESTS, "E6"), Place("没有这张表", "E6"), Place(REQUESTS, "不是地址"), Place(REQUESTS, "ZZZZ9"))
    verdict = Verdict((found(Severity.ERROR, *places, message=nasty, hint=nasty, excerpt=nasty * 2000),))
    target = back(copy(tmp_path), verdict)
    sheet = openpyxl.load_workbook(target)[REVIEW]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["F6"].value.startswith('=HYPERLINK("http://x")') and "\x0b" not in sheet["F6"].value
    assert "_x000D_" in sheet["F6"].value.replace("_x005F_", "_")
    assert len(sheet["G6"].value) <= 32_767 * 2
    assert "]]>" in commented(target)[REQUESTS, "E6"]
    read_workbook(target)


def test_a_thousand_findings_are_bounded(tmp_path: Path) -> None:
    places = [Place(REQUESTS, f"{column}{row}") for row in range(6, 31) for column in "EFGHIJK"]
    many = [found(Severity.WARNING, *places, message=f"第 {n} 处。" * 30) for n in range(1000)]
    source = copy(tmp_path)
    report = read_workbook(source)
    data = annotate(source, Verdict(tuple(many)), report)
    assert len(data) < 3_000_000
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book[REVIEW].max_row > 1000
    assert all(len(c.comment.text) < 9_000 for row in book[REQUESTS].iter_rows() for c in row if c.comment)


# Comments of others


def with_comments(folder: Path) -> Path:
    source = copy(folder)
    book = openpyxl.load_workbook(source)
    book[REQUESTS]["K7"].comment = Comment("张三：这里再核一下", "张三")
    book[REQUESTS]["E6"].comment = Comment("李四：已核", "李四")
    book.save(source)
    return source


def test_comments_of_others_stay_and_ours_follow(tmp_path: Path) -> None:
    source = with_comments(tmp_path)
    words = commented(back(source))
    assert words[REQUESTS, "E6"] == "李四：已核"
    assert words[REQUESTS, "K7"].startswith(f"张三：这里再核一下\n\n{SIGN}\n【错误】")
    again = back(back(source), Verdict(), "again.xlsx")
    assert commented(again) == commented(source)


def test_a_drawing_that_is_not_well_formed_is_left_whole(tmp_path: Path) -> None:
    """Excel writes <br> into the drawing of form controls and does not close it."""
    source = with_comments(tmp_path)
    button = b'<v:shape id="_x0000_s5000" type="#b"><v:textbox><div>a<br>b</div></v:textbox></v:shape>'
    excels = back(source)  # a drawing that is written as Excel does
    source = with_zip(
        excels, lambda name, data: data.replace(b"</xml>", button + b"</xml>") if name.endswith(".vml") else data
    )
    target = back(source, VERDICT, "target.xlsx")
    assert button in b"".join(data for name, data in parts(target).items() if name.endswith(".vml"))
    assert SIGN in commented(target)[REQUESTS, "K7"]


# Again


def test_a_second_review_replaces_the_first(tmp_path: Path) -> None:
    source = copy(tmp_path)
    first = back(source)
    second = back(first, VERDICT, "second.xlsx")
    assert second.read_bytes() == first.read_bytes()
    less = Verdict(VERDICT.diagnostics[1:2])
    third = back(first, less, "third.xlsx")
    assert tinted(third) == {(REQUESTS, "K7"), (CASES, "C6")}
    direct = back(source, less, "direct.xlsx")
    assert commented(third) == commented(direct) and parts(third)["xl/styles.xml"] == parts(direct)["xl/styles.xml"]
    assert rules_of(third, REQUESTS) == rules_of(direct, REQUESTS) and list(parts(third)) == list(parts(direct))


def test_what_a_second_review_takes_off_is_what_was_there(tmp_path: Path) -> None:
    source = copy(tmp_path)
    clean = back(back(source), Verdict(), "clean.xlsx")
    old, new = (openpyxl.load_workbook(path) for path in (source, clean))
    for sheet in old:
        for row in sheet.iter_rows():
            for cell in (cell for cell in row if not isinstance(cell, MergedCell)):
                twin = new[sheet.title][cell.coordinate]
                assert (
                    new._fills[(twin._style or StyleArray()).fillId] == old._fills[(cell._style or StyleArray()).fillId]
                )
    for sheet in (REQUESTS, TEXT):
        assert rules_of(source, sheet) == rules_of(clean, sheet)
    assert not [name for name in parts(clean) if "omments" in name or name.endswith(".vml")]


def saved_by_openpyxl(path: Path) -> Path:
    target = path.with_name("saved.xlsx")
    openpyxl.load_workbook(path).save(target)
    return target


def saved_by_libreoffice(path: Path) -> Path:
    return soffice("xlsx:Calc MS Excel 2007 XML", path) / path.name


@pytest.mark.parametrize("save", [saved_by_openpyxl, saved_by_libreoffice])
def test_nothing_piles_up_when_another_program_has_saved(save: Callable[[Path], Path], tmp_path: Path) -> None:
    saved = save(back(copy(tmp_path)))
    again = back(saved, VERDICT, "again.xlsx")
    assert openpyxl.load_workbook(again).sheetnames.count(REVIEW) == 1
    assert all(words.count(SIGN) == 1 for words in commented(again).values())
    clean = back(saved, Verdict(), "clean.xlsx")
    assert not tinted(clean) and not commented(clean)
    source = openpyxl.load_workbook(original())
    total = openpyxl.load_workbook(clean)[REQUESTS]["K7"].fill
    assert total.fgColor.rgb == source[REQUESTS]["K7"].fill.fgColor.rgb
    assert len(rules_of(clean, REQUESTS)) == len(rules_of(saved, REQUESTS)) - 1


def test_rows_inserted_since_take_their_tints_along(tmp_path: Path) -> None:
    target = back(copy(tmp_path))
    book = openpyxl.load_workbook(target)
    book[TEXT].insert_rows(4)
    book.save(target)
    assert (TEXT, "B5") in tinted(target)
    assert not tinted(back(target, Verdict(), "clean.xlsx"))


def test_what_the_filer_wrote_goes_into_the_next_review(tmp_path: Path) -> None:
    target = back(copy(tmp_path))
    book = openpyxl.load_workbook(target)
    book[REVIEW]["J6"], book[REVIEW]["J7"] = "已改正", "其他说明"
    book.save(target)
    assert typed_in(target) == {"GIA203-000E": ("", "已改正"), "GIA302-0008": ("", "其他说明")}
    again = openpyxl.load_workbook(back(target, Verdict(VERDICT.diagnostics[1:]), "again.xlsx"))[REVIEW]
    assert (again["D6"].value, again["J6"].value) == ("GIA302-0008", "其他说明")


def test_a_record_that_somebody_wrote_over(tmp_path: Path) -> None:
    for words in (
        "",
        "{",
        '{"grounds":["<fill><script/></fill>"],"before":{},"after":{}}',
        '{"grounds":7}',
        "[" * 9000,
    ):
        target = back(copy(tmp_path))
        book = openpyxl.load_workbook(target)
        book[REVIEW]["A2"] = words
        book.save(target)
        assert not tinted(back(target, Verdict(), "clean.xlsx"))
        assert b"script" not in parts(tmp_path / "clean.xlsx")["xl/styles.xml"]


def test_a_sheet_of_somebody_elses_with_our_name_is_left_alone(tmp_path: Path) -> None:
    source = copy(tmp_path)
    book = openpyxl.load_workbook(source)
    book.create_sheet(REVIEW)["B2"] = "局里自己的审核意见"
    book.save(source)
    target = back(source)
    new = openpyxl.load_workbook(target)
    assert new[REVIEW]["B2"].value == "局里自己的审核意见"
    assert new[f"{REVIEW}2"]["B1"].value == REVIEW
    read_workbook(target)
    assert back(target, VERDICT, "again.xlsx").read_bytes() == target.read_bytes()


# Files of all kinds


def test_a_renamed_sheet_is_found(tmp_path: Path) -> None:
    source = copy(tmp_path)
    book = openpyxl.load_workbook(source)
    book[REQUESTS].title = "O'Neil & 申请"
    book.save(source)
    target = back(source, Verdict((found(Severity.ERROR, Place("O'Neil & 申请", "K7")),)))
    assert openpyxl.load_workbook(target)[REVIEW]["E6"].hyperlink.location == "'O''Neil & 申请'!K7"
    assert tinted(target) == {("O'Neil & 申请", "K7")}


def test_a_strict_workbook(tmp_path: Path) -> None:
    """ISO 29500 strict has other namespaces; new elements take those of the file."""
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }

    def made_strict(name: str, data: bytes) -> bytes:
        for old, new in strict.items():
            data = data.replace(old, new)
        return data

    source = with_zip(copy(tmp_path), made_strict)
    after = parts(back(source))
    written = b"".join(data for name, data in after.items() if not name.startswith(("_rels", "docProps", "xl/theme")))
    assert b"http://schemas.openxmlformats.org/spreadsheetml/2006/main" not in written
    assert b"officeDocument/2006/relationships" not in written
    read_workbook(tmp_path / "back.xlsx")


def test_macros_stay_and_ask_for_their_own_suffix(tmp_path: Path) -> None:
    plain, macro = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"

    def with_macros(name: str, data: bytes) -> bytes:
        return data.replace(b"openxmlformats-officedocument." + plain, macro) if name == "[Content_Types].xml" else data

    source = with_zip(copy(tmp_path, "宏.xlsm"), with_macros, {"xl/vbaProject.bin": b"\0macros\xff"})
    assert suffix_of(source) == ".xlsm"
    assert parts(back(source, name="back.xlsm"))["xl/vbaProject.bin"] == b"\0macros\xff"
    assert suffix_of(copy(tmp_path)) == ".xlsx"


def test_other_kinds_are_refused_with_a_way_out(tmp_path: Path) -> None:
    source = soffice("ods", original()) / f"{original().stem}.ods"
    with pytest.raises(GiaError, match=r"这是 \.ods；请用 Excel 或 WPS 打开，另存为"):
        annotate(source, VERDICT, read_workbook(source))


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/comments/comment1.xml", "sheet"])
def test_hostile_xml_is_refused(part: str, tmp_path: Path) -> None:
    source = with_comments(tmp_path)
    report = read_workbook(source)
    wanted = sheet_part(source, REQUESTS) if part == "sheet" else part
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    def planted(name: str, data: bytes) -> bytes:
        return data if name != wanted else re.sub(rb"(<\?xml[^>]*\?>)?", rb"\1" + bomb, data, count=1)

    with_zip(source, planted)
    with pytest.raises(GiaError):
        annotate(source, VERDICT, report)


@pytest.mark.parametrize("damage", [b"", b"<a", b"<a/>", b"\xff\xfe<", b'<?xml version="1.0" encoding="nobody"?><a/>'])
@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "sheet"])
def test_broken_parts_are_a_sentence_or_no_matter(part: str, damage: bytes, tmp_path: Path) -> None:
    source = copy(tmp_path)
    report = read_workbook(source)
    wanted = sheet_part(source, REQUESTS) if part == "sheet" else part
    with_zip(source, lambda name, data: damage if name == wanted else data)
    with suppress(GiaError):
        annotate(source, VERDICT, report)


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    target = back(with_comments(tmp_path))
    saved = saved_by_libreoffice(target)
    assert set(commented(saved)) == set(commented(target))
    assert tinted(saved) == tinted(target)
    sheet = openpyxl.load_workbook(saved)[REVIEW]
    assert [cell.value for cell in sheet[5]][1:10] == HEADS
    assert read_workbook(saved).facts.keys() == read_workbook(target).facts.keys()
