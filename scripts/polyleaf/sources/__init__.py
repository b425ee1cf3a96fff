"""Stage 1: a manuscript in a format pandoc reads becomes a Document.

Modules: `bibliography` (CSL JSON references), `documents` (finished documents of any kind), `encoding` (bytes as text),
`front_matter` (the YAML front matter), `identifiers` (ids of headings), `images` (images, and whether they are safe),
`localization_notes` (notes to translators (ITS 2.0)), `positions` (the line on which a text stands), `revisions`
(comments and tracked changes in documents for import), `table_markup` (tables that were read otherwise than meant),
`unparsed_markup` (Markdown left in a text), `validation` (what a source may hold), `word_cleanup` (habits of word
processors removed), `words_out_of_reach` (words that no translator sees).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from polyleaf import pandoc, tree
from polyleaf.errors import SourceError, collect
from polyleaf.model import Document, FrontMatter, Manuscript, Node, Nodes
from polyleaf.quotations import quote
from polyleaf.sources import encoding, front_matter, identifiers, localization_notes
from polyleaf.sources.bibliography import Reference, load_bibliography
from polyleaf.sources.images import attach_images, find_images
from polyleaf.sources.positions import find_line, find_line_after, find_line_of_words
from polyleaf.sources.validation import validate

__all__ = [
    "Reference",
    "attach_images",
    "find_images",
    "find_line",
    "find_line_after",
    "find_line_of_words",
    "load_bibliography",
    "validate",
]

MAX_DEPTH = 120
"""How many lists and objects of JSON pandoc's tree may have inside one another: some twenty lists in lists."""

READERS = {".md": pandoc.MARKDOWN}
"""The suffixes of sources and pandoc's name for what is in them."""


def read_manuscripts(manuscripts: Sequence[Manuscript], language: str) -> list[Document]:
    """Return the *manuscripts*, written in *language*, as documents, in the same order.

    Raises SourceError with everything that is wrong in them, but for what `validate` checks: links, raw HTML, images.
    """
    opened = collect(_open, manuscripts)
    requests = []
    for manuscript, (raw, body, _) in zip(manuscripts, opened, strict=True):
        requests.append((str(manuscript.path), READERS[manuscript.path.suffix], body))
        requests += [(f"{manuscript.path}:{raw.lines[key]}", pandoc.FRAGMENT, text) for key, text in raw.texts.items()]
    trees = iter(_parse(requests))
    documents = []
    for manuscript, (raw, _, text) in zip(manuscripts, opened, strict=True):
        blocks = identifiers.free_reserved(check_depth(next(trees), str(manuscript.path)), text)
        blocks = _without_html_comments(blocks)
        texts = {key: _inlines(next(trees), f"{manuscript.path}:{raw.lines[key]}", key) for key in raw.texts}
        texts = {key: tree.rebuild(inlines, _with_texts_of_attributes) for key, inlines in texts.items()}
        front = FrontMatter(raw.plain, texts, raw.lines)
        documents.append(Document(manuscript.leaflet, manuscript.path, language, front, blocks, text))
    return documents


def _open(manuscript: Manuscript) -> tuple[front_matter.RawFrontMatter, str, str]:
    """Return front matter, body (with the front matter's lines left empty) and whole text."""
    text = encoding.decode(manuscript)
    raw, body = front_matter.extract(text, str(manuscript.path))
    return raw, body, text


def _parse(requests: Sequence[tuple[str, str, str]]) -> list[Nodes]:
    try:
        return pandoc.read(requests)
    except RecursionError as error:
        names = ", ".join(dict.fromkeys(name.split(":")[0] for name, _, _ in requests))
        raise nesting_error(names) from error


def check_depth(blocks: Nodes, location: str) -> Nodes:
    """Return *blocks*; raises SourceError when they nest deeper than any leaflet and than Python can follow."""
    levels: list[Any] = [blocks]
    for _ in range(MAX_DEPTH):
        levels = [part for level in levels for part in (level.values() if isinstance(level, dict) else level)]
        levels = [part for part in levels if isinstance(part, (dict, list))]
        if not levels:
            return blocks
    raise nesting_error(location)


def nesting_error(location: str) -> SourceError:
    """Return the error for a text at *location* that nests deeper than any leaflet."""
    fact = "lists, quotations or spans stand too deep inside one another"
    return SourceError(f"{location}: {fact}", hint="Take some of them apart.")


def _inlines(blocks: Nodes, location: str, key: str) -> Nodes:
    if len(blocks) == 1 and blocks[0]["t"] in {"Para", "Plain"}:
        if tree.plain(blocks[0]["c"]).strip():
            return list(blocks[0]["c"])
        raise SourceError(f"{location}: {quote(key)} is empty", hint="Give it a value or take the key out.")
    raise SourceError(
        f"{location}: {quote(key)} must be one line of text", hint="Take lists, headings and HTML out of it."
    )


def _without_html_comments(blocks: Nodes) -> Nodes:
    """Return *blocks* with no HTML comments but those for translators, and no captions as alternative texts."""

    def change(node: Node) -> Node | Nodes:
        if node["t"] == "Figure":
            return _with_own_alternative_text(node)
        return localization_notes.convert_comment(_with_texts_of_attributes(node))

    return list(tree.rebuild(blocks, change))


def _with_texts_of_attributes(node: Node) -> Node:
    """Return a link or an image with what `alt=` and `title=` say of it in the place of its texts: so it is translated.

    An image that needs no alternative text, `alt=""`, keeps that.
    """
    if node["t"] not in {"Link", "Image"}:
        return node
    (identifier, classes, pairs), inlines, (address, title) = node["c"]
    values = dict(pairs)
    if node["t"] == "Image" and values.get("alt", "").strip():
        inlines = tree.words(values.pop("alt"))
    if not title:
        title = values.pop("title", "")
    return tree.element(
        node["t"], [[identifier, classes, [[*pair] for pair in values.items()]], inlines, [address, title]]
    )


def _with_own_alternative_text(figure: Node) -> Node:
    """Pandoc gives a figure without alternative text its caption as one; nobody should translate that twice."""
    attr, caption, blocks = figure["c"]
    captions = [block["c"] for block in caption[1] if block["t"] in {"Para", "Plain"}]

    def change(node: Node) -> Node:
        if node["t"] != "Image" or node["c"][1] not in captions:
            return node
        return tree.element("Image", [node["c"][0], [], node["c"][2]])

    return tree.element("Figure", [attr, caption, tree.rebuild(blocks, change)])
