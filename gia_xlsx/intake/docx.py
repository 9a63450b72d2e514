"""A published Word file as a ``Source``: its paragraphs, with the numbers Word would count, and its tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.html import LONGEST_CELL, MOST_CELLS, SPACE, STRIPPED, WIDEST, lead_of, numbered, words
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
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_OPEN = words("ins moveTo customXml smartTag AlternateContent Choice sdtContent dir bdo")
_UNREAD = words("pPr rPr del moveFrom instrText delText delInstrText Fallback ffData rt rubyPr sdtPr")
_DRAWN = words("drawing pict object")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> Source:
    """The lines and tables of a .docx in reading order; ``name`` is what messages call it.

    Raises GiaError for what is no Word file, broken, locked with a password, or far larger than any report.
    """
    package = _opened(data, name)
    main = next((part for part in package.names() if _MAIN.fullmatch(part)), "")
    if not main:
        raise GiaError(f"{name}：这个压缩包里没有 Word 文档的正文；请核对文件，或用 Word、WPS 另存为 .docx。")
    body = _xml(package, main)
    if body is None:
        raise GiaError(f"{name}：Word 文档的正文是空的或已损坏；请用原来的程序重新保存，或者重新索取一份。")
    styles = _Styles(_xml(package, "word/styles.xml"))
    reader = _Reader(name, styles, _Numbers(_xml(package, "word/numbering.xml"), styles))
    reader.flow(_child(body, "body"), reader.blocks)
    edges = dict.fromkeys(
        line
        for part in sorted(package.names())
        if _EDGE.fullmatch(part)
        for line in _edge_lines(reader, _xml(package, part))
    )
    notes = ((f"去掉注音 {reader.readings} 处", Origin()),) if reader.readings else ()
    furniture = tuple((text, Origin()) for text in (*reader.contents, *edges))
    return Source(name, "Word 文档", numbered(reader.blocks), _meta(package), notes, furniture)


def _opened(data: bytes, name: str) -> Package:
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


def _xml(package: Package, part: str) -> Element | None:
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
    core = _xml(package, "docProps/core.xml")
    found = {}
    for tag, what in (("title", "title"), ("creator", "organ")):
        node = None if core is None else _child(core, tag)
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


# --- XML by local names: strict and transitional files differ in namespaces only -----------------------------------


@lru_cache(1000)  # a file may make up names
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _name(element: Element) -> str:
    return _local(element.tag)


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        for child in element:
            if _local(child.tag) == name:
                element = child
                break
        else:
            return None
    return element


def _value(element: Element | None, attribute: str = "val") -> str | None:
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if _local(str(key)) == attribute), None)


def _number(element: Element | None, default: int, attribute: str = "val") -> int:
    text = _value(element, attribute) or ""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default


def _is_on(element: Element | None) -> bool | None:
    """A property that is on unless it says otherwise; None where nothing is said."""
    return None if element is None else _value(element) not in ("0", "false", "off")


# --- styles and numbers -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    level: int = 0
    bold: bool | None = None
    number: tuple[str, int] | None = None  # list and level


class _Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        nodes = [node for node in (root if root is not None else ()) if _name(node) == "style"]
        self._nodes = {_value(node, "styleId") or "": node for node in nodes}
        self._known: dict[str, _Style] = {}
        self.default = next(
            (
                id_
                for id_, node in self._nodes.items()
                if _value(node, "type") == "paragraph" and _value(node, "default") in ("1", "true", "on")
            ),
            "",
        )

    def __getitem__(self, style: str) -> _Style:
        """By its id; an unknown one says nothing."""
        chain = []
        while style in self._nodes and style not in self._known and style not in chain:
            chain.append(style)
            style = _value(_child(self._nodes[style], "basedOn")) or ""
        found = self._known.get(style, _Style())
        for id_ in reversed(chain):
            found = self._known[id_] = self._own(self._nodes[id_], found)
        return found

    def _own(self, node: Element, base: _Style) -> _Style:
        name = _value(_child(node, "name")) or ""
        heading = _HEADING.fullmatch(name)
        level = _number(_child(node, "pPr", "outlineLvl"), -1) + 1
        bold = _is_on(_child(node, "rPr", "b"))
        return _Style(
            name,
            int(heading[1]) if heading else level or base.level,
            base.bold if bold is None else bold,
            _numbering(_child(node, "pPr", "numPr"), base.number),
        )


def _numbering(node: Element | None, base: tuple[str, int] | None) -> tuple[str, int] | None:
    """What a numPr says of list and level over what the style says."""
    if node is None:
        return base
    number = _value(_child(node, "numId")) or (base[0] if base else "")
    return (number, _number(_child(node, "ilvl"), base[1] if base else 0)) if number else None


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how it counts and what it prints around the number."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restart: int = -1  # the level, from 1, whose next number lets this one begin anew; 0 never, -1 any above
    is_decimal: bool = False


class _Numbers:
    """Counts the numbered paragraphs of a document and says what Word prints before each."""

    def __init__(self, root: Element | None, styles: _Styles) -> None:
        self._styles = styles
        nodes = list(root) if root is not None else []
        self._abstract = {_value(node, "abstractNumId"): node for node in nodes if _name(node) == "abstractNum"}
        self._lists = {_value(node, "numId"): node for node in nodes if _name(node) == "num"}
        self._levels: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, number: str, level: int) -> str:
        """The next number of a list at a level (from 0), as printed; "" where there is none."""
        begun = number in self._levels
        if not begun:
            self._levels[number] = self._list(number)
        counted, levels, starts = self._levels[number]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(counted, {})
        if not begun:
            for deep in starts:
                counts.pop(deep, None)
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deep in [deep for deep in counts if deep > level]:
            restart = levels[deep].restart if deep in levels else -1
            if restart < 0 or level < restart:
                del counts[deep]

        def printed(match: re.Match[str]) -> str:
            above = int(match[1]) - 1
            its = levels.get(above, _Level())
            kind = "decimal" if levels[level].is_decimal else its.kind
            return _numeral(counts.get(above, its.start), kind)

        text = "" if levels[level].kind == "bullet" else re.sub("%([1-9])", printed, levels[level].text).strip()
        return f"{text} " if text[-1:].isalnum() else text

    def _list(self, number: str) -> tuple[str, dict[int, _Level], dict[int, int]]:
        """What counts for a list, its levels, and the levels it begins anew."""
        node = self._lists.get(number)
        counted = _value(_child(node, "abstractNumId")) or ""
        abstract = self._abstract.get(counted)
        linked = _value(_child(abstract, "numStyleLink"))
        if linked and (style := self._styles[linked].number) and style[0] != number:
            counted = _value(_child(self._lists.get(style[0]), "abstractNumId")) or ""
            abstract = self._abstract.get(counted)
        levels = dict(_levels(abstract))
        starts = {}
        for override in node if node is not None else ():
            if _name(override) == "lvlOverride":
                levels |= dict(_levels(override))
                level = _number(override, 0, "ilvl")
                start = _number(_child(override, "startOverride"), -1)
                if start >= 0:
                    starts[level] = start
                    levels[level] = replace(levels.get(level, _Level()), start=start)
        return counted, levels, starts


def _levels(node: Element | None) -> Iterator[tuple[int, _Level]]:
    for level in node if node is not None else ():
        if _name(level) == "lvl":
            yield (
                _number(level, 0, "ilvl"),
                _Level(
                    _number(_child(level, "start"), 0),
                    _value(_child(level, "numFmt")) or "decimal",
                    _value(_child(level, "lvlText")) or "",
                    _number(_child(level, "lvlRestart"), -1),
                    bool(_is_on(_child(level, "isLgl"))),
                ),
            )


_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"))
_ROMAN = tuple(zip((100, 90, 50, 40, 10, 9, 5, 4, 1), ("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True))
_HIGHEST = 9_999


def _numeral(number: int, kind: str) -> str:
    """A number as a list prints it; in plain digits where the way is unknown or reaches no further."""
    if kind == "none":
        return ""
    if not 0 < number <= _HIGHEST:
        return str(number)
    if kind in _CHINESE:
        return _chinese(number)
    if kind == "ideographTraditional" and number <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    if kind.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(0x2460 + number - 1)
    if kind == "decimalFullWidth":
        return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    if kind == "decimalZero":
        return f"{number:02}"
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman.upper() if kind == "upperRoman" else roman
    return str(number)


def _chinese(number: int) -> str:
    """1 to 9999 as Chinese counts: 十二, 一百零五."""
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _DIGITS[digit] + sign
        elif text and not text.endswith("零") and number % unit:
            text += "零"
    return text[1:] if text.startswith("一十") else text


# --- the body -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Row:
    """A row of a table while it is read: what each of its cells says, where it stands, how far it reaches."""

    cells: list[tuple[list[Block], int, int]] = field(default_factory=list)  # blocks, left, width
    heights: list[int] = field(default_factory=list)


class _Reader:
    """Walks the body and gathers ``blocks``; ``contents`` are the lines of tables of contents."""

    def __init__(self, name: str, styles: _Styles, numbers: _Numbers) -> None:
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
            if _name(node) == "tbl":
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
            name = _name(node)
            if name in ("p", "tbl"):
                yield node, in_contents
            elif name == "sdt" or name in _OPEN:
                gallery = _value(_child(node, "sdtPr", "docPartObj", "docPartGallery"))
                in_contents = in_contents or gallery == "Table of Contents"
                waiting += [(child, in_contents) for child in reversed(node)]

    def _paragraph(self, node: Element, into: list[Block]) -> _Style:
        """Add the lines of a paragraph, then those of its text boxes."""
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise GiaError(f"{self.name}：文档超过 {MOST_PARAGRAPHS} 段，远超一份年度报告，不予读取；{_WAY_OUT}。")
        own = _child(node, "pPr")
        style = self.styles[_value(_child(own, "pStyle")) or self.styles.default]
        number = _numbering(_child(own, "numPr"), style.number)
        label = self.numbers.label(*number) if number else ""
        level = _number(_child(own, "outlineLvl"), style.level - 1) + 1
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
            name = _name(node)
            if name == "t":
                runs.append((SPACE.sub(" ", node.text or ""), bold))
            elif name in _SIGNS:
                runs.append((_SIGNS[name], bold))
            elif name in _DRAWN:
                boxes += _boxes(node)
            elif name in _UNREAD:
                self.readings += name == "rt"
            elif name == "r":
                own = _child(node, "rPr")
                if _is_on(_child(own, "vanish")):
                    continue
                said = _is_on(_child(own, "b"))
                if said is None:
                    said = self.styles[_value(_child(own, "rStyle")) or ""].bold
                waiting += [(child, bold if said is None else said) for child in reversed(node)]
            else:
                waiting += [(child, bold) for child in reversed(node)]
        return runs, boxes

    def _table(self, root: Element, into: list[Block]) -> None:
        """Add a table as a grid, or what stands in it as running text if it only arranges the page."""
        rows: list[_Row] = []
        begun: dict[int, tuple[int, int]] = {}  # left edge: row and place in it of the cell that a merge may go on
        for node in _under(root, "tr"):
            if _child(node, "trPr", "del") is None:
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
        left = min(max(_number(_child(node, "trPr", "gridBefore"), 0), 0), WIDEST)
        for cell in _under(node, "tc"):
            own = _child(cell, "tcPr")
            width = min(max(_number(_child(own, "gridSpan"), 1), 1), WIDEST)
            self.cells += width
            if self.cells > MOST_CELLS:
                raise GiaError(
                    f"{self.name}：文档里的表格超过 {MOST_CELLS} 格，远超一份年度报告，不予读取；{_WAY_OUT}。"
                )
            merge, aside = _child(own, "vMerge"), _child(own, "hMerge")
            if aside is not None and _value(aside) != "restart" and row.cells:
                blocks, first, reach = row.cells[-1]
                row.cells[-1] = blocks, first, reach + width
            elif merge is not None and _value(merge) != "restart" and left in begun:
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
        if _name(node) == name:
            yield node
        elif _name(node) == "sdt" or _name(node) in _OPEN:
            waiting += reversed(node)


def _boxes(root: Element) -> Iterator[Element]:
    """The text boxes of a drawing; what stands in one of them is its own affair."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if _name(node) == "txbxContent":
            yield node
        elif _name(node) != "Fallback":
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
