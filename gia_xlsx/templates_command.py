"""The command ``templates``: copies of the looks, for an office to change; and the folder of such copies, looked at."""

from __future__ import annotations

import difflib
from pathlib import Path

from gia_xlsx.console import complain, out
from gia_xlsx.errors import GiaError
from gia_xlsx.resources import Looks, refuse_ways_out, templates
from gia_xlsx.workbook.write import replace_file

_OURS_ALONE = {".py", ".pyc"}  # what makes a template is no template


def names() -> list[str]:
    """Every template by its path in the folder, like ``report.html.j2`` or ``narrative/overview/10-….j2``."""
    root = templates()
    files = (path for path in root.rglob("*") if path.is_file() and path.suffix not in _OURS_ALONE)
    return sorted(path.relative_to(root).as_posix() for path in files if not path.name.startswith("."))


def copy_to(folder: Path, overwrite: bool) -> None:
    """Put a copy of every template into a folder; what stands there already is kept, unless ``overwrite``.

    Raises GiaError for a folder that cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise GiaError(f"“{folder}”是文件，不是文件夹，没有写入；请换个文件夹。")
    kept = 0
    every = names()
    for name in every:
        target = folder / name
        if target.exists() and not overwrite:
            kept += 1
            continue
        replace_file(target, (templates() / name).read_bytes())
    out(f"模板已复制到 {folder}：{len(every) - kept} 个文件。只改要改的，其余可以删去；发布时加 --templates {folder}。")
    if kept:
        out(f"原已有 {kept} 个文件，没有覆盖；要换成本工具自带的，加 --force。")


def looks_of(folder: Path | None) -> Looks:
    """The looks that a folder gives; tells of misspelt names.

    Raises GiaError for one that holds no template, or more than templates: a link that leads out of it.
    """
    if folder is None:
        return Looks()
    if not folder.is_dir():
        raise GiaError(f"没有“{folder}”这个模板文件夹；可用 gia-xlsx templates {folder} 生成一份，改后再用。")
    refuse_ways_out(folder)
    known, looks = names(), Looks(folder)
    found = [name for name in known if looks.find(name) == folder / name]
    others = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name not in known)
    if not found:
        raise GiaError(f"“{folder}”里没有本工具的模板，如 {known[0]}；可用 gia-xlsx templates {folder} 生成。")
    for name in others:
        if near := difflib.get_close_matches(name, known, n=1, cutoff=0.7):
            complain(f"{folder / name}：不是模板的名称，没有用上；是否应为“{near[0]}”？")
    return looks
