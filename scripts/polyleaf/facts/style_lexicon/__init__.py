"""Style lexicon: the words that make a text hard, stiff, vague or unfinished in a language, from `<language>.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from polyleaf import tree
from polyleaf.facts.lexicon import PhraseMatcher, fold, read_table
from polyleaf.model import Document, Node, Nodes

SIGNS = re.compile(
    r"(?<!\w)(?:TODO|TBD|TBC|FIXME|XX+|TK)(?!\w)|(?i:lorem ipsum)|\[\s*(?:\.\.\.|…|\?+|x+)\s*\]|\?{3,}|_{3,}|\.{4,}"
    r"|<[^\W\d_][\w -]*>|@@+"
)
RESERVED = re.compile(
    r"(?<![\w.@+-])(?:[\w.+-]+@|https?://)?(?:[\w-]+\.)*(?:example\.(?:org|com|net)|[\w-]+\.(?:example|invalid|test))(?![\w-])"
)
"""Addresses that RFC 2606 and RFC 6761 reserve for examples."""


@dataclass(frozen=True, slots=True)
class StyleLexicon:
    """What is known of the style of one language; without a file for it every kind is empty.

    *abbreviations* give the words in their place, *dotted* are all abbreviations with a dot, folded, and *closing*
    those of them that may end a sentence; titles and units never do. *spelt* are abbreviations in capitals that
    everybody knows better than their words. *formal* and *jargon* give plain words. *polite* and *familiar* are the two
    ways to address a reader; a form with a capital is meant with it. *vague* are the words of links that say nothing,
    *pending* words that stand where something is still to come, *doses* signs that are misread beside an amount, with
    the words in their place.
    """

    abbreviations: PhraseMatcher
    dotted: frozenset[str]
    closing: frozenset[str]
    spelt: frozenset[str]
    formal: PhraseMatcher
    jargon: PhraseMatcher
    polite: tuple[str, ...]
    familiar: tuple[str, ...]
    vague: frozenset[str]
    pending: PhraseMatcher
    doses: Mapping[str, str]

    def is_abbreviation(self, word: str) -> bool:
        """Tell whether *word*, which ends in a dot, is an abbreviation."""
        return word.casefold() in self.dotted

    def may_end_sentence(self, word: str) -> bool:
        """Tell whether the abbreviation *word* may end a sentence with its dot."""
        return word.casefold() in self.closing


@cache
def load_style_lexicon(language: str) -> StyleLexicon:
    """Return the style lexicon of *language*, a gettext code; `pt_BR` falls back on `pt`."""
    table = read_table(__name__, language)
    address = table.get("address", {})

    def matcher(kind: str) -> PhraseMatcher:
        return PhraseMatcher({fold(form, language): meaning for form, meaning in table.get(kind, {}).items()})

    def folded(kind: str) -> frozenset[str]:
        return frozenset(form.casefold() for form in table.get(kind, []))

    return StyleLexicon(
        abbreviations=matcher("abbreviations"),
        dotted=folded("abbreviations") | folded("never") | folded("closing"),
        closing=folded("closing"),
        spelt=frozenset(table.get("spelt", [])),
        formal=matcher("formal"),
        jargon=matcher("jargon"),
        polite=tuple(address.get("polite", [])),
        familiar=tuple(address.get("familiar", [])),
        vague=folded("vague"),
        pending=PhraseMatcher({fold(form, language): form for form in table.get("pending", [])}),
        doses=table.get("doses", {}),
    )


def find_placeholders(text: str, language: str) -> list[str]:
    """Return the placeholders of *text*, which is in *language*, in reading order; each once."""
    names = [(match.start(), match.group()) for pattern in (SIGNS, RESERVED) for match in pattern.finditer(text)]
    pending = load_style_lexicon(language).pending.find(fold(text, language))
    names += [(word.start, word.meaning) for word in pending]
    return list(dict.fromkeys(name for _, name in sorted(names)))


def find_document_placeholders(document: Document) -> Iterator[str]:
    """Yield the placeholders of *document*: of front matter, texts, code, and targets of links and images; each once.

    A release asks this of every source; kept words and code are no texts that checks are asked about.
    """
    texts = [*document.front.plain.values(), *map(tree.plain, document.front.texts.values())]
    texts += [tree.plain(_inlines(node)) for node in tree.walk(document.blocks) if _inlines(node)]
    texts += [node["c"][1] for node in tree.walk(document.blocks) if node["t"] in {"Code", "CodeBlock"}]
    texts += [node["c"][2][0] for node in tree.walk(document.blocks) if node["t"] in {"Link", "Image"}]
    yield from dict.fromkeys(name for text in texts for name in find_placeholders(str(text), document.language))


def _inlines(node: Node) -> Nodes:
    if node["t"] in {"Para", "Plain"}:
        return list(node["c"])
    return list(node["c"][2]) if node["t"] == "Header" else []
