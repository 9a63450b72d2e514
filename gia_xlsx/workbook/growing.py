"""A worksheet whose rows grow with what is typed: the writing library can only fix a height for good."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet


class GrowingWorksheet(Worksheet):  # type: ignore[misc]  # the library ships no types
    """Row heights stand in the file as a spreadsheet itself would have fitted them, and are fitted again on editing."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        if tag == "row":
            attributes = [attribute for attribute in attributes if attribute[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
