"""Placeholders in a text: TODO, lorem ipsum, addresses that are reserved for examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from polyleaf import tree
from polyleaf.facts.lexicon import fold
from polyleaf.facts.style_lexicon import load_style_lexicon
from polyleaf.model import Document, Nodes

SIGNS = re.compile(
    r"(?<!\w)(?:TODO|TBD|TBC|FIXME|XX+|TK)(?!\w)|(?i:lorem ipsum)|\[\s*(?:\.\.\.|…|\?+|x+)\s*\]|\?{3,}|_{3,}|\.{4,}"
    r"|<[^\W\d_][\w -]*>|@@+"
)
RESERVED = re.compile(
    r"(?<![\w.@+-])(?:[\w.+-]+@|https?://)?(?:[\w-]+\.)*(?:example\.(?:org|com|net)|[\w-]+\.(?:example|invalid|test))(?![\w-])"
)
"""Addresses that RFC 2606 and RFC 6761 reserve for examples."""


def find_placeholders(text: str, language: str) -> list[str]:
    """Return the placeholders of *text*, which is in *language*, in reading order; each once."""
    names = [(match.start(), match.group()) for pattern in (SIGNS, RESERVED) for match in pattern.finditer(text)]
    pending = load_style_lexicon(language).pending.find(fold(text, language))
    names += [(word.start, word.meaning) for word in pending]
    return list(dict.fromkeys(name for _, name in sorted(names)))


def find_in_document(document: Document) -> Iterator[str]:
    """Yield the placeholders of *document*: of front matter, texts, code, and targets of links and images; each once.

    A release asks this of every source; kept words and code are no texts that checks are asked about.
    """
    texts = [*document.front.plain.values(), *map(tree.plain, document.front.texts.values())]
    texts += [tree.plain(_inlines(node)) for node in tree.walk(document.blocks) if _inlines(node)]
    texts += [node["c"][1] for node in tree.walk(document.blocks) if node["t"] in {"Code", "CodeBlock"}]
    texts += [node["c"][2][0] for node in tree.walk(document.blocks) if node["t"] in {"Link", "Image"}]
    yield from dict.fromkeys(name for text in texts for name in find_placeholders(str(text), document.language))


def _inlines(node: dict[str, Any]) -> Nodes:
    if node["t"] in {"Para", "Plain"}:
        return list(node["c"])
    return list(node["c"][2]) if node["t"] == "Header" else []
