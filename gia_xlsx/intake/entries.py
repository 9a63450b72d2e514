"""From physical rows to the entries of a table: each label with the figures that stand after it, wherever they stand.

A label and its figures may share a row, or follow one another down a page with one cell a line; a label may be broken
over lines, or be gone. Nothing is decided here but what stands after what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from gia_xlsx.form import Line
from gia_xlsx.intake.lexicon import Lexicon, Meaning
from gia_xlsx.intake.rows import Piece, Row
from gia_xlsx.numerals import squeeze

Kind = Literal["label", "figure", "blank", "words"]

_JOINED = 8  # pieces of a line, or lines, that one label may be broken into
_LONGEST_FIGURE = 24
_FIGURE = re.compile(
    r"(?:[约共计]?[增减]?[加少]?[+\-−]?\d[\d,.]*(?:万元|亿元|元|万?[件项个条起宗次份]|万|余)?[余多]?|[/\\\-–—－─]{1,4}|无|没有|暂无|〇|○|零|N/?A|n/?a|空|不适用|#[A-Z/0!?]+)$"
)


def is_figure(text: str) -> bool:
    """Whether a text could stand in a number cell: a number with or without a unit, or a sign for nothing."""
    return len(text) <= _LONGEST_FIGURE and bool(_FIGURE.match(squeeze(text)))


@dataclass(frozen=True, slots=True)
class Token:
    """Pieces of one row that belong together, and what they are."""

    kind: Kind
    pieces: tuple[Piece, ...]
    row: int
    meanings: tuple[Meaning, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass
class Entry:
    """What stands after one label. ``line`` is None while nobody knows which row of the form it is.

    ``tail`` holds figures, blanks and strange words in reading order, each with its physical row; ``inline`` tells
    that they share the row of the label. ``by_order``: told by its place among the others, not by its label.
    """

    row: int
    label: tuple[Piece, ...] = ()
    meaning: Meaning | None = None
    tail: list[Token] = field(default_factory=list)
    inline: bool = False
    closed: bool = False
    rows: frozenset[int] = frozenset()  # of all lines that a broken label takes up
    by_order: bool = False
    near: bool = False

    @property
    def line(self) -> Line | None:
        return self.meaning.line if self.meaning else None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.label)

    @property
    def figures(self) -> list[Token]:
        return [token for token in self.tail if token.kind != "blank"] if self.tail else []

    @property
    def is_leaf(self) -> bool:
        return self.meaning is not None and self.meaning.is_leaf

    @property
    def is_group(self) -> bool:
        return self.meaning is not None and not self.meaning.is_leaf


def tokens(row: Row, number: int, lexicon: Lexicon) -> list[Token]:
    """The pieces of a row, each told for a label, a figure, a blank, or words that are none of these."""
    if row.division == "spaces":
        return list(_spaced(row, number, lexicon))
    found = []
    for piece in row.pieces:
        meanings = () if piece.blank or is_figure(piece.text) else lexicon.match(piece.text)
        kind: Kind = "blank" if piece.blank else "label" if meanings else "figure" if is_figure(piece.text) else "words"
        found.append(Token(kind, (piece,), number, meanings))
    return found


def _spaced(row: Row, number: int, lexicon: Lexicon) -> Iterator[Token]:
    """As ``tokens``, where only spaces divide: they stand within labels too, and may be lost before a figure."""
    pieces = row.pieces
    at = 0
    if len(pieces) == 1 and pieces[0].blank:
        yield Token("blank", pieces, number)
        return
    while at < len(pieces):
        for end in range(min(at + _JOINED, len(pieces)), at, -1):
            part = pieces[at:end]
            meanings = lexicon.match("".join(piece.text for piece in part))
            if meanings and not is_figure(part[-1].text):
                yield Token("label", part, number, meanings)
                at = end
                break
        else:
            yield from _single(pieces[at], number, lexicon)
            at += 1


def _single(piece: Piece, number: int, lexicon: Lexicon) -> Iterator[Token]:
    if is_figure(piece.text):
        yield Token("figure", (piece,), number)
    elif (cut := lexicon.begins(piece.text)) and is_figure(cut[1]):
        middle = piece.right - len(cut[1])
        yield Token("label", (replace(piece, text=cut[0], right=middle),), number, lexicon.match(cut[0]))
        yield Token("figure", (replace(piece, text=cut[1], left=middle),), number)
    else:
        yield Token("words", (piece,), number)


@dataclass
class Scan:
    """The entries of a region and the heads, captions and corners between them, each in reading order."""

    rows: Sequence[Row]
    entries: list[Entry] = field(default_factory=list)
    heads: list[Token] = field(default_factory=list)


def scan(rows: Sequence[Row], first: int, lexicon: Lexicon) -> Scan:
    """Go through the rows of a region; ``first`` is the number of its first row."""
    found = Scan(rows)
    listed = [tokens(row, first + n, lexicon) for n, row in enumerate(rows)]
    flat = [token for line in listed for token in line]
    after = _next_kinds(flat)
    at = 0
    for row, line in zip(rows, listed, strict=True):
        told = _told(row, line)
        for token in line:
            if told:
                _take(found, token, after[at])
            at += 1
        if told:
            _end_of_row(found, line)
        else:
            _close(found)
    return found


def _next_kinds(flat: Sequence[Token]) -> list[Kind | None]:
    """For each token the kind of the next that is not blank."""
    kinds: list[Kind | None] = [None] * len(flat)
    after: Kind | None = None
    for n in range(len(flat) - 1, -1, -1):
        kinds[n] = after
        if flat[n].kind != "blank":
            after = flat[n].kind
    return kinds


def _told(row: Row, line: Sequence[Token]) -> bool:
    """Whether a row may be part of a table: prose that merely holds a label or a number is not."""
    strange = [token for token in line if token.kind == "words"]
    if row.division == "spaces":
        return not strange or (len(strange) <= _JOINED and not any(map(_is_prose, strange)))
    return len(strange) < len(line) or all(len(token.text) <= 40 for token in strange)


def _is_prose(token: Token) -> bool:
    """A sentence: it has the marks of one, or more words than a label broken over lines could leave on a line."""
    text = token.text
    return len(text) > 40 or any(mark in text for mark in "。；;！？") or ("，" in text and len(text) > 30)


def _take(found: Scan, token: Token, after: Kind | None) -> None:
    current = found.entries[-1] if found.entries and not found.entries[-1].closed else None
    if token.kind == "label":
        meaning = _meaning(found, token, after)
        if meaning.role == "row":
            _close(found)
            found.entries.append(Entry(token.row, token.pieces, meaning))
        else:
            _close(found)
            found.heads.append(replace(token, meanings=token.meanings if len(token.meanings) > 1 else (meaning,)))
    elif token.kind == "words":
        if current and current.tail and current.row == token.row:
            current.tail.append(token)  # a remark behind the figures, or words where a figure should be
        else:
            _close(found)
            found.entries.append(Entry(token.row, token.pieces))
    elif current:
        current.tail.append(token)
        current.inline |= token.kind == "figure" and token.row == current.row
    elif token.kind == "figure":
        found.entries.append(Entry(token.row, (), None, [token], inline=True))


def _meaning(found: Scan, token: Token, after: Kind | None) -> Meaning:
    """Which of its meanings a label has here: 其他 and 总计 head a column, or are rows that have lost their number."""
    rows = [meaning for meaning in token.meanings if meaning.role == "row"]
    others = [meaning for meaning in token.meanings if meaning.role != "row"]
    if not rows:
        return others[0]
    if not others:
        return rows[0]
    begun = any(entry.meaning and entry.row >= (found.heads[-1].row if found.heads else 0) for entry in found.entries)
    return rows[0] if after == "figure" and begun else others[0]


def _end_of_row(found: Scan, line: Sequence[Token]) -> None:
    """A row that holds a label and its figures is done; so is one of several figures under a label alone."""
    if not found.entries:
        return
    current = found.entries[-1]
    figures = sum(token.kind == "figure" for token in line)
    if current.inline or figures > 1:
        current.closed = True


def _close(found: Scan) -> None:
    if found.entries:
        found.entries[-1].closed = True
