"""Transforms of the tree for pandoc's HTML writer and screen readers: sections, notes, lists, tables, links."""

from __future__ import annotations

import re

from polyleaf import templates, tree
from polyleaf.editions.admonitions import KEYPOINTS, is_titled, with_headings
from polyleaf.editions.footnotes import tight, with_notes
from polyleaf.editions.language_labels import LanguageLabel, label_inlines, label_passages
from polyleaf.editions.tables import with_headers
from polyleaf.editions.task_lists import as_task_list, with_named_box
from polyleaf.languages import sort_key
from polyleaf.localize import UNTRANSLATED
from polyleaf.model import Node, Nodes

TOP = 2
"""The level of a section: the title of the leaflet is the only heading of level 1."""

VOID = re.compile(r"<(br|wbr)\b[^<>]*>", re.IGNORECASE)


def structured(blocks: Nodes, language_label: LanguageLabel, colophon: str) -> Nodes:
    """Return *blocks* with sections from level 2, notes at the end, tight lists, headers of tables and figures named.

    What is not translated says so with *language_label*; *colophon* is the HTML for the division of that name.
    """
    blocks = with_headings(_levelled(blocks), language_label.language)
    blocks = with_notes(blocks, language_label.language)
    blocks = _with_sources(blocks, language_label.language)
    transforms = _BlockTransforms(language_label, colophon)
    return label_passages(list(tree.rebuild(blocks, transforms.change)), language_label)


def with_innermost_links(blocks: Nodes) -> Nodes:
    """Return *blocks* with links innermost (`<strong><a>`, not `<a><strong>`) and holding nothing but words.

    A link in a link, which is a note or a source, comes after it; an image in a link before it.
    """

    def change(node: Node) -> Node | Nodes:
        return _plain_link(node) if node["t"] == "Link" else node

    return list(tree.rebuild(blocks, change))


def sections(blocks: Nodes) -> list[Nodes]:
    """Return *blocks* cut before every section; the first part is what stands before them (perhaps nothing)."""
    parts: list[Nodes] = [[]]
    for block in blocks:
        if _opens(block):
            parts.append([])
        parts[-1].append(block)
    return parts if parts[0] else parts[1:]


def heading(section: Nodes) -> Node | None:
    """Return the heading that opens *section*, None when it has none."""
    first = section[0]
    if not _opens(first):
        return None
    return first if first["t"] == "Header" else first["c"][1][0]


def _opens(block: Node) -> bool:
    """Tell whether *block* opens a section; key points are about the leaflet, or about the section they stand in.

    So is a box whose heading is a bold line, or a word that was put there.
    """
    if KEYPOINTS in tree.classes(block) or is_titled(block):
        return False
    if block["t"] == "Div" and block["c"][1]:
        block = block["c"][1][0]
    return bool(block["t"] == "Header" and block["c"][0] == TOP)


def _levelled(blocks: Nodes) -> Nodes:
    levels = [node["c"][0] for node in tree.walk(blocks) if node["t"] == "Header"]
    shift = TOP - min(levels, default=TOP)

    def change(node: Node) -> Node:
        if node["t"] != "Header":
            return node
        level, attr, inlines = node["c"]
        return tree.element("Header", [min(level + shift, 6), attr, inlines])

    return list(tree.rebuild(blocks, change))


