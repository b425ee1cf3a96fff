"""The images of a document: which it shows, and whether each is what its name says and can do nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from polyleaf import svg, tree
from polyleaf.errors import PolyleafError, SourceError, stop_for
from polyleaf.model import Document, Picture
from polyleaf.sources.positions import find_location

SIGNATURES: Mapping[str, Callable[[bytes], bool]] = {
    ".gif": lambda content: content.startswith((b"GIF87a", b"GIF89a")),
    ".jpeg": lambda content: content.startswith(b"\xff\xd8\xff"),
    ".jpg": lambda content: content.startswith(b"\xff\xd8\xff"),
    ".png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"),
    ".webp": lambda content: content.startswith(b"RIFF") and content[8:12] == b"WEBP",
}
"""How the files of each kind begin."""


def find_images(document: Document) -> dict[str, str]:
    """Return the names of the images of *document*, as it writes them, each with the location of the first."""
    values = [document.blocks, list(document.front.texts.values())]
    names = [node["c"][2][0] for node in tree.walk(values) if node["t"] == "Image"]
    return {name: find_location(document, name) for name in names}


def attach_images(document: Document, pictures: Sequence[Picture]) -> Document:
    """Return *document* with *pictures*; raises SourceError for one that is no image or could do something."""
    errors: list[PolyleafError] = []
    for picture in pictures:
        try:
            validate_image(picture, str(document.path.parent / picture.name))
        except SourceError as error:
            errors.append(error)
    stop_for(errors)
    return replace(document, pictures=tuple(pictures))


def validate_image(picture: Picture, path: str) -> None:
    """Raise SourceError when *picture*, the file *path*, is not what its name says or could do something."""
    suffix = PurePosixPath(picture.name).suffix.lower()
    if suffix == ".svg":
        svg.parse(picture.content, path)
    elif not SIGNATURES[suffix](picture.content):
        raise SourceError(f"{path}: this is not a {suffix[1:]} image", hint="Export it again, or mend its name.")
