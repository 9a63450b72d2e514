"""One statutory table out of the rows of its region: each cell with the words that stood there, or nothing.

A wrong cell is far worse than an empty one: what cannot be proven to belong to a cell is listed, never placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from gia_xlsx.form import Block, Key, Line, Section
from gia_xlsx.intake.columns import Columns, head_order
from gia_xlsx.intake.entries import Entry, Scan, Token, scan
from gia_xlsx.intake.lexicon import Meaning, lexicon, words
from gia_xlsx.intake.resolve import resolve
from gia_xlsx.intake.rows import Row
from gia_xlsx.intake.source import Origin
from gia_xlsx.likeness import plain
from gia_xlsx.report import Label

_FEW = 2  # heads that are no labels of the form, to take a table for another
MADE_UP = re.compile(r"(?:列|Column|Unnamed:?|字段|栏)?\s*\d{1,2}$")  # heads that programs give to columns without any
_OTHER_YEAR = re.compile(r"上一?年|去年|往年|同比|增长|累计")
_YEAR = re.compile(r"(20\d\d)年")


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood in a cell, and where; ``by_order``: its row was told by its place alone."""

    raw: str
    origin: Origin
    by_order: bool = False


@dataclass
class Reading:
    """What was read of one table. ``used`` are the rows that are nothing but table, by number."""

    cells: dict[Key, Stood] = field(default_factory=dict)
    labels: list[tuple[Label, Origin]] = field(default_factory=list)
    unplaced: list[tuple[str, Origin, str]] = field(default_factory=list)  # words, place, why
    used: set[int] = field(default_factory=set)
    merged: dict[str, Origin] = field(default_factory=dict)  # headings read as the one row they were in another form
    moved: bool = False  # it stands elsewhere than under its own heading

    def leave(self, tokens: Iterable[Token], why: str, before: str = "") -> None:
        """List what could not be placed."""
        tokens = list(tokens)
        text = " ".join(token.text or "（空）" for token in tokens).strip()
        if tokens and text:
            self.unplaced.append((f"{before} {text}".strip(), tokens[0].pieces[0].origin, why))


def read_table(rows: Sequence[Row], first: int, section: Section) -> Reading:
    """Read a table whose rows are labelled from a region; ``first`` is the number of its first row."""
    found = Reading()
    seen = scan(rows, first, lexicon(section))
    entries = resolve(seen.entries, seen.heads, section)
    _near_heads(found, seen, entries, section)
    for index in range(len(section.blocks)):
        _read_block(found, seen, entries, section, index, first)
    _account(found, seen, entries, section)
    return found


def _read_block(found: Reading, seen: Scan, entries: Sequence[Entry], section: Section, index: int, first: int) -> None:
    block = section.blocks[index]
    leaves = [entry for entry in entries if entry.is_leaf and entry.meaning]
    own = [entry for entry in leaves if entry.meaning and entry.meaning.block == index]
    if not own:
        return
    others = [entry for entry in leaves if entry.meaning and entry.meaning.block != index]
    strangers = [
        entry
        for entry in entries
        if entry.meaning is None and entry.label and not entry.figures and not _is_scrap(entry.text, section)
    ]
    size = len(block.columns.leaves)
    zone = _zone(own, others, size)
    heads = [token for token in seen.heads if token.row in zone]
    _unrepeat(heads, own, index)
    columns = Columns(seen.rows, first, head_order(heads, block, index, own))
    columns.learn(own)
    trusted = _is_headed(heads, [entry for entry in strangers if entry.row in zone], block, index, size)
    by_line: dict[str, list[Entry]] = {}
    for entry in own:
        by_line.setdefault(entry.line.key if entry.line else "", []).append(entry)
    for line in block.rows.leaves:
        mine = by_line.get(line.key)
        if mine:
            _read_row(found, _of_this_year(found, mine, columns, line), columns, block, line, trusted)


