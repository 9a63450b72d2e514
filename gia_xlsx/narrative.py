"""Text with placeholders in the filer's own words: standard sentences, what is wrong with a text, what it says.

A text is Jinja cut down to what a report needs: placeholders, + and -, comparisons, ``if`` and three filters.
``braces`` tells its faults, ``sandbox`` decides what may run and runs it; text without braces needs neither.
"""

from __future__ import annotations

import re

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Form
from gia_xlsx.organ import organ_types
from gia_xlsx.placeholders import UNFILLED, Placeholder, Problem, figure, placeholders
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.resources import OURS, Looks, read_template

__all__ = [
    "GIVEN",
    "NAMED",
    "NEVER_GIVEN",
    "UNFILLED",
    "Placeholder",
    "Problem",
    "escape",
    "offered",
    "placeholders",
    "problems",
    "render",
]

GIVEN = ("\ue000", "\ue001")  # private characters around what a placeholder gave, where ``render`` is asked for them
NAMED = (*GIVEN, "\ue002")  # the same, and the last after the names of the placeholders that gave it
NEVER_GIVEN = re.compile("[\ue000-\ue002]")  # a filer's own must not be taken for them

MAX_OUTPUT = 200_000
_BRACE = re.compile("[{}｛｝]")
_OPENER = re.compile(r"\{[{%#]")
_HEADER = re.compile(r"\{# heading: (?P<heading>.*?) \| types: (?P<types>.+?) \| forms: (?P<forms>.+?) #\}\n")


def offered(form: Form, organ_type: str, looks: Looks = OURS) -> tuple[Paragraph, ...]:
    """The standard sentences for a type of organ, in printed order: ``templates/narrative/<section>/*.j2``.

    A file of an office's own templates goes before ours of the same name, or is added. The first line of a file holds
    the heading and for which types and forms it is meant; line breaks below it are for the eye only. Raises GiaError
    for a type that is none, or a file without its first line.
    """
    if organ_type not in organ_types():
        raise GiaError(f"没有“{organ_type}”这种机关类型。")
    found = []
    for section in form.sections:
        for file in looks.all(f"narrative/{section.key}", "*.j2"):
            text = read_template(file).replace("\r\n", "\n")
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


def problems(text: str, form: Form, most: int = 30) -> tuple[Problem, ...]:
    """What is wrong with the braces of a text, branches not taken included, up to so many faults: each takes time."""
    if not _BRACE.search(text):
        return ()
    from gia_xlsx.braces import look_through

    first = look_through(text, form.form, 1)[0]  # as ``render`` asks, so that a sound text is looked through once
    return look_through(text, form.form, most)[0] if first and most > 1 else first


def render(text: str, report: Report, *, marks: tuple[str, ...] = ()) -> str:
    """The text with the figures of a report, as plain text: whoever publishes it escapes it.

    ``marks``: ``GIVEN`` or ``NAMED``, to mark what placeholders gave; the text itself must not hold these characters.
    A figure not filled prints 〔未填〕. Raises GiaError for a text that ``problems`` finds fault with.
    """
    if not _BRACE.search(text):
        return text
    from gia_xlsx.braces import look_through
    from gia_xlsx.sandbox import run

    found, used = look_through(text, report.form.form, 1)
    if found:
        raise GiaError(f"{found[0].message.rstrip('。')}（{found[0].excerpt}）。")
    if not _OPENER.search(text):
        return text
    values = {placeholder.name: figure(placeholder, report) for placeholder in used}
    output = run(text, values, marks)
    if len(output) > MAX_OUTPUT:
        raise GiaError(f"一段文字代入数字后超过{MAX_OUTPUT}字。")
    return output
