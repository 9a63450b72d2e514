"""Holds the formulas of the sheets against the rules in Python, by two calculators that know nothing of us.

    python -m bench.oracle [--count 2000] [--libreoffice 50]

Random fillings of each form go through IronCalc, fewer through LibreOffice with recalculation forced; every total and
every live check must agree, cell by cell.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from gia_xlsx.form import form_names, load_form
from tests.oracle import disagreements, libreoffice_disagreements


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--libreoffice", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    wrong = 0
    for name in form_names():
        form = load_form(name)
        start = time.perf_counter()
        found = list(disagreements(form, asked.count, asked.seed))
        wrong += told(f"form {name}, IronCalc", asked.count, found, start)
        half = asked.libreoffice // len(form_names())
        if half:
            start = time.perf_counter()
            with tempfile.TemporaryDirectory() as folder:
                found = list(libreoffice_disagreements(form, half, Path(folder), asked.seed))
            wrong += told(f"form {name}, LibreOffice", half, found, start)
    sys.exit(1 if wrong else 0)


def told(what: str, count: int, found: list[str], start: float) -> int:
    print(f"{what:<24} {count:5} fillings, {len(found)} disagreements, {time.perf_counter() - start:.0f} s", flush=True)
    for words in found[:10]:
        print(f"    {words}")
    return len(found)


if __name__ == "__main__":
    main()
