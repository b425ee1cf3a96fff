"""The spaces that a layout leaves out: at the end of a line, and between words of two kinds.

Tagged text has every space that parts its words (ISO 32000-1, 14.8.2.5); who reads it by its tags cannot see where the
words stand. WeasyPrint paints none that shows nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from polyleaf.formats.pdf.tags.model import Mark, Node
from polyleaf.formats.pdf.tags.normalize import INLINE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from polyleaf.formats.pdf.tags.model import Source

WHITE = re.compile(r"[ \t\n\r\f]+")
CHILD = "\ufffc"
"""What stands for an element inside a text."""


def missing(read: Node, gaps: Collection[Mark]) -> list[Mark]:
    """Return the pieces of *read* behind which a space belongs; *gaps* are those with an unpainted one behind them."""
    texts: dict[Source, tuple[str, int]] = {}
    before, after = set(), set(gaps)
    for mark in read.marks():
        left, right = _spaces(mark, texts)
        before |= {mark} if left else set()
        after |= {mark} if right else set()
    pairs = (pair for line in _lines(read) for pair in pairwise(line))
    return [one for one, other in pairs if (one in after or other in before) and not _parted(one, other)]


def _lines(node: Node) -> Iterator[list[Mark]]:
    """Yield the pieces that are read in one breath: those of a paragraph, a cell, a label."""
    line: list[Mark] = []
    for kid in node.kids:
        if isinstance(kid, Mark):
            line.append(kid)
        elif isinstance(kid, Node) and kid.kind in INLINE:
            line.extend(kid.marks())
        elif isinstance(kid, Node):
            yield line
            yield from _lines(kid)
            line = []
    yield line


def _spaces(mark: Mark, texts: dict[Source, tuple[str, int]]) -> tuple[bool, bool]:
    """Return whether the text of the page has a space before and behind *mark*; *texts* are those read so far."""
    box = mark.box
    if not hasattr(box, "text") or "::" in box.element_tag:
        return False, False
    text, at = texts.get(box.element) or (_text(box.element), 0)
    words = WHITE.sub(" ", box.text).strip(" ")
    start = text.find(words, at)
    if start < 0:
        return False, False
    end = start + len(words)
    texts[box.element] = (text, end)
    return text[:start].endswith(" "), text[end : end + 1] == " "


def _text(source: Source) -> str:
    """Return what stands in *source* itself, without what stands in elements in it; a new line parts words as well."""
    inner = ((" " if child.tag == "br" else CHILD) + (child.tail or "") for child in source)
    return WHITE.sub(" ", "".join([source.text or "", *inner]))


def _parted(one: Mark, other: Mark) -> bool:
    texts = [getattr(mark.box, "text", "") for mark in (one, other)]
    return texts[0][-1:].isspace() or texts[1][:1].isspace() or not all(texts)
