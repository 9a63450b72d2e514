"""A few of the made-up bad inputs of ``bench.fuzz``; with ``GIA_FUZZ=10000`` in the environment, so many."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import pytest

from bench import fuzz, inputs

COUNT = int(os.environ.get("GIA_FUZZ", "300"))
SEED = random.randrange(10**6) if os.environ.get("CI") else 7  # each run of CI meets inputs of its own


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    inputs.converted(folder)
    return folder


@pytest.mark.parametrize("kind", dict.fromkeys(fuzz.KINDS))
def test_bad_input_is_refused_in_a_sentence_or_judged(kind: str, folder: Path) -> None:
    for number in range(COUNT):
        if fuzz.kind(number) != kind:
            continue
        start = time.process_time()
        try:
            fuzz.attack(number, SEED, folder)
        except BaseException as error:
            error.add_note(f"again: python -m bench.fuzz --seed {SEED} --only {number}")
            raise
        assert time.process_time() - start < fuzz.SECONDS, f"--seed {SEED} --only {number}"


def test_an_input_is_made_from_its_number_alone() -> None:
    def made() -> list[object]:
        draw = random.Random("7/1")
        return [inputs.workbook(draw, {}), inputs.data(draw), inputs.text(draw, inputs.sound_report("2021", 1).form)]

    assert made() == made()


def deadly(number: int, seed: int, folder: Path) -> str:
    if number == 3:
        os._exit(1)
    if number == 5:
        time.sleep(60)
    if number == 7:
        raise ValueError("seven")
    return "taken"


@pytest.mark.skipif(sys.platform == "win32", reason="the bench asks a POSIX system for memory")
def test_a_worker_that_dies_or_hangs_is_a_failure_with_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "STUCK", 4.0)
    run = fuzz.Run(7, tmp_path, iter([range(0, 40)]), attack=deadly)
    run.go()
    assert {number: why.splitlines()[-1] for number, why in run.failures.items()} == {
        3: "the process died, exit code 1",
        5: "no answer within 4 s",
        7: "ValueError: seven",
    }
    assert sum(tally.outcomes.total() for tally in run.tallies.values()) == 40
