"""Records every call that ``new`` makes to xlsxwriter and plays it back bare: what the same cells cost without us."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import xlsxwriter

Call = tuple[int, str, tuple[Any, ...], dict[str, Any], int]  # object, method, arguments, result


class Recorder:
    """Stands for an object of xlsxwriter and writes down what is asked of it."""

    def __init__(self, real: Any, tape: Tape) -> None:
        self.__dict__.update(real=real, tape=tape, number=tape.number(self))

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.real, name)
        if not callable(found):
            return found

        def call(*arguments: Any, **named: Any) -> Any:
            result = found(*(bare(a) for a in arguments), **{k: bare(v) for k, v in named.items()})
            return self.tape.note(self, name, arguments, named, result)

        return call

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.real, name, value)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def bare(value: Any) -> Any:
    """The real object behind a recorder, also inside lists and options."""
    if isinstance(value, Recorder):
        return value.real
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(bare(inner) for inner in value)
    return value


class Tape:
    """The calls in order; objects are known by the order in which they came to be."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.seen: dict[int, Recorder] = {}
        self.count = 0

    def number(self, _: Recorder) -> int:
        self.count += 1
        return self.count - 1

    def wrap(self, real: Any) -> Recorder:
        return self.seen.setdefault(id(real), Recorder(real, self))

    def note(self, on: Recorder, name: str, arguments: tuple[Any, ...], named: dict[str, Any], result: Any) -> Any:
        made = type(result).__module__.startswith("xlsxwriter")
        wrapped = self.wrap(result) if made else result
        self.calls.append((on.number, name, arguments, named, wrapped.number if made else -1))
        return wrapped


def record(work: Callable[[], object]) -> list[Call]:
    """Run ``work`` once and return the calls it made, in order."""
    tape = Tape()
    made = xlsxwriter.Workbook

    def workbook(*arguments: Any, **named: Any) -> Recorder:
        tape.calls.append((-1, "Workbook", arguments[1:], named, 0))
        return tape.wrap(made(*arguments, **named))

    with patch.object(xlsxwriter, "Workbook", workbook):
        work()
    return tape.calls


def replay(calls: list[Call], target: Path) -> None:
    """The same calls on xlsxwriter itself, into another file."""
    objects: dict[int, Any] = {}

    def real(value: Any) -> Any:
        if isinstance(value, Recorder):
            return objects[value.number]
        if isinstance(value, dict):
            return {key: real(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(real(inner) for inner in value)
        return value

    for on, name, arguments, named, result in calls:
        if on == -1:
            objects[result] = xlsxwriter.Workbook(target, *arguments, **named)
            continue
        returned = getattr(objects[on], name)(*map(real, arguments), **{k: real(v) for k, v in named.items()})
        if result != -1:
            objects[result] = returned
