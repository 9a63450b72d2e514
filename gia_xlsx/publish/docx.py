"""The report as a Word document on ``report.docx``, a template that an office may change in Word or WPS."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from xml.sax.saxutils import escape

from gia_xlsx.publish.document import Document
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.word_template import Mark, Piece, Slot, Template, word_template
from gia_xlsx.publish.word_xml import lines, signed, table, words

_TITLE_LINE = 20  # characters of 22 pt between the margins of A4
_UNIX = 3
_NO_DATE = "2000-01-01"  # of a report whose cover gives none
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>政府信息公开工作年度报告</dc:subject><dc:creator>{organ}</dc:creator>"
    "<cp:keywords>政府信息公开</cp:keywords><cp:lastModifiedBy>{organ}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>'
    "<dc:language>zh-CN</dc:language><cp:contentStatus>{status}</cp:contentStatus></cp:coreProperties>"
)


def render_docx(edition: Edition) -> bytes:
    """The document; the same report gives the same bytes. Raises GiaError for a template that cannot be filled."""
    template = word_template(edition.looks.find("report.docx"), edition.report.form)
    return fill(template, edition.doc)


def fill(template: Template, doc: Document) -> bytes:
    """A printed report put into a template, as the bytes of a ``.docx``. One pass: what is filled in is never read."""
    made = dict(template.bytes)
    for name, pieces in template.filled.items():
        made[name] = "".join(_filled(pieces, doc, template)).encode("utf-8")
    if template.core:
        made[template.core] = _properties(doc).encode("utf-8")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in made.items():
            entry = zipfile.ZipInfo(name)  # of no hour and no system: the same bytes everywhere
            entry.create_system = _UNIX
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _filled(pieces: Sequence[Piece], doc: Document, template: Template) -> Iterator[str]:
    parts = {part.key: part for part in doc.parts}
    shown = True
    for piece in pieces:
        if isinstance(piece, Mark) and piece.kind != "sign":
            shown = piece.kind == "end" or (doc.draft if piece.kind == "draft" else bool(getattr(doc, piece.what)))
        elif not shown:
            continue
        elif isinstance(piece, str):
            yield piece
        elif isinstance(piece, Mark):
            yield signed(doc.signature, doc.date, piece.width, template.em)[piece.what]
        elif piece.name.kind == "field":
            yield words(_field(piece, doc))
        elif part := parts.get(piece.name.what):  # a section of another form has none
            if piece.name.kind == "heading":
                yield words(part.heading)
            elif piece.name.kind == "text":
                yield lines(part.lines, template.styles, piece.above, piece.below)
            elif part.table:
                yield table(part.table, piece.width, template.styles)


def _field(slot: Slot, doc: Document) -> str:
    """What a field says; a long title that has its paragraph to itself breaks where its sense allows."""
    if slot.name.what == "title" and slot.alone and len(doc.title) > _TITLE_LINE:
        return "\n".join(doc.title_lines)
    text: str = getattr(doc, slot.name.what)
    return text


def _properties(doc: Document) -> str:
    """Title, organ and date of the report, as Word shows them under 文件 → 信息."""
    cut = partial(escape, entities={"\n": " "})
    return _CORE.format(
        title=cut(doc.title[:255]),
        organ=cut(doc.organ[:255]),
        day=doc.published or _NO_DATE,
        status="草稿" if doc.draft else "",
    )
