"""The words of ``wordlists/claims.toml`` as one pattern, and what each of them says; and the topics with their sums."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Literal, NamedTuple

from gia_xlsx.form import Form, Key, load_form
from gia_xlsx.wordlists import wordlist

Kind = Literal["topic", "class", "applicant", "elsewhere", "behind", "year", "aside"]
_YEAR = r"19\d\d年|20\d\d年"
LEADING = frozenset({"topic", "elsewhere"})  # kinds of words on which the next sentence leans
_ASIDES = ("compared", "other_times", "planned", "wider", "own", "part", "rest", "whole")


class Token(NamedTuple):
    """A word that says something of a number: its kind, and which topic, class, column, year or kind of aside."""

    kind: Kind
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What a number may be of. ``readings``: for each class the sums of lines that may be meant."""

    key: str
    table: str
    counters: str
    loose: str  # further units, which many other things are counted in
    bare: str
    certain: frozenset[str]
    readings: Mapping[str, tuple[tuple[str, ...], ...]]


def _words() -> Iterator[tuple[str, Kind, str]]:
    lists = wordlist("claims")
    for key, words in lists["classes"].items():
        yield from ((word, "class", key) for word in words)
    for joined in lists["joined"]:
        yield from (("".join(parts), "class", joined["class"]) for parts in product(*joined["parts"]))
    for key, words in lists["applicants"].items():
        yield from ((word, "applicant", key) for word in words)
    for key, topic in lists["topics"].items():
        yield from ((word, "topic", key) for word in topic["words"])
    for aside in _ASIDES:
        yield from ((word, "aside", aside) for word in lists["aside"][aside])
    for when, words in lists["years"].items():
        yield from ((word, "year", when) for word in words)
    for word in lists["elsewhere"]["words"]:
        yield word, "elsewhere", ""


@cache
def _pattern() -> tuple[re.Pattern[str], Mapping[str, tuple[Kind, str]]]:
    known: dict[str, tuple[Kind, str]] = {}
    for word, kind, value in _words():
        known.setdefault(word, (kind, value))
    return re.compile(f"{_branches(known)}|{_YEAR}"), known  # every way begins with a plain sign: searched fast


def _tree(words: Iterable[str]) -> str:
    """An expression for the longest of some words at a place: what they begin with in common is tried once."""
    ends = any(not word for word in words)
    tried = _branches(words)
    return f"(?:{tried}){'?' if ends else ''}" if tried else ""


def _branches(words: Iterable[str]) -> str:
    branches: dict[str, list[str]] = {}
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{re.escape(first)}{_tree(rest)}" for first, rest in branches.items())


@cache
def _behind() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, wordlist("claims")["behind"]["words"])))


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(_branches({word for word, kind, _ in _words() if kind in LEADING}))


def may_lead(text: str, start: int, end: int) -> bool:
    """Whether there may be a word between two places on which the next sentence leans."""
    return _leading().search(text, start, end) is not None


def tokens(text: str, start: int = 0, end: int = sys.maxsize) -> list[Token]:
    """The telling words of a text in order; where several begin at one place, the longest."""
    pattern, known = _pattern()
    matches = pattern.finditer(text, start, end)
    return [Token(*(known.get(match[0]) or ("year", match[0][:4])), *match.span()) for match in matches]


@cache
def kinds_of_documents() -> re.Pattern[str]:
    """What tells a sentence that counts documents by their kind."""
    return re.compile("|".join(wordlist("claims")["kinds"]["sentences"]))


def year_of(token: Token, year: int) -> int:
    """The year that a word of the kind ``year`` means in a report of a year."""
    return {"last": year - 1, "this": year}.get(token.value) or int(token.value)


def is_elsewhere(text: str, end: int) -> bool:
    """Whether the word behind a topic makes it something else: 行政许可事项, 规范性文件库."""
    return _behind().match(text, end) is not None


@cache
def topics() -> Mapping[str, Topic]:
    """Every topic by key."""
    lists = wordlist("claims")
    return {key: _topic(key, data, lists["tables"][key]) for key, data in lists["topics"].items()}


def _topic(key: str, data: Mapping[str, Any], table: str) -> Topic:
    readings = {name: tuple(tuple(lines) for lines in sums) for name, sums in data["readings"].items()}
    return Topic(key, table, data["counters"], data["loose"], data["bare"], frozenset(data["certain"]), readings)


def keys_of(form_name: str, topic: Topic, lines: tuple[str, ...], columns: tuple[str, ...]) -> tuple[Key, ...]:
    """The cells whose sum a reading means; () if the form lacks one of them."""
    form = load_form(form_name)
    found: list[Key] = []
    for line in lines:
        here = _cells(form, topic.table, line, columns)
        if not here:
            return ()
        found += here
    return tuple(found)


def _cells(form: Form, table: str, line: str, columns: tuple[str, ...]) -> list[Key]:
    if "/" in line:
        row, column = line.split("/")
        keys = [Key(table, row, column)]
    elif table == "cases":
        keys = [Key(table, "count", line)]
    else:
        block = form.by_key[table].blocks[0]
        if line not in block.rows.by_key or not set(columns) <= set(block.columns.by_key):
            return []
        across = [leaf.key for column in columns for leaf in block.columns.leaves_under(column)]
        keys = [Key(table, leaf.key, column) for leaf in block.rows.leaves_under(line) for column in across]
    return keys if all(key in form.cells for key in keys) else []
