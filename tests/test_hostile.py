"""Hostile names, places and consoles through the command line: a sentence, an exit status, nothing touched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gia_xlsx.publish import FORMATS
from tests.examples import FOLDER, example
from tests.test_cli import run, said, sentence

EXAMPLES = FOLDER / "examples"
SOUND, PANZHOU = EXAMPLES / example("003"), EXAMPLES / example("001")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="such files are of POSIX systems")
BLANK = ("new", "--type", "township", "--year", "2026")


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- what is no file ----------------------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("what", ["pipe", "zeros"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.json"])
def test_pipes_and_devices_are_not_read(tmp_path: Path, what: str, name: str) -> None:
    """Reading them would never end."""
    if what == "pipe":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).symlink_to("/dev/zero")
    for done in (run("check", name, cwd=tmp_path), run("check", str(SOUND), "--previous", name, cwd=tmp_path)):
        assert done.returncode == 2
        assert "不是文件" in said(done) + sentence(done)


@POSIX
def test_links_that_go_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to("b.xlsx")
    (tmp_path / "b.xlsx").symlink_to("a.xlsx")
    assert "找不到" in sentence(run("check", "a.xlsx", cwd=tmp_path))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "again").symlink_to(tmp_path / "folder")
    assert "没有工作簿" in sentence(run("check", "folder", cwd=tmp_path))


@POSIX
def test_what_is_found_in_a_folder_may_be_anything(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "nowhere.xlsx").symlink_to("gone")
    (tmp_path / "sound.xlsx").write_bytes(SOUND.read_bytes())
    done = run("check", str(tmp_path))
    assert done.returncode == 0 and "天津市静海区中旺镇" in said(done)


# --- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "organ",
    [
        "../../etc/某镇",
        "C:\\某镇",
        "某镇" * 2000,
        "{{ 7*7 }}{% for %}",
        "<script>alert(1)</script>",
        "=1+1",
        "🏛️镇",
        "CON",
        "某\u202e镇",
        "...",
    ],
)
def test_any_name_of_an_organ_stays_in_the_folder(tmp_path: Path, organ: str) -> None:
    (tmp_path / "here").mkdir()
    done = run(*BLANK, "--organ", organ, cwd=tmp_path / "here")
    assert done.returncode == 0, sentence(done)
    (made,) = everything(tmp_path)
    assert Path(made).parent == Path("here")
    found = run("export", made, cwd=tmp_path)
    assert json.loads(found.stdout)["organ"] == organ


@POSIX
@pytest.mark.parametrize("organ", ["某\n镇", "某\x1b[31m镇", "某\udcff镇", "\t"])
def test_a_name_of_an_organ_that_nobody_could_print(tmp_path: Path, organ: str) -> None:
    done = run(*BLANK, "--organ", organ, cwd=tmp_path)
    assert done.returncode == 2 and "机关名称" in sentence(done)
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("target", ["", ".", "x" * 300 + ".xlsx", "a.xlsx/b.xlsx"])
def test_a_workbook_cannot_be_written_there(tmp_path: Path, target: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    done = run(*BLANK, "--organ", "某镇", "-o", target, cwd=tmp_path)
    assert done.returncode == 2 and sentence(done).endswith("。")
    assert everything(tmp_path) == {"a.xlsx": b"mine"}


def test_a_file_name_that_is_too_long(tmp_path: Path) -> None:
    assert "找不到" in sentence(run("check", "x" * 300 + ".xlsx", cwd=tmp_path))


@POSIX
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    """Bytes of another encoding, a line break and a colour: read, told on one line, and in JSON that parses."""
    for name in (b"\xc4\xea\xb1\xa8.xlsx", b"a\nb\x1b[31m.xlsx"):
        path = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118  # bytes, as the system holds them
        with open(path, "wb") as file:  # noqa: PTH123  # likewise
            file.write(SOUND.read_bytes())
        done = run("check", os.fsdecode(path))
        assert done.returncode == 0 and b"\x1b" not in done.stdout
        (told,) = json.loads(run("check", "--format", "json", os.fsdecode(path)).stdout)["files"]
        assert told["status"] == "ok"
        with open(path, "wb") as file:  # noqa: PTH123  # likewise
            file.write(b"bad")
        assert run("check", os.fsdecode(path)).returncode == 2


# --- where the words go -------------------------------------------------------------------------------------------


def test_bad_input_is_one_sentence_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"bad")
    for arguments in (["check", "a.xlsx"], ["build", "a.xlsx"], ["export", "a.xlsx"]):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 2 and "a.xlsx" in sentence(done) and not said(done)
    assert everything(tmp_path) == {"a.xlsx": b"bad"}


@pytest.mark.parametrize("target", ["file", "file/out", "x" * 300])
def test_a_report_cannot_be_written_there(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    done = run("build", str(SOUND), "-o", target, cwd=tmp_path)
    assert done.returncode == 2 and "无法写入" in sentence(done)
    assert everything(tmp_path) == {"file": b"mine"}


@POSIX
@pytest.mark.parametrize("arguments", [["check"], ["build", "--draft", "-o", "out"], ["export"]])
def test_nobody_listens(tmp_path: Path, arguments: list[str]) -> None:
    """The reader of a pipe has gone, and standard input is closed."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "gia_xlsx", *arguments, str(PANZHOU)]
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    os.close(write)
    assert b"Traceback" not in done.stderr and done.stderr.count(b"\n") <= 1


