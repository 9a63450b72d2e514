"""What is wrong with the braces of a text, each fault in its own words and with what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

from gia_xlsx.form import Form, load_form
from gia_xlsx.keywords import OPENS, TAGS
from gia_xlsx.numerals import squeeze
from gia_xlsx.placeholders import LONGEST, Placeholder, Problem, known, nearest
from gia_xlsx.sandbox import ALLOWED, MAX_DEPTH, MAX_TAGS, examine

MAX_TEXT = 32_767  # what a cell of a sheet holds

_OPENER = re.compile(r"\{[{%#]")
_INSIDE = r"""(?:'[^'\n]{0,1000}'|"[^"\n]{0,1000}"|[^'"{}%]|%(?!\})|\}(?!\}))*+"""
_TAG = re.compile(rf"\{{\{{{_INSIDE}\}}\}}|\{{%{_INSIDE}%\}}|\{{#[^{{}}]*#\}}")
_PAIR = re.compile(r"(?:[{｛]{2}|[{｛][%％])([^{}｛｝]*)(?:[}｝]{2}|[%％][}｝])")
_WIDE = re.compile("[｛｝％]")
_HALF_WIDTH = str.maketrans("｛｝％", "{}%")
_HALF = re.compile(r"\{[{%#]|[%#]\}|\}\}|｛｛|｝｝")
_SINGLE = re.compile(r"[{｛]([^{}｛｝]{1,60})[}｝]")
_KEYWORD = re.compile(rf"\{{%[-+]?\s*({OPENS}|\w*)(.*?)[-+]?%\}}", re.DOTALL)
_CONDITION = re.compile(rf"\{{\{{[-+]?\s*({OPENS}|(?:if|elif|else|endif)\b)")
_TYPOGRAPHIC = str.maketrans({"≥": ">=", "≤": "<=", "≠": "!=", "“": "'", "”": "'", "‘": "'", "’": "'"})
_WRITTEN = re.compile(r"""[^\s{}%()<>=!+|~'"-]+""")


