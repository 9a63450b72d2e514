"""The report as a tidy table, ``report.csv``, and what a program needs to read it, ``datapackage.json``."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from gia_xlsx.form import Cell, Key
from gia_xlsx.placeholders import printed as number
from gia_xlsx.publish.lines import clean
from gia_xlsx.publish.lines import words as printed_words
from gia_xlsx.report import Flaw, Report

COLUMNS = ("key", "table", "row", "column", "labels", "value", "unit", "state")
DECLARED = "空白按0"  # a blank that counts 0 because the cover says so
STATES = ("已填", "空白", "不适用", "无法读取", DECLARED, "文字")
_INJECTION = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a spreadsheet may take for a formula


def render_csv(report: Report) -> bytes:
    """``report.csv``; a mark at the start tells Excel that it is UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows(rows(report))
    return stream.getvalue().encode("utf-8-sig", "ignore")


def rows(report: Report) -> Iterator[tuple[str, ...]]:
    """One row a cell, then one a paragraph.

    A paragraph has a key like ``overview/1``, its heading as ``labels`` and its text as ``value``; its state is 文字.
    """
    for key, cell in report.form.cells.items():
        value = report.value(key)
        words = (str(key), *key, _labels(cell))
        figure = ("" if value is None else number(value), unit(report, cell), state(report, key))
        yield (*map(_harmless, words), *figure)
    for section in report.form.sections:
        for count, paragraph in enumerate(report.in_section(section.key), 1):
            texts = (clean(paragraph.heading), printed_words(paragraph, report, draft=True))
            row = (f"{section.key}/{count}", section.key, str(count), "")
            yield (*row, *map(_harmless, texts), "", "文字")


def state(report: Report, key: Key) -> str:
    """已填, or why there is no number: 空白, 不适用 (a sign for nothing), 无法读取, 空白按0 (as the cover says)."""
    fact = report.facts[key]
    if fact.value is not None:
        return "已填"
    if report.value(key) is not None:
        return DECLARED
    if not fact.raw.strip():  # a total, too, that its formula has not given
        return "空白"
    return {Flaw.BLANK: "空白", Flaw.DASH: "不适用"}.get(fact.flaw or Flaw.WORDS, "无法读取")


def unit(report: Report, cell: Cell) -> str:
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


def render_datapackage(report: Report) -> bytes:
    """``datapackage.json``: a Tabular Data Package (Frictionless) that says what each column of the table holds.

    0, a blank and 不适用 are told apart by ``state``; only the empty string stands for a missing value.
    """
    return (json.dumps(datapackage(report), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "ignore")


def datapackage(report: Report) -> dict[str, Any]:
    """The description of ``report.csv`` as data."""
    fields = [{"name": name, "type": kind, "title": title, **more} for name, kind, title, more in _FIELDS]
    return {
        "profile": "tabular-data-package",
        "name": "gia-report",
        "title": clean(report.title),
        "description": "政府信息公开工作年度报告的全部数据和文字：每个单元格一行，其后每段文字一行；"
        f"按 {report.form.form} 年格式，统计期限为 {report.year or ''} 年 1 月 1 日至 12 月 31 日。",
        "keywords": ["政府信息公开", "年度报告"],
        "contributors": [{"title": clean(report.organ), "role": "author"}],
        "resources": [
            {
                "name": "report",
                "path": "report.csv",
                "profile": "tabular-data-resource",
                "title": clean(report.title),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
                "schema": {"fields": fields, "missingValues": [""], "primaryKey": "key"},
            }
        ],
    }


_FIELDS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (
        "key",
        "string",
        "键",
        {"description": "表/行/列；文字为部分/序号", "constraints": {"required": True, "unique": True}},
    ),
    ("table", "string", "表或部分", {"constraints": {"required": True}}),
    ("row", "string", "行，或段落的序号", {"constraints": {"required": True}}),
    ("column", "string", "列", {"description": "文字没有列"}),
    ("labels", "string", "行名｜列名", {"description": "由外到内，以 > 相连；文字为该段的小标题"}),
    (
        "value",
        "string",
        "数值或文字",
        {
            "description": "state 为“已填”“空白按0”的是数值，整数或小数，不带千分位；state 为“文字”的是一段文字；"
            "其余为空。以 = + - @ 开头的文字前加了一个单引号，以免被表格软件当作公式"
        },
    ),
    ("unit", "string", "计量单位", {"description": "件、项、万元等；原表没有规定、填报也没有写明的为空"}),
    (
        "state",
        "string",
        "填报状态",
        {
            "description": "已填（0 也是已填）；空白：没有填；不适用：填的是 / — 无 等；无法读取：填的不是数；"
            "空白按0：没有填，封面声明按 0 计；文字：这一行是一段文字",
            "constraints": {"required": True, "enum": list(STATES)},
        },
    ),
)
