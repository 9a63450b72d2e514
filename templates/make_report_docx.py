"""Make ``report.docx``, the Word report after GB/T 9704-2012: ``python templates/make_report_docx.py``.

An office may change the file in Word or WPS instead: fonts, sizes, margins, head and foot, wording and order are all
there. What must stay are the names of the styles and the placeholders: ``docs/word-template.zh.md``.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from gia_xlsx.form import form_names, load_form
from gia_xlsx.publish.word_names import Name, names

TARGET = Path(__file__).with_name("report.docx")
LATIN = "Times New Roman"
GAP = 140  # between a heading and a table, in twentieths of a point
KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}

# Fonts by name, and what a system without them should take instead.
FONTS = {
    "方正小标宋简体": ("华文中宋,宋体", "roman"),
    "仿宋": ("FangSong,仿宋_GB2312,华文仿宋", "modern"),
    "楷体": ("KaiTi,楷体_GB2312,华文楷体", "modern"),
    "黑体": ("SimHei,华文黑体", "modern"),
    "宋体": ("SimSun,华文宋体", "auto"),
}

# 22 lines fill the 225 mm between head and foot; 28 characters of 16 pt are wider than the 156 mm between the margins.
PITCH = 579  # of lines, in twentieths of a point
CLOSER = -5  # each character, in the same
LINE = f'<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>'
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
TITLE = '<w:spacing w:before="0" w:after="560" w:line="680" w:lineRule="exact"/><w:jc w:val="center"/>'
BODY = LINE + INDENT
HEAD = "<w:keepNext/><w:keepLines/>" + LINE + INDENT
SIGNED = "<w:keepNext/><w:keepLines/>" + LINE + '<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>'
TIGHT = '<w:snapToGrid w:val="0"/><w:spacing w:before="{0}" w:after="{0}" w:line="{1}" w:lineRule="exact"/>'

# Styles that Word has by itself, by the name that it keeps in every language: outlines and contents are made of them.
BUILT_IN = {"公文标题": "Title", "一级标题": "heading 1", "二级标题": "heading 2", "三级标题": "heading 3"}

# name, font, half points, bold, paragraph properties in the order of the schema
STYLES = [
    ("公文标题", "方正小标宋简体", 44, False, TITLE),
    ("正文段落", "仿宋", 32, False, BODY),  # to the left: LibreOffice loses marks at the ends of justified lines
    ("一级标题", "黑体", 32, False, HEAD + '<w:outlineLvl w:val="0"/>'),
    ("二级标题", "楷体", 32, False, HEAD + '<w:outlineLvl w:val="1"/>'),
    ("三级标题", "仿宋", 32, True, HEAD + '<w:outlineLvl w:val="2"/>'),
    ("落款", "仿宋", 32, False, SIGNED),
    ("页码", "宋体", 28, False, '<w:ind w:left="280" w:right="280"/>'),
    ("草稿标记", "黑体", 28, True, '<w:jc w:val="center"/>'),
]  # fmt: skip
for prefix, size, space, line, side in (
    ("表格", 21, 45, 300, 0),
    ("宽表", 18, 36, 230, 80),
):  # two to four columns, and many
    tight = TIGHT.format(space, line)
    STYLES += [
        (
            f"{prefix}表头",
            "黑体",
            size,
            False,
            tight + f'<w:ind w:left="{side}" w:right="{side}"/><w:jc w:val="center"/>',
        ),
        (f"{prefix}分组", "宋体", size, False, tight + '<w:jc w:val="center"/>'),
        (f"{prefix}文字", "宋体", size, False, tight + '<w:ind w:left="40"/><w:jc w:val="left"/>'),
        (f"{prefix}数字", "宋体", size, False, tight + '<w:jc w:val="center"/>'),
    ]

TABLE_STYLE = """
<w:style {ns} w:type="table" w:customStyle="1" w:styleId="report-table">
  <w:name w:val="报表"/><w:basedOn w:val="{base}"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>{borders}</w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="0" w:type="dxa"/><w:left w:w="28" w:type="dxa"/>
      <w:bottom w:w="0" w:type="dxa"/><w:right w:w="28" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
</w:style>
"""

WATERMARK = """
<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
  <w:rPr><w:noProof/></w:rPr>
  <w:pict>
    <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
      <v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
        <v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
        <v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>
        <v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
      <v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
      <v:textpath on="t" fitshape="t"/>
      <v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
      <o:lock v:ext="edit" text="t" shapetype="t"/>
    </v:shapetype>
    <v:shape id="PowerPlusWaterMarkObject{n}" o:spid="_x0000_s{spid}" type="#_x0000_t136" alt="草稿" o:allowincell="f" fillcolor="#d9a0a8" stroked="f" style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:150pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin">
      <v:fill opacity=".4"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="草稿"/>
    </v:shape>
  </w:pict>
</w:r>
"""  # noqa: E501 - Word's own watermark, as Word writes it

SETTINGS = """
<w:settings {ns}>
  <w:zoom w:percent="100"/>
  <w:evenAndOddHeaders/>
  <w:characterSpacingControl w:val="compressPunctuation"/>
  <w:compat>
    <w:useFELayout/>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
  <w:decimalSymbol w:val="."/>
  <w:listSeparator w:val=","/>
