"""Tagged PDF (ISO 32000-1, 14.8) as PDF/UA-1 (ISO 14289-1) asks for it, in place of the tags of WeasyPrint.

WeasyPrint lays out and paints. `tree_builder` makes the structure tree from its boxes, by the types of HTML elements;
`notes` moves notes to where they are read, `normalize` brings the tree to the rules of the standards, `attributes`
describes its elements, `writer` writes it. `marked_content`, `reading_order` and `rtl_text` make what is painted agree
with the tree; `model` has the types that all of them share. Nothing here needs the rest of the program, which calls
`replacements`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from polyleaf.formats.pdf.tags import attributes, marked_content, notes, reading_order, rtl_text
from polyleaf.formats.pdf.tags.model import Mark
from polyleaf.formats.pdf.tags.normalize import normalize_tree
from polyleaf.formats.pdf.tags.tree_builder import TreeBuilder
from polyleaf.formats.pdf.tags.writer import Writer


def replacements(weasyprint_pdf: Any) -> dict[str, Callable[..., Any]]:  # noqa: ANN401 - WeasyPrint brings no types
    """Return what makes WeasyPrint write tagged PDF: functions by the names that they replace in `weasyprint.pdf`.

    *weasyprint_pdf* is that module as it was, whose `pydyf`, `build_fonts_dictionary` and `fonts.TTFont` are used.
    Writing then raises ValueError for an image without a description.
    """
    build, open_font = weasyprint_pdf.build_fonts_dictionary, weasyprint_pdf.fonts.TTFont
    return {
        "add_tags": _tag_writer(weasyprint_pdf.pydyf),
        "build_fonts_dictionary": rtl_text.with_split_ligatures(build, open_font),
    }


def _tag_writer(pydyf: Any) -> Callable[..., None]:  # noqa: ANN401 - as above
    def add_tags(pdf: Any, document: Any, _version: Any, streams: Sequence[Any]) -> None:  # noqa: ANN401 - as above
        boxes = [page._page_box for page in document.pages]  # noqa: SLF001 - there is no other way in
        marked = [stream._tags for stream in streams]  # noqa: SLF001 - as above
        html = next(box.element for box in boxes[0].children if box.element is not None and box.element.tag == "html")
        builder = TreeBuilder(html)
        for page, box in enumerate(boxes):
            builder.add_page(page, box, marked[page])
        notes.move_notes(builder.document)
        tree = normalize_tree(builder.document)
        attributes.describe(tree)
        for figure in [element for element in tree.walk() if element.kind == "Figure"]:
            marked_content.group_drawing(pydyf, pdf, streams[next(figure.marks()).page], figure)
        fonts = {font.hash: font for font in document.fonts.values()}
        spaced = frozenset(marked_content.find_missing_spaces(tree, builder.gaps))
        marks = list(tree.marks())
        for page, stream in enumerate(streams):
            read = [mark for mark in marks if mark.page == page]
            order = [mark.mcid for mark in read]
            numbers = frozenset(order)
            painted = [Mark(page, tag["mcid"], box) for box, tag in marked[page].items()]
            artifacts = [mark for mark in painted if mark.mcid not in numbers]  # many readers take them as text as well
            texts = [mark for mark in (*read, *artifacts) if hasattr(mark.box, "text")]
            marked_content.order_glyphs(stream, texts, spaced, fonts)
            marked_content.mark_artifacts(stream, numbers)
            reading_order.reorder(stream, order)
        Writer(pydyf, pdf).write(tree, builder.sizes)
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        if html.get("dir") == "rtl":
            pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"

    return add_tags
