"""The report as one self-contained page: no scripts, nothing fetched, readable on a phone and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from gia_xlsx.form import Key, Section
from gia_xlsx.grid import Box
from gia_xlsx.publish.document import document, heads
from gia_xlsx.report import Report
from gia_xlsx.resources import templates

if TYPE_CHECKING:
    from jinja2 import Template


def render_html(report: Report, draft: bool) -> bytes:
    """The page in UTF-8. Words and looks are in ``templates/report.html.j2`` and ``templates/report.css``."""
    return _template().render(doc=document(report, draft), name=name, headers=headers).encode("utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(templates(), encoding="utf-8"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["css"] = Markup((templates() / "report.css").read_text(encoding="utf-8"))  # our own file
    return environment.get_template("report.html.j2")


def name(section: Section, box: Box) -> str:
    """The id of a head or a label: ``requests-0-label-outcome.granted``."""
    return f"{section.key}-{box.block}-{box.role}" + (f"-{box.line.key}" if box.line else "")


@cache
def headers(section: Section) -> Mapping[Key, str]:
    """The ids of what heads each cell: its ``headers`` attribute."""
    return {key: " ".join(name(section, box) for box in over) for key, over in heads(section).items()}
