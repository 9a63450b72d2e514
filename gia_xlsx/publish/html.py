"""The report as one self-contained page: no scripts, nothing fetched, readable on a phone and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from gia_xlsx.form import Section
from gia_xlsx.grid import Box, boxes
from gia_xlsx.pages import environment
from gia_xlsx.publish.document import heads
from gia_xlsx.publish.edition import Edition

if TYPE_CHECKING:
    from markupsafe import Markup


def render_html(edition: Edition) -> bytes:
    """The page in UTF-8. Words and looks are in ``templates/report.html.j2`` and ``templates/report.css``."""
    template = environment(edition.looks).get_template("report.html.j2")
    return template.render(doc=edition.doc, attributes=attributes).encode("utf-8")


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
        pairs = {"rowspan": box.height, "colspan": box.width}
        values = {name: str(number) for name, number in pairs.items() if number > 1}
        if box.key:
            values |= {"headers": " ".join(_id(section, head) for head in over[box.key]), "data-key": str(box.key)}
        elif box.role != "corner":
            values |= {"scope": _scope(box), "id": _id(section, box)}
        found[box.top, box.left] = Markup("").join(
            Markup(' {}="{}"').format(name, value) for name, value in values.items()
        )
    return found


def _scope(box: Box) -> str:
    if box.role == "label":
        return "rowgroup" if box.height > 1 else "row"
    return "colgroup" if box.width > 1 else "col"


def _id(section: Section, box: Box) -> str:
    """The id of a head or a label: ``requests-0-label-outcome.granted``."""
    return f"{section.key}-{box.block}-{box.role}" + (f"-{box.line.key}" if box.line else "")
