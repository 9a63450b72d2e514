"""Comments on cells of a workbook under operation: ours are added to those that are there, and taken off again.

A comment of ours begins with ``SIGN``, as Excel begins one with the name of its author; in a comment of somebody else
ours follows theirs. It is told by the sign, for not every program keeps authors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError
from gia_xlsx.workbook import boxes
from gia_xlsx.workbook.layout import a1
from gia_xlsx.workbook.parts import Parts, add, child, elements, like, local, namespace, number, related, with_prefixes
from gia_xlsx.workbook.sheet_xml import SheetXml, Spot, spot_of

if TYPE_CHECKING:
    from gia_xlsx.workbook.parts import Element

AUTHOR = "gia-xlsx 审核"
SIGN = f"{AUTHOR}："
MOST = 900  # comments of ours on one sheet: as many boxes as one block has ids
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = '<comments xmlns="{}"><authors/><commentList/></comments>'
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_GAP = "\n\n"  # between somebody's comment and ours
_LONGEST = 8_000  # characters of one comment


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a cell: a head in bold, and what follows."""

    head: str
    body: str


def comment(parts: Parts, part: str, sheet: SheetXml, notes: Mapping[Spot, Iterable[Note]]) -> None:
    """Put notes on cells of a sheet; where a cell has a comment, below it."""
    name = _comments_of(parts, part)
    drawing = _drawing_of(parts, part, sheet)
    if drawing and not _made_known(parts, drawing):
        return  # a box cannot be put into it: the cell is coloured, and the list tells the rest
    if not name:
        name = parts.free("xl/comments{}.xml")
        parts.put(name, _EMPTY.format(namespace(sheet.root)).encode(), _TYPE)
        parts.relate(part, "comments", name)
    there = {comment.get("ref", ""): comment for comment in _list(parts.tree(name))}
    root = parts.edit(name)
    own, shared = {}, {}
    for spot in sorted(notes)[:MOST]:
        address = a1(*spot)
        if address in there:
            shared[spot] = _join(there[address], notes[spot])
        else:
            made = add(_child(root, "commentList"), "comment", ref=address, authorId=str(_author(root)))
            own[spot] = _write(add(made, "text"), notes[spot], "")
    _draw(parts, part, sheet, drawing, own, shared)


def uncomment(parts: Parts, part: str, sheet: SheetXml) -> bool:
    """Take our comments off a sheet; whether there were any."""
    name = _comments_of(parts, part)
    signed = _signed(parts, name) if name else []
    if not signed:
        return False
    gone = set()
    parts.edit(name)
    for one in signed:
        text = _child(one, "text")
        _cut(text)
        if not _text(text).strip():
            _child(parts.edit(name), "commentList").remove(one)
            if spot := spot_of(one.get("ref", "")):
                gone.add(spot)
    _forget_author(parts.edit(name))
    drawing = _drawing_of(parts, part, sheet)
    if drawing and gone:
        parts.put(drawing, boxes.without_boxes(parts.raw(drawing), gone))
    if not _list(parts.tree(name)):
        parts.unrelate(part, name)
        parts.drop(name)
    if drawing and boxes.is_empty(parts.raw(drawing)):
        reference = child(sheet.root, "legacyDrawing")
        if reference is not None:
            sheet.root.remove(reference)
        parts.unrelate(part, drawing)
        parts.drop(drawing)
    return True


def is_signed(parts: Parts) -> bool:
    """Whether any sheet has a comment of ours."""
    return any(_signed(parts, name) for name in parts.names if "comments" in name.lower() and name.endswith(".xml"))


def _signed(parts: Parts, name: str) -> list[Element]:
    """The comments that bear our sign; some programs cut it where letters end and characters begin."""
    if SIGN.partition(" ")[0].encode() not in parts.raw(name):
        return []
    return [one for one in _list(parts.tree(name)) if SIGN in _text(_child(one, "text"))]


def _draw(
    parts: Parts, part: str, sheet: SheetXml, drawing: str, own: dict[Spot, str], shared: dict[Spot, str]
) -> None:
    """The boxes: new ones for comments of our own, larger ones for those that we share."""
    taken = {number for one in parts.names if one.endswith(".vml") for number in boxes.blocks(parts.raw(one))}
    block = next(number for number in range(1, len(taken) + 2) if number not in taken)
    data = parts.raw(drawing) if drawing else boxes.EMPTY % block
    data = boxes.resized(data, sheet, shared)
    if own:
        data = boxes.with_boxes(data, block, sheet, own)
    if drawing:
        parts.put(drawing, data)
    elif own:
        drawing = parts.free("xl/drawings/vmlDrawing{}.vml")
        parts.default("vml", _DRAWING_TYPE)
        parts.put(drawing, data)
        reference = like(sheet.root, "legacyDrawing")
        reference.set(f"{{{parts.links}}}id", parts.relate(part, "vmlDrawing", drawing))
        sheet.put(reference)


