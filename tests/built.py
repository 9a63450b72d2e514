"""A clean report as ``build`` makes it, for a site that is told in full, and edits of its files as people make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from gia_xlsx.diagnostic import Diagnostic
from gia_xlsx.profile import Profile
from gia_xlsx.publish import FORMATS, Edition, render
from gia_xlsx.report import Report
from gia_xlsx.site import Site
from gia_xlsx.verify import differences
from tests.clean import clean, edited

SITE = Site(
    name="清水县人民政府门户网站",
    domain="www.example.gov.cn",
    id_code="4213210001",
    column="政府信息公开年报",
    source="清水县人民政府办公室",
    author="政务公开科",
    keywords=("政府信息公开", "年度报告"),
    url="https://www.example.gov.cn/{organ}/{year}.html",
    time="09:30",
)
PROFILE = Profile(site=SITE)
BODY = "word/document.xml"

Files = Mapping[str, bytes]


def built(report: Report, draft: bool = False, only: str = "") -> dict[str, bytes]:
    """Every file of a report by name, or those that are made together with one."""
    formats = [name for name, format_ in FORMATS.items() if only in format_.files] if only else None
    return render(Edition(replace(report, profile=PROFILE), draft), formats)


@cache
def clean_files(form: str = "2021") -> Files:
    return built(clean(form))


def told(files: Files) -> tuple[Diagnostic, ...]:
    """What the files of a report say otherwise than its data."""
    return differences(files, profile=PROFILE)


def codes(files: Files) -> list[str]:
    """The same as ``GIA801 report.html``."""
    return [f"{one.code} {one.message.partition('：')[0]}" for one in told(files)]


def text_of(name: str, content: bytes) -> str:
    """The text of a file that a person may edit: of a Word file its body."""
    if name.endswith(".docx"):
        return zipfile.ZipFile(io.BytesIO(content)).read(BODY).decode("utf-8")
    return content.decode("utf-8")


def with_text(name: str, content: bytes, text: str) -> bytes:
    """The file with its text, or its body, put in place of the old."""
    if not name.endswith(".docx"):
        return text.encode("utf-8")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, text.encode("utf-8") if part == BODY else old.read(part), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def edited_file(files: Files, name: str, old: str, new: str, head: bool = False) -> dict[str, bytes]:
    """The files with words of one of them replaced where they first stand, of a page in its article or its ``head``."""
    text = text_of(name, files[name])
    at = text.find(old, 0 if head else max(text.find("<article"), 0))
    assert at >= 0, f"{name} has no {old!r}"
    return {**files, name: with_text(name, files[name], text[:at] + new + text[at + len(old) :])}


def handled(files: Files, handling: Mapping[str, Any]) -> dict[str, bytes]:
    """The files after one handling of a case: words replaced, a file cut, dropped, or made of other figures."""
    match handling:
        case {"file": name, "old": old, "new": new}:
            return edited_file(files, name, old, new, handling.get("head", False))
        case {"file": name, "drop": True}:
            return {other: content for other, content in files.items() if other != name}
        case {"file": name, "cut": length}:
            return {**files, name: files[name][:length]}
        case {"file": name, "set": cells}:
            return {**files, name: built(edited(clean(), cells), only=name)[name]}
    raise ValueError(handling)
