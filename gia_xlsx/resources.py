"""Where the words and looks are: ``templates/`` inside the wheel or at the top of a checkout, and an office's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path


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
