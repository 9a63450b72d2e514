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
from gia_xlsx.publish.document import Document
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


@dataclass(slots=True)
class Sheet:
    """One page: its blocks in the order of the tags, and the texts that bear no tag: heads, feet, watermarks."""

    blocks: list[Block] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


def read_pdf(data: bytes, name: str, wanted: Sequence[Item], ours: bool) -> tuple[Shown, tuple[str, ...]]:
    """What a PDF shows, and the texts without tags, each once. ``ours``: it was made here a moment ago.

    ``wanted`` tells what goes on from one page to the next. Raises GiaError.
    """
    answer = read_tags(data, None) if ours else _apart(data, name)
    if isinstance(answer, str):
        raise GiaError(f"{name}：{_REFUSALS[answer]}。")
    sheets = [Sheet([_block(it) for it in blocks], loose) for blocks, loose in answer]
    loose = dict.fromkeys(text for sheet in sheets for text in sheet.loose)
    return Shown(tuple(_joined(sheets, wanted))), tuple(loose)


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
    last: Block | None = None
    for sheet in sheets:
        for n, block in enumerate(sheet.blocks):
            if isinstance(last, Grid) and isinstance(block, Grid):
                last = Grid(last.rows + block.rows)
            elif n == 0 and isinstance(last, Words) and isinstance(block, Words) and drawn(last.text) not in whole:
                last = Words(last.text + block.text)
            else:
                if last is not None:
                    yield last
                last = block
    if last is not None:
        yield last


def furniture(text: str, doc: Document) -> bool:
    """Whether a text without a tag is the number of a page, a mark of a draft, or the head of a table come again."""
    words = drawn(text)
    heads = (it.text for part in doc.parts if part.table for it in part.table.boxes if it.box.top < part.table.head)
    return bool(
        _PAGE_NUMBER.fullmatch(words) or (doc.draft and words in DRAFT_MARKS) or any(words in drawn(it) for it in heads)
    )
