"""The truth table of the review: known faults are seeded into clean reports, and it is counted what of them is found.

    python -m bench.reviewer [--count 5000] [--fresh] [--verbose]

Clean reports are random balanced ones of both forms (bench.filled), their words the standard sentences or one of the
other ways of bench.prose; and, for faults in cells, those of the five real reports whose sums hold. ``--fresh`` tries
only numbers in prose, in the ways of bench.fresh, for which no rule was mended.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle

from bench.filled import filled
from bench.prose import paragraphs, spelled
from gia_xlsx.diagnostic import Diagnostic, Severity
from gia_xlsx.form import Key, load_form
from gia_xlsx.numerals import read_number
from gia_xlsx.report import Number, Paragraph, Report, Source
from gia_xlsx.rules import check
from tests.seeds import load_seed

FORMS = ("2021", "2019")
SEEDS = ("000", "003", "004")
SHARES = {"cell": 0.5, "prose": 0.36, "swap": 0.02, "blank": 0.04, "year": 0.03, "copy": 0.02, "section": 0.03}
TARGETS = {"cell": 1.0, "prose": 0.95}
TABLES = ("requests", "cases")


@dataclass(frozen=True, slots=True)
class Tried:
    """One seeded report: what was done, whether it was found and by which rules, and what it was in words."""

    fault: str
    caught: bool
    first: bool
    codes: tuple[str, ...]
    words: str


def clean(number: int, fresh: bool = False) -> Report:
    """A clean report, its totals typed; every second one says things in other ways than the standard sentences."""
    form = load_form(FORMS[number % len(FORMS)])
    report = filled(form, number)
    facts = {key: replace(fact, source=Source.TYPED) for key, fact in report.facts.items()}
    report = replace(report, facts=facts)
    return reworded(report, number, fresh)[0]


def reworded(report: Report, number: int, fresh: bool = False) -> tuple[Report, list[tuple[int, str, int, int]]]:
    """The report in the words of its number, and where its figures stand in them."""
    draw = random.Random(number) if fresh or number % 4 >= 2 else None
    known = {key: fact.value for key, fact in report.facts.items() if fact.value is not None}
    assert report.year is not None
    written, stated = paragraphs(report.form, known, report.organ, report.year, draw, fresh)
    return replace(report, paragraphs=tuple(written)), [(s.paragraph, s.field, s.start, s.end) for s in stated]


def typed(report: Report, key: Key, value: Number | None) -> Report:
    """The report with one cell typed over."""
    reading = read_number(value, report.form.cells[key])
    raw = "" if value is None else str(value)
    fact = replace(report.facts[key], value=reading.value, raw=raw, flaw=reading.flaw, source=Source.TYPED)
    return replace(report, facts={**report.facts, key: fact})


# --- the faults: each gives a faulty report, the cell it is in if it is in one, and words for a person ---------------


def fault_cell(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str] | None:
    base = load_seed(draw.choice(SEEDS)) if number % 10 == 0 else clean(number)
    key = draw.choice([key for key in base.form.cells if key.table in TABLES])
    value = int(base.facts[key].value or 0)
    ways = [value + 1] + ([value - 1] if value else [])
    if value > 9 and str(value) != str(value)[::-1]:
        ways.append(int(str(value)[::-1]))
    wrong = draw.choice(ways)
    return base, typed(base, key, wrong), key, f"{key} {value} → {wrong}"


def fault_prose(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str]:
    return changed_number(number, draw, fresh=False)


def fault_fresh(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str]:
    return changed_number(number, draw, fresh=True)


def changed_number(number: int, draw: random.Random, *, fresh: bool) -> tuple[Report, Report, Key | None, str]:
    base, stated = reworded(clean(number), number, fresh)
    paragraph, field, start, end = draw.choice(stated)
    one = base.paragraphs[paragraph]
    said = one.text[start:end]
    wrong = said
    while wrong == said:
        wrong = spelled(draw.choice((draw.randrange(2000), draw.randrange(30))), None)
    text = one.text[:start] + wrong + one.text[end:]
    words = tuple(replace(p, text=text) if n == paragraph else p for n, p in enumerate(base.paragraphs))
    return base, replace(base, paragraphs=words), None, f"{field} {said} → {wrong}：{text}"


def fault_swap(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str]:
    base = clean(number)
    columns = [leaf.key for leaf in base.form.by_key["requests"].blocks[0].columns.leaves]
    a, b = draw.sample(columns, 2)
    swapped = {a: b, b: a}
    facts = dict(base.facts)
    for key in base.form.cells:
        if key.table == "requests" and key.column in swapped:
            other = base.facts[key._replace(column=swapped[key.column])]
            facts[key] = replace(base.facts[key], value=other.value, raw=other.raw)
    return base, replace(base, facts=facts), None, f"{a} ↔ {b}"


def fault_blank(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str]:
    base = clean(number)
    key = draw.choice(base.form.inputs)
    return base, typed(base, key, None), key, str(key)


def fault_year(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str]:
    base = clean(number)
    assert base.year is not None
    n, mark, stale = draw.choice(
        (
            (0, f"{base.year}年1月1日至", f"{base.year - 1}年1月1日至"),
            (3, "坚持公开属性", f"{base.year - 1}年，本机关坚持公开属性"),
            (5, "明确专人负责", f"{base.year - 1}年度，明确专人负责"),
        )
    )
    words = tuple(replace(p, text=p.text.replace(mark, stale)) if i == n else p for i, p in enumerate(base.paragraphs))
    return base, replace(base, paragraphs=words), None, stale


def fault_copy(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str]:
    base = clean(number)
    assert base.year is not None
    own = COPIED.format(n=draw.randrange(3, 40))
    year = base.year - 1
    base = replace(base, paragraphs=(*base.paragraphs, replace(base.paragraphs[3], heading="", text=own)))
    zeros = {key: replace(fact, value=None) for key, fact in base.facts.items()}
    before = replace(base, cover=replace(base.cover, year=year), facts=zeros)
    return base, replace(base, previous=before), None, own


COPIED = (
    "结合本镇古村落保护项目，逐户发放明白卡，把拆旧建新的补助标准贴到村口公示栏，请老党员当监督员，"
    "赶集日在戏台前摆摊答疑{n}次。茶叶合作社的分红账目由村监委会逐笔核对后上墙，外出务工的乡亲可以在群里查看。"
    "修渠用工的工分表每旬张贴一次，有出入的当场更正，全年没有一户上门追问。"
)


def fault_section(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str]:
    base = clean(number)
    gone = draw.choice(("overview", "problems", "other"))
    return base, replace(base, paragraphs=tuple(p for p in base.paragraphs if p.section != gone)), None, gone


FAULTS: dict[str, Callable[[int, random.Random], tuple[Report, Report, Key | None, str] | None]] = {
    "cell": fault_cell,
    "prose": fault_prose,
    "swap": fault_swap,
    "blank": fault_blank,
    "year": fault_year,
    "copy": fault_copy,
    "section": fault_section,
}
FRESH = {"fresh": fault_fresh}
MEANT = {  # the families that may rightly tell a fault
    "cell": ("GIA1", "GIA2", "GIA3", "GIA6"),
    "prose": ("GIA3",),
    "fresh": ("GIA3",),
    "swap": ("GIA2", "GIA3"),
    "blank": ("GIA1",),
    "year": ("GIA6",),
    "copy": ("GIA407",),
    "section": ("GIA6",),
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
    table(tried)
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


def table(tried: list[Tried]) -> None:
    """Per fault: seeded, caught, missed; and by which rules."""
    print(f"{'fault':<9}{'seeded':>8}{'caught':>8}{'missed':>8}  rules")
    kinds: defaultdict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        kinds[one.fault].append(one)
    for fault, some in kinds.items():
        caught = sum(one.caught for one in some)
        rules = Counter(code for one in some for code in one.codes)
        named = ", ".join(f"{code} {count}" for code, count in rules.most_common(8))
        print(f"{fault:<9}{len(some):>8}{caught:>8}{len(some) - caught:>8}  {named}")


def judge(tried: list[Tried], false: list[list[tuple[str, str, str]]], reports: int) -> int:
    """The measures asked for, each met or missed; how many are missed."""
    cells = [one for one in tried if one.fault == "cell"]
    prose = [one for one in tried if one.fault in ("prose", "fresh")]
    errors = sum(severity == "error" for some in false for severity, _, _ in some)
    warnings = sum(severity == "warning" for some in false for severity, _, _ in some)
    measures = [
        ("cells of tables three and four caught", _share(cells, "caught"), 1.0, True),
        ("right cell named first", _share(cells, "first"), 0.9, True),
        ("numbers in prose caught", _share(prose, "caught"), 0.95, True),
        (f"false errors on {reports} clean reports", float(errors), 0.0, False),
        ("false warnings per clean report", warnings / reports, 0.2, False),
    ]
    if not cells:
        del measures[:2]
    missed = 0
    for what, figure, limit, least in measures:
        met = figure >= limit if least else figure <= limit
        missed += not met
        print(
            f"{what:<45}{figure:>8.3f}   {'at least' if least else 'at most'} {limit:g}   {'met' if met else 'MISSED'}"
        )
    by_code = Counter(code for some in false for _, code, _ in some)
    if by_code:
        print("false alarms: " + ", ".join(f"{code} {count}" for code, count in by_code.most_common()))
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
