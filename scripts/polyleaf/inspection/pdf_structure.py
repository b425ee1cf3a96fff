"""DOOR to pikepdf: what a PDF says of itself, its bookmarks, and the order in which it is read (ISO 32000-1, 14.7)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = ("pdfaid:part", "pdfaid:conformance", "{http://www.aiim.org/pdfua/ns/id/}part")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure tree, or with the *kind* "" a piece of content on a page.

    *parents* are the places, in the row of all, of the elements around it, the outermost first; *mark* is the number of
    the content on its *page* (1 is the first, 0 not known); *described*: it has words that stand for it.
    """

    kind: str
    parents: tuple[int, ...]
    page: int
    mark: int = -1
    described: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What a PDF says of itself: title and whether it is shown, language, claims, bookmarks, and its tree as a row.

    *claims* are the PDF/A part, its level, and the PDF/UA part.
    """

    title: str
    shows_title: bool
    language: str
    marked: bool
    claims: tuple[str, str, str]
    bookmarks: tuple[str, ...]
    elements: tuple[Element, ...]
    pages: int


def outline(content: bytes, where: str) -> Outline:
    """Return what the PDF *content* says of itself; raises RenderError when the file *where* is no PDF."""
    import pikepdf  # noqa: PLC0415 - only those who look at papers should wait for it

    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError as error:
        raise RenderError(f"{where}: not a PDF: {error}", hint="Run `polyleaf build` again.") from error
    with document:
        root: Any = document.Root
        said = document.open_metadata()
        pages = {page.objgen: at for at, page in enumerate((page.obj for page in document.pages), 1)}
        tree = _Tree(pages)
        if "/StructTreeRoot" in root:
            tree.walk(root.StructTreeRoot, (), 0)
        with document.open_outline() as book:
            marks = tuple(title for item in book.root for title in _titles(item))
        return Outline(
            title=str(document.docinfo.get("/Title", "")),
            shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            language=str(root.get("/Lang", "")),
            marked=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            claims=(str(said.get(PARTS[0], "")), str(said.get(PARTS[1], "")), str(said.get(PARTS[2], ""))),
            bookmarks=marks,
            elements=tuple(tree.rows),
            pages=len(document.pages),
        )


def _titles(item: Any) -> Iterator[str]:  # noqa: ANN401 - an item of pikepdf's outline
    yield str(item.title)
    for child in item.children:
        yield from _titles(child)


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
                described = bool(str(kid.get("/Alt", "")) or str(kid.get("/ActualText", "")))
                here = self._page(kid, page)
                self.rows.append(Element(str(kid.S)[1:], parents, here, described=described))
                self.walk(kid, (*parents, at), here)
            elif "/MCID" in kid:
                self.rows.append(Element("", parents, self._page(kid, page), int(kid.MCID)))

    def _page(self, item: Any, otherwise: int) -> int:  # noqa: ANN401 - as above
        return self._pages.get(item.Pg.objgen, otherwise) if "/Pg" in item else otherwise


def _kids(element: Any) -> list[Any]:  # noqa: ANN401 - as above
    import pikepdf  # noqa: PLC0415 - as in outline

    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
