"""The folder of a built report is whole or not there: kills, full disks, other runs, and names that would break out."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.publish import Edition, atomic
from gia_xlsx.publish.atomic import folder_name, replace_folder
from gia_xlsx.release import publish
from tests.seeds import load_seed

FILES = ("report.html", "report.docx", "report.json", "report.csv")
SIZE = 300_000

# Waits for a word, then writes version after version of the folder; every file of a version is filled with its number.
WRITER = f"""
import itertools, sys
from pathlib import Path
from gia_xlsx.publish.atomic import replace_folder
target, start, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for number in itertools.islice(itertools.count(start), count):
    content = (str(number) + "\\n").encode() * ({SIZE} // len(str(number) + "\\n"))
    replace_folder(target, {{name: content for name in {FILES!r}}}, {FILES!r})
"""


def writer(target: Path, start: int, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(target), str(start), str(count)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[1])
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"ready"
    return process


def go(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")
    process.stdin.flush()


def version(folder: Path) -> int:
    """The one version all files of the folder are of; fails if they are cut or mixed."""
    contents = {name: (folder / name).read_text(encoding="ascii") for name in FILES}
    lines = {line for content in contents.values() for line in content.splitlines()}
    assert len(lines) == 1
    assert all(content.endswith("\n") and len(content) > SIZE * 0.9 for content in contents.values())
    return int(lines.pop())


def write(target: Path, number: int) -> None:
    replace_folder(target, {name: b"%d\n" % number * (SIZE // len(f"{number}\n")) for name in FILES}, FILES)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_run_killed_at_any_moment_leaves_a_whole_report(tmp_path: Path) -> None:
    target = tmp_path / "某镇2024"
    write(target, 1)
    (target / "说明.txt").write_text("不是我们的文件", encoding="utf-8")
    moments = random.Random(20241231)
    for start in range(1000, 13_000, 1000):
        process = writer(target, start, 10**6)
        go(process)
        time.sleep(moments.uniform(0.0, 0.05))
        process.kill()
        process.communicate()
        between = tmp_path / ".某镇2024.old"  # the moment between the two renames: the earlier report waits here
        version(target if target.exists() else between)
        write(target, start + 999)
        assert version(target) == start + 999
        assert names(tmp_path) == {"某镇2024"}
        assert names(target) == {*FILES, "说明.txt"}


@pytest.mark.parametrize("moment", ["before the swap", "between the renames", "before the old is removed"])
def test_what_each_moment_of_a_kill_leaves_is_put_right(moment: str, tmp_path: Path) -> None:
    target, new, old = tmp_path / "甲", tmp_path / ".甲.new", tmp_path / ".甲.old"
    write(target, 1)
    (target / "说明.txt").write_text("他人的", encoding="utf-8")
    (tmp_path / ".甲.lock").touch()
    if moment == "before the swap":
        new.mkdir()
        (new / "report.html").write_text("半个", encoding="utf-8")
    elif moment == "between the renames":
        target.rename(old)
        write(tmp_path / "乙", 2)
        (tmp_path / "乙").rename(new)
    else:
        write(tmp_path / "乙", 0)
        (tmp_path / "乙").rename(old)
    write(target, 3)
    assert version(target) == 3
    assert names(tmp_path) == {"甲"}
    assert (target / "说明.txt").read_text(encoding="utf-8") == "他人的"


def test_two_runs_at_once_end_in_one_whole_report(tmp_path: Path) -> None:
    target = tmp_path / "某镇2024"
    write(target, 1)
    (target / "附件").mkdir()
    (target / "附件" / "目录.txt").write_text("他人的", encoding="utf-8")
    runs = [writer(target, start, 25) for start in (1000, 2000, 3000)]
    for run in runs:
        go(run)
    for run in runs:
        run.communicate(timeout=60)
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert version(target) in (1024, 2024, 3024)
    assert names(tmp_path) == {"某镇2024"}
    assert (target / "附件" / "目录.txt").read_text(encoding="utf-8") == "他人的"


def test_a_run_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "PATIENCE", 0.1)
    with atomic._alone(tmp_path / ".甲.lock"), pytest.raises(GiaError, match="另一个 gia-xlsx"):
        write(tmp_path / "甲", 1)
    write(tmp_path / "甲", 2)
    assert names(tmp_path) == {"甲"}


# --- places that cannot be written --------------------------------------------------------------------------------


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder that holds an earlier report and may not be written, whoever runs the tests."""
    if not hasattr(os, "geteuid"):
        pytest.skip("Windows has no folders that may not be written in this sense")
    folder = Path(tempfile.mkdtemp())
    write(folder / "甲", 1)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # root may write anywhere; nobody may not
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()


def test_a_folder_that_may_not_be_written_keeps_its_report(closed_folder: Path) -> None:
    with pytest.raises(GiaError, match=r"^无法写入 .*没有写入权限.*原有的报告没有改动。$"):
        write(closed_folder / "甲", 2)
    assert version(closed_folder / "甲") == 1
    assert names(closed_folder) == {"甲"}


def test_a_write_that_fails_halfway_keeps_the_earlier_report(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits of file size are a thing of POSIX")
    write(tmp_path / "甲", 1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE // 2, hard))
    try:
        with pytest.raises(GiaError, match=r"^无法写入 .*原有的报告没有改动。$"):
            write(tmp_path / "甲", 2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert version(tmp_path / "甲") == 1
    assert names(tmp_path) == {"甲"}


def test_a_full_disk_is_named_and_leaves_the_earlier_report(tmp_path: Path) -> None:
    """On a real little disk, where one can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        write(disk / "甲", 1)
        (disk / "他人.bin").write_bytes(bytes(500_000))
        with pytest.raises(GiaError, match="磁盘空间不足"):
            write(disk / "甲", 2)
        assert version(disk / "甲") == 1
        assert names(disk) == {"甲", "他人.bin"}
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_file_in_the_way_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "甲").write_text("他人的", encoding="utf-8")
    with pytest.raises(GiaError, match="不是普通文件夹"):
        write(tmp_path / "甲", 1)
    with pytest.raises(GiaError, match="同名文件"):
        write(tmp_path / "甲" / "乙", 1)
    assert (tmp_path / "甲").read_text(encoding="utf-8") == "他人的"
    assert names(tmp_path) == {"甲"}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    (elsewhere / "report.html").write_text("他人的", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    try:
        (out / "甲").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("needs the right to make links")
    with pytest.raises(GiaError, match="不是普通文件夹"):
        write(out / "甲", 1)
    assert (elsewhere / "report.html").read_text(encoding="utf-8") == "他人的"


@pytest.mark.parametrize("name", [".甲.new", ".甲.old"])
@pytest.mark.parametrize("kind", ["file", "link", "pipe"])
def test_what_others_put_under_a_name_of_ours_is_told_and_kept(tmp_path: Path, name: str, kind: str) -> None:
    write(tmp_path / "甲", 1)
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "他人.txt").touch()
    try:
        if kind == "file":
            (tmp_path / name).touch()
        elif kind == "link":
            (tmp_path / name).symlink_to(tmp_path / "别处", target_is_directory=True)
        else:
            os.mkfifo(tmp_path / name)
    except (OSError, AttributeError):
        pytest.skip("needs links and pipes")
    with pytest.raises(GiaError, match=rf"{name} 不是 gia-xlsx 留下的文件夹.*请改名或移走它后重试。$"):
        write(tmp_path / "甲", 2)
    assert version(tmp_path / "甲") == 1
    assert names(tmp_path) == {"甲", "别处", name} and names(tmp_path / "别处") == {"他人.txt"}


@pytest.mark.parametrize("place", [".", "附件"])
def test_what_cannot_be_kept_as_it_is_stops_the_run(tmp_path: Path, place: str) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("Windows has no pipes among files")
    write(tmp_path / "甲", 1)
    (tmp_path / "甲" / place).mkdir(exist_ok=True)
    os.mkfifo(tmp_path / "甲" / place / "管道")
    with pytest.raises(GiaError, match=r"原有的文件有的不能照原样留下.*原有的报告没有改动。$"):
        write(tmp_path / "甲", 2)
    assert version(tmp_path / "甲") == 1


def test_a_system_that_cannot_write_chinese_names_is_told_how(tmp_path: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("names are Unicode there whatever is set")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code = (
        "from pathlib import Path; from gia_xlsx.errors import GiaError; from gia_xlsx.publish import atomic\n"
        "try: atomic.replace_folder(Path('\\u7532'), {'a': b''}, ['a'])\n"
        "except GiaError as told: print(ascii(str(told)))"
    )
    environment["PYTHONPATH"] = str(Path(__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=True)
    told = ast.literal_eval(done.stdout.decode("ascii"))
    assert told.startswith("系统的文件名编码（ascii）不支持中文") and "PYTHONUTF8=1" in told
    assert names(tmp_path) == set()


# --- names --------------------------------------------------------------------------------------------------------

BREAKING_OUT = [
    "../../逃逸", "..", ".", "", "   ", "/etc/cron.d/x", "C:\\Windows\\System32", "\\\\server\\share", "a/../../b",
    "甲\x00乙", "甲\n乙", "\u202e甲", "~", "$HOME", "%TEMP%", "a:b", "a*?b", "<b>", '"甲"', "|", "甲.", "甲 ",
    ".hidden", "长" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("organ", BREAKING_OUT)
def test_no_organ_name_leaves_the_output_folder(organ: str, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "out"
    report = load_seed("004")
    folder = publish(Edition(replace(report, cover=replace(report.cover, organ=organ))), out, ["csv"])
    assert folder.parent == out and folder.resolve().parent == out.resolve()
    assert names(out) == {folder.name} and names(tmp_path) == {"a"} and names(tmp_path / "a") == {"b"}
    assert (folder / "report.csv").is_file()
    assert not folder.name.startswith(".") and not set(folder.name) & set('<>:"/\\|?*\n\x00')


@pytest.mark.parametrize("organ", ["CON", "nul", "Aux.txt", "com1", "LPT9", "甲.", "甲 ", "甲..."])
def test_windows_can_hold_the_name(organ: str) -> None:
    name = folder_name(organ, None)
    assert name.split(".")[0].lower() not in {"con", "nul", "aux", "com1", "lpt9"}
    assert not name.endswith((".", " "))


def test_an_ordinary_name_is_kept_as_it_is() -> None:
    assert folder_name("随县安居镇人民政府", 2024) == "随县安居镇人民政府2024"
    assert folder_name("市政府办公室（金融办）", 2023) == "市政府办公室（金融办）2023"


def test_two_long_names_that_begin_alike_stay_two() -> None:
    assert folder_name("长" * 200 + "甲", 2024) != folder_name("长" * 200 + "乙", 2024)