def _made_known(parts: Parts, drawing: str) -> bool:
    """See to it that a drawing is written as Excel writes it; whether it is."""
    if boxes.is_known(parts.raw(drawing)):
        return True
    try:
        parts.put(drawing, with_prefixes(parts.raw(drawing), boxes.PREFIXES))
    except GiaError:
        return False
    return boxes.is_known(parts.raw(drawing))


def _comments_of(parts: Parts, part: str) -> str:
    return next((one.target for one in parts.relations(part) if one.kind == "comments"), "")


def _drawing_of(parts: Parts, part: str, sheet: SheetXml) -> str:
    """The drawing that holds the boxes of a sheet's comments."""
    reference = child(sheet.root, "legacyDrawing")
    wanted = related(reference) if reference is not None else ""
    found = next((one.target for one in parts.relations(part) if wanted and one.id == wanted), "")
    return found if found in parts.names else ""


def _child(root: Element, name: str) -> Element:
    found = child(root, name)
    return add(root, name) if found is None else found


def _list(root: Element) -> list[Element]:
    return [one for one in _child(root, "commentList") if local(one) == "comment"]


def _author(root: Element) -> int:
    authors = _child(root, "authors")
    names = [one.text for one in elements(authors)]
    if AUTHOR not in names:
        add(authors, "author").text = AUTHOR
    return names.index(AUTHOR) if AUTHOR in names else len(names)


def _forget_author(root: Element) -> None:
    """Take our name off the end of the authors once no comment bears it."""
    authors = elements(_child(root, "authors"))
    if authors and authors[-1].text == AUTHOR:
        last = len(authors) - 1
        if all(number(one, "authorId") != last for one in _list(root)):
            _child(root, "authors").remove(authors[-1])


def _text(text: Element) -> str:
    return "".join(one.text or "" for one in _pieces(text))


def _pieces(text: Element) -> list[Element]:
    """What holds the words of a comment: not what tells how they are pronounced."""
    pieces = []
    for one in text:
        if local(one) == "t":
            pieces.append(one)
        elif local(one) == "r":
            pieces += [piece for piece in one if local(piece) == "t"]
    return pieces


def _join(comment: Element, notes: Iterable[Note]) -> str:
    """Write notes below a comment that is there; all its words then."""
    text = _child(comment, "text")
    whole = child(text, "t")
    if whole is not None:  # words without a look of their own: only runs may be followed by runs
        run = like(text, "r")
        text.replace(whole, run)
        run.append(whole)
        whole.set(_SPACE, "preserve")
    before = _text(text)
    return before + _write(text, notes, _GAP if before else "")


def _write(text: Element, notes: Iterable[Note], gap: str) -> str:
    """Write notes under our sign, in a size that all of them can be read in; the words written."""
    words = [(f"{gap}{SIGN}", True)]
    for note in notes:
        words += [(f"\n{note.head}", True), (f"\n{note.body}\n", False)]
    words[-1] = (words[-1][0].rstrip("\n"), False)
    room, written = _LONGEST, ""
    for said, bold in words:
        if room <= 0:
            break
        shown = said if len(said) <= room else f"{said[:room]}…"
        room -= len(said)
        written += shown
        run = add(text, "r")
        look = add(run, "rPr")
        if bold:
            add(look, "b")
        add(look, "sz", val="9")
        add(look, "rFont", val="宋体")
        add(look, "charset", val="134")
        piece = add(run, "t")
        piece.text = shown
        piece.set(_SPACE, "preserve")
    return written


def _cut(text: Element) -> None:
    """Take away our sign and all that follows."""
    whole = _text(text)
    room = whole.index(SIGN)
    if whole[:room].endswith(_GAP):
        room -= len(_GAP)
    for piece in _pieces(text):
        words = piece.text or ""
        piece.text = words[: max(room, 0)]
        room -= len(words)
        if not piece.text and words:
            holder = piece.getparent()
            if holder is not None and holder.getparent() is text:
                text.remove(holder)
