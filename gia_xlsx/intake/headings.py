"""Where the six sections begin: headings found by their words and ordinals, official or not, in the form's order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from gia_xlsx.form import Form, Section
from gia_xlsx.intake.lexicon import words
from gia_xlsx.intake.rows import Row

_LONGEST = 40  # characters of a heading
_SHORTEST = 2
_ALIKE = 0.8  # to the official words, where the ordinal is missing or another
_WITH_ORDINAL = 0.6  # where the ordinal is the right one
_FOLLOWED = 0.5  # what it counts that a heading has something under it
_ORDINALS = "一二三四五六七八九十"
_NUMBER = re.compile(
    r"^\s*(?:第?([一二三四五六七八九十])(?:部分|章|节)?|第?([1-9])(?:部分|章|节)?)\s*[、.．,，:：\s]?\s*(?=\S)"
)
_NONE = re.compile(r"\s*(?:无|没有|暂无|未)")  # says that there is nothing under a heading, in its words
_BRACKETED = re.compile(r"^\s*[(（〔\[]\s*(?:[一二三四五六七八九十]+|\d+)\s*[)）〕\]]")
_SENTENCE = re.compile(r"[。；;！？!?]|[:：,，、]$")
_RUN_ON = re.compile(r"[:：。\s]\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section: the row it stands in, its words, and what stands behind it on the same line."""

    section: str
    row: int
    text: str
    rest: str = ""


def find_headings(rows: Sequence[Row], form: Form) -> dict[str, Heading]:
    """The heading of each section that has one, in order: the best chain, of equal ones the first that is short.

    A table of contents or a menu names the headings too, with nothing under them.
    """
    sections = tuple(section for section in form.sections if section.heading)
    rated = [
        (score, number, n, text, rest)
        for number, row in enumerate(rows)
        for text, rest in _candidates(row, sections)
        for n, score in _ratings(text, sections)
    ]
    heads: dict[int, set[int]] = {}
    for _, number, n, _, _ in rated:
        heads.setdefault(number, set()).add(n)
    rated = [
        (score + _FOLLOWED * _is_followed(rows, number, n, heads), number, n, text, rest)
        for score, number, n, text, rest in rated
    ]
    return {sections[n].key: Heading(sections[n].key, row, text, rest) for _, row, n, text, rest in _chain(rated)}


def second_start(rows: Sequence[Row], form: Form, last: int) -> int | None:
    """Where a second report begins behind the last heading of the first: its first two headings are there again."""
    sections = tuple(section for section in form.sections if section.heading)
    begun: int | None = None
    for number in range(last + 1, len(rows)):
        for text, rest in _candidates(rows[number], sections):
            rated = {n for n, score in _ratings(text, sections) if score >= 1.5}
            followed = bool(rest) or number + 1 < len(rows)
            if 0 in rated and followed:
                begun = number
            elif 1 in rated and begun is not None and number > begun + 1:
                return begun
    return None


def _is_followed(rows: Sequence[Row], number: int, section: int, heads: Mapping[int, Collection[int]]) -> bool:
    """Whether something stands under a heading: in a table of contents or a menu the next heading does.

    A table's caption that repeats the heading does not count.
    """
    behind = (n for n in range(number + 1, min(number + 6, len(rows))) if rows[n].text.strip())
    after = next((n for n in behind if section not in heads.get(n, ())), None)
    return after is not None and after not in heads


