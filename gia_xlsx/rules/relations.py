"""The relations between the numbers of the tables, and which of them fail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gia_xlsx.form import Check
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
