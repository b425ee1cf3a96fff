"""Words in drawings set as words, where WeasyPrint sets letter after letter: Arabic would fall apart and run backwards.

Only needs WeasyPrint's objects, as `formats.pdf.tags` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLACES = ("x", "y", "dx", "dy", "rotate")
"""Attributes that may place every letter by itself (SVG 1.1, 10.5)."""

STRETCHED = ("letter-spacing", "textLength")


class Word(str):
    """A text that is one letter to those who go through it."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Yield the whole text."""
        yield str(self)


def in_words(draw: Callable[[Any, Any, float], None]) -> Callable[[Any, Any, float], None]:
    """Return WeasyPrint's *draw* for a text in a drawing, which sets it at once unless its letters are placed."""

    def drawn(svg: Any, node: Any, size: float) -> None:  # noqa: ANN401 - WeasyPrint brings no types
        if node.text and node.tag != "textPath" and not _is_placed(node):
            node._etree_node.text = Word(node.text)  # noqa: SLF001 - there is no other way in
        draw(svg, node, size)

    return drawn


def _is_placed(node: Any) -> bool:  # noqa: ANN401 - as above
    if any(node.get(key) not in {None, "normal", "0"} for key in STRETCHED):
        return True
    return any(len(str(node.get(key, "")).replace(",", " ").split()) > 1 for key in PLACES)
