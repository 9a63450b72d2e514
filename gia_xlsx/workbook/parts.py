"""The parts of a workbook under operation: what is not touched stays as it was, byte for byte.

Every name and namespace is taken from the file itself, so that strict and transitional files, and files of any program,
are treated alike.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from gia_xlsx.errors import GiaError
from gia_xlsx.workbook.guard import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element

TYPES = "[Content_Types].xml"
_DATE = (1980, 1, 1, 0, 0, 0)  # one date for all: the same input gives the same bytes
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Relation(NamedTuple):
    """A relation of a part: its id, its kind (``comments``), and the part it leads to."""

    id: str
    kind: str
    target: str


@dataclass
class Parts:
    """The parts by name. ``tree`` is for reading, ``edit`` for changing; ``put`` and ``drop`` add and remove."""

    package: Package
    names: list[str] = field(init=False)
    _trees: dict[str, Element] = field(default_factory=dict)
    _edited: set[str] = field(default_factory=set)
    _new: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = list(self.package.names())

    def find(self, name: str) -> str:
        """The name as the file writes it, whatever its capitals; '' if there is no such part."""
        return next((one for one in self.names if one.lower() == name.lower()), "")

    def raw(self, name: str) -> bytes:
        """The bytes of a part as they stand."""
        if name in self._edited:
            return _bytes(self._trees[name])
        if name in self._new:
            return self._new[name]
        return self.package.inflated(name)

    def tree(self, name: str) -> Element:
        """The XML of a part. Raises GiaError where it is broken."""
        if name not in self._trees:
            self._trees[name] = parse(self._new.get(name) or self.package.part(name), self.package.name)
        return self._trees[name]

    def edit(self, name: str) -> Element:
        self._edited.add(name)
        return self.tree(name)

    def put(self, name: str, data: bytes, content_type: str = "") -> None:
        """A new part, or new content of an old one."""
        self._trees.pop(name, None)
        self._edited.discard(name)
        self._new[name] = data
        if name not in self.names:
            self.names.append(name)
        if content_type:
            self._declare(name, content_type)

    def drop(self, name: str) -> None:
        """Take a part away, with its own relations and its content type."""
        for gone in (name, relations_of(name)) if name else ():
            if gone in self.names:
                self.names.remove(gone)
            self._trees.pop(gone, None)
            self._new.pop(gone, None)
            self._edited.discard(gone)
        for override in elements(self.tree(TYPES)):
            if override.get("PartName", "").lower() == f"/{name}".lower():
                self.edit(TYPES).remove(override)

    def free(self, pattern: str) -> str:
        """A name that no part has: ``pattern`` holds ``{}`` for a number."""
        taken = {name.lower() for name in self.names}
        return next(name for number in range(1, 10_000) if (name := pattern.format(number)).lower() not in taken)

    def default(self, extension: str, content_type: str) -> None:
        """See to it that parts with this extension have a type."""
        for entry in elements(self.tree(TYPES)):
            if entry.get("Extension", "").lower() == extension:
                return
        types = self.edit(TYPES)
        types.insert(0, like(types, "Default", Extension=extension, ContentType=content_type))

    def content_type(self, name: str) -> str:
        for entry in elements(self.tree(TYPES)):
            if entry.get("PartName", "").lower() == f"/{name}".lower():
                return entry.get("ContentType", "")
        return ""

    def _declare(self, name: str, content_type: str) -> None:
        if self.content_type(name) != content_type:
            types = self.edit(TYPES)
            types.append(like(types, "Override", PartName=f"/{name}", ContentType=content_type))

    # relations

    def relations(self, part: str) -> Iterator[Relation]:
        """The relations of a part to others inside the file."""
        name = self.find(relations_of(part))
        for relation in elements(self.tree(name)) if name else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                inside = target.lstrip("/") if target[0] == "/" else posixpath.join(posixpath.dirname(part), target)
                kind = relation.get("Type", "").rpartition("/")[2]
                yield Relation(relation.get("Id", ""), kind, self._known(posixpath.normpath(inside)))

    def _known(self, name: str) -> str:
        return name if name in self.names else self.find(name) or name

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the relation."""
        name = self.find(relations_of(part))
        if not name:
            name = relations_of(part)
            self.put(name, _RELATIONS)
        relations = self.edit(name)
        taken = {relation.get("Id") for relation in elements(relations)}
        number = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        path = posixpath.relpath(target, posixpath.dirname(part))
        types = f"{self._office(part)}/{kind}"
        relations.append(like(relations, "Relationship", Id=number, Type=types, Target=path))
        return number

    def unrelate(self, part: str, target: str) -> None:
        """Take every relation of a part to another away."""
        gone = {relation.id for relation in self.relations(part) if relation.target == target}
        name = self.find(relations_of(part))
        if not gone:
            return
        relations = self.edit(name)
        for relation in elements(relations):
            if relation.get("Id") in gone:
                relations.remove(relation)
        if not len(relations):
            self.drop(name)

    def _office(self, part: str) -> str:
        """What kinds of relations begin with in this file."""
        for source in (part, self.workbook):
            name = self.find(relations_of(source))
            for relation in elements(self.tree(name)) if name else ():
                kind = relation.get("Type", "")
                if "/officeDocument/" in kind and "microsoft" not in kind:
                    return kind.rpartition("/")[0]
        return _OFFICE

    @property
    def links(self) -> str:
        """The namespace of the ids by which sheets refer to their relations."""
        for entry in self.tree(self.workbook).iter():
            for key in entry.attrib if local(entry) == "sheet" else ():
                if str(key).endswith("}id"):
                    return str(key)[1:].partition("}")[0]
        return _OFFICE

    @property
    def workbook(self) -> str:
        """The part that lists the sheets."""
        return next(name for name in self.names if name.lower().endswith("workbook.xml"))

    def save(self) -> bytes:
        """The archive, its parts in their old order."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.names:
                entry = zipfile.ZipInfo(name, _DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, self.raw(name))
        return stream.getvalue()


def parse(data: bytes, name: str) -> Element:
    """XML from a file that nobody vouches for: no entities, no network, no giant trees."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise GiaError(f"{name}：工作簿内部结构损坏，不能标注；请用 Excel、WPS 修复并另存后再试。") from error


