"""The command line as scripts and clerks meet it: exit status, words in Chinese, nothing touched that should not be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples import FOLDER, example

EXAMPLES = FOLDER / "examples"
SOUND, PANZHOU, MAHEKOU = (str(EXAMPLES / example(seed)) for seed in ("003", "001", "002"))


def run(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gia_xlsx", *arguments],
        cwd=cwd,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(FOLDER.parent), "PYTHONUTF8": "1", **environment},
    )


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stdout.decode("utf-8")


def sentence(done: subprocess.CompletedProcess[bytes]) -> str:
    """What stands on standard error: one sentence, no traceback."""
    text = done.stderr.decode("utf-8").strip()
    assert "\n" not in text and "Traceback" not in text
    return text


@pytest.mark.parametrize("arguments", [["--help"], [], *([name, "--help"] for name in (
    "new", "check", "build", "export", "rules", "explain"))])  # fmt: skip
def test_help_is_chinese(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 0
    for word in ("Usage", "Options", "Show this", "Arguments", "Commands", "required", "default", "COMMAND"):
        assert word not in said(done)


def test_a_clean_report_is_status_0() -> None:
    done = run("check", SOUND)
    assert done.returncode == 0
    assert "没有错误" in said(done)


def test_errors_are_status_1_and_told_with_place_fault_and_way_out() -> None:
    done = run("check", PANZHOU)
    assert done.returncode == 1
    for words in ("GIA203", "三、依申请公开!K7", "少 4", "恢复公式", "33＋0≠34＋3"):
        assert words in said(done).replace("\n  ", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "没有这个文件.xlsx"], "找不到"),
        (["check"], "缺少参数"),
        (["check", "--format", "xml", SOUND], "--format 只能是"),
        (["chekc", SOUND], "没有“chekc”这个命令"),
        (["build", "--only", "ofd", SOUND], "--only 只能是"),
        (["build"], "workbooks"),
        (["new", "--organ", "某镇", "--type", "town", "--year", "2026"], "没有“town”这种机关类型"),
        (["new", "--organ", "某镇", "--type", "township", "--year", "1999"], "2019"),
        (["new", "--organ", "某镇", "--type", "township", "--year", "abc"], "--year"),
        (["new", "--organ", "某镇", "--type", "township", "--year", "2026", "--form", "2008"], "没有“2008”这种格式"),
        (["new", "--organ", "某镇", "--type", "township", "--year", "2026", "-o", "x.xls"], "请改为“x.xlsx”"),
        (["new", "--organ", "甲镇", "--type", "township", "--year", "2026", "--previous", PANZHOU], "--any-previous"),
        (
            ["new", "--organ", "盘州市人民政府", "--type", "county", "--year", "2026", "--previous", PANZHOU],
            "2025 年度",
        ),
        (["build", "--only", "", SOUND], "--only 只能是"),
        (["check", "--fromat", "json", SOUND], "没有 --fromat 这个选项。是否要用 --format？"),
        (["explain", "GIA999"], "没有“GIA999”"),
        (["check", SOUND, "--previous", "没有.xlsx"], "没有.xlsx"),
    ],
)
def test_what_cannot_run_is_one_sentence_and_status_2(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in sentence(done)
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_file_is_status_2_and_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK not a workbook")
    done = run("check", "坏.xlsx", SOUND, cwd=tmp_path)
    assert done.returncode == 2
    assert "读不了" in said(done) and "天津市静海区中旺镇人民政府" in said(done)


def test_json_of_check_is_the_contract() -> None:
    data = json.loads(run("check", PANZHOU, "--format", "json").stdout)
    (file,) = data["files"]
    assert (file["status"], file["form"], file["organ"], file["year"]) == ("errors", "2021", "盘州市人民政府", 2024)
    (found,) = [d for d in file["diagnostics"] if d["severity"] == "error"]
    assert (found["code"], found["name"]) == ("GIA203", "row-total-differs")
    assert found["places"][0] == {"sheet": "三、依申请公开", "cell": "K7"}
    assert found["keys"][0] == "requests/carried_in/total"
    assert set(found) == {"code", "name", "severity", "message", "hint", "places", "keys", "excerpt", "mark"}
    assert isinstance(file["not_run"], list)


def test_build_leaves_a_refused_report_unpublished_and_earlier_output_untouched(tmp_path: Path) -> None:
    assert run("build", SOUND, "-o", "out", cwd=tmp_path).returncode == 0
    page = tmp_path / "out" / "天津市静海区中旺镇人民政府2025" / "report.html"
    before = page.read_bytes()
    assert run("build", PANZHOU, "-o", "out", cwd=tmp_path).returncode == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["天津市静海区中旺镇人民政府2025"]
    assert page.read_bytes() == before


def test_build_without_files_takes_the_workbooks_folder_and_passes_blank_ones_over(tmp_path: Path) -> None:
    (tmp_path / "workbooks").mkdir()
    for source in (Path(SOUND), next(FOLDER.glob("*2021*.xlsx"))):
        (tmp_path / "workbooks" / source.name).write_bytes(source.read_bytes())
    done = run("build", cwd=tmp_path)
    assert done.returncode == 0, said(done)
    assert "跳过" in said(done)
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["天津市静海区中旺镇人民政府2025"]


def test_the_same_report_twice_is_refused_rather_than_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(Path(SOUND).read_bytes())
    done = run("build", "a.xlsx", SOUND, cwd=tmp_path)
    assert done.returncode == 1
    assert not (tmp_path / "reports").exists()


def test_new_does_not_overwrite_a_workbook(tmp_path: Path) -> None:
    asked = ("new", "--organ", "某镇人民政府", "--type", "township", "--year", "2026")
    assert run(*asked, cwd=tmp_path).returncode == 0
    target = tmp_path / "某镇人民政府2026.xlsx"
    before = target.read_bytes()
    done = run(*asked, cwd=tmp_path)
    assert done.returncode == 2 and "已经存在" in sentence(done)
    assert target.read_bytes() == before
    assert run(*asked, "--force", cwd=tmp_path).returncode == 0


def test_new_with_a_previous_report_json_fills_what_was_carried_over(tmp_path: Path) -> None:
    from gia_xlsx import read_workbook
    from gia_xlsx.form import Key

    assert run("build", PANZHOU, "--draft", "-o", ".", cwd=tmp_path).returncode == 0
    last = "盘州市人民政府2024/report.json"
    asked = ("--organ", "盘州市人民政府", "--type", "county", "--year", "2025")
    assert run("new", *asked, "--previous", last, "-o", "x.xlsx", cwd=tmp_path).returncode == 0
    assert read_workbook(tmp_path / "x.xlsx").facts[Key("requests", "carried_in", "natural")].value == 3


def test_a_previous_report_of_a_renamed_organ_is_taken_on_request(tmp_path: Path) -> None:
    asked = (
        "--organ",
        "盘州新区管委会",
        "--type",
        "department",
        "--year",
        "2025",
        "--previous",
        PANZHOU,
        "-o",
        "x.xlsx",
    )
    assert run("new", *asked, cwd=tmp_path).returncode == 2
    assert run("new", *asked, "--any-previous", cwd=tmp_path).returncode == 0


def test_a_report_is_held_against_what_was_given_as_last_year(tmp_path: Path) -> None:
    done = run("check", SOUND, "--previous", PANZHOU, "--format", "json")
    (file,) = json.loads(done.stdout)["files"]
    assert done.returncode == 1 and len(file["not_run"]) == 6
    assert [d["code"] for d in file["diagnostics"] if d["severity"] == "error"] == ["GIA401"]
    assert "盘州市人民政府 2024 年度" in file["diagnostics"][0]["message"]
    assert "天津市静海区中旺镇人民政府 2024 年度" in file["diagnostics"][0]["message"]


def test_only_takes_spaces(tmp_path: Path) -> None:
    assert run("build", SOUND, "--only", "html, json", "-o", "out", cwd=tmp_path).returncode == 0
    (folder,) = (tmp_path / "out").iterdir()
    assert {path.name for path in folder.iterdir()} == {"report.html", "report.json"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["check", PANZHOU], ["export", SOUND], ["rules"], ["--help"]])
def test_a_full_disk_behind_standard_output_is_one_sentence(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gia_xlsx", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(FOLDER.parent), "PYTHONUTF8": "1"},
        )
    assert done.returncode == 2
    assert "没有全部输出" in sentence(done)


def test_a_blank_workbook_is_unfilled_and_not_a_report_of_zeros(tmp_path: Path) -> None:
    run("new", "--organ", "某镇人民政府", "--type", "township", "--year", "2026", "-o", "a.xlsx", cwd=tmp_path)
    done = run("check", "a.xlsx", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["files"][0]["status"] == "unfilled"


def test_export_gives_json_and_csv() -> None:
    data = json.loads(run("export", SOUND).stdout)
    assert len(data["facts"]) == 200
    assert data["paragraphs"][0]["place"] == {"sheet": "前言", "cell": "B4"}
    assert "requests/received/natural" in run("export", SOUND, "--format", "csv").stdout.decode("utf-8-sig")


def test_rules_and_explain() -> None:
    assert "GIA201" in said(run("rules"))
    assert "怎么改" in said(run("explain", "GIA201"))


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_any_console_encoding_will_do(encoding: str) -> None:
    done = run("check", PANZHOU, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 1
    assert b"GIA203" in done.stdout and not done.stderr


def test_paths_with_spaces_and_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "上报 材料（二）"
    folder.mkdir()
    (folder / "中旺镇 定稿.xlsx").write_bytes(Path(SOUND).read_bytes())
    done = run("build", str(folder), "-o", str(tmp_path / "发 布"))
    assert done.returncode == 0
    assert (tmp_path / "发 布" / "天津市静海区中旺镇人民政府2025" / "report.docx").exists()


def test_the_library_has_the_rank_of_the_command_line(tmp_path: Path) -> None:
    from gia_xlsx import GiaError, build, check, load_form, new_workbook, read_workbook

    assert load_form("2021").notice == "国办公开办函〔2021〕30号"
    assert new_workbook(tmp_path / "a.xlsx", organ="某镇", organ_type="township", year=2026).exists()
    report = read_workbook(Path(PANZHOU))
    assert check(report).status == "errors"
    with pytest.raises(GiaError):
        build(report, tmp_path)
    assert (build(report, tmp_path, draft=True) / "report.html").exists()
