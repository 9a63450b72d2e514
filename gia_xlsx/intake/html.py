"""A published web page as a ``Source``: what a browser would show of it, line by line and table by table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.flow import LONGEST_CELL, MOST_CELLS, SPACE, STRIPPED, WIDEST, lead_of, numbered, words
from gia_xlsx.intake.html_guard import WAY_OUT, prove_page
from gia_xlsx.intake.source import Block, Cell, Line, Origin, Source, Table

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_LINES = 100_000
LARGEST_GRID = 20_000  # cells of one table; beyond it spans are not believed
HIGHEST = 500  # rows that one cell may span
_DEEPEST_PATH = 64
_SHOWN_ENOUGH = 200  # characters without which a page is thought to be revealed by a script


_SKIPPED = words(
    "script style noscript template head svg math iframe object select option datalist input textarea button"
    " audio video canvas rt rp figcaption aside"  # a picture's words and what stands beside a text are not the text
)
_BLOCKS = words(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary ul"
    " table caption thead tbody tfoot tr td th"
)
_LEAVES = words("p h1 h2 h3 h4 h5 h6 hr pre")  # blocks that are a line, not a container of lines
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*([a-z]+|\d+)", re.IGNORECASE)
_META = {  # name in lower case: what it is here, the earlier ones preferred
    "articletitle": "title",
    "contentsource": "organ",
    "author": "organ",
    "sitename": "site",
    "keywords": "keywords",
    "columnname": "keywords",
    "pubdate": "published",
}


def read_html(text: str, name: str) -> Source:
    """The lines and tables of a page in reading order; ``name`` is what messages call it.

    Raises GiaError if the page is far larger or deeper than any report.
    """
    from selectolax.lexbor import LexborHTMLParser

    prove_page(text, name)
    tree = LexborHTMLParser(text)
    if tree.root is None:
        return Source(name, "网页", ())
    page = _Page(name, hidden_too=False)
    page.walk(tree.root)
    if page.left_out and not page.shows_enough():
        page = _Page(name, hidden_too=True)
        page.walk(tree.root)
    notes = ((f"去掉注音 {page.readings} 处", Origin()),) if page.readings else ()
    return Source(name, "网页", numbered(page.blocks), _meta(tree.css("title, meta[name]")), notes)


def _meta(nodes: list[LexborNode]) -> dict[str, str]:
    """What the page says of itself."""
    said: dict[str, str] = {}
    for node in nodes:
        tag, values = node.tag, node.attributes
        about = "title" if tag == "title" else (values.get("name") or "").strip().lower()
        value = node.text() if tag == "title" else values.get("content") or ""
        said.setdefault(about, "")
        said[about] = said[about] or SPACE.sub(" ", value).strip(STRIPPED)
    found: dict[str, str] = {}
    for about, what in (*_META.items(), ("title", "title")):
        if said.get(about) and what not in found:
            found[what] = said[about]
    return found


@dataclass(slots=True)
class _Cell:
    """A cell while it is read: its spans, and which of the blocks of the page stand in it."""

    width: int
    height: int
    first: int
    last: int = 0


@dataclass(slots=True)
class _Frame:
    """A table while it is read: groups of rows of cells, where it begins, what is known of its nature."""

    first: int
    path: tuple[int, ...]
    groups: list[tuple[str, list[list[_Cell]]]] = field(default_factory=list)
    row: list[_Cell] = field(default_factory=list)  # the one that is read
    caption: tuple[int, int] = (0, 0)
    is_layout: bool = False


class _Page:
    """Walks a tree and gathers ``blocks``; a table is read as running text first and made a grid where it ends."""

    def __init__(self, name: str, hidden_too: bool) -> None:
        self.name, self.hidden_too = name, hidden_too
        self.blocks: list[Block] = []
        self.left_out = self.readings = 0
        self.runs: list[tuple[str, bool]] = []  # of the line being read: text, bold
        self.bold, self.level, self.pre = False, 0, 0
        self.path: tuple[int, ...] = ()
        self.frames: list[_Frame] = []
        self.containers = self.tables = self.cells = 0  # so far

    def shows_enough(self) -> bool:
        lines = [block for block in self.blocks if isinstance(block, Line)]
        return len(lines) < len(self.blocks) or sum(len(line.text) for line in lines) >= _SHOWN_ENOUGH

    def walk(self, root: LexborNode) -> None:
        """Goes through the tree without recursion: pages nest as deep as they like."""
        opened: list[tuple[LexborNode, str, bool, bool, int, tuple[int, ...]]] = []
        node: LexborNode | None = root
        while node is not None or opened:
            if node is None:
                node, tag, ends, bold, level, path = opened.pop()
                if ends:
                    self._end_line()
                    self._leave_block(tag)
                self.bold, self.level, self.path = bold, level, path
            elif node.is_text_node:
                self._text(node.text_content or "")
            else:
                tag, bold, level, path = node.tag or "-", self.bold, self.level, self.path
                is_block = self._enter(tag, node)
                if is_block is not None:
                    opened.append((node, tag, is_block, bold, level, path))
                    node = node.first_child
                    continue
            node = node.next if node is not root else None
        self._end_line()

    def _enter(self, tag: str, node: LexborNode) -> bool | None:
        """Begin an element: whether it is a block; None to pass it over."""
        if tag in _SKIPPED or tag[0] == "-":
            self.readings += tag == "rt"
            return None
        if tag == "br":
            self._end_line()
            return None
        is_block = tag in _BLOCKS
        values = node.attributes
        bold, display = tag in ("b", "strong") or self.bold, ""
        if style := values.get("style"):
            display = found[1].lower() if (found := _DISPLAY.search(style)) else ""
            if _HIDDEN.search(style):
                display = "none"
            if weight := _WEIGHT.search(style):
                word = weight[1].lower()
                bold = int(word) >= 600 if word.isdecimal() else word in ("bold", "bolder")
        if (display == "none" or "hidden" in values) and not self.hidden_too:
            self.left_out += 1
            return None
        if display == "inline":
            is_block = is_block and tag not in _LEAVES
        elif display in ("block", "list-item"):
            is_block = True
        self.bold = bold
        if is_block:
            self._end_line()
            self._enter_block(tag, values)
        return is_block

    def _enter_block(self, tag: str, values: dict[str, str | None]) -> None:
        self.level = _HEADINGS.get(tag, self.level)
        self.pre += tag == "pre"
        frame = self.frames[-1] if self.frames else None
        if tag == "table":
            if frame:
                frame.is_layout = True
            self.frames.append(_Frame(len(self.blocks), self.path))
        elif frame is None:
            pass
        elif tag in ("td", "th"):
            width = _span(values["colspan"], WIDEST) if "colspan" in values else 1
            height = _span(values["rowspan"], HIGHEST) if "rowspan" in values else 1
            frame.row.append(_Cell(width or 1, height, len(self.blocks)))
        elif tag == "tr":
            frame.row = []
            if not frame.groups:
                frame.groups.append(("tbody", []))
            frame.groups[-1][1].append(frame.row)
        elif tag in ("thead", "tbody", "tfoot"):
            frame.groups.append((tag, []))
        elif tag == "caption":
            frame.caption = (len(self.blocks), 0)
        if tag not in _LEAVES and len(self.path) < _DEEPEST_PATH:
            self.containers += 1
            self.path += (self.containers,)

    def _leave_block(self, tag: str) -> None:
        self.pre -= tag == "pre"
        frame = self.frames[-1] if self.frames else None
        if frame is None:
            pass
        elif tag == "table":
            self._end_table(self.frames.pop())
        elif tag in ("td", "th"):
            if frame.row:
                frame.row[-1].last = len(self.blocks)
        elif tag == "caption":
            frame.caption = (frame.caption[0], len(self.blocks))

    def _text(self, text: str) -> None:
        if not self.pre:
            if self.runs or not text.isspace():
                self.runs.append((text, self.bold))
            return
        for number, line in enumerate(text.splitlines()):
            if number:
                self._end_line()
            self.runs.append((line.expandtabs(), self.bold))

    def _end_line(self) -> None:
        """Make a line of the runs read so far, if there is anything to see in them."""
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        text = runs[0][0] if len(runs) == 1 else "".join([text for text, _ in runs])
        text = (text if self.pre else SPACE.sub(" ", text)).strip(STRIPPED)
        if text:
            if len(self.blocks) >= MOST_LINES:
                raise GiaError(f"{self.name}：网页超过 {MOST_LINES} 行，远超一份年度报告，不予读取；{WAY_OUT}。")
            self.blocks.append(Line(text, Origin(), lead_of(runs, text), self.level, self.path, self.pre > 0))

    def _end_table(self, frame: _Frame) -> None:
        """Replace what was read in a table by its grid, unless it only arranges the page."""
        cells = [cell for _, rows in frame.groups for row in rows for cell in row]
        if frame.is_layout or len(cells) < 2:
            return
        texts = {id(cell): "\n".join([line.text for line in self._within(cell.first, cell.last)]) for cell in cells}
        if max(map(len, texts.values())) > LONGEST_CELL:
            return
        grid = _laid(frame.groups)
        if not grid:
            for cell in cells:
                cell.width = cell.height = 1
            grid = _laid(frame.groups, MOST_CELLS)
        self.cells += sum(cell.width * height for row in grid for cell, _, height in row)
        if self.cells > MOST_CELLS or not grid:
            raise GiaError(f"{self.name}：网页里的表格超过 {MOST_CELLS} 格，远超一份年度报告，不予读取；{WAY_OUT}。")
        captions = self._within(*frame.caption)
        del self.blocks[frame.first :]
        self.tables += 1
        rows = tuple(
            tuple(
                Cell(texts[id(cell)], left, Origin(0, self.tables, number, order), cell.width, height)
                for order, (cell, left, height) in enumerate(row, 1)
            )
            for number, row in enumerate(grid, 1)
        )
        self.blocks += [*captions, Table(rows, Origin(table=self.tables), frame.path)]

    def _within(self, first: int, last: int) -> list[Line]:
        return [block for block in self.blocks[first:last] if isinstance(block, Line)]


def _span(value: str | None, most: int) -> int:
    """What an attribute says of a span, as a browser reads it; 0 only where it is said."""
    found = re.match(r"\s*\+?(\d{1,9})", value or "")
    return min(int(found[1]), most) if found else 1


def _laid(groups: list[tuple[str, list[list[_Cell]]]], most: int = LARGEST_GRID) -> list[list[tuple[_Cell, int, int]]]:
    """The rows in visual order, each as its cells with left edge and height, placed as HTML says.

    The first head stands first and the first foot last; no cell reaches beyond its group of rows. No rows at all if
    the grid had more than ``most`` places.
    """
    area = 0
    kinds = [kind for kind, _ in groups]
    order = sorted(range(len(groups)), key=lambda n: _rank(kinds, n))
    grid = []
    for number in order:
        rows = groups[number][1]
        taken: dict[int, int] = {}  # column: the row of the group in which it is free again
        for top, cells in enumerate(rows):
            placed = []
            left = 0
            for cell in cells:
                while taken.get(left, 0) > top:
                    left += 1
                height = min(cell.height or len(rows), len(rows) - top)
                area += cell.width * height
                if area > most:
                    return []
                for column in range(left, left + cell.width):
                    taken[column] = max(taken.get(column, 0), top + height)
                placed.append((cell, left, height))
                left += cell.width
            grid.append(placed)
    return grid


def _rank(kinds: list[str], number: int) -> int:
    """Before the others, among them, or after them."""
    if kinds.index(kinds[number]) != number:
        return 1
    return {"thead": 0, "tfoot": 2}.get(kinds[number], 1)
