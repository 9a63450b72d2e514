"""An office's own templates run in a process of their own, with bounds: a loop in one ends there, not here."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace

from gia_xlsx.child import bound, run_module
from gia_xlsx.errors import GiaError
from gia_xlsx.publish import Edition, render
from gia_xlsx.report import Report

SECONDS = 60  # by the clock of a machine that may be busy; a report of ours takes one or two
PROCESSOR_SECONDS = 60  # of all cores together, where the system can limit them
MEMORY = 4 << 30  # bytes of address space, likewise
LARGEST = 200_000_000  # bytes that all files may have

_TOO_LONG = "按所给的模板生成，用时或占用内存过多，已停止；请检查模板里的循环，或换用原来的模板。"


def render_apart(edition: Edition, formats: Sequence[str] | None = None) -> dict[str, bytes]:
    """``render`` in a process of its own. Raises GiaError, also where that process takes too long or too much."""
    report = _light(edition.report)
    job = pickle.dumps((replace(edition, report=report), None if formats is None else list(formats)))
    try:
        done = run_module("gia_xlsx.publish.apart", job, SECONDS)
    except subprocess.TimeoutExpired:
        raise GiaError(_TOO_LONG) from None
    if done.returncode == 2:
        raise GiaError(done.stdout.decode("utf-8"))
    if done.returncode or len(done.stdout) > LARGEST:
        raise GiaError(_TOO_LONG)
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _light(report: Report) -> Report:
    """A report without what was worked out of it, which need not travel."""
    return replace(report, previous=report.previous and replace(report.previous))


def _leave_the_net() -> None:
    """Whatever a template makes a library ask for, it asks where nobody is."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        for spelt in (name, name.upper()):
            os.environ[spelt] = "" if name == "no_proxy" else "http://127.0.0.1:9"
    os.environ.update(dict.fromkeys(("TYPST_PACKAGE_PATH", "TYPST_PACKAGE_CACHE_PATH"), os.devnull))


def _main() -> int:
    bound(MEMORY, PROCESSOR_SECONDS)
    _leave_the_net()
    edition, formats = pickle.loads(sys.stdin.buffer.read())  # what our own code above wrote
    try:
        files = render(edition, formats)
    except GiaError as problem:
        sys.stdout.buffer.write(str(problem).encode("utf-8"))
        return 2
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    sys.stdout.buffer.write(made.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(_main())
