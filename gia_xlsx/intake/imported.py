"""What an import came to: the report, where each part of it was read, what was noted, and what could not be placed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gia_xlsx.form import Key
from gia_xlsx.intake.source import Origin
from gia_xlsx.report import COVER_NAMES, Flaw, Report

if TYPE_CHECKING:
    from gia_xlsx.workbook.records import Record


@dataclass(frozen=True, slots=True)
class Note:
    """A clean-up or a doubt, and where in the source it arose (None: of the whole).

    ``sort`` says in a few words what notes of one cause have in common.
    """

    message: str
    origin: Origin | None = None
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words of the source that stand in no cell and no paragraph; ``why`` they could not be placed.

    ``furniture`` was recognised as no part of the report.
    """

    text: str
    origin: Origin
    why: str
    furniture: bool = False


@dataclass(frozen=True)
class Imported:
    """One report as read from a source. Its facts and paragraphs bear no place of a workbook, but an ``Origin``."""

    source: str
    kind: str
    report: Report
    origins: Mapping[Key, Origin]
    paragraph_origins: tuple[Origin, ...]
    evidence: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def missing(self) -> tuple[Key, ...]:
        """Cells of the form that the source does not show, or whose figure could not be placed."""
        return tuple(key for key in self.report.form.cells if key not in self.origins)

    @property
    def left_over(self) -> tuple[Unplaced, ...]:
        """What could not be placed, page furniture aside."""
        return tuple(item for item in self.unplaced if not item.furniture)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Headings of the narrative sections of which nothing was found."""
        there = {paragraph.section for paragraph in self.report.paragraphs}
        return tuple(
            section.heading
            for section in self.report.form.sections
            if section.heading and not section.is_table and section.key not in there
        )

    @property
    def whole(self) -> bool:
        """Whether organ, year, every cell and every section were found, and no figure was left over."""
        known = self.report.organ and self.report.year
        return bool(known) and not (self.missing or self.lacking or self.left_over)

    @property
    def blank(self) -> tuple[Key, ...]:
        """Cells that the source shows empty."""
        return tuple(key for key in self.origins if self.report.facts[key].flaw is Flaw.BLANK)

    def where(self, origin: Origin | None) -> str:
        """A place in the source in words: only a text has lines, a page or a Word file paragraphs."""
        return str(origin or "") if self.kind == "文本" else re.sub(r"第(\d+)行$", r"第\1段", str(origin or ""))

    def as_data(self) -> dict[str, Any]:
        """The JSON of ``import --format json``: that of ``export``, each place one of the source, and ``unplaced``."""
        from gia_xlsx.publish.data import as_data

        data = as_data(self.report)
        for fact, key in zip(data["facts"], self.report.form.cells, strict=True):
            fact["place"] = self.origins[key].as_json() if key in self.origins else {}
        for paragraph, origin in zip(data["paragraphs"], self.paragraph_origins, strict=True):
            paragraph["place"] = origin.as_json()
        data["status"] = "whole" if self.whole else "half"
        data["missing"] = [str(key) for key in self.missing]
        data["title"] = self.report.cover.title
        data["signature"], data["date"] = self.report.cover.signature, self.report.cover.date
        data["evidence"] = dict(self.evidence)
        data["notes"] = [
            {"message": note.message, "place": note.origin.as_json() if note.origin else {}} for note in self.notes
        ]
        data["unplaced"] = [
            {"text": item.text, "why": item.why, "furniture": item.furniture, "place": item.origin.as_json()}
            for item in self.unplaced
        ]
        return data


def records(imported: Imported) -> Iterator[Record]:
    """The record that goes into the workbook: inferences first, then what needs a look, the furniture last."""
    from gia_xlsx.workbook.records import Record

    form, cover = imported.report.form, imported.report.cover
    yield Record("来源", "", f"{imported.source}（{imported.kind}）")
    yield Record("格式", "", f"{form.notice}：{form.form} 年格式")
    for name in ("organ", "type", "year", "scope"):
        if not getattr(cover, name) and name != "scope":
            yield Record("缺少", "", f"{COVER_NAMES[name]}：没有推断出来，请在封面填写")
        elif name in imported.evidence:
            yield Record("推断", "", f"{COVER_NAMES[name]}：{shown(imported, name)}（{imported.evidence[name]}）")
    for heading in imported.lacking:
        yield Record("缺少", "", f"没有找到“{heading}”的内容")
    for words in missing_rows(imported):
        yield Record("缺少", "", words)
    for item in imported.left_over:
        yield Record("未能放置", imported.where(item.origin), f"{item.text}（{item.why}）")
    for note in imported.notes:
        yield Record("说明", imported.where(note.origin), note.message)
    for item in imported.unplaced:
        if item.furniture:
            yield Record(item.why, imported.where(item.origin), item.text)


def shown(imported: Imported, name: str) -> str:
    """A field of the cover in the filer's words."""
    from gia_xlsx.organ import SCOPES, organ_types

    value = getattr(imported.report.cover, name)
    if name == "type" and value in organ_types():
        return organ_types()[value].label
    return SCOPES.get(value, str(value)) if name == "scope" else str(value)


def missing_rows(imported: Imported) -> Iterator[str]:
    """What of the tables the source does not show, or cannot be read: whole tables, else rows, else cells."""
    form, missing = imported.report.form, set(imported.missing)
    for table in form.tables:
        lost = [key for key in table.keys if key in missing]
        if len(lost) == len(table.keys):
            yield f"“{table.heading}”的表格（{len(lost)} 格）没有读到"
            continue
        rows: dict[str, list[Key]] = {}
        for key in lost:
            rows.setdefault(key.row, []).append(key)
        for keys in rows.values():
            cell = form.cells[keys[0]]
            whole = len(keys) == len(cell.block.columns.leaves)
            columns = "、".join(form.cells[key].column.label for key in keys)
            row = cell.row.label or table.heading
            yield f"“{row}”{f'（{len(keys)} 格）' if whole else f'的 {columns} '}没有读到"
