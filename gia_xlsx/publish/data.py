"""The report as JSON: every cell of the form, every paragraph, and all else that is printed.

A figure is never lost on the way: money travels as text, and 0, a blank and 不适用 stay three different things.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from gia_xlsx.form import Cell
from gia_xlsx.placeholders import printed as number
from gia_xlsx.publish.lines import clean, told
from gia_xlsx.publish.tidy import DECLARED, state, unit
from gia_xlsx.report import Number, Paragraph, Place, Report, Source


def as_data(report: Report, draft: bool = False, own: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON of ``report.json`` and ``export``: every cell of the form once, totals as stated, money as text.

    A cell's ``value`` is null where it was blank or unreadable; 0 for a blank only if the cover declares 空白按0, which
    is then the first of the notes. ``notes`` tells where the published value is not
    what was typed. A text whose placeholders cannot be filled stands as typed: this shows what a workbook holds.
    ``own``: the office's own templates that it was dressed by. All that is printed can be rebuilt from the JSON but for
    last year's figures beside this year's; ``last_year`` tells whether there are any.
    """
    from gia_xlsx.rules.previous import is_last_year

    headings = {key: clean(heading) for key, heading in report.headings.items() if key in report.form.by_key}
    return {
        "form": report.form.form,
        "organ": report.organ,
        "type": report.cover.type,
        "year": report.year,
        "scope": report.cover.scope,
        "title": clean(report.title),
        "signature": clean(report.cover.signature),
        "date": clean(report.cover.date),
        "draft": draft,
        "blank_is_zero": report.cover.blank_is_zero,
        "headings": headings,
        "templates": list(own),
        "last_year": is_last_year(report),
        "facts": [
            {
                "key": str(key),
                "value": _json_value(report.value(key), cell),
                "raw": report.facts[key].raw,
                "place": _json_place(report.facts[key].place),
            }
            for key, cell in report.form.cells.items()
        ],
        "paragraphs": [
            _paragraph(paragraph, report)
            for section in report.form.sections
            for paragraph in report.in_section(section.key)
        ],
        "notes": [{"message": message, "place": _json_place(place)} for message, place in _notes(report, draft)],
    }


def render_json(report: Report, draft: bool = False, own: Sequence[str] = ()) -> bytes:
    """``report.json``: one fact a line, so that two years can be compared by eye."""
    data = as_data(report, draft, own)
    lists = {name: data.pop(name) for name in ("facts", "paragraphs", "notes")}
    head = ",\n ".join(f"{_dump(name)}: {_dump(value)}" for name, value in data.items())
    body = ",\n ".join(
        f'"{name}": [' + ",".join(f"\n  {_dump(item)}" for item in items) + ("\n ]" if items else "]")
        for name, items in lists.items()
    )
    return f"{{{head},\n {body}}}\n".encode("utf-8", "ignore")  # half a character is left out, as in print


def _paragraph(paragraph: Paragraph, report: Report) -> dict[str, Any]:
    """A paragraph; ``figures`` are the numbers of its text that the tables gave, with the cells they were made of."""
    text, given = told(paragraph, report, draft=True)
    return {
        "section": paragraph.section,
        "heading": clean(paragraph.heading),
        "text": text,
        "place": _json_place(paragraph.place),
        "figures": [{"start": it.start, "end": it.end, "value": it.value, "keys": list(it.keys)} for it in given],
    }


def _notes(report: Report, draft: bool) -> Iterator[tuple[str, Place | None]]:
    if draft:
        yield "草稿：未经审核，不得公开", None
    blank = sum(state(report, key) == DECLARED for key in report.form.cells)
    if blank:
        message = f"封面声明了“空白按0”，{blank} 个未填的单元格按 0 计"
        yield message, report.cover.places.get("blank_is_zero")
    for key, cell in report.form.cells.items():
        fact, value = report.facts[key], report.value(key)
        if value is None or fact.value is None or fact.source is Source.FORMULA or fact.raw.strip() == number(value):
            continue
        yield f"“{cell.words}”填为“{fact.raw}”，数据取 {number(value)}{unit(report, cell)}", fact.place
    for label in report.labels:
        for block in report.form.by_key[label.table].blocks:
            lines = (block.rows if label.axis == "row" else block.columns).by_key
            if label.line in lines:
                yield f"“{lines[label.line].label}”的名称填为“{label.found}”，按规定名称公布", label.place
                break


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json_value(value: Number | None, cell: Cell) -> int | str | None:
    """Money as text, a blank that counts 0 included; anything else is whole."""
    return value if value is None or (cell.kind != "money" and isinstance(value, int)) else number(value)


def _json_place(place: Place | None) -> dict[str, str]:
    return {"sheet": place.sheet, "cell": place.cell} if place else {}
