"""The data of a report: they keep to the published schema, describe themselves, and hold all that is printed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gia_xlsx.form import Key
from gia_xlsx.publish import Edition, as_data, load_data, rendered
from gia_xlsx.publish.data import render_json
from gia_xlsx.publish.document import document
from gia_xlsx.publish.lines import Line
from gia_xlsx.publish.load import read_data
from gia_xlsx.publish.tidy import COLUMNS, STATES, render_csv, render_datapackage
from gia_xlsx.report import Fact, Flaw, Paragraph, Report
from gia_xlsx.resources import Looks, templates
from tests.clean import clean, edited
from tests.seeds import SEEDS, load_seed

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def blanks() -> Report:
    """Nothing is filled in but for a sign for nothing, and the cover says that blanks are 0."""
    report = clean()
    facts = {key: Fact(key, None, "", None, Flaw.BLANK) for key in report.form.cells}
    key = Key.parse("disclosure/fees/amount")
    facts[key] = Fact(key, None, "/", None, Flaw.DASH)
    return replace(report, facts=facts, cover=replace(report.cover, blank_is_zero=True))


def odd() -> Report:
    """Figures below 0, money, words for a number, lines in a cell, headings of the office's own, foreign characters."""
    report = edited(clean(), {"disclosure/licensing/decisions": "-3", "disclosure/fees/amount": "1,234.50万元"})
    report = edited(report, {"requests/received/natural": "约十二", "requests/carried_in/natural": "１２"})
    words = (
        Paragraph("other", "小标题", "甲。\r\n\n 乙{{ 行政许可.处理决定 }}件。\u2028丙\x00\ud800{ 完。"),
        Paragraph("other", "一是：", "长" * 30_000),
        Paragraph("other", "1.再说", ""),
    )
    return replace(report, paragraphs=report.paragraphs + words, headings={"problems": "五、存在问题及改进情况"})


REPORTS: dict[str, Callable[[], Report]] = {
    **{seed: lambda seed=seed: load_seed(seed) for seed in SEEDS},  # type: ignore[misc]
    "clean 2019": lambda: clean("2019"),
    "clean 2021": clean,
    "blanks are zero": blanks,
    "odd": odd,
}
each_report = pytest.mark.parametrize("name", REPORTS)


# --- report.json --------------------------------------------------------------------------------------------------


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@each_report
@pytest.mark.parametrize("draft", [False, True])
def test_every_report_keeps_to_the_schema(name: str, draft: bool) -> None:
    VALIDATOR.validate(json.loads(render_json(REPORTS[name](), draft)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("form",), "2020"),
        (("year",), "2024"),
        (("draft",), "是"),
        (("headings",), {"nowhere": "七、"}),
        (("facts", 0, "value"), 0.5),
        (("facts", 0, "value"), "1"),
        (("facts", 9, "value"), 39),
        (("facts", 0, "key"), "nowhere/a/b"),
        (("facts", 0, "place"), {"sheet": "一"}),
        (("paragraphs", 0, "section"), "nowhere"),
        (("paragraphs", 0, "figures"), [{"start": 0, "end": 1, "value": "x", "keys": ["year"]}]),
        (("extra",), 1),
    ],
)
def test_the_schema_refuses_what_is_not_as_it_says(path: tuple[Any, ...], value: Any) -> None:
    data = as_data(clean())
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not VALIDATOR.is_valid(data)


@each_report
@pytest.mark.parametrize("draft", [False, True])
def test_what_is_printed_can_be_rebuilt_from_the_json_alone(name: str, draft: bool) -> None:
    report = REPORTS[name]()
    again, data = read_data(render_json(report, draft), "report.json")
    assert data["draft"] is draft
    first, second = document(report, draft), document(again, draft)
    for one, other in zip(first.parts, second.parts, strict=True):
        assert (one.heading, one.table) == (other.heading, other.table)
        assert [_bare(line) for line in one.lines] == [_bare(line) for line in other.lines]
    assert replace(first, parts=()) == replace(second, parts=())
    assert render_csv(again) == render_csv(report)


def _bare(line: Line) -> Line:
    return replace(line, given=())


def test_figures_tell_which_numbers_of_a_text_the_tables_gave() -> None:
    told = as_data(clean())["paragraphs"][2]
    assert [told["text"][it["start"] : it["end"]] for it in told["figures"]] == [it["value"] for it in told["figures"]]
    assert [it["keys"] for it in told["figures"]] == [
        [f"requests/{row}/total"] for row in ("received", "carried_in", "outcome.total", "carried_out")
    ]


def test_a_file_of_an_earlier_version_can_still_be_last_years(tmp_path: Path) -> None:
    data = as_data(load_seed("000"))
    kept = {"form", "organ", "type", "year", "scope", "facts", "paragraphs", "notes"}
    old = {name: value for name, value in data.items() if name in kept}
    for paragraph in old["paragraphs"]:
        del paragraph["figures"]
    (tmp_path / "report.json").write_text(json.dumps(old), encoding="utf-8")
    again = load_data(tmp_path / "report.json")
    assert dict(again.facts) == dict(load_seed("000").facts)
    assert (again.cover.title, again.cover.date, again.headings) == ("", "", {})


def test_only_templates_that_an_office_changed_are_told(tmp_path: Path) -> None:
    for name in ("report.html.j2", "report.docx"):
        (tmp_path / name).write_bytes((templates() / name).read_bytes())
    assert as_data(clean(), own=Edition(clean(), looks=Looks(tmp_path)).own)["templates"] == []
    with (tmp_path / "report.html.j2").open("a", encoding="utf-8") as file:
        file.write("\n")
    data = json.loads(rendered(Edition(clean(), looks=Looks(tmp_path)), "json"))
    assert data["templates"] == ["report.html.j2"]


# --- report.csv and datapackage.json ------------------------------------------------------------------------------


@each_report
def test_the_data_package_describes_the_table_that_lies_beside_it(name: str) -> None:
    report = REPORTS[name]()
    package = json.loads(render_datapackage(report))
    (resource,) = package["resources"]
    assert (resource["path"], resource["schema"]["missingValues"]) == ("report.csv", [""])
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    table = csv.DictReader(io.StringIO(render_csv(report).decode("utf-8-sig")))
    assert tuple(fields) == tuple(table.fieldnames or ()) == COLUMNS
    rows = list(table)
    keys = [row[resource["schema"]["primaryKey"]] for row in rows]
    assert len(set(keys)) == len(keys)
    for row in rows:
        for column, field in fields.items():
            said = field.get("constraints", {})
            assert row[column] or not said.get("required"), (row, column)
            assert row[column] in said.get("enum", [row[column]])


def test_the_states_keep_zero_blank_and_not_applicable_apart() -> None:
    table = csv.DictReader(io.StringIO(render_csv(blanks()).decode("utf-8-sig")))
    assert {(row["value"], row["state"]) for row in table if row["state"] != "文字"} == {("0", "空白按0")}
    assert len(set(STATES)) == 6


def test_a_total_without_a_number_has_the_same_state_when_it_is_read_back() -> None:
    report = blanks()
    total = next(iter(report.form.totals))
    report = replace(report, facts={**report.facts, total: Fact(total, None, "")})
    again = read_data(render_json(report, draft=True), "report.json")[0]
    assert (report.value(total), again.value(total)) == (None, None)
    assert render_csv(again) == render_csv(report)
