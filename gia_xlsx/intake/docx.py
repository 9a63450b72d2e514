"""A published Word file as a ``Source``: its paragraphs, with the numbers Word would count, and its tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.docx_numbers import Numbers, Style, Styles, numbering
from gia_xlsx.intake.docx_xml import child_of, is_on, name_of, number_of, value_of
from gia_xlsx.intake.flow import LONGEST_CELL, MOST_CELLS, SPACE, STRIPPED, WIDEST, lead_of, numbered, words
from gia_xlsx.intake.source import Block, Cell, Line, Origin, Source, Table
from gia_xlsx.workbook.guard import LARGEST_PART, LARGEST_SUM, MOST_PARTS, Package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_PARAGRAPHS = 50_000
MOST_TAGS = 2_000_000  # of one part
_DEEPEST = 30  # tables and text boxes, one inside the other

_WAY_OUT = "请用 Word 或 WPS 打开，把报告正文复制到新的空白文档，另存为 .docx 后再试"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_EDGE = re.compile(r"word/(?:header|footer)\d*\.xml", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\s\d—–\-－－第共页/·.]*")
_OPEN = words("ins moveTo customXml smartTag AlternateContent Choice sdtContent dir bdo")
_UNREAD = words("pPr rPr del moveFrom instrText delText delInstrText Fallback ffData rt rubyPr sdtPr")
_DRAWN = words("drawing pict object")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> Source:
    """The lines and tables of a .docx in reading order; ``name`` is what messages call it.

    Raises GiaError for what is no Word file, broken, locked with a password, or far larger than any report.
    """
    package = opened(data, name)
    body = xml_root(package, main_part(package))
    if body is None:
        raise GiaError(f"{name}：Word 文档的正文是空的或已损坏；请用原来的程序重新保存，或者重新索取一份。")
    styles = Styles(xml_root(package, "word/styles.xml"))
    reader = _Reader(name, styles, Numbers(xml_root(package, "word/numbering.xml"), styles))
    reader.flow(child_of(body, "body"), reader.blocks)
    edges = dict.fromkeys(
        line
        for part in sorted(package.names())
        if _EDGE.fullmatch(part)
        for line in _edge_lines(reader, xml_root(package, part))
    )
    notes = ((f"去掉注音 {reader.readings} 处", Origin()),) if reader.readings else ()
    furniture = tuple((text, Origin()) for text in (*reader.contents, *edges))
    return Source(name, "Word 文档", numbered(reader.blocks), _meta(package), notes, furniture)


def opened(data: bytes, name: str) -> Package:
    """The archive as a package whose directory declares nothing out of the ordinary."""
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise GiaError(f"{name}：文件设有打开密码；请在 Word 或 WPS 中取消密码后重新保存。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, OverflowError, RuntimeError, EOFError) as error:
        raise GiaError(f"{name}：文件不是 .docx，或者不完整、已损坏；请重新下载、复制或另存一份。") from error
    entries = archive.infolist()
    sizes = [entry.file_size for entry in entries]
    read = [entry.file_size for entry in entries if entry.filename.endswith(".xml")]  # pictures may be large
    if len(entries) > MOST_PARTS or max(read, default=0) > LARGEST_PART or sum(read) > LARGEST_SUM:
        raise GiaError(
            f"{name}：解压后将达 {sum(sizes) / 1e6:.0f} MB、{len(entries)} 个部件，不像一份年度报告；{_WAY_OUT}。"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise GiaError(f"{name}：压缩包设有密码；请取消密码后重新保存。")
    return Package(name, "xlsx", data, archive)


def main_part(package: Package) -> str:
    """The name of the part that holds the body. Raises GiaError if this is no Word file."""
    main = next((part for part in package.names() if _MAIN.fullmatch(part)), "")
    if not main:
        raise GiaError(f"{package.name}：这个压缩包里没有 Word 文档的正文；请核对文件，或用 Word、WPS 另存为 .docx。")
    return main


def xml_root(package: Package, part: str) -> Element | None:
    """The root of a part, nothing resolved or fetched; None where there is no such part."""
    from lxml import etree

    data = package.part(part)
    if not data:
        return None
    if data.count(b"<") > MOST_TAGS:
        raise GiaError(f"{package.name}：文档的内容远超一份年度报告，不予读取；{_WAY_OUT}。")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise GiaError(f"{package.name}：文档的内容已损坏，或者嵌套得过深，读不出来；{_WAY_OUT}。") from error


def _meta(package: Package) -> dict[str, str]:
    core = xml_root(package, "docProps/core.xml")
    found = {}
    for tag, what in (("title", "title"), ("creator", "organ")):
        node = None if core is None else child_of(core, tag)
        text = SPACE.sub(" ", (node.text or "") if node is not None else "").strip(STRIPPED)
        if text:
            found[what] = text
    return found


def _edge_lines(reader: _Reader, root: Element | None) -> list[str]:
    """What a page head or foot says besides the number of the page."""
    blocks: list[Block] = []
    reader.flow(root, blocks)
    texts = [block.text for block in blocks if isinstance(block, Line)]
    texts += [cell.text for block in blocks if isinstance(block, Table) for row in block.rows for cell in row]
    return [text for text in texts if not _PAGE_NUMBER.fullmatch(text)]


@dataclass(slots=True)
class _Row:
    """A row of a table while it is read: what each of its cells says, where it stands, how far it reaches."""

    cells: list[tuple[list[Block], int, int]] = field(default_factory=list)  # blocks, left, width
    heights: list[int] = field(default_factory=list)


class _Reader:
    """Walks the body and gathers ``blocks``; ``contents`` are the lines of tables of contents."""

    def __init__(self, name: str, styles: Styles, numbers: Numbers) -> None:
        self.name, self.styles, self.numbers = name, styles, numbers
        self.blocks: list[Block] = []
        self.contents: list[str] = []
        self.readings = self.paragraphs = self.tables = self.cells = self.depth = 0

    def flow(self, root: Element | None, into: list[Block]) -> None:
        """What stands in a body, a cell or a text box, in order."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise GiaError(f"{self.name}：文档里的表格或文本框层层嵌套，不予读取；{_WAY_OUT}。")
        for node, in_contents in self._parts(root):
            if name_of(node) == "tbl":
                self._table(node, into)
                continue
            blocks: list[Block] = []
            style = self._paragraph(node, blocks)
            if in_contents or style.name.lower().startswith("toc "):
                self.contents += [block.text for block in blocks if isinstance(block, Line)]
            else:
                into += blocks
        self.depth -= 1

    @staticmethod
    def _parts(root: Element | None) -> Iterator[tuple[Element, bool]]:
        """The paragraphs and tables under an element, and whether they stand in a table of contents."""
        waiting = [(child, False) for child in reversed(root)] if root is not None else []
        while waiting:
            node, in_contents = waiting.pop()
            name = name_of(node)
            if name in ("p", "tbl"):
                yield node, in_contents
            elif name == "sdt" or name in _OPEN:
                gallery = value_of(child_of(node, "sdtPr", "docPartObj", "docPartGallery"))
                in_contents = in_contents or gallery == "Table of Contents"
                waiting += [(child, in_contents) for child in reversed(node)]

    def _paragraph(self, node: Element, into: list[Block]) -> Style:
        """Add the lines of a paragraph, then those of its text boxes."""
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise GiaError(f"{self.name}：文档超过 {MOST_PARAGRAPHS} 段，远超一份年度报告，不予读取；{_WAY_OUT}。")
        own = child_of(node, "pPr")
        style = self.styles[value_of(child_of(own, "pStyle")) or self.styles.default]
        number = numbering(child_of(own, "numPr"), style.number)
        label = self.numbers.label(*number) if number else ""
        level = number_of(child_of(own, "outlineLvl"), style.level - 1) + 1
        runs, boxes = self._runs(node, bool(style.bold))
        if label:
            runs.insert(0, (label, runs[0][1] if runs else False))
        into += _lines(runs, level if level <= 6 else 0)
        for box in boxes:
            self.flow(box, into)
        return style

    def _runs(self, root: Element, bold: bool) -> tuple[list[tuple[str, bool]], list[Element]]:
        """The text of a paragraph in pieces, bold or not, and the text boxes that hang on it."""
        runs: list[tuple[str, bool]] = []
        boxes: list[Element] = []
        waiting = [(child, bold) for child in reversed(root)]
        while waiting:
            node, bold = waiting.pop()
            name = name_of(node)
            if name == "t":
                runs.append((SPACE.sub(" ", node.text or ""), bold))
            elif name in _SIGNS:
                runs.append((_SIGNS[name], bold))
            elif name in _DRAWN:
                boxes += _boxes(node)
            elif name in _UNREAD:
                self.readings += name == "rt"
            elif name == "r":
                own = child_of(node, "rPr")
                if is_on(child_of(own, "vanish")):
                    continue
                said = is_on(child_of(own, "b"))
                if said is None:
                    said = self.styles[value_of(child_of(own, "rStyle")) or ""].bold
                waiting += [(child, bold if said is None else said) for child in reversed(node)]
            else:
                waiting += [(child, bold) for child in reversed(node)]
        return runs, boxes

    def _table(self, root: Element, into: list[Block]) -> None:
        """Add a table as a grid, or what stands in it as running text if it only arranges the page."""
        rows: list[_Row] = []
        begun: dict[int, tuple[int, int]] = {}  # left edge: row and place in it of the cell that a merge may go on
        for node in _under(root, "tr"):
            if child_of(node, "trPr", "del") is None:
                rows.append(self._row(node, len(rows), rows, begun))
        cells = [cell for row in rows for cell in row.cells]
        texts = [
            "\n".join(SPACE.sub(" ", block.text) for block in blocks if isinstance(block, Line))
            for blocks, _, _ in cells
        ]
        nested = next(root.iterdescendants(f"{{{root.tag[1:].partition('}')[0]}}}tbl"), None) is not None
        if nested or len(cells) < 2 or max(map(len, texts)) > LONGEST_CELL:
            for blocks, _, _ in cells:
                into += blocks
            return
        self.tables += 1
        text = iter(texts)
        grid = tuple(
            tuple(
                Cell(next(text), left, Origin(0, self.tables, number, order), width, height)
                for order, ((_, left, width), height) in enumerate(zip(row.cells, row.heights, strict=True), 1)
            )
            for number, row in enumerate(rows, 1)
        )
        into.append(Table(grid, Origin(table=self.tables)))

    def _row(self, node: Element, top: int, rows: list[_Row], begun: dict[int, tuple[int, int]]) -> _Row:
        row = _Row()
        left = min(max(number_of(child_of(node, "trPr", "gridBefore"), 0), 0), WIDEST)
        for cell in _under(node, "tc"):
            own = child_of(cell, "tcPr")
            width = min(max(number_of(child_of(own, "gridSpan"), 1), 1), WIDEST)
            self.cells += width
            if self.cells > MOST_CELLS:
                raise GiaError(
                    f"{self.name}：文档里的表格超过 {MOST_CELLS} 格，远超一份年度报告，不予读取；{_WAY_OUT}。"
                )
            merge, aside = child_of(own, "vMerge"), child_of(own, "hMerge")
            if aside is not None and value_of(aside) != "restart" and row.cells:
                blocks, first, reach = row.cells[-1]
                row.cells[-1] = blocks, first, reach + width
            elif merge is not None and value_of(merge) != "restart" and left in begun:
                above, place = begun[left]
                rows[above].heights[place] = top - above + 1
            else:
                blocks = []
                self.flow(cell, blocks)
                begun.pop(left, None)
                if merge is not None:
                    begun[left] = top, len(row.cells)
                row.cells.append((blocks, left, width))
                row.heights.append(1)
            left += width
        return row


def _under(root: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, in what may be wrapped around them."""
    waiting = list(reversed(root))
    while waiting:
        node = waiting.pop()
        if name_of(node) == name:
            yield node
        elif name_of(node) == "sdt" or name_of(node) in _OPEN:
            waiting += reversed(node)


def _boxes(root: Element) -> Iterator[Element]:
    """The text boxes of a drawing; what stands in one of them is its own affair."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if name_of(node) == "txbxContent":
            yield node
        elif name_of(node) != "Fallback":
            waiting += reversed(node)


def _lines(runs: list[tuple[str, bool]], level: int) -> Iterator[Line]:
    """The lines of a paragraph; ``lead`` where one begins in bold and does not end so."""
    pieces: list[list[tuple[str, bool]]] = [[]]
    for text, bold in runs:
        if text == "\n":
            pieces.append([])
        else:
            pieces[-1].append((text, bold))
    for piece in pieces:
        text = "".join(text for text, _ in piece).strip(STRIPPED)
        if text:
            yield Line(text, Origin(), lead_of(piece, text), level)
