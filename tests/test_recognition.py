"""The recogniser against reports whose truth is known: five real ones, and hundreds of pages damaged on purpose.

A wrong cell is far worse than an empty one: not one may be wrong, and nearly all that can be proven must be read.
"""

from __future__ import annotations

from functools import cache

import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.intake import import_report
from gia_xlsx.intake.imported import Imported
from gia_xlsx.intake.recognise import recognise
from gia_xlsx.intake.sniff import read_source
from gia_xlsx.report import Flaw
from tests.seeds import SEEDS, load_seed, raw_cells, source
from tests.shapes import Specimen, corpus

SPECIMENS = {f"{specimen.name}{specimen.suffix}": specimen for specimen in corpus()}
ENOUGH = 0.99  # of the figures that a source shows and that can be placed
NO_TABLES = {"html tables are pictures.html", "prose only.txt", "docx prose only.docx"}
# Running text with the cells of another table among it, one a line: a person could tell them, we keep them as text.
STRANGERS_IN_TEXT = {"other tables, cells 2021.txt", "other tables, cells 2019.txt"}
# Figures run together: the rows cannot be read, and stay among the text.
GLUED = {"glued figures.txt"}


@cache
def imported(name: str) -> Imported | None:
    specimen = SPECIMENS[name]
    try:
        return recognise(read_source(specimen.data, name))
    except GiaError:
        return None


def outcome(specimen: Specimen, name: str) -> tuple[int, int, list[str]]:
    """How many cells are right, how many are lost, and each wrong one in words."""
    found = imported(name)
    right = lost = 0
    wrong = []
    for key, shown in specimen.truth.items():
        fact = found.report.facts.get(key) if found and key in found.origins else None
        if shown is None:
            if fact is not None and fact.value is not None:
                wrong.append(f"{key}: {fact.raw} where nothing can be known")
        elif fact is not None and fact.raw == shown.strip():
            right += 1
        elif fact is None or not fact.raw:
            lost += bool(shown)
            right += not shown
        else:
            wrong.append(f"{key}: {fact.raw}, not {shown or 'blank'}")
    return right, lost, wrong


@pytest.mark.parametrize("name", SPECIMENS)
def test_no_cell_is_wrong(name: str) -> None:
    assert outcome(SPECIMENS[name], name)[2] == []


def test_nearly_every_figure_is_read() -> None:
    outcomes = [outcome(specimen, name) for name, specimen in SPECIMENS.items()]
    right, lost = (sum(one[n] for one in outcomes) for n in (0, 1))
    assert right / (right + lost) >= ENOUGH
    assert len(SPECIMENS) >= 40


@pytest.mark.parametrize("name", [name for name, one in SPECIMENS.items() if one.organ or one.year])
def test_organ_and_year_are_those_of_the_source(name: str) -> None:
    found, specimen = imported(name), SPECIMENS[name]
    assert found is not None
    if specimen.organ:
        assert found.report.organ == specimen.organ
    if specimen.year:
        assert found.report.year == specimen.year
    assert found.report.form.form == specimen.form


@pytest.mark.parametrize("name", [name for name, one in SPECIMENS.items() if one.paragraphs])
def test_the_text_is_there_word_for_word(name: str) -> None:
    if name in STRANGERS_IN_TEXT | GLUED:
        pytest.skip("text beside the report's own stays in: see above")
    found, specimen = imported(name), SPECIMENS[name]
    assert found is not None
    told = [(p.section, bare(p.heading + p.text)) for p in found.report.paragraphs]
    meant = [(section, bare(text)) for section, text in specimen.paragraphs]
    for section in dict.fromkeys(section for section, _ in meant):
        assert "".join(t for s, t in told if s == section) == "".join(t for s, t in meant if s == section)
    assert {section for section, _ in told} == {section for section, _ in meant}


def bare(text: str) -> str:
    return "".join(text.split())


def test_every_figure_keeps_its_place_in_the_source() -> None:
    found = import_report(source("002"))
    facts = {str(key): (fact.raw, found.origins[key].as_json()) for key, fact in found.report.facts.items()}
    assert facts["disclosure/licensing/items_change"] == ("增111", {"line": 38})
    assert facts["disclosure/procurement/amount"][0] == "397265元"
    assert facts["requests/carried_out/natural"][0] == ""
    lines = source("002").read_text(encoding="utf-8").splitlines()
    for raw, place in facts.values():
        assert raw in lines[place["line"] - 1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_is_read_as_the_eye_reads_it(seed: str) -> None:
    found, seen = import_report(source(seed)), load_seed(seed)
    assert {key: fact.raw for key, fact in found.report.facts.items()} == raw_cells(seed)
    assert found.report.paragraphs == seen.paragraphs
    assert found.report.headings == seen.headings
    assert {(n.axis, n.line, n.found) for n in found.report.labels} == {(n.axis, n.line, n.found) for n in seen.labels}
    assert found.report.cover.organ == seen.cover.organ
    assert found.whole


def test_the_blank_of_002_is_blank_and_its_lost_labels_are_told() -> None:
    found = import_report(source("002"))
    blank = next(fact for key, fact in found.report.facts.items() if str(key) == "requests/carried_out/natural")
    assert (blank.value, blank.flaw) == (None, Flaw.BLANK)
    assert sum("按行的次序识读" in note.message for note in found.notes) == 16


def test_furniture_is_listed_and_not_taken_for_text() -> None:
    assert [item.text for item in import_report(source("000")).unplaced if item.furniture] == [
        "您访问的链接即将离开“随县人民政府”门户网站,是否继续?"
    ]
    assert [item.text for item in import_report(source("003")).unplaced if item.furniture] == [
        "天津市静海区人民政府",
        "2019年12月3日星期二",
    ]


def test_evidence_is_named() -> None:
    evidence = import_report(source("000")).evidence
    assert "安居镇" in evidence["organ"] and "随县人民政府" in evidence["organ"]
    assert "2024年" in evidence["year"]
    assert "统计期限" in import_report(source("001")).evidence["year"]
    assert "落款" in import_report(source("002")).evidence["organ"]
