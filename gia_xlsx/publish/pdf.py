"""The report as a PDF after GB/T 9704-2012: tagged, for archives, set by ``templates/report.typ`` from data alone."""

from __future__ import annotations

import datetime
import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from gia_xlsx.errors import GiaError
from gia_xlsx.publish import fonts, typeset
from gia_xlsx.publish.document import Document, Part, Printed, Table, printed
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.lines import words
from gia_xlsx.report import Report
from gia_xlsx.resources import OURS
from gia_xlsx.width import measure

TEMPLATE = "report.typ"
_UNDATED = datetime.date(2000, 1, 1)  # PDF/A asks for a date, and the clock would make other bytes each time
_TITLE_LINE = 20  # characters of 22 pt between the margins of A4
_GLUE = re.compile("[\u2060\ufeff]")  # they only forbid a break, and PDF/A forbids one of them
# What may stand without a break: no Han, no blank. A longer run, an address as a rule, breaks behind its signs, and
# anywhere between them only if it would not go on a line.
_BREAKING = r" \t\u1680\u2000-\u2006\u2008-\u200b\u205f\u2e80-\u2fdf\u3000\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LONG = re.compile(rf"[^\n{_BREAKING}\U00020000-\U0003ffff]{{16,}}")
_LINK = re.compile(r"[^/.?=&-]*(?:[/.?=&-]+|$)")  # of an address
_LINE = 20.0  # characters, of the title
_NARROW, _BROAD = 0.62, set("mw@%")  # of a character is what small letters and figures take at most, but for these
_ACROSS = 442.2  # points between the margins
_PLAIN, _WIDE, _SMALLEST = 10.5, 9.0, 3.5  # points: 五号, 小五号, and what holds twelve digits fifteen times
_SIGN = 0.56  # ems that a figure is wide
_SIDES, _HEAD_SIDES = 4.0, 10.8  # points left and right of what stands in a cell
_LEAST = 0.6  # of their usual width is what labels need
_LONGEST_FIGURE = 24  # characters; what is longer is words, in a draft
_LONGEST_CELL = 200  # characters; more, in a draft, may go on overleaf
_ANNEX = 1440  # pixels across: some 300 to the inch
_SAID = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)  # the words of a drawing for those who do not see it

Words = str | list[str | list[str]]


def render_pdf(edition: Edition) -> bytes:
    """The PDF; the same report with the same fonts gives the same bytes.

    Raises GiaError for a character that no font has, with where it stands, and for a template that is wrong.
    """
    try:
        return typeset.pdf(edition.looks.find(TEMPLATE), _data(edition))
    except typeset.UnprintableError as error:
        raise _unprintable(edition) or error from None


def _data(edition: Edition) -> dict[str, Any]:
    """All that the template may print, as JSON holds it."""
    doc, site = edition.doc, edition.site
    day = datetime.date.fromisoformat(doc.published) if doc.published else _UNDATED
    keywords = site.keywords or ("政府信息公开", "年度报告", doc.organ, f"{doc.year}年" if doc.year else "")
    return {
        "name": doc.title,
        "title": [_words(line) for line in _title(doc)],
        "author": site.author or doc.signature or doc.organ,
        "description": doc.description,
        "keywords": [word for word in (*keywords, "草稿" if doc.draft else "") if word],
        "day": [day.year, day.month, day.day],
        "draft": doc.draft,
        "fonts": typeset.families(),
        "parts": list(_parts(doc, edition.looks.find(TEMPLATE) == OURS.find(TEMPLATE))),
        "signature": _words(doc.signature),
        "date": _words(doc.date),
        "annex": _annex(edition),
    }


def _title(doc: Document) -> tuple[str, ...]:
    return doc.title_lines if len(doc.title) > _TITLE_LINE else ("".join(doc.title_lines),)


def _parts(doc: Document, ours: bool) -> Iterator[dict[str, Any]]:
    for number, part in enumerate(doc.parts, 1):
        yield {
            "heading": _words(part.heading),
            "lines": list(_lines(part, bool(part.table) or number == len(doc.parts))),
            "table": _table(part.table, ours) if part.table else None,
        }


def _lines(part: Part, below: bool) -> Iterator[dict[str, Any]]:
    """``style`` is the level as printed; ``level`` skips none on the way down, as PDF/UA asks.

    ``kept`` is the paragraph that goes with what is below: a table, or the signature, which must not stand on a page
    without text.
    """
    above = 1 if part.heading else 0
    for number, line in enumerate(part.lines, 1):
        if line.level:
            above = min(line.level, above + 1)
        yield {
            "style": line.level,
            "level": above,
            "lead": _words(line.lead),
            "text": _words(line.text),
            "kept": below and number == len(part.lines) and len(line.text) <= _LONGEST_CELL,
        }


def _table(table: Table, ours: bool) -> dict[str, Any]:
    """``short``: whether it stays whole if a page holds it; ``fits``: whether one is sure to."""
    size, widths = _fitted(table)
    long = {it.box.top for it in table.boxes if len(it.text) > _LONGEST_CELL}
    figures = [it for it in table.boxes if it.box.key]
    blocks = []
    for number in range(len(table.section.blocks)):
        first = min(it.box.top for it in figures if it.box.block == number)
        boxes = [(it.box.top, _box(it, table, it.box.top in long)) for it in table.boxes if it.box.block == number]
        blocks.append(
            {"head": [box for top, box in boxes if top < first], "body": [box for top, box in boxes if top >= first]}
        )
    return {
        "caption": table.caption,
        "size": size,
        "widths": widths,
        "short": not table.breaks,
        "fits": ours and all(it.value or len(it.text) <= _LONGEST_FIGURE for it in figures),
        "blocks": blocks,
    }


