"""What the charts of a report draw: sums of its cells in the order of the form, beside last year's where it is known.

Labels, groups and order come from the form, so that a chart says what the table beside it says, in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gia_xlsx.form import Axis, Block, Form, Key, Line
from gia_xlsx.placeholders import printed
from gia_xlsx.publish.edition import Edition
from gia_xlsx.report import Flaw, Number, Report

UNFILLED, PARTLY = "未填", "未填全"
LAST = "上年"
_LONGEST = 12  # characters of a label; a longer one gives way to the short word of its line
_NUMBER = re.compile(r"^(?:\d+[.．、]|[(（][^)）]*[)）]|[一二三四五六七八九十]+、)")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart and what it holds. ``value`` is None if a cell is not filled, ``last`` if nobody knows."""

    label: str
    value: Number | None
    last: Number | None = None
    parts: tuple[Row, ...] = ()

    @property
    def holds(self) -> tuple[str, ...]:
        """Its parts that are not 0 in both years, each in words: ``重复申请 3``."""
        return tuple(f"{part.label} {part.text}" for part in self.parts if part.value or part.last)

    @property
    def is_nothing(self) -> bool:
        """Whether it is 0, in both years."""
        return self.value == 0 and not self.last and all(part.is_nothing for part in self.parts)

    @property
    def text(self) -> str:
        """The figure as the table prints it, or that it is missing."""
        if self.value is not None:
            return printed(self.value)
        return PARTLY if any(part.value is not None for part in self.parts) else UNFILLED

    @property
    def last_text(self) -> str:
        """``上年 12``, '' if it is not known."""
        return "" if self.last is None else f"{LAST} {printed(self.last)}"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one chart tells. ``nothing``: the sentence that stands in its place where every figure is 0."""

    key: str
    section: str
    title: str
    rows: tuple[Row, ...]
    nothing: str
    unit: str = "件"

    @property
    def all_rows(self) -> Iterator[Row]:
        for row in self.rows:
            yield row
            yield from row.parts

    @property
    def sentence(self) -> str:
        """The words to print instead of a plot that would be empty; '' if there is something to draw."""
        if all(row.is_nothing for row in self.rows):
            return self.nothing
        drawn = any(row.value or row.last for row in self.all_rows)
        return "" if drawn else "表中数字尚未填全，暂不成图。"

    @property
    def folded(self) -> str:
        """One line for the rows that are not drawn; '' if all are. Rows and parts that are 0 say so together."""
        zeros = sum(row.is_nothing for row in self.all_rows)
        blanks = sum(part.value is None and not part.last for row in self.rows for part in row.parts)
        words = ("其余各项为 0" if zeros else "", f"另有 {blanks} 项未填" if blanks else "")
        return "，".join(word for word in words if word)

    @property
    def drawn(self) -> Iterator[tuple[Row, int]]:
        """The rows worth a bar, each with its depth: 0, or 1 for a part."""
        for row in self.rows:
            if not row.is_nothing:
                yield row, 0
                yield from ((part, 1) for part in row.parts if part.value or part.last)

    @property
    def words(self) -> str:
        """All the figures as one sentence, for those who cannot see the chart."""
        told = (f"{row.label}{_said(row)}{_holds(row)}" for row in self.rows if not row.is_nothing)
        return "；".join((*told, *([self.folded] if self.folded else []))) + "。"


def _said(row: Row) -> str:
    return f" {row.text}" + (f"（{row.last_text}）" if row.last_text else "")


def _holds(row: Row) -> str:
    parts = [f"{part.label}{_said(part)}" for part in row.parts if part.value or part.last]
    return f"，其中{'、'.join(parts)}" if parts else ""


def tallies(edition: Edition) -> tuple[Tally, ...]:
    """Decisions, outcomes, applicants and cases, in the order of the form."""
    return tuple(_Reader(edition).tallies())


def is_comparable(edition: Edition, table: str) -> bool:
    """Whether last year's figures of a table can stand beside this year's: in table two, only under the same form.

    The two notices count other things in table two (制发 and 新制作, 决定 and 项目); tables three and four stayed.
    """
    last = edition.last
    return last is not None and (table != "disclosure" or last.form.form == edition.report.form.form)


def short(line: Line) -> str:
    """The label of a line without its number and what it explains in brackets, or its short word if that is long."""
    label = _NUMBER.sub("", line.label)
    head, bracket, _ = label.partition("(")
    label = head if head and bracket else label
    return label if len(label) <= _LONGEST else line.name


class _Reader:
    """Sums of both years by the keys of this year's lines."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.form = edition.report.form

    def tallies(self) -> Iterator[Tally]:
        yield from self._decisions()
        block = self.form.by_key["requests"].blocks[0]
        rows, columns = block.rows, block.columns
        groups = [
            line for line in rows.children("outcome") if Key("requests", line.key, "natural") not in self.form.totals
        ]
        yield Tally(
            "outcomes",
            "requests",
            f"{_NUMBER.sub('', rows.by_key['outcome'].label)}",
            tuple(self._row(block, group, columns.by_key["total"], rows.children(group.key)) for group in groups),
            "本年度没有办结的政府信息公开申请。",
        )
        received = rows.by_key["received"]
        kinds = [
            line for line in columns.children("applicant") if not _is_total(self.form, "requests", "received", line)
        ]
        yield Tally(
            "applicants",
            "requests",
            f"{received.name}申请的{columns.by_key['applicant'].label}",
            tuple(self._column(block, received, kind, columns.children(kind.key)) for kind in kinds),
            "本年度没有新收政府信息公开申请。",
        )
        yield self._cases()

    def _decisions(self) -> Iterator[Tally]:
        lines = [
            (block, row, block.columns.by_key["decisions"])
            for block in self.form.by_key["disclosure"].blocks
            if "decisions" in block.columns.by_key
            for row in block.rows.leaves
        ]
        labels = "、".join(row.label for _, row, _ in lines)
        rows = tuple(self._row(*line, ()) for line in lines)
        title = next((column.label for _, _, column in lines), "")
        yield Tally("decisions", "disclosure", title, rows, f"本年度没有作出{labels}的处理决定。")

    def _cases(self) -> Tally:
        section = self.form.by_key["cases"]
        block = section.blocks[0]
        columns, row = block.columns, block.rows.leaves[0]
        groups = [line for line in columns.lines if line.is_group and not _holds_groups(columns, line)]
        found = []
        for group in groups:
            results = [
                line for line in columns.children(group.key) if not _is_total(self.form, section.key, row.key, line)
            ]
            total = next(line for line in columns.children(group.key) if line not in results)
            whole = self._column(block, row, total, results)
            found.append(Row(short(group), whole.value, whole.last, whole.parts))
        title = "、".join(line.label for line in columns.children(None))
        nothing = f"本年度没有因政府信息公开引起的{title}案件。"
        return Tally("cases", section.key, f"政府信息公开{title}", tuple(found), nothing)

    def _row(self, block: Block, row: Line, column: Line, parts: Iterable[Line]) -> Row:
        below = tuple(self._row(block, part, column, ()) for part in parts)
        return Row(short(row), *self._both(block, row, column), below)

    def _column(self, block: Block, row: Line, column: Line, parts: Iterable[Line]) -> Row:
        below = tuple(self._column(block, row, part, ()) for part in parts)
        return Row(short(column), *self._both(block, row, column), below)

    def _both(self, block: Block, row: Line, column: Line) -> tuple[Number | None, Number | None]:
        now = total(self.edition.report, block.table, row.key, column.key)
        last = self.edition.last
        if last is None or not is_comparable(self.edition, block.table):
            return now, None
        return now, total(last, block.table, row.key, column.key)


def total(report: Report, table: str, row: str, column: str) -> Number | None:
    """Where two lines cross, summed if one is a heading; None if a cell is blank or a line is not there."""
    for block in report.form.by_key[table].blocks:
        if row in block.rows.by_key and column in block.columns.by_key:
            crossing = (
                Key(table, r.key, c.key)
                for r in block.rows.leaves_under(row)
                for c in block.columns.leaves_under(column)
            )
            values = [sound(report, key) for key in crossing]
            known = [value for value in values if value is not None]
            return sum(known) if len(known) == len(values) else None
    return None


def sound(report: Report, key: Key) -> Number | None:
    """The number of a cell; None if it is blank, unreadable, or a formula that adds up what is not filled."""
    return report.value(key) if key in report.numbers or report.facts[key].flaw is Flaw.NEGATIVE else None


def _is_total(form: Form, table: str, row: str, column: Line) -> bool:
    return Key(table, row, column.key) in form.totals


def _holds_groups(columns: Axis, line: Line) -> bool:
    return any(child.is_group for child in columns.children(line.key))
