"""The words that the command-line library itself prints, in Chinese: usage, headings of ``--help``, wrong options."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from gia_xlsx.width import measure

_WORDS = (
    (r"^Usage:", "用法："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"^Options:", "选项："),
    (r"^Arguments:", "参数："),
    (r"^Commands:", "命令："),
    (r"Show this message and exit\.", "显示本说明。"),
    (r" <[A-Za-z][A-Za-z0-9\[\], |]*>", ""),
    (r"\{([^{}\n]*)\}(\.\.\.)?", r"\1"),
    (r"\[(\[文件…\])\](\.\.\.)?", r"\1"),
    (r"\[required\]", "［必填］"),
    (r"\[default: ([^\]]*)\]", r"［默认 \1］"),
    (r"Missing argument '?([^'.]*)'?\.(?s:.*)", r"缺少参数“\1”。"),
    (r"Missing option '?([^'.]*)'?\.(?s:.*)", r"缺少选项“\1”。"),
    (r"Missing command\.", "缺少命令。"),
    (r"No such command '([^']*)'\.? Did you mean (.*)\?", r"没有“\1”这个命令，是否要用 \2？"),
    (r"No such command '([^']*)'\.?", r"没有“\1”这个命令。"),
    (r"No such option: (\S+)( Did you mean (\S+?)\?)?", r"没有 \1 这个选项。"),
    (r"\s*\(Possible options: (.*)\)", r"是否要用 \1？"),
    (r"Option '?(\S+?)'? requires an argument\.", r"选项 \1 后面缺少内容。"),
    (r"Got unexpected extra arguments? \((.*)\)", r"多余的参数：\1。"),
    (r"Invalid value for (.*?): (?s:.*)", r"\1 的值不正确。"),
)
_COMPILED = tuple((re.compile(pattern, re.MULTILINE), words) for pattern, words in _WORDS)


def translate(text: str) -> str:
    """The library's own words replaced; what we wrote is Chinese already and stays."""
    for pattern, words in _COMPILED:
        text = pattern.sub(words, text)
    return text


def align(text: str) -> str:
    """The two columns of a help page again in line; the library counts a Chinese character as one column."""
    item = re.compile(r"  (\S.*?)(?:  +(\S.*))?$")
    lines = text.splitlines()
    terms = [match for line in lines if not line.startswith("   ") and (match := item.match(line)) and match[2]]
    indent = max((measure(match[1]) for match in terms), default=0) + 4
    return "\n".join(_aligned(line, item, indent) for line in lines)


def _aligned(line: str, item: re.Pattern[str], indent: int) -> str:
    if line.startswith("     "):
        return " " * indent + line.strip()
    match = item.match(line)
    if match is None or not match[2]:
        return line
    return f"  {match[1]}{' ' * (indent - 2 - measure(match[1]))}{match[2]}"


class Command(TyperCommand):
    """A command whose help is all Chinese."""

    def get_help(self, ctx: Any) -> str:
        return align(translate(super().get_help(ctx)))


class Group(TyperGroup):
    """The group of commands, with its help in Chinese."""

    def get_help(self, ctx: Any) -> str:
        return align(translate(super().get_help(ctx)))
