"""A built report proves itself, and an edit of any of its files is found out and named with its place."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gia_xlsx import verify_command
from gia_xlsx.diagnostic import Severity
from gia_xlsx.errors import GiaError
from gia_xlsx.form import Key
from gia_xlsx.profile import NATIONAL
from gia_xlsx.publish import FORMATS, Edition, render
from gia_xlsx.publish.data import render_json
from gia_xlsx.report import Fact, Flaw, Paragraph, Report
from gia_xlsx.resources import Looks, templates
from gia_xlsx.rules import check
from gia_xlsx.verify import differences, folder, verify_folder
from gia_xlsx.verify.pdf import furniture
from gia_xlsx.verify.proof import CHECKED, prove
from tests.built import PROFILE, Files, built, clean_files, codes, edited_file, text_of, told, with_text
from tests.clean import clean, edited
from tests.seeds import SEEDS, load_seed
from tests.test_open_data import odd

WORDED = ("report.html", "fragment.html", "report.docx")
LICENSING = "disclosure/licensing/decisions"
P = '<w:p><w:r>{}<w:t xml:space="preserve">{}</w:t></w:r></w:p>'


def errors(files: Files) -> list[str]:
    return [one.message for one in told(files) if one.severity is Severity.ERROR]


def paragraph(name: str, text: str) -> str:
    return P.format("", text) if name.endswith(".docx") else f"<p>{text}</p>"


# --- what is the same ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_clean_report_has_all_its_files_and_nothing_to_say_of_them(form: str) -> None:
    assert set(CHECKED) <= set(clean_files(form))
    assert told(clean_files(form)) == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_five_reports_as_drafts_are_the_same_in_every_file(seed: str) -> None:
    report = replace(load_seed(seed), profile=PROFILE)
    assert [
        one for one in differences(render(Edition(report, True, verdict=check(report)))) if one.code < "GIA805"
    ] == []


def long_words() -> Report:
    text = "本机关全年公开信息１２条，" * 2_300
    words = (Paragraph("other", "", text), Paragraph("other", "", "x" * 200), Paragraph("other", "", text))
    return replace(clean(), paragraphs=clean().paragraphs + words)


def gaps() -> Report:
    facts = {**clean().facts}
    for name in ("requests/received/natural", "requests/carried_out/total", "cases/count/review.upheld"):
        facts[Key.parse(name)] = Fact(Key.parse(name), None, "", None, Flaw.BLANK)
    return replace(clean(), facts=facts)


def markup() -> Report:
    words = '<b>1</b> & "引号" =1+1 {完} \\ #set $x$ *a* _b_ @c 完'
    report = clean()
    cover = replace(report.cover, title=words, signature=words, date=words)
    paragraphs = tuple(Paragraph(section.key, words, "{{ '" + words + "' }}") for section in report.form.sections)
    return replace(report, cover=cover, paragraphs=paragraphs, headings={"problems": words})


def rare() -> Report:
    """Characters that share a glyph, ligatures, what is not to be seen, accents, blanks of every kind."""
    words = "𠘨⺇ 丽\U0002f800 ﬁ ﬀ ㅤ 字\u200b词 e\u0301é Ａ１　x\u00a0y — ― · ・"
    report = clean()
    return replace(report, paragraphs=(*report.paragraphs, Paragraph("other", words, words)))


def nothing() -> Report:
    """A draft in which no cell and no total has a number, and blanks do not count 0 although the cover says so."""
    report = clean()
    facts = {key: Fact(key, None, "", None, None if key in report.form.totals else Flaw.BLANK) for key in report.facts}
    return replace(report, facts=facts, cover=replace(report.cover, blank_is_zero=True))


def words_in_cells() -> Report:
    """Words everywhere, of which some go on overleaf, and sums beyond any count."""
    draw = random.Random(5)
    raws = ("无", "约十二", "99999999999999", "字" * 250, "字" * 2_500, "-4", "{{ 年度 }}", "\u200b", "")
    return edited(clean(), {str(key): draw.choice(raws) for key in clean().form.inputs})


def unseen() -> Report:
    """Lines in which nothing can be seen, marks of a draft as words, a text turned round, a title of nothing."""
    report = clean()
    texts = (
        "\u200b",
        "\ufeff",
        "\u2060",
        "\u3164",
        "甲\n\u200b\n乙",
        "草稿",
        "草稿　未经审核，不得公开",
        "\u202eabc",
        "— 3 —",
    )
    words = tuple(Paragraph(section, "\u115f", text) for section in ("overview", "cases") for text in texts)
    cover = replace(report.cover, title="\u115f", signature="\u200b", organ="清水镇\n人民政府")
    words = (*words, Paragraph("other", "", "{{ 机关名称 }}完"))
    return replace(report, cover=cover, paragraphs=(*report.paragraphs, *words))


@pytest.mark.parametrize(
    "report", [odd, long_words, gaps, markup, rare, nothing, words_in_cells, unseen], ids=lambda report: report.__name__
)
def test_odd_reports_are_the_same_in_every_file(report: Callable[[], Report]) -> None:
    """Figures below 0, money, blanks, 30,000 characters, headings of one's own, words that look like markup."""
    assert errors(built(report(), draft=True)) == []