@POSIX
@pytest.mark.parametrize(("closed", "status"), [("<&-", 1), (">&-", 1), ("<&- >&- 2>&-", 1)])
def test_streams_that_were_closed_before_we_began(closed: str, status: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    line = f'"{sys.executable}" -m gia_xlsx check "{PANZHOU}" {closed}'
    done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, check=False)
    assert done.returncode == status and b"Traceback" not in done.stderr


# --- while it runs ------------------------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("after", [0.35, 0.5, 0.65, 0.8])
def test_killed_at_any_moment_the_earlier_report_is_whole_and_the_next_run_works(tmp_path: Path, after: float) -> None:
    assert run("build", str(SOUND), cwd=tmp_path).returncode == 0
    folder = tmp_path / "reports" / "天津市静海区中旺镇人民政府2025"
    before = everything(folder)
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    command = [sys.executable, "-m", "gia_xlsx", "build", str(SOUND)]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert everything(folder) == before
    assert run("build", str(SOUND), cwd=tmp_path).returncode == 0
    assert everything(tmp_path / "reports").keys() == {f"{folder.name}/{name}" for name in before}


@POSIX
def test_killed_in_the_middle_of_new_there_is_no_half_workbook(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    command = [sys.executable, "-m", "gia_xlsx", *BLANK, "--organ", "某镇", "-o", "a.xlsx"]
    for step in range(8):
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(0.2 + step * 0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (tmp_path / "a.xlsx").exists():
            assert run("check", "a.xlsx", cwd=tmp_path).returncode == 1  # whole, and not filled
            return


def test_two_runs_at_once(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    command = [sys.executable, "-m", "gia_xlsx", "build", str(SOUND)]
    both = [subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    names = {Path(name).name for name in everything(tmp_path / "reports")}
    assert names == {name for made in FORMATS.values() for name in made.files}


# --- what the words of a workbook may not do ----------------------------------------------------------------------


def test_words_of_a_workbook_are_words_wherever_they_go(tmp_path: Path) -> None:
    """HTML, formulas and braces in organ, heading and text reach page, Word and table as words."""
    import openpyxl

    workbook = openpyxl.load_workbook(SOUND)
    overview = workbook["一、总体情况"]
    overview["A4"], overview["B4"] = "<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0 <script>alert(2)</script>"
    cover = next(row for row in workbook["封面"].iter_rows() for cell in row if cell.value == "organ")
    cover[2].value = "<b>{{ 7*7 }}</b>"
    workbook.save(tmp_path / "a.xlsx")
    assert run("build", "--draft", "a.xlsx", "-o", "out", cwd=tmp_path).returncode == 0
    (folder,) = (tmp_path / "out").iterdir()
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<script>alert(2)" not in page and "<img src=x" not in page and "<b>{{" not in page
    assert "&lt;script&gt;alert(2)" in page
    assert not any(
        line.startswith("=") for line in (folder / "report.csv").read_text(encoding="utf-8-sig").splitlines()
    )


def test_a_cell_full_of_braces(tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(SOUND)
    workbook["一、总体情况"]["B4"] = "{{" * 16_383
    workbook.save(tmp_path / "a.xlsx")
    done = run("check", "a.xlsx", cwd=tmp_path)
    assert done.returncode == 1 and "花括号" in said(done)


@pytest.mark.parametrize(("command", "paragraphs", "status"), [("check", 280, 1), ("build", 280, 0), ("check", 600, 2)])
def test_hundreds_of_paragraphs_full_of_misspelt_placeholders(
    tmp_path: Path, command: str, paragraphs: int, status: int
) -> None:
    """Looking for the right name takes time, and each of forty thousand here is another."""
    import openpyxl

    workbook = openpyxl.load_workbook(SOUND)
    for row in range(4, 4 + paragraphs):
        text = "".join(f"{{{{ 新收{row}.总{number} }}}}" for number in range(140))
        workbook["一、总体情况"][f"B{row}"] = text
    workbook.save(tmp_path / "a.xlsx")
    done = run(command, "a.xlsx", *(["--draft", "--only", "html"] if command == "build" else []), cwd=tmp_path)
    assert done.returncode == status
