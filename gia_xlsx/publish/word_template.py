"""A Word template made ready once: each part cut into the text that stays and the places that a report fills.

An office changes the template in Word or WPS, which cut a placeholder into runs as they please: it is joined again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Form, load_form
from gia_xlsx.publish.word_names import Found, Name, Reader, Words
from gia_xlsx.publish.word_parts import NAMESPACE, WAY_OUT, Parts, W, read_parts
from gia_xlsx.publish.word_styles import DRAFT_ONLY, SIGNED, Styles, needed, size_of, style_ids, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MARK = "gia"
_MARKED = re.compile(rf"<\?{_MARK} (\d+)\?>")
_MEASURE = re.compile(r"-?\d{1,6}")
_PLAIN = {"pPr", "r", "proofErr", "bookmarkStart", "bookmarkEnd"}  # what a paragraph of words alone is made of
_PLAIN_RUN = {"rPr", "t", "lastRenderedPageBreak"}
_AFTER_INDENT = {  # in the properties of a paragraph
    *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
    *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
}
_REVISED = tuple(W + tag for tag in ("ins", "del", "moveFrom", "moveTo"))
_APART = (
    f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
    "</w:p>"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill: the words, paragraphs or table of ``name``.

    ``alone``: it is all that its paragraph says. ``width``: between the margins, for a table, in twentieths of a point.
    ``above`` and ``below``: a table touches it there.
    """

    name: Name
    alone: bool = False
    width: int = 0
    above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that depends on the report: what follows up to ``end`` falls away if ``what`` is '' or, for ``draft``,
    in a report; ``sign`` is where it goes how a signature stands, on a page of ``width`` between its margins."""

    kind: Literal["if", "draft", "end", "sign"]
    what: str = ""
    width: int = 0


Piece = str | Slot | Mark


@dataclass(frozen=True, slots=True)
class Template:
    """``bytes``: all parts as they are; ``filled``: those that a report fills, in pieces, by name.

    ``core``: the part of title and author; ``styles``: those that a report uses; ``em``: the size of a signature, in
    twentieths of a point.
    """

    bytes: Mapping[str, bytes]
    filled: Mapping[str, tuple[Piece, ...]]
    core: str | None
    styles: Styles
    em: int


def word_template(path: Path, form: Form) -> Template:
    """The template for reports of a form, read again only if the file has changed.

    Raises GiaError for a file that is no Word document or broken, for a style or a placeholder that is missing, and for
    a placeholder misspelt or where it cannot stand, each named with its paragraph.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise GiaError(f"模板 {path.name} 不在 {path.parent}，或没有读取权限；{WAY_OUT}。") from error
    return _ready(path, stat.st_mtime_ns, stat.st_size, form.form)


@lru_cache(maxsize=8)
def _ready(path: Path, _changed: int, _size: int, form: str) -> Template:
    parts = read_parts(path)
    reader = Reader(parts.called, load_form(form))
    main = parts.main
    styles = parts.xml(parts.styles)
    ids = style_ids(styles)
    filled = {main: _Part(parts, main, "正文", reader, ids).pieces(body=True)}
    for name, called in parts.edges:
        filled[name] = _Part(parts, name, called, reader, ids).pieces(body=False)
    em = size_of(styles, ids.get(SIGNED))
    return Template(parts.bytes, filled, parts.core, needed(parts.called, ids), em)


