"""The page as a browser shows it: seen, heard, by keyboard, on a phone, in the dark, on paper, and without scripts."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from gia_xlsx import check, read_workbook
from gia_xlsx.form import Key, load_form
from gia_xlsx.profile import Profile
from gia_xlsx.publish import FORMATS, Edition, render, rendered
from gia_xlsx.publish.beside import MOST
from gia_xlsx.publish.html import digest, render_html
from gia_xlsx.publish.meta import files_of
from gia_xlsx.publish.origins import last_year, origins
from gia_xlsx.report import Fact, Flaw, Paragraph, Place, Report
from gia_xlsx.resources import Looks, templates
from tests.built import SITE
from tests.chromium import PROGRAM, Chromium
from tests.clean import clean, edited
from tests.examples import FOLDER, example
from tests.seeds import SEEDS

ROOT = Path(__file__).parents[1]
AXE = Path(os.environ.get("GIA_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
BESIDE = {"report.docx": b"w" * 38_500, "report.csv": b"," * 9_000, "report.json": b"{" * 2_000_000}
WORD = "A" * 200
NASTY = f"</script><script>alert(1)</script>\u202eمرحبا\u202c ‘’\"'&amp; <!-- --> {{{{ \x00\x08\ud800 {WORD}"


def told(report: Report) -> Report:
    return replace(report, profile=Profile(site=SITE))


def with_last_year() -> Report:
    """A clean report, and the one of the year before with other figures."""
    report = clean()
    key = Key("requests", "received", "natural")
    then = replace(clean(), cover=replace(clean().cover, year=2023, date="2024年1月20日"))
    then = edited(then, {str(key): int(report.value(key) or 0) - 3, "disclosure/fees/amount": 40})
    return replace(report, previous=then)


def zero() -> Report:
    report = clean()
    facts = {key: replace(fact, value=0, raw="0", flaw=None) for key, fact in report.facts.items()}
    return replace(report, facts=facts)


def nasty() -> Report:
    report = clean()
    long = Paragraph("overview", "", "坚持以公开为常态、不公开为例外，" * 2_000, Place("一、总体情况", "B9"))
    paragraphs = tuple(Paragraph(section.key, NASTY[:60], NASTY) for section in report.form.sections)
    key = Key("requests", "received", "natural")
    facts = {**report.facts, key: Fact(key, None, NASTY, None, Flaw.WORDS)}
    cover = replace(report.cover, organ=NASTY, signature=NASTY, title=f"{WORD}报告")
    return replace(report, cover=cover, facts=facts, paragraphs=(*paragraphs, long))


def draft(report: Report) -> Edition:
    return Edition(report, draft=True, verdict=check(report))


def faulty() -> Report:
    """A report with an error, a warning and notes: in a cell, in a text, and about the whole."""
    report = edited(
        clean(), {"requests/carried_in/total": 0, "requests/received/legal.law": "", "disclosure/fees/amount": "12万元"}
    )
    return replace(report, cover=replace(report.cover, scope=""))


def editions() -> dict[str, Edition]:
    read = {seed: read_workbook(FOLDER / "examples" / example(seed)) for seed in SEEDS}
    finished = {seed: Edition(report, draft=seed == "002") for seed, report in read.items()}  # 002 has a blank
    return {
        **finished,
        "two years": Edition(told(with_last_year())),
        "all zero": Edition(zero()),
        "findings": draft(faulty()),
        "findings of 2019": draft(read["002"]),
        "hostile": draft(nasty()),
    }


def tree(edition: Edition, made: dict[str, bytes] | None = None) -> Any:
    return lxml.html.fromstring(render_html(edition, made).decode("utf-8"))


# --- what the page says of itself ---------------------------------------------------------------------------------


def test_meta_tags_are_those_of_the_guide_in_its_order() -> None:
    shown = [(node.get("name"), node.get("content")) for node in tree(Edition(told(clean()))).xpath("//meta[@name]")]
    assert shown[1:-1] == [
        ("SiteName", "清水县人民政府门户网站"),
        ("SiteDomain", "www.example.gov.cn"),
        ("SiteIDCode", "4213210001"),
        ("ColumnName", "政府信息公开年报"),
        ("ArticleTitle", "清水镇人民政府2024年政府信息公开工作年度报告"),
        ("PubDate", "2025-01-20 09:30"),
        ("ContentSource", "清水县人民政府办公室"),
        ("Keywords", "政府信息公开,年度报告"),
        ("Author", "政务公开科"),
        ("Description", shown[10][1]),
        ("Url", "https://www.example.gov.cn/清水镇人民政府/2024.html"),
    ]
    assert shown[10][1].startswith("根据《中华人民共和国政府信息公开条例》")


def test_what_nobody_told_is_not_made_up() -> None:
    report = clean()
    bare = replace(report, cover=replace(report.cover, date="", signature="", organ="", title="年度报告"))
    names = {node.get("name") for node in tree(Edition(bare)).xpath("//meta[@name]")}
    assert names == {"viewport", "color-scheme", "ArticleTitle", "Keywords", "Description"}
    dated = {node.get("name"): node.get("content") for node in tree(Edition(report)).xpath("//meta[@name]")}
    assert dated["PubDate"] == "2025-01-20 00:00"  # YYYY-MM-DD HH:MM, as the guide asks


def linked_data(edition: Edition) -> Any:
    return json.loads(tree(edition, BESIDE).xpath("//script[@type='application/ld+json']")[0].text)


def test_linked_data_describe_the_report_as_a_dataset() -> None:
    data = linked_data(Edition(told(clean())))
    assert (data["@type"], data["name"]) == ("Dataset", "清水镇人民政府2024年政府信息公开工作年度报告")
    assert data["creator"] == {"@type": "GovernmentOrganization", "name": "清水镇人民政府"}
    assert (data["temporalCoverage"], data["datePublished"]) == ("2024-01-01/2024-12-31", "2025-01-20")
    assert [(it["encodingFormat"], it["contentSize"]) for it in data["distribution"]] == [
        ("text/csv", "9 KB"),
        ("application/json", "1.9 MB"),
    ]
    assert data["distribution"][0]["contentUrl"] == "https://www.example.gov.cn/清水镇人民政府/report.csv"
    assert "creativeWorkStatus" not in data
    assert linked_data(Edition(clean(), draft=True))["creativeWorkStatus"] == "Draft"


def test_linked_data_of_hostile_words_end_no_element() -> None:
    data = linked_data(Edition(nasty(), draft=True))
    assert data["creator"]["name"].startswith("</script><script>alert(1)</script>")


def test_files_made_beside_the_page_are_linked_with_their_sizes() -> None:
    links = {a.get("href"): a.getparent().text_content() for a in tree(Edition(clean()), BESIDE).xpath("//nav//li/a")}
    assert links["report.docx"] == "Word 版 38 KB"
    assert links["report.csv"] == "数据表（CSV） 9 KB"
    assert not {"report.pdf", "fragment.html"} & set(links)
    assert not tree(Edition(clean())).xpath("//nav//a[not(starts-with(@href, '#'))]")


def test_every_file_for_readers_has_a_link() -> None:
    names = {name for format_ in FORMATS.values() for name in format_.files} - {"fragment.html", "report.html"}
    assert {file.name for file in files_of(dict.fromkeys(names, b""))} == names


def test_the_page_is_told_of_the_files_of_the_same_run() -> None:
    made = render(Edition(clean()), ["csv", "html"])
    page = lxml.html.fromstring(made["report.html"].decode("utf-8"))
    assert page.xpath("//a[@href='report.csv']/../small/text()") == [f"{-(-len(made['report.csv']) // 1024)} KB"]


def test_contents_lead_to_each_section() -> None:
    page = tree(Edition(clean()))
    links = [(a.get("href"), a.text) for a in page.xpath("//nav//li/a")]
    assert links == [(f"#{section.key}", section.heading) for section in load_form("2021").sections if section.heading]
    assert all(page.xpath(f"//article/section[@id='{href[1:]}']") for href, _ in links)


def test_only_what_stands_in_the_page_may_run_or_dress_it() -> None:
    page = tree(Edition(clean()))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style, script = page.xpath("//style/text()")[0], page.xpath("//script[not(@type)]/text()")[0]
    allowed = f"style-src {digest(style)}; script-src {digest(script)}"
    assert policy == f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def test_the_script_is_small() -> None:
    assert (templates() / "report.js").stat().st_size < 6_000


# --- figures are data ---------------------------------------------------------------------------------------------


def test_every_figure_of_the_tables_is_data() -> None:
    report = edited(clean(), {"disclosure/fees/amount": "1,024.5"})
    shown = {data.get("data-key"): data for data in tree(Edition(report)).xpath("//td/data")}
    assert list(shown) == [str(key) for key in report.form.cells]
    assert all(data.getparent().text_content() == data.text for data in shown.values())
    assert shown["disclosure/fees/amount"].get("value") == "1024.5"


def test_every_number_that_a_placeholder_gave_is_data() -> None:
    text = "{{ 年度 }}年新收{{ 本年新收.总计 }}件，结案{{ 行政复议.总计 + 行政诉讼.总计 }}件，培训3次。"
    report = replace(clean(), paragraphs=(Paragraph("overview", "", text),))
    page = tree(Edition(report))
    shown = [(data.get("value"), data.get("data-key"), data.text) for data in page.xpath("//p/data")]
    assert [it[:2] for it in shown[:2]] == [("2024", "year"), ("564", "requests/received/total")]
    keys = shown[2][1].split()
    assert len(keys) > 1 and int(shown[2][0]) == sum(int(report.value(Key.parse(key)) or 0) for key in keys)
    assert len(shown) == 3 and "培训3次" in page.xpath("//article")[0].text_content()


def test_a_figure_knows_its_cell_and_last_year() -> None:
    edition = Edition(with_last_year())
    cells = origins(edition)["requests"]["cells"]
    assert origins(edition)["requests"]["sheet"] == "三、依申请公开"
    assert cells["received/natural"] == ["E6", "91 件，增加 3 件"]
    assert cells["received/legal.law"][1].endswith("，持平")
    assert last_year(edition, Key("disclosure", "fees", "amount")) == "40 万元，减少 0.2735 万元"
    alone = origins(Edition(clean()))["requests"]["cells"]
    assert alone["received/natural"] == ["E6", ""]


def test_table_two_of_another_form_is_not_compared() -> None:
    then = clean("2019")
    now = replace(clean(), cover=replace(clean().cover, year=2021), previous=then)
    assert then.year == 2020
    key = Key("disclosure", "licensing", "decisions")
    assert key in then.facts and last_year(Edition(now), key) == ""
    assert last_year(Edition(now), Key("requests", "received", "natural")) == "89 件，增加 5 件"


def test_the_outline_skips_no_level() -> None:
    own = [
        ("preface", "（一）编制依据"),
        ("overview", "1.组织领导"),
        ("overview", "（一）主动公开"),
        ("overview", "1.渠道"),
    ]
    report = replace(clean(), paragraphs=tuple(Paragraph(section, heading, "文字。") for section, heading in own))
    headings = [
        (node.tag, node.get("class"), node.text_content()) for node in tree(Edition(report)).xpath("//h2|//h3|//h4")
    ]
    assert headings[:5] == [
        ("h2", "level-2", "（一）编制依据"),
        ("h2", None, "一、总体情况"),
        ("h3", "level-3", "1.组织领导"),
        ("h3", "level-2", "（一）主动公开"),
        ("h4", "level-3", "1.渠道"),
    ]


# --- a draft ------------------------------------------------------------------------------------------------------


def test_findings_stand_beside_what_they_are_about() -> None:
    edition = draft(faulty())
    assert edition.verdict is not None
    page = tree(edition)
    listed = page.xpath("//aside[@class='findings']//li")
    assert sorted(int(li.xpath(".//span[@class='number']")[0].text) for li in listed) == list(
        range(1, len(edition.verdict.diagnostics) + 1)
    )
    for found in edition.verdict.diagnostics:
        (item,) = (li for li in listed if found.message in li.text_content())
        assert found.severity.label in item.text_content() and found.hint in item.text_content()
        for key in found.keys:
            (cell,) = page.xpath(f"//td[data/@data-key='{key}']")
            assert f"#{item.get('id')}" in cell.xpath("a/@href")
            assert "noted" in cell.get("class").split()
        if found.keys:
            assert item.getparent().getparent().getparent().get("id") in {key.table for key in found.keys} | {
                "overview"
            }
    scope = next(li for li in listed if "填报口径" in li.text_content())
    assert not scope.xpath("ancestor::article")


def test_every_link_of_a_draft_leads_somewhere() -> None:
    for edition in (draft(faulty()), draft(read_workbook(FOLDER / "examples" / example("001")))):
        page = tree(edition)
        ids = set(page.xpath("//@id"))
        assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= ids
        assert len(ids) == len(page.xpath("//@id"))


def test_marks_of_findings_are_no_text_of_the_report() -> None:
    report = faulty()
    with_findings, without = tree(draft(report)), tree(Edition(report, draft=True))
    for aside in with_findings.xpath("//article//aside"):
        aside.getparent().remove(aside)
    assert words(with_findings) == words(without)


def test_thousands_of_findings_do_not_bury_the_report() -> None:
    edition = draft(faulty())
    assert edition.verdict is not None
    many = replace(edition, verdict=replace(edition.verdict, diagnostics=edition.verdict.diagnostics * 1_000))
    page = tree(many)
    assert len(page.xpath("//aside[@class='findings']//li")) == MOST
    assert (
        f"另有 {len(edition.verdict.diagnostics) * 1_000 - MOST} 条"
        in page.xpath("//aside[@class='verdict']")[0].text_content()
    )


def words(page: Any) -> str:
    return "".join(page.xpath("//article")[0].text_content().split())


def test_findings_are_for_drafts_only() -> None:
    report = clean()
    assert not tree(Edition(report, verdict=check(report))).xpath("//aside")
    assert not tree(Edition(report, draft=True)).xpath("//aside")


def test_a_draft_is_kept_from_search() -> None:
    assert tree(Edition(clean(), draft=True)).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not tree(Edition(clean())).xpath("//meta[@name='robots']")


# --- the fragment -------------------------------------------------------------------------------------------------


def fragment(edition: Edition) -> Any:
    return lxml.html.fromstring(f"<div>{rendered(edition, 'fragment').decode('utf-8')}</div>")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fragment_says_what_the_page_says(seed: str) -> None:
    edition = Edition(read_workbook(FOLDER / "examples" / example(seed)), draft=seed == "002")
    page, pasted = tree(edition), fragment(edition)
    for node in page.xpath("//article//figure|//article//caption"):
        node.getparent().remove(node)
    for mark in pasted.xpath("p[contains(., '不得公开')]"):
        mark.getparent().remove(mark)
    assert words(page) == "".join(pasted.text_content().split())
    assert [[cell.text_content() for cell in row] for row in page.iter("tr")] == [
        [cell.text_content() for cell in row] for row in pasted.iter("tr")
    ]


def test_the_fragment_loses_nothing_when_pasted() -> None:
    """Editors keep plain elements, inline styles, spans and alignment; they strip the rest."""
    kept = {"p", "h2", "h3", "h4", "div", "table", "colgroup", "col", "tbody", "tr", "th", "td", "strong", "br"}
    attributes = {"style", "align", "width", "border", "cellspacing", "cellpadding", "rowspan", "colspan", "scope"}
    for edition in (Edition(clean()), draft(faulty()), Edition(nasty(), draft=True)):
        nodes = list(fragment(edition).iterdescendants())
        assert {node.tag for node in nodes} <= kept
        assert {name for node in nodes for name in node.keys()} <= attributes  # noqa: SIM118  # an element, no mapping
        assert all("border:1px solid" in node.get("style") for node in nodes if node.tag in ("td", "th"))


@pytest.mark.parametrize(
    ("signature", "ends"),
    [
        ("南县麻河口镇人民政府", [2, 3.5]),  # the date begins two characters right of a name of ten
        ("某县政府", [6.5 + 4 - 4, 2]),  # the date is longer: it ends two characters from the edge
        ("", [2]),
    ],
)
def test_signature_and_date_of_a_fragment_stand_as_the_standard_says(signature: str, ends: list[float]) -> None:
    report = clean()
    edition = Edition(replace(report, cover=replace(report.cover, signature=signature)))
    last = fragment(edition).xpath("p[@align='right']")
    assert [float(re.findall(r"padding-right:([\d.]+)em", node.get("style"))[0]) for node in last] == ends
    assert ["margin:1.9em" in node.get("style") for node in last] == [True, False][: len(last)]  # after an empty line


def test_a_fragment_of_a_draft_says_so_first_and_last() -> None:
    marks = ["草稿" in node.text_content() for node in fragment(Edition(clean(), draft=True))]
    assert (marks[0], marks[-1], sum(marks)) == (True, True, 2)
    assert "草稿" not in fragment(Edition(clean())).text_content()


# --- in a browser -------------------------------------------------------------------------------------------------

browser_needed = pytest.mark.skipif(PROGRAM is None or os.name == "nt", reason="没有 Chromium，不在浏览器里看网页")
axe_needed = pytest.mark.skipif(
    not AXE.is_file(), reason="没有 axe-core（npm install axe-core，或以 GIA_AXE 指明 axe.min.js）"
)
NAMES = (*SEEDS, "two years", "all zero", "findings", "findings of 2019", "hostile")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each edition as a page in a file."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, edition in editions().items():
        found[name] = folder / f"{name}.html"
        found[name].write_bytes(render_html(edition, BESIDE))
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium() as running:
        yield running


def violations(browser: Chromium, rules: str = "") -> list[str]:
    options = f"{{resultTypes: ['violations'], {rules}}}"
    found = browser.run(f"axe.run({options}).then(it => it.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
    return [f"{rule}: {nodes[:3]}" for rule, nodes in found]


@browser_needed
@axe_needed
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_violation_in_light_nor_in_the_dark(browser: Chromium, pages: dict[str, Path], name: str) -> None:
    browser.show(pages[name])
    browser.run(AXE.read_text(encoding="utf-8"))
    assert violations(browser) == []
    browser.dark(True)
    assert violations(browser, "runOnly: ['color-contrast']") == []


@browser_needed
@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(browser: Chromium, pages: dict[str, Path], name: str) -> None:
    browser.show(pages[name])
    for large in (False, True):
        browser.run(f"document.getElementById('large').checked = {str(large).lower()}")
        for width in (320, 768, 1280):
            browser.resize(width)
            assert browser.run("document.documentElement.scrollWidth") <= width, (width, large)


@browser_needed
@pytest.mark.parametrize("name", NAMES)
def test_without_scripts_every_word_is_there(browser: Chromium, pages: dict[str, Path], name: str) -> None:
    browser.show(pages[name])
    with_scripts = browser.run("document.querySelector('main').innerText")
    browser.show(pages[name], scripts=False)
    assert browser.run("document.documentElement.className") == ""
    assert browser.run("document.querySelector('main').innerText") == with_scripts != ""
    assert browser.run("document.querySelectorAll('[tabindex]').length") == 1 + 3  # the text, and the three tables


@browser_needed
def test_nothing_in_the_page_breaks_its_own_policy(browser: Chromium, pages: dict[str, Path]) -> None:
    for name in ("two years", "findings", "hostile"):
        assert browser.complaints(pages[name]) == []


@browser_needed
def test_a_click_on_a_figure_tells_where_it_stands_and_what_it_was(browser: Chromium, pages: dict[str, Path]) -> None:
    browser.show(pages["two years"])
    browser.click("td data[data-key='requests/received/natural']")
    assert shown(browser) == [
        "94",
        "行 一、本年新收政府信息公开申请数量",
        "列 申请人情况 › 自然人",
        "位置 三、依申请公开!E6",
        "上年 91 件，增加 3 件",
    ]
    browser.click("p data[data-key='requests/received/total']")
    assert shown(browser)[:2] == ["564", "行 一、本年新收政府信息公开申请数量"]
    browser.click("p data[data-key='year']")
    assert shown(browser) == ["2024", "取自 报告年度"]
    browser.press("Escape")
    assert shown(browser) == []


@browser_needed
def test_a_number_that_is_a_sum_names_its_parts(browser: Chromium, tmp_path: Path) -> None:
    text = "行政诉讼{{ 行政诉讼.总计 }}件。"
    path = tmp_path / "sum.html"
    path.write_bytes(render_html(Edition(replace(clean(), paragraphs=(Paragraph("cases", "", text),)))))
    browser.show(path)
    browser.click("p data")
    assert shown(browser)[:2] == ["20", "由 2 项得出："]
    assert [line for line in shown(browser) if line.startswith(("数", "位置"))] == [
        "数 10",
        "位置 四、复议诉讼!K6",
        "数 10",
        "位置 四、复议诉讼!P6",
    ]


def shown(browser: Chromium) -> list[str]:
    """The lines of what a figure tells, nothing if it tells nothing now."""
    text = browser.run(
        "[...document.querySelectorAll('#origin:not([hidden]) :is(p, dl > div)')].map(it => it.innerText)"
    )
    return [re.sub(r"\s+", " ", line) for line in text]


@browser_needed
def test_the_keyboard_walks_from_figure_to_figure(browser: Chromium, pages: dict[str, Path]) -> None:
    browser.show(pages["two years"])
    browser.run("document.getElementById('requests-table').closest('.scroll').focus()")
    walked = []
    for key in ("Tab", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp"):
        browser.press(key)
        walked.append(browser.run("document.activeElement.dataset.key"))
    assert walked == [
        "requests/received/natural",
        "requests/received/legal.business",
        "requests/carried_in/legal.business",
        "requests/outcome.granted/legal.business",
        "requests/outcome.granted/natural",
        "requests/carried_in/natural",
    ]
    described = browser.run(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText"
    )
    assert "二、上年结转政府信息公开申请数量" in described
    assert browser.run("document.querySelectorAll('#requests-table data[tabindex=\"0\"]').length") == 1
    browser.press("Tab")
    assert (
        browser.run("document.activeElement.closest('p, table').tagName") == "P"
    )  # on to the numbers of the next section
    assert shown(browser)[0] == "14"


@browser_needed
def test_what_a_figure_tells_stays_on_a_phone(browser: Chromium, pages: dict[str, Path]) -> None:
    browser.show(pages["two years"], 320, 640)
    for key in (
        "requests/outcome.other.unpaid/total",
        "requests/outcome.other.unpaid/natural",
        "cases/count/after_review.total",
    ):
        browser.click(f"td data[data-key='{key}']")
        left, right = browser.run(
            "(at => [at.left, at.right])(document.getElementById('origin').getBoundingClientRect())"
        )
        assert left >= 0 and right <= 320, key
        assert browser.run("document.documentElement.scrollWidth") <= 320


@browser_needed
def test_large_print_needs_no_script(browser: Chromium, pages: dict[str, Path]) -> None:
    browser.show(pages["000"], scripts=False)
    before = browser.run("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)")
    browser.click("label[for=large]")
    assert browser.run("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)") > 1.3 * before


@browser_needed
def test_a_fragment_on_a_phone_scrolls_its_wide_tables_and_nothing_else(browser: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "pasted.html"
    page.write_bytes(b'<meta charset="utf-8">' + rendered(Edition(clean()), "fragment"))
    browser.show(page, 360)
    assert browser.run("document.scrollingElement.scrollWidth") <= 360
    slides = (
        "[...document.querySelectorAll('div')].map(it => [it.scrollWidth > it.clientWidth, it.style.background > ''])"
    )
    assert browser.run(slides) == [[False, False], [True, True], [True, True]]  # a shadow says that there is more


@browser_needed
@pytest.mark.parametrize(("signature", "leads"), [("南县麻河口镇人民政府", 0), ("某县政府", 1)])
def test_signature_and_date_stand_as_the_standard_says(
    browser: Chromium, tmp_path: Path, signature: str, leads: int
) -> None:
    report = clean()
    page = tmp_path / "report.html"
    page.write_bytes(rendered(Edition(replace(report, cover=replace(report.cover, signature=signature))), "html"))
    browser.show(page)
    measured = """(() => {
      const em = parseFloat(getComputedStyle(document.querySelector('footer')).fontSize);
      const edge = document.querySelector('article').getBoundingClientRect().right;
      return [...document.querySelectorAll('footer p')].map(p => {
        const range = document.createRange(); range.selectNodeContents(p);
        const it = range.getBoundingClientRect();
        return [it.left / em, (edge - it.right) / em];
      });
    })()"""
    name, date = browser.run(measured)
    assert date[0] - name[0] == pytest.approx(2, abs=0.05)
    assert (name, date)[leads][1] == pytest.approx(2, abs=0.05)


@browser_needed
def test_paper_is_a4_with_page_numbers_and_nothing_of_the_screen(browser: Chromium, pages: dict[str, Path]) -> None:
    import pdfplumber

    browser.show(pages["two years"])
    printed = browser.ask("Page.printToPDF", preferCSSPageSize=True, displayHeaderFooter=False)["data"]
    path = pages["two years"].with_suffix(".pdf")
    path.write_bytes(base64.b64decode(printed))
    with pdfplumber.open(path) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
        assert {(round(page.width / 72 * 25.4), round(page.height / 72 * 25.4)) for page in pdf.pages} == {(210, 297)}
    assert [text.splitlines()[-1] for text in texts] == [f"— {n} —" for n in range(1, len(texts) + 1)]
    assert "大字版" not in "".join(texts) and "Word 版" not in "".join(texts)


REPORTS: tuple[Callable[[], Report], ...] = (clean, zero, with_last_year, nasty)


@pytest.mark.parametrize("make", REPORTS)
def test_the_same_report_gives_the_same_bytes(make: Callable[[], Report]) -> None:
    one, other = (render(Edition(make(), draft=True), ["fragment", "html"]) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("edition", [Edition(with_last_year()), draft(faulty())], ids=["finished", "draft"])
def test_our_templates_in_the_hand_of_an_office_give_the_same_page(edition: Edition) -> None:
    copied = replace(edition, looks=Looks(templates()))  # an office's own run in the sandbox
    assert render(copied, ["fragment", "html"]) == render(edition, ["fragment", "html"])
