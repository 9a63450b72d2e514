"""The generated parts of the READMEs, printed by cog: the rules, the commands, what a refusal looks like."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout

import cog

from gia_xlsx.cli import main
from gia_xlsx.rules import CATALOGUE


def rules() -> None:
    """One row a rule, in the order of their codes."""
    cog.outl("\n| 编号 | 名称 | 级别 | 查什么 | 依据 |\n|---|---|---|---|---|")
    for rule in CATALOGUE:
        first = rule.doc.strip().splitlines()[0]
        cog.outl(f"| {rule.code} | `{rule.name}` | {rule.severity.label} | {first} | {rule.basis} |")
    cog.outl("")


def terminal(*arguments: str) -> None:
    """What a command prints, run for real."""
    cog.outl(f"\n```text\n{printed(*arguments).rstrip()}\n```\n")


def printed(*arguments: str) -> str:
    """Standard output and standard error of one call, as plain text."""
    words = io.StringIO()
    before = sys.argv
    sys.argv = ["gia-xlsx", *arguments]
    try:
        with redirect_stdout(words), redirect_stderr(words):
            main()
    except SystemExit:
        pass  # the exit status is told in the text around the block
    finally:
        sys.argv = before
    return words.getvalue()


def commands() -> None:
    """The help of the program."""
    cog.outl(f"\n```text\n{printed('--help').rstrip()}\n```\n")
