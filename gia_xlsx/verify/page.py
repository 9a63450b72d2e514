"""What a page shows: the words and tables of its article, the data behind its figures, and what it says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.flow import words
from gia_xlsx.intake.html_guard import prove_page
from gia_xlsx.verify.printed import DRAFT_MARKS, Block, Grid, Shown, Words, bare

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SKIPPED = words("script style noscript template head svg math object option datalist rt rp figure")
_BLOCKS = words(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption footer form h1 h2 h3"
    " h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary ul table caption thead tbody"
    " tfoot tr td th"
)
_HIDING = re.compile(
    r"(?:^|[;{])\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+(?![.\d])"
    r"|font-size\s*:\s*0(?![.\d])|color\s*:\s*transparent|content-visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"([{}])")
MOST_HIDING = 1_000  # selectors that hide something; a page of ours has a few


@dataclass(frozen=True, slots=True)
class Datum:
    """A figure as data: what a machine reads, the cells it is of, and what a person sees."""

    value: str
    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its article, the data in it in order, and of the rest title, meta tags, JSON-LD and links to files."""

    shown: Shown
    data: tuple[Datum, ...]
    title: str
    meta: Mapping[str, str]
    linked: tuple[Mapping[str, Any], ...]
    links: tuple[str, ...]


def read_page(content: bytes, name: str, captions: frozenset[str], draft: bool, ours: bool) -> Page:
    """A page or a fragment of one. ``captions`` are those of the tables, which say again what the headings say.

    Left aside are charts (``figure``) and, in a draft, its marks and the findings beside it (``aside``). ``ours``: it
    was made here a moment ago, and is no attack. Raises GiaError for what is no UTF-8, or far larger than any report.
    """
    from selectolax.lexbor import LexborHTMLParser

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GiaError(f"{name}：网页的编码不是 UTF-8，已不是生成时的文件。") from error
    if not ours:
        prove_page(text, name)
    tree = LexborHTMLParser(text)
    reader = _Article(captions, draft, _hidden_by_sheet(tree, name))
    articles = tree.css("article")
    for root in articles or tree.css("body"):
        reader.walk(root)
    blocks = reader.blocks if articles or not draft else _without_marks(reader.blocks)
    meta = {(node.attributes.get("name") or ""): node.attributes.get("content") or "" for node in tree.css("meta")}
    title = tree.css_first("title")
    return Page(
        Shown(tuple(blocks), tuple(reader.hidden)),
        tuple(reader.data),
        title.text() if title else "",
        meta,
        tuple(_linked(tree)),
        tuple(dict.fromkeys(node.attributes.get("href") or "" for node in tree.css("a[href]"))),
    )


def _without_marks(blocks: Sequence[Block]) -> Sequence[Block]:
    """A draft of a fragment without the marks before and after it."""
    marked = [isinstance(block, Words) and bare(block.text) in DRAFT_MARKS for block in blocks]
    start, end = int(marked[:1] == [True]), len(blocks) - int(marked[1:][-1:] == [True])
    return blocks[start:end]


def _linked(tree: LexborHTMLParser) -> Iterator[Mapping[str, Any]]:
    for node in tree.css("script"):
        if node.attributes.get("type") == "application/ld+json":
            try:
                data = json.loads(node.text() or "")
            except (ValueError, RecursionError):
                data = None
            yield data if isinstance(data, dict) else {}


def _hidden_by_sheet(tree: LexborHTMLParser, name: str) -> set[int]:
    """The elements that a style sheet of the page hides on the screen; what depends on a state is not judged."""
    hiding = [selector for sheet in tree.css("style") for selector in _hiding(sheet.text() or "")]
    if len(hiding) > MOST_HIDING:
        raise GiaError(f"{name}：网页的样式表隐藏了 {len(hiding)} 处内容，不像一份年度报告，不予读取。")
    return {node.mem_id for selector in hiding for node in _selected(tree, selector)}


