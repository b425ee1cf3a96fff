"""What stands in a text where something is still to come: TODO, lorem ipsum, addresses that are nobody's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from polyleaf import tree
from polyleaf.facts.lexicon import fold
from polyleaf.facts.style_lexicon import load_style_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.model import Document, Nodes

SIGNS = re.compile(
    r"(?<!\w)(?:TODO|TBD|TBC|FIXME|XX+|TK)(?!\w)|(?i:lorem ipsum)|\[\s*(?:\.\.\.|…|\?+|x+)\s*\]|\?{3,}|_{3,}|\.{4,}"
    r"|<[^\W\d_][\w -]*>|@@+"
)
NOBODY = re.compile(
    r"(?<![\w.@+-])(?:[\w.+-]+@|https?://)?(?:[\w-]+\.)*(?:example\.(?:org|com|net)|[\w-]+\.(?:example|invalid|test))(?![\w-])"
)
"""Addresses that can be nobody's: RFC 2606 and RFC 6761 keep them for examples."""


def find_placeholders(text: str, language: str) -> list[str]:
    """Return what stands in *text*, in *language*, where something is still to come, in reading order; each once."""
    found = [(hit.start(), hit.group()) for pattern in (SIGNS, NOBODY) for hit in pattern.finditer(text)]
    found += [(hit.start, hit.meaning) for hit in load_style_lexicon(language).pending.find(fold(text, language))]
    return list(dict.fromkeys(name for _, name in sorted(found)))


def find_in_document(document: Document) -> Iterator[str]:
    """Yield what stands in *document* where something is still to come: front matter, texts, and targets of links.

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
