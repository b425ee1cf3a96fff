"""Checks of whether a translation says as much as its source: not broken off, with every item, and nothing added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyleaf import languages
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair
from polyleaf.checks.translation.completeness import FIGURE, estimate_lengths
from polyleaf.facts import extract_facts
from polyleaf.facts.concepts import find_concepts
from polyleaf.facts.lexicon import Lexicon, load_lexicon
from polyleaf.model import Severity

STOPPED = re.compile(r"[.!…。！।॥።۔][\"'”’»)\]\s]*$")  # noqa: RUF001 - full stops of other scripts
CLOSED = re.compile(r"[.?!…؟;:؛。！？।॥።፧۔][\"'”’»)\]」』*_\s]*$")  # noqa: RUF001 - the same
"""A text that ends as a sentence, and one that ends as a sentence or a question, or before a list."""

UNSTOPPED = frozenset(("Thai", "Laoo", "Khmr", "Mymr", "Tibt"))
"""Scripts without a full stop."""

ABBREVIATED = re.compile(r"(?<!\w)(?<!(?<!\w)[^\W\d_]\.)(?:[^\W\d_]\.){2,}+$")
"""The end of a text that no sentence ends with: `1 tablet p.o.`"""

LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[\s,]*+$")
SENTENCE = 15
"""From how many letters on a text with a full stop is a sentence."""

HARDLY = 0.35
"""The part of a sentence that its translation has at least: `Yes.` is none."""

ITEM = re.compile(r"^[^\S\n]*+(?:[-*•–]|\d{1,2}[.)])\s", re.MULTILINE)
COMMA = re.compile(r"[,،、;](?!\d)")
SEPARATORS, SHORTER = 2, 0.85
"""From how many commas and words such as `and` on a text is an enumeration, and how much shorter one with fewer is."""

COMPLETE = 0.95
"""How long a translation without a full stop is that is not broken off, against its source."""

ADDED = 1.5
"""How many times as long a translation with more sentences is, where something was added."""

FIGURES = re.compile(r"(?<!\d)(\d++)(?:[.,]0++)?[\s.]*+$")
"""The figures that a text ends in, without noughts behind a decimal sign."""

LISTED = frozenset(("body", "drink", "person", "substance", "symptom"))
"""Axes of what leaflets enumerate."""

PARTS = re.compile(r"[;:](?=\s)")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def cut_off(pair: Pair) -> Iterator[Diagnostic]:
    """A translation is not broken off, nor an answer to its source: a sentence stays one, to its full stop.

    Bad:  "Do not take this if you have a fever." -> "Gebruik dit niet als"
    Good: "Do not take this if you have a fever." -> "Gebruik dit niet als u koorts hebt."
    """
    language_pair = pair.language_pair
    for texts in pair.texts():
        before, after = (
            _plain(*side) for side in zip(texts, (language_pair.source, language_pair.target), strict=True)
        )
        lengths = estimate_lengths(texts, language_pair)
        is_sentence = STOPPED.search(before) and not ABBREVIATED.search(before)
        if not is_sentence or lengths[0] < SENTENCE or languages.script(language_pair.target) in UNSTOPPED:
            continue
        figures = sum(char.isdecimal() for char in texts[1])
        if lengths[1] + FIGURE * figures < lengths[0] * HARDLY:
            yield Diagnostic("is so short that it cannot say what the source says")
        elif not CLOSED.search(after) and not _end_alike(before, after):
            last = _unfinished(after, load_lexicon(language_pair.target))
            severity = None if last else Severity.WARNING
            if last or lengths[1] < lengths[0] * COMPLETE:
                yield Diagnostic(f"ends without a full stop{f', in “{last}”' if last else ''}", severity=severity)


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def items_differ(pair: Pair) -> Iterator[Diagnostic]:
    """A list has as many items as that of the source, and an enumeration is not shorter with fewer commas.

    Bad:  "Call us for fever, pain or a rash" -> "Bel ons bij koorts of pijn"
    Good: "Call us for fever, pain or a rash" -> "Bel ons bij koorts, pijn of uitslag"
    """
    language_pair = pair.language_pair
    for texts in pair.texts():
        before, after = (len(ITEM.findall(text)) for text in texts)
        if max(before, after) > 1 and before != after:
            yield Diagnostic(f"has {after} items where the source has {before}")
            continue
        lexicons = load_lexicon(language_pair.source), load_lexicon(language_pair.target)
        if not all(lexicon["coordinators"] for lexicon in lexicons):
            continue
        before, after = (_separators(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
        lengths = estimate_lengths(texts, language_pair)
        is_shorter = before >= SEPARATORS and lengths[1] < lengths[0] * SHORTER
        if after < before and (is_shorter or _loses_item(texts, lexicons, shorter=lengths[1] < lengths[0])):
            yield Diagnostic("has fewer commas and words such as “and”, and is shorter: is an item lost?")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def part_added(pair: Pair) -> Iterator[Diagnostic]:
    """A translation says no more than its source: it has no sentence that is in no sentence of that.

    Bad:  "You may get a headache." -> "U kunt hoofdpijn krijgen. U mag daarvoor best aspirine innemen, zo vaak u wilt."
    Good: "You may get a headache." -> "U kunt hoofdpijn krijgen."
    """
    language_pair = pair.language_pair
    for texts in pair.texts():
        before, after = (len(sentences) for sentences in pair.sentences(*texts))
        lengths = estimate_lengths(texts, language_pair)
        more = after - before - len(PARTS.findall(texts[0]))
        if lengths[0] >= SENTENCE and more > 0 and lengths[1] >= lengths[0] * ADDED:
            yield Diagnostic(f"has {after} sentences where the source has {before}, and is longer: is one added?")


def _plain(text: str, language: str) -> str:
    return extract_facts(text, language).text


def _end_alike(before: str, after: str) -> bool:
    """Tell whether both texts end in the same figures: `Target: 2.0 to 3.0`."""
    ends = [FIGURES.findall(text) for text in (before, after)]
    return bool(ends[0]) and ends[0] == ends[1]


def _unfinished(text: str, lexicon: Lexicon) -> str:
    """Return the last word of *text* where no sentence ends in it, else nothing."""
    word = LAST_WORD.search(text)
    last = lexicon["clauses"].at(text, word.start(1)) if word else None
    return text[last.start : last.end] if last and last.meaning == "unfinished" else ""


def _loses_item(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon], *, shorter: bool) -> bool:
    """Tell whether a translation has fewer words such as `and`, and lacks what the source names beside one.

    One that is no *shorter* has another thing of that kind in its place: `fever or cough` became `fever`.
    """
    plain = [_plain(text, lexicon.language) for text, lexicon in zip(texts, lexicons, strict=True)]
    words = [len(_coordinators(*side)) for side in zip(plain, lexicons, strict=True)]
    before, after = (find_concepts(*side) for side in zip(plain, lexicons, strict=True))
    lost = {concept.axis for concept in before if not any(concept.same(other) for other in after)} & LISTED
    kept = {concept.axis for concept in before if any(concept.same(other) for other in after)}
    return bool(lost & kept) or (shorter and words[1] < words[0] and bool(lost))


def _separators(text: str, lexicon: Lexicon) -> int:
    """Return how many commas and coordinators *text* has; `, and` is one, and the `en` of `kant-en-klaar` none."""
    folded = _plain(text, lexicon.language).replace("-", "_")
    alone = [start for start in _coordinators(folded, lexicon) if not COMMA.fullmatch(folded[:start].rstrip()[-1:])]
    return len(COMMA.findall(folded)) + len(alone)


def _coordinators(folded: str, lexicon: Lexicon) -> list[int]:
    """Return where *folded* text has words such as `and`."""
    return [word.start for word in lexicon["coordinators"].find(folded) if word.meaning == "and_or"]
