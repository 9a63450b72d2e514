"""The relations between the numbers of the tables, and which of them fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from gia_xlsx.form import Check, Key, load_form
from gia_xlsx.report import Report, once


@dataclass(frozen=True, slots=True)
class Broken:
    """A relation that does not hold, with what its two sides come to."""

    check: Check
    left: int
    right: int

    @property
    def gap(self) -> int:
        return self.right - self.left


@once
def failing(report: Report) -> tuple[Broken, ...]:
    """The relations that fail. One with an operand missing is not judged: the missing operand is the finding."""
    number, found = report.numbers.__getitem__, []
    for check in report.form.checks:
        try:
            left, right = int(sum(map(number, check.left))), int(sum(map(number, check.right)))
        except KeyError:
            continue
        if left < right if check.relation.op == ">=" else left != right:
            found.append(Broken(check, left, right))
    return tuple(found)


def broken(report: Report, checks: Iterable[Check]) -> list[Broken]:
    """Those of some relations that fail."""
    asked = set(map(id, checks))
    return [one for one in failing(report) if id(one.check) in asked]


def sides(checks: Iterable[Check]) -> dict[Key, dict[int, int]]:
    """For each cell the relations it stands in, by place, and on which side: -1 left, 1 right."""
    found: dict[Key, dict[int, int]] = {}
    for n, check in enumerate(checks):
        for key in check.left:
            found.setdefault(key, {})[n] = -1
        for key in check.right:
            found.setdefault(key, {})[n] = 1
    return found


@cache
def sides_of_form(name: str) -> Mapping[Key, Mapping[int, int]]:
    """The sides of all equalities of a form, for a report in which no number lacks."""
    return sides(check for check in load_form(name).checks if check.relation.op == "=")
