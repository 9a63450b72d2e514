"""The files of a built report against its data: the same figures, the same words, nothing missing, nothing besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gia_xlsx.diagnostic import Diagnostic, Finding, Severity, rule
from gia_xlsx.form import Key
from gia_xlsx.report import Report
from gia_xlsx.rules.text import concealed

Fault = Literal["figure", "words", "unread", "absent", "extra", "meta", "untold"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file says otherwise than the data: the file, the place in it in words, and a half sentence on both sides.

    ``unread``: the file itself cannot be read; ``absent``: it is not there; ``untold``: a meta tag that nobody has
    given the words for.
    """

    fault: Fault
    file: str
    where: str
    said: str
    key: Key | None = None


_MEND_THE_WORKBOOK = "发布的文件不要直接改；请在工作簿里改正，重新用 gia-xlsx build 生成全部文件。"


def _findings(differences: Sequence[Difference], *faults: Fault) -> Iterator[Finding]:
    for one in differences:
        if one.fault in faults:
            severity = Severity.NOTE if one.fault == "untold" else None
            words = {"file": one.file, "where": one.where, "said": one.said}
            yield Finding((one.key,) if one.key else (), words, severity=severity)


@rule(
    "GIA801",
    "published-figure-differs",
    Severity.ERROR,
    message="{file}：{where}{said}。",
    hint=_MEND_THE_WORKBOOK,
    basis="条例第六条：行政机关应当及时、准确地公开政府信息；同一份报告的各种文件数字应当一致",
    needs=("built",),
)
def published_figure_differs(differences: Sequence[Difference]) -> Iterator[Finding]:
    """网页、Word、PDF、CSV 里的某个数字，与同一文件夹的 report.json 不同。

    示例：report.html 里“行政许可”的本年处理决定数量是 291，report.json 是 290；两格的数对调；表格少了一行。
    不报的情形：数字的写法不同（1,024 与 1024 在数据里是同一个数）；文件夹里没有的文件。
    怎么改：在工作簿里改正，重新生成全部文件，不要只改其中一个。
    """
    return _findings(differences, "figure")


@rule(
    "GIA802",
    "published-words-differ",
    Severity.ERROR,
    message="{file}：{where}{said}。",
    hint=_MEND_THE_WORKBOOK,
    basis="条例第六条：行政机关应当及时、准确地公开政府信息；同一份报告的各种文件文字应当一致",
    needs=("built",),
)
def published_words_differ(differences: Sequence[Difference]) -> Iterator[Finding]:
    """网页、Word、PDF、CSV 里的标题、文字、表头或落款，与同一文件夹的 report.json 不同：改了、多了、少了、被隐藏了。

    示例：report.docx 的第五部分少了第 2 段；网页的某一段用样式隐藏了，或者后来加了一段。
    网页另核对样式、脚本、图解和正文以外的文字，Word 另核对页眉页脚、图片和域，PDF 另核对批注、图片和遮盖。
    不报的情形：空格、换行和分页不同；用本单位自己的模板生成的，模板里的文字（见 GIA804）；草稿的图解，给了上年报告的
    图解（数据里没有上年数）；Word、PDF 的字体、颜色，和 PDF 里用小块图形遮盖的文字。没有核对的内容，gia-xlsx verify
    逐项列出。
    怎么改：在工作簿里改正，重新生成全部文件，不要只改其中一个。
    """
    return _findings(differences, "words")


@rule(
    "GIA803",
    "published-file-unreadable",
    Severity.ERROR,
    message="{file}：{said}。",
    hint="请重新用 gia-xlsx build 生成全部文件，整个文件夹一起上传。",
    basis="政府网站发展指引（国办发〔2017〕47号）：不得有无法打开的附件和失效的链接",
    needs=("built",),
)
def published_file_unreadable(differences: Sequence[Difference]) -> Iterator[Finding]:
    """发布的文件读不出来，或者网页链接的文件不在文件夹里。

    示例：report.pdf 没有传完，打不开；网页有“Word 版”的链接，文件夹里却没有 report.docx；
    report.pdf 换成了扫描件，无法逐格核对。
    不报的情形：本来就没有生成、网页也没有链接的文件，只列为没有核对。
    怎么改：重新生成全部文件，整个文件夹一起上传。
    """
    return _findings(differences, "unread", "absent")


@rule(
    "GIA804",
    "published-content-added",
    Severity.WARNING,
    message="{file}：{where}{said}。",
    hint="请核对这些内容是否就是模板里写的；不是的，重新用 gia-xlsx build 生成。",
    basis="条例第五十条：年度报告应当包括的内容；模板里另写的文字由本单位负责",
    needs=("built",),
)
def published_content_added(differences: Sequence[Difference]) -> Iterator[Finding]:
    """用本单位自己的模板生成的文件里，有报告以外的文字、无法核对的图、别处的脚本，或者各部分的次序与报告不同。

    示例：本单位的 report.docx 模板在标题前写了“附件2”，核对时提醒一句。
    不报的情形：用原来的模板生成的文件，多出的内容一律按 GIA802 报错误；模板里的页眉页脚。
    怎么改：是模板里写的，不必改；不是的，重新生成。
    """
    return _findings(differences, "extra")


@rule(
    "GIA805",
    "meta-tags-missing",
    Severity.WARNING,
    message="{file}：{said}。",
    hint="请在 gia.toml 的 [site] 里写明网站和栏目，在封面填写成文日期，重新用 gia-xlsx build 生成。",
    basis="政府网站发展指引（国办发〔2017〕47号）附件：页面标签规范",
    needs=("built",),
)
def meta_tags_missing(differences: Sequence[Difference]) -> Iterator[Finding]:
    """网页缺少规定的页面标签（SiteName、ColumnName、ArticleTitle、PubDate、ContentSource、Keywords、Author、
    Description、Url），或者标签与报告不符。

    示例：网页没有 SiteName 和 Url；ArticleTitle 是去年的标题。
    不报的情形：没有在 gia.toml 里写 [site] 的，缺少的标签只作说明，不作提醒。
    怎么改：在 gia.toml 里补上 [site]，重新生成。
    """
    return _findings(differences, "meta", "untold")


RULES = (
    published_figure_differs,
    published_words_differ,
    published_file_unreadable,
    published_content_added,
    meta_tags_missing,
)


def told(differences: Iterable[Difference], report: Report) -> tuple[Diagnostic, ...]:
    """Differences as diagnostics, in the order of the catalogue; personal data of the report stay concealed."""
    all_of_them = tuple(differences)
    found = []
    for one in RULES:
        for it in one.find(all_of_them):
            message, hint = (concealed(report, words.format(**it.words)) for words in (one.message, one.hint))
            found.append(Diagnostic(one.code, one.name, it.severity or one.severity, message, hint, keys=it.keys))
    return tuple(found)
