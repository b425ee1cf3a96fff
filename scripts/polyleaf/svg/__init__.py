"""Stage 1 of a figure: an SVG read as a drawing that every format shows in the same way. Calls lxml and tinycss2.

Modules: `reading` (XML, and what may not be in a figure), `styles` (style sheets made attributes), `values` (what an
attribute can be), `drawing` (what is drawn alike on paper and on a screen), `shapes` and `lines` (shapes and texts
changed into such), `words` (the words of a figure, and the figure with other words), `rasters` (images in it),
`lengths` (in pixels), `nodes` (elements).
"""

from __future__ import annotations

from lxml import etree

from polyleaf.errors import SourceError
from polyleaf.limited_processes import TimeExceededError, time_limit
from polyleaf.svg import drawing, reading, styles
from polyleaf.svg.rasters import replace_images
from polyleaf.svg.reading import find_links
from polyleaf.svg.words import (
    change_right_to_left,
    find_looks,
    find_texts,
    replace_families,
    replace_texts,
    show_source,
)

__all__ = (
    "change_right_to_left",
    "find_links",
    "find_looks",
    "find_texts",
    "parse",
    "replace_families",
    "replace_images",
    "replace_texts",
    "show_source",
    "versions",
)

SECONDS = 10
"""How much processor time a drawing may take to be read: one with as many elements as there may be takes 8."""

SIMPLER = "Leave out what nobody sees, export it without style sheets, or as a PNG of 300 dpi."


def versions() -> dict[str, str]:
    """Return the version of the library under lxml, which reads and writes XML and HTML."""
    return {"libxml2": ".".join(map(str, etree.LIBXML_VERSION))}


def parse(content: bytes, path: str) -> etree._Element:
    """Return the root of the SVG *content* of the file *path* as a plain drawing.

    Its elements keep their lines, and have attributes in place of style sheets. What a drawing program keeps for
    itself is gone. Raises SourceError when it loads or runs something, or would not be drawn as it is meant.
    """
    try:
        with time_limit(SECONDS):
            root = reading.read(content, path)
            styles.inline(root, path)
            drawing.simplify(root, path)
            drawing.validate(root, path)
            etree.cleanup_namespaces(root)
            return root
    except TimeExceededError as error:
        fact = f"this drawing takes more than {SECONDS} seconds to read"
        raise SourceError(f"{path}:1: {fact}", hint=SIMPLER) from error
