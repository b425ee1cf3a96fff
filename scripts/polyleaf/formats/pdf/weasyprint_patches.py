"""Private names of WeasyPrint that are replaced: the table of them, the check that they are there, and SVG text.

WeasyPrint's authors ask whoever does so to pin its version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from polyleaf.errors import ToolMissing
from polyleaf.fonts import used
from polyleaf.formats.pdf import (
    bidi,
    figure_paint,
    figure_words,
    footnotes,
    page_numbers,
    row_headers,
    style_sheets,
    tags,
)
from polyleaf.formats.pdf.tags import marked_content

LINES = "formatting_structure.build.create_anonymous_boxes"
REPLACED = (
    "css.CSS",
    "document.LayoutContext",
    "layout.block.table_layout",
    "layout.make_all_pages",
    "pdf.add_tags",
    "pdf.build_fonts_dictionary",
    "pdf.fonts.TTFont",
    "pdf.stream.Stream.add_group",
    "svg.SVG.draw_node",
    "svg.draw_gradient",
    "svg.draw_pattern",
    "svg.TAGS",
    "svg.text",
    "text.line_break.first_line_metrics",
    LINES,
)
READ = (
    "matrix.Matrix",
    "pdf.pydyf",
    "text.fonts.get_hb_object_data",
    "text.ffi.ffi",
    "text.ffi.pango",
    "text.ffi.gobject",
)
"""The names below `weasyprint` that are replaced or read and that its documentation does not promise."""

TRIED = ">=70,<71"
"""The versions that have these names and do with them what is expected; pyproject.toml asks for the same."""

POSITIONS = ("x", "y", "dx", "dy", "rotate")
"""Attributes that may position every letter by itself (SVG 1.1, 10.5)."""

STRETCHED = ("letter-spacing", "textLength")


def patch(weasyprint: Any) -> None:  # noqa: ANN401 - a module
    """Replace what is in the table, once in a process; raises ToolMissing for a name that WeasyPrint does not have.

    What comes of it: the tags of a file, and the glyphs that they need, are those of `tags`; words in drawings are set
    as words; words in two directions stand as in a browser; a font that is cut keeps the date of its last change, where
    fontTools would write the present moment.
    """
    private = {name: _find(weasyprint, name) for name in (*REPLACED, *READ)}
    plain = private["svg.text"]
    if plain.__module__ == __name__:
        return
    draw = draw_words(plain)
    paints = figure_paint.replacements(weasyprint.svg, private["matrix.Matrix"])
    replacements = {
        "css.CSS": style_sheets.parse_once(private["css.CSS"]),
        **{f"pdf.{name}": function for name, function in tags.replacements(weasyprint.pdf).items()},
        "pdf.fonts.TTFont": used.open_undated,
        LINES: bidi.with_runs(private[LINES], weasyprint),
        "svg.TAGS": {tag: draw if function is plain else function for tag, function in private["svg.TAGS"].items()},
        "svg.text": draw,
        **{f"svg.{name}": function for name, function in paints.items()},
        "text.line_break.first_line_metrics": marked_content.note_hyphens(
            private["text.line_break.first_line_metrics"]
        ),
        "svg.SVG.draw_node": figure_words.watch(private["svg.SVG.draw_node"]),
        "pdf.stream.Stream.add_group": figure_words.place_group(private["pdf.stream.Stream.add_group"]),
        "layout.block.table_layout": row_headers.repeat_row_headers(private["layout.block.table_layout"]),
        "layout.make_all_pages": page_numbers.write_between_rounds(private["layout.make_all_pages"]),
        "document.LayoutContext": footnotes.make_layout_context(private["document.LayoutContext"]),
    }
    for name in REPLACED:
        module, _, attribute = name.rpartition(".")
        setattr(_find(weasyprint, module), attribute, replacements[name])


def _find(weasyprint: Any, name: str) -> Any:  # noqa: ANN401 - as above
    try:
        return attrgetter(name)(weasyprint)
    except AttributeError as error:
        raise ToolMissing(
            f"weasyprint.{name} is not in WeasyPrint {weasyprint.__version__}; polyleaf needs it to write PDFs,"
            f" and is tried with weasyprint{TRIED}",
            hint="Run scripts/build, which installs a version that has it.",
        ) from error


class Word(str):
    """A text that is one letter to those who go through it."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Yield the whole text."""
        yield str(self)


def draw_words(draw: Callable[[Any, Any, float], None]) -> Callable[[Any, Any, float], None]:
    """Return WeasyPrint's *draw* for SVG text, which sets a text at once unless its letters are positioned.

    WeasyPrint sets letter after letter: Arabic would fall apart and run backwards.
    """

    def text(svg: Any, node: Any, size: float) -> None:  # noqa: ANN401 - WeasyPrint brings no types
        if node.text and node.tag != "textPath" and not _is_positioned(node):
            node._etree_node.text = Word(node.text)  # noqa: SLF001 - there is no other way in
        draw(svg, node, size)

    return text


def _is_positioned(node: Any) -> bool:  # noqa: ANN401 - as above
    if any(node.get(key) not in {None, "normal", "0"} for key in STRETCHED):
        return True
    return any(len(str(node.get(key, "")).replace(",", " ").split()) > 1 for key in POSITIONS)
