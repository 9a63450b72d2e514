"""The entry of the program: whatever goes wrong is one Chinese sentence and an exit status, and Ctrl+C is told too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gia_xlsx import cli, show
from tests.examples import FOLDER, example


def leave(error: BaseException) -> Callable[[], str]:
    def raised() -> str:
        raise error

    return raised


def status(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> object:
    """How the program ends when ``gia-xlsx rules`` meets this."""
    monkeypatch.setattr(show, "rules_table", leave(error))
    monkeypatch.setattr(sys, "argv", ["gia-xlsx", "rules"])
    monkeypatch.setenv("PYTHONSAFEPATH", "1")  # what main() sets goes with the test
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


def test_ctrl_c_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "已中断。\n"


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (KeyError("x"), "（KeyError）"),
        (RecursionError(), "（RecursionError）"),
        (PermissionError(13, "denied"), "（PermissionError，没有权限）"),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "bad"), "（UnicodeDecodeError）"),
    ],
)
def test_what_nobody_foresaw_is_a_sentence_to_be_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, named: str
) -> None:
    monkeypatch.delenv("GIA_XLSX_DEBUG", raising=False)
    assert status(monkeypatch, error) == 2
    told = capsys.readouterr().err
    assert named in told and told.endswith("请把这句话和所用的文件报告给维护者。\n") and told.count("\n") == 1


def test_who_looks_for_the_fault_sees_where_it_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIA_XLSX_DEBUG", "1")
    monkeypatch.setattr(show, "rules_table", leave(KeyError("x")))
    monkeypatch.setattr(sys, "argv", ["gia-xlsx", "rules"])
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    with pytest.raises(KeyError):
        cli.main()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there whatever is set")
@pytest.mark.parametrize("arguments", [["build", "--draft"], ["check", "--annotate"]])
def test_a_system_without_chinese_names_is_told_how_to_have_them(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes((FOLDER / "examples" / example("001")).read_bytes())
    done = subprocess.run(
        [sys.executable, "-P", "-m", "gia_xlsx", *arguments, "a.xlsx"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(FOLDER.parent),
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
        capture_output=True,
        check=False,
    )
    told = done.stderr.decode("utf-8")
    assert done.returncode == 2 and told.count("\n") == 1
    assert "系统的文件名编码（ascii）不支持中文" in told and "PYTHONUTF8=1" in told
