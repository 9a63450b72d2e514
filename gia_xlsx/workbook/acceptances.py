"""What people write beside findings in a workbook: reasons to let them stand, and answers to the reviewer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gia_xlsx.opinions import ANSWER_HEAD, MARK_HEAD, REASON_HEAD
from gia_xlsx.profile import Acceptance
from gia_xlsx.report import Place
from gia_xlsx.workbook.grids import Book, Grid
from gia_xlsx.workbook.layout import CHECKS_SHEET, REVIEW_SHEET
from gia_xlsx.workbook.texts import clean

_MARK = re.compile(r"GIA\d{3}-[0-9A-F]{4}")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\uff0d_]")


@dataclass(frozen=True, slots=True)
class Written:
    """One row under the heads: the marks it names, what was written, and where."""

    marks: tuple[str, ...]
    reason: str
    answer: str
    place: Place


def acceptances(book: Book) -> tuple[Acceptance, ...]:
    """The findings that a workbook itself accepts, from 校验 and from the 审核意见 of an earlier review.

    A mark without a reason accepts nothing; a reason without a mark is an acceptance of ``''``: somebody must be told.
    """
    return tuple(
        Acceptance(mark, row.reason, str(row.place))
        for sheet in (CHECKS_SHEET, REVIEW_SHEET)
        if sheet in book.sheets
        for row in written(book.grid(sheet))
        if row.reason
        for mark in row.marks or ("",)
    )


def typed(grid: Grid) -> Mapping[str, tuple[str, str]]:
    """Reason and answer by mark, where a filer has written either."""
    return {mark: (row.reason, row.answer) for row in written(grid) if row.reason or row.answer for mark in row.marks}


def written(grid: Grid) -> Iterator[Written]:
    """The rows below the heads 意见号 and 接受理由 in which something stands under either."""
    columns: tuple[int, int, int] | None = None
    for number, row in enumerate(grid.rows):
        if REASON_HEAD in row and MARK_HEAD in row:
            heads = list(row)
            beside = heads.index(ANSWER_HEAD) if ANSWER_HEAD in row else -1
            columns = heads.index(MARK_HEAD), heads.index(REASON_HEAD), beside
        elif columns is not None:
            mark, reason, answer = (clean(grid.text(number, column))[0].strip() for column in columns)
            if mark or reason or answer:
                at = columns[0] if mark else columns[1]
                yield Written(_marks(mark), reason, answer, grid.place(number, at))


def _marks(text: str) -> tuple[str, ...]:
    """The marks a cell names, in the way they are written; what is no mark stays what it is."""
    plain = _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", text).upper().split()))
    return tuple(dict.fromkeys(_MARK.findall(plain))) or ((plain,) if plain else ())
