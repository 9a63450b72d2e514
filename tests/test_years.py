"""Last year's report as it may be at hand: a page, a Word file, a PDF, of another form, broken; and what it costs."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gia_xlsx import check, read_workbook
from gia_xlsx.batch import load_previous
from gia_xlsx.errors import GiaError
from gia_xlsx.form import Key
from gia_xlsx.narrative import offered
from gia_xlsx.organ import organ_types
from gia_xlsx.publish import Edition, rendered
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.rules import likeness_of_text, years
from gia_xlsx.rules.likeness_of_text import copied
from gia_xlsx.workbook.write import write_workbook
from tests.clean import clean, edited
from tests.pdfs import report_pdf, scan_pdf
from tests.seeds import SEEDS, load_seed
from tests.test_circle import WAYS
from tests.test_cli import PANZHOU, run, said, sentence

CODES = {rule.code for rule in years.RULES}
RECEIVED, CARRIED_IN, CARRIED_OUT = (
    Key("requests", row, "natural") for row in ("received", "carried_in", "carried_out")
)


def last_year(report: Report) -> Report:
    """The same report, a year before."""
    assert report.year is not None
    return replace(report, cover=replace(report.cover, year=report.year - 1, date=f"{report.year}年1月20日"))


def found(report: Report, previous: Report) -> dict[str, str]:
    """What family 4 says, by code."""
    verdict = check(replace(report, previous=previous))
    return {d.code: d.message for d in verdict.diagnostics if d.code in CODES}


# --- last year's report as it was published -----------------------------------------------------------------------

PUBLISHED: dict[str, Callable[[Report], bytes]] = {
    **{f"a.{way}": make for way, make in WAYS.items() if way != "copy"},
    "a.txt": WAYS["copy"],
    "a.md": WAYS["copy"],
    "a.pdf": report_pdf,
    "page without a suffix": WAYS["html"],
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_report_is_last_years_figures_and_words(tmp_path: Path, name: str) -> None:
    then = last_year(load_seed("003"))
    (tmp_path / name).write_bytes(PUBLISHED[name](then))
    read = load_previous(tmp_path / name)
    assert (read.organ, read.year) == (then.organ, then.year)
    assert all(read.value(key) == then.value(key) for key in then.form.cells)
    told = found(load_seed("003"), read)
    assert set(told) == {"GIA407"}  # nothing was applied for, nothing carried over; the text is the same
    assert "“一、总体情况”" in told["GIA407"] and "“五、存在问题及改进情况”" in told["GIA407"]


@pytest.mark.parametrize("name", ["a.html", "a.docx"])
def test_the_command_takes_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PUBLISHED[name](last_year(load_seed("001"))))
    done = run("check", PANZHOU, "--previous", name, "--format", "json", cwd=tmp_path)
    (file,) = json.loads(done.stdout)["files"]
    told = {d["code"]: d for d in file["diagnostics"]}
    assert "总计是 0 件" in told["GIA402"]["message"] and "自然人（本年 4，上年 3）" in told["GIA402"]["message"]
    assert told["GIA402"]["places"][0] == {"sheet": "三、依申请公开", "cell": "E7"}
    assert "GIA407" in told and "GIA401" not in told
    assert not any(entry["code"] in CODES for entry in file["not_run"])


def test_a_new_workbook_takes_what_was_carried_over_from_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(WAYS["html"](load_seed("001")))
    asked = ("new", "--organ", "盘州市人民政府", "--type", "county", "--year", "2025", "-o", "x.xlsx")
    assert run(*asked, "--previous", "a.html", cwd=tmp_path).returncode == 0
    assert read_workbook(tmp_path / "x.xlsx").facts[CARRIED_IN].value == 3


def test_the_help_says_what_may_be_given() -> None:
    for command in ("new", "check", "build"):
        assert "发布过的报告" in said(run(command, "--help", COLUMNS="200"))


def test_what_a_page_does_not_show_is_not_compared(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    then = edited(replace(clean(), paragraphs=load_seed("003").paragraphs), {str(CARRIED_OUT): 99})
    html = WAYS["html"](last_year(then)).decode("utf-8")
    page.write_text(html.replace(">99<", "><"), encoding="utf-8")
    read = load_previous(page)
    assert read.value(CARRIED_OUT) is None
    assert "自然人" not in found(clean(), read).get("GIA403", "")


# --- workbooks and data stay --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.xlsx", "a.bak", "a", "a.docx"])
def test_a_workbook_is_one_whatever_its_name(tmp_path: Path, name: str) -> None:
    shutil.copy(PANZHOU, tmp_path / name)
    assert load_previous(tmp_path / name).organ == "盘州市人民政府"


@pytest.mark.parametrize("name", ["report.json", "report.json.txt", "data"])
def test_so_are_the_data_of_a_report(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(rendered(Edition(load_seed("000"), True), "json"))
    assert load_previous(tmp_path / name).organ == "随县安居镇人民政府"


# --- what cannot be read ------------------------------------------------------------------------------------------

UNREADABLE: dict[str, tuple[bytes, str]] = {
    "a.docx": (b"PK\x03\x04 cut off", "a.docx"),
    "a.xlsx": (b"PK\x03\x04 cut off", "重新下载"),
    "a.ods": (b"nothing", "a.ods"),
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
    "a.pdf": (scan_pdf(), "扫描件"),
    "a.html": (b"<html><body><p>nothing</p></body></html>", "a.html"),
    "a.txt": (("今天天气很好，适合春游。" * 20).encode(), "不像政府信息公开工作年度报告"),
    "a.png": (b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
    "a.json": (b"{", "JSON"),
    "empty.html": (b"", "空的"),
    "noise": (bytes(range(256)) * 40, "认不出"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_without_a_report_is_one_sentence_and_status_2(tmp_path: Path, name: str) -> None:
    data, told = UNREADABLE[name]
    (tmp_path / name).write_bytes(data)
    done = run("check", PANZHOU, "--previous", name, cwd=tmp_path)
    assert done.returncode == 2 and not done.stdout
    assert told in sentence(done)


def test_so_is_a_folder_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name, told in ((".", "文件夹"), ("gone.html", "找不到")):
        done = run("check", PANZHOU, "--previous", name, cwd=tmp_path)
        assert done.returncode == 2 and told in sentence(done)


def test_a_report_of_nobody_knows_whom_is_told_with_the_way_out(tmp_path: Path) -> None:
    nobody = replace(load_seed("002"), paragraphs=(Paragraph("problems", "", "镇村两级没有统一的目录。"),))
    nobody = replace(nobody, cover=replace(nobody.cover, organ="", year=None, title="政府信息公开年度报告"))
    (tmp_path / "a.html").write_bytes(WAYS["html"](replace(nobody, cover=replace(nobody.cover, signature="", date=""))))
    with pytest.raises(GiaError, match=r"没有认出这份报告的机关和年度.*import"):
        load_previous(tmp_path / "a.html")


# --- another form -------------------------------------------------------------------------------------------------


def test_a_report_of_2021_is_held_against_one_of_2020_cell_by_cell() -> None:
    then = replace(clean("2019"), paragraphs=())
    now = clean()
    now = replace(now, cover=replace(now.cover, year=2021))
    assert {"GIA402"} == set(found(now, then))  # the rest of both clean reports agrees
    then = edited(then, {str(key._replace(row="carried_out")): now.value(key) for key in now.form.inputs if _in(key)})
    assert found(now, then) == {}
    assert set(found(now, edited(then, {"disclosure/penalties/decisions": 4000}))) == {"GIA406"}
    assert found(now, edited(then, {"disclosure/licensing/items_previous": 4000})) == {}
    assert found(now, edited(then, {"disclosure/procurement/amount": 4000})) == {}
    assert set(found(now, edited(then, {"cases/count/direct.pending": 40}))) == {"GIA405"}


def test_and_the_other_way_round() -> None:
    now = replace(clean("2019"), paragraphs=())
    then = replace(clean(), cover=replace(now.cover, year=2019))
    then = edited(then, {str(key._replace(row="carried_out")): now.value(key) for key in now.form.inputs if _in(key)})
    assert found(now, then) == {}
    many = {f"requests/outcome.other.{row}/natural": 100 for row in ("not_corrected", "unpaid", "other")}
    assert "「(六)其他处理」的总计 358→" in found(now, edited(then, many))["GIA406"]


def _in(key: Key) -> bool:
    return key.table == "requests" and key.row == "carried_in"


# --- the text -----------------------------------------------------------------------------------------------------


def test_a_whole_report_copied_but_for_the_year_is_one_finding() -> None:
    for seed in SEEDS:
        report = load_seed(seed)
        then = last_year(report)
        then = replace(
            then,
            paragraphs=tuple(
                replace(p, text=p.text.replace(str(report.year), str(then.year))) for p in then.paragraphs
            ),
        )
        verdict = check(replace(report, previous=then))
        assert [d.code for d in verdict.diagnostics].count("GIA407") == 1


def test_reports_of_different_offices_are_not_alike() -> None:
    for seed in SEEDS:
        for other in set(SEEDS) - {seed}:
            assert copied(replace(load_seed(seed), previous=load_seed(other))) == []


@pytest.mark.parametrize("edits", [1, 2])
def test_a_few_characters_changed_in_each_sentence_hide_nothing(edits: int) -> None:
    for seed in SEEDS:
        then = load_seed(seed)
        now = replace(then, paragraphs=tuple(replace(p, text=_edited(p.text, edits)) for p in then.paragraphs))
        parts = {part.section: part.share for part in copied(replace(now, previous=then))}
        assert parts.keys() >= {"overview", "problems"} and min(parts.values()) >= 90


def _edited(text: str, edits: int) -> str:
    draw = random.Random(text)
    sentences = []
    for sentence_ in text.split("。"):
        characters = list(sentence_)
        for _ in range(edits if len(characters) > 12 else 0):
            at = draw.randrange(len(characters))
            characters[at : at + draw.randrange(2)] = draw.choice("的了将各并更再新")
        sentences.append("".join(characters))
    return "。".join(sentences)


@pytest.mark.parametrize("organ_type", sorted(organ_types()))
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_standard_sentences_are_the_same_every_year_by_design(form: str, organ_type: str) -> None:
    report = clean(form)
    filled_in = tuple(
        replace(p, text=p.text.replace("【", "").replace("】", "")) for p in offered(report.form, organ_type)
    )
    report = replace(report, paragraphs=filled_in)
    assert copied(replace(report, previous=last_year(report))) == []


def test_the_example_shows_both_years_and_no_long_number() -> None:
    words = "困难群众张某反映补贴迟迟没有发到户，村里查实后由会计补录银行账号，十天之内补发到位"
    texts = [f"{words}，联系电话{number}；{words[5:]}，并在公开栏张贴。" for number in ("13800000000", "13900000000")]
    more = "；".join(f"{words[n:]}并登记在册由第{n}组核对签字" for n in range(6))
    now, then = (replace(clean(), paragraphs=(Paragraph("problems", "", f"{text}{more}"),)) for text in texts)
    (finding,) = years.text_of_last_year.find(replace(now, previous=then))
    assert finding.excerpt
    assert "13800000000" not in finding.excerpt and "13900000000" not in finding.excerpt
    assert len(finding.excerpt) < 150


# --- what it costs: bench.hostile measures the time; here is what bounds it ------------------------------------------


def test_no_more_of_a_text_is_looked_at_than_any_report_has() -> None:
    long = "".join(
        f"{n}户人家修好了水窖，{chr(0x4E00 + n % 4000)}{chr(0x4E00 + n // 7 % 4000)}。" for n in range(60_000)
    )
    report = replace(clean(), paragraphs=(Paragraph("problems", "", long), Paragraph("problems", "", long[::-1])))
    assert sum(len(text) for _, text in likeness_of_text._narrative(report)) <= likeness_of_text._LONGEST


def test_one_piece_leads_to_few_sentences_however_often_it_stands() -> None:
    texts = [f"{chr(0x4E00 + n)}{chr(0x4F00 + n)}村的老党员在戏台前摆摊答疑" for n in range(300)]
    last = likeness_of_text._LastYear(["。".join(texts)], ())
    assert max(map(len, last.leads.values())) == likeness_of_text._MOST


def test_the_workbook_of_last_year_works_too(tmp_path: Path) -> None:
    then = last_year(clean())
    write_workbook(tmp_path / "last.xlsx", then.form, then.cover, report=then)
    told: dict[str, Any] = found(clean(), load_previous(tmp_path / "last.xlsx"))
    assert set(told) == {"GIA402", "GIA404"}
