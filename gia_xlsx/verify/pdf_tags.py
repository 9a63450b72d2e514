"""A PDF read by its tags, page by page, for ``pdf.py``; run as ``python -m`` it stands in a process of its own.

It takes a file on standard input and gives what is in it on standard output: a foreign PDF may loop or eat memory, or
end the process. So it imports next to nothing.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

from gia_xlsx.child import bound

PROCESSOR_SECONDS = 30  # where the system can limit them
MEMORY = 800 << 20  # bytes of address space, likewise
MOST_PAGES = 200
_DEEPEST = 40  # tags, one inside the other
_MOST_TAGS = 100_000
_WHITE = 250  # of 255, each part of a colour that nobody tells from paper
_GROUND = 0.5  # of the page; in a draft a cell that goes on overleaf is as tall as a page
_LONGEST = 1 << 16  # bytes of one piece of text


def read_tags(data: bytes, most_pages: int | None = MOST_PAGES) -> Any:
    """For each page its blocks, its loose texts and what else lies on it (``_Tags.laid``), as JSON holds them; or why
    not: damaged, pages, untagged."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return "damaged"
    try:
        if most_pages is not None and len(pdf) > most_pages:
            return "pages"
        pages = [_Tags(page).read() for page in pdf]
    except pypdfium2.PdfiumError:
        return "damaged"
    finally:
        pdf.close()
    return pages if any(blocks for blocks, _, _ in pages) else "untagged"


