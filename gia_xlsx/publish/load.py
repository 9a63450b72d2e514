"""``report.json`` read back as a report, its texts as rendered."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Cell, Form, Key, form_names, load_form
from gia_xlsx.narrative import escape
from gia_xlsx.numerals import LARGEST, read_number
from gia_xlsx.placeholders import printed as number
from gia_xlsx.report import Cover, Fact, Flaw, Number, Paragraph, Place, Report

_T = TypeVar("_T")
LARGEST_FILE = 16 * 2**20  # bytes; a real report.json has 40 kB


def load_data(path: Path) -> Report:
    """A ``report.json`` as a report again, its texts as rendered. Raises GiaError if it is not one of ours."""
    try:
        if path.exists() and not path.is_file():
            raise GiaError(f"{path} 不是文件；请使用 gia-xlsx build 生成的 report.json。")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise GiaError(f"无法打开 {path}：文件不存在，或没有读取权限。") from error
    return read_data(content, str(path))[0]


def read_data(content: bytes, name: str) -> tuple[Report, dict[str, Any]]:
    """The bytes of a ``report.json`` as a report, and as they stand; ``name`` is what messages call it.

    What older versions did not write yet (``title`` and what follows it) may be lacking. Raises GiaError.
    """
    if len(content) > LARGEST_FILE:
        raise GiaError(f"{name} 过大，不是年度报告的 report.json。")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise GiaError(f"{name} 不是完好的 JSON 文件；请使用 gia-xlsx build 生成的 report.json。") from error
    try:
        return _report(data), data
    except _UnfitError as error:
        raise GiaError(f"{name} 不是年度报告的数据：{error}；请使用 gia-xlsx build 生成的 report.json。") from error


class _UnfitError(Exception):
    """What in the data is not as the contract says, in Chinese."""


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
        title=_typed(root.get("title", ""), str, "title"),
        signature=_typed(root.get("signature", ""), str, "signature"),
        date=_typed(root.get("date", ""), str, "date"),
        blank_is_zero=_typed(root.get("blank_is_zero", False), bool, "blank_is_zero"),
    )
    _typed(root.get("draft", False), bool, "draft")
    _typed(root.get("templates", []), list, "templates")
    _typed(root.get("last_year", False), bool, "last_year")
    headings = _typed(root.get("headings", {}), dict, "headings")
    headings = {_section(key, form): _typed(heading, str, "headings") for key, heading in headings.items()}
    paragraphs = tuple(_paragraph(item, form) for item in _typed(root.get("paragraphs"), list, "paragraphs"))
    facts = _facts(_typed(root.get("facts"), list, "facts"), form, cover.blank_is_zero)
    return Report(form, cover, facts, paragraphs, headings=headings)


def _facts(items: list[object], form: Form, blank_is_zero: bool) -> dict[Key, Fact]:
    cells = {str(key): cell for key, cell in form.cells.items()}
    found: dict[Key, Fact] = {}
    for item in items:
        entry = _typed(item, dict, "facts")
        cell = cells.get(_typed(entry.get("key"), str, "key"))
        if cell is None:
            raise _UnfitError(f"本格式没有单元格“{entry['key'][:80]}”")
        if cell.key in found:
            raise _UnfitError(f"单元格“{cell.key}”出现两次")
        found[cell.key] = _fact(cell, entry, blank_is_zero)
    missing = [key for key in form.cells if key not in found]
    if missing:
        raise _UnfitError(f"缺 {len(missing)} 个单元格，如“{form.cells[missing[0]].words}”")
    return {key: found[key] for key in form.cells}


def _fact(cell: Cell, entry: dict[str, Any], blank_is_zero: bool) -> Fact:
    """A fact; what was odd about its writing is read again from ``raw``, which JSON keeps, a declared 0 included."""
    raw, place = _typed(entry.get("raw"), str, "raw"), _place(entry.get("place"))
    value = _value(cell, entry.get("value"))
    reading = read_number(value if value is not None and raw.strip() == number(value) else raw, cell)
    if blank_is_zero and value == 0 and reading.flaw in (Flaw.BLANK, Flaw.DASH):
        value = None
    elif blank_is_zero and value is None and reading.flaw is Flaw.BLANK:
        return Fact(cell.key, value, raw, place)  # a total that its formula has not given: no blank that counts 0
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
    for figure in _typed(entry.get("figures", []), list, "figures"):
        figure = _typed(figure, dict, "figures")  # noqa: PLW2901  # the same, known to be one
        _typed(figure.get("value"), str, "figures 的 value")
        for name in ("start", "end"):
            _typed(figure.get(name), int, f"figures 的 {name}")
        for key in _typed(figure.get("keys"), list, "figures 的 keys"):
            _typed(key, str, "figures 的 keys")
    return Paragraph(
        _section(_typed(entry.get("section"), str, "section"), form),
        _typed(entry.get("heading"), str, "heading"),
        escape(_typed(entry.get("text"), str, "text")),  # braces in it are words, not placeholders
        _place(entry.get("place")),
    )


def _section(key: str, form: Form) -> str:
    if key not in form.by_key:
        raise _UnfitError(f"没有“{key[:20]}”这一部分")
    return key


def _place(data: object) -> Place | None:
    place = _typed(data, dict, "place")
    sheet, cell = place.get("sheet"), place.get("cell")
    return Place(sheet, cell) if isinstance(sheet, str) and isinstance(cell, str) else None


def _typed(value: object, kind: type[_T], name: str) -> _T:
    if not isinstance(value, kind):
        raise _UnfitError(f"{name} 缺失或类型不对")
    return value
