"""Figures as 一图读懂 shows them side by side, each with its name, its unit and last year's, and the room they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gia_xlsx.publish.figures import PARTLY, UNFILLED
from gia_xlsx.publish.shapes import em, fit

SMALL = 26.0  # pixels: the type of names, units and last year's figures


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it is called, its unit, and last year's below."""

    label: str
    text: str
    unit: str
    last: str = ""

    @property
    def is_missing(self) -> bool:
        return self.text in (UNFILLED, PARTLY)


def told(tile: Tile) -> str:
    """A figure in words, for those who cannot see the sheet: ``本年新收 40 件（上年 38）``."""
    return f"{tile.label} {tile.text}{' ' + tile.unit if tile.unit else ''}" + (f"（{tile.last}）" if tile.last else "")


def size_of(tiles: Iterable[Tile], size: float, width: float) -> float:
    """One size for figures that stand side by side: the widest fits its place with its unit."""
    return min(fit(tile.text, size, width - (em(tile.unit) * SMALL + 8 if tile.unit else 0)) for tile in tiles)


def breadth(tile: Tile, size: float) -> float:
    """What a tile would take if nothing were short of room."""
    return max(
        em(tile.label) * SMALL, em(tile.text) * size + em(tile.unit) * SMALL + 8, em(tile.last) * SMALL, 6 * SMALL
    )


def shares(wanted: Sequence[float], room: float) -> list[float]:
    """A room dealt out: to each what it wants and an equal share of the rest; to each in proportion if it is short."""
    spare = room - sum(wanted)
    return [want + spare / len(wanted) if spare > 0 else want * room / sum(wanted) for want in wanted]
