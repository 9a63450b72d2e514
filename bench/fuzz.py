"""Throws made-up bad input at the library: nothing but GiaError may come back, within 5 s and 500 MiB each.

    python -m bench.fuzz [--count 100000] [--seed 2026] [--seconds LIMIT] [--only NUMBER]

Of each 20 inputs 4 are broken workbooks, 7 odd cells and reports, 8 texts with placeholders, 1 a broken report.json.
An input is known by seed and number alone; ``--only`` runs one again, and its exception comes out as it is.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path

from bench import inputs
from bench.memory import peak
from gia_xlsx import GiaError, narrative, numerals, show
from gia_xlsx.form import form_names, load_form
from gia_xlsx.publish import FORMATS, Edition, rendered
from gia_xlsx.publish.load import load_data
from gia_xlsx.report import Report
from gia_xlsx.rules import check
from gia_xlsx.workbook.read import read_workbook

SECONDS = 5.0  # of processor time, because a machine may have other work
STUCK = 30.0  # of the clock, after which a process is given up
MEBIBYTES = 500
SLICE = 100  # inputs a worker takes at a time
KINDS = ("workbooks",) * 4 + ("cells",) * 7 + ("texts",) * 8 + ("data",)


class WrongError(Exception):
    """An answer that is none: a refusal that is no sentence, a text that is neither refused nor printed."""


def kind(number: int) -> str:
    return KINDS[number % len(KINDS)]


def attack(number: int, seed: int, folder: Path) -> str:
    """Run one input: 'taken', or 'refused' if it met a GiaError. Any other exception is a failure."""
    draw = random.Random(f"{seed}/{number}")
    try:
        {"workbooks": _workbook, "cells": _cells, "texts": _texts, "data": _data}[kind(number)](draw, folder)
    except GiaError as error:
        sentence = str(error)
        if "\n" in sentence or not sentence.endswith("。"):
            raise WrongError(sentence[:300]) from error
        return "refused"
    return "taken"


def _workbook(draw: random.Random, folder: Path) -> None:
    name, content = inputs.workbook(draw, _others(folder))
    path = folder / f"{os.getpid()}{name}"
    path.write_bytes(content)
    report = read_workbook(path)
    if len(report.facts) != len(report.form.cells):
        raise WrongError("a cell of the form is lost")
    _judge(report, draw)
    if path.read_bytes() != content:
        raise WrongError("the input has changed")


def _cells(draw: random.Random, _: Path) -> None:
    form = load_form(draw.choice(form_names()))
    for key in draw.sample(list(form.cells), 5):
        numerals.read_number(inputs.value(draw), form.cells[key])
    _judge(inputs.report(draw), draw)


def _texts(draw: random.Random, _: Path) -> None:
    form = load_form(draw.choice(form_names()))
    text, sound = inputs.text(draw, form), inputs.sound_report(form.form, 1)
    blank = replace(sound, facts={key: replace(fact, value=None) for key, fact in sound.facts.items()})
    found = narrative.problems(text, form)
    try:
        for report in (sound, blank):
            narrative.render(text, report)
    except GiaError as error:
        if found:
            raise
        raise WrongError("a text is refused in which no fault was found") from error
    if found:
        raise WrongError("a text is printed in which a fault was found")


def _data(draw: random.Random, folder: Path) -> None:
    path = folder / f"{os.getpid()}.json"
    path.write_bytes(inputs.data(draw))
    _judge(load_data(path), draw)


def _judge(report: Report, draw: random.Random) -> None:
    """What ``check`` does with a report, twice with one answer, and now and then what ``build`` does."""
    verdict = check(report)
    result = show.FileResult("坏.xlsx", verdict.status, report.form.form, report.organ, report.year, verdict)
    show.as_text(result, color=draw.random() < 0.5, width=draw.choice((20, 80)))
    answer = json.dumps(show.as_json([result]), ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass")
    if draw.random() < 0.1:
        again = show.FileResult("坏.xlsx", verdict.status, report.form.form, report.organ, report.year, check(report))
        if json.dumps(show.as_json([again]), ensure_ascii=False).encode("utf-8", "surrogatepass") != answer:
            raise WrongError("a second check says something else")
        for name in ("html", "json", "csv") if draw.random() < 0.9 else FORMATS:
            rendered(Edition(report, True), name)


@cache
def _others(folder: Path) -> Mapping[str, bytes]:
    """What LibreOffice made of a filled workbook, by ending; read once in a process."""
    return {path.suffix: path.read_bytes() for path in sorted(folder.glob("filled.*")) if path.suffix != ".xlsx"}


# --- many, in processes that may die ------------------------------------------------------------------------------


@dataclass
class Tally:
    """What became of the inputs of one kind; slowest in seconds of processor time, with its number."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, -1)


Attack = Callable[[int, int, Path], str]


