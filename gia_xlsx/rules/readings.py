"""What a number of the text may mean: the sums of cells it may stand for, and what the tables give for them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from gia_xlsx.claims.claim import Claim
from gia_xlsx.claims.lexicon import keys_of, topics
from gia_xlsx.form import Key
from gia_xlsx.report import Number, Report

_WAN = Decimal(10_000)


class Reading(NamedTuple):
    """One sum of cells that a number in the text may mean, with what the table gives for it; money in 元."""

    keys: tuple[Key, ...]
    value: Decimal


def readings_of(report: Report, claim: Claim) -> tuple[Reading, ...]:
    """What the number may mean; () if the form has no such cells, or one of them holds no number."""
    none, sorts = claim.figure.value == 0, (claim.sort, *claim.others)
    found = []
    for keys in _meant(report.form.form, claim.topics, sorts, claim.columns, claim.each, none):
        values = [value for key in keys if (value := report.value(key)) is not None]
        if len(values) < len(keys):
            return ()
        found.append(Reading(keys, total_of(report, keys, values)))
    return tuple(found)


@lru_cache(maxsize=1024)
def _meant(
    form_name: str, names: tuple[str, ...], sorts: tuple[str, ...], columns: tuple[str, ...], each: bool, none: bool
) -> tuple[tuple[Key, ...], ...]:
    """The sums of cells that a number of some topics and classes may mean; ``none``: that number is 0."""
    found: list[tuple[Key, ...]] = []
    for sort in sorts:
        by_topic = [sums_of(form_name, name, sort, columns) for name in names]
        if each:
            found += [keys for some in by_topic for keys in some]
        elif all(by_topic):
            count = min(map(len, by_topic))
            found += [tuple(key for some in by_topic for key in some[n]) for n in range(count)]
            if len(by_topic) > 1 and none:
                found = found[:1]
    return tuple(dict.fromkeys(found))


@cache
def sums_of(form_name: str, topic_name: str, sort: str, columns: tuple[str, ...]) -> tuple[tuple[Key, ...], ...]:
    """The sums of cells that one class of one topic may mean."""
    topic = topics()[topic_name]
    found = (keys_of(form_name, topic, lines, columns) for lines in topic.readings.get(sort, ()))
    return tuple(keys for keys in found if keys)


def total_of(report: Report, keys: Sequence[Key], values: Sequence[Number]) -> Decimal:
    """What some cells come to, money in 元."""
    whole = Decimal(sum(values))
    return whole * _WAN if report.form.cells[keys[0]].unit == "万元" else whole
