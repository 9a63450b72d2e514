"""Many files in one call: in order, on all cores, and one bad file never stops the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

from bench.filled import filled, write_filled
from gia_xlsx import batch, builds
from gia_xlsx.form import load_form
from gia_xlsx.workbook.write import write_workbook
from tests.examples import FOLDER, example


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty filled workbooks of thirty offices: enough for more than one process."""
    made = tmp_path_factory.mktemp("many")
    for number in range(30):
        write_filled(made / f"{number:02}.xlsx", number)
    return made


def test_thirty_files_are_judged_in_order_and_counted(folder: Path) -> None:
    paths, found = batch.find([folder])
    told: list[int] = []
    examined = batch.examine_all(paths, progress=told.append)
    assert [one.path for one in examined] == sorted(found)
    assert [one.result.status for one in examined] == ["ok"] * 30
    assert told == list(range(1, 31))


def test_bad_files_among_good_ones(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "07.xlsx").write_bytes(b"")
    (tmp_path / "08.xlsx").write_bytes((folder / "08.xlsx").read_bytes()[:5000])
    (tmp_path / "~$09.xlsx").write_bytes(b"lock")
    statuses = [one.result.status for one in batch.examine_all(batch.find([tmp_path])[0])]
    assert statuses.count("unreadable") == 2 and statuses.count("ok") == 28


def dies(path: Path) -> str:
    """Reads a file in a way that takes the process down with it, as a broken reader library would."""
    if path.name == "17":
        os._exit(3)
    return path.name


def test_a_file_that_kills_its_process_is_told_and_the_rest_goes_on() -> None:
    paths = [Path(str(number)) for number in range(40)]
    told = list(batch.spread(dies, paths, lambda path: f"{path.name} crashed"))
    assert told == [f"{number} crashed" if number == 17 else str(number) for number in range(40)]


def test_a_unit_that_files_twice_is_told_in_both_files(folder: Path, tmp_path: Path) -> None:
    for name in ("00.xlsx", "00副本.xlsx", "01.xlsx"):
        (tmp_path / name).write_bytes((folder / f"{name[:2]}.xlsx").read_bytes())
    examined = batch.examine_all(batch.find([tmp_path])[0])
    codes = {one.path.name: {d.code for d in one.result.verdict.diagnostics} for one in examined if one.result.verdict}
    assert "GIA501" in codes["00.xlsx"] and "GIA501" in codes["00副本.xlsx"]
    assert "GIA501" not in codes["01.xlsx"]


def test_pasted_layouts_are_published_only_with_consent(tmp_path: Path) -> None:
    """A workbook whose hidden keys are gone is read by its labels; a person must look before it is published."""
    book = load_workbook(FOLDER / "examples" / example("004"))
    for sheet in book.worksheets[3:7]:
        for row in sheet.iter_rows():
            for cell in row:
                hidden = cell.column == 1 or sheet.row_dimensions[cell.row].hidden
                if hidden and not isinstance(cell, MergedCell) and sheet.title[0] in "二三四":
                    cell.value = None
    book.save(tmp_path / "pasted.xlsx")
    (refused,) = builds.build_all([tmp_path / "pasted.xlsx"], tmp_path / "out")
    assert refused.folder is None and refused.lifted_by == "consent" and "标签" in refused.problem
    (published,) = builds.build_all([tmp_path / "pasted.xlsx"], tmp_path / "out", consent=True)
    assert published.folder is not None
    from gia_xlsx import GiaError, build, read_workbook

    report = read_workbook(tmp_path / "pasted.xlsx")
    with pytest.raises(GiaError, match="先核对数字"):
        build(report, tmp_path / "library")
    assert build(report, tmp_path / "library", consent=True).exists()


def test_drafts_do_not_overwrite_one_another(tmp_path: Path) -> None:
    for name in ("d1.xlsx", "d2.xlsx"):
        (tmp_path / name).write_bytes((FOLDER / "examples" / example("001")).read_bytes())
    first, second = builds.build_all([tmp_path / "d1.xlsx", tmp_path / "d2.xlsx"], tmp_path / "out", draft=True)
    assert first.folder is not None
    assert second.folder is None and "d1.xlsx" in second.problem and "d2.xlsx" in second.problem


def test_what_is_no_workbook_in_a_folder_is_told_and_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "安居镇.xlsx").write_bytes((FOLDER / "examples" / example("000")).read_bytes())
    (tmp_path / "龙泉镇.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "中旺镇.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "report.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "notes.log").write_text("", encoding="utf-8")
    built = builds.build_all([tmp_path], tmp_path / "out")
    assert {one.examined.path.name: one.fate for one in built} == {
        "中旺镇.csv": "跳过",
        "安居镇.xlsx": "未发布",
        "龙泉镇.pdf": "跳过",
    }
    assert all(one.problem and one.passed_over for one in built if one.fate == "跳过")


def test_one_file_named_twice_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes((FOLDER / "examples" / example("000")).read_bytes())
    monkeypatch.chdir(tmp_path)
    paths, found = batch.find([Path("a.xlsx"), tmp_path / "a.xlsx", Path(), Path("..") / tmp_path.name / "a.xlsx"])
    assert (paths, found) == ([Path("a.xlsx")], set())


def test_last_year_is_read_again_once_it_has_changed(tmp_path: Path) -> None:
    last = tmp_path / "last.xlsx"
    last.write_bytes((FOLDER / "examples" / example("000")).read_bytes())
    assert batch.load_previous(last).organ == "随县安居镇人民政府"
    assert batch.load_previous(last) is batch.load_previous(last)
    last.write_bytes((FOLDER / "examples" / example("001")).read_bytes())
    assert batch.load_previous(last).organ == "盘州市人民政府"


def test_errors_come_first_even_when_they_show_only_across_files(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):  # 002 has warnings of its own
        (tmp_path / name).write_bytes((FOLDER / "examples" / example("002")).read_bytes())
    for one in batch.examine_all(batch.find([tmp_path])[0]):
        assert one.result.verdict is not None
        severities = [diagnostic.severity.value for diagnostic in one.result.verdict.diagnostics]
        assert "GIA501" in {d.code for d in one.result.verdict.errors}
        assert severities == sorted(severities, key=["error", "warning", "note"].index)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("number", range(5))
def test_a_filled_report_comes_back_as_it_was_filled(tmp_path: Path, form: str, number: int) -> None:
    report = filled(load_form(form), number)
    write_workbook(tmp_path / "a.xlsx", report.form, report.cover, report=report)
    from gia_xlsx import check, read_workbook

    read = read_workbook(tmp_path / "a.xlsx")
    assert {key: fact.value for key, fact in read.facts.items()} == {k: f.value for k, f in report.facts.items()}
    assert {key: fact.place for key, fact in read.facts.items()} == {k: f.place for k, f in report.facts.items()}
    assert [(p.section, p.text) for p in read.paragraphs] == [(p.section, p.text) for p in report.paragraphs]
    assert check(read).diagnostics == ()
