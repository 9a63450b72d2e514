"""Each rule shows its papers: its own code and name, a page with every part, a basis, a firing and a silent case."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gia_xlsx.diagnostic import Rule
from gia_xlsx.form import form_names, load_form
from gia_xlsx.rules import CATALOGUE, EVIDENCE
from gia_xlsx.show import explain, rules_table

FOLDER = Path(__file__).parent / "cases"
each_rule = pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)


def cases(code: str) -> list[dict[str, Any]]:
    data = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return list(data["case"])


def fires(case: dict[str, Any], code: str) -> bool:
    return any(expected.split()[0] == code for expected in case["expect"])


@each_rule
def test_code_and_name_are_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"GIA[1-8]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert set(rule.needs) <= {*EVIDENCE, "files", "built"}


@each_rule
def test_page_says_what_why_when_not_and_the_way_out(rule: Rule) -> None:
    page = explain(rule.code)
    assert rule.basis and rule.basis[:4] in page
    for part in ("示例", "不报的情形：", "怎么改："):
        assert part in rule.doc, part
    assert rule.message and rule.hint


@each_rule
def test_has_a_firing_and_a_silent_case(rule: Rule) -> None:
    assert any(fires(case, rule.code) for case in cases(rule.code))
    assert any(not fires(case, rule.code) for case in cases(rule.code))


def test_codes_and_names_are_unique_and_in_the_order_of_the_families() -> None:
    codes = [rule.code for rule in CATALOGUE]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in CATALOGUE}) == len(codes)


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == {rule.code for rule in CATALOGUE}


def test_every_relation_of_a_form_has_its_rule() -> None:
    codes = {check.relation.code for name in form_names() for check in load_form(name).checks}
    assert codes <= {rule.code for rule in CATALOGUE}


def test_the_name_that_scripts_rely_on() -> None:
    assert {rule.code: rule.name for rule in CATALOGUE}["GIA203"] == "row-total-differs"


def test_the_table_lists_every_rule() -> None:
    assert [line.split()[0] for line in rules_table().splitlines()[1:]] == [rule.code for rule in CATALOGUE]