class _Tags:
    """Walks the tags of a page and puts to them the texts drawn under them."""

    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self.raw, self.page = raw, page
        self.buffer = ctypes.create_string_buffer(_LONGEST)
        self.texts: dict[int, list[str]] = {}
        self.blocks: list[str | list[list[str]]] = []
        self.row: list[str] | None = None
        self.count = 0
        self.laid: set[str] = set()  # annotation, image, cover: what may hide words or say others

    def read(self) -> tuple[list[str | list[list[str]]], list[str], list[str]]:
        loose = self._drawn()
        tree = self.raw.FPDF_StructTree_GetForPage(self.page)
        if tree:
            for n in range(self.raw.FPDF_StructTree_CountChildren(tree)):
                self._walk(self.raw.FPDF_StructTree_GetChildAtIndex(tree, n), 0)
            self.raw.FPDF_StructTree_Close(tree)
        left = [text for texts in self.texts.values() for text in texts]
        return self.blocks, [text for text in (*loose, *left) if text.strip()], sorted(self.laid)

    def _drawn(self) -> list[str]:
        """Gather the texts of the page by the number of their mark; those without one are returned."""
        raw = self.raw
        loose: list[str] = []
        text_page = self.page.get_textpage()
        target = ctypes.cast(self.buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        for n in range(raw.FPDFPage_CountObjects(self.page)):
            drawn = raw.FPDFPage_GetObject(self.page, n)
            if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_TEXT:
                size = raw.FPDFTextObj_GetText(drawn, text_page, target, _LONGEST // 2)
                text = self._text(size) or self._meant(drawn)
                mark = raw.FPDFPageObj_GetMarkedContentID(drawn)
                (loose if mark < 0 else self.texts.setdefault(mark, [])).append(text)
            else:
                self._lay(drawn)
        if raw.FPDFPage_GetAnnotCount(self.page):
            self.laid.add("annotation")
        text_page.close()
        return loose

    def _lay(self, drawn: Any) -> None:
        """Note a picture, and a ground that is white or as large as no cell of a table is."""
        raw = self.raw
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(drawn, fill, stroke)
            if fill.value and (self._is_white(drawn) or self._share(drawn) > _GROUND):
                self.laid.add("cover")
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            self.laid.add("image")

    def _is_white(self, drawn: Any) -> bool:
        parts = [ctypes.c_uint() for _ in range(4)]
        self.raw.FPDFPageObj_GetFillColor(drawn, *parts)
        return all(part.value >= _WHITE for part in parts[:3])

    def _share(self, drawn: Any) -> float:
        """Of the page, what an object takes."""
        left, bottom, right, top = edges = [ctypes.c_float() for _ in range(4)]
        self.raw.FPDFPageObj_GetBounds(drawn, *edges)
        width, height = self.page.get_size()
        return float((right.value - left.value) * (top.value - bottom.value) / max(width * height, 1))

    def _meant(self, drawn: Any) -> str:
        """What a glyph stands for that a font shares between two characters: the mark around it says which."""
        raw, size = self.raw, ctypes.c_ulong()
        target = ctypes.cast(self.buffer, ctypes.POINTER(ctypes.c_ubyte))
        for n in range(raw.FPDFPageObj_CountMarks(drawn)):
            mark = raw.FPDFPageObj_GetMark(drawn, n)
            if raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", target, _LONGEST, size):
                said = ctypes.string_at(self.buffer, size.value)
                return said.decode("utf-16" if said[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1", "replace")
        return ""

    def _text(self, size: int) -> str:
        """What the library has put into the buffer, an end mark of two bytes taken off.

        A hyphen at the end of a line, and a minus that it takes for one, come as U+0002, which is never drawn itself.
        """
        if not 2 < size <= _LONGEST:
            return ""
        return ctypes.string_at(self.buffer, size - 2).decode("utf-16-le", "replace").replace("\x02", "-")

    def _walk(self, element: Any, depth: int) -> None:
        """Take a tag apart into blocks: a table by its rows, anything with words of its own as a paragraph."""
        self.count += 1
        if not element or depth > _DEEPEST or self.count > _MOST_TAGS:
            return
        kind = self._kind(element)
        if kind == "Figure":
            self._words(element, depth)
        elif kind in ("P", "TH", "TD", "Title", "Caption", "LI") or (kind[:1] == "H" and kind[1:].isdecimal()):
            self._take(self._words(element, depth))
        elif kind == "Table":
            table: list[list[str]] = []
            self.blocks.append(table)
            for child in self._children(element):
                self._rows(child, table, depth + 1)
        else:
            parts = list(self._parts(element))
            if any(isinstance(part, str) for part in parts):
                self._take("".join(it if isinstance(it, str) else self._words(it, depth + 1) for it in parts))
            else:
                for part in parts:
                    self._walk(part, depth + 1)

    def _take(self, words: str) -> None:
        """A cell of the row that is read, else a paragraph."""
        if self.row is not None:
            self.row.append(words)
        elif words.strip():
            self.blocks.append(words)

    def _rows(self, element: Any, table: list[list[str]], depth: int) -> None:
        self.count += 1
        if depth > _DEEPEST or self.count > _MOST_TAGS:
            return
        if self._kind(element) == "TR":
            self.row = []
            for child in self._children(element):
                self._walk(child, depth + 1)
            table.append(self.row)
            self.row = None
        else:
            for child in self._children(element):
                self._rows(child, table, depth + 1)

    def _words(self, element: Any, depth: int) -> str:
        """All text under a tag, in order."""
        self.count += 1
        if depth > _DEEPEST or self.count > _MOST_TAGS:
            return ""
        return "".join(part if isinstance(part, str) else self._words(part, depth + 1) for part in self._parts(element))

    def _children(self, element: Any) -> Iterator[Any]:
        return (part for part in self._parts(element) if not isinstance(part, str))

    def _parts(self, element: Any) -> Iterator[Any]:
        """What stands right under a tag: further tags, and texts."""
        for n in range(self.raw.FPDF_StructElement_CountChildren(element)):
            mark = self.raw.FPDF_StructElement_GetChildMarkedContentID(element, n)
            if mark >= 0:
                yield "".join(self.texts.pop(mark, ()))
            elif child := self.raw.FPDF_StructElement_GetChildAtIndex(element, n):
                yield child

    def _kind(self, element: Any) -> str:
        return self._text(self.raw.FPDF_StructElement_GetType(element, self.buffer, _LONGEST))


if __name__ == "__main__":
    bound(MEMORY, PROCESSOR_SECONDS)
    sys.stdout.buffer.write(json.dumps(read_tags(sys.stdin.buffer.read())).encode("ascii"))