def _near_heads(found: Reading, seen: Scan, entries: list[Entry], section: Section) -> None:
    """Heads that are cut off or worded otherwise become heads, in the order of their rows."""
    known = {(m.block, m.line.key) for token in seen.heads for m in token.meanings if m.line}
    lost = [
        Meaning("head", index, line)
        for index, block in enumerate(section.blocks)
        for line in block.columns.leaves
        if (index, line.key) not in known
    ]
    bottom = max((entry.row for entry in entries if entry.meaning), default=-1)
    for entry in list(entries):
        if entry.meaning or entry.figures or not entry.label or entry.row > bottom:
            continue
        line = lexicon(section).nearest(entry.text, [meaning.line for meaning in lost if meaning.line])
        if line is None or bool(_OTHER_YEAR.search(entry.text)) != bool(_OTHER_YEAR.search(line.label)):
            continue
        meanings = tuple(meaning for meaning in lost if meaning.line == line)
        seen.heads.append(Token("label", entry.label, entry.row, meanings))
        found.labels.append((Label(section.key, "column", line.key, entry.text, near=True), entry.label[0].origin))
        entries.remove(entry)
    seen.heads.sort(key=lambda token: token.row)


def _zone(own: Sequence[Entry], others: Sequence[Entry], size: int) -> range:
    """The rows in which the heads of a block stand: from the last row of another block above to its own first whole."""
    top = min((entry.row for entry in own if len(entry.figures) == size), default=min(entry.row for entry in own))
    above = max((entry.row for entry in others if entry.row < top), default=-1)
    return range(above + 1, top + 1)


def _is_headed(heads: Sequence[Token], strangers: Sequence[Entry], block: Block, index: int, size: int) -> bool:
    """Whether the figures of a block stand under its own heads; under heads of something else they are others.

    A row of a single figure is only told from a list of the same words by its head or its caption.
    """
    meant = {m.line.key for token in heads for m in token.meanings if m.block == index and m.is_leaf and m.line}
    captioned = any(m.role == "caption" and m.block == index for token in heads for m in token.meanings)
    foreign = [entry for entry in strangers if not MADE_UP.match(entry.text)]
    if size == 1:
        return bool(meant) or (captioned and not foreign)
    return bool(meant) or len(foreign) < _FEW


def _of_this_year(found: Reading, mine: list[Entry], columns: Columns, line: Line) -> list[Entry]:
    """Of entries that disagree, those of the latest year, if the words above each say of which year it is."""
    said = {tuple(token.text for token in entry.figures): entry for entry in mine if entry.figures}
    if len(said) < 2:
        return mine
    years = {figures: _year_above(columns, entry) for figures, entry in said.items()}
    latest = [figures for figures, year in years.items() if year == max(years.values())]
    if not all(years.values()) or len(latest) > 1:
        return mine
    for figures, entry in said.items():
        if figures not in latest:
            found.leave(entry.figures, f"{years[figures]}年的表格，不是本年度的", line.label)
            found.used.update(token.row for token in entry.tail)
    return [entry for entry in mine if tuple(token.text for token in entry.figures) in latest]


def _year_above(columns: Columns, entry: Entry) -> int:
    """The year that the nearest words above an entry name; 0 if none does."""
    if not columns.years:
        year = 0
        for row in columns.rows:
            columns.years.append(year)
            year = max(map(int, _YEAR.findall(row.text)), default=year)
    return columns.years[entry.row - columns.first]


def _unrepeat(heads: Sequence[Token], own: Sequence[Entry], index: int) -> None:
    """Where a head is repeated for each cell it spans, so are the figures under it: each is taken once."""
    spanned: dict[int, str] = {}
    rows: dict[tuple[int, str], list[int]] = {}
    for token in heads:
        for meaning in token.meanings:
            if meaning.block == index and meaning.is_leaf and meaning.line:
                rows.setdefault((token.row, meaning.line.key), []).append(token.pieces[0].left)
    for (_, key), lefts in rows.items():
        if len(set(lefts)) > 1:
            spanned |= dict.fromkeys(lefts, key)
    for entry in own if spanned else ():
        kept: list[Token] = []
        for token in entry.tail:
            again = kept and spanned.get(token.pieces[0].left, "") == spanned.get(kept[-1].pieces[0].left)
            if not (again and token.text == kept[-1].text):
                kept.append(token)
        entry.tail = kept