def _fitted(table: Table) -> tuple[float, tuple[float, ...]]:
    """The size of the type in points and the widths of the columns in percent, so that no figure breaks.

    Long figures take room from the labels first; where that is not enough, the type of the table becomes smaller.
    """
    labels, cells = table.widths[: table.shape.labels], table.widths[table.shape.labels :]
    signs = [0] * len(cells)
    for it in table.boxes:
        if it.box.key and it.box.width == 1 and not _breaks(it.text):
            column = it.box.left - table.shape.labels
            signs[column] = max(signs[column], measure(it.text))
    size = _WIDE if table.is_wide else _PLAIN
    while True:
        needed = [100 * max(count * _SIGN * size + _SIDES, 2 * size + _HEAD_SIDES) / _ACROSS for count in signs]
        if all(need <= width for need, width in zip(needed, cells, strict=True)):
            return size, table.widths
        room = min(100 - sum(needed), sum(labels))
        if room >= _LEAST * sum(labels) or size <= _SMALLEST:
            room = max(room, _LEAST * sum(labels))
            scale = (100 - room) / sum(needed)
            return size, (*(width * room / sum(labels) for width in labels), *(need * scale for need in needed))
        size -= 0.5


def _breaks(text: str) -> bool:
    return not text.isascii() or bool(_LONG.search(text))


def _box(it: Printed, table: Table, breaks: bool) -> dict[str, Any]:
    box = it.box
    grouped = box.line is not None and box.line.is_group
    left = box.role == "label" and not grouped and table.shape.labels > 1
    return {
        "x": box.left,
        "y": box.top,
        "w": box.width,
        "h": box.height,
        "named": box.role in ("caption", "head"),
        "left": left,
        "blank": it.blank,
        "breaks": breaks or any(box.top < row < box.top + box.height for row in table.breaks),
        "text": _words(it.text, 1),
    }


def _words(text: str, line: float = _LINE) -> Words:
    """A text, or its pieces: text, a line break, or in a list of its own what must stand on one line.

    ``line``: how many Chinese characters every line holds at least.
    """
    text = _GLUE.sub("", text)
    if "\n" not in text and not _LONG.search(text):
        return text
    pieces: list[str | list[str]] = []
    at = 0
    for match in re.finditer(rf"\n|{_LONG.pattern}", text):
        pieces.append(text[at : match.start()])
        pieces += [[one] for one in _links(match[0], line)] if match[0] != "\n" else ["\n"]
        at = match.end()
    return [piece for piece in (*pieces, text[at:]) if piece]


def _links(run: str, line: float) -> Iterator[str]:
    """What has no blank cut behind the signs of an address, and between any two characters only where it must be."""
    for link in _LINK.findall(run):
        length = sum(_NARROW if c.isascii() and not c.isupper() and c not in _BROAD else 1 for c in link)
        yield from [link] * bool(link) if length <= line else _clusters(link)


def _clusters(run: str) -> list[str]:
    """Characters, each with the marks over it and what is joined to it."""
    found: list[str] = []
    for character in run:
        joined = unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") or (found and found[-1].endswith("\u200d"))
        if joined and found:
            found[-1] += character
        else:
            found.append(character)
    return found


def _annex(edition: Edition) -> dict[str, str] | None:
    """The sheet that tells the year in one picture, where the site wants it as the last page.

    It is painted: text on it would be taken for text of the report by whoever reads the file back. Its words are told
    to those who do not see it.
    """
    if not edition.site.annex:
        return None
    from gia_xlsx.publish.infographic import infographic

    svg = infographic(edition)
    said = _SAID.search(svg)
    return {"svg": typeset.painted(svg, _ANNEX), "alt": html.unescape(said[1]) if said else edition.doc.title}


def _unprintable(edition: Edition) -> GiaError | None:
    """What no font has, and where it stands first; None if every character is there."""
    for where, text in _places(edition.report, edition.doc):
        if lost := fonts.lacking(text):
            named = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in lost[:5])
            private = "；私用区的字只在造字的电脑上有" if any(unicodedata.category(c) == "Co" for c in lost) else ""
            return GiaError(
                f"{where}：{named}没有可用的字体能显示，没有排成 PDF{private}；"
                f"请改用通用的写法；确需用这个字的，把含有它的字体命名为“生僻字.ttf”，"
                f"放进一个文件夹，用环境变量 {fonts.WHERE} 指明这个文件夹。"
            )
    return None


def _places(report: Report, doc: Document) -> Iterator[tuple[str, str]]:
    """Each text with where a filer finds it."""
    yield "标题", doc.title
    for paragraph in report.paragraphs:
        heading = report.heading(paragraph.section)
        yield str(paragraph.place or heading or "引言"), paragraph.heading + words(paragraph, report, doc.draft)
    for key in report.form.cells:
        yield str(report.facts[key].place or f"{report.heading(key.table)} {key}"), printed(report, key)
    for part in doc.parts:
        yield f"“{part.heading}”这个标题", part.heading
    yield "落款", doc.signature
    yield "成文日期", doc.date
