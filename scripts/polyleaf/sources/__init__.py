"""Stage 1: a manuscript in a format pandoc reads becomes a Document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import pandoc, tree
from polyleaf.errors import PolyleafError, SourceError, stop_for
from polyleaf.model import Document
from polyleaf.sources import front
from polyleaf.sources.lines import line_of
from polyleaf.sources.references import Reference, references
from polyleaf.sources.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from polyleaf.model import Manuscript, Node, Nodes

__all__ = ["READERS", "Reference", "line_of", "pictures", "read", "references", "screen"]

READERS = {".md": pandoc.MARKDOWN}
"""The suffixes of sources and pandoc's name for what is in them."""


def read(manuscripts: Sequence[Manuscript], language: str) -> list[Document]:
    """Return the *manuscripts*, written in *language*, as documents, in the same order.

    Raises SourceError with everything that is wrong in them. What the text may hold beyond that (links,
    raw HTML, images) is for `screen` to say.
    """
    opened = list(_each(manuscripts, _open))
    jobs = []
    for manuscript, (matter, body, _) in zip(manuscripts, opened, strict=True):
        jobs.append((str(manuscript.path), READERS[manuscript.path.suffix], body))
        jobs += [
            (f"{manuscript.path}:{matter.lines[key]}", pandoc.FRAGMENT, text) for key, text in matter.texts.items()
        ]
    trees = iter(pandoc.read(jobs))
    documents = []
    for manuscript, (matter, _, text) in zip(manuscripts, opened, strict=True):
        blocks = _tidy(next(trees))
        texts = {key: _inlines(next(trees), f"{manuscript.path}:{matter.lines[key]}", key) for key in matter.texts}
        whole = front.with_texts(matter, texts)
        documents.append(Document(manuscript.leaflet, manuscript.path, language, whole, blocks, text))
    return documents


def pictures(document: Document) -> tuple[str, ...]:
    """Return the names of the images of *document*, as it writes them, each once, in reading order."""
    names = [node["c"][2][0] for node in tree.walk(document.blocks) if node["t"] == "Image"]
    return tuple(dict.fromkeys(names))


def _each(
    manuscripts: Sequence[Manuscript], opened: Callable[[Manuscript], tuple[front.Matter, str, str]]
) -> Iterator[tuple[front.Matter, str, str]]:
    errors: list[PolyleafError] = []
    for manuscript in manuscripts:
        try:
            yield opened(manuscript)
        except SourceError as error:
            errors.append(error)
    stop_for(errors)


def _open(manuscript: Manuscript) -> tuple[front.Matter, str, str]:
    """Return front matter, body (with the front matter's lines left empty) and whole text."""
    try:
        text = manuscript.content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = manuscript.content.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{manuscript.path}:{line}: this is not UTF-8", hint="Save the file as UTF-8.") from error
    if "\0" in text:
        raise SourceError(f"{manuscript.path}: this is not a text file", hint="Save it as plain UTF-8 text.")
    matter, body = front.split(text, str(manuscript.path))
    return matter, body, text


def _inlines(blocks: Nodes, where: str, key: str) -> Nodes:
    if len(blocks) == 1 and blocks[0]["t"] in {"Para", "Plain"}:
        return list(blocks[0]["c"])
    raise SourceError(f"{where}: {key} must be one line of text", hint="Take lists and headings out of it.")


def _tidy(blocks: Nodes) -> Nodes:
    """Return *blocks* without HTML comments, which are the author's, and without captions that pose as alt texts."""

    def change(node: Node) -> Node | Nodes:
        if node["t"] == "Figure":
            return _with_own_names(node)
        is_raw = node["t"] in {"RawBlock", "RawInline"} and node["c"][0] == "html"
        text = node["c"][1].strip() if is_raw else ""
        return [] if text.startswith("<!--") and text.endswith("-->") and text.count("-->") == 1 else node

    return list(tree.rebuild(blocks, change))


def _with_own_names(figure: Node) -> Node:
    """Pandoc gives a figure without alternative text its caption as one; nobody should translate that twice."""
    attr, caption, blocks = figure["c"]
    shown = [block["c"] for block in caption[1] if block["t"] in {"Para", "Plain"}]

    def change(node: Node) -> Node:
        if node["t"] != "Image" or node["c"][1] not in shown:
            return node
        return tree.element("Image", [node["c"][0], [], node["c"][2]])

    return tree.element("Figure", [attr, caption, tree.rebuild(blocks, change)])