def test_only_files_that_are_there_are_compared(tmp_path: Path) -> None:
    kept = ("report.json", "fragment.html", "report.docx")
    proof = verify_folder(laid({name: clean_files()[name] for name in kept}, tmp_path / "a"))
    assert (proof.status, proof.checked) == ("ok", kept)
    assert set(proof.absent) == set(CHECKED) - set(kept)


def test_without_data_nothing_is_held_against_them() -> None:
    assert differences({name: content for name, content in clean_files().items() if name != "report.json"}) == ()


# --- what was changed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WORDED)
def test_a_figure_in_a_table_is_found_out_with_its_cell(name: str) -> None:
    files = changed_cell(name, "行政许可", "40", "41")
    (one,) = [one for one in told(files) if one.keys]
    assert (one.code, [str(key) for key in one.keys]) == ("GIA801", [LICENSING])
    assert one.message == f"{name}：「行政许可」的本年处理决定数量是“41”，report.json 是“40”。"


def changed_cell(name: str, label: str, old: str, new: str) -> dict[str, bytes]:
    """The files with the first figure after a label of a table replaced."""
    text = text_of(name, clean_files()[name])
    at = text.index(f">{label}<", text.index("第二十条第(五)项"))
    at = text.index(f">{old}<", at)
    return {
        **clean_files(),
        name: with_text(name, clean_files()[name], f"{text[:at]}>{new}<{text[at + len(old) + 2 :]}"),
    }


@pytest.mark.parametrize("name", WORDED)
def test_two_cells_exchanged_are_two_differences(name: str) -> None:
    text = text_of(name, clean_files()[name])
    row = text.index(">行政规范性文件<")
    first, second = text.index(">2<", row), text.index(">31<", row)
    text = f"{text[:first]}>31<{text[first + 3 : second]}>2<{text[second + 4 :]}"
    found = [one for one in told({**clean_files(), name: with_text(name, clean_files()[name], text)}) if one.keys]
    assert [str(one.keys[0]) for one in found] == ["disclosure/normative/repealed", "disclosure/normative/in_force"]


@pytest.mark.parametrize("name", WORDED)
def test_a_row_taken_out_is_named(name: str) -> None:
    text = text_of(name, clean_files()[name])
    begin, end = ("<w:tr>", "</w:tr>") if name.endswith(".docx") else ("<tr>", "</tr>")
    at = text.index(">1.信访举报投诉类申请<")
    first, last = text.rindex(begin, 0, at), text.index(end, at) + len(end)
    taken = with_text(name, clean_files()[name], text[:first] + text[last:])
    assert any(f"{name}：" in said and "信访举报" in said for said in errors({**clean_files(), name: taken}))


@pytest.mark.parametrize("name", WORDED)
def test_a_paragraph_changed_added_or_removed_is_told_with_its_number(name: str) -> None:
    last = "改进措施：下一步将丰富解读形式，健全更新机制，加强业务培训。"
    section = "五、存在的主要问题及改进情况"
    (said,) = errors(edited_file(clean_files(), name, "健全更新机制", "完善更新机制"))
    assert said.startswith(f"{name}：“{section}”第 2 段是“")
    (said,) = errors(edited_file(clean_files(), name, last, ""))
    assert said == f"{name}：“{section}”第 2 段没有找到，report.json 是“{last}”。"
    text = text_of(name, clean_files()[name])
    at = re.search(r"<(?:w:)?p[ >](?:(?!<(?:w:)?p[ >]).)*" + last, text)
    assert at
    added = text[: at.start()] + paragraph(name, "另有一段。") + text[at.start() :]
    files = {**clean_files(), name: with_text(name, clean_files()[name], added)}
    assert errors(files) == [f"{name}：有报告里没有的一段文字“另有一段。”。"]


