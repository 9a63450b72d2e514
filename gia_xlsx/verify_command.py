"""The command ``verify``: one built report told in full, a folder of many in a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from json import dumps
from pathlib import Path
from typing import Any

from gia_xlsx.batch import spread
from gia_xlsx.console import Progress, colored, complain, out, utf8, width
from gia_xlsx.diagnostic import Severity, Verdict
from gia_xlsx.errors import GiaError
from gia_xlsx.profile import NATIONAL, Profile
from gia_xlsx.show import FileResult, aligned, as_json, findings, paint
from gia_xlsx.verify import verify_folder
from gia_xlsx.verify.folder import reports
from gia_xlsx.verify.proof import Proof

_STATUS = {"ok": "一致", "errors": "不一致", "unreadable": "读不了"}
_BOLD, _RED, _YELLOW, _DIM = "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[2m"


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of one folder: its proof, or why there is none."""

    folder: Path
    proof: Proof | None = None
    problem: str = ""

    @property
    def status(self) -> str:
        """``ok``, ``errors`` or ``unreadable``."""
        return self.proof.status if self.proof else "unreadable"

    @property
    def result(self) -> FileResult:
        """As the result of a check, whose findings are told in the same way."""
        if self.proof is None:
            return FileResult(str(self.folder), "unreadable", problem=self.problem)
        proof = self.proof
        verdict = Verdict(proof.diagnostics)
        return FileResult(str(self.folder), self.status, proof.form, proof.organ, proof.year, verdict)


def run(paths: Sequence[Path], output_format: str = "text", profile: Profile = NATIONAL) -> list[str]:
    """Prove the built reports at ``paths`` (each one report, or a folder of many) and print what came of it.

    Gives the status of each: ``ok``, ``errors``, ``unreadable``. Raises GiaError where there is no report at all.
    """
    folders = list(dict.fromkeys(folder for path in paths for folder in reports(path)))
    verified: list[Verified] = []
    with Progress(len(folders), "核对") as progress:
        for one in spread(partial(_one, profile=profile), folders, lambda path: Verified(path, problem=_broken(path))):
            verified.append(one)
            progress(len(verified))
    if output_format == "json":
        answer = {"files": [_json(one) for one in verified]}
        utf8(f"{dumps(answer, ensure_ascii=False, indent=1)}\n".encode(errors="backslashreplace"))
    else:
        _tell(verified)
    for one in verified:
        if one.problem:
            complain(one.problem)
    return [one.status for one in verified]


def _one(folder: Path, profile: Profile) -> Verified:
    try:
        return Verified(folder, verify_folder(folder, profile=profile))
    except GiaError as problem:
        return Verified(folder, problem=str(problem))


def _broken(folder: Path) -> str:
    return f"“{folder}”：核对时程序中断，没有结果；请检查其中的文件，或重新用 gia-xlsx build 生成。"


def _json(one: Verified) -> dict[str, Any]:
    """As ``check --format json`` has it, with what was compared and what was not there."""
    (told,) = as_json([one.result])["files"]
    del told["not_run"]
    if one.proof:
        lists = {name: list(getattr(one.proof, name)) for name in ("checked", "absent", "unproved")}
        told |= {"draft": one.proof.draft, **lists}
    return dict(told)


def _tell(verified: Sequence[Verified]) -> None:
    color, room = colored(sys.stdout), width()
    for one in verified:
        if one.proof and (len(verified) == 1 or one.result.remarkable):
            out("\n".join(_lines(one, one.proof, color, room)) + ("\n" if len(verified) > 1 else ""))
    if len(verified) > 1:
        out(_table(verified))


def _lines(one: Verified, proof: Proof, color: bool, room: int) -> Iterator[str]:
    """Whose report, what was compared, every difference, and the upshot."""
    draft = "（草稿，不得公开）" if proof.draft else ""
    yield f"{paint(f'{proof.title}{draft}', _BOLD, color)}  {paint(one.folder.name, _DIM, color)}"
    yield f"已核对：{'、'.join(proof.checked)}"
    if proof.absent:
        yield paint(f"文件夹里没有，未核对：{'、'.join(proof.absent)}", _DIM, color)
    if proof.unproved:
        yield paint(f"无法比照，未核对：{'、'.join(proof.unproved)}", _DIM, color)
    yield ""
    yield from findings(proof.diagnostics, color=color, width=room)
    yield _upshot(one, proof, color)


def _upshot(one: Verified, proof: Proof, color: bool) -> str:
    counts = ((severity, one.result.count(severity)) for severity in Severity)
    told = "，".join(f"{severity.label} {count} 条" for severity, count in counts if count)
    if one.status != "ok":
        return f"{paint('不一致' if one.status == 'errors' else '没有核对完', _RED, color)}：{told}。"
    if len(proof.checked) < 2:
        return f"{paint('没有可以比照的文件', _YELLOW, color)}：文件夹里只有 {proof.checked[0]}。"
    return f"{paint('一致', _BOLD, color)}：各文件的数字和文字相同。{f'（{told}）' if told else ''}"


def _table(verified: Sequence[Verified]) -> str:
    head = ["文件夹", "机关", "年度", "结果", "错误", "提醒", "已核对", "备注"]
    rows = [
        [
            one.folder.name,
            one.result.organ or "",
            str(one.result.year or ""),
            _STATUS[one.status],
            *(str(one.result.count(level)) if one.proof else "" for level in (Severity.ERROR, Severity.WARNING)),
            f"{len(one.proof.checked)} 个文件" if one.proof else "",
            "草稿" if one.proof and one.proof.draft else "",
        ]
        for one in verified
    ]
    counts = ((label, sum(one.status == status for one in verified)) for status, label in _STATUS.items())
    told = "，".join(f"{label} {count} 份" for label, count in counts if count)
    return "\n".join([*aligned([head, *rows], right={4, 5}), "", f"共 {len(verified)} 份：{told}。"])
