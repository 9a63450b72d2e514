"""Where the words and looks are: ``templates/`` inside the wheel or at the top of a checkout, and an office's own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gia_xlsx.errors import GiaError, system_words

_MOST = 10_000  # files of a folder; one that holds more was named by mistake


@cache
def templates() -> Path:
    """The folder of templates."""
    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@dataclass(frozen=True, slots=True)
class Looks:
    """The templates that a report is dressed by: those of ``folder`` go before ours, whole or some."""

    folder: Path | None = None

    def find(self, name: str) -> Path:
        """The file of a template, like ``report.html.j2``. Raises GiaError for one of the office that is no file."""
        own = self.folder / name if self.folder else None
        if self.folder is None or own is None or not os.path.lexists(own):
            return templates() / name
        return _held(own, self.folder)

    def all(self, folder: str, pattern: str) -> list[Path]:
        """The templates of one folder, like ``narrative/overview``, by name. Raises GiaError as ``find`` does."""
        names = {path.name for root in self._roots() for path in (root / folder).glob(pattern)}
        return [self.find(f"{folder}/{name}") for name in sorted(names)]

    def _roots(self) -> Iterator[Path]:
        yield templates()
        if self.folder:
            yield self.folder


OURS = Looks()


def read_template(file: Path) -> str:
    """The text of a template. Raises GiaError for one that is no UTF-8, or cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise GiaError(f"模板 {file.name} 不是 UTF-8 编码，请用记事本另存为 UTF-8。") from None
    except OSError as problem:
        raise GiaError(f"读不出模板 {file.name}（{system_words(problem)}）；请恢复，或改用自带的。") from problem


def refuse_ways_out(folder: Path) -> None:
    """A folder of templates is all that a template may read: no link in it leads elsewhere, nor is a pipe in it.

    Raises GiaError for the first that does, and for a folder too large to be one of templates.
    """
    count = 0
    for place, inside, names in os.walk(folder):
        count += len(inside) + len(names)
        if count > _MOST:
            raise GiaError(f"“{folder}”里文件太多，不像模板文件夹；请把模板单独放进一个文件夹。")
        for name in (*inside, *names):
            path = Path(place, name)
            _refuse_link_out(path, folder)
            if path.is_fifo():
                raise GiaError(f"模板文件夹里的“{name}”不是普通文件，没有采用；请移走它后重试。")


def _held(file: Path, folder: Path) -> Path:
    """A template that is a file, can be read, and is inside its folder; to use ours instead unsaid would mislead."""
    _refuse_link_out(file, folder)
    try:
        kind = file.stat().st_mode
    except OSError as problem:
        raise GiaError(
            f"读不出模板 {file.name}（{system_words(problem)}）；请恢复，或删去它，改用自带的。"
        ) from problem
    if not stat.S_ISREG(kind):
        raise GiaError(f"模板 {file.name} 不是文件（同名的是文件夹或设备）；请改名或移走它，再放上模板。")
    if not os.access(file, os.R_OK):
        raise GiaError(f"读不出模板 {file.name}（没有权限）；请改为可读，或删去它，改用自带的。")
    return file


def _refuse_link_out(path: Path, folder: Path) -> None:
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as problem:
        raise GiaError(
            f"模板文件夹里的“{path.name}”是指来指去、没有尽头的链接；请换成文件本身，或删去它。"
        ) from problem
    if not inside:
        raise GiaError(f"模板文件夹里的“{path.name}”是指向文件夹以外的链接，没有采用；请换成文件本身，或删去它。")
