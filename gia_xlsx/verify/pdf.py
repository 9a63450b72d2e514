"""What a PDF shows: headings and paragraphs, tables cell by cell, and what is drawn beside them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gia_xlsx.child import run_module
from gia_xlsx.errors import GiaError
from gia_xlsx.publish.document import Document, Table
from gia_xlsx.verify.pdf_tags import MOST_PAGES, read_tags
from gia_xlsx.verify.printed import DRAFT_MARKS, Block, Grid, Item, Shown, Words, drawn

SECONDS = 60  # by the clock of a machine that may be busy; a report takes a twentieth of one
_LARGEST_ANSWER = 30_000_000  # bytes
_PAGE_NUMBER = re.compile(r"—\d+—")
_REFUSALS = {
    "damaged": "这个 PDF 已损坏、不完整或设有密码，读不出来",
    "pages": f"这个 PDF 超过 {MOST_PAGES} 页，不像一份年度报告，不予读取",
    "untagged": "这个 PDF 没有结构标记（扫描件、打印件或别的程序另存的），不能逐段逐格核对",
    "big": "读这个 PDF 所需的时间或内存超过上限，没有读完",
}
_LAID = {
    "annotation": "批注、链接或表单，可能写着别的内容",
    "image": "报告里没有的图片",
    "cover": "白色或大块的底色，可能遮住了文字",
}


@dataclass(slots=True)
class Sheet:
    """One page: its blocks in the order of the tags, and the texts that bear no tag: heads, feet, watermarks.

    ``laid``: what else lies on it, as ``pdf_tags`` names it.
    """

    blocks: list[Block] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    laid: list[str] = field(default_factory=list)


def read_pdf(
    data: bytes, name: str, wanted: Sequence[Item], ours: bool
) -> tuple[Shown, tuple[str, ...], tuple[str, ...]]:
    """What a PDF shows, the texts without tags, each once, and in words what lies on its pages besides.

    ``ours``: it was made here a moment ago.
    ``wanted`` tells what goes on from one page to the next. Raises GiaError.
    """
    answer = read_tags(data, None) if ours else _apart(data, name)
    if isinstance(answer, str):
        raise GiaError(f"{name}：{_REFUSALS[answer]}。")
    sheets = [Sheet([_block(it) for it in blocks], loose, laid) for blocks, loose, laid in answer]
    loose = dict.fromkeys(text for sheet in sheets for text in _numbered(sheet.loose))
    return Shown(tuple(_joined(sheets, wanted))), tuple(loose), tuple(_laid(sheets))


def _laid(sheets: Sequence[Sheet]) -> Iterator[str]:
    """What lies on the pages, but for a picture alone on the last one, which a site may want there."""
    for number, sheet in enumerate(sheets, 1):
        is_annex = number == len(sheets) > 1 and not sheet.blocks
        for kind in sheet.laid:
            if not (is_annex and kind == "image"):
                yield f"第 {number} 页有{_LAID[kind]}"
        if not sheet.blocks and not (is_annex and sheet.laid):
            yield f"第 {number} 页没有报告的内容"


def _apart(data: bytes, name: str) -> Any:
    try:
        done = run_module("gia_xlsx.verify.pdf_tags", data, SECONDS)
    except subprocess.TimeoutExpired:
        return "big"
    if done.returncode or not done.stdout or len(done.stdout) > _LARGEST_ANSWER:
        return "big" if done.returncode < 0 else "damaged"
    return json.loads(done.stdout)


def _block(data: Any) -> Block:
    return Words(data) if isinstance(data, str) else Grid(tuple(map(tuple, data)))


def _joined(sheets: Sequence[Sheet], wanted: Sequence[Item]) -> Iterator[Block]:
    """The blocks of all pages. A text that is not whole at the end of a page goes on at the top of the next; tables
    with no words between them are one, cut by a page or set block by block."""
    whole = {drawn(item.what) for item in wanted if isinstance(item.what, str)}
    tables = [_drawn_rows(item.what) for item in wanted if isinstance(item.what, Table)]
    last: Words | list[Grid] | None = None
    for sheet in sheets:
        for n, block in enumerate(sheet.blocks):
            if isinstance(last, list) and isinstance(block, Grid):
                last.append(block)
            elif n == 0 and isinstance(last, Words) and isinstance(block, Words) and drawn(last.text) not in whole:
                last = Words(last.text + block.text)
            else:
                if last is not None:
                    yield last if isinstance(last, Words) else _grid(last, tables)
                last = block if isinstance(block, Words) else [block]
    if last is not None:
        yield last if isinstance(last, Words) else _grid(last, tables)


def _drawn_rows(table: Table) -> list[list[str]]:
    """The texts of the rows of a table; a row of blanks is not drawn at all."""
    rows = ([text for it in row if (text := drawn(it.text))] for row in table.rows)
    return [row for row in rows if row]


def _grid(parts: Sequence[Grid], tables: Sequence[list[list[str]]]) -> Grid:
    """The parts of a table as one; where rows of it go on overleaf, their texts are whole again."""
    if len(parts) > 1:
        drawn_parts = [[[drawn(text) for text in row] for row in part.rows] for part in parts]
        for rows in tables:
            if _is_all_of(drawn_parts, rows):
                return Grid(tuple(map(tuple, rows)))
    return Grid(tuple(row for part in parts for row in part.rows))


def _is_all_of(parts: Sequence[list[list[str]]], rows: list[list[str]]) -> bool:
    """Whether parts of a table are its rows, all and nothing else, where cells of a row may be cut between two parts.

    Each piece is what comes next of a cell: of a row after those before it, or of one that an earlier part has begun.
    """
    left = [list(row) for row in rows]
    begun: set[int] = set()
    for part in parts:
        at = 0
        for pieces in part:
            after = max(begun, default=-1) + 1
            tried = (*(n for n in sorted(begun) if n >= at), *([after] if after < len(rows) else []))
            for n in tried:
                if (rest := _without(left[n], [piece for piece in pieces if piece])) is not None:
                    left[n], at = rest, n
                    begun.add(n)
                    break
            else:
                return False
        begun = {n for n in begun if any(left[n]) or n == max(begun)}
    return len(rows) == max(begun, default=-1) + 1 and not any(text for row in left for text in row)


def _without(cells: list[str], pieces: Sequence[str]) -> list[str] | None:
    """What is left of the texts of a row after its next pieces, each of another cell; None if they are not its own."""
    rest, at = list(cells), 0
    for piece in pieces:
        at = next((n for n in range(at, len(rest)) if rest[n].startswith(piece)), -1)
        if at < 0:
            return None
        rest[at] = rest[at][len(piece) :]
        at += 1
    return rest


def _numbered(loose: Sequence[str]) -> Sequence[str]:
    """The texts beside the report with the number of the page as one, which more than one font may have drawn."""
    words = [drawn(text) for text in loose]
    at = next((n for n in range(len(words) - 2) if _PAGE_NUMBER.fullmatch("".join(words[n : n + 3]))), None)
    return loose if at is None else [*loose[:at], "".join(loose[at : at + 3]), *loose[at + 3 :]]


def furniture(text: str, doc: Document) -> bool:
    """Whether a text without a tag is the number of a page, a mark of a draft, or the head of a table come again."""
    words = drawn(text)
    boxes = (it for part in doc.parts if part.table for it in part.table.boxes)
    heads = (it.text for it in boxes if it.box.role not in ("label", "cell"))
    return bool(
        _PAGE_NUMBER.fullmatch(words) or (doc.draft and words in DRAFT_MARKS) or any(words in drawn(it) for it in heads)
    )