def canonical(element: Element) -> bytes:
    """An element written in the one way that tells whether two say the same."""
    from lxml import etree

    tail, element.tail = element.tail, None
    told = etree.tostring(element, method="c14n", exclusive=True)
    element.tail = tail
    return told


def relations_of(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def local(element: Element) -> str:
    """The name of an element without its namespace; '' for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(parent: Element) -> list[Element]:
    """The children that are elements: comments and the like have no attributes to ask for."""
    return [one for one in parent if local(one)]


def namespace(element: Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag[:1] == "{" else ""


def child(parent: Element, name: str) -> Element | None:
    return next((one for one in parent if local(one) == name), None)


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new last child in the parent's own namespace."""
    new = like(parent, name, **attributes)
    parent.append(new)
    return new


def like(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new element in the namespace of another, not yet in any place."""
    made = parent.makeelement(f"{{{namespace(parent)}}}{name}" if namespace(parent) else name)
    for key, value in attributes.items():
        made.set(key, value)
    return made


def number(element: Element, name: str, default: int = 0) -> int:
    """A count that an attribute holds, whatever a file may write there."""
    text = element.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default


def related(element: Element) -> str:
    """The relation id that an element carries, whatever its prefix."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def with_prefixes(data: bytes, prefixes: Mapping[str, str]) -> bytes:
    """XML with its namespaces declared at the root under these prefixes. Raises GiaError where it is broken."""
    from lxml import etree

    tree = parse(data, "")
    etree.cleanup_namespaces(tree, top_nsmap=dict(prefixes), keep_ns_prefixes=list(prefixes))
    return etree.tostring(tree, encoding="UTF-8")


def _bytes(tree: Element) -> bytes:
    """A part as programs write it, so that what is the same looks the same."""
    from lxml import etree

    return _DECLARATION + etree.tostring(tree, encoding="UTF-8").replace(b"&#10;", b"&#xA;")
