"""A review handed back: acceptances that return, the page to print, the command, and names that hurt no file."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gia_xlsx.batch import Examined, examine, find
from gia_xlsx.diagnostic import Diagnostic, Severity, Verdict
from gia_xlsx.errors import GiaError
from gia_xlsx.profile import Acceptance
from gia_xlsx.report import Place
from gia_xlsx.review import annotate_all, annotate_file
from gia_xlsx.review_page import render_review
from gia_xlsx.rules import check
from gia_xlsx.workbook.read import read_workbook
from tests.damage import REQUESTS, copy, original, soffice
from tests.examples import FOLDER, example
from tests.test_annotate import REVIEW, VERDICT, back, found
from tests.test_cli import run, said, sentence

PANZHOU = FOLDER / "examples" / example("001")
CHECKS = "校验"


def panzhou(folder: Path, name: str = "盘州.xlsx") -> Path:
    """A report with an error, GIA203 at K7."""
    return Path(shutil.copy(PANZHOU, folder / name))


def error(verdict: Verdict) -> Diagnostic:
    return next(one for one in (*verdict.diagnostics, *verdict.accepted) if one.code == "GIA203")


def written(path: Path, sheet: str, **cells: str) -> Path:
    book = openpyxl.load_workbook(path)
    for address, words in cells.items():
        book[sheet][address] = words
    book.save(path)
    return path


def heads(path: Path, sheet: str) -> int:
    """The row of the heads 意见号 and 接受理由, from 1."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return next(n for n, row in enumerate(rows, 1) if "意见号" in row and "接受理由" in row)


# Acceptances


def test_a_reason_on_the_returned_sheet_is_an_acceptance(tmp_path: Path) -> None:
    source = panzhou(tmp_path)
    verdict = check(read_workbook(source))
    copy_ = back(source, verdict)
    row = next(r for r in range(6, 40) if openpyxl.load_workbook(copy_)[REVIEW][f"D{r}"].value == error(verdict).mark)
    written(copy_, REVIEW, **{f"I{row}": " 台账无误，总计按旧口径。 "})
    report = read_workbook(copy_)
    assert report.acceptances == (Acceptance(error(verdict).mark, "台账无误，总计按旧口径。", f"{REVIEW}!D{row}"),)
    second = check(report)
    assert [(one.code, one.reason) for one in second.accepted] == [("GIA203", "台账无误，总计按旧口径。")]
    assert not second.errors

    again = back(copy_, second, "again.xlsx")
    sheet = openpyxl.load_workbook(again)[REVIEW]
    row = next(r for r in range(6, 40) if sheet[f"D{r}"].value == error(verdict).mark)
    assert sheet[f"C{row}"].value == "已接受（错误）" and sheet[f"I{row}"].value == "台账无误，总计按旧口径。"
    assert sheet[f"H{row}"].value == "已接受，理由：台账无误，总计按旧口径。"
    assert openpyxl.load_workbook(again)[REQUESTS]["K7"].comment is None
    assert check(read_workbook(again)).accepted == second.accepted


def test_an_acceptance_from_elsewhere_is_shown_and_not_copied(tmp_path: Path) -> None:
    """What gia.toml accepts must not outlive it in the workbook."""
    source = panzhou(tmp_path)
    report = read_workbook(source)
    accepted = replace(error(check(report)), reason="市局同意")
    verdict = replace(check(report), accepted=(accepted,), diagnostics=())
    target = back(source, verdict)
    sheet = openpyxl.load_workbook(target)[REVIEW]
    assert sheet["H6"].value == "已接受，理由：市局同意"
    assert sheet["I6"].value is None and sheet["I6"].protection.locked
    assert read_workbook(target).acceptances == ()


