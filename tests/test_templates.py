"""An office's own templates: copied, changed, used whole or some; what they do wrong is told, and is bounded."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from gia_xlsx import new_workbook, read_workbook, resources
from gia_xlsx.errors import GiaError
from gia_xlsx.form import load_form
from gia_xlsx.narrative import offered
from gia_xlsx.publish import Edition, apart
from gia_xlsx.release import publish
from gia_xlsx.resources import Looks, templates
from gia_xlsx.templates_command import copy_to, looks_of, names
from tests.examples import FOLDER, example
from tests.seeds import load_seed

BOOK = FOLDER / "examples" / example("003")


def built(folder: Path, tmp_path: Path, formats: list[str]) -> Path:
    return publish(Edition(load_seed("004"), looks=Looks(folder)), tmp_path / "reports", formats)


def test_every_template_is_copied_and_what_makes_them_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_to(tmp_path / "looks", overwrite=False)
    copied = {
        path.relative_to(tmp_path / "looks").as_posix() for path in (tmp_path / "looks").rglob("*") if path.is_file()
    }
    assert copied == set(names()) and "report.html.j2" in copied and "report.docx" in copied
    assert not any(name.endswith(".py") for name in copied)
    assert f"{len(copied)} 个文件" in capsys.readouterr().out


def test_what_an_office_has_changed_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.css").write_text("body{}", encoding="utf-8")
    copy_to(tmp_path, overwrite=False)
    assert (tmp_path / "report.css").read_text(encoding="utf-8") == "body{}"
    assert "原已有 1 个文件" in capsys.readouterr().out
    copy_to(tmp_path, overwrite=True)
    assert (tmp_path / "report.css").read_bytes() == (templates() / "report.css").read_bytes()


def test_one_changed_template_is_used_beside_ours(tmp_path: Path) -> None:
    looks = tmp_path / "looks"
    looks.mkdir()
    page = (templates() / "report.html.j2").read_text(encoding="utf-8")
    (looks / "report.html.j2").write_text(page.replace("<article>", "<article><p>本县样式</p>"), encoding="utf-8")
    folder = built(looks, tmp_path, ["html", "csv"])
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert "本县样式" in text and "政府信息公开工作年度报告" in text and (folder / "report.csv").is_file()


def test_all_templates_copied_give_the_same_report(tmp_path: Path) -> None:
    copy_to(tmp_path / "looks", overwrite=False)
    folder = built(tmp_path / "looks", tmp_path, ["html", "docx"])
    plain = publish(Edition(load_seed("004")), tmp_path / "plain", ["html", "docx"])
    for name in ("report.html", "report.docx"):
        assert (folder / name).read_bytes() == (plain / name).read_bytes()


@pytest.mark.parametrize(
    "trick",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../pyproject.toml' %}",
        "{% set x = doc.parts.append(1) %}",
        "{{ no_such_name }}",
        "{% if %}",
    ],
)
def test_a_template_reaches_nothing_beyond_the_report(tmp_path: Path, trick: str) -> None:
    looks = tmp_path / "looks"
    looks.mkdir()
    (looks / "report.html.j2").write_text(f"<p>{trick}</p>", encoding="utf-8")
    with pytest.raises(GiaError, match=r"report\.html\.j2"):
        built(looks, tmp_path, ["html"])
    assert not (tmp_path / "reports").exists()


def test_a_template_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 3)
    looks = tmp_path / "looks"
    looks.mkdir()
    loops = "{% for a in range(99999) %}" * 3 + "x" + "{% endfor %}" * 3
    (looks / "report.html.j2").write_text(loops, encoding="utf-8")
    with pytest.raises(GiaError, match="用时或占用内存过多"):
        built(looks, tmp_path, ["html"])


def test_a_folder_without_templates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GiaError, match=r"没有“.*”这个模板文件夹.*gia-xlsx templates"):
        looks_of(tmp_path / "none")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    with pytest.raises(GiaError, match="没有本工具的模板"):
        looks_of(tmp_path)


def test_a_misspelt_template_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(templates() / "report.css", tmp_path / "report.css")
    shutil.copy(templates() / "report.html.j2", tmp_path / "report.htm.j2")
    assert looks_of(tmp_path) == Looks(tmp_path)
    assert "是否应为“report.html.j2”" in capsys.readouterr().err


def test_an_office_offers_its_own_sentences(tmp_path: Path) -> None:
    section = tmp_path / "narrative" / "other"
    section.mkdir(parents=True)
    ours = sorted((templates() / "narrative" / "other").glob("*.j2"))[0].name
    head = "{# heading:  | types: all | forms: all #}\n"
    (section / ours).write_text(head + "本县没有其他需要报告的事项。", encoding="utf-8")
    (section / "99-own.j2").write_text(head + "{{ 年度 }}年，本县另有说明。", encoding="utf-8")
    texts = [paragraph.text for paragraph in offered(load_form("2021"), "township", Looks(tmp_path))]
    plain = [paragraph.text for paragraph in offered(load_form("2021"), "township")]
    assert "本县没有其他需要报告的事项。" in texts and "{{ 年度 }}年，本县另有说明。" in texts
    assert len(texts) == len(plain) + 1
    target = new_workbook(
        tmp_path / "a.xlsx", organ="清水镇人民政府", organ_type="township", year=2026, templates=tmp_path
    )
    assert "{{ 年度 }}年，本县另有说明。" in [paragraph.text for paragraph in read_workbook(target).paragraphs]


def test_sentences_in_another_encoding_are_told(tmp_path: Path) -> None:
    section = tmp_path / "narrative" / "other"
    section.mkdir(parents=True)
    (section / "99-own.j2").write_bytes("{# heading:  | types: all | forms: all #}\n本县".encode("gbk"))
    with pytest.raises(GiaError, match=r"99-own\.j2 不是 UTF-8"):
        offered(load_form("2021"), "township", Looks(tmp_path))


# --- what is no template of the folder -----------------------------------------------------------------------------

LEADING_OUT = {
    "a template": ("report.css", "", ""),
    "an included one": ("leak.j2", "report.html.j2", '{% include "leak.j2" %}'),
    "a style sheet by another name": ("leak.css", "report.html.j2", '{{ css("leak.css") }}'),
    "a file that is read": ("leak.txt", "report.typ", '#read("leak.txt")'),
    "a folder": ("inner", "report.typ", '#read("inner/leak.txt")'),
}


def linked(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("needs the right to make links")


@pytest.mark.parametrize(("link", "name", "text"), LEADING_OUT.values(), ids=LEADING_OUT)
def test_no_link_leads_out_of_the_folder(tmp_path: Path, link: str, name: str, text: str) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "leak.txt").write_text("机密", encoding="utf-8")
    looks = tmp_path / "looks"
    looks.mkdir()
    linked(looks / link, secret if link == "inner" else secret / "leak.txt")
    if name:
        ours = (templates() / name).read_text(encoding="utf-8")
        (looks / name).write_text(f"{text}\n{ours}", encoding="utf-8")
    told = rf"“{link}”是指向文件夹以外的链接"
    with pytest.raises(GiaError, match=told):
        looks_of(looks)
    with pytest.raises(GiaError, match=told):  # whoever asks, and when the link was made after the first look
        built(looks, tmp_path, ["pdf" if name.endswith("typ") else "html"])


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    looks = tmp_path / "looks"
    (looks / "县").mkdir(parents=True)
    shutil.copy(templates() / "report.css", looks / "县" / "report.css")
    linked(looks / "report.css", looks / "县" / "report.css")
    assert looks_of(looks) == Looks(looks)
    assert (built(looks, tmp_path, ["html"]) / "report.html").is_file()


@pytest.mark.parametrize(("target", "told"), [("report.css", "没有尽头"), ("gone.css", "找不到文件")])
def test_a_link_to_nothing_is_told(tmp_path: Path, target: str, told: str) -> None:
    linked(tmp_path / "report.css", tmp_path / target)
    with pytest.raises(GiaError, match=rf"report\.css.*{told}"):
        looks_of(tmp_path)


@pytest.mark.parametrize("name", ["report.css", "report.html.j2", "report.docx", "report.typ"])
def test_what_bears_the_name_of_a_template_and_is_none_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    for ask in (looks_of, lambda folder: Looks(folder).find(name)):
        with pytest.raises(GiaError, match=f"{name} 不是文件"):
            ask(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("Windows has no pipes among files")
    os.mkfifo(tmp_path / "data.json")
    with pytest.raises(GiaError, match=r"“data\.json”不是普通文件"):
        looks_of(tmp_path)
    with pytest.raises(GiaError, match=r"data\.json 不是文件"):
        Looks(tmp_path).find("data.json")


def test_a_folder_that_was_named_by_mistake_is_not_searched_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "_MOST", 3)
    for number in range(4):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(GiaError, match="不像模板文件夹"):
        looks_of(tmp_path)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        *((name, "html") for name in ("report.html.j2", "report.css", "report.js", "chart.svg.j2")),
        ("fragment.html.j2", "fragment"),
        ("infographic.svg.j2", "infographic"),
        ("report.typ", "pdf"),
    ],
)
def test_a_template_in_another_encoding_is_told(tmp_path: Path, name: str, made: str) -> None:
    looks = tmp_path / "looks"
    looks.mkdir()
    (looks / name).write_bytes("本县样式".encode("gbk"))
    with pytest.raises(GiaError, match=f"^模板 {name} 不是 UTF-8 编码，请用记事本另存为 UTF-8。$"):
        built(looks, tmp_path, [made])


def test_what_a_template_reads_in_another_encoding_is_told(tmp_path: Path) -> None:
    looks = tmp_path / "looks"
    looks.mkdir()
    ours = (templates() / "report.typ").read_text(encoding="utf-8")
    (looks / "report.typ").write_text(f'#import "b.typ"\n{ours}', encoding="utf-8")
    (looks / "b.typ").write_bytes("// 本县样式".encode("gbk"))
    with pytest.raises(GiaError, match=r"^模板 report\.typ 第 1 行所读的文件不是 UTF-8 编码"):
        built(looks, tmp_path, ["pdf"])


def test_the_mark_that_some_editors_put_before_utf8_is_not_printed(tmp_path: Path) -> None:
    looks = tmp_path / "looks"
    looks.mkdir()
    (looks / "report.html.j2").write_bytes(b"\xef\xbb\xbf" + (templates() / "report.html.j2").read_bytes())
    assert (built(looks, tmp_path, ["html"]) / "report.html").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("typed", "second", "told"),
    [
        ('#import ("@" + "preview/cetz:0.3.0")', "", "report.typ 引用了网上的组件包"),
        ('#import "b.typ"', '#import "@preview/cetz:0.3.0"', "b.typ 引用了网上的组件包"),
        ('#import ("@" + "local/own:0.1.0")', "", "report.typ 引用了网上的组件包"),
    ],
)
def test_no_component_is_fetched_by_whatever_way_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, second: str, told: str
) -> None:
    looks = tmp_path / "looks"
    looks.mkdir()
    (looks / "report.typ").write_text(typed + (templates() / "report.typ").read_text(encoding="utf-8"), "utf-8")
    (looks / "b.typ").write_text(second, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        with pytest.raises(GiaError, match=told):
            built(looks, tmp_path, ["pdf"])
        proxy.settimeout(0)
        with pytest.raises(BlockingIOError):  # nobody has called
            proxy.accept()


# --- what lies in the working folder -------------------------------------------------------------------------------


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """The program as it is installed: the working folder is not on the path of its own process."""
    command = [sys.executable, "-P", "-m", "gia_xlsx", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)


def test_python_files_in_the_working_folder_are_no_part_of_the_program(tmp_path: Path) -> None:
    shutil.copytree(templates(), tmp_path / "looks", ignore=shutil.ignore_patterns("*.py"))
    trap = "import pathlib; pathlib.Path(__file__).with_name('ran').touch()\n"
    for name in ("json.py", "pickle.py", "gia_xlsx/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(trap, encoding="utf-8")
    done = run("build", str(BOOK), "--templates", "looks", "--only", "html,pdf,json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    (folder,) = (tmp_path / "reports").iterdir()
    assert run("verify", str(folder), cwd=tmp_path).returncode == 0
    assert run("import", str(folder / "report.pdf"), "-o", "a.xlsx", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.xlsx").is_file() and not list(tmp_path.rglob("ran"))
