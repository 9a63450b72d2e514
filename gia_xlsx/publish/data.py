"""The report as open data, JSON and tidy CSV, and JSON read back as a report.

A figure is never lost on the way: money travels as text, and 0, a blank and 不适用 stay three different things.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Cell, Form, Key, form_names, load_form
from gia_xlsx.narrative import escape
from gia_xlsx.numerals import LARGEST, read_number
from gia_xlsx.placeholders import printed as number
from gia_xlsx.publish.lines import clean
from gia_xlsx.publish.lines import words as printed_words
from gia_xlsx.report import Cover, Fact, Flaw, Number, Paragraph, Place, Report, Source

_T = TypeVar("_T")
COLUMNS = ("key", "table", "row", "column", "labels", "value", "unit", "state")
_DECLARED = "空白按0"  # a blank that counts 0 because the cover says so
_LARGEST_FILE = 16 * 2**20  # bytes; a real report.json has 40 kB
_INJECTION = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a spreadsheet may take for a formula


def as_data(report: Report, draft: bool = False) -> dict[str, Any]:
    """The JSON of ``report.json`` and ``export``: every cell of the form once, totals as stated, money as text.

    A cell's ``value`` is null where it was blank or unreadable; 0 for a blank only if the cover declares 空白按0, which
    is then the first of the notes. ``notes`` tells where the published value is not
    what was typed. A text whose placeholders cannot be filled stands as typed: this shows what a workbook holds.
    """
    return {
        "form": report.form.form,
        "organ": report.organ,
        "type": report.cover.type,
        "year": report.year,
        "scope": report.cover.scope,
        "facts": [
            {
                "key": str(key),
                "value": _json_value(report.value(key)),
                "raw": report.facts[key].raw,
                "place": _json_place(report.facts[key].place),
            }
            for key in report.form.cells
        ],
        "paragraphs": [
            {
                "section": paragraph.section,
                "heading": paragraph.heading,
                "text": printed_words(paragraph, report, draft=True),
                "place": _json_place(paragraph.place),
            }
            for section in report.form.sections
            for paragraph in report.in_section(section.key)
        ],
        "notes": [{"message": message, "place": _json_place(place)} for message, place in _notes(report, draft)],
    }


def render_json(report: Report, draft: bool = False) -> bytes:
    """``report.json``: one fact a line, so that two years can be compared by eye."""
    data = as_data(report, draft)
    lists = {name: data.pop(name) for name in ("facts", "paragraphs", "notes")}
    head = ",\n ".join(f"{_dump(name)}: {_dump(value)}" for name, value in data.items())
    body = ",\n ".join(
        f'"{name}": [' + ",".join(f"\n  {_dump(item)}" for item in items) + ("\n ]" if items else "]")
        for name, items in lists.items()
    )
    return f"{{{head},\n {body}}}\n".encode("utf-8", "replace")


def render_csv(report: Report) -> bytes:
    """``report.csv``: one row a cell, then one a paragraph; a mark at the start tells Excel that it is UTF-8.

    A paragraph has a key like ``overview/1``, its heading as ``labels`` and its text as ``value``; its state is 文字.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for key, cell in report.form.cells.items():
        value = report.value(key)
        words = (str(key), *key, _labels(cell))
        figure = ("" if value is None else number(value), _unit(report, cell), _state(report, key))
        writer.writerow((*map(_harmless, words), *figure))
    for section in report.form.sections:
        for count, paragraph in enumerate(report.in_section(section.key), 1):
            texts = (clean(paragraph.heading), printed_words(paragraph, report, draft=True))
            row = (f"{section.key}/{count}", section.key, count, "")
            writer.writerow((*row, *map(_harmless, texts), "", "文字"))
    return stream.getvalue().encode("utf-8-sig", "replace")


def load_data(path: Path) -> Report:
    """A ``report.json`` as a report again, its texts as rendered. Raises GiaError if it is not one of ours."""
    try:
        if path.exists() and not path.is_file():
            raise GiaError(f"{path} 不是文件；请使用 gia-xlsx build 生成的 report.json。")
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise GiaError(f"无法打开 {path}：文件不存在，或没有读取权限。") from error
    if len(content) > _LARGEST_FILE:
        raise GiaError(f"{path} 过大，不是年度报告的 report.json。")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise GiaError(f"{path} 不是完好的 JSON 文件；请使用 gia-xlsx build 生成的 report.json。") from error
    try:
        return _report(data)
    except _UnfitError as error:
        raise GiaError(f"{path} 不是年度报告的数据：{error}；请使用 gia-xlsx build 生成的 report.json。") from error


class _UnfitError(Exception):
    """What in the data is not as the contract says, in Chinese."""


def _notes(report: Report, draft: bool) -> Iterator[tuple[str, Place | None]]:
    if draft:
        yield "草稿：未经审核，不得公开", None
    blank = sum(_state(report, key) == _DECLARED for key in report.form.cells)
    if blank:
        message = f"封面声明了“空白按0”，{blank} 个未填的单元格按 0 计"
        yield message, report.cover.places.get("blank_is_zero")
    for key, cell in report.form.cells.items():
        fact, value = report.facts[key], report.value(key)
        if value is None or fact.value is None or fact.source is Source.FORMULA or fact.raw.strip() == number(value):
            continue
        yield f"“{cell.words}”填为“{fact.raw}”，数据取 {number(value)}{_unit(report, cell)}", fact.place
    for label in report.labels:
        for block in report.form.by_key[label.table].blocks:
            lines = (block.rows if label.axis == "row" else block.columns).by_key
            if label.line in lines:
                yield f"“{lines[label.line].label}”的名称填为“{label.found}”，按规定名称公布", label.place
                break


