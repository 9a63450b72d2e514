"""Styles and numbers of a Word file: the number that Word counts before a paragraph, which its text does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gia_xlsx.intake.docx_xml import child_of, is_on, name_of, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    name: str = ""
    level: int = 0
    bold: bool | None = None
    number: tuple[str, int] | None = None  # list and level


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        nodes = [node for node in (root if root is not None else ()) if name_of(node) == "style"]
        self._nodes = {value_of(node, "styleId") or "": node for node in nodes}
        self._known: dict[str, Style] = {}
        self.default = next(
            (
                id_
                for id_, node in self._nodes.items()
                if value_of(node, "type") == "paragraph" and value_of(node, "default") in ("1", "true", "on")
            ),
            "",
        )

    def __getitem__(self, style: str) -> Style:
        """By its id; an unknown one says nothing."""
        chain = []
        while style in self._nodes and style not in self._known and style not in chain:
            chain.append(style)
            style = value_of(child_of(self._nodes[style], "basedOn")) or ""
        found = self._known.get(style, Style())
        for id_ in reversed(chain):
            found = self._known[id_] = self._own(self._nodes[id_], found)
        return found

    def _own(self, node: Element, base: Style) -> Style:
        name = value_of(child_of(node, "name")) or ""
        heading = _HEADING.fullmatch(name)
        level = number_of(child_of(node, "pPr", "outlineLvl"), -1) + 1
        bold = is_on(child_of(node, "rPr", "b"))
        return Style(
            name,
            int(heading[1]) if heading else level or base.level,
            base.bold if bold is None else bold,
            numbering(child_of(node, "pPr", "numPr"), base.number),
        )


def numbering(node: Element | None, base: tuple[str, int] | None) -> tuple[str, int] | None:
    """What a numPr says of list and level over what the style says."""
    if node is None:
        return base
    number = value_of(child_of(node, "numId")) or (base[0] if base else "")
    return (number, number_of(child_of(node, "ilvl"), base[1] if base else 0)) if number else None


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how it counts and what it prints around the number."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restart: int = -1  # the level, from 1, whose next number lets this one begin anew; 0 never, -1 any above
    is_decimal: bool = False


class Numbers:
    """Counts the numbered paragraphs of a document and says what Word prints before each."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        nodes = list(root) if root is not None else []
        self._abstract = {value_of(node, "abstractNumId"): node for node in nodes if name_of(node) == "abstractNum"}
        self._lists = {value_of(node, "numId"): node for node in nodes if name_of(node) == "num"}
        self._levels: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, number: str, level: int) -> str:
        """The next number of a list at a level (from 0), as printed; "" where there is none."""
        begun = number in self._levels
        if not begun:
            self._levels[number] = self._list(number)
        counted, levels, starts = self._levels[number]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(counted, {})
        if not begun:
            for deep in starts:
                counts.pop(deep, None)
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deep in [deep for deep in counts if deep > level]:
            restart = levels[deep].restart if deep in levels else -1
            if restart < 0 or level < restart:
                del counts[deep]

        def printed(match: re.Match[str]) -> str:
            above = int(match[1]) - 1
            its = levels.get(above, _Level())
            kind = "decimal" if levels[level].is_decimal else its.kind
            return _numeral(counts.get(above, its.start), kind)

        text = "" if levels[level].kind == "bullet" else re.sub("%([1-9])", printed, levels[level].text).strip()
        return f"{text} " if text[-1:].isalnum() else text

    def _list(self, number: str) -> tuple[str, dict[int, _Level], dict[int, int]]:
        """What counts for a list, its levels, and the levels it begins anew."""
        node = self._lists.get(number)
        counted = value_of(child_of(node, "abstractNumId")) or ""
        abstract = self._abstract.get(counted)
        linked = value_of(child_of(abstract, "numStyleLink"))
        if linked and (style := self._styles[linked].number) and style[0] != number:
            counted = value_of(child_of(self._lists.get(style[0]), "abstractNumId")) or ""
            abstract = self._abstract.get(counted)
        levels = dict(_levels(abstract))
        starts = {}
        for override in node if node is not None else ():
            if name_of(override) == "lvlOverride":
                levels |= dict(_levels(override))
                level = number_of(override, 0, "ilvl")
                start = number_of(child_of(override, "startOverride"), -1)
                if start >= 0:
                    starts[level] = start
                    levels[level] = replace(levels.get(level, _Level()), start=start)
        return counted, levels, starts


def _levels(node: Element | None) -> Iterator[tuple[int, _Level]]:
    for level in node if node is not None else ():
        if name_of(level) == "lvl":
            yield (
                number_of(level, 0, "ilvl"),
                _Level(
                    number_of(child_of(level, "start"), 0),
                    value_of(child_of(level, "numFmt")) or "decimal",
                    value_of(child_of(level, "lvlText")) or "",
                    number_of(child_of(level, "lvlRestart"), -1),
                    bool(is_on(child_of(level, "isLgl"))),
                ),
            )


_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"))
_ROMAN = tuple(zip((100, 90, 50, 40, 10, 9, 5, 4, 1), ("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True))
_HIGHEST = 9_999


def _numeral(number: int, kind: str) -> str:
    """A number as a list prints it; in plain digits where the way is unknown or reaches no further."""
    if kind == "none":
        return ""
    if not 0 < number <= _HIGHEST:
        return str(number)
    if kind in _CHINESE:
        return _chinese(number)
    if kind == "ideographTraditional" and number <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    if kind.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(0x2460 + number - 1)
    if kind == "decimalFullWidth":
        return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    if kind == "decimalZero":
        return f"{number:02}"
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman.upper() if kind == "upperRoman" else roman
    return str(number)


def _chinese(number: int) -> str:
    """1 to 9999 as Chinese counts: 十二, 一百零五."""
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _DIGITS[digit] + sign
        elif text and not text.endswith("零") and number % unit:
            text += "零"
    return text[1:] if text.startswith("一十") else text
