"""What words lead a sentence to: the topics that stay until others are named, and asides that keep its numbers out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gia_xlsx.claims.figures import Figure
from gia_xlsx.claims.lexicon import LEADING, Token, year_of
from gia_xlsx.claims.sentences import Piece, Sentence, between

_JOINED = re.compile(r"(?:案件|申请|文件|决定|事项|类)?(?:、|和|及|与|或|以及|或者)?")
STATES = re.compile(r"[为是]")  # 自然人申请占多数，为15件
_ALL_OF = re.compile(r",(?:全部|全|均|都)(?:属于|属|系|为|是)")


def led_to(sentence: Sentence, said: Iterable[Token]) -> tuple[str, ...] | None:
    """The last topics named, joined ones together; () where the last word leads elsewhere; None: nothing named."""
    found: list[str] | None = None
    end = -1
    for token in said:
        if token.kind == "elsewhere":
            found = []
        elif token.kind == "topic":
            joined = found and _JOINED.fullmatch(sentence.text, end, token.start)
            found = [*found, token.value] if found and joined else [token.value]
            end = token.end
    return None if found is None else tuple(dict.fromkeys(found))


def precede_their_objects(piece: Piece) -> bool:
    """Whether each of several numbers stands before what it is of: 作出9件行政许可决定和8件行政处罚决定."""
    figures = piece.figures
    before = between(piece.tokens, piece.start, figures[0].start)
    if len(figures) < 2 or any(token.kind in LEADING for token in before):
        return False
    objects = {token.start for token in piece.tokens if token.kind == "topic"}
    return not before or all(figure.end in objects for figure in figures)


def all_of(sentence: Sentence, figure: Figure) -> tuple[str, ...]:
    """What the next piece says that a number is all of: 收费5000元，均属行政事业性收费."""
    says = _ALL_OF.match(sentence.text, figure.end, sentence.end)
    behind = says and between(sentence.tokens, says.end(), says.end() + 1)
    return (behind[0].value,) if behind and behind[0].kind == "topic" else ()


def applicants(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The columns of table three that some words name."""
    found = [token.value for token in tokens if token.kind == "applicant"]
    return tuple(dict.fromkeys(found)) if found else ()


def beside_the_point(tokens: Iterable[Token], here: int | None) -> set[str]:
    """The kinds of aside among some words, but for 以来 behind the year of the report: that is this year."""
    own = {one.end for one in tokens if one.kind == "year" and here and year_of(one, here) == here}
    asides = (token for token in tokens if token.kind == "aside")
    return {token.value for token in asides if token.value != "other_times" or token.start not in own}
