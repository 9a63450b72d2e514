"""Family 4, across years: what this year's report must have in common with last year's, and what it must not."""

from __future__ import annotations

from gia_xlsx.diagnostic import Rule

RULES: tuple[Rule, ...] = ()
