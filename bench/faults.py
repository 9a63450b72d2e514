"""Known faults, each seeded into a report that had none or into a real one: what the review must find."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from bench.filled import filled
from bench.prose import paragraphs, spelled
from gia_xlsx.form import Key, load_form
from gia_xlsx.numerals import read_number
from gia_xlsx.report import Number, Report, Source
from tests.seeds import load_seed

FORMS = ("2021", "2019")
SEEDS = ("000", "003", "004")
TABLES = ("requests", "cases")

# Every number in the words of the real reports that states a figure of their tables, or the whole or a part of a list;
# 002, 003 and 004 state none. Marked by hand: the words before it, and the number.
LISTED = ("61条", "37条")
STATED = (
    ("000", "总量为", "61条"),
    ("000", "公益事业建设", "37条"),
    ("000", "收到", "1条依"),
    ("000", "行政规范性文件", "0件"),
    ("000", "废止", "0件"),
    ("000", "现行有效", "0件"),
    ("000", "行政处罚", "24件"),
    ("000", "行政强制", "0件"),
    ("000", "行政事业性收费", "0元"),
    ("000", "受理依申请公开", "1件"),
    ("000", "予以公开的", "1件"),
    ("001", "依申请公开信件", "33件"),
    ("001", "上一年度转办", "4件"),
    ("001", "已办结", "34件"),
    ("001", "34件,", "3件转下"),
    ("001", "行政复议", "3件"),
    ("001", "行政复议3件,", "2件维持"),
    ("001", "行政诉讼", "2件"),
    ("001", "行政诉讼2件,", "1件申请人"),
    ("001", "撤诉;", "1件尚未"),
)


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


def fault_seed(number: int, draw: random.Random) -> tuple[Report, Report, Key | None, str]:
    """A number changed in a real report's own words."""
    seed, before, rest = STATED[number % len(STATED)]
    base = load_seed(seed)
    said = "".join(character for character in rest if character.isdigit())
    wrong = said
    while wrong == said:
        near = int(said) + draw.randint(-3, 3)  # a list that is far from its whole may name only some of its parts
        far = draw.randrange(2000) if draw.random() < 0.5 else draw.randrange(40)
        wrong = str(near if rest in LISTED else far)
    old, new = before + rest, before + wrong + rest[len(said) :]
    if not any(old in p.text for p in base.paragraphs):
        raise LookupError(old)
    words = tuple(replace(p, text=p.text.replace(old, new, 1)) for p in base.paragraphs)
    return base, replace(base, paragraphs=words), None, f"{seed} {old} → {new}"


FAULTS: dict[str, Callable[[int, random.Random], tuple[Report, Report, Key | None, str] | None]] = {
    "cell": fault_cell,
    "prose": fault_prose,
    "swap": fault_swap,
    "blank": fault_blank,
    "year": fault_year,
    "copy": fault_copy,
    "section": fault_section,
    "seed": fault_seed,
}
FRESH = {"fresh": fault_fresh}