def work(orders: Connection, attack: Attack, seed: int, folder: Path) -> None:
    """A worker: take ranges of numbers, answer (number, outcome, seconds, peak MiB) for each and None at the end."""
    while True:
        order = orders.recv()
        for number in range(*order):
            before = sum(os.times()[:4])
            try:
                outcome = attack(number, seed, folder)
            except KeyboardInterrupt:
                return
            except BaseException:  # noqa: BLE001  # a panic of a foreign library is no Exception either
                outcome = traceback.format_exc()
            orders.send((number, outcome, sum(os.times()[:4]) - before, max(peak(), peak(children=True))))
        orders.send(None)


class Worker:
    """One process, the number it is at, and when it was last heard of."""

    def __init__(self, attack: Attack, seed: int, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, attack, seed, folder), daemon=True)
        self.process.start()
        theirs.close()
        self.left: range = range(0)
        self.heard = time.monotonic()

    def give(self, numbers: range) -> None:
        self.left, self.heard = numbers, time.monotonic()
        self.line.send((numbers.start, numbers.stop))

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.line.close()


@dataclass
class Run:
    """All inputs of a run, over all cores; ``failures`` by number."""

    seed: int
    folder: Path
    orders: Iterator[range]
    attack: Attack = attack
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in dict.fromkeys(KINDS)})
    failures: dict[int, str] = field(default_factory=dict)
    peak: float = 0.0

    def go(self) -> None:
        workers: list[Worker] = []
        for order in islice(self.orders, os.cpu_count() or 1):
            self._start(order, workers)
        while workers:
            ready = wait([worker.line for worker in workers], timeout=1.0)
            for worker in list(workers):
                if worker.line in ready:
                    self._hear(worker, workers)
                elif time.monotonic() - worker.heard > STUCK:
                    self._lost(worker, workers, f"no answer within {STUCK:.0f} s")

    def _start(self, order: range, workers: list[Worker]) -> None:
        worker = Worker(self.attack, self.seed, self.folder)
        workers.append(worker)
        worker.give(order)

    def _hear(self, worker: Worker, workers: list[Worker]) -> None:
        try:
            answer = worker.line.recv()
        except (EOFError, ConnectionResetError):
            worker.process.join()
            self._lost(worker, workers, f"the process died, exit code {worker.process.exitcode}")
            return
        if answer is None:
            order = next(self.orders, None)
            if order is None:
                workers.remove(worker)
                worker.end()
            else:
                worker.give(order)
            return
        number, outcome, seconds, memory = answer
        worker.left, worker.heard = range(number + 1, worker.left.stop), time.monotonic()
        if seconds > SECONDS:
            outcome = f"took {seconds:.1f} s"
        if memory > MEBIBYTES:
            self._lost(worker, workers, f"memory {memory:.0f} MiB", number)
            return
        self._count(number, outcome, seconds)
        self.peak = max(self.peak, memory)

    def _count(self, number: int, outcome: str, seconds: float = 0.0) -> None:
        tally = self.tallies[kind(number)]
        if outcome not in ("taken", "refused"):
            self.failures[number] = outcome
            print(f"FAILED {number} ({kind(number)}): {outcome.strip().splitlines()[-1][:200]}", flush=True)
            outcome = "failed"
        tally.outcomes[outcome] += 1
        tally.slowest = max(tally.slowest, (seconds, number))

    def _lost(self, worker: Worker, workers: list[Worker], why: str, number: int | None = None) -> None:
        """A worker that died, hangs or has grown: its input is a failure, and another worker goes on behind it."""
        at = worker.left.start if number is None else number
        self._count(at, why)
        workers.remove(worker)
        worker.end()
        self._start(range(at + 1, worker.left.stop), workers)


def slices(count: int, seconds: float) -> Iterator[range]:
    """The numbers in slices, until all are given or the time is over."""
    start = time.monotonic()
    for first in range(0, count, SLICE):
        if time.monotonic() - start > seconds:
            return
        yield range(first, min(first + SLICE, count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop giving out inputs after so long")
    parser.add_argument("--only", type=int, help="run this one input again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not inputs.converted(folder):
            print("LibreOffice is not at hand: no .ods and .xls among the workbooks")
        if asked.only is not None:
            print(attack(asked.only, asked.seed, folder))
            return
        start = time.monotonic()
        run = Run(asked.seed, folder, slices(asked.count, asked.seconds))
        run.go()
    for what, tally in run.tallies.items():
        counts = ", ".join(f"{tally.outcomes[outcome]} {outcome}" for outcome in ("taken", "refused", "failed"))
        seconds, number = tally.slowest
        print(f"{what:<10} {tally.outcomes.total():7}: {counts}; slowest {seconds:.2f} s (number {number})")
    done = sum(tally.outcomes.total() for tally in run.tallies.values())
    print(f"{done} inputs, seed {asked.seed}, {time.monotonic() - start:.0f} s, peak {run.peak:.0f} MiB")
    for number, why in sorted(run.failures.items())[:20]:
        print(f"\n{number}: {why}again: python -m bench.fuzz --seed {asked.seed} --only {number}")
    sys.exit(1 if run.failures else 0)


if __name__ == "__main__":
    main()
