"""From the characters of a page of a PDF to its printed lines, and from lines to their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from gia_xlsx.intake.pdf_tables import Rule
from gia_xlsx.width import measure

_WIDE = 1.2  # ems between two characters that stand in two columns
_SPACE = 0.18  # between two latin words
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*$", re.ASCII)
_OPENING, _CLOSING = "（〔【《〈“‘「『([{", "，。、；：？！）〕】》〉”’」』…,.;:?!)]}%"


class Glyph(NamedTuple):
    """A character where it stands; ``turn`` is how far it is rotated: 0, 90 (upwards), 180, 270, or -1 for askew."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    turn: int = 0
    bold: bool = False
    pale: bool = False

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    def upright(self) -> Glyph:
        """Where it would stand had the paper been turned so that it can be read."""
        x0, top, x1, bottom = self[1:5]
        match self.turn:
            case 90:
                x0, top, x1, bottom = -bottom, x0, -top, x1
            case 270:
                x0, top, x1, bottom = top, -x1, bottom, -x0
            case 180:
                x0, top, x1, bottom = -x1, -bottom, -x0, -top
        return self._replace(x0=x0, top=top, x1=x1, bottom=bottom, turn=0)


class Page(NamedTuple):
    """A page with its characters and rules, the way it is read; ``picture`` is the share of it that an image takes."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    picture: float = 0.0

    def upright(self) -> Page:
        """The page turned so that most of its characters can be read."""
        turn = Counter(glyph.turn for glyph in self.glyphs).most_common(1)[0][0] if self.glyphs else 0
        if turn <= 0:
            return self
        wide, high = {90: (self.height, 0.0), 270: (0.0, self.width), 180: (self.width, self.height)}[turn]
        glyphs = []
        for glyph in self.glyphs:
            moved = glyph._replace(turn=turn).upright()
            moved = moved._replace(x0=moved.x0 + wide, x1=moved.x1 + wide, top=moved.top + high)
            own = (glyph.turn - turn) % 360 if glyph.turn >= 0 else -1
            glyphs.append(moved._replace(bottom=moved.bottom + high, turn=own))
        rules = [_turned(rule, turn, wide, high) for rule in self.rules]
        size = (self.width, self.height) if turn == 180 else (self.height, self.width)
        return Page(self.number, *size, glyphs, rules, self.picture)


def _turned(rule: Rule, turn: int, wide: float, high: float) -> Rule:
    at, start, end = rule[1:]
    x0, top, x1, bottom = (at, start, at, end) if rule.upright else (start, at, end, at)
    moved = Glyph("", x0, top, x1, bottom, 0.0, turn).upright()
    x0, top, x1, bottom = moved.x0 + wide, moved.top + high, moved.x1 + wide, moved.bottom + high
    upright = rule.upright != (turn != 180)
    return Rule(True, x0, top, bottom) if upright else Rule(False, top, x0, x1)


class Row:
    """One printed line: its characters from left to right, blanks apart."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self.glyphs: list[Glyph] = []
        self._spaced: set[int] = set()  # before which a blank was written
        for glyph in sorted(glyphs, key=lambda glyph: glyph.x0):
            if glyph.text.isspace():
                self._spaced.add(len(self.glyphs))
            elif self.glyphs and _again(self.glyphs[-1], glyph):  # printed twice, which is one way to be bold
                self.glyphs[-1] = self.glyphs[-1]._replace(bold=True)
            else:
                self.glyphs.append(glyph)
        self.x0 = min((glyph.x0 for glyph in self.glyphs), default=0.0)
        self.x1 = max((glyph.x1 for glyph in self.glyphs), default=0.0)
        self.top = min((glyph.top for glyph in self.glyphs), default=0.0)
        self.bottom = max((glyph.bottom for glyph in self.glyphs), default=0.0)

    @cached_property
    def size(self) -> float:
        return Counter(round(glyph.size * 2) / 2 for glyph in self.glyphs).most_common(1)[0][0]

    @cached_property
    def ends_in_blank(self) -> bool:
        return len(self.glyphs) in self._spaced

    @cached_property
    def words(self) -> list[tuple[float, str]]:
        """What stands between the wide gaps, and where each begins."""
        return self.cut(())

    def cut(self, begins: Container[int]) -> list[tuple[float, str]]:
        """The same, where columns are known to begin at ``begins``: a gap there need not be wide."""
        narrow = (n for n in range(1, len(self.glyphs)) if self._gap(n) > _SPACE * self.size)
        cuts = {n for n in narrow if round(self.glyphs[n].x0) in begins}
        return [
            (self.glyphs[start].x0, self._join(start, end))
            for start, end in pairwise(sorted({0, *cuts, *self._wide, len(self.glyphs)}))
        ]

    def _gap(self, n: int) -> float:
        return self.glyphs[n].x0 - self.glyphs[n - 1].x1

    @cached_property
    def text(self) -> str:
        return self._join(0, len(self.glyphs))

    @cached_property
    def _wide(self) -> list[int]:
        """The characters before which there is a wide gap; none where all are set apart alike, as in a title."""
        gaps = [self._gap(n) for n in range(1, len(self.glyphs))]
        wide = [n for n, gap in enumerate(gaps, 1) if gap > _WIDE * self.size]
        spread = len(wide) == len(gaps) and all(_is_wide(glyph.text) for glyph in self.glyphs)
        return [] if spread and max(gaps, default=0) - min(gaps, default=0) < self.size / 2 else wide

    def _join(self, start: int, end: int) -> str:
        parts = []
        for n in range(start, end):
            if n > start and (n in self._spaced or n in self._wide or self._parts_words(n)):
                parts.append(" ")
            parts.append(self.glyphs[n].text)
        return "".join(parts)

    def _parts_words(self, n: int) -> bool:
        latin = self.glyphs[n - 1].text.isascii() and self.glyphs[n].text.isascii()
        return latin and self._gap(n) > _SPACE * self.size

    def bold(self) -> Iterator[bool]:
        """Of each character of ``text``, whether it is bold."""
        glyphs = iter(self.glyphs)
        ahead = 0
        glyph = None
        for character in self.text:
            if ahead == 0 and character != " ":
                glyph = next(glyphs)
                ahead = len(glyph.text)
            ahead = max(ahead - 1, 0)
            yield bool(glyph and glyph.bold)

    def first_piece(self) -> float:
        """The width of what cannot be broken at its start: a character with its brackets and stops, a latin word."""
        end = 0
        glyphs = self.glyphs
        while end < len(glyphs) - 1 and glyphs[end].text in _OPENING:
            end += 1
        if not _is_wide(glyphs[end].text):
            blanks = self._spaced
            while end < len(glyphs) - 1 and not _is_wide(glyphs[end + 1].text) and end + 1 not in blanks:
                end += 1
        while end < len(glyphs) - 1 and glyphs[end + 1].text in _CLOSING:
            end += 1
        return glyphs[end].x1 - glyphs[0].x0


