"""Bidirectional text on paper (Unicode UAX #9): a box of its own for each run of the other direction.

WeasyPrint lays boxes side by side in the direction of what they stand in, and has Pango order the characters of each
piece of text on each line by itself. So a word with markup in it is turned around, part by part, and what stands at the
end of a line loses the words on the next that decide its direction. Here the levels of all characters of a paragraph
are resolved at once, as a browser does, before lines are made. What reads against the paragraph becomes one box with
that direction, across elements where need be: an element is cut for it as it is at the end of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, takewhile
from typing import Any

Box = Any
"""A box of WeasyPrint."""

Levels = Callable[[str, int], Sequence[int]]
"""Embedding levels (UAX #9, BD2) of the characters of a paragraph with a level of its own."""

FROM_RIGHT = frozenset(("R", "AL", "AN"))
TURNING = FROM_RIGHT | {"RLI"}
"""The classes of characters that have something read from the right."""

DIRECTIONS = ("ltr", "rtl")
"""The directions of even and of odd levels."""

OBJECT = "\ufffc"
"""What stands for an image and the like, and for what is isolated (UAX #9, 3.3.2; CSS Writing Modes 4, 2.4.5)."""

NEW_LINE = "\n"
ISOLATES = re.compile("[\u2066-\u2069]")
DECLARED = """
unsigned char *pango_log2vis_get_embedding_levels(const char *text, int length, PangoDirection *pbase_dir);
void g_free(void *mem);
"""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A *box* without inline boxes in it, the inline boxes around it, from the outside in, and its *level*."""

    path: tuple[Box, ...]
    box: Box
    level: int = 0


def set_direction(root: Any) -> None:  # noqa: ANN401 - an element of ElementTree
    """Give each element under *root* that takes the direction of its text (`dir="auto"`) that direction.

    The first letter with a direction decides (UAX #9, rules P2 and P3); WeasyPrint leaves it as it is.
    """
    for element in root.iter():
        if element.get("dir", "auto" if element.tag == "bdi" else "") == "auto":
            classes = map(unicodedata.bidirectional, "".join(element.itertext()))
            strong = next((name for name in classes if name in {"L", "R", "AL"}), "L")
            element.set("dir", DIRECTIONS[strong in FROM_RIGHT])


def with_runs(create: Callable[[Box], Box], weasyprint: Any) -> Callable[[Box], Box]:  # noqa: ANN401 - a module
    """Return WeasyPrint's *create*, which makes the lines of a box, with boxes for what reads against a line."""
    builder = _Builder(weasyprint.formatting_structure.boxes, _find_levels(weasyprint.text.ffi))

    def create_anonymous_boxes(box: Box) -> Box:
        box = create(box)
        for line in [part for part in box.descendants() if type(part).__name__ == "LineBox"]:
            builder.arrange(line)
        return box

    return create_anonymous_boxes


def _find_levels(library: Any) -> Levels:  # noqa: ANN401 - a module
    """Return what calls Pango of *library* for the levels of a text."""
    ffi = library.ffi
    ffi.cdef(DECLARED)

    def levels(text: str, base: int) -> Sequence[int]:
        encoded = text.encode()
        pointer = library.pango.pango_log2vis_get_embedding_levels(
            encoded, len(encoded), ffi.new("PangoDirection *", base)
        )
        result = list(pointer[0 : len(text)])
        library.gobject.g_free(pointer)
        return result

    return levels


class _Builder:
    """Puts the runs of a line into boxes; *boxes* is the module of WeasyPrint with its classes."""

    def __init__(self, boxes: Any, levels: Levels) -> None:  # noqa: ANN401 - a module
        self._boxes = boxes
        self._levels = levels

    def arrange(self, parent: Box) -> None:
        """Arrange the children of *parent*, a line or an inline box that is isolated from what is around it."""
        base = DIRECTIONS.index(parent.style["direction"])
        leaves = list(self._leaves(parent.children, ()))
        texts = [self._text(leaf.box) for leaf in leaves]
        for leaf in leaves:
            if isinstance(leaf.box, self._boxes.InlineBox):
                self.arrange(leaf.box)
        if not base and not any(unicodedata.bidirectional(char) in TURNING for char in "".join(texts)):
            return
        levels = self._resolve(texts, base)
        if not _is_simple(texts, levels, base):
            leaves = [piece for leaf, own in zip(leaves, levels, strict=True) for piece in self._split(leaf, own)]
            parent.children = _nested(self._wrapped(leaves, base, parent), 0)
            _remove_decoration(parent, {box for leaf in leaves for box in leaf.path})

    def _leaves(self, children: Sequence[Box], path: tuple[Box, ...]) -> Iterator[Leaf]:
        for box in children:
            if isinstance(box, self._boxes.InlineBox) and box.children and not _is_isolated(box):
                yield from self._leaves(box.children, (*path, box))
            else:
                yield Leaf(path, box)

    def _text(self, box: Box) -> str:
        """Return what *box* is in the text of its paragraph; nothing for what is out of its flow, or empty."""
        if isinstance(box, self._boxes.TextBox):
            return str(box.text)
        if not isinstance(box, self._boxes.InlineBox):
            return OBJECT if box.is_in_normal_flow() else ""
        texts = "".join(part.text for part in box.descendants() if isinstance(part, self._boxes.TextBox))
        return NEW_LINE if NEW_LINE in texts else OBJECT if box.children else ""

    def _resolve(self, texts: Sequence[str], base: int) -> list[list[int]]:
        """Return the levels of the characters of each of *texts*, of an empty one that of the character before it.

        A line break ends a paragraph (UAX #9, P1).
        """
        levels: list[int] = []
        for text in "".join(texts).split(NEW_LINE):
            levels += [*(self._levels(text, base) if text else ()), base]
        ends = list(accumulate(map(len, texts)))
        return [levels[end - (len(text) or 1) : end] or [base] for text, end in zip(texts, ends, strict=True)]

    def _split(self, leaf: Leaf, levels: Sequence[int]) -> Iterator[Leaf]:
        """Yield *leaf* cut where its *levels* change, without the signs of isolates, which have done their work."""
        if not isinstance(leaf.box, self._boxes.TextBox) or len(set(levels)) == 1:
            yield replace(leaf, level=levels[0])
            return
        end = 0
        for level, group in groupby(levels):
            start, end = end, end + len(list(group))
            text = ISOLATES.sub("", leaf.box.text[start:end])
            if text:
                piece = leaf.box.copy_with_text(text)
                piece.leading_collapsible_space = piece.leading_collapsible_space and not start
                piece.trailing_collapsible_space = piece.trailing_collapsible_space and end == len(levels)
                yield Leaf(leaf.path, piece, level)

    def _wrapped(self, leaves: Sequence[Leaf], base: int, parent: Box) -> list[Leaf]:
        """Return *leaves* with one leaf for each run above *base*, the level of what is around it."""
        wrapped: list[Leaf] = []
        for is_above, group in groupby(leaves, key=lambda leaf: leaf.level > base):
            run = list(group)
            lowest = min(leaf.level for leaf in run)
            if not is_above:
                wrapped += run
            elif (lowest - base) % 2:
                wrapped.append(self._wrap(run, base, parent))
            else:
                wrapped += self._wrapped(run, lowest, parent)
        return wrapped

    def _wrap(self, run: Sequence[Leaf], base: int, parent: Box) -> Leaf:
        """Return *run* in one box with its direction, as deep in the inline boxes around it as it can be."""
        shared = _shared_path(run)
        direction = DIRECTIONS[(base + 1) % 2]
        copies: dict[Box, Box] = {}
        turned = [self._turn(leaf, len(shared), direction, copies) for leaf in run]
        boxes = _nested(self._wrapped(turned, base + 1, parent), len(shared))
        if len(boxes) == 1 and isinstance(boxes[0], self._boxes.TextBox):
            return Leaf(shared, boxes[0], base)
        box = self._boxes.InlineBox.anonymous_from((parent, *shared)[-1], boxes)
        box.style = _with_direction(box.style, direction)
        box.leading_collapsible_space = boxes[0].leading_collapsible_space
        box.trailing_collapsible_space = boxes[-1].trailing_collapsible_space
        return Leaf(shared, box, base)

    def _turn(self, leaf: Leaf, depth: int, direction: str, copies: dict[Box, Box]) -> Leaf:
        """Return *leaf* with *direction* given to its text, and to the inline boxes around it from *depth* on."""
        path = tuple(copies.setdefault(box, _turned(box, direction)) for box in leaf.path[depth:])
        box = _turned(leaf.box, direction) if isinstance(leaf.box, self._boxes.TextBox) else leaf.box
        return Leaf((*leaf.path[:depth], *path), box, leaf.level)


def _is_isolated(box: Box) -> bool:
    """Tell whether an inline *box* is generated, or of an element that says its direction."""
    return "::" in box.element_tag or (box.element is not None and box.element.get("dir") is not None)


def _is_simple(texts: Sequence[str], levels: Sequence[Sequence[int]], base: int) -> bool:
    """Tell whether only words and figures read against *base*, each in one of *texts*, between spaces or letters.

    Pango then finds the same levels by itself, wherever a line ends.
    """
    before = base
    for text, own in zip(texts, levels, strict=True):
        if text and min(before, own[0]) > base:
            return False
        before, end = own[-1], 0
        for is_above, group in groupby(level > base for level in own):
            start, end = end, end + len(list(group))
            around = text[max(start - 1, 0) : start] + text[end : end + 1]
            if is_above and not (
                text[start:end].isalnum() and all(char.isspace() or char.isalpha() for char in around)
            ):
                return False
    return True


def _shared_path(run: Sequence[Leaf]) -> tuple[Box, ...]:
    """Return the inline boxes that are around all of *run*."""
    levels = zip(*(leaf.path for leaf in run), strict=False)
    return tuple(boxes[0] for boxes in takewhile(lambda boxes: len(set(boxes)) == 1, levels))


def _nested(leaves: Sequence[Leaf], depth: int) -> list[Box]:
    """Return the boxes of *leaves* in copies of the inline boxes around them, from *depth* on."""
    nested: list[Box] = []
    for outer, group in groupby(leaves, key=lambda leaf: (*leaf.path, leaf.box)[depth]):
        run = list(group)
        is_outer = len(run[0].path) > depth
        nested.append(outer.copy_with_children(_nested(run, depth + 1)) if is_outer else outer)
    return nested


def _turned(box: Box, direction: str) -> Box:
    copy = box.copy()
    copy.style = _with_direction(box.style, direction)
    return copy


def _with_direction(style: Any, direction: str) -> Any:  # noqa: ANN401 - WeasyPrint brings no types
    copy = style.copy()
    copy["direction"] = direction
    return copy


def _remove_decoration(parent: Box, cut: Collection[Box]) -> None:
    """Leave margins, borders and padding of the inline boxes that may be *cut* to their first and their last part."""
    parts: dict[Any, list[Box]] = {box.element: [] for box in cut}
    kinds = {type(box.style) for box in cut}
    for box in parent.descendants():
        if box.element in parts and type(box) in map(type, cut) and type(box.style) in kinds and not _is_isolated(box):
            parts[box.element].append(box)
    for part in parts.values():
        for box in part if len(part) > 1 else ():
            box.remove_decoration_sides = set()
            box.remove_decoration(start=box is not part[0], end=box is not part[-1])
