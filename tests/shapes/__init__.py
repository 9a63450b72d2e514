"""The corpus that recognition is measured on: known reports in the damage of real pages, each with its truth."""

from __future__ import annotations

from collections.abc import Iterator

from tests.shapes.dressed import dressed
from tests.shapes.model import Specimen
from tests.shapes.pages import pages
from tests.shapes.plain import plain
from tests.shapes.word import documents

__all__ = ["Specimen", "corpus"]


def corpus() -> Iterator[Specimen]:
    """Every specimen, the same each time."""
    yield from plain()
    yield from pages()
    yield from documents()
    yield from dressed()
