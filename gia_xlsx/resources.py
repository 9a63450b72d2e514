"""Where the words and looks are: ``templates/`` inside the wheel, or at the top of a checkout."""

from functools import cache
from pathlib import Path


@cache
def templates() -> Path:
    """The folder of templates."""
    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