@pytest.mark.parametrize("name", [*WORDED, "report.pdf"])
def test_files_of_an_edited_report_among_the_others_are_found_out(name: str) -> None:
    """What another build would have made: a figure, a paragraph less, one more, the title, a heading, the date."""
    report = clean()
    others = {
        "figure": edited(report, {"requests/received/natural": 95}),
        "less": replace(report, paragraphs=report.paragraphs[:-1]),
        "more": replace(report, paragraphs=(*report.paragraphs, Paragraph("other", "", "另有一段。"))),
        "title": replace(report, cover=replace(report.cover, title="清水镇2024年报告")),
        "heading": replace(report, headings={"other": "六、其他"}),
        "date": replace(report, cover=replace(report.cover, date="2025年1月21日")),
    }
    for what, other in others.items():
        found = codes({**clean_files(), name: built(other, only=name)[name]})
        assert f"{'GIA801' if what in ('figure', 'date') else 'GIA802'} {name}" in found, what


def test_the_data_of_a_figure_and_what_is_seen_of_it_must_agree() -> None:
    datum = f'<data value="40" data-key="{LICENSING}">40</data>'
    for other in (
        datum.replace('"40"', '"41"'),
        datum.replace(">40<", ">41<"),
        datum.replace("licensing", "penalties"),
    ):
        assert "GIA801 report.html" in codes(edited_file(clean_files(), "report.html", datum, other))
    prose = '<data value="27" data-key="requests/carried_in/total">27</data>'
    other = prose.replace("carried_in", "carried_out")
    (said,) = errors(edited_file(clean_files(), "report.html", prose, other))
    assert "value=“27”" in said and "value=“87”" in said
    assert told(edited_file(clean_files(), "report.html", prose, "27")) == ()


def test_a_change_in_the_data_differs_from_all_other_files() -> None:
    for old, new in (
        (f'"key": "{LICENSING}", "value": 40, "raw": "40"', f'"key": "{LICENSING}", "value": 41, "raw": "41"'),
        ("未发生责任追究", "发生责任追究"),
        ('"signature": "清水镇人民政府"', '"signature": "清水镇"'),
    ):
        found = {one.split()[1] for one in codes(edited_file(clean_files(), "report.json", old, new))}
        assert found >= {*WORDED, "report.pdf"}


def test_data_that_contradict_themselves_are_told() -> None:
    raw = edited_file(clean_files(), "report.json", f'"key": "{LICENSING}", "value": 40, "raw": "40"',
                      f'"key": "{LICENSING}", "value": 40, "raw": "41"')  # fmt: skip
    assert any("的 value 是 40，raw 却是“41”" in said for said in errors(raw))
    figure = edited_file(clean_files(), "report.json", '"value": "27", "keys"', '"value": "28", "keys"')
    assert any(said.startswith("report.json：第 3 段文字里的“27”") for said in errors(figure))


def test_a_changed_table_of_data_or_its_description_is_told() -> None:
    for old, new in (("31,件,已填", "31,件,空白"), ("31,件,已填", "31,项,已填"), ("未发生", "发生"), ("规章", "规则")):
        assert codes(edited_file(clean_files(), "report.csv", old, new))[0].endswith(" report.csv")
    text = text_of("report.csv", clean_files()["report.csv"])
    without = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(LICENSING))
    assert codes({**clean_files(), "report.csv": without.encode("utf-8")}) == ["GIA801 report.csv"]
    turned = [text.splitlines()[0], *reversed(text.splitlines()[1:])]
    assert codes({**clean_files(), "report.csv": "\n".join(turned).encode("utf-8")}) == []
    assert codes({**clean_files(), "report.csv": text.encode("gb18030")}) == ["GIA803 report.csv"]
    assert codes(edited_file(clean_files(), "datapackage.json", "清水镇", "清溪镇")) != []


