"""Chinese words for the keywords and signs of a template, also where they are typed without spaces between them."""

from __future__ import annotations

import re
from functools import cache

from gia_xlsx.form import form_names, load_form
from gia_xlsx.placeholders import known

TAGS = {"如果": "if", "否则如果": "elif", "否则": "else", "完": "endif"}  # what opens a tag
_WORDS = {"如果": "if", "否则": "else", "且": "and", "或": "or", "非": "not"}
_SIGNS = {"等于": "==", "不等于": "!=", "大于": ">", "小于": "<", "大于等于": ">=", "小于等于": "<="}
_MEANS = _WORDS | _SIGNS
JINJA = frozenset({*TAGS.values(), *_WORDS.values()})
OPENS = "|".join(sorted(TAGS, key=len, reverse=True))  # as a pattern, the longest first


def in_jinja(word: str, *, opens: bool, after_dot: bool) -> list[str]:
    """One word as it was typed in Jinja's words: ``如果本年新收`` is ``if``, ``本年新收``; any other word is itself.

    ``opens``: it is the first of a ``{% %}``. ``after_dot``: it goes on with a name, so it begins with no keyword.
    """
    head = re.match(OPENS, word) if opens else None
    if head:
        rest = word[head.end() :]
        return [TAGS[head[0]], *(in_jinja(rest, opens=False, after_dot=False) if rest else ())]
    names, piece = _pieces()
    found = piece.findall(word)
    if "".join(found) != word or (after_dot and found[0] not in names):
        return [word]
    return [_MEANS.get(part, part) for part in found]


@cache
def _pieces() -> tuple[frozenset[str], re.Pattern[str]]:
    """The parts of all names, and a pattern for them, the keywords and whole numbers; a longer one goes first."""
    names = frozenset(part for form in form_names() for name in known(load_form(form)) for part in name.split("."))
    return names, re.compile("|".join([*sorted({*names, *_MEANS}, key=len, reverse=True), "[0-9]+"]))