class _Part:
    """One part of a template on its way to pieces; places to fill become processing instructions for a while."""

    def __init__(self, parts: Parts, name: str, called: str, reader: Reader, ids: Mapping[str, str]) -> None:
        self.root = parts.xml(name)
        if self.root.nsmap.get("w") != NAMESPACE:
            raise GiaError(
                f"{parts.called} 不是通常的 .docx（可能存成了“严格 Open XML”）；请另存为“Word 文档（.docx）”。"
            )
        if next(self.root.iter(*_REVISED), None) is not None:
            raise GiaError(f"{parts.called} 的{called}里有修订；请在 Word 或 WPS 中接受或拒绝全部修订，保存后再试。")
        self.called, self.reader, self.ids = called, reader, ids
        self.template = parts.called
        self.places: list[Slot | Mark] = []

    def pieces(self, body: bool) -> tuple[Piece, ...]:
        """Find the placeholders, prove them, and cut. ``body``: this part is the one that holds the report."""
        all_found = []
        for number, paragraph in enumerate(list(self.root.iter(f"{W}p")), 1):
            texts = _texts(paragraph)
            words = Words(self._where(paragraph, number), "".join(node.text or "" for node in texts))
            found = self.reader.find(words)
            top = body and paragraph.getparent() is self.root.find(f"{W}body")
            self.reader.stand(words, found, top)
            if body:
                all_found.append((words, found))
            self._mark(paragraph, texts, words, found, top)
        if body:
            self.reader.prove(all_found)
            self._set_apart()
        return self._cut()

    def _where(self, paragraph: Element, number: int) -> str:
        boxed = next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None
        return f"{self.called}{'文本框' if boxed else ''}第 {number} 段"

    def _mark(self, paragraph: Element, texts: list[Element], words: Words, found: Sequence[Found], top: bool) -> None:
        style = value_of(paragraph.find(f"{W}pPr/{W}pStyle"))
        if found and found[0].name.is_block:
            self._replace(paragraph, found[0].name)
            return
        alone = len(found) == 1 and words.text.strip() == words.text[found[0].start : found[0].end]
        alone = alone and top and _is_plain(paragraph)
        if alone and found[0].name.what in ("signature", "date") and style == self.ids.get(SIGNED):
            self._sign(paragraph, found[0].name.what)
        self._put(texts, found, alone)
        if style and style == self.ids.get(DRAFT_ONLY):
            self._enclose([child for child in paragraph if _local(child) != "pPr"], Mark("draft"))
        elif alone and found[0].name.kind == "field":
            self._enclose([paragraph], Mark("if", found[0].name.what))

    def _put(self, texts: list[Element], found: Sequence[Found], alone: bool) -> None:
        """Put a place where each placeholder stands, from the last to the first, whatever runs it is spread over."""
        starts = [0]
        for node in texts:
            starts.append(starts[-1] + len(node.text or ""))
        for one in reversed(found):
            first = next(n for n in range(len(texts)) if starts[n + 1] > one.start)
            last = next(n for n in range(len(texts)) if starts[n + 1] >= one.end)
            rest = (texts[last].text or "")[one.end - starts[last] :]
            if first != last:
                texts[last].text, rest = rest, ""
                for node in texts[first + 1 : last]:
                    node.text = ""
            texts[first].text = (texts[first].text or "")[: one.start - starts[first]]
            place = self._place(Slot(one.name, alone))
            place.tail = rest
            texts[first].insert(0, place)
            for node in texts[first : last + 1]:
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _replace(self, paragraph: Element, name: Name) -> None:
        """A block takes the place of its paragraph; a section of pages that ended there ends in an empty one."""
        width = self._width(paragraph) if name.kind == "table" else 0
        paragraph.addprevious(self._place(Slot(name, True, width)))
        for mark in paragraph.findall(f"{W}bookmarkStart") + paragraph.findall(f"{W}bookmarkEnd"):
            paragraph.addprevious(mark)
        if paragraph.find(f"{W}pPr/{W}sectPr") is None:
            _remove(paragraph)
        else:
            for child in list(paragraph)[1:]:
                paragraph.remove(child)

    def _sign(self, paragraph: Element, what: str) -> None:
        """Where it goes how a signature stands, unless the office has set that itself."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None or any(properties.find(W + tag) is not None for tag in ("ind", "jc")):
            return
        after = next((child for child in properties if _local(child) in _AFTER_INDENT), None)
        place = self._place(Mark("sign", what, self._width(paragraph)))
        if after is None:
            properties.append(place)
        else:
            after.addprevious(place)

    def _enclose(self, elements: Sequence[Element], mark: Mark) -> None:
        if elements:
            elements[0].addprevious(self._place(mark))
            elements[-1].addnext(self._place(Mark("end")))

    def _set_apart(self) -> None:
        """Tell paragraphs that they touch a table, and keep tables apart: Word joins two that follow each other."""
        from lxml import etree

        body = self.root.find(f"{W}body")
        content = [] if body is None else [child for child in body if not str(child.tag).endswith(("Start", "End"))]
        slots = [self._slot(child) for child in content]
        for here, child in enumerate(content):
            slot = slots[here]
            if slot is None:
                continue
            near = [slots[n] if 0 <= n < len(slots) else None for n in (here - 1, here + 1)]
            above, below = (other is not None and other.name.kind == "table" for other in near)
            if slot.name.kind == "text":
                self.places[int(child.text or 0)] = Slot(slot.name, True, 0, above, below)
            elif slot.name.kind == "table" and (here + 1 >= len(content) or content[here + 1].tag != f"{W}p"):
                child.addnext(etree.fromstring(_APART))

    def _slot(self, node: Element) -> Slot | None:
        place = self.places[int(node.text or 0)] if not isinstance(node.tag, str) else None
        return place if isinstance(place, Slot) else None

    def _width(self, paragraph: Element) -> int:
        """The width between the margins where a table stands. Raises GiaError if the pages have no measures."""
        for element in (paragraph, *paragraph.itersiblings()):
            section = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
            if section is not None:
                break
        size, margin = (None if section is None else section.find(W + tag) for tag in ("pgSz", "pgMar"))
        measures = [
            "" if node is None else node.get(W + name) or ""
            for node, name in ((size, "w"), (margin, "left"), (margin, "right"))
        ]
        if not all(_MEASURE.fullmatch(measure) for measure in measures):
            raise GiaError(f"{self.template} 没有页面设置（纸张、页边距）；{WAY_OUT}。")
        width, left, right = map(int, measures)
        if width - left - right <= 0:
            raise GiaError(f"{self.template} 的左右页边距占满了纸张；{WAY_OUT}。")
        return width - left - right

    def _place(self, place: Slot | Mark) -> Element:
        from lxml import etree

        self.places.append(place)
        return etree.ProcessingInstruction(_MARK, str(len(self.places) - 1))

    def _cut(self) -> tuple[Piece, ...]:
        from lxml import etree

        text = etree.tostring(self.root, encoding="unicode")
        cut = _MARKED.split(f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
        return tuple(self.places[int(piece)] if n % 2 else piece for n, piece in enumerate(cut) if piece)


def _texts(paragraph: Element) -> list[Element]:
    """The texts of a paragraph, not those of the paragraphs in a text box that hangs on it."""
    return [node for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p")) is paragraph]


def _is_plain(paragraph: Element) -> bool:
    """Whether a paragraph is words and nothing else: it may fall away with them."""
    runs = [part for run in paragraph.iterchildren(f"{W}r") for part in run]
    made_of_words = all(_local(one) in _PLAIN for one in paragraph) and all(_local(one) in _PLAIN_RUN for one in runs)
    return made_of_words and paragraph.find(f"{W}pPr/{W}sectPr") is None


def _local(node: Element) -> str:
    """The name of an element of Word; of anything else '' or a longer one."""
    return node.tag.removeprefix(W) if isinstance(node.tag, str) else ""


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
