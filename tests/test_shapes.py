"""The corpus holds what it claims: each figure stands in its source where its row does, and twice it is the same."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter, defaultdict
from functools import cache

import pytest

from gia_xlsx.form import load_form
from tests.seeds import SEEDS, raw_cells
from tests.shapes import Specimen, corpus

_INLINE = re.compile(r"</?(?:span|o:p|strong|ruby|rt|rp|br)\b[^>]*>")
_UNSEEN = re.compile(r"<script.*?</script>|<style.*?</style>|<!--.*?-->|<w:del .*?</w:del>", re.DOTALL)
_BETWEEN = re.compile(r"[\s|│,\x0c]+")


@cache
def specimens() -> tuple[Specimen, ...]:
    return tuple(corpus())


def each(specimen: Specimen) -> str:
    return specimen.name


def words(specimen: Specimen) -> str:
    """What a source says, its markup taken off; written apart from the shapes on purpose."""
    if specimen.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(specimen.data)) as archive:
            xml = archive.read("word/document.xml").decode()
        xml = re.sub(r"</w:p>|</w:tc>", "\n", _UNSEEN.sub("", xml))
        return html.unescape(re.sub(r"<[^>]*>", "", xml))
    text = _decoded(specimen.data)
    if specimen.suffix == ".html":
        return html.unescape(re.sub(r"<[^>]*>", "\n", _INLINE.sub("", _UNSEEN.sub("", text))))
    return re.sub("[\u200b\ufeff]", "", text)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("no encoding")


def test_the_corpus_is_broad() -> None:
    names = Counter(specimen.name for specimen in specimens())
    assert len(names) == names.total() >= 60
    assert {specimen.suffix for specimen in specimens()} == {".txt", ".md", ".html", ".docx"}
    for suffix in (".txt", ".md", ".html", ".docx"):
        assert {each.form for each in specimens() if each.suffix == suffix} == {"2019", "2021"}


def test_the_corpus_is_the_same_twice() -> None:
    assert tuple(corpus()) == specimens()


@pytest.mark.parametrize("specimen", specimens(), ids=each)
def test_the_truth_speaks_of_every_cell(specimen: Specimen) -> None:
    assert list(specimen.truth) == list(load_form(specimen.form).cells)
    assert specimen.why


@pytest.mark.parametrize("specimen", specimens(), ids=each)
def test_the_figures_of_a_row_stand_together(specimen: Specimen) -> None:
    said = _BETWEEN.split(words(specimen))
    everything = " " + " ".join(said) + " "
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, raw in specimen.truth.items():
        if raw:
            rows[key.table, key.row] += [part for part in _BETWEEN.split(raw) if part]
    out_of_order = re.search(r"column by column|column first", specimen.name)
    for row, figures in rows.items():
        if specimen.name == "glued figures":
            assert any(line.endswith(figures[0]) for line in said)
        elif out_of_order:
            assert set(figures) <= set(said), row
        else:
            assert f" {' '.join(figures)} " in everything, row


@pytest.mark.parametrize("specimen", specimens(), ids=each)
def test_the_prose_stands_word_for_word(specimen: Specimen) -> None:
    said = re.sub(r"\s", "", words(specimen))
    for _, paragraph in specimen.paragraphs:
        assert re.sub(r"\s", "", paragraph) in said
    if specimen.organ:
        assert specimen.organ in said
    if specimen.year:
        assert str(specimen.year) in said


@pytest.mark.parametrize("seed", SEEDS)
def test_seeds_keep_the_figures_that_were_transcribed(seed: str) -> None:
    for specimen in specimens():
        if f"seed {seed}" in specimen.name:
            assert dict(specimen.truth) == raw_cells(seed)


@pytest.mark.parametrize("specimen", specimens(), ids=each)
def test_rows_and_columns_tell_themselves_apart(specimen: Specimen) -> None:
    """But for the seeds, no two rows or columns of table three are alike: a figure in a wrong one is seen."""
    if "seed" in specimen.name:
        return
    for axis in (1, 2):
        lines: dict[str, list[str]] = defaultdict(list)
        for key, raw in specimen.truth.items():
            if key.table == "requests" and raw is not None:
                lines[key[axis]].append(raw)
        assert len({tuple(line) for line in lines.values()}) == len(lines)


def test_a_clean_report_balances() -> None:
    specimen = next(each for each in specimens() if each.name == "html clean 2021")
    values = {key: int(raw or 0) for key, raw in specimen.truth.items() if key.table != "disclosure"}
    for total, relation in load_form("2021").totals.items():
        assert values[total] == sum(values[key] for key in relation.left)
