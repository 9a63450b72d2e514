"""What a drawing is made of, without colours, and how wide its words are, with no font at hand."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Text:
    """Words at the point where their baseline begins, has its middle, or ends (``anchor``). ``role``: what they are."""

    x: float
    y: float
    words: str
    size: float
    role: str = "label"
    anchor: str = "start"

    @property
    def place(self) -> str:
        """Where and how large it is, as attributes of SVG."""
        anchor = f' text-anchor="{self.anchor}"' if self.anchor != "start" else ""
        return f'x="{_px(self.x)}" y="{_px(self.y)}" font-size="{_px(self.size)}"{anchor}'


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: a bar of this year (``bar``) or of last year (``last``), a rule, a ground."""

    x: float
    y: float
    width: float
    height: float
    role: str
    radius: float = 0
    words: ClassVar[str] = ""

    @property
    def place(self) -> str:
        """Where and how large it is, as attributes of SVG."""
        radius = f' rx="{_px(self.radius)}"' if self.radius else ""
        size = f'width="{_px(self.width)}" height="{_px(self.height)}"'
        return f'x="{_px(self.x)}" y="{_px(self.y)}" {size}{radius}'


Shape = Text | Box


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing without colours."""

    shapes: tuple[Shape, ...]
    width: float
    height: float

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(shape for shape in self.shapes if isinstance(shape, Box))

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(shape for shape in self.shapes if isinstance(shape, Text))

    def at(self, x: float, y: float) -> Iterator[Shape]:
        """Its shapes moved to another place."""
        return (replace(shape, x=shape.x + x, y=shape.y + y) for shape in self.shapes)


def _px(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def em(text: str) -> float:
    """How wide a text is in sizes of its type, rather more than less: a Chinese character 1, a digit 0.56."""
    return sum(_em(character) for character in text)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":  # “ and ” are as wide as a character among characters
        return 1
    if unicodedata.combining(character):
        return 0
    if character.isdigit():
        return 0.56
    return 0.3 if character in " .,'" else 0.95 if character.isupper() or character in "mw%@&" else 0.62


def wrapped(text: str, width: float) -> list[str]:
    """A text in lines of at most ``width`` em, as even as may be; numbers and words of letters stay whole."""
    even = em(text) / max(math.ceil(em(text) / width), 1)
    lines = [""]
    for piece in _pieces(text, width):
        if lines[-1] and (em(lines[-1] + piece) > width or em(lines[-1]) >= even):
            lines.append("")
        lines[-1] += piece
    return lines


def _pieces(text: str, width: float) -> Iterator[str]:
    """What no line breaks: a number, a word of letters, a character with the mark behind it; unless it is too wide."""
    piece = ""
    for character in text:
        if piece and not (_clings(piece[-1], character) and em(piece + character) <= width):
            yield piece
            piece = ""
        piece += character
    yield piece


def _clings(before: str, character: str) -> bool:
    return character in "，。、；：）》”" or all(it.isascii() and not it.isspace() for it in (before, character))


def fit(text: str, size: float, width: float) -> float:
    """The size of a text that would otherwise be wider than its place."""
    return min(size, width / em(text)) if text else size