def _state(report: Report, key: Key) -> str:
    """已填, or why there is no number: 空白, 不适用 (a sign for nothing), 无法读取, 空白按0 (as the cover says)."""
    fact = report.facts[key]
    if fact.value is not None:
        return "已填"
    if report.value(key) is not None:
        return _DECLARED
    return {Flaw.BLANK: "空白", Flaw.DASH: "不适用"}.get(fact.flaw or Flaw.WORDS, "无法读取")


def _unit(report: Report, cell: Cell) -> str:
    """The unit of the form; where it prints none, the one the filer wrote."""
    if cell.unit:
        return cell.unit
    written = re.search(r"（(.+)）$", report.facts[cell.key].read_as)
    return written[1] if written else ""


def _labels(cell: Cell) -> str:
    """The words over and beside a cell, outermost first: ``行政诉讼>复议后起诉>结果维持``."""
    rows = [line.label for line in cell.block.rows.path(cell.key.row) if line.label]
    columns = [line.label for line in cell.block.columns.path(cell.key.column)]
    return "｜".join(">".join(path) for path in (rows, columns) if path)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_INJECTION) else text


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json_value(value: Number | None) -> int | str | None:
    return number(value) if isinstance(value, Decimal) else value


def _json_place(place: Place | None) -> dict[str, str]:
    return {"sheet": place.sheet, "cell": place.cell} if place else {}


def _report(data: object) -> Report:
    root = _typed(data, dict, "最外层")
    name = _typed(root.get("form"), str, "form")
    if name not in form_names():
        raise _UnfitError(f"没有“{name[:20]}”这一格式")
    form = load_form(name)
    year = root.get("year")
    if year is not None and (type(year) is not int or not 0 < year < 10_000):
        raise _UnfitError("year 不是年份")
    cover = Cover(
        organ=_typed(root.get("organ"), str, "organ"),
        type=_typed(root.get("type"), str, "type"),
        year=year,
        scope=_typed(root.get("scope"), str, "scope"),
    )
    paragraphs = tuple(_paragraph(item, form) for item in _typed(root.get("paragraphs"), list, "paragraphs"))
    return Report(form, cover, _facts(_typed(root.get("facts"), list, "facts"), form), paragraphs)


def _facts(items: list[object], form: Form) -> dict[Key, Fact]:
    cells = {str(key): cell for key, cell in form.cells.items()}
    found: dict[Key, Fact] = {}
    for item in items:
        entry = _typed(item, dict, "facts")
        cell = cells.get(_typed(entry.get("key"), str, "key"))
        if cell is None:
            raise _UnfitError(f"本格式没有单元格“{entry['key'][:80]}”")
        if cell.key in found:
            raise _UnfitError(f"单元格“{cell.key}”出现两次")
        found[cell.key] = _fact(cell, entry)
    missing = [key for key in form.cells if key not in found]
    if missing:
        raise _UnfitError(f"缺 {len(missing)} 个单元格，如“{form.cells[missing[0]].words}”")
    return {key: found[key] for key in form.cells}


def _fact(cell: Cell, entry: dict[str, Any]) -> Fact:
    """A fact; what was odd about its writing is read again from ``raw``, which JSON keeps."""
    raw, place = _typed(entry.get("raw"), str, "raw"), _place(entry.get("place"))
    value = _value(cell, entry.get("value"))
    reading = read_number(value if value is not None and raw.strip() == number(value) else raw, cell)
    if reading.value != value:
        return Fact(cell.key, value, raw, place, None if value is not None else Flaw.WORDS)
    return Fact(cell.key, value, raw, place, reading.flaw, reading.read_as)


def _value(cell: Cell, value: object) -> Number | None:
    if value is None:
        return None
    if cell.kind == "money" and isinstance(value, str) and len(value) < 40:
        try:
            money = Decimal(value)
        except InvalidOperation:
            money = Decimal("NaN")
        if money.is_finite() and abs(money) <= LARGEST:
            return money
    if cell.kind != "money" and type(value) is int and abs(value) <= LARGEST:
        return value
    raise _UnfitError(f"“{cell.words}”的 value 不是{'以文本表示的金额' if cell.kind == 'money' else '整数'}")


def _paragraph(item: object, form: Form) -> Paragraph:
    entry = _typed(item, dict, "paragraphs")
    section = _typed(entry.get("section"), str, "section")
    if section not in form.by_key:
        raise _UnfitError(f"没有“{section[:20]}”这一部分")
    return Paragraph(
        section,
        _typed(entry.get("heading"), str, "heading"),
        escape(_typed(entry.get("text"), str, "text")),  # braces in it are words, not placeholders
        _place(entry.get("place")),
    )


def _place(data: object) -> Place | None:
    place = _typed(data, dict, "place")
    sheet, cell = place.get("sheet"), place.get("cell")
    return Place(sheet, cell) if isinstance(sheet, str) and isinstance(cell, str) else None


def _typed(value: object, kind: type[_T], name: str) -> _T:
    if not isinstance(value, kind):
        raise _UnfitError(f"{name} 缺失或类型不对")
    return value
