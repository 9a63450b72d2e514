"""The generated parts of the READMEs, printed by cog: the rules, the commands, what a refusal looks like."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout

import cog

from gia_xlsx.cli import main
from gia_xlsx.show import rules_markdown


def rules() -> None:
    """One row a rule, in the order of their codes."""
    cog.outl(f"\n{rules_markdown()}\n")


def terminal(*arguments: str) -> None:
    """What a command prints, run for real."""
    cog.outl(f"\n```text\n{printed(*arguments).rstrip()}\n```\n")


def errors(*arguments: str) -> None:
    """The same without what is no error: its warnings and notes would fill the page."""
    parts = printed(*arguments).rstrip().split("\n\n")
    shown = "\n\n".join(part for part in parts if not part.startswith(("提醒", "说明")))
    cog.outl(f"\n```text\n{shown}\n```\n")


def printed(*arguments: str) -> str:
    """Standard output and standard error of one call, as plain text."""
    words = io.StringIO()
    before = sys.argv
    os.environ["COLUMNS"] = "100"  # the same width wherever this page is renewed
    sys.argv = ["gia-xlsx", *arguments]
    try:
        with redirect_stdout(words), redirect_stderr(words):
            main()
    except SystemExit:
        pass  # the exit status is told in the text around the block
    finally:
        sys.argv = before
    return words.getvalue()


def imported(source: str) -> None:
    """What an import prints; its workbook goes to a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        words = printed("import", source, "-o", folder).replace(f"{folder}{os.sep}", "")
    cog.outl(f"\n```text\n{words.rstrip()}\n```\n")


def commands() -> None:
    """The help of the program."""
    cog.outl(f"\n```text\n{printed('--help').rstrip()}\n```\n")