# --- what is hidden -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [
        "hidden",
        'style="display:none"',
        'style="color:red; visibility : hidden"',
        'style="font-size:0"',
        'style="opacity:0"',
        'class="gone"',
        'id="gone"',
    ],
)
def test_what_nobody_can_see_on_the_page_is_found_out(how: str) -> None:
    files = edited_file(
        clean_files(), "report.html", "</head>", "<style>p.gone,#gone{display:none}</style></head>", True
    )
    added = edited_file(
        files, "report.html", "件，行政诉讼", f"件<span {how}>机密</span>，行政诉讼".replace("gone", "x")
    )
    found = [said for said in errors(added) if "隐藏的文字" in said]
    assert bool(found) == ("gone" not in how)
    taken = edited_file(files, "report.html", "<p>主要问题", f"<p {how}>主要问题")
    assert [said for said in errors(taken) if "第 1 段没有找到" in said]


def test_remarks_beside_the_words_stand_in_drafts_only() -> None:
    aside = "<aside><p>行政许可应为 41 件。</p></aside><p>主要问题"
    assert errors(edited_file(clean_files(), "report.html", "<p>主要问题", aside)) == [
        "report.html：有报告里没有的一段文字“行政许可应为 41 件。”。"
    ]


def test_rules_for_paper_hide_nothing_on_the_screen() -> None:
    rule = "<style>@media print{article p{display:none}} p::before{display:none} p:hover{opacity:0}</style></head>"
    assert told(edited_file(clean_files(), "report.html", "</head>", rule, True)) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"),
        ("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>机密</w:t></w:r><w:r>"),
        ("<w:r>", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r>"),
        (
            "<w:r>",
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r><w:r>",
        ),
    ],
    ids=["hidden", "hidden and added", "revised", "text box"],
)
def test_hidden_text_revisions_and_text_boxes_of_word_are_told(old: str, new: str) -> None:
    text = text_of("report.docx", clean_files()["report.docx"])
    at = text.rindex(old, 0, text.index("未发生责任追究"))
    changed = with_text("report.docx", clean_files()["report.docx"], text[:at] + new + text[at + len(old) :])
    assert "GIA802 report.docx" in codes({**clean_files(), "report.docx": changed})


def test_a_deletion_that_keeps_the_report_whole_is_no_difference() -> None:
    removed = "</w:p><w:p><w:del><w:r><w:delText>旧的一段。</w:delText></w:r></w:del></w:p>"
    assert told(edited_file(clean_files(), "report.docx", "</w:p>", removed)) == ()


def test_what_a_pdf_draws_beside_its_text_must_be_known() -> None:
    from gia_xlsx.publish.document import document

    final, draft = document(clean(), False), document(clean(), True)
    assert furniture("— 12 —", final) and furniture("申请人情况", final)
    assert not furniture("草稿", final) and furniture("草稿　未经审核，不得公开", draft)
    assert not furniture("行政许可 41", draft)


# --- what stands beside the words ---------------------------------------------------------------------------------


def proved(folder: Path, files: Files) -> list[str]:
    """What ``verify`` tells of files that somebody sends, as ``GIA801 report.html``."""
    found = verify_folder(laid(files, folder), profile=PROFILE).diagnostics
    return [f"{one.code} {one.message.partition('：')[0]}" for one in found]


PAGE_EDITS = {
    "a figure more": ("</article>", "<figure><p>收到申请999件</p></figure></article>", "GIA801"),
    "a chart": ('<text x="0"', '<text x="1"', "GIA801"),
    "words before": ("<article>", "<p>全年收到申请999件</p><article>", "GIA802"),
    "words after": ("</main>", "</main><p>本报告作废</p>", "GIA802"),
    "a picture": ("<table", '<img src="data:," alt="收到999件"><table', "GIA802"),
    "a drawing": ("</article>", "<svg><text>收到999件</text></svg></article>", "GIA802"),
    "a script": ("</body>", "<script>document.body.textContent='假'</script></body>", "GIA802"),
    "a policy": ("Content-Security-Policy", "X", "GIA802"),
    "a style": ("<style>", "<style>td data{font-size:.01px} td::before{content:'999'}", "GIA802"),
    "out of sight": ("<table", '<table style="position:absolute;left:-9999px"', "GIA802"),
    "a field": ("</article>", '<input value="收到999件"></article>', "GIA802"),
    "an origin": ('"sheet":"三、', '"sheet":"九、', "GIA801"),
}


@pytest.mark.parametrize("what", PAGE_EDITS)
def test_what_a_page_shows_beside_its_words_is_drawn_again_and_compared(what: str, tmp_path: Path) -> None:
    old, new, code = PAGE_EDITS[what]
    files = edited_file(clean_files(), "report.html", old, new, head=True)
    assert f"{code} report.html" in proved(tmp_path / "a", files)


