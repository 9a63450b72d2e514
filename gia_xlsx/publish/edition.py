"""One report on its way out: what is printed, by which templates, and what a preview shows beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gia_xlsx.diagnostic import Verdict
from gia_xlsx.publish.document import Document, document
from gia_xlsx.report import Report
from gia_xlsx.resources import OURS, Looks, templates
from gia_xlsx.site import Site


@dataclass(frozen=True)
class Edition:
    """A report, whether it is a draft, and the looks it is given. ``verdict``: what a draft shows beside its cells."""

    report: Report
    draft: bool = False
    looks: Looks = OURS
    verdict: Verdict | None = None

    @cached_property
    def doc(self) -> Document:
        """The report as printed. Raises GiaError for a text that cannot be filled in, unless it is a draft."""
        return document(self.report, self.draft)

    @cached_property
    def last(self) -> Report | None:
        """Last year's report of the same organ, if it was given."""
        from gia_xlsx.rules.previous import is_last_year

        return self.report.previous if is_last_year(self.report) else None

    @property
    def site(self) -> Site:
        """Where it is published, as ``gia.toml`` tells."""
        return self.report.profile.of(self.report.organ).site

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The office's own templates that differ from ours, by name: their words are not the report's."""
        named = sorted(
            path.name
            for pattern in ("*.j2", "*.docx", "*.typ", "report.css", "report.js")
            for path in templates().glob(pattern)
        )
        found = ((name, self.looks.find(name)) for name in named) if self.looks.folder else ()
        return tuple(name for name, path in found if path.read_bytes() != (templates() / name).read_bytes())
