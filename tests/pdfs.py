"""PDFs made anew for tests: reports drawn line by line as offices publish them, and files no reader should trust."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from gia_xlsx.publish.document import Document, Table, document
from gia_xlsx.report import Report

FONT = "STSong-Light"  # every PDF viewer knows it, and no file is needed
MARGIN, BODY, SMALL = 72.0, 14.0, 9.0
LINE = 1.6  # times the size of the type


def report_pdf(
    report: Report,
    *,
    ruled: bool = True,
    page_numbers: bool = True,
    landscape: bool = False,
    running_head: str = "",
    rotate: int = 0,
    password: str = "",
) -> bytes:
    """A report as a PDF with a text layer.

    Without ``ruled`` the tables stand in columns without lines. ``rotate`` is the /Rotate of every page, stored so that
    the text is upright when shown. The font has no ``·``: it is left out of the text.
    """
    doc = document(report, True)
    pen = Pen(landscape=landscape, running_head=running_head, page_numbers=page_numbers, rotate=rotate)
    pen.start(doc.title, doc.organ, password)
    _draw(doc, pen, ruled)
    return pen.finish()


def _draw(doc: Document, pen: Pen, ruled: bool) -> None:
    for line in doc.title_lines:
        pen.centred(line, 20)
    for part in doc.parts:
        if part.heading:
            pen.paragraph(part.heading, indent=2)
        for text in part.lines:
            pen.paragraph(text.lead + text.text, indent=2)
        if part.table:
            pen.table(part.table, ruled)
    for text in (doc.signature, doc.date):
        pen.right(text)


class Pen:
    """Writes down a page from the top, and turns the page where it is full."""

    def __init__(
        self, *, landscape: bool = False, running_head: str = "", page_numbers: bool = True, rotate: int = 0
    ) -> None:
        self.width, self.height = (842.0, 595.0) if landscape else (595.0, 842.0)
        self.running_head, self.page_numbers, self.rotate = running_head, page_numbers, rotate
        self.out = io.BytesIO()
        self.page = 0

    def start(self, title: str = "", organ: str = "", password: str = "") -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        size = (self.width, self.height)  # reportlab turns it by itself where a page is rotated
        self.canvas: Any = Canvas(self.out, pagesize=size, encrypt=password or None, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(organ)
        self._open()

    def finish(self) -> bytes:
        self._close()
        self.canvas.save()
        return self.out.getvalue()

    def turn(self) -> None:
        self._close()
        self._open()

    def _open(self) -> None:
        self.page += 1
        self.y = self.height - MARGIN
        self.canvas.setPageRotation(self.rotate)
        if self.rotate == 90:
            self.canvas.translate(self.height, 0)
            self.canvas.rotate(90)
        elif self.rotate == 270:
            self.canvas.translate(0, self.width)
            self.canvas.rotate(-90)
        elif self.rotate == 180:
            self.canvas.translate(self.width, self.height)
            self.canvas.rotate(180)
        if self.running_head:
            self.text(MARGIN, self.height - 40, self.running_head, SMALL)

    def _close(self) -> None:
        if self.page_numbers:
            self.text(self.width / 2 - 20, 40, f"— {self.page} —", BODY)
        self.canvas.showPage()

    def text(self, x: float, y: float, text: str, size: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)

    def line(self, x: float, text: str, size: float) -> None:
        if self.y - size * LINE < MARGIN:
            self.turn()
        self.y -= size * LINE
        self.text(x, self.y, text, size)

    def centred(self, text: str, size: float = BODY) -> None:
        self.line((self.width - span(text, size)) / 2, text, size)

    def right(self, text: str, size: float = BODY) -> None:
        self.line(self.width - MARGIN - 2 * size - span(text, size), text, size)

    def paragraph(self, text: str, size: float = BODY, indent: float = 0) -> None:
        for n, line in enumerate(wrapped(text, size, self.width - 2 * MARGIN, indent * size)):
            self.line(MARGIN + (0 if n else indent * size), line, size)

    def table(self, table: Table, ruled: bool = True) -> None:
        """The rows that fit on a page, and the rest on the next; a label that spans rows is cut between them."""
        share = (self.width - 2 * MARGIN) / 100
        edges = [MARGIN]
        for width in table.widths:
            edges.append(edges[-1] + width * share)
        texts = {
            (box.top, box.left): wrapped(printed.text, SMALL, edges[box.left + box.width] - edges[box.left] - 4)
            for printed in table.boxes
            for box in [printed.box]
        }
        heights = [SMALL * LINE] * table.shape.rows
        for printed in table.boxes:
            box = printed.box
            needed = len(texts[box.top, box.left]) * SMALL * 1.2 + 5
            if box.height == 1:
                heights[box.top] = max(heights[box.top], needed)
        self.y -= 6
        if self.y - sum(heights[: table.head + 1]) < MARGIN:
            self.turn()
        first = 0
        for last in range(1, table.shape.rows + 1):
            full = table.head < last < table.shape.rows and self.y - sum(heights[first : last + 1]) < MARGIN
            if full or last == table.shape.rows:
                self._piece(table, range(first, last), edges, heights, texts, ruled)
                self.y -= sum(heights[first:last])
                first = last
            if full:
                self.turn()
        self.y -= 6

    def _piece(
        self,
        table: Table,
        rows: range,
        edges: Sequence[float],
        heights: Sequence[float],
        texts: dict[tuple[int, int], list[str]],
        ruled: bool,
    ) -> None:
        for printed in table.boxes:
            box = printed.box
            own = range(max(box.top, rows.start), min(box.top + box.height, rows.stop))
            if not own:
                continue
            top, height = self.y - sum(heights[rows.start : own.start]), sum(heights[own.start : own.stop])
            left, width = edges[box.left], edges[box.left + box.width] - edges[box.left]
            if ruled:
                self.canvas.setLineWidth(0.5)
                self.canvas.rect(left, top - height, width, height)
            if own.start == box.top:
                for n, line in enumerate(texts[box.top, box.left], 1):
                    self.text(left + 2, top - n * SMALL * 1.2, line, SMALL)


def span(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, FONT, size))


def wrapped(text: str, size: float, width: float, indent: float = 0) -> list[str]:
    """Lines broken anywhere, as Chinese text is; a number too."""
    lines = [""]
    for character in text.replace("\n", ""):
        room = width - (0 if len(lines) > 1 else indent)
        if lines[-1] and span(lines[-1] + character, size) > room:
            lines.append("")
        lines[-1] += character
    return lines


def scan_pdf(pages: int = 2, *, page_numbers: bool = True) -> bytes:
    """Pages that are pictures; at most a page number is text."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    pen = Pen(page_numbers=page_numbers)
    pen.start()
    for page in range(pages):
        if page:
            pen.turn()
        pen.canvas.drawImage(ImageReader(Image.new("L", (60, 84), 230)), 0, 0, pen.width, pen.height)
    return pen.finish()


def raw_pdf(*objects: bytes) -> bytes:
    """A file of objects as given, numbered from 1, the first of them the catalogue."""
    return b"".join(_raw(objects))


def _raw(objects: Sequence[bytes]) -> Iterator[bytes]:
    place = len(b"%PDF-1.4\n")
    yield b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        part = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        places.append(place)
        place += len(part)
        yield part
    yield b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    yield b"".join(b"%010d 00000 n \n" % at for at in places)
    yield b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, place)
