"""The house keeps its shape: arrows point one way, each foreign library has one door, lint, types and README hold."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gia_xlsx"

# From the ground up; a module may import what stands in a row below its own, and its neighbours of the same folder.
FLOORS = (
    ("errors", "child", "resources", "form", "organ", "width", "wordlists"),
    ("site", "pages"),
    ("profile",),
    ("grid", "report"),
    ("numerals", "personal", "diagnostic"),
    ("opinions",),
    ("likeness",),
    ("placeholders", "keywords", "braces", "sandbox", "narrative"),
    ("passages",),
    ("claims",),
    ("rules", "workbook", "publish"),
    ("intake", "verify"),
    ("release",),
    ("show",),
    ("batch",),
    ("builds",),
    ("review_page",),
    ("review",),
    ("imports",),
    ("show_import",),
    ("console",),
    ("import_command", "review_command", "build_command", "templates_command", "verify_command"),
    ("preview", "preview_page"),
    ("chinese", "cli", "__main__", "__init__"),
)

# Where a foreign library may be imported.
DOORS = {
    "openpyxl": {"workbook/explain.py", "workbook/grids.py"},
    "xlsxwriter": {"workbook/write.py", "workbook/styles.py", "workbook/growing.py"},
    "python_calamine": {"workbook/values.py"},
    "jinja2": {"sandbox.py", "pages.py"},  # filers' text, and pages
    "docx": set(),  # the tests read Word files back with it
    "lxml": {
        "publish/word_parts.py",
        "publish/word_styles.py",
        "publish/word_template.py",
        "intake/docx.py",
        "intake/docx_xml.py",
        "intake/docx_numbers.py",
        "workbook/parts.py",
        "verify/word.py",
        "verify/word_besides.py",
    },
    "selectolax": {"intake/html.py", "verify/page.py", "verify/frame.py"},
    "typst": {"publish/typeset.py"},
    "fontTools": {"publish/fonts.py"},
    "pypdfium2": {"verify/pdf_tags.py"},
    "pdfplumber": {"intake/pdf.py"},
    "pdfminer": {"intake/pdf.py"},
    "charset_normalizer": {"intake/sniff.py"},
    "typer": {"cli.py", "chinese.py", "import_command.py"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it; our own as dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "gia_xlsx":
                found.update(f"gia_xlsx.{alias.name}" for alias in node.names)
    return found


def floor(name: str) -> int:
    return next(level for level, names in enumerate(FLOORS) if name in names)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_point_down(path: Path) -> None:
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "gia_xlsx" or len(parts) == 1 or parts[1].startswith("_"):
            continue
        if parts[1] != here and (PACKAGE / parts[1]).with_suffix(".py").exists() | (PACKAGE / parts[1]).is_dir():
            assert floor(parts[1]) <= floor(here), f"{path.name} imports {name}, which stands above it"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_foreign_library_has_one_door(path: Path) -> None:
    for name in imports(path):
        doors = DOORS.get(name.split(".")[0])
        assert doors is None or path.relative_to(PACKAGE).as_posix() in doors, f"{path.name} opens {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
        ["cogapp", "--check", "README.md", "README.zh-CN.md", "docs/rules.zh.md"],
    ],
    ids=["format", "lint", "types", "README is fresh"],
)
def test_house_rules(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_the_test_command_of_the_readme() -> None:
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    for readme in ("README.md", "README.zh-CN.md"):
        assert last in (ROOT / readme).read_text(encoding="utf-8")


def test_nothing_is_left_to_fill_in() -> None:
    for page in ROOT.glob("*.md"):
        assert "@@" not in page.read_text(encoding="utf-8"), page.name
