"""What is built proves itself before it takes its place: a file that differs from the data is not let out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gia_xlsx import release as released
from gia_xlsx.errors import GiaError
from gia_xlsx.profile import Profile
from gia_xlsx.publish import FORMATS, Edition, render
from gia_xlsx.release import publish, release
from gia_xlsx.resources import Looks, templates
from gia_xlsx.site import Site
from tests.clean import clean
from tests.seeds import load_seed

FORGED = {
    "report.html": ("行政许可", "行政许可书"),
    "fragment.html": ("年度报告", "年度总结"),
    "report.csv": ("已填", "空白"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_file_that_differs_from_the_data_is_not_let_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def forged(edition: Edition, formats: Sequence[str] | None = None) -> dict[str, bytes]:
        files = render(edition, formats)
        text = files[name].decode("utf-8")
        assert FORGED[name][0] in text
        return {**files, name: text.replace(*FORGED[name], 1).encode("utf-8")}

    monkeypatch.setattr(released, "render", forged)
    with pytest.raises(GiaError, match=f"自检没有通过，没有写出：.*{name}"):
        publish(Edition(load_seed("004")), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("formats", [["html"], ["docx"], ["csv"]])
def test_the_proof_needs_no_json_in_the_folder(tmp_path: Path, formats: list[str]) -> None:
    folder = publish(Edition(load_seed("004")), tmp_path, formats)
    assert {path.name for path in folder.iterdir()} == {name for one in formats for name in FORMATS[one].files}


def test_a_page_without_what_the_site_should_say_is_told_but_let_out(tmp_path: Path) -> None:
    report = replace(clean("2021"), profile=Profile(site=Site(name="清水县人民政府网")))
    out = release(Edition(report), tmp_path, ["html"])
    assert [one.code for one in out.remarks] == ["GIA805"] and "ColumnName" in out.remarks[0].message
    whole = replace(
        report, profile=Profile(site=Site(name="清水县人民政府网", column="年报", url="https://a.example/x"))
    )
    assert release(Edition(whole), tmp_path, ["html"]).remarks == ()


def test_an_office_template_that_leaves_out_a_table_is_told_as_that(tmp_path: Path) -> None:
    page = (templates() / "report.html.j2").read_text(encoding="utf-8")
    assert "{{ part.heading }}" in page
    (tmp_path / "report.html.j2").write_text(page.replace("{{ part.heading }}", "标题"), encoding="utf-8")
    with pytest.raises(GiaError, match=r"report\.html.*请检查本机关的模板"):
        publish(Edition(load_seed("004"), looks=Looks(tmp_path)), tmp_path / "out", ["html"])


def test_a_draft_in_the_place_of_a_published_report_is_told(tmp_path: Path) -> None:
    report = load_seed("004")
    assert not release(Edition(report, True), tmp_path).over_published
    assert not release(Edition(report), tmp_path).over_published
    assert release(Edition(report, True), tmp_path).over_published


@pytest.mark.parametrize(
    ("name", "added", "format_"),
    [
        ("fragment.html.j2", '{{ ("<div>" | safe) * 400000 }}', "fragment"),
        ("report.typ", "\n#for i in range(300) { pagebreak() }", "pdf"),
    ],
)
def test_a_file_beyond_all_bounds_by_an_offices_template_ends_in_a_sentence(
    name: str, added: str, format_: str, tmp_path: Path
) -> None:
    text = (templates() / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text + added, encoding="utf-8")
    with pytest.raises(GiaError, match=r"自检没有通过.*超过 200.*请检查本机关的模板"):
        release(Edition(clean(), looks=Looks(tmp_path)), tmp_path / "out", [format_])
