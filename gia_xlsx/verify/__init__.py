"""A built report proved: page, Word, PDF and data, read back, must say what ``report.json`` says, word for word.

Nothing is imported here before it is needed: the process that reads a foreign PDF begins with this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gia_xlsx.diagnostic import Diagnostic
    from gia_xlsx.profile import Profile
    from gia_xlsx.verify.proof import Proof

__all__ = ["differences", "verify_folder"]


def differences(
    files: Mapping[str, bytes], *, profile: Profile | None = None, ours: bool = True
) -> tuple[Diagnostic, ...]:
    """What the files of a report, just made, say otherwise than its ``report.json``; by the rules of family 8.

    ``profile``: what ``gia.toml`` sets, the site above all. ``ours``: no template of an office had a hand in them, so
    that they are read without the bounds for what strangers send. Without ``report.json`` nothing is compared. Raises
    GiaError for one that cannot be read.
    """
    from gia_xlsx.profile import NATIONAL
    from gia_xlsx.verify.data import JSON
    from gia_xlsx.verify.proof import prove

    return prove(files, profile=profile or NATIONAL, ours=ours).diagnostics if JSON in files else ()


def verify_folder(folder: Path, *, profile: Profile | None = None) -> Proof:
    """Prove one built report, whoever sent it. Raises GiaError for what is no such folder or has no ``report.json``."""
    from gia_xlsx.profile import NATIONAL
    from gia_xlsx.verify.folder import contents
    from gia_xlsx.verify.proof import prove

    return prove(contents(folder), profile=profile or NATIONAL, ours=False, called=str(folder))
