"""The tags of a PDF as PDF/UA-1 (ISO 14289-1) wants them and a voice reads them, in place of WeasyPrint's.

WeasyPrint lays out and paints; what is read, in which order and as what is ours: `growing` collects it from the boxes
by the elements of the page, `mending` makes the tree to the rules, `saying` adds what elements say of themselves,
`writing` writes it, and `content` brings what is painted into line with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyleaf.formats.pdf.tags import attributes, marked_content, reading_order, spaces
from polyleaf.formats.pdf.tags.model import Mark
from polyleaf.formats.pdf.tags.normalize import mended
from polyleaf.formats.pdf.tags.tree_builder import Tree
from polyleaf.formats.pdf.tags.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def adder(paper: Any) -> Callable[..., None]:  # noqa: ANN401 - WeasyPrint brings no types
    """Return what takes the place of WeasyPrint's `add_tags`; *paper* is the library that it writes files with."""

    def add(pdf: Any, document: Any, _version: Any, streams: Sequence[Any]) -> None:  # noqa: ANN401 - as above
        boxes = [page._page_box for page in document.pages]  # noqa: SLF001 - there is no other way in
        marked = [stream._tags for stream in streams]  # noqa: SLF001 - as above
        root = next(box.element for box in boxes[0].children if box.element is not None and box.element.tag == "html")
        tree = Tree(root)
        for page, box in enumerate(boxes):
            tree.read(page, box, marked[page])
        read = mended(tree.document)
        attributes.describe(read)
        for figure in [node for node in read.below() if node.kind == "Figure"]:
            marked_content.draw_at_once(paper, pdf, streams[next(figure.marks()).page], figure)
        fonts = {font.hash: font for font in document.fonts.values()}
        spaced = frozenset(spaces.missing(read, tree.gaps))
        for page, stream in enumerate(streams):
            marks = [mark for mark in read.marks() if mark.page == page]
            order = [mark.mcid for mark in marks]
            painted = [Mark(page, about["mcid"], box) for box, about in marked[page].items()]
            apart = [mark for mark in painted if mark.mcid not in order]  # many readers take artifacts as text as well
            marked_content.set_as_read(
                stream, [mark for mark in (*marks, *apart) if hasattr(mark.box, "text")], spaced, fonts
            )
            marked_content.set_apart(stream, frozenset(order))
            reading_order.in_order(stream, order)
        Writer(paper, pdf).write(read, [len(marks) for marks in marked])
        pdf.catalog["ViewerPreferences"] = paper.Dictionary({"DisplayDocTitle": "true"})
        if root.get("dir") == "rtl":
            pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"

    return add
