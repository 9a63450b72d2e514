"""Types of organ, and what the law asks of each, read from ``forms/organs.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class OrganType:
    """One type: its key, its Chinese name, and whether it may make 规章.

    ``deadline`` is MM-DD, '' where its own system sets it; ``supervision`` required, advised, optional or none.
    """

    key: str
    label: str
    deadline: str
    rules: bool
    supervision: str
    scope: str


SCOPES: Mapping[str, str] = {"self": "本机关", "aggregate": "本级政府汇总"}


@cache
def organ_types() -> Mapping[str, OrganType]:
    """Every type by key, in the order a list offers them."""
    text = (files("gia_xlsx") / "forms" / "organs.toml").read_text(encoding="utf-8")
    return {key: OrganType(key=key, **data) for key, data in tomllib.loads(text).items()}
