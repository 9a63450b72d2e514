"""The values of .xls, .xlsb and .ods, read in a process of its own: on a broken file their parser may end the process.

Run as ``python -m gia_xlsx.workbook.apart`` it takes a file on standard input and gives its sheets on standard output.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from typing import NamedTuple

SECONDS = 20  # a workbook of ours takes a tenth of a second
MEMORY = 1 << 30  # bytes of address space, where the system can limit it
MOST_ROWS = 2_000  # of a sheet that is read; a table has 40, a narrative some dozens
MOST_COLUMNS = 60


class Sheet(NamedTuple):
    """One sheet: its values from A1 on, '' where empty, and its merged ranges (top, left, bottom, right)."""

    name: str
    visible: bool
    rows: list[list[object]]
    merges: tuple[tuple[int, int, int, int], ...]


class UnreadableError(Exception):
    """The process could not read the file, or not within its bounds."""


class LockedError(Exception):
    """The file has a password."""


def read_apart(data: bytes) -> list[Sheet]:
    """The sheets of a file, in its order. Raises UnreadableError or LockedError."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "gia_xlsx.workbook.apart"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=environment, check=False)
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableError from error
    if done.returncode or not done.stdout:
        raise UnreadableError
    sheets = pickle.loads(done.stdout)  # what our own code below wrote
    if sheets is None:
        raise LockedError
    return [Sheet(*sheet) for sheet in sheets]


def _sheets(data: bytes) -> list[tuple[object, ...]] | None:
    """All sheets, or None for a file with a password; whatever else goes wrong ends the process."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        return None
    found: list[tuple[object, ...]] = []  # plain values: this module has another name where they are read
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(about.name)
            rows = [list[object](row[:MOST_COLUMNS]) for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)]
            merges = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or [])
            found.append((about.name, about.visible == SheetVisibleEnum.Visible, rows, merges))
    return found


def _bound_memory() -> None:
    """Where the system can: a parser that asks for gigabytes is refused them."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _bound_memory()
    sys.stdout.buffer.write(pickle.dumps(_sheets(sys.stdin.buffer.read())))
