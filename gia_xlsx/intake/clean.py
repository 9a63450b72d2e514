"""Signs that stand in a source but say nothing: characters without width, and pinyin set behind its characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gia_xlsx.intake.source import Block, Line, Origin, Source

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\s?[(（]\s?[a-zA-Züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]{1,6}[1-5]?\s?[)）]")
_MANY = 20  # so many, and it is the page that adds them


def clean(source: Source) -> Source:
    """The source without them, and a note for each kind that was taken out."""
    notes = list(source.notes)
    texts = [text for block in source.blocks for text in _texts(block)]
    blocks = source.blocks
    invisible = sum(len(_INVISIBLE.findall(text)) for text in texts)
    if invisible:
        blocks = tuple(_changed(block, lambda text: _INVISIBLE.sub("", text)) for block in blocks)
        notes.append((f"去掉了 {invisible} 个看不见的字符（零宽空格等）", Origin()))
    pinyin = sum(len(_PINYIN.findall(text)) for text in texts)
    if pinyin >= _MANY:
        blocks = tuple(_changed(block, lambda text: _PINYIN.sub("", text)) for block in blocks)
        notes.append((f"去掉了 {pinyin} 处括注在字后的拼音", Origin()))
    return replace(source, blocks=blocks, notes=tuple(notes)) if len(notes) > len(source.notes) else source


def _texts(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Line) else [cell.text for row in block.rows for cell in row]


def _changed(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Line):
        text = change(block.text)
        return replace(block, text=text, lead=len(change(block.text[: block.lead])))
    return replace(
        block, rows=tuple(tuple(replace(cell, text=change(cell.text)) for cell in row) for row in block.rows)
    )
