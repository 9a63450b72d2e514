"""Prints what the README says of ``import``: how many cells of the damaged pages are right, how long a source takes.

    python -m bench.intake [--rounds 7]

Times are of this machine at this moment; the ratios are measured in this one run, the two sides in turn.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.recognise import recognise
from gia_xlsx.intake.sniff import read_source
from gia_xlsx.publish import Edition, rendered
from tests.pdfs import report_pdf
from tests.seeds import load_seed, source
from tests.shapes import Specimen, corpus

MEMORY = """
import resource, sys
from gia_xlsx.errors import GiaError
from gia_xlsx.intake.recognise import recognise
from gia_xlsx.intake.sniff import read_source
page = b"<html><body>" + b"".join(b"<p>%d</p>" % n + b"x" * 40 for n in range(int(sys.argv[1]) // 50))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    recognise(read_source(page, "page"))
except GiaError:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    accuracy()
    times(rounds)
    growth(rounds)
    large()


def accuracy() -> None:
    """Right, lost and wrong cells of every damaged page, by kind of source."""
    counts: Counter[tuple[str, str]] = Counter()
    files: Counter[str] = Counter()
    for specimen in corpus():
        files[specimen.suffix] += 1
        for outcome, number in outcomes(specimen).items():
            counts[specimen.suffix, outcome] += number
    for suffix in sorted(files):
        report(f"{suffix} {files[suffix]} files", {name: counts[suffix, name] for name in ("right", "lost", "wrong")})
    whole = {name: sum(counts[suffix, name] for suffix in files) for name in ("right", "lost", "wrong")}
    report(f"all {files.total()} files", whole)


def report(what: str, count: dict[str, int]) -> None:
    share = count["right"] / sum(count.values())
    print(f"{what:<18} right {count['right']:>6}  lost {count['lost']:>4}  wrong {count['wrong']:>3}  {share:.2%}")


def outcomes(specimen: Specimen) -> Counter[str]:
    """How its cells came out; a cell that cannot be known counts only if it was given a value all the same."""
    found = None
    with suppress(GiaError):
        found = recognise(read_source(specimen.data, specimen.name))
    counts: Counter[str] = Counter()
    for key, shown in specimen.truth.items():
        fact = found.report.facts.get(key) if found and key in found.origins else None
        if shown is None:
            counts["wrong"] += fact is not None and fact.value is not None
        elif fact is not None and fact.raw == shown.strip():
            counts["right"] += 1
        elif fact is None or not fact.raw:
            counts["lost" if shown else "right"] += 1
        else:
            counts["wrong"] += 1
    return counts


def clock(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def times(rounds: int) -> None:
    """Milliseconds for one report once the program has started; a PDF with the start of its own process."""
    report_ = load_seed("001")
    sources = {
        "text, a row a line": source("000").read_bytes(),
        "text, a cell a line": source("001").read_bytes(),
        "page": rendered(Edition(report_, True), "html"),
        "page with furniture": next(one.data for one in corpus() if one.name == "html site 2021"),
        "Word": rendered(Edition(report_, True), "docx"),
        "PDF": report_pdf(report_),
    }
    for what, data in sources.items():
        taken = [clock(partial(read, data)) for _ in range(rounds + 1)][1:]
        print(f"{what:<22} {statistics.median(taken):7.1f} ms (least {min(taken):.1f})")


def read(data: bytes) -> None:
    assert recognise(read_source(data, "source")) is not None


def growth(rounds: int) -> None:
    """Four times as long a page, and the time it takes against the shorter one."""
    page = rendered(Edition(load_seed("001"), True), "html").decode()
    words = "<p>一是强化业务培训，二是规范发布流程，三是动态更新规范性文件库。</p>" * 400
    longer = {n: page.replace("</article>", words * n + "</article>").encode() for n in (3, 14)}
    pairs = [(clock(partial(read, longer[14])), clock(partial(read, longer[3]))) for _ in range(rounds)]
    size = len(longer[14]) / len(longer[3])
    print(f"a page {size:.1f} times as long takes {statistics.median(a / b for a, b in pairs):.1f} times as long")


def large() -> None:
    """Pages far too large, in processes of their own: seconds, and memory in all."""
    for size in (19_000_000, 50_000_000):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", MEMORY, str(size)], capture_output=True, text=True, check=True)
        print(f"page of {size // 10**6} MB: {time.perf_counter() - start:.1f} s, {done.stdout.strip()} MiB")


if __name__ == "__main__":
    main()
