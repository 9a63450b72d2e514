"""Verdicts as a person and as a program get them: short golden texts, widths, colour, and the JSON of the contract."""

from __future__ import annotations

import json
import re

import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.report import Report
from gia_xlsx.rules import CATALOGUE, check
from gia_xlsx.show import (
    FileResult,
    as_json,
    as_text,
    explain,
    measure,
    rules_markdown,
    rules_table,
    summary_table,
    wrap,
)
from tests.clean import clean, edited

BROKEN_WORKBOOK = FileResult("坏.xlsx", "unreadable", problem="坏.xlsx：不是表格文件，请另存为 .xlsx。")


def result(report: Report, file: str = "报送/清水镇2024.xlsx") -> FileResult:
    verdict = check(report)
    return FileResult(file, verdict.status, report.form.form, report.organ, report.year, verdict)


ONE_MISTAKE = result(edited(clean(), {"requests/carried_in/total": 0}))
CLEAN = result(clean())


def test_one_mistake_is_told_with_place_fault_and_way_out_on_one_screen() -> None:
    assert as_text(ONE_MISTAKE, width=76) == (
        """\
清水镇人民政府 2024 年度（2021 年格式）  清水镇2024.xlsx

错误 GIA203-9228  三、依申请公开!K7
  「二、上年结转政府信息公开申请数量」的总计填 0，六栏之和为 27（自然人 2、
  商业企业 3、科研机构 4、社会公益组织 5、法律服务机构 6、其他 7），少 27；
  由此总计列勾稽关系也不平：564＋0≠504＋87。
  改法：这一格原是公式，已被键入的数字覆盖：请恢复公式（先撤销工作表保护，没
  有密码，再键入 =SUM(E7:J7)），或改为 27；总计无误的，核对各加数。

未查 GIA401 至 GIA407：没有上年数据，用 --previous 给出上年材料就查。
有错误，改正后才能发布：错误 1 条。"""
    )


def test_a_clean_report_takes_four_lines() -> None:
    assert as_text(CLEAN).splitlines() == [
        "清水镇人民政府 2024 年度（2021 年格式）  清水镇2024.xlsx",
        "",
        "未查 GIA401 至 GIA407：没有上年数据，用 --previous 给出上年材料就查。",
        "没有错误，可以发布。",
    ]


def test_a_blank_form_is_one_finding() -> None:
    report = clean()
    text = as_text(result(edited(report, {str(key): "" for key in report.form.inputs})))
    assert "未填报：还有 166 格未填（错误 1 条）。" in text
    assert len(text.splitlines()) < 10


def test_an_unreadable_file_says_why() -> None:
    assert as_text(BROKEN_WORKBOOK) == "读不了 坏.xlsx：不是表格文件，请另存为 .xlsx。"


def test_colour_adds_to_the_words_and_replaces_none() -> None:
    colored = as_text(ONE_MISTAKE, color=True, width=76)
    assert "\x1b[1;31m错误 GIA203-9228\x1b[0m" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == as_text(ONE_MISTAKE, width=76)


@pytest.mark.parametrize("width", [36, 40, 76, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    body = as_text(ONE_MISTAKE, width=width).splitlines()[2:]
    assert max(measure(line) for line in body) <= width + 2  # a closing mark may hang


def test_lines_break_between_characters_but_not_before_a_comma_or_inside_a_number() -> None:
    assert wrap("收到申请一二三四五六，答复 1234567 件。", 20) == ["收到申请一二三四五六，", "答复 1234567 件。"]


def test_what_a_file_says_cannot_command_the_terminal() -> None:
    report = edited(clean(), {"disclosure/licensing/decisions": "\x1b[2J清屏"})
    assert "\x1b" not in as_text(result(report))


def test_same_hint_is_not_repeated() -> None:
    mixed = {
        f"disclosure/{row}/{column}": value
        for row in ("licensing", "penalties")
        for column, value in (("items_previous", 3), ("items_change", 4), ("decisions", 7))
    }
    text = as_text(result(edited(clean("2019"), mixed)))
    assert text.count("提醒 GIA209") == 2
    assert text.count("改法：") == 1


def test_the_table_of_many_files_is_aligned_for_wide_characters() -> None:
    assert summary_table([ONE_MISTAKE, CLEAN, BROKEN_WORKBOOK], ["未发布", "已发布", "未发布"]).splitlines() == [
        "文件                  机关            年度  结果      错误  提醒  去向",
        "报送/清水镇2024.xlsx  清水镇人民政府  2024  有错误       1     0  未发布",
        "报送/清水镇2024.xlsx  清水镇人民政府  2024  没有错误     0     0  已发布",
        "坏.xlsx                                     读不了                未发布",
        "",
        "共 3 份：没有错误 1 份，有错误 1 份，读不了 1 份。",
    ]


def test_json_is_what_the_contract_says() -> None:
    data = as_json([ONE_MISTAKE, BROKEN_WORKBOOK])
    first, second = json.loads(json.dumps(data, ensure_ascii=False))["files"]
    (diagnostic,) = first.pop("diagnostics")
    assert first == {
        "file": "报送/清水镇2024.xlsx",
        "status": "errors",
        "form": "2021",
        "organ": "清水镇人民政府",
        "year": 2024,
        "not_run": [{"code": f"GIA40{n}", "why": "没有上年数据"} for n in range(1, 8)],
    }
    assert diagnostic.pop("message").startswith("「二、上年结转政府信息公开申请数量」的总计填 0")
    assert diagnostic.pop("hint")
    assert re.fullmatch(r"GIA203-[0-9A-F]{4}", diagnostic.pop("mark"))
    assert diagnostic == {
        "code": "GIA203",
        "name": "row-total-differs",
        "severity": "error",
        "places": [{"sheet": "三、依申请公开", "cell": "K7"}],
        "keys": ["requests/carried_in/total"],
        "excerpt": None,
    }
    assert second["status"] == "unreadable"
    assert second["diagnostics"] == []
    assert second["problem"].startswith("坏.xlsx")


def test_a_page_is_found_by_code_in_any_case_and_by_name() -> None:
    assert explain("gia203") == explain("GIA203") == explain("row-total-differs")
    assert explain("GIA203").startswith("GIA203 row-total-differs（错误）\n\n表三每一行，“总计”应等于")


def test_a_code_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(GiaError, match=r"没有“GIA230”这条规则；相近的有 .*全部规则见 gia-xlsx rules。"):
        explain("GIA230")


def test_the_catalogue_as_table_and_as_markdown() -> None:
    assert "GIA203  错误  row-total-differs" in rules_table()
    assert "| GIA203 | 错误 | `row-total-differs` | 表三每一行，“总计”应等于自然人与法人" in rules_markdown()
    assert len(rules_markdown().splitlines()) == len(CATALOGUE) + 2
