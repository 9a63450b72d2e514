"""Family 5, the organ: what it has the power to do, for whom it reports, and words of other organs."""

from __future__ import annotations

from gia_xlsx.diagnostic import Rule

RULES: tuple[Rule, ...] = ()
