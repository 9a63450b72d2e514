"""What an earlier review put into a workbook, taken out again; and what the filer has written into its sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gia_xlsx.workbook.acceptances import typed
from gia_xlsx.workbook.comments import is_signed, uncomment
from gia_xlsx.workbook.grids import Book
from gia_xlsx.workbook.guard import Package
from gia_xlsx.workbook.layout import REVIEW_SHEET
from gia_xlsx.workbook.restyle import GROUNDS, LISTS, Stylesheet
from gia_xlsx.workbook.sheet_xml import SheetXml
from gia_xlsx.workbook.texts import MARK
from gia_xlsx.workbook.workbook_xml import WorkbookXml

OVER = 'LEN("gia-xlsx 审核")>0'  # the formula of our conditional looks: always true, and nobody else's
_RECORD = (1, 0)  # the cell of 审核意见 that holds the record


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier review: its sheet, what was typed into that, and what was recorded of the styles."""

    sheet: str = ""
    typed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    grounds: tuple[bytes, ...] = ()
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)


def record(sheet: Stylesheet, before: Mapping[str, int]) -> str:
    """What the next review must know of the styles: the fills under tints, and how long the lists were and are."""
    told = {"grounds": [ground.decode() for ground in sheet.grounds], "before": before, "after": sheet.counts()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def earlier(package: Package) -> Earlier:
    """The earlier review of a workbook, an empty one if there is none."""
    book = Book(package)
    for name in book.sheets:
        if name.startswith(REVIEW_SHEET):
            grid = book.grid(name)
            sign = grid.text(0, 0)
            if sign.startswith(MARK) and sign.endswith("/review"):
                return Earlier(name, typed(grid), *_recorded(grid.text(*_RECORD)))
    return Earlier()


def _recorded(text: str) -> tuple[tuple[bytes, ...], Mapping[str, int], Mapping[str, int]]:
    """The record, or an empty one where somebody has written over it."""
    try:
        told = json.loads(text)
        grounds = tuple(str(ground).encode() for ground in told["grounds"][:GROUNDS])
        return grounds, _counts(told["before"]), _counts(told["after"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return (), {}, {}


def _counts(told: Mapping[str, Any]) -> Mapping[str, int]:
    return {name: int(told[name]) for name in LISTS}


def unannotate(workbook: WorkbookXml, old: Earlier) -> None:
    """Take off tints, comments and conditional looks of an earlier review, and the styles it had added."""
    parts = workbook.parts
    if not old.sheet and not is_signed(parts):
        return
    styles = workbook.stylesheet
    styles.grounds = list(old.grounds)
    intact = bool(old.after) and styles.counts() == old.after
    highest = 0
    for name, part in workbook.worksheets().items():
        if name == old.sheet:
            continue
        sheet = workbook.sheet(part)
        changed = [uncomment(parts, part, sheet), sheet.not_over(OVER), _untint(sheet, styles)]
        if any(changed):
            parts.edit(part)
        highest = max(highest, *(int(e.get(a, "0")) for e, a in sheet.styled() if e.get(a, "0").isdecimal()), 0)
    if intact and highest < old.before["cellXfs"]:
        styles.cut(old.before)
    workbook.stylesheet.grounds = []


def _untint(sheet: SheetXml, styles: Stylesheet) -> bool:
    changed = False
    for element, attribute in sheet.styled():
        plain = styles.untinted(int(style)) if (style := element.get(attribute, "")).isdecimal() else None
        if plain is not None:
            element.set(attribute, str(plain))
            changed = True
    return changed
