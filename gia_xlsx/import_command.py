"""The command ``import``: one source told in full, many in a table."""

from __future__ import annotations

import os
import sys
from json import dumps
from pathlib import Path

import typer

from gia_xlsx import imports, show_import
from gia_xlsx.console import Progress, colored, complain, out, utf8, width
from gia_xlsx.errors import GiaError, RefusedError
from gia_xlsx.intake import write_imported

_MOST = 12  # files passed over that are named


def import_one(path: Path, output: Path | None, output_format: str, declared: imports.Declared, force: bool) -> None:
    """One source: what was read of it, and its workbook."""
    if output is not None and output.suffix.lower() != ".xlsx":
        if output.suffix and not output.is_dir():
            raise GiaError(f"“{output}”不是 .xlsx 文件名，没有写入；请改为“{output.stem}.xlsx”。")
        output = output / "x"  # a folder: the name follows from the report
    outcome = imports.read_one(path, declared)
    if outcome.imported is None:
        raise GiaError(outcome.problem)
    if output_format == "text" or output is not None:
        name = imports.target_name(outcome.imported, path)
        target = Path(name) if output is None else output.with_name(name) if output.name == "x" else output
        if os.path.lexists(target) and not force:
            raise RefusedError(f"“{target}”已经存在，为免覆盖已填内容，没有写入；请换个文件名。", "overwrite")
        write_imported(outcome.imported, target)
    if output_format == "json":
        utf8(f"{dumps(outcome.imported.as_data(), ensure_ascii=False, indent=1)}\n".encode(errors="backslashreplace"))
    else:
        out(show_import.as_text(outcome.imported, color=colored(sys.stdout), width=width()))
        out(f"\n已生成：{target}。推断的内容和“导入记录”请核对，再用 gia-xlsx check 审核。")
    if outcome.status != "whole":
        raise typer.Exit(1)


def import_many(
    paths: list[Path],
    passed: list[Path],
    output: Path | None,
    output_format: str,
    declared: imports.Declared,
    force: bool,
) -> None:
    """Many sources: a table of what became of each, and its workbook in a folder."""
    if output is not None and output.suffix.lower() == ".xlsx":
        raise GiaError(f"有 {len(paths)} 份报告，写不进一个文件“{output}”；-o 请写文件夹。")
    with Progress(len(paths), "导入") as progress:
        if output_format == "json" and output is None:
            outcomes = []
            for path in paths:
                outcomes.append(imports.read_one(path, declared))
                progress(len(outcomes))
        else:
            folder = output or Path("workbooks")
            outcomes = imports.import_all(paths, folder, declared=declared, overwrite=force, progress=progress)
    if output_format == "json":
        answer = {"files": [show_import.as_json(outcome) for outcome in outcomes]}
        utf8(f"{dumps(answer, ensure_ascii=False, indent=1)}\n".encode(errors="backslashreplace"))
    else:
        out(show_import.table(outcomes))
    for outcome in outcomes:
        if outcome.problem:
            complain(outcome.problem)
    if passed:
        names = "、".join(path.name for path in passed[:_MOST]) + (" 等" if len(passed) > _MOST else "")
        complain(
            f"另有 {len(passed)} 个文件不是能读的种类，没有读取：{names}；"
            "旧版 Word（.doc、.wps）请另存为 .docx，图片和扫描件请换有文字的版本。"
        )
    worst = max({"whole": 0, "half": 1, "unreadable": 2}[outcome.status] for outcome in outcomes)
    if worst:
        raise typer.Exit(worst)
