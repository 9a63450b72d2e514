"""What ``check --annotate`` does beside checking: hands every review back, and tells where it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gia_xlsx.batch import Examined
from gia_xlsx.console import Progress, complain, out
from gia_xlsx.errors import GiaError
from gia_xlsx.review import FOLDER, Returned, annotate_all

_MOST = 12  # files that are named one by one


def folder_of(annotate: bool, output: Path | None) -> Path | None:
    """Where to hand back, or None: without ``--annotate`` nothing is. Raises GiaError for what is no folder."""
    if not annotate:
        if output is not None:
            raise GiaError("-o 用来指定标注后的文件写到哪里，要和 --annotate 一起用。")
        return None
    folder = output or FOLDER
    if folder.exists() and not folder.is_dir():
        raise GiaError(f"“{folder}”是文件，不是文件夹；-o 请写文件夹。")
    return folder


def hand_back(examined: Sequence[Examined], folder: Path | None) -> list[Returned]:
    """The reviews written into the folder, with a counter while that takes long."""
    if folder is None:
        return []
    with Progress(len(examined), "标注") as progress:
        return annotate_all(examined, folder, progress)


def with_paths(answer: dict[str, Any], examined: Sequence[Examined], returned: Iterable[Returned]) -> dict[str, Any]:
    """The answer for programs, with what was written for each file."""
    written = {one.path: one for one in returned}
    for file, one in zip(answer["files"], examined, strict=True):
        if one.path in written:
            file["annotated"] = [str(path) for path in written[one.path].written]
    return answer


def tell(returned: Sequence[Returned]) -> None:
    """For a person: where the reviews are."""
    written = [path for one in returned for path in one.written]
    if len(returned) <= _MOST:
        for path in written:
            out(f"已写出审核意见：{path}")
    elif written:
        out(f"已写出审核意见：{written[0].parent}，{len(returned)} 份报告，{len(written)} 个文件。")


def failures(returned: Iterable[Returned]) -> list[str]:
    """A status for each file that was not handed back as asked, and why on standard error."""
    for one in returned:
        for sentence in (one.remark, one.problem):
            if sentence:
                complain(sentence)
    return ["unreadable" for one in returned if one.problem]