def test_a_fragment_bears_no_style_but_its_own(tmp_path: Path) -> None:
    files = edited_file(clean_files(), "fragment.html", "margin:0;text-indent", "color:#fff;margin:0;text-indent")
    assert proved(tmp_path / "a", files) == ["GIA802 fragment.html"]


def test_the_sheet_is_drawn_again_and_its_picture_painted_again(tmp_path: Path) -> None:
    svg = re.sub(r">94<", ">999<", text_of("infographic.svg", clean_files()["infographic.svg"]), count=1)
    found = proved(tmp_path / "a", {**clean_files(), "infographic.svg": svg.encode("utf-8")})
    assert found == ["GIA801 infographic.svg", "GIA804 infographic.png"]
    assert proved(tmp_path / "b", {**clean_files(), "infographic.png": b"picture"}) == ["GIA803 infographic.png"]


@pytest.mark.parametrize(
    "added",
    [
        '<w:altChunk r:id="rId99" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>',
        '<w:p><w:r><w:sym w:font="Arial" w:char="0039"/></w:r></w:p>',
        '<w:p><w:fldSimple w:instr="QUOTE 999"/></w:p>',
        "<w:p><w:r><w:drawing/></w:r></w:p>",
        '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>机密</w:t></w:r></w:p>',
        '<w:p><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>机密</w:t></w:r></w:p>',
    ],
)
def test_what_word_shows_by_other_means_is_told(added: str, tmp_path: Path) -> None:
    files = edited_file(clean_files(), "report.docx", "</w:body>", f"{added}</w:body>")
    assert proved(tmp_path / "a", files) == ["GIA802 report.docx"]


def test_words_in_the_foot_of_a_word_file_are_told(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(clean_files()["report.docx"])) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            foot = P.format("", "收到申请很多").encode("utf-8") + b"</w:ftr>"
            new.writestr(part, old.read(part).replace(b"</w:ftr>", foot))
    assert proved(tmp_path / "a", {**clean_files(), "report.docx": stream.getvalue()}) == ["GIA802 report.docx"]


def covered(pdf: Any) -> None:
    """A white ground over the first page."""
    from pypdfium2 import raw

    ground = raw.FPDFPageObj_CreateNewRect(0, 0, 600, 300)
    raw.FPDFPageObj_SetFillColor(ground, 255, 255, 255, 255)
    raw.FPDFPath_SetDrawMode(ground, 1, 0)
    page = pdf[0]
    raw.FPDFPage_InsertObject(page, ground)
    raw.FPDFPage_GenerateContent(page)


def annotated(pdf: Any) -> None:
    from pypdfium2 import raw

    raw.FPDFPage_CreateAnnot(pdf[0], raw.FPDF_ANNOT_FREETEXT)


def lengthened(pdf: Any) -> None:
    pdf.new_page(595, 842, 0)


@pytest.mark.parametrize("change", [covered, annotated, lengthened], ids=lambda change: change.__name__)
def test_what_lies_on_the_pages_of_a_pdf_is_told(change: Callable[[Any], None], tmp_path: Path) -> None:
    import pypdfium2

    pdf, stream = pypdfium2.PdfDocument(clean_files()["report.pdf"]), io.BytesIO()
    change(pdf)
    pdf.save(stream)
    assert proved(tmp_path / "a", {**clean_files(), "report.pdf": stream.getvalue()}) == ["GIA802 report.pdf"]


def test_pictures_with_last_years_figures_are_told_as_not_compared(tmp_path: Path) -> None:
    report = clean()
    last = replace(report, cover=replace(report.cover, year=2023))
    files = built(replace(report, previous=last))
    proof = verify_folder(laid(files, tmp_path / "a"), profile=PROFILE)
    assert (proof.diagnostics, proof.status) == ((), "ok")
    assert proof.unproved == ("report.html 的图解和数字的出处", "infographic.svg", "infographic.png")


# --- random edits -------------------------------------------------------------------------------------------------

SHOWN = {
    "report.html": re.compile(r"(?<=>)[^<>]*[^<>\s][^<>]*(?=<)"),
    "fragment.html": re.compile(r"(?<=>)[^<>]*[^<>\s][^<>]*(?=<)"),
    "report.docx": re.compile(r"(?<=preserve\">)[^<>]*\S[^<>]*(?=</w:t>)"),
    "report.csv": re.compile(r"(?<=[,\n])[^,\r\n\"]+"),
}


