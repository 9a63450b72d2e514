"""The door to Jinja for our own pages and an office's: what is printed is escaped, and only templates are read."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError
from gia_xlsx.resources import OURS, Looks, read_template

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment(looks: Looks = OURS) -> Environment:
    """Jinja for pages: escapes, knows no undefined name, reads only templates; an office's run in a sandbox.

    ``css`` gives a style sheet of the templates, to be printed as it is.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    kind = ImmutableSandboxedEnvironment if looks.folder else Environment
    made = kind(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(lambda name: _source(name, looks)),
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def css(name: str) -> Markup:
        style = read_template(looks.find(Path(name).name))
        return Markup(style.replace("</", "<\\/"))  # nothing in it ends the element it stands in

    made.globals["css"] = css
    return made


def _source(name: str, looks: Looks) -> tuple[str, str, Callable[[], bool]] | None:
    """What a template says, its file, and whether it still says so; None where there is none of that name."""
    from jinja2.loaders import split_template_path

    path = looks.find("/".join(split_template_path(name)))  # which refuses what would lead out of the folder
    if not path.is_file():
        return None
    text = read_template(path)
    return text, str(path), lambda: read_template(looks.find(name)) == text


def draw(name: str, looks: Looks = OURS, **context: object) -> str:
    """A template filled in. Raises GiaError with the file, and the line where one is, of what is wrong with it."""
    from jinja2 import TemplateError

    try:
        return environment(looks).get_template(name).render(**context)
    except GiaError:
        raise
    except TemplateError as problem:
        raise _told(name, problem) from problem
    except Exception as problem:
        if looks.folder is None:
            raise
        raise _told(name, problem) from problem  # an office's template may do anything that ours do not


def _told(name: str, problem: Exception) -> GiaError:
    """What is wrong, where a person finds it; Jinja's own words are English and stand in brackets."""
    file, line = getattr(problem, "name", None) or name, getattr(problem, "lineno", None)
    if line is None:
        for frame in traceback.extract_tb(problem.__traceback__):
            if frame.filename.endswith((".j2", ".css", ".js")):
                file, line = Path(frame.filename).name, frame.lineno
    where = f"{Path(file).name} 第 {line} 行" if line else Path(file).name
    return GiaError(f"模板 {where}有误，没有生成；请改正，或换用原来的模板（{_words(problem)}）。")


def _words(problem: Exception) -> str:
    return f"{type(problem).__name__}: {str(problem).strip()[:200]}"
