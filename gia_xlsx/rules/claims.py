"""Family 3, prose against tables: what the text says of a number, and what the table says."""

from __future__ import annotations

from gia_xlsx.diagnostic import Rule

RULES: tuple[Rule, ...] = ()