</w:settings>
"""

FIELD = '<w:fldSimple {ns} w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def main() -> None:
    word = docx.Document()
    _styles(word)
    _page(word)
    _body(word)
    _heads(word)
    _fonts(word)
    _slim(word)
    core = word.core_properties
    core.title = core.author = core.comments = core.last_modified_by = core.subject = core.keywords = ""
    core.language, core.revision = "zh-CN", 1
    core.created = core.modified = datetime.datetime(2025, 1, 1)
    TARGET.write_bytes(_zipped(word))


def _styles(word: Word) -> None:
    for style in list(word.styles):
        if style.name not in KEPT:
            style.delete()
    latent = word.styles.element.find(qn("w:latentStyles"))
    word.styles.element.remove(latent)
    defaults = word.styles.element.find(qn("w:docDefaults"))
    word.styles.element.replace(
        defaults,
        parse_xml(
            f'<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{_fonts_of("仿宋")}<w:kern w:val="2"/>'
            '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    normal = word.styles["Normal"]
    for name in ("w:pPr", "w:rPr"):
        for old in normal.element.findall(qn(name)):
            normal.element.remove(old)
    normal.element.append(parse_xml(f'<w:pPr {nsdecls("w")}><w:widowControl w:val="0"/></w:pPr>'))
    for number, (name, font, size, bold, properties) in enumerate(STYLES):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), f"report-{number}")
        style.base_style = normal
        style.quick_style = True
        if name in BUILT_IN:
            del style.element.attrib[qn("w:customStyle")]
            style.element.set(qn("w:styleId"), BUILT_IN[name].title().replace(" ", ""))
            named = style.element.find(qn("w:name"))
            named.set(qn("w:val"), BUILT_IN[name])
            named.addnext(parse_xml(f'<w:aliases {nsdecls("w")} w:val="{name}"/>'))
        for old in (*style.element.findall(qn("w:pPr")), *style.element.findall(qn("w:rPr"))):
            style.element.remove(old)
        style.element.append(parse_xml(f"<w:pPr {nsdecls('w')}>{properties}</w:pPr>"))
        closer = f'<w:spacing w:val="{CLOSER}"/>' if LINE in properties and name != "落款" else ""
        colour = '<w:color w:val="B00020"/>' if name == "草稿标记" else ""
        style.element.append(
            parse_xml(
                f"<w:rPr {nsdecls('w')}>{_fonts_of(font)}{'<w:b/>' * bold}{colour}"
                f"{closer}"
                f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
            )
        )
    for number, (name, font) in enumerate((("段首标题", "仿宋"), ("段首二级标题", "楷体")), 1):
        lead = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        lead.element.set(qn("w:styleId"), f"report-lead-{number}")
        lead.element.append(parse_xml(f"<w:rPr {nsdecls('w')}>{_fonts_of(font)}<w:b/></w:rPr>"))
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    base = word.styles["Normal Table"].style_id
    word.styles.element.append(parse_xml(TABLE_STYLE.format(ns=nsdecls("w"), base=base, borders=borders)))


def _fonts_of(font: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:cs="{LATIN}"/>'


def _page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)  # programs disagree about grids, and one of lines stretches the tables
    settings = word.settings.element
    settings[:] = list(parse_xml(SETTINGS.format(ns=nsdecls("w"))))


def _body(word: Word) -> None:
    """A paragraph for each placeholder, in the style that its words shall have; tables stand a little apart."""
    places = [place for place in names(load_form(form_names()[-1])).values() if place.what not in ("organ", "year")]
    for before, place in zip((None, *places), places, strict=False):
        paragraph = word.add_paragraph(str(place))
        paragraph.style = _style_of(word, place)
        gaps = {}
        if place.kind == "heading" and f"{place.name.removesuffix('标题')}表" in {other.name for other in places}:
            gaps["after"] = GAP
        if before and before.kind == "table":
            gaps["before"] = GAP
        if place.what == "signature":
            gaps["before"] = PITCH
        if gaps:
            words = "".join(f' w:{side}="{gap}"' for side, gap in gaps.items())
            paragraph._p.pPr.append(parse_xml(f"<w:spacing {nsdecls('w')}{words}/>"))


def _style_of(word: Word, place: Name) -> object:
    name = {"heading": "一级标题", "text": "正文段落", "table": "表格分组"}.get(place.kind, "落款")
    name = "公文标题" if place.what == "title" else name
    return next(style for style in word.styles if style.name == name or _alias(style) == name)


def _alias(style: object) -> str | None:
    node = style.element.find(qn("w:aliases"))
    return None if node is None else node.get(qn("w:val"))


def _heads(word: Word) -> None:
    """The page number ``— 1 —``, right on odd pages and left on even ones; above, what marks a draft."""
    section = word.sections[0]
    feet = ((section.footer, "right"), (section.even_page_footer, "left"))
    for foot, side in feet:
        foot.is_linked_to_previous = False
        paragraph = foot.paragraphs[0]
        paragraph.style = "页码"
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:jc {nsdecls("w")} w:val="{side}"/>'))
        paragraph.add_run("— ")
        paragraph._p.append(parse_xml(FIELD.format(ns=nsdecls("w"))))
        paragraph.add_run(" —")
    for number, head in enumerate((section.header, section.even_page_header), 1):
        head.is_linked_to_previous = False
        paragraph = head.paragraphs[0]
        paragraph.style = "草稿标记"
        paragraph.add_run("草稿　未经审核，不得公开")
        paragraph._p.append(parse_xml(WATERMARK.format(ns=nsdecls("w"), n=number, spid=2048 + number)))


def _fonts(word: Word) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, (instead, family) in FONTS.items()
    )
    part = next(rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/fontTable"))
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    part._blob = xml.encode("utf-8")


def _slim(word: Word) -> None:
    """Without the parts of python-docx's own template that no report needs."""
    needless = ("/thumbnail", "/stylesWithEffects", "/numbering", "/webSettings", "/customXml")
    for rels in (word.part.package.rels, word.part.rels):
        for name in [name for name, rel in rels.items() if rel.reltype.endswith(needless)]:
            del rels[name]


def _zipped(word: Word) -> bytes:
    """The file with fixed times, so that the same script makes the same bytes."""
    made, fixed = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


if __name__ == "__main__":
    main()
