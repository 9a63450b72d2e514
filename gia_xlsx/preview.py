"""``build --watch``: drafts that are made again whenever something is saved, on a page of this machine that follows.

The page in the folder stays as it is built; what reloads it is a frame around it, served to this machine alone.
"""

from __future__ import annotations

import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from gia_xlsx.batch import find
from gia_xlsx.build_command import Order, carry_out
from gia_xlsx.console import complain, out
from gia_xlsx.diagnostic import Severity
from gia_xlsx.errors import GiaError
from gia_xlsx.preview_page import Shown, served
from gia_xlsx.profile import FILE, Profile

PAUSE = 0.5  # seconds between two looks at the files

State = Mapping[Path, tuple[int, int]]


def watch(order: Order, settings: Callable[[], Profile], *, stop: threading.Event | None = None) -> None:
    """Build, show, and build again what was saved, until Ctrl+C or ``stop``. Raises GiaError."""
    stop, shown = stop or threading.Event(), Shown()
    seen = state(order)
    _build(order, settings, shown)
    with served(shown) as address:
        out(f"预览：{address}（只在本机打开；按 Ctrl+C 结束）")
        if sys.stdout.isatty():
            webbrowser.open(address)
        try:
            for changed in changes(order, seen, stop):
                _build(replace(order, files=changed or order.files), settings, shown)
        except KeyboardInterrupt:
            out("预览结束。")


def state(order: Order) -> State:
    """What is watched, each file with the time and size of its last save: workbooks, last year's, gia.toml, looks."""
    others = [Path(FILE), *([order.previous] if order.previous else [])]
    looks = order.looks.folder
    files = [*find(path for path in order.files if path.exists())[0], *others, *(looks.rglob("*") if looks else ())]
    return {path: known for path in files if (known := _saved(path))}


def changes(order: Order, seen: State, stop: threading.Event) -> Iterator[list[Path]]:
    """The workbooks that were saved since, once they have come to rest; [] where something else was: build all."""
    while not stop.wait(PAUSE):
        now = state(order)
        if now == seen:
            continue
        while (later := state(order)) != now:  # a program is still writing
            now = later
            stop.wait(PAUSE)
        changed = [path for path in now if now[path] != seen.get(path)]
        seen = now
        workbooks = set(find(path for path in order.files if path.exists())[0])
        if changed:
            yield changed if workbooks.issuperset(changed) else []


def _saved(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:  # between two renames
        return None
    return stat.st_mtime_ns, stat.st_size


def _build(order: Order, settings: Callable[[], Profile], shown: Shown) -> None:
    """One round; what goes wrong is told, and the next save may mend it."""
    try:
        built = carry_out(order, 1, settings())
    except GiaError as problem:
        complain(str(problem))
        return
    shown.add(one.folder for one in built if one.folder is not None)
    for one in built:
        result = one.examined.result
        if reason := one.problem or result.problem:
            complain(reason)
        elif one.folder is not None:
            found = f"{result.count(Severity.ERROR)} 个错误、{result.count(Severity.WARNING)} 个提醒"
            out(f"{time.strftime('%H:%M:%S')}　已更新：{one.folder.name}（{found}）")
