"""A balanced report of 盘州市 written as a workbook, and the tools that people's damage is made with."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import openpyxl
import pytest

from gia_xlsx.form import Key
from gia_xlsx.report import Odd, Oddity, Report
from gia_xlsx.workbook import layout
from gia_xlsx.workbook.read import read_workbook
from gia_xlsx.workbook.write import write_workbook
from tests.seeds import load_seed

REQUESTS, DISCLOSURE, CASES, COVER = "三、依申请公开", "二、主动公开", "四、复议诉讼", "封面"


def key(text: str) -> Key:
    return Key.parse(text)


@cache
def balanced() -> Report:
    """Seed 001 with its one wrong total put right: every relation holds."""
    report = load_seed("001")
    wrong = key("requests/carried_in/total")
    facts = {**report.facts, wrong: dataclasses.replace(report.facts[wrong], value=4, raw="4")}
    cover = dataclasses.replace(report.cover, scope="aggregate")
    return dataclasses.replace(report, facts=facts, cover=cover, headings={})


@cache
def original() -> Path:
    """The balanced report as our writer writes it, once for all tests; never changed."""
    path = Path(mkdtemp()) / "盘州市人民政府2024.xlsx"
    write_workbook(path, balanced().form, balanced().cover, report=balanced())
    return path


def copy(folder: Path, name: str = "盘州市人民政府2024.xlsx") -> Path:
    return Path(shutil.copy(original(), folder / name))


def cell(text: str) -> str:
    """The address at which ``new`` puts a cell: ``requests/received/natural`` is E6."""
    wanted = key(text)
    return layout.place(balanced().form.by_key[wanted.table], wanted).cell


def with_openpyxl(folder: Path, damage: Callable[[Any], object]) -> Report:
    """Open the workbook in openpyxl, damage it, save it (which forgets every result), read it."""
    path = copy(folder)
    workbook = openpyxl.load_workbook(path)
    damage(workbook)
    workbook.save(path)
    return read_workbook(path)


def with_zip(path: Path, damage: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> Path:
    """Write the parts of a workbook anew, each as ``damage`` makes it; None leaves one out. Results are kept."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            data = damage(name, archive.read(name))
            if data is not None:
                parts[name] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(extra or {})}.items():
            archive.writestr(name, data)
    return path


def sheet_part(path: Path, sheet: str) -> str:
    """The part that holds a sheet, by its place in the workbook, as xlsxwriter numbers them."""
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def value_in_xml(path: Path, sheet: str, address: str, number: str) -> Path:
    """Put another number into one cell and leave every remembered result as it was: what a careless program does."""
    part = sheet_part(path, sheet)

    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        start = data.index(f'<c r="{address}"'.encode())
        end = data.index(b"</c>", start)
        old = data[start:end]
        return data[:start] + old[: old.index(b"<v>") + 3] + number.encode() + b"</v>" + data[end:]

    return with_zip(path, change)


def told(report: Report, kind: Odd) -> list[Oddity]:
    return [oddity for oddity in report.oddities if oddity.kind is kind]


def kinds(report: Report, *but: Odd) -> set[Odd]:
    """What was told, without the notes that every file has which openpyxl saved."""
    return {oddity.kind for oddity in report.oddities} - {Odd.NEVER_CALCULATED, *but}


def values(report: Report) -> dict[str, object]:
    return {str(k): fact.value for k, fact in report.facts.items()}


def soffice(target: str, *files: Path) -> Path:
    """Convert files in one call of LibreOffice; the folder of the results. Skips where there is none, except in CI."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is needed here: install libreoffice-calc")
        pytest.skip("LibreOffice is not installed: what it saves is not tested")
    folder = Path(mkdtemp())
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    return folder
