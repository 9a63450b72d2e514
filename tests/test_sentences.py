"""Sentences as reports write them, each alone in an otherwise silent report: ``sentences.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from gia_xlsx.diagnostic import Diagnostic
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.rules import check
from tests.clean import clean, edited

CASES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))


@cache
def figured() -> Report:
    """The clean report with the figures of the file, and words that speak of every case by placeholders."""
    report = clean()
    return edited(report, {str(key): 0 for key in report.form.inputs} | CASES["figures"])


def told(sentence: str) -> list[Diagnostic]:
    """What family 3 finds in a report that says this one thing more."""
    report = figured()
    report = replace(report, paragraphs=(*report.paragraphs, Paragraph("overview", "", sentence)))
    return [diagnostic for diagnostic in check(report).diagnostics if diagnostic.code.startswith("GIA3")]


@pytest.mark.parametrize("sentence", CASES["silent"]["sentences"])
def test_true_or_about_something_else(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize("sentence", CASES["error"]["sentences"])
def test_false_beyond_doubt(sentence: str) -> None:
    assert "error" in [diagnostic.severity.value for diagnostic in told(sentence)]


@pytest.mark.parametrize("sentence", CASES["warning"]["sentences"])
def test_likely_false(sentence: str) -> None:
    assert [diagnostic.severity.value for diagnostic in told(sentence)] == ["warning"]
