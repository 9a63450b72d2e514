"""The circle closes: what is published, read back, is the same figures and the same paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.filled import filled
from gia_xlsx import read_workbook
from gia_xlsx.form import load_form
from gia_xlsx.intake.recognise import recognise
from gia_xlsx.intake.sniff import read_source
from gia_xlsx.narrative import escape
from gia_xlsx.publish import Edition, rendered
from gia_xlsx.publish.document import printed
from gia_xlsx.report import Cover, Paragraph, Report
from tests.examples import FOLDER, example
from tests.pdfs import report_pdf
from tests.seeds import SEEDS


def browser_copy(report: Report) -> bytes:
    """What a browser gives for select all, copy: a line a paragraph, a row of a table with tabs between its cells."""
    page = lxml.html.fromstring(rendered(Edition(report, True), "html").decode("utf-8"))
    lines: list[str] = []
    for node in page.iter("a", "h1", "h2", "h3", "h4", "p", "caption", "tr"):
        if node.tag == "tr":
            lines.append("\t".join(cell.text_content() for cell in node))
        else:
            lines.append(node.text_content())
    return "\n".join(lines).encode("utf-8")


WAYS: dict[str, Callable[[Report], bytes]] = {
    "html": lambda report: rendered(Edition(report, True), "html"),
    "docx": lambda report: rendered(Edition(report, True), "docx"),
    "copy": browser_copy,
}


def figures(report: Report) -> dict[str, str]:
    """What each cell prints."""
    return {str(key): printed(report, key) for key in report.form.cells}


def text(report: Report) -> list[tuple[str, str, str]]:
    return [(p.section, p.heading, p.text) for p in report.paragraphs]


def read_back(report: Report, way: str) -> Report:
    found = recognise(read_source(WAYS[way](report), f"report.{way}"))
    assert found is not None
    return found.report


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_examples_come_back(seed: str, way: str) -> None:
    report = read_workbook(FOLDER / "examples" / example(seed))
    back = read_back(report, way)
    assert figures(back) == figures(report)
    assert text(back) == text(report)
    assert (back.form, back.organ, back.year) == (report.form, report.organ, report.year)


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "columns kept by spaces"])
@pytest.mark.parametrize("seed", ["000", "002", "003", "004"])  # the font at hand lacks the · of 001
def test_the_examples_come_back_from_a_pdf(seed: str, ruled: bool) -> None:
    report = read_workbook(FOLDER / "examples" / example(seed))
    found = recognise(read_source(report_pdf(report, ruled=ruled), "report.pdf"))
    assert found is not None
    assert figures(found.report) == figures(report)
    assert text(found.report) == text(report)


# --- random reports -----------------------------------------------------------------------------------------------

SENTENCES = (
    "全年主动公开政府信息1060余条，其中政策解读3条",
    "收到申请33件，上年结转4件，已办结34件，3件转下年度继续办理",
    "行政许可558件，行政处罚24件，行政强制0件",
    "通过门户网站(http://www.example.gov.cn/)和“微政务”公众号公开",
    "花括号{{ 本年新收 }}和{% 如果 %}照印，<b>标签</b> & 符号也照印",
    "建立台账，做到年初有布置、年底有总结",
    "2024年，下发工作提示5期，整改完成率100%",
)
sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(lambda some: "。".join(some) + "。")
names = st.sampled_from(("主动公开", "依申请公开情况", "加强组织领导", "平台建设", "监督保障"))
numbers = st.sampled_from(("（一）", "(二)", "1.", "2．", "三、"))


@st.composite
def paragraphs(draw: Any, section: str) -> Paragraph:
    """A paragraph as an import tells them: a heading alone or run in, numbered or none, text or an item of a list."""
    number, name, words = draw(numbers), draw(names), escape(draw(sentences))
    kind = draw(st.sampled_from(("text", "run in", "own line", "own line, closed", "item")))
    if kind == "text":
        return Paragraph(section, "", words)
    if kind == "run in":
        return Paragraph(section, number + name + draw(st.sampled_from("：:。")), words)
    if kind == "own line":
        return Paragraph(section, number + name, words)
    if kind == "own line, closed":
        return Paragraph(section, f"{number}{name}。", "")
    return Paragraph(section, "", f"{number}开展培训2次，参训120人次；")


@st.composite
def reports(draw: Any) -> Report:
    form = load_form(draw(st.sampled_from(("2019", "2021"))))
    report = filled(form, draw(st.integers(0, 10**6)))
    texts = tuple(
        paragraph
        for section in form.sections
        for paragraph in draw(st.lists(paragraphs(section.key), min_size=not section.is_table, max_size=4))
    )
    first = Paragraph("preface", "", "根据《中华人民共和国政府信息公开条例》要求，编制本报告。")
    texts = (first, *(p for p in texts if p.section != "preface"))
    organ = draw(st.sampled_from(("随县安居镇人民政府", "盘州市人民政府", "某某市教育局", "长寿区凤城街道办事处")))
    cover = Cover(organ, "", form.until or 2024, signature=organ, date="2025年1月20日")
    return replace(report, cover=cover, paragraphs=texts)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=70, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(report=reports())
def test_random_reports_come_back(report: Report, way: str) -> None:
    back = read_back(report, way)
    assert figures(back) == figures(report)
    assert all(back.value(key) == value for key, value in report.numbers.items() if not isinstance(value, Decimal))
    assert text(back) == text(report)
    assert (back.organ, back.year) == (report.organ, report.year)
    assert (back.cover.signature, back.cover.date) == (report.cover.signature, report.cover.date)


def test_an_import_written_and_checked_is_the_same_report(tmp_path: Path) -> None:
    from gia_xlsx.intake import import_report, write_imported

    page = tmp_path / "page.html"
    page.write_bytes(WAYS["html"](read_workbook(FOLDER / "examples" / example("001"))))
    found = import_report(page)
    write_imported(found, tmp_path / "a.xlsx")
    write_imported(import_report(page), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    again = read_workbook(tmp_path / "a.xlsx")
    assert {key: fact.raw for key, fact in again.facts.items()} == {
        key: fact.raw for key, fact in found.report.facts.items()
    }
    assert text(again) == text(found.report)
