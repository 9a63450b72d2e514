"""图解: the figures of a table drawn as bars in the order of the form, each with its label and its number beside it.

Geometry is here, ``templates/chart.svg.j2`` gives it colour. A chart is read without colour: this year's bars are
full, last year's are outlines, and every bar bears its figure. A row that is 0 has no bar; one line tells of all such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gia_xlsx.pages import draw
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.figures import Row, Tally, tallies
from gia_xlsx.publish.shapes import Box, Plot, Shape, Text, em

WIDTH = 360.0  # two stand side by side on the page, and one on a phone needs no shrinking that hurts
_MIDDLE = 0.36  # of the size of a text: from the middle of a Chinese character down to its baseline
_ABOVE = 0.88  # of the size of a text: what its characters take above the baseline
_BELOW = 0.3  # and below it, with a little air
_LEAST = 1.5  # a bar that stands for anything is seen


@dataclass(frozen=True, slots=True)
class Scale:
    """The measures of a plot in px: its width and, at ``times`` 1, labels of 14 px."""

    width: float = WIDTH
    times: float = 1

    def size(self, depth: int) -> float:
        return (14, 12.5)[depth] * self.times

    def bar(self, depth: int) -> float:
        return (15, 9)[depth] * self.times

    def pitch(self, depth: int) -> float:
        """What a row takes, without last year's bar."""
        return (27, 21)[depth] * self.times

    @property
    def indent(self) -> float:
        return 14 * self.times

    @property
    def gap(self) -> float:
        return 7 * self.times

    @property
    def apart(self) -> float:
        """What sets a group apart from the parts of the one before."""
        return 5 * self.times

    @property
    def last_size(self) -> float:
        return 12 * self.times

    @property
    def last_pitch(self) -> float:
        """What last year's bar takes below this year's."""
        return 15 * self.times


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart for the page. ``svg`` is '' where every figure is 0 or missing: then ``alt`` is the sentence to print.

    ``title`` names figures and unit and is not in the picture: whoever places it prints it, as a caption. ``alt`` says
    every figure in words and is the picture's ``desc``; ``width`` and ``height`` are px. Colours follow the page: text
    is its ``currentColor``, bars are ``--chart-bar`` and ``--chart-last`` if the page sets these.
    """

    key: str
    title: str
    alt: str
    svg: str
    width: int
    height: int


def charts(edition: Edition) -> Mapping[str, tuple[Chart, ...]]:
    """The charts of a report by the key of the section whose table they draw, with both years where last year is known.

    Their ids begin with the section's key, so that all may stand on one page.
    """
    found: dict[str, tuple[Chart, ...]] = {}
    for tally in tallies(edition):
        found[tally.section] = (*found.get(tally.section, ()), _chart(edition, tally))
    return found


def _chart(edition: Edition, tally: Tally) -> Chart:
    key = f"{tally.section}-{tally.key}"
    title = f"{tally.title}（{tally.unit}）"
    if tally.sentence:
        return Chart(key, title, tally.sentence, "", 0, 0)
    drawn = plot(tally)
    told = {"id": f"{key}-chart", "title": f"{edition.doc.year}年{title}", "alt": tally.words}
    svg = draw("chart.svg.j2", edition.looks, plot=drawn, **told)
    return Chart(key, title, tally.words, svg.strip(), round(drawn.width), round(drawn.height))


def plot(tally: Tally, scale: Scale = Scale(), in_words: bool = False) -> Plot:
    """Bars of a tally, from top to bottom: labels at the left, figures at the end of each bar.

    ``in_words``: what a row holds is told in a line below it and has no bars.
    """
    rows = tuple((row, depth) for row, depth in tally.drawn if not (depth and in_words))
    labels = max(em(row.label) * scale.size(depth) + depth * scale.indent for row, depth in rows) + scale.gap
    figures = max(_figures(row, depth, scale) for row, depth in rows) + scale.gap
    most = max(float(value) for row, _ in rows for value in (row.value or 0, row.last or 0))
    unit = (scale.width - labels - figures) / most if most > 0 else 0
    shapes: list[Shape] = []
    y, above = 0.0, 0
    for row, depth in rows:
        y += scale.apart if above > depth else 0
        above = depth
        shapes += _row(row, depth, labels, y, unit, scale)
        y += _pitch(row, depth, scale)
        for line in _listed(row.holds, (scale.width - labels - scale.gap) / scale.last_size) if in_words else ():
            shapes.append(Text(labels + scale.gap, y + scale.last_size * _ABOVE, line, scale.last_size, "note"))
            y, above = y + 1.35 * scale.last_size, 1
    shapes.insert(0, Box(labels, 0, scale.times, y, "axis"))
    if tally.folded:
        y += scale.gap + scale.last_size
        shapes.append(Text(0, y, tally.folded, scale.last_size, "note"))
        y += scale.last_size * _BELOW
    return Plot(tuple(shapes), scale.width, y)


def _row(row: Row, depth: int, x: float, top: float, unit: float, scale: Scale) -> Iterator[Shape]:
    size, middle = scale.size(depth), top + scale.pitch(depth) / 2
    baseline = middle + _MIDDLE * size
    yield Text(depth * scale.indent, baseline, row.label, size, "part" if depth else "label")
    wide = _length(row.value, unit)
    if wide:
        yield Box(x, middle - scale.bar(depth) / 2, wide, scale.bar(depth), "bar")
    yield Text(x + wide + scale.gap, baseline, row.text, size, "value" if row.value is not None else "note")
    if row.last_text:
        middle = top + scale.pitch(depth) - (scale.pitch(depth) - size) / 2 + scale.last_pitch / 2
        wide = _length(row.last, unit)
        if wide:
            tall = scale.bar(1)
            yield Box(x, middle - tall / 2, wide, tall, "last")
        yield Text(x + wide + scale.gap, middle + _MIDDLE * scale.last_size, row.last_text, scale.last_size, "note")


def _pitch(row: Row, depth: int, scale: Scale) -> float:
    return scale.pitch(depth) + (scale.last_pitch if row.last_text else 0)


def _figures(row: Row, depth: int, scale: Scale) -> float:
    return max(em(row.text) * scale.size(depth), em(row.last_text) * scale.last_size)


def _length(value: object, unit: float) -> float:
    """The length of a bar; nothing for 0, for what is missing, and for what is less than nothing."""
    number = float(str(value or 0))
    return max(number * unit, _LEAST) if number > 0 else 0


def _listed(items: tuple[str, ...], width: float) -> list[str]:
    """Items in lines of so many em, none of them broken."""
    lines: list[str] = []
    for item in items:
        if lines and em(f"{lines[-1]}　{item}") <= width:
            lines[-1] += f"　{item}"
        else:
            lines.append(item)
    return lines
