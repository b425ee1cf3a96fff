"""Questions to the author about what translators are told: comments that nobody sees, and warnings kept from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import tree, units
from polyleaf.units.places import SAFETY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.checks.source import Copy
    from polyleaf.model import Node

NAME = 3
"""How many words a name may have: in a warning, more than these are a text that somebody has to understand."""

SHOWN = 60
"""How much of a text a finding shows."""


def comment_stray(copy: Copy) -> Iterator[tuple[str, str]]:
    """A comment for translators has a text right after it, or around it.

    Bad:  "<!-- translators: the joint -->" at the end of a box, or before a rule
    Good: "<!-- translators: the joint -->", an empty line, and "Knee"
    """
    for comment in units.walked(copy.document).unheard:
        start = next((line for line in copy.document.text.split("\n") if comment[:20] in line), "<!-- translators")
        yield start, f"no translator sees this comment, as no text follows it: {_short(comment)}"


def skipped_safety(copy: Copy) -> Iterator[tuple[str, str]]:
    """What stays in the language of the source is neither a warning nor a text with a figure in it.

    Bad:  "::: {.warning translate=no}", or "[no more than 3 pills]{translate=no}"
    Good: "::: warning" and in it "Look at [Thuisarts]{translate=no}"
    """
    for node, in_safety in units.walked(copy.document).kept:
        text = _text(node)
        if not any(char.isalpha() for char in text):
            continue
        in_box = in_safety or any(not SAFETY.isdisjoint(tree.classes(inner)) for inner in tree.walk(node))
        is_name = node["t"] == "Span" and len(text.split()) <= NAME
        if (in_box and not is_name) or any(char.isdigit() for char in text):
            yield (
                _needle(text, copy.document.text),
                f"this may matter for safety, and is not translated: {_short(text)}",
            )


def _text(node: Node) -> str:
    """Return all words in *node*, one space between them."""
    words = (part["c"] if part["t"] == "Str" else " " for part in tree.walk(node) if part["t"] in WORDS)
    return " ".join("".join(words).split())


def _short(text: str) -> str:
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


WORDS = frozenset(("Str", "Space", "SoftBreak", "LineBreak", "Para", "Plain", "Header"))


def _needle(text: str, manuscript: str) -> str:
    """Return as many of the first words of *text* as stand side by side in the *manuscript*."""
    words = text.split(" ")
    runs = (" ".join(words[:length]) for length in range(len(words), 0, -1))
    return next((run for run in runs if run in manuscript), words[0])
