"""The structure tree of a PDF, in reading order (ISO 32000-1, 14.7). Calls pikepdf, for reading."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from polyleaf.errors import RenderError
from polyleaf.quotations import shorten


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure tree, or with the *kind* "" a piece of content on a page.

    *parents* are the numbers, in the row of all, of the elements around it, the outermost first; *mark* is that of
    the content on its *page* (1 is the first, 0 not known).
    """

    kind: str
    parents: tuple[int, ...]
    page: int
    mark: int = -1


def read_structure(content: bytes, location: str) -> tuple[Element, ...]:
    """Return the structure tree of the PDF *content* as a row; raises RenderError when *location* is no PDF."""
    import pikepdf  # noqa: PLC0415 - only those who read PDFs should wait for it

    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError as error:
        raise RenderError(
            f"{location}: not a PDF: {shorten(str(error), 200)}", hint="Run `polyleaf build` again."
        ) from error
    with document:
        root: Any = document.Root
        tree = _Tree({page.objgen: at for at, page in enumerate((page.obj for page in document.pages), 1)})
        if "/StructTreeRoot" in root:
            tree.walk(root.StructTreeRoot, (), 0)
        return tuple(tree.rows)


class _Tree:
    """The structure tree of one file while it is open."""

    def __init__(self, pages: dict[Any, int]) -> None:
        self._pages = pages
        self.rows: list[Element] = []

    def walk(self, element: Any, parents: tuple[int, ...], page: int) -> None:  # noqa: ANN401 - an object of pikepdf
        """Add all that is in *element* to the rows, in reading order."""
        for kid in _kids(element):
            at = len(self.rows)
            if isinstance(kid, int):
                self.rows.append(Element("", parents, page, kid))
            elif "/S" in kid:
                here = self._page(kid, page)
                self.rows.append(Element(str(kid.S)[1:], parents, here))
                self.walk(kid, (*parents, at), here)
            elif "/MCID" in kid:
                self.rows.append(Element("", parents, self._page(kid, page), int(kid.MCID)))

    def _page(self, item: Any, otherwise: int) -> int:  # noqa: ANN401 - as above
        return self._pages.get(item.Pg.objgen, otherwise) if "/Pg" in item else otherwise


def _kids(element: Any) -> list[Any]:  # noqa: ANN401 - as above
    import pikepdf  # noqa: PLC0415 - as in read_structure

    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
