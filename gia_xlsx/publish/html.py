"""The report as one self-contained page: nothing fetched, no script needed, readable on a phone and on paper."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from gia_xlsx.form import Section
from gia_xlsx.grid import Box, boxes
from gia_xlsx.pages import draw
from gia_xlsx.publish.beside import beside, cell_id, line_id
from gia_xlsx.publish.document import Document, Part, heads
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.meta import as_script, files_of, linked_data, meta
from gia_xlsx.publish.origins import origins

if TYPE_CHECKING:
    from markupsafe import Markup

_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./?=&;%#~:-]+", re.ASCII)
_PART = re.compile(r"//|[/.?=](?=\w)", re.ASCII)


def render_html(edition: Edition, made: Mapping[str, bytes] | None = None) -> bytes:
    """The page in UTF-8. ``made``: the files beside it, by name, which it links to with their sizes.

    Words and structure are in ``templates/report.html.j2``, looks in ``report.css``, and in ``report.js`` what shows
    where a figure comes from. Raises GiaError for a template that is wrong.
    """
    from gia_xlsx.publish.charts import charts

    files = files_of(made or {})
    page = draw(
        "report.html.j2",
        edition.looks,
        doc=edition.doc,
        meta=meta(edition),
        linked_data=linked_data(edition, files),
        files=files,
        charts=charts(edition),
        beside=beside(edition),
        origins=as_script(origins(edition)),
        attributes=attributes,
        widths=_widths(edition.doc),
        digest=digest,
        breakable=breakable,
        tags=tags,
        cell_id=cell_id,
        line_id=line_id,
    )
    return page.encode("utf-8")


def tags(part: Part) -> tuple[str, ...]:
    """The element of each line of a section: ``p``, or a heading no more than one below the heading before it.

    Who hears a page goes by its outline; a filer may begin a section with 1. where there is no （一）.
    """
    found = []
    above = {1: 2 if part.heading else 1}  # the depth of the last heading, by its level in print
    for line in part.lines:
        if line.level:
            depth = above.get(line.level - 1, above[1]) + 1
            above = {level: it for level, it in above.items() if level < line.level} | {line.level: depth}
        found.append(f"h{depth}" if line.level else "p")
    return tuple(found)


def digest(text: str) -> Markup:
    """What a Content-Security-Policy calls a script or style that stands in the page with exactly this text."""
    from markupsafe import Markup

    made = hashlib.sha256(text.encode("utf-8")).digest()
    return Markup(f"'sha256-{base64.b64encode(made).decode('ascii')}'")


def breakable(text: str) -> Markup:
    """Text in which a web address may break after each of its parts, so that its line need not be pulled apart."""
    from markupsafe import Markup, escape

    return Markup(_ADDRESS.sub(lambda match: _PART.sub(r"\g<0><wbr>", match[0]), escape(text)))


def _widths(doc: Document) -> Markup:
    """The widths of columns as style rules: the policy of the page allows no style in an attribute."""
    from markupsafe import Markup

    return Markup("").join(
        Markup(f"#{part.key}-table col:nth-child({number}){{width:{width:.3f}%}}\n")
        for part in doc.parts
        if part.table
        for number, width in enumerate(part.table.widths, 1)
    )


@cache
def attributes(section: Section) -> Mapping[tuple[int, int], Markup]:
    """What each cell of a table says of itself, by the row and column it begins in: its span and what heads it.

    Heads and labels have a ``scope`` and an ``id``; a figure lists the ids of all that stands above and beside it, for
    three levels of heads are more than ``scope`` alone can tell a screen reader.
    """
    from markupsafe import Markup

    over = heads(section)
    found = {}
    for box in boxes(section):
        values = spans(box)
        if box.key:
            values |= {"headers": " ".join(_id(section, head) for head in over[box.key])}
        elif box.role != "corner":
            values |= {"scope": scope(box), "id": _id(section, box)}
        found[box.top, box.left] = Markup("").join(
            Markup(' {}="{}"').format(name, value) for name, value in values.items()
        )
    return found


def spans(box: Box) -> dict[str, str]:
    """``rowspan`` and ``colspan`` of a box, where it has any."""
    return {name: str(number) for name, number in (("rowspan", box.height), ("colspan", box.width)) if number > 1}


def scope(box: Box) -> str:
    """What a head or a label is the head of."""
    if box.role == "label":
        return "rowgroup" if box.height > 1 else "row"
    return "colgroup" if box.width > 1 else "col"


def _id(section: Section, box: Box) -> str:
    """The id of a head or a label: ``requests-0-label-outcome.granted``."""
    return f"{section.key}-{box.block}-{box.role}" + (f"-{box.line.key}" if box.line else "")
