"""The list of sheets of a workbook under operation: found, added, brought to the front; and its stylesheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from gia_xlsx.workbook.parts import Parts, add, child, like, local, namespace, number, related, relations_of
from gia_xlsx.workbook.restyle import EMPTY, Stylesheet
from gia_xlsx.workbook.sheet_xml import SheetXml

if TYPE_CHECKING:
    from gia_xlsx.workbook.parts import Element

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_BEFORE_NAMES = {"fileVersion", "fileSharing", "workbookPr", "AlternateContent", "workbookProtection", "bookViews",
                 "sheets", "functionGroups", "externalReferences"}  # fmt: skip


@dataclass
class WorkbookXml:
    """A workbook by its parts."""

    parts: Parts
    _sheets: dict[str, SheetXml] = field(default_factory=dict)

    @property
    def root(self) -> Element:
        return self.parts.tree(self.parts.workbook)

    @property
    def namespace(self) -> str:
        return namespace(self.root)

    def entries(self) -> list[Element]:
        sheets = child(self.root, "sheets")
        return [one for one in (sheets if sheets is not None else ()) if local(one) == "sheet"]

    def worksheets(self) -> Mapping[str, str]:
        """The part of each worksheet by its name; charts and macros may be sheets too, and are left out."""
        parts = {one.id: one.target for one in self.parts.relations(self.parts.workbook) if one.kind == "worksheet"}
        found = {one.get("name", ""): parts.get(related(one), "") for one in self.entries()}
        return {name: part for name, part in found.items() if part in self.parts.names}

    def sheet(self, part: str) -> SheetXml:
        """A worksheet, parsed once; ``parts.edit`` tells that it has changed."""
        if part not in self._sheets:
            self.parts.package.prove_sheet(part)
            self._sheets[part] = SheetXml(self.parts.tree(part))
        return self._sheets[part]

    @cached_property
    def stylesheet(self) -> Stylesheet:
        workbook = self.parts.workbook
        name = next((one.target for one in self.parts.relations(workbook) if one.kind == "styles"), "")
        if name not in self.parts.names:
            name = self.parts.free("xl/styles{}.xml")
            self.parts.put(name, EMPTY % self.namespace.encode(), f"{_SPREADSHEET}styles+xml")
            self.parts.relate(workbook, "styles", name)
        return Stylesheet(self.parts.edit(name))

    def add_sheet(self, wanted: str) -> str:
        """A new worksheet at the end, with the name ``wanted`` or one like it; its part."""
        part = self.parts.free("xl/worksheets/sheet{}.xml")
        self.parts.put(part, b"<worksheet/>", f"{_SPREADSHEET}worksheet+xml")
        entries = self.entries()
        entry = like(entries[0], "sheet", name=self._free_name(wanted))
        entry.set("sheetId", str(1 + max(number(one, "sheetId") for one in entries)))
        entry.set(f"{{{self.parts.links}}}id", self.parts.relate(self.parts.workbook, "worksheet", part))
        entries[-1].addnext(entry)
        self.parts.edit(self.parts.workbook)
        return part

    def fill(self, part: str, data: bytes, repeat: int) -> None:
        """Give a worksheet its content, open the workbook at it, and print its row ``repeat`` on each of its pages."""
        self.parts.put(part, data)
        self.parts.drop(self.parts.find(relations_of(part)))  # of what stood there before
        self.parts.edit(self.parts.workbook)
        sheets = self.worksheets()
        entry = next(one for one in self.entries() if sheets.get(one.get("name", "")) == part)
        entry.attrib.pop("state", "")
        self._show(entry)
        self._repeat(entry, repeat)

    def _free_name(self, wanted: str) -> str:
        taken = {one.get("name", "").casefold() for one in self.entries()}
        names = (wanted, *(f"{wanted}{number}" for number in range(2, 3 + len(taken))))
        return next(name for name in names if name.casefold() not in taken)

    def _show(self, entry: Element) -> None:
        """Open the workbook at a sheet: only that one is chosen, for what is typed goes into all that are."""
        views = child(self.root, "bookViews")
        if views is None:
            views = like(self.root, "bookViews")
            self.root.insert(self.root.index(_child(self.root, "sheets")), views)
        view = _child(views, "workbookView")
        view.set("activeTab", str(self.entries().index(entry)))
        for relation in list(self.parts.relations(self.parts.workbook)):
            if (
                relation.id != related(entry)
                and relation.kind.endswith("sheet")
                and relation.target in self.parts.names
            ):
                self._unchoose(relation.target)

    def _unchoose(self, part: str) -> None:
        if b"tabSelected" in self.parts.raw(part):
            for view in self.parts.tree(part).iter():
                if local(view) == "sheetView" and view.attrib.pop("tabSelected", ""):
                    self.parts.edit(part)

    def _repeat(self, entry: Element, row: int) -> None:
        index = self.entries().index(entry)
        names = child(self.root, "definedNames")
        if names is None:
            names = like(self.root, "definedNames")
            at = next((n for n, one in enumerate(self.root) if local(one) not in _BEFORE_NAMES), len(self.root))
            self.root.insert(at, names)
        for one in list(names):
            if one.get("localSheetId") == str(index):
                names.remove(one)
        made = add(names, "definedName", name="_xlnm.Print_Titles", localSheetId=str(index))
        sheet = entry.get("name", "").replace("'", "''")
        made.text = f"'{sheet}'!${row}:${row}"


def _child(parent: Element, name: str) -> Element:
    found = child(parent, name)
    return add(parent, name) if found is None else found
