"""The report to paste into a CMS: the text and the tables of the page with inline styles only.

An editor strips style sheets, scripts, classes, ids and what it does not know; nothing here is lost with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from gia_xlsx.form import Section
from gia_xlsx.grid import boxes
from gia_xlsx.pages import draw
from gia_xlsx.publish.document import Document
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.html import scope, spans
from gia_xlsx.width import measure

if TYPE_CHECKING:
    from markupsafe import Markup


def render_fragment(edition: Edition) -> bytes:
    """``fragment.html`` in UTF-8; its looks stand at the head of ``templates/fragment.html.j2``. Raises GiaError."""
    drawn = draw("fragment.html.j2", edition.looks, doc=edition.doc, attributes=attributes, signed=signed(edition.doc))
    return drawn.encode("utf-8")


def signed(doc: Document) -> tuple[tuple[str, float], ...]:
    """Signature and date, each with how many characters from the right edge it ends, after GB/T 9704-2012, 7.3.5.2.

    The signature ends two from the edge, and the date begins two characters right of where that begins; a date longer
    than the signature ends two from the edge itself, and the signature gives way to the left.
    """
    name, day = measure(doc.signature) / 2, measure(doc.date) / 2
    ends = (day + 4 - name, 2) if doc.date_is_longer else (2, name - day)
    return tuple((line, end) for line, end in zip((doc.signature, doc.date), ends, strict=True) if line)


@cache
def attributes(section: Section) -> Mapping[tuple[int, int], Markup]:
    """What each cell of a table says of itself, by the row and column it begins in: its span and what it is head of."""
    from markupsafe import Markup

    found = {}
    for box in boxes(section):
        values = spans(box) | ({} if box.role in ("cell", "corner") else {"scope": scope(box)})
        found[box.top, box.left] = Markup("").join(
            Markup(' {}="{}"').format(name, value) for name, value in values.items()
        )
    return found
