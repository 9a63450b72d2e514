"""The truth table of the review: known faults are seeded into clean reports, and it is counted what of them is found.

    python -m bench.reviewer [--count 5000] [--fresh] [--verbose]

Clean reports are random balanced ones of both forms (bench.filled), their words the standard sentences or one of the
other ways of bench.wordings beside what no table counts (bench.asides); and, for faults in cells, those of the five
real reports whose sums hold. Numbers are changed in the real reports' own words, too (``seed``). ``--fresh`` tries only
numbers in prose, in the ways of bench.fresh, for which no rule was mended.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle

from bench.faults import FAULTS, FRESH, clean
from gia_xlsx.diagnostic import Diagnostic, Severity
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.rules import check
from tests.seeds import load_seed

SHARES = {
    "cell": 0.5,
    "prose": 0.34,
    "swap": 0.02,
    "blank": 0.04,
    "year": 0.03,
    "copy": 0.02,
    "section": 0.03,
    "seed": 0.02,
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One seeded report: what was done, whether it was found and by which rules, and what it was in words."""

    fault: str
    caught: bool
    first: bool
    codes: tuple[str, ...]
    words: str


MEANT = {  # the families that may rightly tell a fault
    "cell": ("GIA1", "GIA2", "GIA3", "GIA6"),
    "prose": ("GIA3",),
    "fresh": ("GIA3",),
    "swap": ("GIA2", "GIA3"),
    "blank": ("GIA1",),
    "year": ("GIA6",),
    "copy": ("GIA407",),
    "section": ("GIA6",),
    "seed": ("GIA3",),
}
OWNERS = {  # the rule that is there for a fault: it is the one that misses what nobody tells
    "cell": "GIA203",
    "prose": "GIA301",
    "fresh": "GIA301",
    "swap": "GIA203",
    "blank": "GIA101",
    "year": "GIA620",
    "copy": "GIA407",
    "section": "GIA603",
    "seed": "GIA301",
}


def told(report: Report) -> list[Diagnostic]:
    return [one for one in check(report).diagnostics if one.severity is not Severity.NOTE]


def try_one(task: tuple[str, int]) -> Tried:
    fault, number = task
    made = (FAULTS | FRESH)[fault](number, random.Random(f"{fault} {number}"))
    assert made is not None
    base, faulty, key, words = made
    before = {one.mark for one in told(base)}
    found = [one for one in told(faulty) if one.mark not in before and one.code.startswith(MEANT[fault])]
    first = bool(found and key is not None and found[0].keys and found[0].keys[0] == key)
    return Tried(fault, bool(found), first, tuple(dict.fromkeys(one.code for one in found)), words)


def alarms(number: int, fresh: bool = False) -> list[tuple[str, str, str]]:
    """What is told of a clean report: all of it is false."""
    return [(one.severity.value, one.code, f"{one.message} {one.excerpt or ''}") for one in told(clean(number, fresh))]


def tasks(count: int, fresh: bool) -> Iterator[tuple[str, int]]:
    for fault, share in {"fresh": 1.0}.items() if fresh else SHARES.items():
        for number in range(max(1, round(count * share))):
            yield fault, number


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args(arguments)
    reports = max(10, asked.count // 10)
    with ProcessPoolExecutor() as pool:
        tried = list(pool.map(try_one, tasks(asked.count, asked.fresh), chunksize=50))
        false = list(pool.map(partial(alarms, fresh=asked.fresh), range(reports), chunksize=20))
    table(tried, false)
    missed = judge(tried, false, reports)
    if asked.verbose:
        for one in tried:
            if not one.caught:
                print(f"missed {one.fault}: {one.words}")
        for severity, code, words in (alarm for some in false for alarm in some):
            print(f"false {severity} {code}: {words}")
    taken = milliseconds()
    verdict = "met" if taken <= 10 else "MISSED"
    print(f"{'a text of 5,000 characters reviewed, ms':<45}{taken:>8.1f}   at most 10   {verdict}")
    return missed + (taken > 10)


def table(tried: list[Tried], false: list[list[tuple[str, str, str]]]) -> None:
    """Per fault: seeded, caught, missed. Per rule: caught, missed (its own, and nobody told it), false alarms."""
    kinds: defaultdict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        kinds[one.fault].append(one)
    print(f"{'fault':<9}{'seeded':>8}{'caught':>8}{'missed':>8}")
    for fault, some in kinds.items():
        caught = sum(one.caught for one in some)
        print(f"{fault:<9}{len(some):>8}{caught:>8}{len(some) - caught:>8}")
    caught_by = Counter(code for one in tried for code in one.codes)
    missed_by = Counter(OWNERS[one.fault] for one in tried if not one.caught)
    false_by = Counter(code for some in false for _, code, _ in some)
    print(f"{'rule':<9}{'caught':>8}{'missed':>8}{'false alarms':>14}")
    for code in sorted({*caught_by, *missed_by, *false_by, *OWNERS.values()}):
        print(f"{code:<9}{caught_by[code]:>8}{missed_by[code]:>8}{false_by[code]:>14}")


def judge(tried: list[Tried], false: list[list[tuple[str, str, str]]], reports: int) -> int:
    """The measures asked for, each met or missed; how many are missed."""
    cells = [one for one in tried if one.fault == "cell"]
    prose = [one for one in tried if one.fault in ("prose", "fresh")]
    real = [one for one in tried if one.fault == "seed"]
    errors = sum(severity == "error" for some in false for severity, _, _ in some)
    warnings = sum(severity == "warning" for some in false for severity, _, _ in some)
    measures = [
        ("cells of tables three and four caught", _share(cells, "caught"), 1.0, True),
        ("right cell named first", _share(cells, "first"), 0.9, True),
        ("numbers in prose caught", _share(prose, "caught"), 0.95, True),
        ("numbers in the words of real reports caught", _share(real, "caught"), 0.95, True),
        (f"false errors on {reports} clean reports", float(errors), 0.0, False),
        ("false warnings per clean report", warnings / reports, 0.2, False),
    ]
    if not cells:
        measures = [one for n, one in enumerate(measures) if n not in (0, 1, 3)]
    missed = 0
    for what, figure, limit, least in measures:
        met = figure >= limit if least else figure <= limit
        missed += not met
        print(
            f"{what:<45}{figure:>8.3f}   {'at least' if least else 'at most'} {limit:g}   {'met' if met else 'MISSED'}"
        )
    return missed


def _share(some: list[Tried], what: str) -> float:
    return float(sum(getattr(one, what) for one in some)) / max(1, len(some))


def milliseconds(rounds: int = 9) -> float:
    """The least time to review a report of some 5,000 characters, once read."""
    report = load_seed("001")
    again = cycle(report.paragraphs)
    words: list[Paragraph] = []
    while sum(len(paragraph.text) for paragraph in words) < 5_000:
        words.append(next(again))
    best = float("inf")
    for _ in range(rounds):
        fresh = replace(report, paragraphs=tuple(words))
        start = time.perf_counter()
        check(fresh)
        best = min(best, time.perf_counter() - start)
    return best * 1000


if __name__ == "__main__":
    raise SystemExit(main())
