"""The tree written as objects of the file (ISO 32000-1, 14.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyleaf.formats.pdf.tags import attributes
from polyleaf.formats.pdf.tags.model import Area, Mark, Node

if TYPE_CHECKING:
    from collections.abc import Sequence


class Writer:
    """Writes structure elements into *pdf* with the types of *paper*, the library that WeasyPrint writes with."""

    def __init__(self, paper: Any, pdf: Any) -> None:  # noqa: ANN401 - they bring no types
        """Begin with nothing written."""
        self._paper, self._pdf = paper, pdf
        self._owners: dict[tuple[int, int], bytes] = {}
        self._areas: list[tuple[Area, bytes]] = []
        self._names: dict[str, bytes] = {}

    def write(self, document: Node, sizes: Sequence[int]) -> None:
        """Write *document* as the structure tree of the file; *sizes* tells how many pieces each page holds."""
        root = self._object({"Type": "/StructTreeRoot"})
        root["K"] = self._paper.Array([self._element(document, root.reference)])
        numbers = self._paper.Array()
        for page, size in enumerate(sizes):
            owners = [self._owners.get((page, mcid), b"null") for mcid in range(size)]
            numbers.extend((page, self._paper.Array(owners)))
        for at, (area, owner) in enumerate(self._areas, len(sizes)):
            area.annotation["StructParent"] = at
            numbers.extend((at, owner))
        root["ParentTree"] = self._object({"Nums": numbers}).reference
        if self._names:
            root["IDTree"] = self._paper.Dictionary({"Names": self._sorted_names()})
        self._pdf.catalog["StructTreeRoot"] = root.reference
        self._pdf.catalog["MarkInfo"] = self._paper.Dictionary({"Marked": "true"})
        self._list_areas(len(sizes))

    def _object(self, entries: dict[str, Any]) -> Any:  # noqa: ANN401 - as in __init__
        made = self._paper.Dictionary(entries)
        self._pdf.add_object(made)
        return made

    def _element(self, node: Node, parent: bytes) -> bytes:
        element = self._object({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent})
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            element["Pg"] = self._pdf.page_references[page]
        element.update({key: self._value(value) for key, value in node.about.items()})
        kids = [self._kid(kid, element.reference, page, node) for kid in node.kids]
        element["K"] = self._paper.Array(kids)
        if "ID" in node.about:
            self._names[node.about["ID"]] = element.reference
        return bytes(element.reference)

    def _kid(self, kid: Node | Mark | Area, owner: bytes, page: int | None, node: Node) -> Any:  # noqa: ANN401 - as above
        if isinstance(kid, Node):
            return self._element(kid, owner)
        where = {"Pg": self._pdf.page_references[kid.page]}
        if isinstance(kid, Area):
            kid.annotation["Contents"] = self._paper.String(attributes.words(node.source))
            self._areas.append((kid, owner))
            return self._paper.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, **where})
        self._owners[kid.page, kid.mcid] = owner
        return kid.mcid if kid.page == page else self._paper.Dictionary({"Type": "/MCR", **where, "MCID": kid.mcid})

    def _value(self, value: Any) -> Any:  # noqa: ANN401 - as above
        if isinstance(value, dict):
            return self._paper.Dictionary({key: self._value(part) for key, part in value.items()})
        if isinstance(value, list):
            return self._paper.Array([self._value(part) for part in value])
        return self._paper.String(value) if isinstance(value, str) else value

    def _sorted_names(self) -> Any:  # noqa: ANN401 - as above
        """What has an ID is found by it, such as a note or the header of a cell (14.7.2, 7.9.6)."""
        names = self._paper.Array()
        for name in sorted(self._names):
            names.extend((self._paper.String(name), self._names[name]))
        return names

    def _list_areas(self, pages: int) -> None:
        """Give each page the areas of its links, as they are read; one of content that is not read goes."""
        listed = [[area.annotation.reference for area, _ in self._areas if area.page == page] for page in range(pages)]
        for page, references in zip(self._pdf_pages(), listed, strict=True):
            if "Annots" in page:
                page["Annots"][:] = references

    def _pdf_pages(self) -> list[Any]:
        objects = {item.reference: item for item in self._pdf.objects if item.number}
        return [objects[reference] for reference in self._pdf.page_references]
