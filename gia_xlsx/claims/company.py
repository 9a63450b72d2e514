"""The company a number keeps: what stands between it and the word it is counted for, and what puts it beside the point.

Between 依申请公开 and 12份 may stand only words that any count has (共, 件数, 合计); 流程图 makes it another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.lexicon import Token
from gia_xlsx.claims.sentences import Sentence, between
from gia_xlsx.wordlists import wordlist

_ALL_OVER = re.compile(r"[,;:()]")
_DISCLOSURE = re.compile(r"(?:政府)?信息公开|依申请公开")
_JOINED = tuple("、和及与或")
_PARTLY = ("part", "rest")
_LONGEST = 40  # characters between a word and its number
_FAR = 80  # characters in which the ways of applying are listed: 当面、邮寄和网络等方式


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = wordlist("claims")["between"]
    common, things = ("|".join(sorted(map(re.escape, lists[key]), key=len, reverse=True)) for key in ("any", "things"))
    return re.compile(f"(?:{common})*+"), re.compile(f"(?:{things})[的共为有计达:]*+$")


def residue(sentence: Sentence, tokens: Iterable[Token], start: int, end: int) -> str:
    """What stands between two places beside telling words."""
    parts, at = [], start
    for token in tokens:
        if start <= token.start and token.end <= end:
            parts.append(sentence.text[at : token.start])
            at = max(at, token.end)
    parts.append(sentence.text[at:end])
    return "".join(parts).strip()


def is_common(words: str) -> bool:
    """Whether there is nothing in some words but what any count may have beside it."""
    return not words or (len(words) <= _LONGEST and _patterns()[0].fullmatch(words) is not None)


def names_another(words: str) -> bool:
    """Whether some words end in a thing that is counted by itself: 流程图12份."""
    return _patterns()[1].search(words[-_LONGEST:]) is not None


def starts_another(sentence: Sentence, figure: Figure, behind: Sequence[Token]) -> bool:
    """Whether the object behind a number is something else (33件投诉), and not the next thing told (33件、投诉3件)."""
    first = next((token for token in behind if token.kind in ("topic", "elsewhere")), None)
    if first is None or first.kind == "topic" or sentence.text.startswith(_JOINED, figure.end):
        return False
    return not any(token.kind == "class" and token.start < first.start for token in behind)


def _is_of_disclosure(text: str, token: Token) -> bool:
    """Whether a word only says that cases are of this kind: 涉及政府信息公开的复议, 与政府信息公开有关的复议."""
    return _DISCLOSURE.match(text, token.end) is not None or text.endswith("信息公开", 0, token.start)


def is_part(sentence: Sentence, start: int, tokens: Sequence[Token], about_cases: bool) -> bool:
    """Whether the words around a number make it only a part: 网上申请20件, but not 当面、网络等方式提交."""
    if not any(token.value in _PARTLY for token in tokens):
        return False
    named = [token for token in tokens if token.kind == "topic"]
    ends = {token.end for token in named}
    parts = [token for token in tokens if token.value == "part" and token.start not in ends]  # 依申请公开方面
    parts += [token for token in tokens if token.value == "rest" and not named]
    if about_cases:
        parts = [token for token in parts if not _is_of_disclosure(sentence.text, token)]
    if not parts:
        return False
    stop = _ALL_OVER.search(sentence.text, parts[-1].end, min(sentence.end, parts[-1].end + _FAR))
    end = stop.start() if stop else min(sentence.end, parts[-1].end + _FAR)
    return not any(token.value == "whole" for token in between(sentence.tokens, start, end))
