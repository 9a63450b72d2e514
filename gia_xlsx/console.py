"""The console: what is printed for people and for programs, whatever stands at the other end."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from gia_xlsx.errors import GiaError


def out(text: str) -> None:
    """Words for a person, in whatever the console can show; raises GiaError if nobody can take them."""
    with taken():
        print(text)


def utf8(data: bytes) -> None:
    """Data for a program: UTF-8 whatever the console is."""
    with taken():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


@contextmanager
def taken() -> Iterator[None]:
    """A full disk, or a reader that went away, is a sentence too."""
    try:
        yield
    except OSError as problem:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python itself flushes once more at the end
        raise GiaError("结果没有全部输出：接收输出的文件或程序写不进去了，如磁盘已满。") from problem


def complain(sentence: str) -> None:
    """What could not be done, where scripts and people look for it."""
    sys.stdout.flush()
    print(sentence, file=sys.stderr)


def not_on_the_net(paths: Iterable[Path]) -> None:
    """An address is no file: nothing here goes to the network."""
    for path in paths:
        if str(path).lower().startswith(("http:", "https:", "www.")):
            raise GiaError("不能直接读取网址；请在浏览器中打开报告，另存为 .html 文件后再导入。")


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise GiaError(f"{option} 只能是 {'、'.join(allowed)}，不能是“{value}”。")


def with_way(sentence: str, parameter: str) -> str:
    """A refusal of the library with the option that lifts it."""
    way = {
        "overwrite": "要覆盖原文件，加 --force",
        "any_previous": "确需采用的，加 --any-previous",
        "consent": "已核对无误的，加 --yes",
    }
    return f"{sentence.rstrip('。')}；{way[parameter]}。" if parameter else sentence


def colored(stream: TextIO) -> bool:
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, 120)


class Progress:
    """A counter on standard error while many files are worked through; silent where nobody watches."""

    def __init__(self, total: int, doing: str = "审核") -> None:
        self.total, self.doing = total, doing
        self.shown = total > 1 and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int) -> None:
        if self.shown:
            print(f"\r正在{self.doing} {done}/{self.total}", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
