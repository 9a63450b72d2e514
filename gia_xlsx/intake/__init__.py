"""From a published report (web page, Word, PDF, text) to a filled workbook: thin readers before one recogniser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.imported import Imported, Note, Unplaced
from gia_xlsx.intake.source import Origin
from gia_xlsx.report import COVER_NAMES

__all__ = ["Imported", "Note", "Origin", "Unplaced", "import_report", "write_imported"]


def import_report(
    path: Path, *, organ: str = "", organ_type: str = "", year: int | None = None, scope: str = ""
) -> Imported:
    """Read a published report. What is declared here goes before what can be inferred from the source.

    Raises GiaError for a file that cannot be read, or that holds no report of the forms of 2019 and later.
    """
    from gia_xlsx.intake.recognise import recognise
    from gia_xlsx.intake.sniff import open_source
    from gia_xlsx.intake.whatis import seems

    source = open_source(path)
    imported = recognise(source)
    if imported is None:
        raise GiaError(seems(source))
    declared = {"organ": organ, "type": organ_type, "year": year, "scope": scope}
    return _declared(imported, {name: value for name, value in declared.items() if value})


def _declared(imported: Imported, said: dict[str, object]) -> Imported:
    """The report with fields of the cover as the caller declares them."""
    if not said:
        return imported
    from gia_xlsx.intake.identity import organ_type, scope_of

    cover = imported.report.cover
    evidence = {**imported.evidence, **dict.fromkeys(said, "导入时指定")}
    if "organ" in said and "type" not in said:
        said["type"] = organ_type(str(said["organ"])) or cover.type
        evidence["type"] = f"按机关名称“{said['organ']}”"
    if "scope" not in said and said.get("type", cover.type) != cover.type:
        said["scope"] = scope_of(str(said["type"]))
        evidence["scope"] = "按机关类型推定，原文没有写明"
    notes = tuple(
        Note(f"指定的{COVER_NAMES[name]}是“{said[name]}”，原文推断的是“{inferred}”，请核对")
        for name in ("organ", "year")
        if name in said and (inferred := getattr(cover, name)) and inferred != said[name]
    )
    report = replace(imported.report, cover=replace(cover, **said))  # type: ignore[arg-type]  # names of its fields
    return replace(imported, report=report, evidence=evidence, notes=(*notes, *imported.notes))


def write_imported(imported: Imported, target: Path) -> None:
    """The filled workbook of an import, with the record of what was inferred, cleaned up and left out.

    The same source gives the same workbook. Raises GiaError where the target cannot be written.
    """
    from gia_xlsx.intake.imported import records
    from gia_xlsx.workbook.write import write_workbook

    report = imported.report
    write_workbook(
        target, report.form, report.cover, report=report, source=imported.source, records=tuple(records(imported))
    )
