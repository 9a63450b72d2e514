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
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.html import scope, spans

if TYPE_CHECKING:
    from markupsafe import Markup


def render_fragment(edition: Edition) -> bytes:
    """``fragment.html`` in UTF-8; its looks stand at the head of ``templates/fragment.html.j2``. Raises GiaError."""
    drawn = draw("fragment.html.j2", edition.looks, doc=edition.doc, attributes=attributes)
    return drawn.encode("utf-8")


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