def spots(name: str, text: str) -> list[int]:
    """Where in a file a character stands that somebody sees: not in a chart, nor in the head or the side of a page."""
    if name == "report.html":
        text = re.sub(r"<figure.*?</figure>|<caption.*?</caption>", lambda it: " " * len(it[0]), text, flags=re.DOTALL)
        text = text[: text.index("</article>")]
        start = text.index("<article>")
    else:
        start = 0
    found = (at for it in SHOWN[name].finditer(text, start) for at in range(*it.span()))
    return [at for at in found if not text[at].isspace() and text[at] != "&"]


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("seed", range(4))
def test_any_character_that_is_changed_taken_out_or_doubled_is_found_out(name: str, seed: int) -> None:
    draw = random.Random(f"{name}{seed}")
    text = text_of(name, clean_files()[name])
    for at in draw.sample(spots(name, text), 12):
        now = text[at]
        put = draw.choice(["", now * 2, "7" if now != "7" else "8", "改" if now != "改" else "该"])
        changed = with_text(name, clean_files()[name], text[:at] + put + text[at + 1 :])
        around = text[max(0, at - 40) : at + 40]
        assert alone(name, changed), f"{now!r} → {put!r} in {around!r}"


def alone(name: str, content: bytes) -> list[str]:
    """What a file is told of beside the data only, but for the files that a page would link to."""
    found = codes({"report.json": clean_files()["report.json"], name: content})
    return [one for one in found if one != "GIA803 report.html" or name != "report.html"]


def test_a_file_alone_with_the_data_is_the_same() -> None:
    assert [alone(name, clean_files()[name]) for name in SHOWN] == [[]] * len(SHOWN)


def drawn(seed: int) -> Iterator[tuple[str, Report]]:
    """Reports that differ from the clean one in a single cell or a single word."""
    draw = random.Random(seed)
    report = clean(stated=True)
    key = draw.choice([key for key in report.facts if report.form.cells[key].kind == "count"])
    value = report.facts[key].value
    assert isinstance(value, int)
    yield str(key), edited(report, {str(key): value + draw.choice((1, 10, 100))})
    at = draw.randrange(len(report.paragraphs))
    words = report.paragraphs[at].text
    place = draw.choice([n for n, sign in enumerate(words) if "一" <= sign <= "龥" and "{" not in words[: n + 1]])
    changed = replace(report.paragraphs[at], text=f"{words[:place]}改{words[place:]}")
    yield words, replace(report, paragraphs=(*report.paragraphs[:at], changed, *report.paragraphs[at + 1 :]))


@pytest.mark.parametrize("seed", range(4))
def test_a_pdf_or_data_of_a_report_with_one_cell_or_word_changed_are_found_out(seed: int) -> None:
    for what, other in drawn(seed):
        assert alone("report.pdf", built(other, only="report.pdf")["report.pdf"]), what
        found = {one.split()[1] for one in codes({**clean_files(), "report.json": render_json(other)})}
        assert found >= {*WORDED, "report.pdf", "report.csv"}, what


# --- an office's own templates ------------------------------------------------------------------------------------


def with_templates(tmp_path: Path, name: str, *changes: tuple[str, str]) -> dict[str, bytes]:
    """The files of the clean report made by one template that an office has changed."""
    content = (templates() / name).read_bytes()
    for old, new in changes:
        assert old in text_of(name, content)
        content = with_text(name, content, text_of(name, content).replace(old, new, 1))
    (tmp_path / name).write_bytes(content)
    report = replace(clean(), profile=PROFILE)
    return render(Edition(report, looks=Looks(tmp_path)))


def test_words_of_an_offices_template_are_remarked_on_and_no_error(tmp_path: Path) -> None:
    files = with_templates(tmp_path, "report.docx", ("<w:body>", f"<w:body>{P.format('', '附件2')}"))
    assert codes(files) == ["GIA804 report.docx"]
    assert "有报告里没有的一段文字“附件2”" in told(files)[0].message
    changed = edited_file(files, "report.docx", "未发生责任追究", "发生责任追究")
    assert codes(changed) == ["GIA802 report.docx", "GIA804 report.docx"]


