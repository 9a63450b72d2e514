"""一图读懂: the figures of a report on one sheet that a public account can post, 1080 px wide, as high as it needs.

Every figure is a cell of the report or a sum of cells; the words around it are those of the form. Where things stand
is here, ``templates/infographic.svg.j2`` gives them colour and type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gia_xlsx.form import Block, Cell, Key, Line
from gia_xlsx.pages import draw
from gia_xlsx.placeholders import printed as number
from gia_xlsx.publish.charts import Scale, plot
from gia_xlsx.publish.document import printed
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.figures import LAST, PARTLY, UNFILLED, is_comparable, short, sound, tallies, total
from gia_xlsx.publish.shapes import Box, Plot, Shape, Text, em, fit, wrapped
from gia_xlsx.publish.tiles import SMALL, Tile, breadth, shares, size_of, told
from gia_xlsx.report import Report

WIDTH = 1080.0
_MARGIN = 72.0
_INNER = WIDTH - 2 * _MARGIN
_SCALE = Scale(_INNER, 2.15)  # nothing smaller than 26 px: a phone shows the sheet at a third of its width
_TEXT, _HEADING, _TITLE = 30.0, 40.0, 56.0
_PLACES = re.compile("[^省市州区县镇乡]+[省市州区县镇乡]?|.")
_MARK = "一图读懂"
_DRAFT = "草稿　未经审核，不得公开"
_FLOW = (("received", ""), ("carried_in", "+"), ("outcome.total", "="), ("carried_out", "+"))  # 第一项加第二项……


def infographic(edition: Edition) -> str:
    """The sheet as SVG: no script, no font or file beside it, no CSS variable, the same bytes for the same report.

    A draft says so at the head and the foot. Raises GiaError as ``Edition.doc`` does.
    """
    sheet = _Sheet(edition)
    sheet.draw()
    drawn = Plot(tuple(sheet.shapes), WIDTH, float(round(sheet.y)))
    told = {"doc": edition.doc, "mark": _MARK, "alt": "\n".join(sheet.words)}
    return draw("infographic.svg.j2", edition.looks, plot=drawn, **told).strip() + "\n"


def render_infographic(edition: Edition) -> tuple[bytes, bytes]:
    """The sheet as SVG and as PNG, 1080 px wide. Raises GiaError, also for a character that no font has."""
    from gia_xlsx.publish.typeset import png

    svg = infographic(edition)
    return svg.encode("utf-8"), png(svg, round(WIDTH))


class _Sheet:
    """Draws from top to bottom: ``y`` is where the next thing begins, ``words`` what has been told so far."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.doc = edition, edition.doc
        self.tallies = {tally.key: tally for tally in tallies(edition)}
        self.shapes: list[Shape] = []
        self.words: list[str] = []
        self.y = 0.0

    def draw(self) -> None:
        self.draft()
        self.head()
        self.section("disclosure")
        self.disclosure()
        self.y -= 36
        self.section("requests", "件")
        self.flow()
        self.chart("outcomes", in_words=True)
        self.chart("applicants")
        self.section("cases", "件")
        self.chart("cases", in_words=True, titled=False)
        self.foot()
        self.draft()

    def box(self, x: float, width: float, height: float, role: str, radius: float = 0) -> None:
        self.shapes.append(Box(x, self.y, width, height, role, radius))

    def text(self, x: float, down: float, words: str, size: float, role: str, anchor: str = "start") -> None:
        self.shapes.append(Text(x, self.y + down, words, size, role, anchor))

    def lines(self, text: str, size: float, role: str) -> None:
        """A paragraph over the whole width."""
        for line in wrapped(text, _INNER / size):
            self.y += size * 1.5
            self.text(_MARGIN, -size * 0.3, line, size, role)

    def draft(self) -> None:
        if self.doc.draft:
            self.box(0, WIDTH, 64, "warning")
            self.text(WIDTH / 2, 43, _DRAFT, _TEXT, "on warning", "middle")
            self.y += 64

    def head(self) -> None:
        """The mark and the title on a ground of colour."""
        top, self.y = self.y, self.y + 64
        width = 2 * 28 + em(_MARK) * 34
        self.box(_MARGIN, width, 60, "mark", 6)
        self.text(_MARGIN + width / 2, 42, _MARK, 34, "on mark", "middle")
        self.y += 84
        for line in (line for whole in self.doc.title_lines for line in _titled(whole, _INNER / _TITLE)):
            self.y += _TITLE * 1.4
            self.text(_MARGIN, -_TITLE * 0.3, line, _TITLE, "title")
        self.y += 52
        self.shapes.insert(0, Box(0, top, WIDTH, self.y - top, "ground"))

    def section(self, key: str, unit: str = "") -> None:
        """The heading of a part of the report, and the unit if all that follows is in one."""
        part = next(part for part in self.doc.parts if part.key == key)
        caption = part.table.caption if part.table else part.heading
        self.y += 64
        self.box(_MARGIN, 8, 44, "accent")
        self.text(_MARGIN + 28, 36, caption, _HEADING, "heading")
        if unit:
            self.text(WIDTH - _MARGIN, 34, f"单位：{unit}", SMALL, "note", "end")
        self.words.append(f"{caption}：")
        self.y += 44 + 28

    def disclosure(self) -> None:
        """Figures of one kind as tiles, tables of several kinds as tables; blocks of the same heads together."""
        alike: dict[tuple[Line, ...], list[Block]] = {}
        for block in self.edition.report.form.by_key["disclosure"].blocks:
            alike.setdefault(block.columns.leaves, []).append(block)
        for columns, blocks in alike.items():
            if len(columns) > 1:
                self.table(columns, blocks)
        if single := [block for columns, blocks in alike.items() if len(columns) == 1 for block in blocks]:
            self.tiles([key for block in single for key in block.keys])

    def tile(self, key: Key, single: bool = False) -> Tile:
        """A cell as the table prints it; a missing one as 未填, without a unit."""
        report, last = self.edition.report, self.edition.last
        cell, value = report.form.cells[key], sound(report, key)
        text = printed(report, key) or UNFILLED
        if value is None and key in report.form.totals:  # its formula gives 0 for cells that are blank
            text = PARTLY if _is_begun(report, key) else UNFILLED
        unit = cell.unit if value is not None and text == number(value) else ""
        then = total(last, *key) if last is not None and is_comparable(self.edition, key.table) else None
        return Tile(_called(cell, single), text, unit, "" if then is None else f"{LAST} {number(then)}")

    def table(self, columns: Sequence[Line], blocks: Iterable[Block]) -> None:
        """Rows of figures under heads, in thirds of the width left of the labels."""
        labels = 320.0
        room = (_INNER - labels) / max(len(columns), 3)
        ends = [_MARGIN + labels + room * (n + 1) for n in range(len(columns))]
        for end, column in zip(ends, columns, strict=True):
            self.text(end, SMALL, short(column), fit(short(column), SMALL, room - 16), "note", "end")
        self.y += SMALL + 18
        for block in blocks:
            for row in block.rows.leaves:
                tiles = [self.tile(Key(block.table, row.key, column.key)) for column in columns]
                size = size_of(tiles, 44, room - 20)
                self.box(_MARGIN, _INNER, 1.5, "rule")
                self.text(_MARGIN, 53, row.label, _TEXT, "label")
                for end, tile in zip(ends, tiles, strict=True):
                    self.figure(tile, end, 56, size, room - 20, "end")
                self.y += 80 + (30 if any(tile.last for tile in tiles) else 0)
                self.words.append(f"{row.label}：" + "，".join(map(told, tiles)) + "。")
        self.y += 36

    def tiles(self, keys: Sequence[Key]) -> None:
        """Figures side by side, four in a row; what they count stands over a line above all of its kind."""
        for start in range(0, len(keys), 4):
            row = {key: self.tile(key, single=True) for key in keys[start : start + 4]}
            widths = shares([breadth(tile, 52) for tile in row.values()], _INNER - 24 * (len(row) - 1))
            size = min(size_of([tile], 52, width) for tile, width in zip(row.values(), widths, strict=True))
            kinds = [short(self.edition.report.form.cells[key].column) for key in row]
            x, head = _MARGIN, ""
            for tile, width, kind in zip(row.values(), widths, kinds, strict=True):
                if kind != head:
                    head, alike = kind, [of for of, other in zip(widths, kinds, strict=True) if other == kind]
                    self.text(x, SMALL, kind, SMALL, "note")
                    self.shapes.append(Box(x, self.y + 40, sum(alike) + 24 * (len(alike) - 1), 4, "accent line"))
                self.text(x, 86, tile.label, SMALL, "label")
                self.figure(tile, x, 150, size, width, "start")
                x += width + 24
            self.y += 160 + (36 if any(tile.last for tile in row.values()) else 0) + 36
            self.words.append("，".join(map(told, row.values())) + "。")

    def figure(self, tile: Tile, x: float, down: float, size: float, width: float, anchor: str) -> None:
        """A number with its unit behind it, and last year's below; ``x`` is where it begins, ends or has its middle."""
        unit = em(tile.unit) * SMALL + 8 if tile.unit else 0
        if tile.is_missing:
            self.text(x, down, tile.text, min(size, _TEXT), "note", anchor)
        else:
            self.text(x - (unit if anchor == "end" else 0), down, tile.text, size, "figure", anchor)
        if tile.unit:
            self.text(x if anchor == "end" else x + em(tile.text) * size + 8, down, tile.unit, SMALL, "note", anchor)
        if tile.last:
            self.text(x, down + 38, tile.last, fit(tile.last, SMALL, width), "note", anchor)

    def flow(self) -> None:
        """What came in and what became of it; the signs of the equation stand where it holds."""
        keys = [Key("requests", row, "total") for row, _ in _FLOW]
        tiles = [self.tile(key) for key in keys]
        values = [sound(self.edition.report, key) for key in keys]
        known = [Decimal(value) for value in values if value is not None]
        holds = len(known) == 4 and known[0] + known[1] == known[2] + known[3]
        pad, sign = 16.0, 48.0
        width = (_INNER - 2 * pad - 3 * sign) / 4
        bare = [replace(tile, unit="") for tile in tiles]  # the unit stands in the heading
        size = size_of(bare, 68, width)
        height = 174 + (40 if any(tile.last for tile in tiles) else 0)
        self.box(_MARGIN, _INNER, height, "panel", 10)
        for n, (tile, (_, mark)) in enumerate(zip(bare, _FLOW, strict=True)):
            x = _MARGIN + pad + n * (width + sign) + width / 2
            self.text(x, 56, tile.label, fit(tile.label, SMALL, width), "label", "middle")
            self.figure(tile, x, 132, size, width, "middle")
            if mark and holds:
                self.text(x - (width + sign) / 2, 128, mark, 40, "note", "middle")
        self.y += height + 20
        self.words.append("，".join(map(told, tiles)) + "。")

    def chart(self, key: str, in_words: bool = False, titled: bool = True) -> None:
        tally = self.tallies[key]
        if titled:
            self.y += 36
            self.text(_MARGIN, _TEXT, tally.title, _TEXT, "subheading")
            self.y += _TEXT + 22
        self.words.append(f"{tally.title}：{tally.sentence or tally.words}")
        if tally.sentence:
            self.lines(tally.sentence, _TEXT, "note")
            return
        drawn = plot(tally, _SCALE, in_words)
        self.shapes += drawn.at(_MARGIN, self.y)
        self.y += drawn.height

    def foot(self) -> None:
        """Where the figures are from."""
        self.y += 64
        self.box(_MARGIN, _INNER, 1.5, "rule")
        self.y += 20
        for line in self.source():
            self.lines(line, SMALL, "note")
            self.words.append(line)
        self.y += 48

    def source(self) -> Iterator[str]:
        yield f"数据来源：{self.doc.title}"
        if name := self.edition.site.name:
            yield f"报告全文见{name}"
        if ends := "　".join(word for word in (self.doc.signature or self.doc.organ, self.doc.date) if word):
            yield ends


def _is_begun(report: Report, key: Key) -> bool:
    """Whether anything is filled of what a total adds up."""
    if key not in report.form.totals:
        return sound(report, key) is not None
    return any(_is_begun(report, addend) for addend in report.form.totals[key].left)


def _called(cell: Cell, single: bool) -> str:
    """A figure that stands alone bears the name of its row, one of several that of its column."""
    return cell.row.label if single else short(cell.column) if cell.key.table == "disclosure" else cell.row.name


def _titled(text: str, width: float) -> list[str]:
    """A title in lines that end where the name of a place does, if the places are short enough."""
    places = _PLACES.findall(text)
    if em(text) <= width or max(map(em, places)) > width:
        return wrapped(text, width)
    lines = [""]
    for place in places:
        if lines[-1] and em(lines[-1] + place) > width:
            lines.append("")
        lines[-1] += place
    return lines
