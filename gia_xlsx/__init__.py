"""gia-xlsx: the workbook, the review and the publishing of 政府信息公开工作年度报告.

The library has the rank of the command line: ``new_workbook``, ``read_workbook``, ``check``, ``build``,
``verify_report``, ``import_report``, ``load_form``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError, RefusedError

if TYPE_CHECKING:
    from gia_xlsx.diagnostic import Verdict
    from gia_xlsx.form import Form
    from gia_xlsx.intake import Imported
    from gia_xlsx.report import Report
    from gia_xlsx.verify.proof import Proof

__all__ = [
    "GiaError",
    "RefusedError",
    "__version__",
    "build",
    "check",
    "import_report",
    "load_form",
    "new_workbook",
    "read_workbook",
    "verify_report",
]
__version__ = "0.1.0"


def load_form(name: str) -> Form:
    """The form of a notice, ``"2019"`` or ``"2021"``. Raises GiaError for another name."""
    from gia_xlsx import form

    if name not in form.form_names():
        raise GiaError(f"没有“{name}”这种格式，可用的有 {'、'.join(form.form_names())}。")
    return form.load_form(name)


def new_workbook(
    target: Path | None = None,
    *,
    organ: str,
    organ_type: str,
    year: int,
    form: str | None = None,
    previous: Report | None = None,
    any_previous: bool = False,
    templates: Path | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a blank workbook and return where it is.

    ``organ_type`` is a key of ``organ.organ_types()``; the form follows from the year unless named; ``previous`` fills
    上年结转 and the sheet of last year's figures; ``templates`` is a folder of the office's own, for its ``narrative/``
    sentences. Without ``target``: ``<organ><year>.xlsx`` in the working folder.
    Raises GiaError for an unknown type or form, a year without a form, or a target that is no .xlsx; RefusedError for a
    target that is there already unless ``overwrite``, and for a ``previous`` of another organ or of another year than
    the last unless ``any_previous``.
    """
    import os
    import unicodedata

    from gia_xlsx.form import LAST_YEAR, first_year, form_for_year
    from gia_xlsx.organ import organ_types
    from gia_xlsx.publish.atomic import folder_name
    from gia_xlsx.report import Cover
    from gia_xlsx.resources import Looks
    from gia_xlsx.workbook.write import write_workbook

    if not organ.strip():
        raise GiaError("机关名称不能为空，请写与公章一致的全称。")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in organ):
        raise GiaError("机关名称里有换行、控制字符或认不出的字符，请写与公章一致的全称。")
    if organ_type not in organ_types():
        known = "、".join(f"{key}（{kind.label}）" for key, kind in organ_types().items())
        raise GiaError(f"没有“{organ_type}”这种机关类型，可用的有：{known}。")
    if not first_year() <= year <= LAST_YEAR:
        raise GiaError(f"报告年度应在 {first_year()} 至 {LAST_YEAR} 之间，不能是 {year}。")
    chosen = load_form(form) if form else form_for_year(year)
    target = target or Path(f"{folder_name(organ, year)}.xlsx")
    if target.suffix.lower() != ".xlsx":
        name = f"{target.stem or folder_name(organ, year)}.xlsx"
        raise GiaError(f"“{target}”不是 .xlsx 文件名，没有写入；请改为“{name}”。")
    if previous is not None and not any_previous:
        _is_last_year(previous, organ, year)
    if os.path.lexists(target) and not overwrite:
        raise RefusedError(f"“{target}”已经存在，为免覆盖已填内容，没有写入；请换个文件名。", "overwrite")
    cover = Cover(organ.strip(), organ_type, year)
    write_workbook(target, chosen, cover, previous=previous, looks=Looks(templates))
    return target


def _is_last_year(previous: Report, organ: str, year: int) -> None:
    from gia_xlsx.rules.previous import disagreement

    if told := disagreement(organ, year, previous):
        raise RefusedError(
            f"上年材料是{told[0]}的，不是{told[1]}的，没有写入；请换上本机关上一年度的材料。", "any_previous"
        )


def read_workbook(path: Path) -> Report:
    """Read a filled workbook (.xlsx, .xls, .ods, .xlsb). Raises GiaError if the file cannot be read."""
    from gia_xlsx.workbook.read import read_workbook

    return read_workbook(path)


def check(report: Report) -> Verdict:
    """Judge a report by every rule of the catalogue."""
    from gia_xlsx.rules import check

    return check(report)


def import_report(
    source: Path,
    target: Path | None = None,
    *,
    organ: str = "",
    organ_type: str = "",
    year: int | None = None,
    scope: str = "",
    overwrite: bool = False,
) -> Imported:
    """Read a published report (web page, Word file, PDF, text), and write it to ``target`` as a filled workbook.

    Without ``target`` nothing is written. What is declared (``organ``, ``organ_type``, ``year``, ``scope``) goes before
    what is inferred. Raises GiaError for a source that cannot be read or holds no report, and for
    a target that is no .xlsx; RefusedError for one that is there already unless ``overwrite``.
    """
    import os

    from gia_xlsx.intake import import_report, write_imported

    if target is not None and target.suffix.lower() != ".xlsx":
        raise GiaError(f"“{target}”不是 .xlsx 文件名，没有写入；请改为“{target.stem or '报告'}.xlsx”。")
    if target is not None and os.path.lexists(target) and not overwrite:
        raise RefusedError(f"“{target}”已经存在，为免覆盖已填内容，没有写入；请换个文件名。", "overwrite")
    imported = import_report(source, organ=organ, organ_type=organ_type, year=year, scope=scope)
    if target is not None:
        write_imported(imported, target)
    return imported


def build(
    report: Report,
    folder: Path,
    *,
    formats: Sequence[str] | None = None,
    draft: bool = False,
    consent: bool = False,
    templates: Path | None = None,
) -> Path:
    """Publish a report into ``folder/<organ><year>/`` and return that folder.

    ``formats``: names in ``publish.FORMATS``, all if None; ``templates``: a folder of the office's own.
    Raises GiaError if the report has errors and ``draft`` is not set, or if the output cannot be written; RefusedError
    if it was read by labels alone, unless ``draft``, or ``consent``: a person has looked at its figures.
    """
    from gia_xlsx.builds import BY_LABELS
    from gia_xlsx.publish import Edition
    from gia_xlsx.release import publish
    from gia_xlsx.resources import Looks

    verdict = check(report)
    if not draft and verdict.status != "ok":
        raise GiaError(f"“{report.title}”还有错误，没有发布；改正后再发布，或生成草稿。")
    if report.read_by_labels and not (draft or consent):
        raise RefusedError(BY_LABELS.format(what=f"“{report.title}”"), "consent")
    edition = Edition(report, draft, Looks(templates), verdict if draft else None)
    return publish(edition, folder, formats)


def verify_report(folder: Path) -> Proof:
    """Hold page, Word, PDF and tables of a built report against its data.

    Raises GiaError for what is no such folder, or has no ``report.json``.
    """
    from gia_xlsx.verify import verify_folder

    return verify_folder(folder)
