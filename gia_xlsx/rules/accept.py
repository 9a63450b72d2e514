"""Findings that people accept with a reason: how one is told again, and what becomes of the verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from gia_xlsx.diagnostic import Diagnostic, Finding, Rule, Verdict
from gia_xlsx.profile import Acceptance
from gia_xlsx.report import Report


def mark(rule: Rule, finding: Finding, report: Report) -> str:
    """What tells a finding again as long as its figures and words stay: ``GIA303-7F3A``. Addresses do not count."""
    figures = [(str(key), str(report.value(key))) for key in finding.keys]
    told = f"{rule.code} {figures} {sorted(finding.words.items())!r} {finding.excerpt}"
    return f"{rule.code}-{hashlib.blake2b(told.encode('utf-8', 'replace'), digest_size=2).hexdigest().upper()}"


def accepting(report: Report, verdict: Verdict) -> Verdict:
    """The verdict with what the workbook and the profile accept set apart, and what they accept in vain."""
    acceptances = list(_of(report))
    if not acceptances:
        return verdict
    reasons = {one.finding: one.reason for one in reversed(acceptances) if one.reason}
    found = verdict.diagnostics
    marks, codes = {d.mark for d in found}, {d.code for d in found}
    vain = [one for one in acceptances if one.finding not in marks]
    return replace(
        verdict,
        diagnostics=tuple(d for d in found if d.mark not in reasons),
        accepted=tuple(_accepted(d, reasons[d.mark]) for d in found if d.mark in reasons),
        lapsed=tuple(one for one in vain if one.code in codes),
        baseless=tuple(one for one in vain if one.code not in codes),
    )


def _accepted(diagnostic: Diagnostic, reason: str) -> Diagnostic:
    return replace(diagnostic, reason=reason)


def _of(report: Report) -> Iterable[Acceptance]:
    """What is accepted for this report."""
    yield from report.acceptances
    organ = "".join(report.organ.split())
    for one in report.profile.acceptances:
        if "".join(one.organ.split()) in ("", organ) and one.year in (None, report.year):
            yield one
