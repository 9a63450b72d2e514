"""Prints the ratios of the README's performance table; both sides of each are measured in this one run.

    python -m bench.speed [--files 1000] [--many 10000]

Times on a shared machine drift; the two sides of a ratio are therefore taken in turn, a slice of one and a slice of
the other.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from bench.filled import write_filled
from bench.replay import record, replay

SLICE = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--many", type=int, default=10000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = filled(Path(folder), asked.files)
        show("check / openpyxl.load_workbook", check_against_openpyxl(paths), 0.10)
        copies(paths, asked.many - asked.files)
        time_ratio, memory_ratio = growth(Path(folder), asked.files, asked.many)
        show(f"time of check, {asked.many:,} / {asked.files:,} files", time_ratio, 1.05 * asked.many / asked.files)
        show(f"memory of check, {asked.many:,} / {asked.files:,} files", memory_ratio, 1.2)
    show("gia-xlsx --help / import typer", help_against_typer(), 2.0)
    show("new / bare xlsxwriter calls", new_against_xlsxwriter(), 1.5)


def show(what: str, ratio: float, limit: float) -> None:
    print(f"{what:<50} {ratio:8.3f}   at most {limit:g}   {'met' if ratio <= limit else 'MISSED'}", flush=True)


def filled(folder: Path, count: int) -> list[Path]:
    """So many different filled workbooks, written by two processes."""
    paths = [folder / f"{number:05}.xlsx" for number in range(count)]
    with ProcessPoolExecutor() as pool:
        list(pool.map(write_filled, paths, range(count), chunksize=50))
    return paths


def copies(paths: list[Path], count: int) -> None:
    """More files of the same kind, quickly: the same workbooks under further names, which sort behind the first.

    The comparison of files finds every copy and tells it, so the long run does more than its share.
    """
    for number in range(count):
        source = paths[number % len(paths)]
        shutil.copyfile(source, source.with_name(f"copy-{number:05}.xlsx"))


def clock(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def check_against_openpyxl(paths: list[Path]) -> float:
    from openpyxl import load_workbook

    from gia_xlsx.batch import examine

    examine(paths[0])
    load_workbook(paths[0])
    ours = theirs = 0.0
    for start in range(0, len(paths), SLICE):
        part = paths[start : start + SLICE]
        ours += clock(lambda part=part: [examine(path) for path in part])
        theirs += clock(lambda part=part: [load_workbook(path) for path in part])
    print(f"  check {ours / len(paths) * 1000:.2f} ms, openpyxl {theirs / len(paths) * 1000:.1f} ms a file")
    return ours / theirs


def growth(folder: Path, few: int, many: int) -> tuple[float, float]:
    """One process each, the short runs before and after the long one."""
    runs = {few: [], many: []}
    for count in (few, many, few):
        command = [sys.executable, "-m", "bench.memory", str(folder), str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
        runs[count].append(json.loads(done.stdout))
    seconds = {count: statistics.mean(run["seconds"] for run in found) for count, found in runs.items()}
    peak = {count: max(run["peak"] for run in found) for count, found in runs.items()}
    print(f"  {few}: {seconds[few]:.1f} s, {peak[few]:.0f} MiB; {many}: {seconds[many]:.1f} s, {peak[many]:.0f} MiB")
    return seconds[many] / seconds[few], peak[many] / peak[few]


def help_against_typer(rounds: int = 15) -> float:
    def run(*arguments: str) -> float:
        return clock(partial(subprocess.run, [sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True))

    pairs = [(run("-m", "gia_xlsx", "--help"), run("-c", "import typer")) for _ in range(rounds + 1)][1:]
    return statistics.median(ours / theirs for ours, theirs in pairs)


def new_against_xlsxwriter(rounds: int = 15) -> float:
    """The very calls that ``new`` makes to xlsxwriter, recorded once and played back without us."""
    from gia_xlsx.form import load_form
    from gia_xlsx.report import Cover
    from gia_xlsx.workbook.write import write_workbook

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "new.xlsx"
        cover = Cover("随县安居镇人民政府", "township", 2026, "self")
        ours = partial(write_workbook, target, load_form("2021"), cover)
        calls = record(ours)
        bare = partial(replay, calls, Path(folder) / "bare.xlsx")
        pairs = [(clock(ours), clock(bare)) for _ in range(rounds + 1)][1:]
    print(f"  {len(calls):,} calls; new {statistics.median(pair[0] for pair in pairs) * 1000:.0f} ms")
    return statistics.median(ours / theirs for ours, theirs in pairs)


if __name__ == "__main__":
    main()
