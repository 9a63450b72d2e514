"""Five real reports: the text of each as it was found (``sources/``), and its transcript by eye, which an import of
the one is held against."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gia_xlsx.form import Form, Key, load_form
from gia_xlsx.numerals import read_number
from gia_xlsx.report import Cover, Fact, Label, Paragraph, Report

FOLDER = Path(__file__).parent
SEEDS = ("000", "001", "002", "003", "004")


def source(seed: str) -> Path:
    """The report as it was found on the web."""
    return next((FOLDER / "sources").glob(f"{seed}_*.txt"))


def transcript(seed: str) -> dict[str, Any]:
    """The file as it was written down."""
    return tomllib.loads((FOLDER / f"{seed}.toml").read_text(encoding="utf-8"))


def raw_cells(seed: str) -> dict[Key, str]:
    """What stands in each cell, in printed order."""
    data = transcript(seed)
    return dict(_cells(load_form(data["form"]), data))


def _cells(form: Form, data: dict[str, Any]) -> Iterator[tuple[Key, str]]:
    columns = [line.key for line in form.by_key["requests"].blocks[0].columns.leaves]
    for row, values in data["disclosure"].items():
        for column, raw in values.items():
            yield Key("disclosure", row, column), raw
    for row, values in data["requests"].items():
        for column, raw in zip(columns, values, strict=True):
            yield Key("requests", row, column), raw
    for group, values in data["cases"].items():
        for column, raw in zip(("upheld", "corrected", "other", "pending", "total"), values, strict=True):
            yield Key("cases", "count", f"{group}.{column}"), raw


def load_seed(seed: str) -> Report:
    """A transcript as a report, without places."""
    data = transcript(seed)
    form = load_form(data["form"])
    facts = {}
    for key, raw in raw_cells(seed).items():
        reading = read_number(int(raw) if raw.isdecimal() else raw, form.cells[key])  # a plain number is a number
        facts[key] = Fact(key, reading.value, raw, None, reading.flaw, reading.read_as)
    cover = Cover(
        *(data[field] for field in ("organ", "type", "year", "scope")),
        title=data["title"],
        signature=data["signature"],
        date=data["date"],
    )
    return Report(
        form,
        cover,
        {key: facts[key] for key in form.cells},
        tuple(Paragraph(p["section"], p["heading"], p["text"]) for p in data["paragraph"]),
        tuple(_labels(data)),
        data.get("headings", {}),
    )


def _labels(data: dict[str, Any]) -> Iterator[Label]:
    for axis, labels in (("row", data.get("labels", {})), ("column", data.get("heads", {}))):
        for key, found in labels.items():
            table, line = key.split("/")
            yield Label(table, axis, line, found, near=axis == "column")