def test_a_reason_on_the_sheet_of_checks_is_an_acceptance(tmp_path: Path) -> None:
    source = panzhou(tmp_path)
    mark = error(check(read_workbook(source))).mark
    row = heads(source, CHECKS) + 1
    sheet = openpyxl.load_workbook(source)[CHECKS]
    assert not sheet[f"C{row}"].protection.locked and not sheet[f"D{row}"].protection.locked
    assert [sheet[f"B{row + n}"].value for n in (0, 11, 12)] == [1, 12, None]
    written(source, CHECKS, **{f"C{row}": mark, f"D{row}": "已核对台账"})
    report = read_workbook(source)
    assert report.acceptances == (Acceptance(mark, "已核对台账", f"{CHECKS}!C{row}"),)
    assert [one.code for one in check(report).accepted] == ["GIA203"]


@pytest.mark.parametrize(
    ("mark", "reason", "accepted"),
    [
        ("gia203-7f3a", "理由", [("GIA203-7F3A", "理由")]),
        (" ＧＩＡ２０３－７Ｆ３Ａ ", "理由", [("GIA203-7F3A", "理由")]),
        ("GIA203—7F3A", "理由", [("GIA203-7F3A", "理由")]),
        ("GIA203-7F3A、GIA204-0001", "理由", [("GIA203-7F3A", "理由"), ("GIA204-0001", "理由")]),
        ("第3条", "理由", [("第3条", "理由")]),
        ("", "只有理由", [("", "只有理由")]),
        ("GIA203-7F3A", "", []),
        ("GIA203-7F3A", "   ", []),
        ("GIA203-7F3A", "有\x07控制_x0007_字符", [("GIA203-7F3A", "有控制字符")]),
    ],
)
def test_marks_are_read_as_people_write_them(
    mark: str, reason: str, accepted: list[tuple[str, str]], tmp_path: Path
) -> None:
    source = copy(tmp_path)
    row = heads(source, CHECKS) + 2
    written(source, CHECKS, **{f"C{row}": mark, f"D{row}": reason.replace("\x07", "")})
    assert [(one.finding, one.reason) for one in read_workbook(source).acceptances] == accepted


def test_a_workbook_of_old_has_no_acceptances(tmp_path: Path) -> None:
    source = copy(tmp_path)
    book = openpyxl.load_workbook(source)
    del book[CHECKS]
    book.save(source)
    assert read_workbook(source).acceptances == ()


def test_reasons_in_vain_are_told_on_both(tmp_path: Path) -> None:
    gone = (Acceptance("GIA203-0000", "旧理由", f"{REVIEW}!D6"),)
    verdict = Verdict(lapsed=gone, baseless=(Acceptance("", "谁的", f"{CHECKS}!D60"),))
    target = back(copy(tmp_path), verdict)
    told = " ".join(str(cell.value) for cell in openpyxl.load_workbook(target)[REVIEW]["B"])
    page = render_review(read_workbook(original()), verdict, "x.xlsx").decode()
    for words in (told, page):
        assert "GIA203-0000（审核意见!D6）：数字或文字已变，接受不再有效" in words
        assert "没有写意见号（校验!D60）" in words


# The page


def page(verdict: Verdict = VERDICT, file: str = "盘州.xlsx") -> str:
    return render_review(read_workbook(original()), verdict, file).decode("utf-8")


def test_the_page_tells_everything() -> None:
    html = page(replace(VERDICT, accepted=(found(Severity.WARNING, code="GIA505", reason="市里汇总"),)))
    for words in (
        "盘州市人民政府", "2024 年（2021 年格式）", "盘州.xlsx", "有错误，改正后才能发布。",
        "错误 1 条，提醒 3 条，说明 1 条，已接受 1 条", "一、错误", "GIA203-000E", "三、依申请公开!K7、K9",
        "总计填 0，六栏之和为 4。", "2024年,我市", "请核对。", "四、已接受的意见", "市里汇总",
        "没有上年数据：GIA401、GIA402", "已改正", "属实不改", "其他说明", "审核人：", "填报人：",
    ):  # fmt: skip
        assert words in html, words
    assert html.count('class="answer"') == 5  # not for what is accepted


def test_the_page_stands_by_itself_and_is_the_same_each_time() -> None:
    html = page()
    assert html == page()
    assert not re.search(r"<script|<link|<img|src=|url\(|@import|https?:", html)
    assert html.startswith("<!DOCTYPE html>") and '<html lang="zh-CN">' in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)
    assert html.count("<h1") == 1


