"""The text as the rules of families 5 and 6 read it: half-width punctuation, quotations blanked out, in sentences.

Every step keeps the length, so that a place in the plain text is the same place in the passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gia_xlsx.passages import Passage, passages
from gia_xlsx.report import Place, Report, once

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF3F} | {0x3000: 0x20}
_COMMON = tuple((sign, chr(ord(sign) - 0xFEE0)) for sign in "，：；（）？！％")  # replaced one by one, which is faster
_WIDE = re.compile("[\uff01-\uff3e\uff40-\uff5e\u3000]")
_OPENER = re.compile('[《“"〔「‘]')
_QUOTED = re.compile(
    r'《[^《》\n]{0,300}+》|“[^“”\n]{0,300}+”|"[^"\n]{0,300}+"|〔[^〔〕\n]{0,60}+〕|「[^「」]{0,60}+」|‘[^‘’]{0,60}+’'
)
_BRACKETED = re.compile(r"\([^()\n]{0,120}+\)")
_SENTENCE = re.compile(r"[^。！？!?\n]++")
_FIRST = re.compile(r"\[[^]]*\]|.")
_LONGEST = 60  # characters of an excerpt
FILLER = "□"


@dataclass(frozen=True, slots=True)
class Said:
    """A passage with its heading and text in half-width punctuation; ``own`` is the text without what it quotes."""

    passage: Passage
    heading: str
    text: str
    own: str

    @property
    def section(self) -> str:
        return self.passage.section

    @property
    def unbracketed(self) -> str:
        """The text without quotations and without what stands in brackets."""
        return _blanked(_BRACKETED, self.own) if "(" in self.own else self.own


@once
def said(report: Report) -> tuple[Said, ...]:
    """Every passage of a report, in printed order."""
    return tuple(_said(passage) for passage in passages(report))


@once
def everything(report: Report) -> str:
    """All words of the report, headings too, a line each: for a first cheap look."""
    return "\n".join(f"{one.heading}\n{one.text}" for one in said(report))


def of(report: Report, *sections: str) -> tuple[Said, ...]:
    return tuple(one for one in said(report) if one.section in sections)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with the place where it begins."""
    for match in _SENTENCE.finditer(text):
        yield match.start(), match[0]


def half(text: str) -> str:
    """Full-width signs, letters and digits in half width; the ideographic full stop stays."""
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow)
    return text.translate(_HALF) if _WIDE.search(text) else text


def one_of(patterns: Iterable[str]) -> str:
    """Some patterns as one that begins with the set of their first characters: such a one is searched fast.

    Each begins with a character that is itself, or with a set of them, once.
    """
    firsts, ways = "", []
    for pattern in patterns:
        first = _FIRST.match(pattern)
        assert first is not None
        firsts += first[0].strip("[]")
        ways.append(f"(?<={first[0]}){pattern[first.end() :]}")
    return f"[{firsts}](?:{'|'.join(ways)})"


def excerpt(text: str, at: int = 0) -> str:
    """The words around a place of a text, from the beginning of their sentence."""
    start = max((text.rfind(sign, 0, at) for sign in "。！？\n"), default=-1) + 1
    if at - start > _LONGEST // 2:
        start = at - _LONGEST // 2
    words = re.split(r"[。！？\n]", text[start : start + _LONGEST], maxsplit=1)[0]
    return words.strip()


def where(ones: Iterable[Said]) -> tuple[Place, ...]:
    """The places of some passages, each once."""
    return tuple(dict.fromkeys(one.passage.place for one in ones if one.passage.place))


def _said(passage: Passage) -> Said:
    text = half(passage.text)
    return Said(passage, half(passage.heading), text, _unquoted(text))


def _unquoted(text: str) -> str:
    """A text without titles and quotations, those inside others first."""
    for _ in range(2):
        if not _OPENER.search(text):
            break
        text = _blanked(_QUOTED, text)
    return text


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: FILLER * len(match[0]), text)
