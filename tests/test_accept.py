"""What people accept with a reason, and what a region sets: ``gia.toml`` and the commands that read it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.profile import Acceptance, Profile, load_profile
from gia_xlsx.report import Report
from gia_xlsx.rules import CATALOGUE, check
from gia_xlsx.workbook.write import write_workbook
from tests.clean import clean, edited

CODES = [rule.code for rule in CATALOGUE]


def wrong(decisions: int = 41) -> Report:
    """One figure of the text that the table does not bear out."""
    report = clean()
    sentence = replace(report.paragraphs[1], text=f"全年作出行政处罚决定{decisions}件。")
    return replace(report, paragraphs=(*report.paragraphs, sentence))


def accepting(report: Report, mark: str, **more: object) -> Report:
    acceptance = Acceptance(mark, "台账与统计口径不同，已核对", "gia.toml 的第 1 个 [[accept]]", **more)  # type: ignore[arg-type]  # organ and year
    return replace(report, profile=Profile(acceptances=(acceptance,)))


def test_an_accepted_finding_stands_apart_and_refuses_nothing() -> None:
    (found,) = check(wrong()).diagnostics
    verdict = check(accepting(wrong(), found.mark))
    assert verdict.status == "ok" and verdict.diagnostics == ()
    assert [(one.code, one.reason) for one in verdict.accepted] == [("GIA301", "台账与统计口径不同，已核对")]


def test_it_survives_other_changes_and_falls_away_with_its_figures() -> None:
    (found,) = check(wrong()).diagnostics
    other = edited(wrong(), {"disclosure/coercion/decisions": 7})
    assert check(accepting(other, found.mark)).accepted
    for changed in (wrong(42), edited(wrong(), {"disclosure/penalties/decisions": 39})):
        verdict = check(accepting(changed, found.mark))
        assert verdict.status == "errors" and [one.finding for one in verdict.lapsed] == [found.mark]


def test_it_is_for_the_organ_and_the_year_it_names() -> None:
    (found,) = check(wrong()).diagnostics
    assert check(accepting(wrong(), found.mark, organ="清水镇人民政府", year=2024)).status == "ok"
    assert check(accepting(wrong(), found.mark, organ="浊水镇人民政府")).status == "errors"
    assert check(accepting(wrong(), found.mark, year=2023)).status == "errors"


def test_a_reason_without_a_finding_is_baseless() -> None:
    verdict = check(accepting(clean(), "GIA301-0000"))
    assert [one.finding for one in verdict.baseless] == ["GIA301-0000"]


def test_levels_are_set_by_code_and_region() -> None:
    lacking = replace(clean(), paragraphs=tuple(p for p in clean().paragraphs if p.section != "other"))
    report = replace(lacking, paragraphs=(*lacking.paragraphs, replace(clean().paragraphs[-1], text="无。")))
    assert [d.severity.value for d in check(report).diagnostics] == ["warning"]
    for profile, status in (
        (Profile(levels={"GIA607": "error"}), "errors"),
        (Profile(regions={"清水": Profile(levels={"GIA607": "error"})}), "errors"),
        (Profile(regions={"浊水": Profile(levels={"GIA607": "error"})}), "ok"),
    ):
        assert check(replace(report, profile=profile)).status == status
    off = check(replace(report, profile=Profile(levels={"GIA607": "off"})))
    assert off.diagnostics == () and ("GIA607", "gia.toml 设为不查") in off.not_run


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[levels]\nGIA999 = "error"\n', "没有“GIA999”这条规则"),
        ('[levels]\nGIA301 = "fatal"\n', "GIA301 的级别只能是"),
        ('[deadlines]\ntown = "01-31"\n', "没有“town”这种机关类型"),
        ('[deadlines]\ntownship = "02-30"\n', "“月-日”"),
        ('[[accept]]\nreason = "已核对"\n', "没有写接受的是哪一条意见"),
        ('[[accept]]\nfinding = "GIA301-7F3A"\n', "没有写理由"),
        ('[[accept]]\nfinding = "GIA301"\nreason = "已核对"\n', "不是意见号"),
        ('[[accept]]\nfinding = "GIA999-7F3A"\nreason = "已核对"\n', "没有“GIA999”这条规则"),
        ("levels = 3\n", "应写作 [levels]"),
        ("[level]\n", "没有“level”这一项"),
        ("[levels\n", "第 1 行写法有误"),
        ("accept = 1\n", "应写作 [[accept]]"),
        ("region = [1]\n", "应写作 [region]"),
        ("[region]\n随县 = 1\n", "写法有误"),
    ],
)
def test_a_fault_in_the_file_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "gia.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GiaError) as raised:
        load_profile(path, CODES)
    assert says in str(raised.value) and "gia.toml" in str(raised.value)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "gia_xlsx", *arguments], cwd=folder, capture_output=True, check=False)


def test_the_commands_read_the_file_of_the_working_folder(tmp_path: Path) -> None:
    report = wrong()
    write_workbook(tmp_path / "a.xlsx", report.form, report.cover, report=report)
    first = run(tmp_path, "check", "a.xlsx", "--format", "json")
    (found,) = json.loads(first.stdout)["files"][0]["diagnostics"]
    assert first.returncode == 1
    settings = tmp_path / "gia.toml"
    settings.write_text(f'[[accept]]\nfinding = "{found["mark"]}"\nreason = "已核对"\n', encoding="utf-8")
    (file,) = json.loads(run(tmp_path, "check", "a.xlsx", "--format", "json").stdout)["files"]
    assert file["status"] == "ok" and file["accepted"][0]["reason"] == "已核对"
    shown = run(tmp_path, "build", "a.xlsx")
    assert shown.returncode == 0 and (tmp_path / "reports" / "清水镇人民政府2024" / "report.html").exists()
    settings.write_text('[[accept]]\nfinding = "GIA503-0000"\nreason = "已核对"\n', encoding="utf-8")
    vain = run(tmp_path, "check", "a.xlsx")
    assert vain.returncode == 2 and "GIA503-0000" in vain.stderr.decode("utf-8")
    settings.write_text('[levels]\nGIA000 = "off"\n', encoding="utf-8")
    unknown = run(tmp_path, "build", "a.xlsx")
    assert unknown.returncode == 2 and "GIA000" in unknown.stderr.decode("utf-8")
