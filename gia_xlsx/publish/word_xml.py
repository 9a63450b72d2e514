"""What goes into a Word template, as XML: paragraphs, and tables with true merges and heads that repeat.

It is written straight from the boxes: a library takes a second for a table of this size cell by cell.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from gia_xlsx.publish.document import Printed, Table, length
from gia_xlsx.publish.lines import Line
from gia_xlsx.publish.word_styles import LEADS, SIZES, TABLE, TEXT, Styles
from gia_xlsx.width import measure

GAP = 140  # between text and a table, in twentieths of a point
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_SECOND = re.compile(r"\s*[(（][一二三四五六七八九十]+[)）]")  # what GB/T 9704 sets in 楷体
_ENDLESS = re.compile(r"[!-~]{30}")  # an address, of which a line might hold none or only half
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


def words(text: str) -> str:
    """Text as it stands within ``w:t``, a line break where it breaks."""
    return escape(text).replace("\n", BREAK)


def quoted(text: str) -> str:
    """Text as the value of an attribute, its quotes included."""
    return '"' + escape(text, {'"': "&quot;", "\n": " ", "\t": " "}) + '"'


def lines(printed: tuple[Line, ...], styles: Styles, above: bool, below: bool) -> str:
    """The paragraphs of a section; one that touches a table, ``above`` or ``below``, keeps a little distance."""
    last = len(printed) - 1
    return "".join(
        _paragraph(
            quoted(styles[TEXT[line.level]]),
            _lead(line.lead, styles) + _run(line.text),
            GAP * (above and n == 0),
            GAP * (below and n == last),
            keep=below and n == last,
            breaks=bool(_ENDLESS.search(line.text)),
        )
        for n, line in enumerate(printed)
    )


def signed(signature: str, date: str, width: int, em: int) -> dict[str, str]:
    """Where signature and date stand, as properties of the paragraph of each: ``signature``, ``date``.

    ``width``: between the margins, ``em``: of a Chinese character, in twentieths of a point. GB/T 9704-2012, 7.3.5.2:
    the signature ends two characters from the margin, and the date begins two characters right of where that begins; a
    date longer than the signature ends two characters from the margin itself, and the signature gives way to the left.
    """
    name, day = measure(signature) / 2, length(date)
    if signature and name >= day:
        return {"signature": _ends(2, em), "date": _begins(width - round(name * em))}
    return {"signature": _ends(day + 4 - name, em), "date": _ends(2, em)}


def _ends(gap: float, em: int) -> str:
    """So many characters from the right margin."""
    return (
        f'<w:ind w:rightChars="{round(gap * 100)}" w:right="{round(gap * em)}" w:firstLine="0"/><w:jc w:val="right"/>'
    )


def _begins(left: int) -> str:
    """So far from the left margin."""
    return f'<w:ind w:left="{left}" w:rightChars="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/>'


def table(printed: Table, width: int, styles: Styles) -> str:
    """A table with the order of elements that the schema asks for; no row of it is cut.

    ``width``: of the page between its margins, in twentieths of a point.
    """
    shape, shares = printed.shape, printed.widths
    edges = [round(sum(shares[:n]) * width / 100) for n in range(shape.width + 1)]
    grid = "".join(f'<w:gridCol w:w="{edges[n + 1] - edges[n]}"/>' for n in range(shape.width))
    covering = {(row, it.box.left): it for it in printed.boxes for row in range(it.box.top, it.box.top + it.box.height)}
    repeats = printed.head * (len(printed.section.blocks) == 1)  # further blocks have other heads
    rows = []
    for row in range(shape.rows):
        cells = (
            _cell(it, row, edges, printed, styles)
            for column in range(shape.width)
            if (it := covering.get((row, column))) is not None
        )
        head = "<w:tblHeader/>" if row < repeats else ""
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>")
    return (
        f"<w:tbl><w:tblPr><w:tblStyle w:val={quoted(styles[TABLE])}/>"
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoted(printed.caption)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(it: Printed, row: int, edges: list[int], printed: Table, styles: Styles) -> str:
    """One cell of one row; a box of several rows goes on in the rows below as an empty merged cell."""
    box = it.box
    first, keep = row == box.top, row + 1 < printed.shape.rows and row + 1 not in printed.breaks
    width = edges[box.left + box.width] - edges[box.left]
    span = f'<w:gridSpan w:val="{box.width}"/>' if box.width > 1 else ""
    merge = "" if box.height == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    shade = _SHADE if box.role in ("caption", "head") else ""
    style = quoted(styles[SIZES[printed.is_wide] + _role(it, printed)])
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(style, _run(it.text) if first else '', keep=keep)}</w:tc>"
    )


def _role(it: Printed, printed: Table) -> str:
    """The kind of style of a box: a label centred over its group, or standing alone, else to the left."""
    box = it.box
    if box.role == "label":
        grouped = box.line is not None and box.line.is_group
        return "分组" if grouped or printed.shape.labels == 1 else "文字"
    return {"caption": "表头", "head": "表头", "corner": "分组", "cell": "数字"}[box.role]


def _paragraph(style: str, runs: str, above: int = 0, below: int = 0, keep: bool = False, breaks: bool = False) -> str:
    """A paragraph; ``above`` and ``below`` in twentieths of a point; ``keep`` it on the page of the next.

    ``breaks``: words in it may break anywhere, and its lines are not spread out.
    """
    left = '<w:jc w:val="left"/>' if breaks else ""
    wrap = '<w:wordWrap w:val="0"/>' if breaks else ""
    gaps = f' w:before="{above}"' * bool(above) + f' w:after="{below}"' * bool(below)
    space = f"<w:spacing{gaps}/>" if gaps else ""
    return f"<w:p><w:pPr><w:pStyle w:val={style}/>{'<w:keepNext/>' * keep}{wrap}{space}{left}</w:pPr>{runs}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{words(text)}</w:t></w:r>' if text else ""


def _lead(text: str, styles: Styles) -> str:
    """The heading that a paragraph begins with."""
    return _run(text, f"<w:rPr><w:rStyle w:val={quoted(styles[LEADS[bool(_SECOND.match(text))]])}/></w:rPr>")
