"""Structure trees written as objects of the file (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from polyleaf.formats.pdf.tags import attributes
from polyleaf.formats.pdf.tags.model import Element, LinkArea, Mark


class Writer:
    """Writes structure elements into *pdf* with the types of *pydyf*, the library that WeasyPrint writes with."""

    def __init__(self, pydyf: Any, pdf: Any) -> None:  # noqa: ANN401 - they bring no types
        """Begin with nothing written."""
        self._pydyf, self._pdf = pydyf, pdf
        self._owners: dict[tuple[int, int], bytes] = {}
        self._areas: list[tuple[LinkArea, bytes]] = []
        self._ids: dict[str, bytes] = {}

    def write(self, document: Element, sizes: Sequence[int]) -> None:
        """Write *document* as the structure tree of the file; *sizes* has the number of marks on each page."""
        root = self._add({"Type": "/StructTreeRoot"})
        root["K"] = self._pydyf.Array([self._write_element(document, root.reference)])
        numbers = self._pydyf.Array()
        for page, size in enumerate(sizes):
            owners = [self._owners.get((page, mcid), b"null") for mcid in range(size)]
            numbers.extend((page, self._pydyf.Array(owners)))
        for at, (area, owner) in enumerate(self._areas, len(sizes)):
            area.annotation["StructParent"] = at
            numbers.extend((at, owner))
        root["ParentTree"] = self._add({"Nums": numbers}).reference
        if self._ids:
            root["IDTree"] = self._pydyf.Dictionary({"Names": self._sorted_ids()})
        self._pdf.catalog["StructTreeRoot"] = root.reference
        self._pdf.catalog["MarkInfo"] = self._pydyf.Dictionary({"Marked": "true"})
        self._order_annotations(len(sizes))

    def _add(self, entries: dict[str, Any]) -> Any:  # noqa: ANN401 - as in __init__
        dictionary = self._pydyf.Dictionary(entries)
        self._pdf.add_object(dictionary)
        return dictionary

    def _write_element(self, element: Element, parent: bytes) -> bytes:
        dictionary = self._add({"Type": "/StructElem", "S": f"/{element.kind}", "P": parent})
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if page is not None:
            dictionary["Pg"] = self._pdf.page_references[page]
        dictionary.update({key: self._value(value) for key, value in element.entries.items()})
        kids = [self._kid(kid, dictionary.reference, page, element) for kid in element.kids]
        dictionary["K"] = self._pydyf.Array(kids)
        if "ID" in element.entries:
            self._ids[element.entries["ID"]] = dictionary.reference
        return bytes(dictionary.reference)

    def _kid(self, kid: Element | Mark | LinkArea, owner: bytes, page: int | None, element: Element) -> Any:  # noqa: ANN401 - as above
        if isinstance(kid, Element):
            return self._write_element(kid, owner)
        of_page = {"Pg": self._pdf.page_references[kid.page]}
        if isinstance(kid, LinkArea):
            kid.annotation["Contents"] = self._pydyf.String(attributes.link_text(element.html))
            self._areas.append((kid, owner))
            return self._pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, **of_page})
        self._owners[kid.page, kid.mcid] = owner
        return kid.mcid if kid.page == page else self._pydyf.Dictionary({"Type": "/MCR", **of_page, "MCID": kid.mcid})

    def _value(self, value: Any) -> Any:  # noqa: ANN401 - as above
        if isinstance(value, dict):
            return self._pydyf.Dictionary({key: self._value(part) for key, part in value.items()})
        if isinstance(value, list):
            return self._pydyf.Array([self._value(part) for part in value])
        return self._pydyf.String(value) if isinstance(value, str) else value

    def _sorted_ids(self) -> Any:  # noqa: ANN401 - as above
        """Return the name tree by which elements with an ID are found (14.7.2, 7.9.6)."""
        names = self._pydyf.Array()
        for name in sorted(self._ids):
            names.extend((self._pydyf.String(name), self._ids[name]))
        return names

    def _order_annotations(self, pages: int) -> None:
        """Give each page the areas of its links in reading order; one of content that is not read goes."""
        objects = {item.reference: item for item in self._pdf.objects if item.number}
        for number, reference in zip(range(pages), self._pdf.page_references, strict=True):
            if "Annots" in objects[reference]:
                areas = [area.annotation.reference for area, _ in self._areas if area.page == number]
                objects[reference]["Annots"][:] = areas
