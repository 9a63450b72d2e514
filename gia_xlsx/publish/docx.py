"""The report as a Word document on ``templates/report.docx``, whose styles an office may change in Word.

The XML is written straight from the boxes: python-docx takes a second for a table of this size cell by cell.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from gia_xlsx.errors import GiaError
from gia_xlsx.publish.document import Document, Printed, Table
from gia_xlsx.publish.edition import Edition
from gia_xlsx.resources import templates

if TYPE_CHECKING:
    from docx.document import Document as Word

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NAMESPACE}}}"
_GAP = 140  # between text and a table, in twentieths of a point
_LEVELS = {0: "正文段落", 2: "二级标题", 3: "三级标题"}
_TITLE_LINE = 20  # characters of 22 pt between the margins of A4
_DRAFT_ONLY = "草稿标记"
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


def render_docx(edition: Edition) -> bytes:
    """The document; the same report gives the same bytes. Raises GiaError if the template lacks a style."""
    import docx
    from docx.oxml import parse_xml

    doc = edition.doc
    word = docx.Document(io.BytesIO(_template()))
    body = word.element.body
    for old in list(body)[:-1]:  # all but the page set-up at the end
        body.remove(old)
    content = "".join(_content(doc, _width(word)))
    for element in list(parse_xml(f'<w:body xmlns:w="{_NAMESPACE}">{content}</w:body>')):
        body.insert(len(body) - 1, element)
    if not doc.draft:
        _take_off_draft_marks(word)
    _properties(word, doc)
    return _fixed_times(word)


@cache
def _template() -> bytes:
    return (templates() / "report.docx").read_bytes()


@cache
def _styles() -> Mapping[str, str]:
    """The id of each style by its name: Word may change ids when an office saves the template."""
    import docx

    return {style.name: style.style_id for style in docx.Document(io.BytesIO(_template())).styles if style.name}


def _style(name: str) -> str:
    """The id of a style, quoted for an attribute."""
    try:
        return quoteattr(_styles()[name])
    except KeyError:
        raise GiaError(f"模板 report.docx 缺少样式“{name}”；请恢复该样式，或重新安装 gia-xlsx。") from None


def _width(word: Word) -> int:
    """The width between the margins in twentieths of a point."""
    section = word.sections[0]
    width, left, right = section.page_width, section.left_margin, section.right_margin
    if width is None or left is None or right is None:
        raise GiaError("模板 report.docx 没有页面设置；请恢复，或重新安装 gia-xlsx。")
    return (width - left - right) // 635


def _content(doc: Document, width: int) -> Iterator[str]:
    """The body; a paragraph that touches a table keeps a little distance."""
    items = list(_items(doc))
    for before, item, after in zip((None, *items), items, (*items[1:], None), strict=False):
        if isinstance(item, Table):
            yield _table(item, width)
        else:
            style, runs = item
            above, below = (_GAP if isinstance(neighbour, Table) else 0 for neighbour in (before, after))
            signed = style == "落款" and after is not None
            yield _paragraph(style, runs, above, below, keep=signed or isinstance(after, Table))


def _items(doc: Document) -> Iterator[tuple[str, str] | Table]:
    """Paragraphs, as style and runs, and tables in printed order."""
    yield "公文标题", _run(("\n" if len(doc.title) > _TITLE_LINE else "").join(doc.title_lines))
    for part in doc.parts:
        if part.heading:
            yield "一级标题", _run(part.heading)
        for line in part.lines:
            lead = _run(line.lead, f"<w:rPr><w:rStyle w:val={_style('段首标题')}/></w:rPr>")
            yield _LEVELS[line.level], lead + _run(line.text)
        if part.table:
            yield part.table
    signed = [text for text in (doc.signature, doc.date) if text]
    for text in ("", *signed) if signed else ():
        yield "落款", _run(text)


def _paragraph(style: str, runs: str, above: int = 0, below: int = 0, keep: bool = False) -> str:
    """A paragraph; ``above`` and ``below`` in twentieths of a point; ``keep`` it on the page of the next."""
    gaps = f' w:before="{above}"' * bool(above) + f' w:after="{below}"' * bool(below)
    space = f"<w:spacing{gaps}/>" if gaps else ""
    return f"<w:p><w:pPr><w:pStyle w:val={_style(style)}/>{'<w:keepNext/>' * keep}{space}</w:pPr>{runs}</w:p>"


def _run(text: str, properties: str = "") -> str:
    """Text as a run; where it breaks, a line break."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>" if text else ""


def _table(table: Table, width: int) -> str:
    """A table with the order of elements that the schema asks for; its rows stay on one page if they fit."""
    edges = [round(sum(table.widths[:n]) * width / 100) for n in range(table.shape.width + 1)]
    grid = "".join(f'<w:gridCol w:w="{edges[n + 1] - edges[n]}"/>' for n in range(table.shape.width))
    covering = {(row, it.box.left): it for it in table.boxes for row in range(it.box.top, it.box.top + it.box.height)}
    rows = []
    for row in range(table.shape.rows):
        cells = (
            _cell(it, row, edges, table)
            for column in range(table.shape.width)
            if (it := covering.get((row, column))) is not None
        )
        head = "<w:tblHeader/>" if row < table.head else ""
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>")
    return (
        f"<w:tbl><w:tblPr><w:tblStyle w:val={_style('报表')}/>"
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(it: Printed, row: int, edges: list[int], table: Table) -> str:
    """One cell of one row; a box of several rows goes on in the rows below as an empty merged cell."""
    box = it.box
    first, last = row == box.top, row + 1 == table.shape.rows
    width = edges[box.left + box.width] - edges[box.left]
    span = f'<w:gridSpan w:val="{box.width}"/>' if box.width > 1 else ""
    merge = "" if box.height == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    shade = _SHADE if box.role in ("caption", "head") else ""
    style = ("宽表" if table.is_wide else "表格") + _role(it, table)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(style, _run(it.text) if first else '', keep=not last)}</w:tc>"
    )


def _role(it: Printed, table: Table) -> str:
    """The kind of style of a box: a label centred over its group, or standing alone, else to the left."""
    box = it.box
    if box.role == "label":
        grouped = box.line is not None and box.line.is_group
        return "分组" if grouped or table.shape.labels == 1 else "文字"
    return {"caption": "表头", "head": "表头", "corner": "分组", "cell": "数字"}[box.role]


def _take_off_draft_marks(word: Word) -> None:
    """Empty the paragraphs of head and foot that bear the style for drafts."""
    section = word.sections[0]
    for part in (section.header, section.even_page_header, section.footer, section.even_page_footer):
        for paragraph in part.paragraphs:
            if paragraph.style is not None and paragraph.style.name == _DRAFT_ONLY:
                paragraph.clear()
                for child in list(paragraph._p):
                    if child.tag != f"{_W}pPr":
                        paragraph._p.remove(child)


def _properties(word: Word, doc: Document) -> None:
    core = word.core_properties
    core.title, core.author = doc.title[:255], doc.organ[:255]
    core.last_modified_by = doc.organ[:255]
    core.subject, core.keywords = "政府信息公开工作年度报告", "政府信息公开"
    core.content_status = "草稿" if doc.draft else ""
    when = datetime.datetime.fromisoformat(doc.published) if doc.published else datetime.datetime(2000, 1, 1)
    core.created = core.modified = when


def _fixed_times(word: Word) -> bytes:
    made, fixed = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