def _again(one: Glyph, other: Glyph) -> bool:
    return (
        one.text == other.text
        and abs(one.x0 - other.x0) < 0.3 * (one.x1 - one.x0)
        and abs(one.top - other.top) < 0.3 * one.size
    )


def _is_wide(text: str) -> bool:
    return measure(text[:1]) == 2 or text in "“”‘’…—·"


def rows(glyphs: Iterable[Glyph]) -> list[Row]:
    """The printed lines from top to bottom; what is rotated follows, read the way it runs."""
    turned: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turned.setdefault(glyph.turn, []).append(glyph.upright() if glyph.turn > 0 else glyph)
    return [row for turn in sorted(turned) for row in _rows(turned[turn])]


def _rows(glyphs: Sequence[Glyph]) -> Iterator[Row]:
    line: list[Glyph] = []
    for glyph in sorted((glyph for glyph in glyphs if not glyph.text.isspace()), key=lambda glyph: glyph.y):
        if line and glyph.y - line[0].y > 0.5 * min(glyph.size, line[0].size):
            yield Row([*line, *_blanks(line, glyphs)])
            line = []
        line.append(glyph)
    if line:
        yield Row([*line, *_blanks(line, glyphs)])


def _blanks(line: Sequence[Glyph], glyphs: Sequence[Glyph]) -> list[Glyph]:
    top, bottom = min(glyph.y for glyph in line), max(glyph.y for glyph in line)
    reach = 0.3 * line[0].size
    return [glyph for glyph in glyphs if glyph.text.isspace() and top - reach <= glyph.y <= bottom + reach]


def joint(text: str, blank: bool, after: str) -> str:
    """What stands between two printed lines of one text: a space where latin words meet, for Chinese has none."""
    if not (text and after and text[-1].isascii() and after[0].isascii()):
        return ""
    if blank:
        return " "
    words = (text[-1].isalpha() or text[-1] in ",;:.)") and after[0].isalpha()
    return " " if words and not _ADDRESS.search(text) else ""


def joined(lines: Sequence[Row]) -> str:
    """The text of lines that belong together."""
    text, blank = "", False
    for row in lines:
        text += joint(text, blank, row.text) + row.text
        blank = row.ends_in_blank
    return text
