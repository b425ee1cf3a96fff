"""Checks of the localization notes of a source: comments that nobody sees, and warnings kept from translators."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from polyleaf import tree, units
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import SourceText
from polyleaf.model import Node, Severity
from polyleaf.quotations import quote
from polyleaf.sources import localization_notes
from polyleaf.sources.positions import find_comments, without_code
from polyleaf.units.segmentation import SAFETY

NAME = 3
"""How many words a name may have: in a warning, more than these are a text that somebody has to understand."""


WORD = re.compile(r"[^\W\d_]+")
CALLED: tuple[str, ...] = (
    "translator",
    "translators",
    "translater",
    "vertaler",
    "vertalers",
    "übersetzer",
    "übersetzerin",
)
CALLED += ("traducteur", "traducteurs", "traductor", "traductores", "tłumacz", "tłumacze", "tercüman", "çevirmen")
"""What authors call the people that a comment is for."""

LONGEST_CALL = 4
"""How many words stand before the colon at most, where somebody is spoken to."""


@check(SourceText, Severity.WARNING)
def comment_stray(source: SourceText) -> Iterator[Diagnostic]:
    """A comment for translators starts with "translators:", and has a text right after it, or around it.

    Bad:  "<!-- Vertalers: the joint -->", or a comment at the end of a box, or before a rule
    Good: "<!-- translators: the joint -->", an empty line, and "Knee"
    """
    text = without_code(source.document.text)
    for opening, end in find_comments(text):
        comment = text[opening + len("<!--") : end - len("-->")]
        if not localization_notes.COMMENT.fullmatch(comment) and _speaks(comment):
            fact = f"no translator sees this comment: {quote(comment)}"
            yield Diagnostic(fact, text.count("\n", 0, opening) + 1, "Start it with <!-- translators: and a space.")
    hint = "Put it right before the text that it is about."
    for comment in units.segment_document(source.document).unheard:
        start = next((line for line in source.document.text.split("\n") if comment[:20] in line), "<!-- translators")
        yield Diagnostic(f"no translator sees this comment, as no text follows it: {quote(comment)}", start, hint)


def _speaks(comment: str) -> bool:
    """Tell whether *comment* starts with what looks like a word for translators, well spelt or not."""
    call, colon, _ = re.sub("[：—–-]", ":", comment.strip()).partition(":")
    words = [word.casefold() for word in WORD.findall(call)]
    near = [word for word in words if difflib.get_close_matches(word, CALLED, n=1, cutoff=ALIKE)]
    return bool(near) and (len(words) <= LONGEST_CALL if colon else near[0] == words[0])


ALIKE = 0.85
"""How like a word must be to one of CALLED: two letters that changed places in one of eleven."""


@check(SourceText, Severity.WARNING)
def skipped_safety(source: SourceText) -> Iterator[Diagnostic]:
    """What stays in the language of the source is neither a warning nor a text with a figure in it.

    Bad:  "::: {.warning translate=no}", or "[no more than 3 pills]{translate=no}"
    Good: "::: warning" and in it "Look at [Thuisarts]{translate=no}"
    """
    for kept in units.segment_document(source.document).kept:
        node, in_safety, text = kept.node, kept.in_safety, _text(kept.node)
        if not any(char.isalpha() for char in text):
            continue
        in_box = in_safety or any(not SAFETY.isdisjoint(tree.classes(inner)) for inner in tree.walk(node))
        is_name = node["t"] == "Span" and len(text.split()) <= NAME
        if (in_box and not is_name) or any(char.isdigit() for char in text):
            yield Diagnostic(
                f"this may matter for safety, and is not translated: {quote(text)}", _needle(text, source.document.text)
            )


def _text(node: Node) -> str:
    """Return all words in *node*, one space between them."""
    words = (part["c"] if part["t"] == "Str" else " " for part in tree.walk(node) if part["t"] in WORDS)
    return " ".join("".join(words).split())


WORDS = frozenset(("Str", "Space", "SoftBreak", "LineBreak", "Para", "Plain", "Header"))


def _needle(text: str, manuscript: str) -> str:
    """Return as many of the first words of *text* as stand side by side in the *manuscript*."""
    words = text.split(" ")
    runs = (" ".join(words[:length]) for length in range(len(words), 0, -1))
    return next((run for run in runs if run in manuscript), words[0])
