"""Makes ``workbooks/``: the blank form of each notice, and the five real reports, imported as they were found.

python -m tests.examples
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gia_xlsx.form import form_names, load_form
from gia_xlsx.intake import import_report, write_imported
from gia_xlsx.report import Cover
from gia_xlsx.workbook.write import write_workbook
from tests.seeds import SEEDS, load_seed, source

FOLDER = Path(__file__).parents[1] / "workbooks"


def example(seed: str) -> str:
    """The name of an example workbook: ``<organ><year>.xlsx``."""
    report = load_seed(seed)
    return f"{report.organ}{report.year}.xlsx"


def write_all(folder: Path) -> Iterator[Path]:
    """Write every shipped workbook below ``folder``; the same bytes each time."""
    (folder / "examples").mkdir(parents=True, exist_ok=True)
    for name in form_names():
        form = load_form(name)
        blank = folder / f"空白表（{name}年格式）.xlsx"
        write_workbook(blank, form, Cover(year=form.until))
        yield blank
    for seed in SEEDS:
        filled = folder / "examples" / example(seed)
        write_imported(import_report(source(seed)), filled)
        yield filled


if __name__ == "__main__":
    for _ in write_all(FOLDER):
        pass