def test_the_page_escapes_what_a_file_says() -> None:
    nasty = "<script>alert(1)</script>\x00\x1b[31m\ud800&"
    verdict = Verdict((found(Severity.ERROR, Place(nasty, "A2"), message=nasty, hint=nasty, excerpt=nasty),))
    html = page(verdict, nasty)
    assert "<script" not in html and "\x1b" not in html and "\x00" not in html
    assert html.count("&lt;script&gt;alert(") == 5


def test_the_number_in_question_is_marked() -> None:
    one = found(
        Severity.ERROR, message="文中“558件”，表二为 290。", excerpt="2024年处理行政许可558件，1,290件另计，290件"
    )
    html = page(Verdict((one,)))
    assert re.findall("<mark>(.*?)</mark>", html) == ["558", "290"]


def test_a_report_without_findings_has_a_page_too() -> None:
    html = page(Verdict())
    assert "没有错误，可以发布。" in html and "没有意见。" in html


def test_no_page_says_less_than_the_sheet() -> None:
    """Both are made of the same opinions."""
    verdict = check(read_workbook(PANZHOU))
    html = page(verdict)
    for one in verdict.diagnostics:
        assert one.mark in html


# Files


def state(*paths: Path) -> list[tuple[bytes, int]]:
    return [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]


def test_the_library_writes_both_and_touches_nothing_else(tmp_path: Path) -> None:
    source = panzhou(tmp_path)
    before = state(source)
    returned = annotate_file(source, check(read_workbook(source)), tmp_path / "给单位")
    assert [path.name for path in returned.written] == ["盘州（审核意见）.xlsx", "盘州（审核意见）.html"]
    assert not returned.problem and state(source) == before
    assert sorted(path.name for path in (tmp_path / "给单位").iterdir()) == sorted(p.name for p in returned.written)


def examined(*paths: Path) -> list[Examined]:
    return [examine(path) for path in paths]


def test_files_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    for folder in ("甲", "乙", "丙"):
        (tmp_path / folder).mkdir()
    sources = [panzhou(tmp_path / folder, name) for folder, name in (("甲", "报表.xlsx"), ("乙", "报表.xlsx"))]
    sources.append(panzhou(tmp_path / "丙", "报表（审核意见）.xlsx"))
    returned = annotate_all(examined(*sources), tmp_path / "out")
    names = [path.name for one in returned for path in one.written if path.suffix == ".xlsx"]
    assert names == ["报表（审核意见）.xlsx", "报表-2（审核意见）.xlsx", "报表-3（审核意见）.xlsx"]


def test_no_source_is_ever_written_over(tmp_path: Path) -> None:
    first = panzhou(tmp_path, "报表.xlsx")
    second = panzhou(tmp_path, "报表（审核意见）.xlsx")
    before = state(first, second)
    returned = annotate_all(examined(first, second), tmp_path)
    assert state(first, second) == before
    assert {path for one in returned for path in one.written}.isdisjoint({first, second})


def test_a_copy_with_answers_is_not_written_over(tmp_path: Path) -> None:
    source, out = panzhou(tmp_path), tmp_path / "out"
    verdict = check(read_workbook(source))
    copy_ = annotate_file(source, verdict, out).written[0]
    assert annotate_file(source, verdict, out).written[0] == copy_  # nobody has written into it
    written(copy_, REVIEW, J6="已改正")
    before = state(copy_)
    returned = annotate_file(source, verdict, out)
    assert state(copy_) == before
    assert returned.written[0].name == "盘州-2（审核意见）.xlsx"
    assert "没有覆盖" in returned.remark


def test_another_kind_of_file_has_its_page_only(tmp_path: Path) -> None:
    source = Path(shutil.copy(soffice("ods", original()) / f"{original().stem}.ods", tmp_path / "盘州.ods"))
    returned = annotate_file(source, check(read_workbook(source)), tmp_path / "out")
    assert [path.name for path in returned.written] == ["盘州（审核意见）.html"]
    assert "另存为“Excel 工作簿（*.xlsx）”" in returned.problem


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    source = panzhou(tmp_path)
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(GiaError, match="无法写入"):
        annotate_file(source, Verdict(), tmp_path / "out")


