"""The five real reports: their workbooks hold what the pages hold, and build judges them as a careful reader would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gia_xlsx import read_workbook
from gia_xlsx.builds import build_all
from gia_xlsx.form import Key
from gia_xlsx.report import Flaw
from tests.examples import FOLDER, example, write_all
from tests.seeds import SEEDS, load_seed, raw_cells


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_holds_what_the_page_shows(seed: str) -> None:
    report = read_workbook(FOLDER / "examples" / example(seed))
    assert {key: fact.raw for key, fact in report.facts.items()} == raw_cells(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_whole_narrative_is_there_word_for_word(seed: str) -> None:
    told, page = read_workbook(FOLDER / "examples" / example(seed)), load_seed(seed)
    assert [(p.section, p.heading, p.text) for p in told.paragraphs] == [
        (p.section, p.heading, p.text) for p in page.paragraphs
    ]
    assert told.headings == page.headings
    for field in ("organ", "type", "year", "scope", "title", "signature", "date"):
        assert getattr(told.cover, field) == getattr(page.cover, field), field


# What stands in the printed tables, read by eye: every figure that is not 0, and every oddity.
def test_anju_2024() -> None:
    report = read_workbook(FOLDER / "examples" / example("000"))
    assert {str(key): fact.value for key, fact in report.facts.items() if fact.value} == {
        "disclosure/licensing/decisions": 290,
        "disclosure/penalties/decisions": 24,
        "requests/received/natural": 1,
        "requests/received/total": 1,
        "requests/outcome.granted/natural": 1,
        "requests/outcome.granted/total": 1,
        "requests/outcome.total/natural": 1,
        "requests/outcome.total/total": 1,
        "cases/count/review.upheld": 1,
        "cases/count/review.total": 1,
    }


def test_panzhou_2024_keeps_the_total_it_published() -> None:
    report = read_workbook(FOLDER / "examples" / example("001"))
    assert {str(key): fact.value for key, fact in report.facts.items() if fact.value} == {
        "disclosure/normative/issued": 4,
        "disclosure/normative/repealed": 13,
        "disclosure/normative/in_force": 34,
        "requests/received/natural": 33,
        "requests/received/total": 33,
        "requests/carried_in/natural": 4,  # and its total says 0
        "requests/outcome.granted/natural": 12,
        "requests/outcome.granted/total": 12,
        "requests/outcome.partial/natural": 11,
        "requests/outcome.partial/total": 11,
        "requests/outcome.unavailable.not_held/natural": 9,
        "requests/outcome.unavailable.not_held/total": 9,
        "requests/outcome.other.other/natural": 2,
        "requests/outcome.other.other/total": 2,
        "requests/outcome.total/natural": 34,
        "requests/outcome.total/total": 34,
        "requests/carried_out/natural": 3,
        "requests/carried_out/total": 3,
        "cases/count/review.upheld": 2,
        "cases/count/review.other": 1,
        "cases/count/review.total": 3,
        "cases/count/after_review.other": 1,
        "cases/count/after_review.pending": 1,
        "cases/count/after_review.total": 2,
    }
    assert report.facts[Key("requests", "carried_in", "total")].value == 0


def test_mahekou_2020_keeps_its_blank_and_its_odd_cells() -> None:
    report = read_workbook(FOLDER / "examples" / example("002"))
    assert report.form.form == "2019"
    assert {str(key): fact.raw for key, fact in report.facts.items() if fact.raw != "0"} == {
        "disclosure/normative/published_total": "17",
        "disclosure/licensing/items_previous": "3",
        "disclosure/licensing/items_change": "增111",
        "disclosure/licensing/decisions": "114",
        "disclosure/penalties/items_previous": "3",
        "disclosure/penalties/items_change": "增40",
        "disclosure/penalties/decisions": "43",
        "disclosure/coercion/items_change": "增238",
        "disclosure/coercion/decisions": "238",
        "disclosure/procurement/projects": "13",
        "disclosure/procurement/amount": "397265元",
        "requests/carried_out/natural": "",
    }
    blank = report.facts[Key("requests", "carried_out", "natural")]
    assert (blank.value, blank.flaw) == (None, Flaw.BLANK)
    assert [label.found for label in report.labels] == ["0"] * 16


def test_zhongwang_2025_and_longquan_2022() -> None:
    told = {
        seed: {
            str(key): fact.value
            for key, fact in read_workbook(FOLDER / "examples" / example(seed)).facts.items()
            if fact.value
        }
        for seed in ("003", "004")
    }
    assert told == {"003": {"disclosure/penalties/decisions": 8}, "004": {"disclosure/licensing/decisions": 12}}


def test_build_publishes_two_and_refuses_three(tmp_path: Path) -> None:
    built = {one.examined.path.name: one for one in build_all([FOLDER], tmp_path)}
    published = {name for name, one in built.items() if one.folder is not None}
    assert published == {example(seed) for seed in ("003", "004")}
    assert sorted(folder.name for folder in tmp_path.iterdir()) == sorted(Path(name).stem for name in published)
    refused = {seed: built[example(seed)].examined.result.verdict for seed in ("000", "001", "002")}
    assert [(d.code, [str(key) for key in d.keys]) for d in refused["000"].errors] == [
        ("GIA301", ["disclosure/licensing/decisions"])
    ]
    assert [(d.code, [str(key) for key in d.keys][:1]) for d in refused["001"].errors] == [
        ("GIA203", ["requests/carried_in/total"])
    ]
    blank = refused["002"].errors[0]
    assert [str(key) for key in blank.keys] == ["requests/carried_out/natural"]
    assert [d.code for d in refused["002"].errors] == ["GIA101", "GIA120"]  # the blank, and the labels overwritten by 0
    assert {one.fate for one in built.values() if one.passed_over} == {"空白表，跳过"}


def test_draft_shows_all_five(tmp_path: Path) -> None:
    built = build_all([FOLDER / "examples"], tmp_path, draft=True)
    assert all(one.folder is not None for one in built) and len(built) == 5
    for one in built:
        assert one.folder is not None
        assert "草稿" in (one.folder / "report.html").read_text(encoding="utf-8")


def test_the_published_data_are_the_filed_figures(tmp_path: Path) -> None:
    build_all([FOLDER / "examples" / example("004")], tmp_path)
    data = json.loads((tmp_path / "龙安区龙泉镇人民政府2022" / "report.json").read_text(encoding="utf-8"))
    assert {fact["key"]: str(fact["value"]) for fact in data["facts"]} == {
        str(key): raw for key, raw in raw_cells("004").items()
    }


def test_the_shipped_workbooks_are_fresh(tmp_path: Path) -> None:
    for path in write_all(tmp_path):
        shipped = FOLDER / path.relative_to(tmp_path)
        assert dump(path) == dump(shipped), f"{shipped.name}: run python -m tests.examples"


def dump(path: Path) -> dict[str, object]:
    """Every cell and merge of a workbook; bytes may differ with the library that wrote them."""
    book = load_workbook(path)
    return {
        sheet.title: (
            {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None},
            sorted(str(merged) for merged in sheet.merged_cells.ranges),
        )
        for sheet in book.worksheets
    }
