"""Kept texts: what stays in the language of the source in every edition (`translate=no`), as units of their own.

They are in no catalogue, so that no translator sees them; whoever checks, reviews or signs an edition does.
"""

from __future__ import annotations

from polyleaf import tree
from polyleaf.facts import risky
from polyleaf.model import Document, Node, Unit
from polyleaf.sources.positions import find_location
from polyleaf.units.segmentation import SAFETY, Kept, Segmenter

CONTEXT = "polyleaf:kept"
"""The context of a kept text, which no message has."""

KIND = "kept text"
MOST_WORDS = 3
"""How many words a name may have."""

WORDS = frozenset(("Str", "Code", "Space", "SoftBreak", "LineBreak", "Para", "Plain", "Header"))


def find_kept_texts(document: Document) -> list[Unit]:
    """Return the texts of *document* that stay as they are, but for names, in reading order."""
    segmenter = Segmenter(lambda _segment, inlines: inlines)
    segmenter.blocks(document.blocks)
    kept = [part for part in segmenter.kept if not is_name(part.node, document.language)]
    units = (_unit(number, part, document) for number, part in enumerate(kept))
    return [unit for unit in units if any(char.isalpha() for char in unit.message)]


def is_name(node: Node, language: str) -> bool:
    """Tell whether the kept *node* is a name in a sentence: a few words, nothing of risk, no sentence."""
    text = text_of(node)
    is_short = node["t"] == "Span" and len(text.split()) <= MOST_WORDS and not text.endswith((".", "!", "?", ":"))
    return is_short and not text[:1].islower() and not any(map(str.isdigit, text)) and not risky(text, language)


def text_of(node: Node) -> str:
    """Return all words in *node*, one space between them."""
    words = (_word(part) for part in tree.walk(node) if part["t"] in WORDS)
    return " ".join("".join(words).split())


def _word(node: Node) -> str:
    return str(node["c"]) if node["t"] == "Str" else str(node["c"][1]) if node["t"] == "Code" else " "


def _unit(number: int, kept: Kept, document: Document) -> Unit:
    text = text_of(kept.node)
    in_box = kept.in_safety or any(not SAFETY.isdisjoint(tree.classes(inner)) for inner in tree.walk(kept.node))
    is_safety = in_box or any(map(str.isdigit, text)) or risky(text, document.language)
    location = find_location(document, _needle(text, document.text))
    return Unit(number, text, CONTEXT, KIND, kept.section, location, safety=is_safety)


def _needle(text: str, manuscript: str) -> str:
    """Return as many of the first words of *text* as stand side by side in the *manuscript*."""
    words = text.split(" ")
    runs = (" ".join(words[:length]) for length in range(len(words), 0, -1))
    return next((run for run in runs if run in manuscript), words[0])
