"""Where the words and looks are: ``templates/`` inside the wheel or at the top of a checkout, and an office's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gia_xlsx.errors import GiaError


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

    def all(self, folder: str, pattern: str) -> list[Path]:
        """The templates of one folder, like ``narrative/overview``, by name."""
        roots = [templates(), *([self.folder] if self.folder else [])]
        found = {path.name: path for root in roots for path in (root / folder).glob(pattern)}
        return [found[name] for name in sorted(found)]


OURS = Looks()


def read_template(file: Path) -> str:
    """The text of a template. Raises GiaError for one that is no UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise GiaError(f"模板 {file.name} 不是 UTF-8 编码，请用记事本另存为 UTF-8。") from None
