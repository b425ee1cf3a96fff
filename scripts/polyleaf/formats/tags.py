"""The tags of a PDF mended where WeasyPrint builds them otherwise than PDF/UA-1 (ISO 14289-1) wants them.

Works on WeasyPrint's objects before they are written: dictionaries whose `K` lists children by reference. New
ones are made with the types of those, so that only `formats.layout` needs WeasyPrint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = Any
"""A structure element of pydyf: a dictionary that is an object of the file too."""

PARTS_OF_LISTS = frozenset(("/L", "/LI", "/Caption"))
PARTS_OF_ITEMS = frozenset(("/Lbl", "/LBody"))


def mend(_document: object, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Mend the structure tree of *pdf*: what WeasyPrint calls as its finisher."""
    root = pdf.catalog.get("StructTreeRoot")
    if root:
        _Tree(pdf).mend()


class _Tree:
    """The structure tree of one file."""

    def __init__(self, pdf: Any) -> None:  # noqa: ANN401 - as in mend
        self._pdf = pdf
        self._objects = {item.reference: item for item in pdf.objects if item.number}

    def mend(self) -> None:
        root = self._objects[self._pdf.catalog["StructTreeRoot"]]
        self._visit(self._objects[root["K"][0]], link=False)

    def _visit(self, element: Element, *, link: bool) -> None:
        kind = element["S"]
        if link:
            self._drop_annotation(element)
        if kind == "/L":
            self._mend_list(element)
        elif kind == "/LI":
            self._mend_item(element)
        elif kind == "/Table":
            self._mend_table(element)
        for child in self._children(element):
            self._visit(child, link=link or kind == "/Link")

    def _children(self, element: Element) -> Iterator[Element]:
        for kid in element["K"]:
            child = self._objects.get(kid)
            if child is not None and child.get("Type") == "/StructElem":
                yield child

    def _kind(self, kid: Any) -> str:  # noqa: ANN401 - a reference or a number
        return str(self._objects[kid].get("S", "")) if kid in self._objects else ""

    def _drop_annotation(self, element: Element) -> None:
        """What stands inside a link is in its area already (7.18.5): one annotation is enough."""
        for kid in list(element["K"]):
            reference = self._objects.get(kid)
            if reference is not None and reference.get("Type") == "/OBJR":
                element["K"].remove(kid)
                self._objects[reference["Pg"]]["Annots"].remove(reference["Obj"])
                self._unmap(element, self._objects[reference["Obj"]])

    def _unmap(self, element: Element, annotation: Element) -> None:
        root = self._objects[self._pdf.catalog["StructTreeRoot"]]
        numbers = self._objects[root["ParentTree"]]["Nums"]
        at = numbers[::2].index(annotation.pop("StructParent")) * 2
        assert numbers[at + 1] == element.reference  # noqa: S101 - nothing else can have this number
        del numbers[at : at + 2]

    def _mend_list(self, element: Element) -> None:
        """A list holds items (7.2): what WeasyPrint wraps around them, such as a line, is taken off."""
        kids = type(element["K"])()
        for kid in element["K"]:
            if self._kind(kid) in PARTS_OF_LISTS:
                kids.append(kid)
            else:
                kids.extend(self._items(kid, element))
        element["K"] = kids

    def _items(self, kid: Any, parent: Element) -> Iterator[bytes]:  # noqa: ANN401 - as in _kind
        wrapper = self._objects.get(kid)
        for inner in wrapper["K"] if wrapper is not None and "K" in wrapper else ():
            if self._kind(inner) in PARTS_OF_LISTS:
                self._objects[inner]["P"] = parent.reference
                yield inner
            else:
                yield from self._items(inner, parent)

    def _mend_item(self, element: Element) -> None:
        """An item holds its label and its body (7.2): paragraphs, tables and the like go into the body."""
        kids = type(element["K"])()
        for kid in element["K"]:
            if self._kind(kid) in PARTS_OF_ITEMS:
                kids.append(kid)
            else:
                kids.append(self._body(kid, element))
        element["K"] = kids

    def _body(self, kid: Any, item: Element) -> bytes:  # noqa: ANN401 - as in _kind
        body = type(item)({"Type": "/StructElem", "S": "/LBody", "P": item.reference, "Pg": item["Pg"]})
        body["K"] = type(item["K"])([kid])
        self._pdf.add_object(body)
        self._objects[body.reference] = body
        self._objects[kid]["P"] = body.reference
        return bytes(body.reference)

    def _mend_table(self, table: Element) -> None:
        """A header says what it heads (7.5); no part is empty (7.2)."""
        for part in list(self._children(table)):
            if part["S"] in {"/THead", "/TBody", "/TFoot"} and not part["K"]:
                table["K"].remove(part.reference)
            for row in self._children(part):
                for cell in self._children(row):
                    self._mend_cell(cell, "/Column" if part["S"] == "/THead" else "/Row")

    def _mend_cell(self, cell: Element, scope: str) -> None:
        about = cell.get("A", {})
        if cell["S"] == "/TH":
            about["Scope"] = scope
        elif not about.get("Headers"):
            about.pop("Headers", None)
