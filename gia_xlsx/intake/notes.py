"""What there is to say of an import: every clean-up and every doubt, each with its place in the source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from gia_xlsx.form import Form, Key, Section, form_for_year
from gia_xlsx.intake.imported import Note
from gia_xlsx.intake.source import Origin
from gia_xlsx.intake.tables import Reading
from gia_xlsx.report import Flaw, Report

_BY_ORDER = "按行的次序识读，请核对"
_LOST = f"行名缺失、被覆盖或不在数字旁边，{_BY_ORDER}"
_WORDED = "行名或列名与规定不尽相同，按最接近的识读"
_WRITTEN = "单元格的写法不规范"


def notes(
    before: Iterable[Note],
    readings: Mapping[str, Reading],
    headings: Collection[str],
    report: Report,
    origins: Mapping[Key, Origin],
) -> Iterator[Note]:
    """The notes of a reader (``before``), then those of headings, tables, cells and form."""
    yield from before
    for section in report.form.sections:
        if section.heading and section.key not in headings:
            yield Note(f"没有找到“{section.heading}”这一标题")
    for table in report.form.tables:
        yield from _of_table(report.form, table, readings[table.key], origins)
    for key, cell in report.form.cells.items():
        fact = report.facts[key]
        if (fact.flaw not in (None, Flaw.BLANK) or fact.read_as) and fact.raw.strip() != str(fact.value):
            read = "没有读作数字" if fact.value is None else f"读作 {fact.value}"
            yield Note(f"“{cell.words}”写的是“{fact.raw}”，{read}", origins.get(key), _WRITTEN)
    if report.year is not None and report.form != form_for_year(report.year):
        yield Note(f"报告为 {report.year} 年度，用的是{report.form.notice}的格式")


def _of_table(form: Form, table: Section, reading: Reading, origins: Mapping[Key, Origin]) -> Iterator[Note]:
    """A table that stands elsewhere, rows that were told by their place, labels that are worded otherwise."""
    if reading.moved:
        yield Note(f"“{table.heading}”的表格不在这一标题之下，按行名、列名找到")
    found = {label.line: label.found for label, _ in reading.labels if label.axis == "row"}
    for key in {key.row: key for key, stood in reading.cells.items() if stood.by_order}.values():
        line = form.cells[key].row
        if line.key in reading.merged:
            heading = form.cells[key].block.rows.path(line.key)[-2].label
            words = f"“{heading}”在原文中是单独的一行，数字读入其中的“{line.label}”，同组其他行没有数字，请核对"
            yield Note(words, origins[key])
        else:
            stands = f"写成了“{found[line.key]}”" if found.get(line.key) else "缺失或不在数字旁边"
            yield Note(f"“{line.label}”的行名{stands}，{_BY_ORDER}", origins[key], _LOST)
    for label, origin in reading.labels:
        if label.near:
            axis = "行名" if label.axis == "row" else "列名"
            official = _official(table, label.axis, label.line)
            yield Note(f"{axis}“{label.found}”按“{official}”识读", origin, _WORDED)


def _official(table: Section, axis: str, key: str) -> str:
    for block in table.blocks:
        lines = (block.rows if axis == "row" else block.columns).by_key
        if key in lines:
            return lines[key].label
    return key