def test_a_page_by_an_offices_template_may_say_more_but_not_less(tmp_path: Path) -> None:
    files = with_templates(tmp_path, "report.html.j2", ("<article>\n", "<article>\n<p>公开日期见下。</p>"))
    assert codes(files) == ["GIA804 report.html"]
    moved = text_of("report.html", files["report.html"])
    moved = moved.replace(
        "<p>公开日期见下。</p>", "<p>改进措施：下一步将丰富解读形式，健全更新机制，加强业务培训。</p>"
    )
    at = moved.rindex("<p>改进措施")
    moved = moved[:at] + moved[moved.index("</p>", at) + 4 :]
    (one,) = told({**files, "report.html": moved.encode("utf-8")})
    assert (one.code, "的位置与报告不同" in one.message) == ("GIA804", True)


@pytest.mark.parametrize(("name", "file"), [("infographic.svg.j2", "infographic.svg"), ("chart.svg.j2", "report.html")])
def test_figures_that_an_offices_template_draws_are_told_as_not_proved(name: str, file: str, tmp_path: Path) -> None:
    files = with_templates(tmp_path, name, ("<svg ", '<svg data-of="office" '))
    assert codes(files) == [f"GIA804 {file}"]
    assert "无法核对" in told(files)[0].message


def test_a_page_by_an_offices_template_that_fetches_or_has_no_policy_is_told(tmp_path: Path) -> None:
    script = '<script src="https://example.com/x.js"></script></body>'
    files = with_templates(
        tmp_path, "report.html.j2", ("</body>", script), ('http-equiv="Content-Security-Policy"', 'name="x"')
    )
    assert codes(files) == ["GIA804 report.html", "GIA804 report.html"]


# --- tags and links -----------------------------------------------------------------------------------------------


def test_missing_tags_are_a_note_where_no_site_is_told() -> None:
    files = render(Edition(clean()))
    (one,) = differences(files)
    assert (one.code, one.severity) == ("GIA805", Severity.NOTE)
    assert one.message == "report.html：缺少页面标签 SiteName、ColumnName、Url。"


def test_tags_that_disagree_with_the_report_are_told() -> None:
    for old, new in (
        ('name="PubDate" content="2025-01-20', 'name="PubDate" content="2024-01-20'),
        ("<title>清水镇", "<title>清溪镇"),
        ('"name":"清水镇人民政府2024年', '"name":"清水镇人民政府2023年'),
        ('name="Url" content="https://www', 'name="Url" content="https://ww'),
    ):
        assert codes(edited_file(clean_files(), "report.html", old, new, True)) == ["GIA805 report.html"], new


# --- folders ------------------------------------------------------------------------------------------------------


def laid(files: Files, folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_folder_is_proved_as_what_was_just_built_is(tmp_path: Path) -> None:
    proof = verify_folder(laid(clean_files(), tmp_path / "a"), profile=PROFILE)
    assert (proof.status, proof.diagnostics, proof.draft) == ("ok", (), False)
    pdf = built(edited(clean(), {LICENSING: 41}))["report.pdf"]
    proof = verify_folder(laid({**clean_files(), "report.pdf": pdf}, tmp_path / "b"), profile=PROFILE)
    assert [str(one.keys[0]) for one in proof.diagnostics] == [LICENSING]
    assert verify_folder(laid(built(load_seed("000"), True), tmp_path / "c")).draft


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" * 15_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.docx", b"PK\x03\x04"),
        ("report.docx", bomb()),
        ("report.docx", b""),
        ("report.pdf", b"%PDF-1.7\n%%EOF"),
        ("report.pdf", b"\x00" * 1000),
        ("report.html", b"\xff\xfe\xff"),
        ("report.html", b"<table>" * 300_000),
        ("report.html", b"<style>" + b"p{display:none}" * 2_000 + b"</style>"),
        ("report.csv", b"a,b\n"),
        ("report.csv", b'"' + b"x" * 200_000),
        ("datapackage.json", b"[" * 100_000),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(name: str, content: bytes, tmp_path: Path) -> None:
    proof = verify_folder(laid({**clean_files(), name: content}, tmp_path / "a"), profile=PROFILE)
    assert proof.status == "unreadable"
    (one,) = proof.diagnostics
    assert (one.code, one.message.startswith(f"{name}：")) == ("GIA803", True)
    assert re.fullmatch(r"[^\n。]+。", one.message)


