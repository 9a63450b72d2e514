"""Specimens whose words are written otherwise, that have strangers among them, or that are not all there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tests.shapes import damage, markup, scripts, text, word
from tests.shapes.model import Grid, Page, Specimen, page, specimen
from tests.shapes.pages import shape as html
from tests.shapes.plain import shape as txt
from tests.shapes.reports import made, worded

FORMS = ("2021", "2019")


def dressed() -> Iterator[Specimen]:
    yield from _scripts()
    yield from _encodings()
    yield from _figures()
    yield from _titles()
    yield from _prose()
    yield from _furniture()
    yield from _strangers()
    yield from _halves()


def docx(name: str, page: Page, why: str, *, prose: bool = True) -> Specimen:
    return word.shape(name, page, word.body(page, word.Style()), why, prose=prose)


def _scripts() -> Iterator[Specimen]:
    for form in FORMS:
        base = damage.figures(page(made(form, 301)), lambda figure: figure.replace("减", "-"))
        base = damage.everything(base, scripts.traditional)
        base = replace(base, organ="")
        yield txt(f"traditional {form}", base, text.tabbed, "a page converted to traditional characters", prose=False)
        yield html(f"traditional {form}", base, markup.body(base), "the same as a page", prose=False)
        base = damage.spelled(page(made(form, 302)), scripts.pinyin)
        yield txt(f"pinyin {form}", base, text.pipes, "pinyin in brackets after each character of labels")
        base = damage.labels(damage.figures(page(made(form, 303)), scripts.wide), scripts.wide)
        yield txt(f"full width {form}", base, text.piped, "figures and brackets typed in full width")
        base = damage.labels(page(made(form, 304)), scripts.airy)
        yield html(f"spaces in labels {form}", base, markup.body(base), "总 计, 规 章: labels spread out by hand")
        yield txt(f"spaces in labels {form}", base, text.tabbed, "the same, copied")
        base = damage.labels(page(made(form, 305)), scripts.loose)
        yield txt(f"signs otherwise {form}", base, text.sheet_copy, "full-width brackets, 1、 for 1., other quotes")
        upright = page(made(form, 306)).each_cell(damage.upright)
        inside = markup.body(upright).replace("\x00", "<br>")
        yield html(f"upright labels {form}", upright, inside, "headings of groups set upright")
    base = page(made("2021", 307))
    ruby = markup.body(base, partial(markup.table, style=markup.Style(words=scripts.ruby)))
    yield html("ruby", base, ruby, "pinyin as ruby in a barrier-free page")


def _encodings() -> Iterator[Specimen]:
    for n, (form, encoding, why) in enumerate(
        (
            ("2021", "utf-8-sig", "a byte order mark, as Notepad writes"),
            ("2019", "gb18030", "an old editor"),
            ("2021", "gbk", "an old editor"),
            ("2019", "utf-16", "saved as Unicode by Notepad"),
            ("2021", "utf-16-be", "UTF-16 of the other order, marked"),
        )
    ):
        base = page(made(form, 310 + n, blanks=2))
        data = text.render(base, text.tabbed).replace("\n", "\r\n").encode(encoding)
        mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
        yield specimen(f"txt {encoding} {form}", ".txt", base, mark + data, f"{why}, lines ended with CR LF")
    base = page(made("2021", 316))
    words = (
        text.render(base, text.tabbed).replace("2", "2\u200b").replace("公开", "公\ufeff开").replace("\t0", "\t\xa00")
    )
    yield specimen(
        "txt zero-width", ".txt", base, words.encode(), "zero-width characters of a chat program", prose=False
    )
    data = text.render(base, text.tabbed).replace("\n", "\r").encode()
    yield specimen("txt old Mac lines", ".txt", base, data, "lines ended with CR alone")


def _figures() -> Iterator[Specimen]:
    cells = {
        "requests/received/natural": "33件",
        "requests/received/total": "1,466",
        "requests/carried_in/natural": "4 件",
        "requests/carried_in/legal.law": "0件",
        "requests/outcome.granted/natural": "1 024",
        "requests/outcome.granted/total": "２０４８",
        "requests/outcome.partial/natural": "-3",
        "requests/outcome.partial/total": "2.5",
        "requests/outcome.total/total": "#REF!",
        "cases/count/review.upheld": "无",
        "cases/count/direct.total": "0.0",
        "cases/count/after_review.total": "不适用",
    }
    money = {"2021": "39.7265万元", "2019": "397265元"}
    for form in FORMS:
        row = "fees" if form == "2021" else "procurement"
        base = page(worded(made(form, 320), {**cells, f"disclosure/{row}/amount": money[form]}))
        yield html(f"words in cells {form}", base, markup.body(base), "units, separators, errors of Excel in cells")
        yield txt(f"words in cells {form}", base, text.tabbed, "the same, copied")
        yield docx(f"words in cells {form}", base, "the same in a Word file")
        base = page(made(form, 321))
        inside = markup.body(base, partial(markup.table, style=markup.Style(words=markup.spaced)))
        yield html(f"spaces around {form}", base, inside, "spaces around each figure")


def _titles() -> Iterator[Specimen]:
    headings = {
        "disclosure": "二、主动公开政府信息的情况",
        "requests": "三、收到和处理政府信息公开申请的情况",
        "cases": "四、政府信息公开行政复议和行政诉讼情况",
        "problems": "五、存在问题及改进情况",
        "other": "六、其他需要报告的事项情况",
    }
    others = {
        "overview": "一、政府信息公开工作总体情况",
        "disclosure": "二、主动公开情况",
        "requests": "三、依申请公开情况",
        "cases": "四、因政府信息公开被申请行政复议、提起行政诉讼情况",
        "problems": "五、政府信息公开工作存在的主要问题及改进措施",
        "other": "六、其他需报告事项",
    }
    for form in FORMS:
        base = damage.retitled(page(made(form, 330)), headings)
        yield txt(f"titles near {form}", base, text.tabbed, "section titles that differ by a character or two")
        base = damage.retitled(page(made(form, 331)), others)
        yield html(f"titles far {form}", base, markup.body(base), "section titles in an office's own words")
        base = damage.ordinals(page(made(form, 332)), lambda _, rest: rest)
        yield txt(f"titles without numbers {form}", base, text.pipes, "automatic numbers lost in copying")
        base = damage.ordinals(page(made(form, 333)), lambda number, rest: f"{number}.{rest}")
        yield html(f"titles with dots {form}", base, markup.body(base), "一. for 一、")
    base = damage.ordinals(page(made("2021", 334)), lambda number, rest: f"第{number}部分 {rest}")
    yield txt("titles as parts", base, text.tabbed, "第一部分 for 一、")
    base = damage.ordinals(page(made("2021", 335)), lambda number, rest: f"（{number}）{rest}")
    yield docx("titles in brackets", base, "（一） for 一、")
    base = page(made("2021", 336))
    data = text.render(base, text.tabbed).replace(base.title, base.title.replace("年政府", "年\n政府"))
    yield specimen("txt title on two lines", ".txt", base, data.encode(), "a long title broken over two lines")
    for n, words in enumerate(
        ("{year}年度{organ}政府信息公开工作年度报告", "{organ}关于{year}年政府信息公开工作情况的报告")
    ):
        base = page(made("2021", 337 + n))
        base = replace(base, title=words.format(year=base.year, organ=base.organ))
        yield txt(f"title otherwise {n + 1}", base, text.tabbed, "a title in another order of words")


def _prose() -> Iterator[Specimen]:
    talk = (
        "第二十条第(五)项行政许可558件，较上年增加12件；行政处罚24件，行政强制0件。",
        "（一）予以公开12件，占35.3%；（二）部分公开3件；（三）不予公开0件。",
        "三、本年度办理结果按期上报，总计34件，结转下年度继续办理3件。",
    )
    for form in FORMS:
        base = damage.beside(page(made(form, 340)), "requests", before=talk[1:], after=("以上合计66件。",))
        base = damage.beside(base, "disclosure", before=talk[:1])
        yield txt(f"prose of table words {form}", base, text.piped, "prose between tables that speaks as tables do")
        yield html(f"prose of table words {form}", base, markup.body(base), "the same as a page")
        base = damage.prose_last(page(made(form, 341)))
        yield txt(f"prose after tables {form}", base, text.tabbed, "the words of a section stand below its table")
        base = damage.contents(page(made(form, 342)))
        yield txt(f"contents {form}", base, text.tabbed, "a table of contents before the report", prose=False)
        yield docx(f"contents {form}", base, "the same in a Word file", prose=False)
    base = page(made("2021", 343))
    yield txt("indented", base, _indented, "every line indented by hand")


def _indented(grid: Grid) -> list[str]:
    return [f"    {line}" for line in text.pipes(grid)]


def _furniture() -> Iterator[Specimen]:
    for form in FORMS:
        base = damage.between_rows(page(made(form, 350)), lambda n: f"第{n}页")
        yield txt(f"page lines {form}", base, text.pipes, "page numbers between rows")
        base = damage.between_rows(page(made(form, 351)), lambda n: f"第 {n} 页 共 8 页", 5)
        yield txt(f"page lines in cells {form}", base, text.bare, "the same between cells")
        base = damage.between_rows(page(made(form, 352)), lambda n: f"- {n} -", 6)
        yield txt(f"page numbers {form}", base, text.tabbed, "- 3 - between rows")
    base = page(made("2021", 353))
    top = "首页 > 政务公开 > 年报\n发布时间：2024-01-26 10:00  浏览次数：1466次  【字体：大 中 小】\n打印本页\n"
    end = "扫一扫在手机打开当前页\n上一篇：无\n主办：政府办公室 备案号：备12000345号\n您访问的链接即将离开本网站\n"
    data = (top + text.render(base, text.tabbed) + end).encode()
    yield specimen(
        "txt page furniture", ".txt", base, data, "select all, copy: the site around the report", prose=False
    )


def _strangers() -> Iterator[Specimen]:
    for form in FORMS:
        base = page(made(form, 360))
        ours = list(base.grids())
        year = base.year or 2020
        mixed = damage.beside(base, "overview", after=(damage.categories(),))
        mixed = damage.beside(mixed, "requests", before=(damage.comparison(year),))
        for made_by, suffix in ((partial(txt, sheet=text.tabbed), "tabs"), (partial(txt, sheet=text.piped), "cells")):
            yield made_by(
                f"other tables, {suffix} {form}", mixed, why="tables of categories and of two years beside ours"
            )
        yield html(f"other tables {form}", mixed, markup.body(mixed), "the same as a page")
        yield docx(f"other tables {form}", mixed, "the same in a Word file")
        after = (f"附：{year - 1}年收到和处理政府信息公开申请情况（供对比）", damage.stranger(ours[1]))
        old = damage.beside(base, "other", after=after)
        yield html(f"last year's table at the end {form}", old, markup.body(old), "last year's table three as an annex")
        yield txt(f"last year's table at the end {form}", old, text.tabbed, "the same, copied")
        before = (f"附：{year - 1}年主动公开政府信息情况如下：", damage.stranger(ours[0]), f"{year}年情况如下：")
        old = damage.beside(base, "disclosure", before=before)
        yield html(
            f"last year's table first {form}", old, markup.body(old), "last year's table two before ours", prose=False
        )


def _halves() -> Iterator[Specimen]:
    for form in FORMS:
        base = damage.without_tables(page(made(form, 370)), ("cases",))
        yield txt(f"no table four {form}", base, text.tabbed, "no cases, so no table four")
        yield html(f"no table four {form}", base, markup.body(base), "the same as a page")
        base = damage.cut_after(page(made(form, 371)), "requests", 14)
        yield txt(f"cut in table three {form}", base, text.pipes, "copied as far as the window reached")
        yield html(f"cut in table three {form}", base, markup.body(base), "a page whose transfer broke off")
        base = damage.cut_after(page(made(form, 372)), "requests", None)
        yield docx(f"cut before table three {form}", base, "only the first half was sent")
    base = damage.without_tables(page(made("2021", 373)), ("disclosure", "requests", "cases"))
    yield txt("prose only", base, text.tabbed, "tables lost in copying: prose figures are none of the tables'")
    yield docx("prose only", base, "the same in a Word file")
    base = damage.retitled(page(made("2021", 374)), {"overview": "", "disclosure": "", "requests": "", "cases": ""})
    yield txt("no section titles", base, text.tabbed, "titles were pictures", prose=False)