def _hiding(style: str) -> Iterator[str]:
    """The selectors of rules that hide something, but for those for paper."""
    outer: list[str] = []
    parts = _BRACE.split(_COMMENT.sub("", style))
    for before, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            outer.append(before.strip())
        elif outer:
            selectors = outer.pop()
            if _HIDING.search(before) and not any("print" in one for one in outer):
                yield from (selector.strip() for selector in selectors.split(","))


def _selected(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    if not selector or ":" in selector.replace(":nth-", "").replace(":first-", "").replace(":last-", ""):
        return []
    from selectolax.lexbor import SelectolaxError

    try:
        return tree.css(selector)
    except SelectolaxError:  # a selector it does not know
        return []


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None  # the lines of the one that is read


class _Article:
    """Walks an article without recursion and gathers blocks, data, and the texts that are hidden."""

    def __init__(self, captions: frozenset[str], draft: bool, hidden: set[int]) -> None:
        self.captions, self.draft, self.hides = captions, draft, hidden
        self.blocks: list[Block] = []
        self.data: list[Datum] = []
        self.hidden: list[str] = []
        self.line: list[str] = []
        self.begun: list[tuple[str, tuple[str, ...], int]] = []  # data that are open: value, keys, where in the line
        self.table: _Table | None = None
        self.depth = 0  # of tables: one inside another is words of its cell
        self.caption = False

    def walk(self, root: LexborNode) -> None:
        opened: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None or opened:
            if node is None:
                node = opened.pop()
                self._leave(node.tag or "-")
            elif node.is_text_node:
                self.line.append(node.text_content or "")
            elif self._enter(node):
                opened.append(node)
                node = node.first_child
                continue
            node = node.next if node is not root else None
        self._end_line()

    def _enter(self, node: LexborNode) -> bool:
        tag, values = node.tag or "-", node.attributes
        if tag in _SKIPPED or tag[0] == "-" or (tag == "aside" and self.draft):
            return False
        if tag == "br":
            self.line.append("\n")
            return False
        if self._is_hidden(node, tag, values):
            if text := " ".join(node.text(separator=" ").split()):
                self.hidden.append(text)
            return False
        if tag in _BLOCKS:
            self._end_line()
        if tag == "data":
            keys = tuple((values.get("data-key") or "").split())
            self.begun.append((values.get("value") or "", keys, len(self.line)))
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.table = _Table()
        elif tag == "caption":
            self.caption = True
        elif self.table is not None and self.depth == 1:
            if tag == "tr":
                self.table.rows.append([])
            elif tag in ("td", "th"):
                self.table.cell = []
        return True

    def _is_hidden(self, node: LexborNode, tag: str, values: Mapping[str, str | None]) -> bool:
        closed = (tag == "details" and "open" not in values) or (tag == "dialog" and "open" not in values)
        style = values.get("style")
        return closed or "hidden" in values or bool(style and _HIDING.search(style)) or node.mem_id in self.hides

    def _leave(self, tag: str) -> None:
        if tag == "data":
            value, keys, start = self.begun.pop()
            self.data.append(Datum(value, keys, "".join(self.line[start:])))
            return
        if tag not in _BLOCKS:
            return
        self._end_line()
        if tag == "caption":
            self.caption = False
        elif tag == "table":
            self.depth -= 1
            if self.depth == 0 and self.table is not None:
                self.blocks.append(Grid(tuple(map(tuple, self.table.rows))))
                self.table = None
        elif tag in ("td", "th") and self.table is not None and self.depth == 1 and self.table.cell is not None:
            if not self.table.rows:
                self.table.rows.append([])
            self.table.rows[-1].append("\n".join(self.table.cell))
            self.table.cell = None

    def _end_line(self) -> None:
        text = "".join(self.line).strip()
        self.line = []
        if not text or (self.caption and bare(text) in self.captions):
            return
        if self.table is not None and self.table.cell is not None:
            self.table.cell.append(text)
        else:
            self.blocks.append(Words(text))
