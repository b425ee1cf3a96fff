"""Fingerprints of the texts of a source and of a translation, to which a sign-off is bound."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyleaf import tree
from polyleaf.catalogs import Catalog
from polyleaf.model import Document, Organisation, Unit
from polyleaf.sources import Reference

LIFE_CYCLE = ("status", "date")
"""The keys of the front matter that change when a signed text is published; the text does not change by it."""

ALONE = re.compile(r"(?:status|date)[ \t]*:[ \t]*[\"']?[\w-]+[\"']?\s*", re.ASCII)
"""A line that holds one of them and nothing else: all the front matter may stand on one line, `{title: ...}`."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of one leaflet in one language, each `sha256:` and 64 hexadecimal digits (FIPS 180-4)."""

    source: str
    translation: str


def compute_fingerprints(
    document: Document,
    units: Sequence[Unit],
    catalog: Catalog | None,
    references: Mapping[str, Reference],
    organisation: Organisation,
) -> Fingerprints:
    """Return the fingerprints of *document* and of what *catalog* prints for its *units* (no catalogue: the source).

    That of the source is of every line of the manuscript but its status and date, of its images, of the sources that it
    cites, and of what it prints of the *organisation* of the theme, such as a telephone number. That of a
    translation is of every message with the text that is printed for it, in any order.
    """
    lent = organisation.front_matter_for(document.front.plain)
    source = _digest([*_parts(document, references), *(part.encode() for row in sorted(lent.items()) for part in row)])
    if catalog is None:
        return Fingerprints(source, source)
    texts = {(*unit.key, catalog.translation(unit) or "") for unit in units}
    return Fingerprints(source, _digest(part.encode() for text in sorted(texts) for part in text))


def _parts(document: Document, references: Mapping[str, Reference]) -> Iterator[bytes]:
    left_out = {document.front.lines[key] for key in LIFE_CYCLE if key in document.front.lines}
    for number, line in enumerate(document.text.split("\n"), 1):
        if number not in left_out or not ALONE.fullmatch(line):
            yield line.rstrip().encode()
    for picture in sorted(document.pictures, key=lambda picture: picture.name):
        yield picture.name.encode()
        yield picture.content
    for key in sorted(find_cited(document) & set(references)):
        yield json.dumps(references[key].item, ensure_ascii=False, sort_keys=True).encode()


def find_cited(document: Document) -> set[str]:
    """Return the keys of the sources that *document* cites."""
    cites = [node for node in tree.walk(document.blocks) if node["t"] == "Cite"]
    return {citation["citationId"] for node in cites for citation in node["c"][0]}


def _digest(parts: Iterable[bytes]) -> str:
    """Return the digest of *parts*, each with its length before it, so that no two lists of parts have the same."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return f"sha256:{digest.hexdigest()}"
