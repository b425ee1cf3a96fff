"""Checks of wording, in sources and translations: hard, formal and vague words, and how readers are addressed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from polyleaf import tree
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import LocalizedText, Text
from polyleaf.facts.lexicon import fold
from polyleaf.facts.lexicon.phrase_matcher import PhraseMatcher
from polyleaf.facts.style_lexicon import find_placeholders, load_style_lexicon
from polyleaf.model import Severity
from polyleaf.quotations import quote
from polyleaf.readability import compile_mask, split_sentences

CAPITALS = re.compile(r"(?<![\w.@/-])([A-Z]{2,6})s?(?![\w/@]|\.\w)(?:-[A-Za-z]{1,2}(?!\w))?")
POSTCODE = re.compile(r"(?<!\d)\d{4}\s?$")
"""What stands before the letters of a Dutch postcode, 1012 AB."""

CURRENCIES = ("$", "€", "£")
"""Signs that make the letters before them a currency, as in US$ 20."""

ROMAN = re.compile(r"[IVXLC]+")
SHOUTED = re.compile(r"(?<![A-Z])[A-Z]{2,}+\W++$"), re.compile(r"\W{1,12}+[A-Z]{2,}+(?!\w)")
"""What stands before and after a word in a run of words in capitals, which are no abbreviations."""

DIGRAPH = "IJ"
"""Two capitals at the front of one Dutch word: `IJs`, `IJmuiden`."""

AFTER = re.compile(r"['’”\"]?\s?\([^()]*[^\W\d_]{3}")
INSIDE = re.compile(r"(?<!\S)(?:(?![^\W\d_]{3})\S)*+[^\W\d_]{3}\S*+\s++\([^()]*+$")
NEAR = 200
"""How far back from a word its explanation may start."""

APART = frozenset(("title", "subtitle", "keywords", "description", "term", "definition"))
"""Kinds of text that come before the leaflet explains anything, or are its explanations."""


@check(LocalizedText, Severity.WARNING)
def jargon_undefined(localized: LocalizedText) -> Iterator[Diagnostic]:
    """A hard word is explained: in the glossary, or in parentheses where it stands first. Or a plain word is used.

    Bad:  "U kunt obstipatie krijgen"
    Good: "U kunt obstipatie (verstopping) krijgen"
    """
    glossary = compile_mask(fold(term, localized.language) for term in localized.terms)
    seen: set[str] = set()
    for text in localized.texts:
        folded = glossary.sub(lambda match: " " * len(match.group()), fold(text.words, localized.language))
        for hit in load_style_lexicon(localized.language).jargon.find(folded) if text.kind not in APART else ():
            word = folded[hit.start : hit.end]
            if hit.meaning not in seen and not _explained(folded, hit.start, hit.end):
                yield Diagnostic(
                    f"{quote(word)} is a hard word that is not explained; plainer: {hit.meaning}", (text, word)
                )
            seen.add(hit.meaning)


@check(LocalizedText, Severity.WARNING)
def word_formal(localized: LocalizedText) -> Iterator[Diagnostic]:
    """Words are those that people say to each other, not those of letters from an office.

    Bad:  "Indien u pijn heeft, dient u te stoppen"
    Good: "Stop als u pijn heeft"
    """
    yield from _find_first(localized, load_style_lexicon(localized.language).formal, "a stiff word; plainer")


@check(LocalizedText, Severity.WARNING)
def abbreviation(localized: LocalizedText) -> Iterator[Diagnostic]:
    """An abbreviation is written out: always in small letters, and where it stands first in capitals.

    Bad:  "Neem bijv. paracetamol en vraag om CGT-i"
    Good: "Neem bijvoorbeeld paracetamol en vraag om cognitieve gedragstherapie (CGT-i)"
    """
    words = load_style_lexicon(localized.language).abbreviations
    yield from _find_first(localized, words, "an abbreviation; in full")
    yield from _capitals(localized)


@check(LocalizedText, Severity.WARNING)
def address_mixed(localized: LocalizedText) -> Iterator[Diagnostic]:
    """Readers are addressed in one way throughout: as `u` or as `je`, as `Sie` or as `du`.

    Bad:  "Neemt u magnesium? Lees dan je etiket."
    Good: "Neemt u magnesium? Lees dan uw etiket."
    """
    known = load_style_lexicon(localized.language)
    polite, familiar = (_addressed(localized, forms) for forms in (known.polite, known.familiar))
    if not polite or not familiar:
        return
    few, usual = (polite, known.familiar[0]) if len(polite) < len(familiar) else (familiar, known.polite[0])
    for text, form in few:
        yield Diagnostic(
            f"{quote(form)} addresses readers otherwise than the rest, which says {quote(usual)}", (text, form)
        )


@check(LocalizedText, Severity.WARNING)
def link_vague(localized: LocalizedText) -> Iterator[Diagnostic]:
    """The words of a link say where it goes: some readers hear only the links.

    Bad:  "For advice about sleep click [here](https://a.example)"
    Good: "Read the [advice about sleep](https://a.example)"
    """
    for text in localized.texts:
        for node in tree.walk(text.inlines):
            words = tree.plain(node["c"][1]).strip(" .:!»›>→") if node["t"] == "Link" else ""
            if words.casefold() in load_style_lexicon(localized.language).vague:
                yield Diagnostic(f"the link {quote(words)} does not say where it goes", (text, words))


@check(LocalizedText, Severity.WARNING, acknowledgeable=False)
def placeholder(localized: LocalizedText) -> Iterator[Diagnostic]:
    """Nothing is still to be filled in: no TODO, no empty brackets, no address that is an example.

    Bad:  "Call [...] or write to info@example.org"
    Good: "Call 020 123 45 67"
    """
    front = localized.document.front
    own = [] if localized.is_translation else [(key.split(".")[0], value) for key, value in front.plain.items()]
    plain = [Text(key, [], f"{localized.path}:{front.lines.get(key, 1)}", str(value), str(value)) for key, value in own]
    for text in (*plain, *localized.texts):
        targets = [] if text.pair else [node["c"][2][0] for node in tree.walk(text.inlines) if node["t"] == "Link"]
        for part in (text.words, *targets):
            for placeholder in find_placeholders(part, localized.language):
                yield Diagnostic(
                    f"{quote(placeholder)} stands for something that is still to come", (text, placeholder)
                )


def _explained(text: str, start: int, end: int) -> bool:
    """Tell whether parentheses explain what stands there in *text*, or it explains what stands before them."""
    return AFTER.match(text, end) is not None or INSIDE.search(text[max(0, start - NEAR) : start]) is not None


def _find_first(localized: LocalizedText, words: PhraseMatcher, name: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic where each of *words* first stands: it is *name*, with what it means."""
    seen: set[str] = set()
    for text in localized.texts:
        folded = fold(text.words, localized.language)
        for hit in words.find(folded):
            word = folded[hit.start : hit.end]
            if word not in seen:
                yield Diagnostic(f"{quote(word)} is {name}: {hit.meaning}", (text, word))
            seen.add(word)


