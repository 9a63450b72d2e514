"""The door to Jinja for our own pages and an office's: what is printed is escaped, and only templates are read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gia_xlsx.resources import OURS, Looks, templates

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment(looks: Looks = OURS) -> Environment:
    """Jinja for pages: escapes, knows no undefined name, reads only templates; an office's run in a sandbox.

    ``css`` gives a style sheet of the templates, to be printed as it is.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    kind = ImmutableSandboxedEnvironment if looks.folder else Environment
    folders = [folder for folder in (looks.folder, templates()) if folder is not None]
    made = kind(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(folders, encoding="utf-8"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["css"] = lambda name: Markup(looks.find(name).read_text(encoding="utf-8").replace("</", "<\\/"))
    return made
