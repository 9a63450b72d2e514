"""Rules, what they find, and the verdict on a report.

A rule is a sentence that yields faults: its ``find`` says which cells and with which words, the engine adds place and
message. Faults in the data are values, never exceptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from gia_xlsx.form import Key
from gia_xlsx.profile import Acceptance
from gia_xlsx.report import Place


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: the cells it is about, the words its message needs, further places, an excerpt of text.

    ``severity`` stands for the rule's own where one rule is graver for some organs than for others.
    """

    keys: tuple[Key, ...] = ()
    words: dict[str, Any] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    excerpt: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of the review. ``message`` and ``hint`` are format strings over a finding's words, in Chinese.

    ``basis`` names the article or notice; ``needs`` is the evidence without which the rule cannot run, by the names of
    ``rules.EVIDENCE``; a rule that needs ``files`` is given the digests of all files of a call, not a report, and
    one that needs ``built`` what the files of a built report say otherwise than its data.
    The docstring of ``find`` is the page that ``gia-xlsx explain`` prints.
    """

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    basis: str
    find: Callable[[Any], Iterable[Finding]]
    needs: tuple[str, ...] = ()

    @property
    def doc(self) -> str:
        return self.find.__doc__ or ""


def rule(
    code: str, name: str, severity: Severity, *, message: str, hint: str, basis: str, needs: tuple[str, ...] = ()
) -> Callable[[Callable[[Any], Iterable[Finding]]], Rule]:
    """Write a rule's papers above its ``find``. It registers nothing: ``rules.CATALOGUE`` lists the rules."""
    return lambda find: Rule(code, name, severity, message, hint, basis, find, needs)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in its final words, with its places.

    ``mark`` tells this very finding, figures and all, so that a person can accept it: ``GIA306-7F3A``; ``reason`` is
    what was said to accept it.
    """

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    places: tuple[Place, ...] = ()
    keys: tuple[Key, ...] = ()
    excerpt: str | None = None
    mark: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was found in one report, and the rules that lacked their evidence, with why.

    ``accepted`` are findings a person has accepted with a reason; ``lapsed`` are reasons that no longer hold, because
    figures or words have changed; ``baseless`` those given for what was not found at all.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    not_run: tuple[tuple[str, str], ...] = ()
    unfilled: int = 0  # open cells, when the report is still a blank or half-filled form
    accepted: tuple[Diagnostic, ...] = ()
    lapsed: tuple[Acceptance, ...] = ()
    baseless: tuple[Acceptance, ...] = ()

    @property
    def status(self) -> str:
        """``ok``, ``errors`` or ``unfilled``, as in the JSON of ``check``."""
        if self.unfilled:
            return "unfilled"
        return "errors" if self.errors else "ok"

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)