def _capitals(localized: LocalizedText) -> Iterator[Diagnostic]:
    known = load_style_lexicon(localized.language)
    terms = " ".join(localized.terms)
    small = {word for text in localized.texts for word in re.findall(r"\w+", text.words) if word.islower()}
    seen = {*known.spelt, *known.doses, *(match[0] for match in CAPITALS.finditer(terms))}
    for text in localized.texts:
        for match in CAPITALS.finditer(text.words) if text.kind not in APART else ():
            name, letters = match[0].removesuffix("s"), match[1]
            if letters in known.spelt or name in seen or letters.casefold() in small or _is_no_word(match, text.words):
                continue
            seen.add(name)
            if not _explained(text.words, *match.span()):
                fact = f"{quote(name)} is an abbreviation that is not written out where it stands first"
                yield Diagnostic(fact, (text, name))


def _is_no_word(match: re.Match[str], text: str) -> bool:
    """Tell whether *match* is a Roman figure, of a postcode or a currency, among capitals, or begins with IJ."""
    before, after = SHOUTED
    if POSTCODE.search(text[: match.start()]) or text[match.end() :].startswith(CURRENCIES):
        return True
    shouted = before.search(text[max(0, match.start() - NEAR) : match.start()]) or after.match(text, match.end())
    return ROMAN.fullmatch(match[1]) is not None or shouted is not None or match[1].startswith(DIGRAPH)


def _addressed(localized: LocalizedText, forms: Sequence[str]) -> list[tuple[Text, str]]:
    """Return every use of *forms* with its text; one with a capital does not count where all words have one."""
    small = {form for form in forms if form.islower()}
    exact = {form for form in forms if not form.islower()}
    addressed: list[tuple[Text, str]] = []
    for text in localized.texts:
        for sentence in split_sentences(text.spoken, localized.language):
            uses: Mapping[int, str] = {hit.start(): hit[0] for hit in re.finditer(r"(?<!\d\s)(?<![\w-])\w+", sentence)}
            first = min(uses, default=0)
            addressed += [
                (text, word)
                for start, word in uses.items()
                if (word in exact and start > first) or (word.casefold() in small)
            ]
    return addressed
