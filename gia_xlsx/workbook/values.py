"""Values through python-calamine: of an .xlsx at once, of .xls, .xlsb and .ods in a process of its own.

On a broken file of those kinds the parser may end its process. Run as ``python -m gia_xlsx.workbook.values`` this
module takes a file on standard input and gives its sheets on standard output.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from gia_xlsx.child import bound, run_module

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SECONDS = 20  # by the clock of a machine that may be busy; a workbook of ours takes a tenth of a second
PROCESSOR_SECONDS = 4  # where the system can limit them
MEMORY = 400 << 20  # bytes of address space, likewise
LARGEST_ANSWER = 50_000_000  # bytes
MOST_ROWS = 2_000  # of a sheet that is read; a table has 40, a narrative some dozens
MOST_COLUMNS = 60


class Sheet(NamedTuple):
    """One sheet: its values from A1 on, '' where empty, and its merged ranges (top, left, bottom, right)."""

    name: str
    visible: bool
    rows: Sequence[Sequence[object]]
    merges: tuple[tuple[int, int, int, int], ...]


class UnreadableError(Exception):
    """The process could not read the file, or not within its bounds."""


class LockedError(Exception):
    """The file has a password."""


def read_apart(data: bytes) -> list[Sheet]:
    """The sheets of a file, in its order. Raises UnreadableError or LockedError."""
    try:
        done = run_module("gia_xlsx.workbook.values", data, SECONDS)
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableError from error
    if done.returncode or not 0 < len(done.stdout) < LARGEST_ANSWER:
        raise UnreadableError
    sheets = pickle.loads(done.stdout)  # what our own code below wrote
    if sheets is None:
        raise LockedError
    return [Sheet(*sheet) for sheet in sheets]


class Values:
    """The sheets of a file in this process, each read when it is asked for. Raises UnreadableError or LockedError."""

    def __init__(self, data: bytes) -> None:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError

        try:
            self._book: CalamineWorkbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except PasswordError as error:
            raise LockedError from error
        except (CalamineError, ValueError, OSError) as error:
            raise UnreadableError from error

    @cached_property
    def sheets(self) -> Mapping[str, bool]:
        """Names in the order of the file, and whether each is visible."""
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        return {
            about.name: about.visible == SheetVisibleEnum.Visible
            for about in self._book.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet
        }

    def rows(self, name: str) -> Sequence[Sequence[object]]:
        """The values of a sheet from A1 on, '' where empty; errors and formulas without a result are '' too."""
        return self._rows(self._sheet(name))

    def sheet(self, name: str) -> Sheet:
        sheet = self._sheet(name)
        merges = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or [])
        return Sheet(name, self.sheets[name], self._rows(sheet), merges)

    def _sheet(self, name: str) -> CalamineSheet:
        from python_calamine import CalamineError

        try:
            return self._book.get_sheet_by_name(name)
        except (CalamineError, ValueError, OverflowError) as error:
            raise UnreadableError from error

    def _rows(self, sheet: CalamineSheet) -> Sequence[Sequence[object]]:
        found: Sequence[Sequence[object]] = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
        return [row[:MOST_COLUMNS] for row in found] if found and len(found[0]) > MOST_COLUMNS else found


def _sheets(data: bytes) -> list[tuple[object, ...]] | None:
    """All sheets as plain values, or None for a file with a password; whatever else goes wrong ends the process."""
    try:
        values = Values(data)
    except LockedError:
        return None
    return [tuple(values.sheet(name)) for name in values.sheets]


if __name__ == "__main__":
    bound(MEMORY, PROCESSOR_SECONDS)
    sys.stdout.buffer.write(pickle.dumps(_sheets(sys.stdin.buffer.read())))