def _candidates(row: Row, sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """A row that is all heading, and one that begins with an official heading and goes on."""
    pieces = [piece for piece in row.pieces if piece.text]
    if not pieces or (row.line is None and len(pieces) > 1):
        return
    text = row.text.strip() if row.division in ("spaces", "grid") else "".join(piece.text for piece in pieces)
    if row.division in ("bars", "tabs") and len(pieces) > 1:
        return
    if len(text) <= _LONGEST and not _SENTENCE.search(text.rstrip("：:。")) and not _NONE.match(text):
        yield text.rstrip("：:。"), ""
    elif row.line is not None:
        for section in sections:
            cut = _cut_behind(text, section)
            if cut:
                yield cut


def _cut_behind(text: str, section: Section) -> tuple[str, str] | None:
    """A line cut behind the official heading it begins with."""
    official, said = words(section.heading), ""
    for n, character in enumerate(text[: 2 * _LONGEST]):
        said += words(character)
        if said == official:
            return text[: n + 1], _RUN_ON.sub("", text[n + 1 :], count=1)
        if not official.startswith(said):
            return None
    return None


@lru_cache(maxsize=4096)
def _ratings(text: str, sections: tuple[Section, ...]) -> tuple[tuple[int, float], ...]:
    """How well a text heads each section, where it does: 0 to 1, and 1 more for the official words."""
    body, ordinal = parted(text)
    letters = frozenset(body)
    if len(body) < _SHORTEST or 2 * len(letters & _letters()) < len(letters):
        return ()
    bracketed = bool(_BRACKETED.match(text))
    rated = ((n, _rating(body, letters, ordinal, bracketed, section)) for n, section in enumerate(sections))
    return tuple((n, score) for n, score in rated if score)


def _rating(body: str, letters: frozenset[str], ordinal: str, bracketed: bool, section: Section) -> float:
    own, number = parted(section.heading)
    variants = _variants().get(section.key, {})
    if body == own:
        return 2.0 if ordinal == number else 1.3
    if bracketed or ordinal not in ("", number):
        return 0.0
    if body in variants:
        return 1.5 if ordinal else 1.0
    enough = _WITH_ORDINAL if ordinal else _ALIKE
    return max(_likeness(body, letters, known, of, enough) for known, of in variants.items())


def _likeness(body: str, letters: frozenset[str], known: str, of: frozenset[str], enough: float) -> float:
    """How alike two headings are, 0 below ``enough``; most are told apart by the characters they share."""
    if 2 * len(letters & of) < enough * len(letters | of):
        return 0.0
    ratio = SequenceMatcher(None, body, known, autojunk=False).ratio()
    return ratio if ratio >= enough else 0.0


@lru_cache(maxsize=4096)
def parted(text: str) -> tuple[str, str]:
    """The words of a heading without its ordinal, and the ordinal as 一 to 十, '' if it has none."""
    match = _NUMBER.match(text)
    ordinal = (match[1] or _ORDINALS[int(match[2]) - 1]) if match else ""
    return words(text[match.end() :] if match else _BRACKETED.sub("", text)), ordinal


@cache
def _variants() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The words that head each section, official ones included, with the characters of each."""
    listed = tomllib.loads((files("gia_xlsx") / "intake" / "titles.toml").read_text(encoding="utf-8"))
    return {key: {words(title): frozenset(words(title)) for title in titles} for key, titles in listed.items()}


@cache
def _letters() -> frozenset[str]:
    return frozenset[str]().union(*(letters for titles in _variants().values() for letters in titles.values()))


def _chain(
    rated: Iterable[tuple[float, int, int, str, str]],
) -> list[tuple[float, int, int, str, str]]:
    """Of all candidates the chain in the order of rows and of sections that rates highest."""
    listed = sorted(rated, key=lambda item: (item[1], item[2]))[:600]
    best: list[tuple[float, int, int]] = []  # score of the chain that ends here, the row it begins in, the one before
    for at, (score, row, section, _, _) in enumerate(listed):
        value = (score, row, -1)
        for before in range(at):
            if listed[before][1] < row and listed[before][2] < section:
                value = max(value, (best[before][0] + score, best[before][1], before))
        best.append(value)

    top = max((score for score, _, _ in best), default=0.0)
    ends = {n: listed[n][1] - start for n, (score, start, _) in enumerate(best) if score == top}
    near = 1.5 * min(ends.values(), default=0) + 1  # a chain that takes a heading from elsewhere is far longer
    at = next((n for n, length in ends.items() if length <= near), -1)
    chain = []
    while at >= 0:
        chain.append(listed[at])
        at = best[at][2]
    return chain[::-1]
