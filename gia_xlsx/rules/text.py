"""Family 7, the text: what must not stand in a published report, and how it should be written."""

from __future__ import annotations

from gia_xlsx.diagnostic import Rule

RULES: tuple[Rule, ...] = ()