def _with_sources(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* with a section for the references when it cites some and has none."""
    nodes = list(tree.walk(blocks))
    cites = any(node["t"] == "Cite" for node in nodes)
    has_section = any(node["t"] == "Div" and node["c"][0][0] == "refs" for node in nodes)
    if not cites or has_section:
        return blocks
    title = tree.element("Header", [TOP, ["polyleaf-sources", [], []], label_inlines("Sources", language)])
    return [*blocks, title, tree.div([], [], identifier="refs")]


class _BlockTransforms:
    """What changes in each kind of block."""

    def __init__(self, language_label: LanguageLabel, colophon: str) -> None:
        self._label = language_label
        self._colophon = colophon

    def change(self, node: Node) -> Node | Nodes:
        transform = getattr(self, f"_{node['t'].lower()}", None)
        return transform(node) if transform else node

    def _bulletlist(self, node: Node) -> Node:
        return as_task_list(node, [self._item(item) for item in node["c"]])

    def _orderedlist(self, node: Node) -> Node:
        return tree.element("OrderedList", [node["c"][0], [self._item(item) for item in node["c"][1]]])

    def _item(self, item: Nodes) -> Nodes:
        return with_named_box(tight(item), self._label.language)

    def _definitionlist(self, node: Node) -> Node:
        return tree.element("DefinitionList", [[term, [tight(item) for item in items]] for term, items in node["c"]])

    def _div(self, node: Node) -> Node | Nodes:
        (identifier, classes, pairs), blocks = node["c"]
        if "colophon" in classes:
            return tree.div(classes, [tree.raw(self._colophon), *blocks], identifier=identifier)
        if "long-description" in classes:
            return self._described(blocks, dict(pairs))
        if "glossary" in classes:
            blocks = [_sorted(block) for block in blocks]
        return tree.div(classes, blocks, identifier=identifier, pairs={k: v for k, v in pairs if k != "for"})

    def _described(self, blocks: Nodes, pairs: dict[str, str]) -> Nodes:
        """Return a description that opens; what the author says of its language is said of the text, not the label."""
        own = {key: value for key, value in pairs.items() if key in {"lang", "dir", "translate"}}
        blocks = [tree.div([], blocks, pairs=own)] if own else blocks
        summary = templates.render("summary.html.j2", self._label.language).strip()
        return [tree.raw(f'<details class="long-description">{summary}'), *blocks, tree.raw("</details>")]

    def _table(self, node: Node) -> Node:
        return with_headers(node, self._label)

    def _rawinline(self, node: Node) -> Node:
        """A void element is closed, so that the HTML is XML too."""
        format_, text = node["c"]
        void = VOID.fullmatch(text)
        return tree.element("RawInline", [format_, f"<{void[1].lower()} />"]) if void else node

    def _figure(self, node: Node) -> Node:
        """A figure without alternative text of its own is called what its caption says."""
        attr, caption, blocks = node["c"]
        texts = [block["c"] for block in caption[1] if block["t"] in {"Para", "Plain"}]
        name = tree.words(" ".join(tree.plain(text) for text in texts))
        passage = next((node for text in texts for node in text if UNTRANSLATED in tree.classes(node)), None)
        name = [tree.with_children(passage, name)] if passage else name

        def named(inner: Node) -> Node:
            if inner["t"] != "Image" or inner["c"][1]:
                return inner
            return tree.element("Image", [inner["c"][0], name, inner["c"][2]])

        return tree.element("Figure", [attr, caption, tree.rebuild(blocks, named)])


def _plain_link(link: Node) -> Nodes:
    attr, inlines, target = link["c"]
    images = [node for node in tree.walk(inlines) if node["t"] == "Image"]
    marks = [node for node in inlines if _has_link(node)]
    words = _words(inlines)
    if not tree.plain(words):
        words = [node for image in images for node in [*image["c"][1], tree.element("Space")]][:-1]
    before = [node for image in images for node in (image, tree.element("Space"))]
    return [*before, _innermost(tree.element("Link", [attr, words, target])), *marks]


def _has_link(node: Node) -> bool:
    return any(inner["t"] == "Link" for inner in tree.walk(node))


def _words(inlines: Nodes) -> Nodes:
    """Return *inlines* without images and without marks that are links themselves."""

    def change(node: Node) -> Node | Nodes:
        return [] if node["t"] == "Image" else node

    return list(tree.rebuild([node for node in inlines if not _has_link(node)], change))


def _innermost(link: Node) -> Node:
    attr, inlines, target = link["c"]
    if len(inlines) == 1 and tree.children(inlines[0]):
        inner = tree.element("Link", [attr, tree.children(inlines[0]), target])
        return tree.with_children(inlines[0], [_innermost(inner)])
    return link


def _sorted(block: Node) -> Node:
    """Return a definition list in the alphabetical order of its language."""
    if block["t"] != "DefinitionList":
        return block
    return tree.element("DefinitionList", sorted(block["c"], key=lambda pair: sort_key(tree.plain(pair[0]))))
