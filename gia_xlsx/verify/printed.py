"""A report as a sequence of words and tables: what the data print, and what a file shows, in one shape."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gia_xlsx.publish.document import Document, Part, Table
from gia_xlsx.publish.lines import UNSEEN

DRAFT_MARKS = frozenset(("草稿", "草稿未经审核，不得公开"))  # what a draft shows besides the report
_GAP = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
_SPACE = re.compile(r"\s+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(frozen=True, slots=True)
class Words:
    """A heading or a paragraph as a file shows it."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a file shows it: for each row the texts of the cells that begin in it, from left to right."""

    rows: tuple[tuple[str, ...], ...]


Block = Words | Grid


@dataclass(frozen=True, slots=True)
class Shown:
    """What a file shows, in reading order, and the texts in it that nobody can see."""

    blocks: tuple[Block, ...]
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """What must be printed, and where, in words: ``“一、总体情况”第 2 段``."""

    where: str
    what: str | Table


def items(doc: Document) -> tuple[Item, ...]:
    """All that a report prints, in order."""
    found = [Item("标题", doc.title)]
    for part in doc.parts:
        found += _part(part)
    found += [Item("落款", doc.signature), Item("成文日期", doc.date)]
    return tuple(item for item in found if isinstance(item.what, Table) or squeezed(item.what))


def _part(part: Part) -> Iterator[Item]:
    name = f"“{part.heading}”" if part.heading else "前言"
    if part.heading:
        yield Item(f"{name}这个标题", part.heading)
    for number, line in enumerate(part.lines, 1):
        yield Item(f"{name}第 {number} 段", line.lead + line.text)
    if part.table:
        yield Item(f"{name}的表格", part.table)


def squeezed(text: str) -> str:
    """A text without the spaces that only set it: those between two letters or digits stay, as one."""
    return _SPACE.sub(" ", _GAP.sub("", text))


def bare(text: str) -> str:
    """A text without any space."""
    return _SPACE.sub("", text)


def drawn(text: str) -> str:
    """A text as far as a PDF can tell it: which spaces are meant it does not know, nor what is not to be seen.

    Ligatures come as letters; what is written from right to left comes in the order it is drawn, so there only the
    characters count.
    """
    if text.isascii():
        return bare(text)
    text = UNSEEN.sub("", bare(_LIGATURE.sub(lambda it: unicodedata.normalize("NFKC", it[0]), text)))
    return "".join(sorted(text)) if _LEFTWARD.search(text) else text