@lru_cache(maxsize=1024)
def look_through(text: str, form_name: str, most: int) -> tuple[tuple[Problem, ...], tuple[Placeholder, ...]]:
    """The first problems of a text and the placeholders it uses. By the form's name: a form itself is slow to hash."""
    form = load_form(form_name)
    if len(text) > MAX_TEXT:
        return (Problem(f"文字超过{MAX_TEXT}字，放不进一个单元格。", text[:20]),), ()
    pieces = list(_pieces(text))
    tags = [piece for is_tag, piece in pieces if is_tag]
    if len(tags) > MAX_TAGS:
        return (Problem(f"一段文字里最多用{MAX_TAGS}处花括号。", tags[0]),), ()
    parts = (_tag(piece, form) if is_tag else _plain(piece, form) for is_tag, piece in pieces)
    found = dict.fromkeys(islice(chain(chain.from_iterable(parts), _pairs(tags)), most))
    if found or not tags:
        return tuple(found), ()
    whole = examine(text, form)  # each part is sound; the whole, as Jinja itself cuts it, is what will run
    return tuple(Problem(fault.message, text[:40]) for fault in whole.faults), tuple(whole.used.values())


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The text cut into plain pieces (False) and whole tags (True); an opener without its end stays plain."""
    start = at = 0
    while opener := _OPENER.search(text, at):
        tag = _TAG.match(text, opener.start())
        if tag is None:
            at = opener.end()
            continue
        yield False, text[start : opener.start()]
        yield True, tag[0]
        start = at = tag.end()
    yield False, text[start:]


def _plain(piece: str, form: Form) -> Iterator[Problem]:
    """Braces in plain text: typed in full width, single, or without their other half."""
    for pair in _PAIR.finditer(piece):
        if not _WIDE.search(pair[0]):
            yield _misspelt(pair[0], pair[0], form)  # an open quotation mark inside
        elif "%" in pair[0].translate(_HALF_WIDTH):
            yield Problem("花括号是全角的，应改用半角 {% %}。", pair[0], pair[0].translate(_HALF_WIDTH))
        else:
            right = nearest(pair[1], form)
            yield Problem("花括号是全角的，应改用半角 {{ }}。", pair[0], f"{{{{ {right} }}}}" if right else "")
    piece = _PAIR.sub(" ", piece)
    for single in _SINGLE.finditer(piece):
        if (written := squeeze(single[1])) in known(form):
            yield Problem("占位符要写在两对花括号里。", single[0], f"{{{{ {written} }}}}")
    half = _HALF.search(piece)  # the halves after it are its consequences
    if half:
        around = piece[max(0, half.start() - 10) : half.end() + 20]
        yield Problem("花括号没有成对，或者里面还套着花括号：“{{”要有“}}”，“{%”要有“%}”。", around)


def _tag(tag: str, form: Form) -> Iterator[Problem]:
    """What is wrong with one ``{{ }}`` or ``{% %}`` by itself."""
    excerpt = tag if len(tag) <= 80 else f"{tag[:80]}…"
    if tag.startswith("{#"):
        yield Problem("{# #} 里的注释不会印出，请删去；要印出的文字不要写在里面。", excerpt)
        return
    if misplaced := _CONDITION.match(tag):
        yield Problem(f"“{misplaced[1]}”要写在 {{% %}} 里，不写在 {{{{ }}}} 里。", excerpt, f"{{%{tag[2:-2]}%}}")
        return
    if tag.startswith("{%"):
        typed, rest = _keyword(tag)
        word = TAGS.get(typed, typed)
        if word not in TAGS.values():
            if not word.startswith("end"):  # the end of what was refused at its beginning
                yield Problem(f"花括号里不能用“{word[:40]}”，{ALLOWED}。", excerpt)
            return
        if word in ("else", "endif"):
            if rest:
                right = f"否则如果{rest[2:]}" if typed == "否则" and rest.startswith("如果") else typed
                yield Problem(f"“{typed}”后面不能再写别的。", excerpt, f"{{% {right} %}}")
            return
    for fault in examine(_alone(tag), form).faults:
        if fault.syntax:
            yield _misspelt(tag, excerpt, form)
        else:
            yield Problem(fault.message, excerpt, excerpt.replace(fault.written, fault.right) if fault.right else "")


def _alone(tag: str) -> str:
    """A tag as a text that can be examined by itself: of an ``if`` its condition."""
    return f"{{% if {_keyword(tag)[1]} %}}{{% endif %}}" if tag.startswith("{%") else tag


def _keyword(tag: str) -> tuple[str, str]:
    """The keyword of a ``{% %}`` as it was typed, and what follows it."""
    match = _KEYWORD.match(tag)
    return (match[1], match[2].strip()) if match else ("", "")


def _misspelt(tag: str, excerpt: str, form: Form) -> Problem:
    """A tag that does not parse: most often a name with a space in it, or a full-width dot or sign."""
    inside = re.sub(rf"^\{{[{{%][-+]?\s*(?:{OPENS}|(?:el)?if\b)?|[-+]?[%}}]\}}$", "", tag).strip()
    half = unicodedata.normalize("NFKC", tag).translate(_TYPOGRAPHIC)
    if half != tag and not examine(_alone(half), form).faults:
        return Problem("花括号里的标点和符号要用半角。", excerpt, half)
    right = nearest(inside, form)
    if tag.startswith("{{") and right:
        return Problem(
            f"占位符“{inside[:40]}”写得不对，应为“{right}”：名称里不留空格，用半角点号。", excerpt, f"{{{{ {right} }}}}"
        )
    for written in _WRITTEN.findall(inside[:LONGEST]):
        if (right := nearest(written, form)) and written not in known(form):
            return Problem(f"占位符“{written[:40]}”写得不对，应为“{right}”。", excerpt, excerpt.replace(written, right))
    return Problem(f"花括号里的写法读不懂，{ALLOWED}。", excerpt)


def _pairs(tags: list[str]) -> Iterator[Problem]:
    """Each 如果 has its 完, and 否则如果 and 否则 stand between them in order; told in the words that were typed."""
    open_tags: list[tuple[str, str, str]] = []
    for tag in tags:
        typed = _keyword(tag)[0]
        word = TAGS.get(typed, typed)
        if word == "if":
            open_tags.append((tag, typed, "if"))
            if len(open_tags) > MAX_DEPTH:
                yield Problem(f"“{typed}”一层套一层，不能超过{MAX_DEPTH}层。", tag)
                return
        elif word in ("elif", "else", "endif"):
            if not open_tags:
                yield Problem(f"“{typed}”前面没有“{_typed('if', typed)}”。", tag)
                return
            opener, first, last = open_tags.pop()
            if word != "endif" and last == "else":
                yield Problem(f"“{_typed('else', first)}”后面只能是“{_typed('endif', first)}”。", tag)
                return
            if word != "endif":
                open_tags.append((opener, first, word))
    for opener, first, _ in open_tags:
        end = _typed("endif", first)
        yield Problem(f"“{first}”没有对应的“{end}”：在这句话的末尾写上 {{% {end} %}}。", opener)


def _typed(word: str, like: str) -> str:
    """A keyword in the language of another one: 完 beside 如果, ``endif`` beside ``if``."""
    return next((chinese for chinese, english in TAGS.items() if english == word and like in TAGS), word)
