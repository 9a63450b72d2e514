"""What a Word file shows, read from its XML: paragraphs, text boxes and tables, and apart from them what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.docx import main_part, opened, xml_root
from gia_xlsx.intake.docx_xml import child_of, is_on, name_of, value_of
from gia_xlsx.intake.flow import words
from gia_xlsx.verify.printed import Block, Grid, Shown, Words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_BLOCKS = 20_000
_DEEPEST = 60
_PASSED = words("pPr tblPr tblGrid trPr tcPr sdtPr sectPr del moveFrom instrText delText Fallback rt")
_NEARLY_WHITE = re.compile("[fF][0-9a-fA-F]" * 3)
_SMALLEST = 8  # half points: what is set in less cannot be read
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word(data: bytes, name: str) -> Shown:
    """What a .docx shows in reading order; ``name`` is what messages call it. Raises GiaError."""
    package = opened(data, name)
    body = child_of(xml_root(package, main_part(package)), "body")
    if body is None:
        raise GiaError(f"{name}：Word 文档的正文是空的或已损坏。")
    reader = _Reader(name, _hidden_styles(xml_root(package, "word/styles.xml")))
    return Shown(tuple(reader.blocks(body, 0)), tuple(reader.hidden))


def _hidden_styles(styles: Element | None) -> frozenset[str]:
    """The ids of styles whose text is not shown."""
    found = (style for style in ([] if styles is None else styles) if name_of(style) == "style")
    return frozenset(
        value_of(s, "styleId") or "" for s in found if is_on(child_of(s, "rPr", "vanish")) or _faint(child_of(s, "rPr"))
    )


def _faint(properties: Element | None) -> bool:
    """Whether text is set so that nobody can read it: in white, or smaller than any type."""
    color, size = value_of(child_of(properties, "color")) or "", value_of(child_of(properties, "sz")) or ""
    return bool(_NEARLY_WHITE.fullmatch(color)) or (size.isdecimal() and int(size[:5]) < _SMALLEST)


class _Reader:
    """Walks the body; ``hidden`` gathers the texts that are not shown."""

    def __init__(self, name: str, hiding: frozenset[str]) -> None:
        self.name, self.hiding, self.count = name, hiding, 0
        self.hidden: list[str] = []

    def blocks(self, root: Element, depth: int) -> Iterator[Block]:
        """What stands under an element, wrappers opened."""
        if depth > _DEEPEST:
            raise GiaError(f"{self.name}：文档里的内容层层嵌套，不像一份年度报告，不予读取。")
        for node in root:
            kind = name_of(node)
            if kind == "p":
                self._counted()
                runs: list[str] = []
                boxes: list[Element] = []
                if not self._is_hidden(node, "pPr", "pStyle"):
                    self._runs(node, runs, boxes, depth)
                if text := "".join(runs).strip():
                    yield Words(text)
                for box in boxes:
                    yield from self.blocks(box, depth + 1)
            elif kind == "tbl":
                yield Grid(tuple(self._rows(node, depth + 1)))
            elif kind not in _PASSED:
                yield from self.blocks(node, depth + 1)

    def _rows(self, table: Element, depth: int) -> Iterator[tuple[str, ...]]:
        for node in table:
            kind = name_of(node)
            if kind == "tr" and child_of(node, "trPr", "del") is None:
                yield tuple(self._cells(node, depth))
            elif kind not in _PASSED and kind != "tr":
                yield from self._rows(node, depth + 1)

    def _cells(self, row: Element, depth: int) -> Iterator[str]:
        """The texts of the cells that begin in a row: what only goes on from above is none."""
        for node in row:
            kind = name_of(node)
            if kind == "tc":
                self._counted()
                text = "\n".join(self._flat(self.blocks(node, depth + 1)))
                merge = child_of(node, "tcPr", "vMerge")
                if merge is None or value_of(merge) == "restart" or text:
                    yield text
            elif kind not in _PASSED:
                yield from self._cells(node, depth + 1)

    def _flat(self, blocks: Iterator[Block]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Words):
                yield block.text
            else:
                yield from (text for row in block.rows for text in row)

    def _runs(self, root: Element, runs: list[str], boxes: list[Element], depth: int) -> None:
        if depth > _DEEPEST:
            raise GiaError(f"{self.name}：文档里的内容层层嵌套，不像一份年度报告，不予读取。")
        for node in root:
            kind = name_of(node)
            if kind == "t":
                runs.append(node.text or "")
            elif kind in _SIGNS:
                runs.append(_SIGNS[kind])
            elif kind == "txbxContent":
                boxes.append(node)
            elif kind in _PASSED or (kind == "r" and self._is_hidden(node, "rPr", "rStyle")):
                continue
            else:
                self._runs(node, runs, boxes, depth + 1)

    def _is_hidden(self, node: Element, properties: str, style: str) -> bool:
        own = child_of(node, properties)
        if own is None:
            return False
        said = is_on(child_of(own, "vanish"))
        hides = (value_of(child_of(own, style)) or "") in self.hiding if said is None else said
        hides = hides or _faint(own)
        if hides and (text := "".join(it.text or "" for it in node.iter() if name_of(it) == "t").strip()):
            self.hidden.append(text)
        return hides

    def _counted(self) -> None:
        self.count += 1
        if self.count > MOST_BLOCKS:
            raise GiaError(f"{self.name}：文档超过 {MOST_BLOCKS} 段，远超一份年度报告，不予读取。")
