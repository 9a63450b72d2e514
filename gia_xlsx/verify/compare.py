"""What a file shows held against what the report prints: the first differences, each with its place in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from gia_xlsx.form import Form
from gia_xlsx.publish.document import Printed, Table
from gia_xlsx.rules.publication import Difference, Fault
from gia_xlsx.rules.wording import name
from gia_xlsx.verify.printed import Block, Grid, Item, Shown, Words, squeezed

MOST = 10  # differences of one file that are told
_STEPS = 2_000_000  # pairs of blocks that an alignment may look at; a report has a few thousand
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_DIGIT = re.compile(r"[\d.,]")
_BEFORE, _AFTER = 12, 24  # characters shown around the place where two texts part

Row = tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """How one file is compared: its name, whether it was made by an office's own template (``own``), how spaces are
    taken out of both sides (``plain``), and whether it tells of cells in which nothing stands (``blanks``)."""

    form: Form
    file: str
    own: bool = False
    plain: Callable[[str], str] = squeezed
    blanks: bool = True

    def differences(self, wanted: Sequence[Item], shown: Shown) -> list[Difference]:
        """All differences in printed order; those that follow after ``MOST`` are only counted."""
        found = list(self._all(wanted, shown.blocks))
        found += (self._told("extra" if self.own else "words", "", f"有隐藏的文字“{_cut(it)}”") for it in shown.hidden)
        return few(found)

    def _all(self, wanted: Sequence[Item], shown: Sequence[Block]) -> Iterator[Difference]:
        tables = [item.what for item in wanted if isinstance(item.what, Table)]
        want = [self._key(item.what) for item in wanted]
        have = [self._name(block, tables) if isinstance(block, Grid) else self.plain(block.text) for block in shown]
        lost: list[tuple[list[int], list[int]]] = []
        for same, (i1, i2), (j1, j2) in _aligned(want, have):
            if same:
                for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                    yield from self._pair(wanted[i], shown[j])
            else:
                lost.append((list(range(i1, i2)), list(range(j1, j2))))
        if self.own:
            yield from self._forgiven(wanted, shown, want, have, lost)
        for wants, haves in lost:
            yield from self._apart([wanted[i] for i in wants], [shown[j] for j in haves])

    def _key(self, what: str | Table) -> str:
        return f"\0{what.section.key}" if isinstance(what, Table) else self.plain(what)

    def _name(self, grid: Grid, tables: Iterable[Table]) -> str:
        """The key of the table of the form that a grid is, by most of its labels; else a key of its own."""
        texts = {self.plain(text) for row in grid.rows for text in row}
        for table in tables:
            labels = {self.plain(it.text) for it in table.boxes if it.box.role != "cell" and it.text}
            if 2 * len(labels & texts) >= len(labels):
                return self._key(table)
        return "\0"

    def _forgiven(
        self,
        wanted: Sequence[Item],
        shown: Sequence[Block],
        want: list[str],
        have: list[str],
        lost: list[tuple[list[int], list[int]]],
    ) -> Iterator[Difference]:
        """What a template of an office may do: put parts elsewhere, words around them, and words of its own."""
        spare = [j for _, haves in lost for j in haves]
        for wants, _ in lost:
            for i in list(wants):
                j = next((j for j in spare if have[j] == want[i]), None)
                if j is not None:
                    yield self._told("extra", wanted[i].where, "的位置与报告不同")
                    yield from self._pair(wanted[i], shown[j])
                else:
                    j = next((j for j in spare if want[i][0] != "\0" and _holds(have[j], want[i])), None)
                    if j is not None:
                        yield self._told("extra", wanted[i].where, f"前后有报告以外的文字“{_cut(have[j])}”")
                if j is not None:
                    wants.remove(i)
                    spare.remove(j)
        for wants, haves in lost:
            haves[:] = [j for j in haves if j in spare]
            if len(haves) > len(wants):
                for j in haves[len(wants) :]:
                    yield self._extra(shown[j])
                del haves[len(wants) :]

    def _apart(self, wanted: Sequence[Item], shown: Sequence[Block]) -> Iterator[Difference]:
        """A stretch that differs: pairs of the same kind are changed, what is left over is missing or added."""
        for item, block in zip(wanted, shown, strict=False):
            if isinstance(item.what, Table) or isinstance(block, Grid):
                yield from (self._missing(item), self._extra(block))
            else:
                yield self._changed(item, item.what, block.text)
        yield from map(self._missing, wanted[len(shown) :])
        yield from map(self._extra, shown[len(wanted) :])

    def _pair(self, item: Item, block: Block) -> Iterator[Difference]:
        if isinstance(item.what, Table) and isinstance(block, Grid):
            yield from self._table(item, item.what, block)

    def _changed(self, item: Item, want: str, have: str) -> Difference:
        want, have = self.plain(want), self.plain(have)
        figures = _FIGURE.sub("#", want) == _FIGURE.sub("#", have)
        return self._told("figure" if figures else "words", item.where, both(want, have))

    def _missing(self, item: Item) -> Difference:
        if isinstance(item.what, Table):
            return self._told("figure", item.where, "没有找到，report.json 里有")
        return self._told("words", item.where, f"没有找到，report.json 是“{_cut(item.what)}”")

    def _extra(self, block: Block) -> Difference:
        text = block.text if isinstance(block, Words) else " ".join(chain.from_iterable(block.rows))
        kind = "一段文字" if isinstance(block, Words) else "一张表格"
        return self._told("extra" if self.own else "words", "", f"有报告里没有的{kind}“{_cut(text)}”")

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, item: Item, table: Table, grid: Grid) -> Iterator[Difference]:
        """Row by row, those that are there in order; rows are known by what in them is no figure."""
        filled = ([it for it in row if self.blanks or self.plain(it.text)] for row in table.rows)
        rows = [row for row in filled if self.blanks or row]
        want = [tuple(self.plain(it.text) for it in row) for row in rows]
        found = (tuple(text for text in map(self.plain, row) if self.blanks or text) for row in grid.rows)
        have = [row for row in found if self.blanks or row]
        if want == have:
            return
        if len(want) == len(have):
            pairs: Iterable[tuple[int | None, int | None]] = ((n, n) for n in range(len(want)))
        else:
            pairs = _paired([_labels(row) for row in want], [_labels(row) for row in have])
        for i, j in pairs:
            if i is None:
                assert j is not None
                yield self._told("figure", item.where, f"多出一行“{_cut('　'.join(have[j]))}”")
            elif j is None:
                yield self._told("figure", item.where, f"缺少“{_title(rows[i])}”一行")
            elif want[i] != have[j]:
                yield from self._row(item, rows[i], want[i], have[j])

    def _row(self, item: Item, row: Sequence[Printed], want: Row, have: Row) -> Iterator[Difference]:
        if len(want) != len(have):
            said = f"“{_title(row)}”一行有 {len(have)} 格，应有 {len(want)} 格"
            yield self._told("figure", item.where, said)
            return
        for it, one, other in zip(row, want, have, strict=True):
            if one == other:
                continue
            if it.box.key:
                where = name(self.form, it.box.key)
                yield Difference("figure", self.file, where, whole(one, other), it.box.key)
            else:
                yield self._told("words", f"{item.where}里的“{_cut(it.text)}”", f"写作“{_cut(other)}”")

    def _told(self, fault: Fault, where: str, said: str) -> Difference:
        return Difference(fault, self.file, where, said)


def few(found: list[Difference]) -> list[Difference]:
    """The first differences of a file, and in one more how many there are besides."""
    if len(found) <= MOST:
        return found
    rest = found[MOST:]
    fault: Fault = "figure" if any(one.fault == "figure" for one in rest) else rest[0].fault
    return [*found[:MOST], Difference(fault, rest[0].file, "", f"还有 {len(rest)} 处不同，没有一一列出")]


def _aligned(want: list[str], have: list[str]) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Stretches of two sequences, the same or not. What begins and ends alike is not searched."""
    first = next((n for n, (a, b) in enumerate(zip(want, have, strict=False)) if a != b), min(len(want), len(have)))
    rest = min(len(want), len(have)) - first
    last = next((n for n in range(rest) if want[-1 - n] != have[-1 - n]), rest)
    yield True, (0, first), (0, first)
    middle = want[first : len(want) - last], have[first : len(have) - last]
    if len(middle[0]) * len(middle[1]) > _STEPS:
        yield False, (first, len(want) - last), (first, len(have) - last)
    elif any(middle):
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
            yield tag == "equal", (first + i1, first + i2), (first + j1, first + j2)
    yield True, (len(want) - last, len(want)), (len(have) - last, len(have))


