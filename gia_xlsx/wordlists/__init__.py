"""Words and patterns the review goes by, each list a TOML file with its source, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def wordlist(name: str) -> Mapping[str, Any]:
    """The list ``wordlists/<name>.toml``."""
    return tomllib.loads((files("gia_xlsx") / "wordlists" / f"{name}.toml").read_text(encoding="utf-8"))