def _read_row(found: Reading, mine: Sequence[Entry], columns: Columns, block: Block, line: Line, trusted: bool) -> None:
    """One row of the form from the entries that bear its label; two that disagree are both left."""
    placed = [(entry, cells) for entry in mine if (cells := columns.place(entry)) is not None and trusted]
    told = {tuple((token.text if token else "") for token in cells.values()) for _, cells in placed}
    if len(told) > 1:
        for entry in mine:
            found.leave(entry.tail, f"“{line.label}”出现不止一次，数字不同", line.label)
        return
    if placed:
        entry, cells = placed[0]
        for column, token in cells.items():
            origin = (token or entry.tail[0]).pieces[0].origin if entry.tail else Origin()
            found.cells[Key(block.table, line.key, column)] = Stood(token.text if token else "", origin, entry.by_order)
        extra = [token for token in entry.figures if token not in cells.values()]
        found.leave(extra, "表格以外的内容", line.label)
    for entry in mine:
        if not placed and entry.figures:
            count, size = len(entry.figures), len(block.columns.leaves)
            why = f"有{count}个数，本行应为{size}个，无法确定各属哪一栏"
            if columns.order is None or not trusted:
                why = "列名的次序与规定不符" if columns.order is None else "不在规定的列名之下"
            elif count == size:
                why = "有的格里不止一个数，或者夹着空格、文字"
            found.leave(entry.figures, why, line.label)


def _account(found: Reading, seen: Scan, entries: Sequence[Entry], section: Section) -> None:
    """Which rows the table takes up, which labels stand otherwise than in the form, what is left over."""
    known = [entry for entry in entries if entry.meaning]
    for token in seen.heads if known else ():  # 总计 and 其他 head columns of other tables too
        found.used.add(token.row)
    for entry in known:
        found.used.update((entry.row, *entry.rows, *(token.row for token in entry.tail)))
        if entry.is_leaf and entry.line and words(entry.text) != plain(entry.line.label):
            _note_row(found, entry, entry.line, section)
    if not found.used:
        return
    top, bottom = min(found.used), max(found.used)
    for entry in entries:
        if entry.meaning:
            continue
        if entry.figures and (top <= entry.row <= bottom or not entry.label):
            found.leave(entry.figures, "没有认得出的行名", entry.text)
            found.used.update((entry.row, *(token.row for token in entry.tail)))
        elif top < entry.row < bottom and all(_is_scrap(piece.text, section) for piece in entry.label):
            found.used.add(entry.row)


def _is_scrap(text: str, section: Section) -> bool:
    """Whether words are a piece of a label that was broken over lines."""
    return words(text) in _labels(section)


@cache
def _labels(section: Section) -> str:
    lines = (line for block in section.blocks for axis in (block.rows, block.columns) for line in axis.lines)
    corners = (block.corner for block in section.blocks)
    return "\n".join(map(plain, (*(line.label for line in lines), *corners)))


def _note_row(found: Reading, entry: Entry, line: Line, section: Section) -> None:
    origin = entry.label[0].origin if entry.label else entry.tail[0].pieces[0].origin
    if entry.by_order and _is_heading(entry, section, line):
        found.merged[line.key] = origin
        return
    found.labels.append((Label(section.key, "row", line.key, entry.text, near=entry.near), origin))


def _is_heading(entry: Entry, section: Section, line: Line) -> bool:
    """Whether an entry bears the label of the heading that its row stands under."""
    above = [part for block in section.blocks if line.key in block.rows.by_key for part in block.rows.path(line.key)]
    return any(part.is_group and words(entry.text) == plain(part.label) for part in above)