def _paired(want: list[Row], have: list[Row]) -> Iterator[tuple[int | None, int | None]]:
    """Rows with the same labels, in order; None beside one that has no fellow."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, want, have, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from ((i, None) for i in range(i1, i2))
            yield from ((None, j) for j in range(j1, j2))


def _labels(row: Row) -> Row:
    return tuple(text for text in row if text and not _FIGURE.fullmatch(text))


def _title(row: Sequence[Printed]) -> str:
    """What a row is called: its last label, else all that stands in it."""
    labels = [it.text for it in row if it.box.role == "label"]
    return labels[-1] if labels else _cut("　".join(it.text for it in row))


def _holds(text: str, part: str) -> bool:
    """Whether a text holds another that is not the middle of a number."""
    at = text.find(part)
    if at < 0:
        return False
    before, after = text[at - 1 : at], text[at + len(part) : at + len(part) + 1]
    return not (
        (_DIGIT.match(part[0]) and before and _DIGIT.match(before))
        or (_DIGIT.match(part[-1]) and after and _DIGIT.match(after))
    )


def whole(want: str, have: str) -> str:
    shown, meant = (f"“{_cut(text)}”" if text else "空白" for text in (have, want))
    return f"是{shown}，report.json 是{meant}"


def both(want: str, have: str) -> str:
    """Two texts around the place where they part."""
    at = next((n for n, (a, b) in enumerate(zip(want, have, strict=False)) if a != b), min(len(want), len(have)))
    start = max(0, at - _BEFORE)
    shown, meant = (
        f"“{'…' * (start > 0)}{text[start : at + _AFTER]}{'…' * (len(text) > at + _AFTER)}”" for text in (have, want)
    )
    return f"是{shown}，report.json 是{meant}"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:40]}…"
