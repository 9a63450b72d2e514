"""Where the words and looks are: ``templates/`` inside the wheel or at the top of a checkout, and an office's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def templates() -> Path:
    """The folder of templates."""
    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@dataclass(frozen=True, slots=True)
class Looks:
    """The templates that a report is dressed by: those of ``folder`` go before ours, whole or some."""

    folder: Path | None = None

    def find(self, name: str) -> Path:
        """The file of a template, like ``report.html.j2``."""
        own = self.folder / name if self.folder else None
        return own if own is not None and own.is_file() else templates() / name


OURS = Looks()


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
