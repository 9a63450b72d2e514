"""Plain text and Markdown: one line after another, Markdown's own marks taken off."""

from __future__ import annotations

import re

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.source import Line, Origin, Source

MOST_LINES = 200_000
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SEPARATOR = re.compile(r"^ {0,8}\|? {0,8}:?-{3,}:? *(?:\| *:?-{3,}:? *)*\|?[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t\u3000]+(.*?)[ \t]*#*$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\(([^()\s]{0,500})\)")


def read_text(text: str, name: str) -> Source:
    """A text as lines, empty ones too, for one may stand for an empty cell. Raises GiaError for far too many."""
    lines = _BREAKS.split(text)
    if len(lines) > MOST_LINES:
        raise GiaError(f"{name}：文本有 {len(lines)} 行，远超一份年度报告，不予读取；请只保留报告正文。")
    marked = _is_markdown(text)
    found = []
    for number, written in enumerate(lines, 1):
        line, level, lead = _unmarked(written) if marked else (written, 0, 0)
        found.append(Line(line if line.strip() else "", Origin(line=number), lead, level, aligned=True))
    notes = [("去掉了 Markdown 的标记（#、** 等）", Origin(line=1))] if marked else []
    return Source(name, "文本", tuple(found), notes=tuple(notes))


def _is_markdown(text: str) -> bool:
    return (
        bool(_SEPARATOR.search(text))
        or len(re.findall(r"^#{1,6} ", text, re.MULTILINE)) > 1
        or len(_BOLD.findall(text)) > 1
    )


def _unmarked(line: str) -> tuple[str, int, int]:
    """A line without its marks, the level of a heading, and the length of a bold beginning."""
    heading = _HEADING.match(line)
    level = len(heading[1]) if heading else 0
    text = heading[2] if heading else line
    bold = _BOLD.match(text)
    text = _LINK.sub(r"\1", text)
    text = _ESCAPED.sub(r"\1", _BOLD.sub(r"\2", text.replace("<br>", "").replace("<br/>", "").replace("&nbsp;", " ")))
    lead = len(_ESCAPED.sub(r"\1", bold[2])) if bold else 0
    return text, level, lead if lead < len(text.strip()) else 0
