"""What readers found odd, on its way to a finding: one by one, or those of a kind together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gia_xlsx.diagnostic import Finding
from gia_xlsx.report import Odd, Oddity, Place, Report
from gia_xlsx.rules import wording
from gia_xlsx.rules.cells import clip

OURS = "填报工作簿的约定：按行名、列名识读，不修改原文件"
_LONGEST = 80  # of the words an oddity carries


def odd(report: Report, kind: Odd) -> list[Oddity]:
    return [oddity for oddity in report.oddities if oddity.kind is kind] if report.oddities else []


def word(oddity: Oddity, name: str) -> str:
    return clip(str(oddity.words.get(name, "")), _LONGEST)


def finding(oddity: Oddity, **words: object) -> Finding:
    """An oddity as a finding of its own, with the words it carries."""
    carried = {name: word(oddity, name) for name in oddity.words}
    return Finding(oddity.keys, {**carried, **words}, oddity.places)


def together(oddities: list[Oddity], words: Iterable[str], counter: str = "处") -> Iterator[Finding]:
    """Oddities of one kind as one finding that lists them."""
    if oddities:
        yield Finding(
            tuple(key for oddity in oddities for key in oddity.keys),
            {"listed": wording.listed(dict.fromkeys(words), counter), "count": sum(map(_size, oddities))},
            tuple(place for oddity in oddities for place in oddity.places),
        )


def _size(oddity: Oddity) -> int:
    """How many cells an oddity is about; a reader may have told several as one."""
    return max(1, len(oddity.keys), len(oddity.places))


def where(places: tuple[Place, ...]) -> str:
    return "、".join(map(str, places)) or "表内"


def cells(report: Report, oddity: Oddity) -> str:
    return wording.listed(wording.name(report.form, key) for key in oddity.keys)
