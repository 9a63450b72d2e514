"""Text with placeholders in the filer's own words: what is wrong with it, and what it says with its figures.

A text is Jinja cut down to what a report needs: placeholders, + and -, comparisons, ``if`` and three filters. Here it
is taken apart so that each fault is told with its own words; ``sandbox`` decides what may run, and runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Form, load_form
from gia_xlsx.organ import organ_types
from gia_xlsx.placeholders import Placeholder, figure, known, nearest, placeholders
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.resources import templates
from gia_xlsx.sandbox import ALLOWED, MAX_DEPTH, MAX_TAGS, UNFILLED, examine, run

__all__ = ["UNFILLED", "Placeholder", "Problem", "escape", "offered", "placeholders", "problems", "render"]

MAX_TEXT = 32_767  # what a cell of a sheet holds
MAX_OUTPUT = 200_000

_BRACE = re.compile("[{}｛｝]")
_OPENER = re.compile(r"\{[{%#]")
_INSIDE = r"""(?:'[^'\n]{0,1000}'|"[^"\n]{0,1000}"|[^'"{}%]|%(?!\})|\}(?!\}))*+"""
_TAG = re.compile(rf"\{{\{{{_INSIDE}\}}\}}|\{{%{_INSIDE}%\}}|\{{#[^{{}}]*#\}}")
_WIDE = re.compile(r"(?:[{｛]{2}|[{｛][%％])([^{}｛｝]*)(?:[}｝]{2}|[%％][}｝])")
_SINGLE = re.compile(r"[{｛]([^{}｛｝]{1,60})[}｝]")
_KEYWORD = re.compile(r"\{%[-+]?\s*(\w*)\s*(.*?)\s*[-+]?%\}", re.DOTALL)
_WRITTEN = re.compile(r"""[^\s{}%()<>=!+|~'"-]+""")
_HEADER = re.compile(r"\{# heading: (?P<heading>.*?) \| types: (?P<types>.+?) \| forms: (?P<forms>.+?) #\}\n")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text: a sentence, the words it is about, and those to write instead ('' if unknown)."""

    message: str
    excerpt: str
    suggestion: str = ""


# --- for the sheet ------------------------------------------------------------------------------------------------


def offered(form: Form, organ_type: str) -> tuple[Paragraph, ...]:
    """The standard sentences for a type of organ, in printed order: ``templates/narrative/<section>/*.j2``.

    The first line of a file holds the heading and for which types and forms it is meant; line breaks below it are for
    the eye only. Raises GiaError for a type that is none, or a file without its first line.
    """
    if organ_type not in organ_types():
        raise GiaError(f"没有“{organ_type}”这种机关类型。")
    folder = templates() / "narrative"
    found = []
    for section in form.sections:
        for file in sorted((folder / section.key).glob("*.j2")):
            text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
            header = _HEADER.match(text)
            if header is None:
                raise GiaError(f"模板 {file} 的第一行应写明标题、机关类型和格式。")
            fits = _lists(header["types"], organ_type) and _lists(header["forms"], form.form)
            if fits:
                body = "".join(line.strip() for line in text[header.end() :].splitlines())
                found.append(Paragraph(section.key, header["heading"].strip(), body))
    return tuple(found)


def _lists(words: str, word: str) -> bool:
    return words.strip() == "all" or word in words.split()


def escape(text: str) -> str:
    """The text as it must stand in a cell for its braces to be printed as they are."""
    return re.sub(r"[{}｛｝%#]*[{}｛｝][{}｛｝%#]*", lambda run: f"{{{{ '{run[0]}' }}}}", text)


# --- for the rules ------------------------------------------------------------------------------------------------


def problems(text: str, form: Form) -> tuple[Problem, ...]:
    """Everything wrong with the braces of a text, in the order it is written, branches not taken included."""
    return _examine(text, form.form)[0] if _BRACE.search(text) else ()


@lru_cache(maxsize=1024)
def _examine(text: str, form_name: str) -> tuple[tuple[Problem, ...], tuple[Placeholder, ...]]:
    """The problems of a text and the placeholders it uses. By the name of the form: a form itself is slow to hash."""
    form = load_form(form_name)
    if len(text) > MAX_TEXT:
        return (Problem(f"文字超过{MAX_TEXT}字，放不进一个单元格。", text[:20]),), ()
    found: dict[Problem, None] = {}
    tags = []
    for tag, piece in _pieces(text):
        if tag:
            tags.append(piece)
        else:
            found.update(dict.fromkeys(_plain(piece, form)))
    if len(tags) > MAX_TAGS:
        return (Problem(f"一段文字里最多用{MAX_TAGS}处花括号。", tags[0]),), ()
    for piece in tags:
        found.update(dict.fromkeys(_tag(piece, form)))
    found.update(dict.fromkeys(_pairs(tags)))
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
    for wide in _WIDE.finditer(piece):
        right = nearest(wide[1], form)
        yield Problem("花括号是全角的，应改用半角 {{ }}。", wide[0], f"{{{{ {right} }}}}" if right else "")
    piece = _WIDE.sub(" ", piece)
    for single in _SINGLE.finditer(piece):
        if (right := nearest(single[1], form)) and _squeezed(single[1]) == right:
            yield Problem("占位符要写在两对花括号里。", single[0], f"{{{{ {right} }}}}")
    for half in re.finditer(r"\{[{%#]|[%#]\}|\}\}|｛｛|｝｝", piece):
        yield Problem(
            "花括号没有成对，“{{”要有“}}”，“{%”要有“%}”。", piece[max(0, half.start() - 10) : half.end() + 20]
        )
        return  # the halves after it are its consequences


def _squeezed(written: str) -> str:
    return re.sub(r"\s+", "", written)


def _tag(tag: str, form: Form) -> Iterator[Problem]:
    """What is wrong with one ``{{ }}`` or ``{% %}`` by itself."""
    excerpt = tag if len(tag) <= 80 else f"{tag[:80]}…"
    if tag.startswith("{#"):
        yield Problem("{# #} 里的注释不会印出，请删去；要印出的文字不要写在里面。", excerpt)
        return
    source = tag
    if tag.startswith("{%"):
        keyword = _KEYWORD.match(tag)
        word, rest = (keyword[1], keyword[2]) if keyword else ("", "")
        if word not in ("if", "elif", "else", "endif"):
            if not word.startswith("end"):  # the end of what was refused at its beginning
                yield Problem(f"花括号里不能用“{word[:40]}”，{ALLOWED}。", excerpt)
            return
        if word in ("else", "endif"):
            if rest:
                yield Problem(f"“{word}”后面不能再写别的。", excerpt, f"{{% {word} %}}")
            return
        source = f"{{% if {rest} %}}{{% endif %}}"
    for fault in examine(source, form).faults:
        if fault.syntax:
            yield _misspelt(tag, excerpt, form)
        else:
            yield Problem(fault.message, excerpt, excerpt.replace(fault.written, fault.right) if fault.right else "")


def _misspelt(tag: str, excerpt: str, form: Form) -> Problem:
    """A tag that does not parse: most often a name with a space in it, or a full-width dot."""
    inside = re.sub(r"^\{[{%][-+]?\s*(?:(?:el)?if\b)?|[-+]?[%}]\}$", "", tag).strip()
    right = nearest(inside, form)
    if tag.startswith("{{") and right:
        return Problem(
            f"占位符“{inside[:40]}”写得不对，应为“{right}”：名称里不留空格，用半角点号。", excerpt, f"{{{{ {right} }}}}"
        )
    for written in _WRITTEN.findall(inside):
        if (right := nearest(written, form)) and written not in known(form):
            return Problem(f"占位符“{written[:40]}”写得不对，应为“{right}”。", excerpt, excerpt.replace(written, right))
    return Problem(f"花括号里的写法读不懂，{ALLOWED}。", excerpt)


def _pairs(tags: list[str]) -> Iterator[Problem]:
    """Each ``if`` has its ``endif``, and ``elif`` and ``else`` stand between them in order."""
    open_tags: list[tuple[str, str]] = []
    for tag in tags:
        match = _KEYWORD.match(tag)
        word = match[1] if match else ""
        if word == "if":
            open_tags.append((tag, "if"))
            if len(open_tags) > MAX_DEPTH:
                yield Problem(f"{{% if %}} 一层套一层，不能超过{MAX_DEPTH}层。", tag)
                return
        elif word in ("elif", "else", "endif"):
            if not open_tags:
                yield Problem(f"{tag} 前面没有 {{% if %}}。", tag)
                return
            opener, last = open_tags.pop()
            if word != "endif" and last == "else":
                yield Problem("{% else %} 后面只能是 {% endif %}。", tag)
                return
            if word != "endif":
                open_tags.append((opener, word))
    for opener, _ in open_tags:
        yield Problem("{% if %} 没有 {% endif %}。", opener)


# --- for whoever prints it ----------------------------------------------------------------------------------------


def render(text: str, report: Report) -> str:
    """The text with the figures of a report, as plain text: whoever publishes it escapes it.

    A figure not filled prints 〔未填〕. Raises GiaError for a text that ``problems`` finds fault with.
    """
    if not _BRACE.search(text):
        return text
    found, used = _examine(text, report.form.form)
    if found:
        raise GiaError(f"{found[0].message}（{found[0].excerpt}）")
    if not used and not _OPENER.search(text):
        return text
    output = run(text, {placeholder.name: figure(placeholder, report) for placeholder in used})
    if len(output) > MAX_OUTPUT:
        raise GiaError(f"一段文字代入数字后超过{MAX_OUTPUT}字。")
    return output
