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
POINT = 0.75
"""How many points a pixel of CSS is."""

PARTS_OF_ITEMS = frozenset(("/Lbl", "/LBody"))


def mend(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Mend the structure tree of *pdf*, and say in which direction the pages of *document* are turned."""
    _Tree(pdf).mend()
    sources = [box.element for box in document.pages[0]._page_box.children]  # noqa: SLF001 - there is no other way in
    if any(source is not None and source.get("dir") == "rtl" for source in sources):
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"


def spoken(build: Any, string: Any) -> Any:  # noqa: ANN401 - functions of WeasyPrint, which brings no types
    """Return WeasyPrint's *build* of the elements of a box, with what a voice needs and WeasyPrint leaves out.

    An element says in which language it is (ISO 32000-1, 14.9.2); a link is described by its words (ISO 14289-1,
    7.18.5). *string* makes a text of the file.
    """

    def built(box: Any, *others: Any) -> Iterator[Element]:  # noqa: ANN401 - as above
        source = getattr(box, "element", None)
        if source is not None and getattr(box, "link_annotation", None):
            words = source.get("aria-label") or " ".join("".join(source.itertext()).split())
            box.link_annotation["Contents"] = string(words or source.get("href", ""))
        for element in build(box, *others):
            if source is not None and source.get("lang") and source.tag not in {"html", "body"}:
                element["Lang"] = string(source.get("lang"))
            yield element

    return built


class _Tree:
    """The structure tree of one file."""

    def __init__(self, pdf: Any) -> None:  # noqa: ANN401 - as in mend
        self._pdf = pdf
        self._objects = {item.reference: item for item in pdf.objects if item.number}

    def mend(self) -> None:
        root = self._objects[self._pdf.catalog["StructTreeRoot"]]
        document = self._objects[root["K"][0]]
        self._visit(document, link=False)
        below = {element.reference: element for element in self._below(document)}
        self._set_apart(self._objects[root["ParentTree"]]["Nums"], {document.reference, *below})
        self._list_names(root, [element for element in below.values() if "ID" in element])

    def _below(self, element: Element) -> Iterator[Element]:
        for child in self._children(element):
            yield child
            yield from self._below(child)

    def _list_names(self, root: Element, named: list[Element]) -> None:
        """Make what has an ID found by it, such as the header of a cell (ISO 32000-1, 14.7.2)."""
        names = type(root["K"])()
        for element in sorted(named, key=lambda element: bytes(element["ID"].data)):
            names.extend((element["ID"], element.reference))
        if names:
            root["IDTree"] = type(root)({"Names": names})

    def _set_apart(self, numbers: list[Any], tree: set[bytes]) -> None:
        """Make content whose element is not in the *tree* an artifact: the running head and foot (14.8.2.2, 7.1)."""
        for page in (item for item in self._objects.values() if _kind_of(item) == "/Page"):
            owners = numbers[numbers.index(page["StructParents"]) + 1]
            apart = {at for at, owner in enumerate(owners) if owner not in tree}
            owners[:] = [b"null" if at in apart else owner for at, owner in enumerate(owners)]
            content = self._objects[page["Contents"]].stream
            for at, part in enumerate(content):
                if isinstance(part, dict) and part.get("MCID") in apart:
                    content[at - 1] = "/Artifact"
                    content[at] = type(part)({"Type": "/Pagination"})

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
        elif kind == "/Figure":
            self._mend_figure(element)
        self._take_caption(element)
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

    def _mend_figure(self, figure: Element) -> None:
        """Give the box of a figure in the space of its page, in points from below (ISO 32000-1, 14.8.5.4.3)."""
        page = self._objects[figure["Pg"]]
        for mark in [kid for kid in figure["K"] if isinstance(kid, int)]:
            self._draw_at_once(mark, figure["A"]["BBox"], page)
        left, top, right, bottom = (POINT * edge for edge in figure["A"]["BBox"])
        height = page["MediaBox"][3]
        figure["A"]["BBox"][:] = (left, height - bottom, right, height - top)

    def _draw_at_once(self, mark: int, box: list[float], page: Element) -> None:
        """Make a drawing one object: what WeasyPrint draws of an SVG is many, of which a reader takes one for all."""
        content = self._objects[page["Contents"]]
        parts = content.stream
        start = next(at for at, part in enumerate(parts) if isinstance(part, dict) and part.get("MCID") == mark) + 2
        end = parts.index(b"EMC", start)
        resources = self._objects[page["Resources"]]
        name = f"d{len(resources['XObject'])}"
        extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": type(box)(box), "Resources": page["Resources"]}
        plain = type(self._objects[self._pdf.catalog["Metadata"]])
        drawing = plain(parts[start:end], extra, compress=content.compress)
        self._pdf.add_object(drawing)
        self._objects[drawing.reference] = drawing
        resources["XObject"][name] = drawing.reference
        parts[start:end] = [f"/{name} Do"]

    def _take_caption(self, element: Element) -> None:
        """The caption beside a figure goes into it (ISO 32000-1, 14.8.4.3.3)."""
        kinds = {child["S"]: child for child in self._children(element)}
        figure, caption = kinds.get("/Figure"), kinds.get("/Caption")
        if figure is not None and caption is not None:
            element["K"].remove(caption.reference)
            figure["K"].append(caption.reference)
            caption["P"] = figure.reference

    def _mend_cell(self, cell: Element, scope: str) -> None:
        about = cell.get("A", {})
        if cell["S"] == "/TH":
            about["Scope"] = scope
        elif not about.get("Headers"):
            about.pop("Headers", None)


def _kind_of(item: Any) -> str:  # noqa: ANN401 - an object of any kind
    return str(item.get("Type", "")) if isinstance(item, dict) else ""
