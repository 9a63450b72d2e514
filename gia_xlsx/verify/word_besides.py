"""What a Word file holds besides its paragraphs and tables: heads and feet, notes, pictures, fields, other files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gia_xlsx.intake.docx import main_part, opened, xml_root
from gia_xlsx.intake.docx_xml import name_of, value_of
from gia_xlsx.verify.printed import bare

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BESIDES = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
_KINDS = {
    "altChunk": "插入的另一份文件",
    "sym": "插入的符号",
    "AlternateContent": "图形或文本框",
    "object": "嵌入的对象",
    "drawing": "图片或图形",
    "pict": "图片或图形",
}
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b[^\"]*")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Besides:
    """``texts``: of heads, feet and notes, without the numbers of pages; ``kinds``: in words what else there is."""

    texts: frozenset[str]
    kinds: frozenset[str]

    def added_to(self, ours: Besides) -> Iterator[str]:
        """What is here and not in the file made of the data, as half sentences."""
        yield from (f"页眉、页脚或批注里有报告里没有的文字“{text[:40]}”" for text in sorted(self.texts - ours.texts))
        yield from (f"{kind}，报告里没有" for kind in sorted(self.kinds - ours.kinds))


def read_besides(data: bytes, name: str) -> Besides:
    """What a .docx holds besides. Raises GiaError."""
    package = opened(data, name)
    texts: set[str] = set()
    body = xml_root(package, main_part(package))
    kinds = {f"正文里有{kind}" for kind in _kinds(body)}
    for part in package.names():
        if _BESIDES.fullmatch(part) and (root := xml_root(package, part)) is not None:
            texts |= {text for node in root.iter() if name_of(node) == "p" and (text := _text(node))}
            kinds |= {f"页眉、页脚或批注里有{kind}" for kind in _kinds(root)}
    return Besides(frozenset(texts), frozenset(kinds))


def _kinds(root: Element | None) -> Iterator[str]:
    for node in [] if root is None else root.iter():
        kind = name_of(node)
        if kind in _KINDS:
            yield _KINDS[kind]
        elif kind in ("fldSimple", "instrText"):
            instruction = value_of(node, "instr") if kind == "fldSimple" else node.text
            if not _PAGE.fullmatch(instruction or ""):
                yield f"域“{bare(instruction or '')[:20]}”"


def _text(paragraph: Element) -> str:
    """The words of a paragraph; those of a watermark are an attribute of it."""
    found = (
        node.text if name_of(node) == "t" else value_of(node, "string")
        for node in paragraph.iter()
        if name_of(node) in ("t", "textpath")
    )
    return bare(_DIGITS.sub("", "".join(text or "" for text in found)))