def test_copies_in_a_folder_are_not_found_but_are_read_when_named(tmp_path: Path) -> None:
    source = panzhou(tmp_path)
    annotate_file(source, check(read_workbook(source)), tmp_path / REVIEW)
    assert find([tmp_path])[0] == [source]
    copy_ = tmp_path / REVIEW / "盘州（审核意见）.xlsx"
    assert find([copy_])[0] == [copy_]


# The command


def test_the_command_hands_back_beside_checking(tmp_path: Path) -> None:
    source = panzhou(tmp_path)
    before = state(source)
    done = run("check", "--annotate", source.name, cwd=tmp_path)
    assert done.returncode == 1 and state(source) == before
    assert "GIA203" in said(done)
    for suffix in ("xlsx", "html"):
        assert f"已写出审核意见：{Path(REVIEW) / f'盘州（审核意见）.{suffix}'}" in said(done)
        assert (tmp_path / REVIEW / f"盘州（审核意见）.{suffix}").is_file()


def test_the_command_tells_programs_what_it_wrote(tmp_path: Path) -> None:
    source = panzhou(tmp_path)
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    done = run("check", ".", "--annotate", "-o", "out", "--format", "json", cwd=tmp_path)
    assert done.returncode == 2
    files: dict[str, Any] = {Path(one["file"]).name: one for one in json.loads(said(done))["files"]}
    paths = [Path(path) for path in files[source.name]["annotated"]]
    assert [path.parent for path in paths] == [Path("out")] * 2
    assert "annotated" not in files["坏.xlsx"]
    plain = json.loads(said(run("check", source.name, "--format", "json", cwd=tmp_path)))
    assert "annotated" not in plain["files"][0]


def test_a_folder_is_named_for_annotating_only(tmp_path: Path) -> None:
    source = panzhou(tmp_path)
    done = run("check", source.name, "-o", "out", cwd=tmp_path)
    assert done.returncode == 2 and "--annotate" in sentence(done)
    done = run("check", source.name, "--annotate", "-o", source.name, cwd=tmp_path)
    assert done.returncode == 2 and "不是文件夹" in sentence(done)


def test_what_cannot_be_annotated_is_told_and_status_2(tmp_path: Path) -> None:
    shutil.copy(soffice("ods", original()) / f"{original().stem}.ods", tmp_path / "盘州.ods")
    done = run("check", "盘州.ods", "--annotate", cwd=tmp_path)
    assert done.returncode == 2 and "只有 .xlsx 能标注审核意见" in sentence(done)
    assert (tmp_path / REVIEW / "盘州（审核意见）.html").is_file()


def test_many_files_are_handed_back_in_processes(tmp_path: Path) -> None:
    for number in range(26):
        panzhou(tmp_path, f"某镇{number:02}.xlsx")
    done = run("check", ".", "--annotate", cwd=tmp_path)
    assert f"已写出审核意见：{REVIEW}，26 份报告，52 个文件。" in said(done)
    assert len(list((tmp_path / REVIEW).iterdir())) == 52


def test_the_help_says_it() -> None:
    assert "--annotate" in said(run("check", "--help"))


def test_a_browser_prints_it_on_few_pages(tmp_path: Path) -> None:
    browser = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if browser is None or not shutil.which("pdfinfo"):
        pytest.skip("no browser to print with")
    (tmp_path / "page.html").write_bytes(render_review(read_workbook(PANZHOU), VERDICT, "x.xlsx"))
    pdf = tmp_path / "page.pdf"
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={pdf}"]
    subprocess.run([*command, (tmp_path / "page.html").as_uri()], check=True, capture_output=True, timeout=120)
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert "A4" in told and int(re.findall(r"Pages:\s+(\d+)", told)[0]) <= 2
