"""The data files of a report against each other: the JSON in itself, the table and its description against the JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Key
from gia_xlsx.numerals import read_number
from gia_xlsx.publish.tidy import COLUMNS, datapackage, rows
from gia_xlsx.report import Flaw, Report
from gia_xlsx.rules.publication import Difference, Fault
from gia_xlsx.rules.wording import name
from gia_xlsx.verify.compare import both, few, whole

JSON, CSV, PACKAGE = "report.json", "report.csv", "datapackage.json"


def json_itself(report: Report, data: Mapping[str, Any]) -> list[Difference]:
    """Where the JSON says two things: a value that its own raw words do not give, a figure that its text does not."""
    return few(list(_contradictions(report, data)))


def _contradictions(report: Report, data: Mapping[str, Any]) -> Iterator[Difference]:
    for fact in report.facts.values():
        reading = read_number(fact.raw, report.form.cells[fact.key])
        if fact.value is None or not fact.raw.strip() or reading.flaw is Flaw.SCIENTIFIC:
            continue  # 1e-07 was a number in its cell, and only looks like words here
        if reading.value != fact.value:
            said = f"的 value 是 {fact.value}，raw 却是“{fact.raw[:40]}”"
            yield Difference("figure", JSON, name(report.form, fact.key), said, fact.key)
    for number, paragraph in enumerate(data["paragraphs"], 1):
        for figure in paragraph.get("figures", ()):
            text = paragraph["text"][figure["start"] : figure["end"]]
            if text.replace(",", "") != figure["value"]:
                where = f"第 {number} 段文字"
                yield Difference("figure", JSON, where, f"里的“{text[:40]}”在 figures 里写作“{figure['value'][:40]}”")


def table(content: bytes, report: Report) -> list[Difference]:
    """``report.csv`` against the JSON, row by row, in whatever order the rows stand. Raises GiaError."""
    shown = _read(content)
    wanted = {row[0]: row for row in rows(report)}
    found = [one for key, row in wanted.items() for one in _row(report, key, row, shown.get(key))]
    for key, row in shown.items():
        if key not in wanted:
            found.append(Difference("words", CSV, "", f"有报告里没有的一行“{'，'.join(row)[:40]}”"))
    return few(found)


def _read(content: bytes) -> dict[str, tuple[str, ...]]:
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except UnicodeDecodeError as error:
        raise GiaError(f"{CSV}：编码不是 UTF-8，已不是生成时的文件。") from error
    except csv.Error as error:
        raise GiaError(f"{CSV}：不是完好的 CSV 文件。") from error
    if not lines or tuple(lines[0]) != COLUMNS:
        raise GiaError(f"{CSV}：表头不是 {'、'.join(COLUMNS)}，已不是生成时的文件。")
    found: dict[str, tuple[str, ...]] = {}
    for line in lines[1:]:
        if line and line[0] in found:
            raise GiaError(f"{CSV}：“{line[0][:40]}”出现两次。")
        if line:
            found[line[0]] = tuple(line)
    return found


def _row(report: Report, key: str, want: tuple[str, ...], have: tuple[str, ...] | None) -> Iterator[Difference]:
    if want == have:
        return
    cell = Key.parse(key) if key.count("/") == 2 else None
    where = name(report.form, cell) if cell else f"“{key}”这段文字"
    fault: Fault = "figure" if cell else "words"
    if have is None:
        yield Difference(fault, CSV, where, "没有找到，report.json 里有", cell)
        return
    if len(have) != len(want):
        yield Difference(fault, CSV, where, f"一行有 {len(have)} 列，应有 {len(want)} 列", cell)
        return
    for column, one, other in zip(COLUMNS, want, have, strict=True):
        if one != other:
            said = both(one, other) if column == "value" and cell is None else whole(one, other)
            named = "" if column == "value" else f"的 {column} "
            yield Difference(fault, CSV, where, f"{named}{said}", cell)


def package(content: bytes, report: Report) -> Iterator[Difference]:
    """``datapackage.json`` against what it must say. Raises GiaError."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise GiaError(f"{PACKAGE}：不是完好的 JSON 文件。") from error
    wanted = datapackage(report)
    if not isinstance(data, dict):
        raise GiaError(f"{PACKAGE}：不是数据说明。")
    for key in (*wanted, *(key for key in data if key not in wanted)):
        if data.get(key) != wanted.get(key):
            shown, meant = (json.dumps(it.get(key), ensure_ascii=False) for it in (data, wanted))
            yield Difference("words", PACKAGE, f"{key} ", both(meant, shown))