def test_a_pdf_without_tags_cannot_be_proved(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(100, 700, "scanned")
    canvas.save()
    proof = verify_folder(laid({**clean_files(), "report.pdf": stream.getvalue()}, tmp_path / "a"), profile=PROFILE)
    assert "没有结构标记" in proof.diagnostics[0].message


def test_what_is_no_built_report_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"")
    laid({"report.html": b"<p>"}, tmp_path / "page")
    laid({"report.json": b"{"}, tmp_path / "broken")
    old = {key: value for key, value in json.loads(render_json(clean())).items() if key != "title"}
    laid({"report.json": json.dumps(old).encode("utf-8")}, tmp_path / "old")
    (tmp_path / "inside" / "report.json").mkdir(parents=True)
    for name, words in {
        "nowhere": "找不到",
        "file": "不是文件夹",
        "empty": "没有发布的报告",
        "page": "没有 report.json",
        "broken": "不是完好的 JSON",
        "old": "较早的版本",
        "inside": "不是文件",
    }.items():
        with pytest.raises(GiaError, match=rf"^[^\n]*{words}[^\n]*。$"):
            verify_folder(tmp_path / name)


def test_links_and_huge_files_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = laid(clean_files(), tmp_path / "a")
    try:
        (here / "report.pdf").unlink()
        (here / "report.pdf").symlink_to(tmp_path / "elsewhere")
    except OSError:  # Windows asks for a privilege
        (here / "report.pdf").write_bytes(b"")
    else:
        with pytest.raises(GiaError, match="链接"):
            verify_folder(here)
        (here / "report.pdf").unlink()
    monkeypatch.setattr(folder, "LARGEST", 1000)
    with pytest.raises(GiaError, match="超过"):
        verify_folder(here)


# --- the command --------------------------------------------------------------------------------------------------


def test_one_report_is_told_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = edited_file(clean_files(), "report.html", "未发生责任追究", "发生责任追究")
    del files["fragment.html"]
    here = laid(files, tmp_path / "清水镇人民政府2024")
    assert verify_command.run([here], "text", PROFILE) == ["errors"]
    said = capsys.readouterr().out
    for words in (
        "清水镇人民政府2024年政府信息公开工作年度报告",
        "已核对：report.json、report.html、report.docx",
        "未核对",
    ):
        assert words in said
    assert "错误 GIA802" in said and "不一致：错误 1 条。" in said


def test_many_reports_are_a_table_with_what_differs_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laid(clean_files(), tmp_path / "reports" / "甲2024")
    laid(changed_cell("report.docx", "行政许可", "40", "41"), tmp_path / "reports" / "乙2024")
    laid({"report.json": b"{"}, tmp_path / "reports" / "丙2024")
    laid(clean_files(), tmp_path / "reports" / ".hidden")
    assert sorted(verify_command.run([tmp_path / "reports"], "text", PROFILE)) == ["errors", "ok", "unreadable"]
    captured = capsys.readouterr()
    assert "共 3 份：一致 1 份，不一致 1 份，读不了 1 份。" in captured.out
    assert "「行政许可」的本年处理决定数量是“41”" in captured.out
    assert "不是完好的 JSON" in captured.err


def test_programs_get_json(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    here = laid(built(load_seed("002"), draft=True), tmp_path / "a")
    assert verify_command.run([here], "json", PROFILE) == ["ok"]
    (told_,) = json.loads(capfdbinary.readouterr().out)["files"]
    assert (told_["status"], told_["draft"], told_["checked"][0]) == ("ok", True, "report.json")
    assert set(told_["checked"]) | set(told_["absent"]) | {"infographic.svg", "infographic.png"} == set(CHECKED)
    assert told_["unproved"] == ["report.html 的图解和数字的出处", "infographic.svg", "infographic.png"]


def test_what_can_be_checked_is_made_by_the_formats() -> None:
    assert set(CHECKED) <= {name for format_ in FORMATS.values() for name in format_.files}


@pytest.mark.parametrize(("template", "what"), [("report.css", "样式"), ("report.js", "脚本")])
def test_an_office_dress_that_is_not_compared_is_listed(tmp_path: Path, template: str, what: str) -> None:
    own = (templates() / template).read_text(encoding="utf-8") + "/* 本县 */\n"
    (tmp_path / template).write_text(own, encoding="utf-8")
    files = render(Edition(clean(), looks=Looks(tmp_path)), ["json", "html"])
    proof = prove(files, profile=NATIONAL, ours=False)
    assert f"report.html 的{what}" in proof.unproved and proof.status == "ok"
