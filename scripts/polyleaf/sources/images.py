"""The images of a document: which it shows, whether each can be used, and how it goes out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from polyleaf import raster_images, svg, tree
from polyleaf.errors import collect
from polyleaf.model import Document, Node, Picture
from polyleaf.quotations import quote
from polyleaf.raster_images import Size
from polyleaf.sources.positions import find_location

COLUMN, TALLEST = 142, 100
"""The width of the text on paper, and the most that an image is high there, in millimetres (`assets/print.css`)."""

DOTS, INCH = 300, 25.4
"""How many pixels an inch has at most on paper, and its millimetres: more cannot be seen at reading distance."""

MILLIMETRES = {"px": INCH / 96, "": INCH / 96, "em": 24 * INCH / 72, "cm": 10, "mm": 1, "in": INCH, "%": COLUMN / 100}
"""How long each unit of `width` is: an em in the largest type, a percentage of the column."""

COARSE = 90
"""How many dots an inch are too few; without a width, an image is printed with 96 at the least (CSS: a pixel each)."""

WORTH_TELLING = 100_000
"""How many bytes smaller an image is made at the least, for a build to tell of it."""

LENGTH = re.compile(r"([\d.]+)(\D*)")


def find_images(document: Document) -> dict[str, str]:
    """Return the names of the images of *document*, as it writes them, each with the location of the first."""
    names = [node["c"][2][0] for node in _image_nodes(document)]
    return {name: find_location(document, name) for name in names}


def attach_images(document: Document, pictures: Sequence[Picture]) -> Document:
    """Return *document* with *pictures* as they are; raises SourceError for those that cannot be used."""
    illustrated = replace(document, pictures=tuple(pictures))
    collect(lambda picture: prepare_images(replace(illustrated, pictures=(picture,))), pictures)
    return illustrated


def prepare_images(document: Document) -> tuple[Picture, ...]:
    """Return the pictures of *document* as they go out: raster images in sRGB, without metadata, in the size of paper.

    Raises SourceError for one that is not what its name says, is not whole, or could do something.
    """
    boxes, folder = _find_boxes(document), document.path.parent
    return tuple(
        prepare_image(picture, str(folder / picture.name), boxes.get(picture.name)) for picture in document.pictures
    )


def prepare_image(picture: Picture, path: str, box: Size | None = None) -> Picture:
    """Return *picture*, the file *path*, as it goes out with no more pixels than *box*; raises as `prepare_images`."""
    widest = box or _as_pixels(COLUMN, TALLEST)
    if not _is_drawing(picture):
        return replace(picture, content=raster_images.load(picture.content, path, widest).content)
    figure = svg.parse(picture.content, path)

    def change(suffix: str, content: bytes) -> bytes:
        return raster_images.load(content, path, widest, suffix).content

    return replace(picture, content=svg.replace_images(figure, change))


def describe_changes(document: Document) -> Iterator[str]:
    """Yield a line for each image of *document* that goes out much smaller than it is, and each link in a drawing."""
    boxes, folder = _find_boxes(document), document.path.parent
    for picture in document.pictures:
        path = str(folder / picture.name)
        if _is_drawing(picture):
            links = dict.fromkeys(svg.find_links(picture.content, path))
            yield from (
                f"{path}: left out a link, which nobody can follow in a figure: {quote(link)}" for link in links
            )
        else:
            image = raster_images.load(picture.content, path, boxes[picture.name])
            if len(picture.content) - len(image.content) >= WORTH_TELLING:
                before = _describe(picture.content, image.original_size)
                yield f"{path}: made smaller for print, from {before} to {_describe(image.content, image.size)}"


def find_coarse_images(document: Document) -> Iterator[tuple[str, int]]:
    """Yield name and dots an inch of each raster image that *document* gives a width in which its pixels are seen."""
    pictures = {picture.name: picture for picture in document.pictures if not _is_drawing(picture)}
    for node in _image_nodes(document):
        (_, _, pairs), _, (name, _) = node["c"]
        width = dict(pairs).get("width", "")
        if name in pictures and LENGTH.fullmatch(width):
            path = str(document.path.parent / name)
            image = raster_images.load(pictures[name].content, path, _as_pixels(COLUMN, TALLEST))
            dots = round(image.original_size[0] / min(COLUMN, _measure(width)) * INCH)
            if dots < COARSE:
                yield name, dots


def _describe(content: bytes, size: Size) -> str:
    return f"{size[0]} × {size[1]} pixels, {len(content) / 1_000_000:.1f} MB"


def _is_drawing(picture: Picture) -> bool:
    return PurePosixPath(picture.name).suffix.lower() == ".svg"


def _image_nodes(document: Document) -> list[Node]:
    values = [document.blocks, list(document.front.texts.values())]
    return [node for node in tree.walk(values) if node["t"] == "Image"]


def _find_boxes(document: Document) -> Mapping[str, Size]:
    """Return by name of each image the pixels of the largest box that *document* shows it in on paper."""
    boxes: dict[str, Size] = {}
    for node in _image_nodes(document):
        (_, _, pairs), _, (name, _) = node["c"]
        lengths = {key: _measure(value) for key, value in pairs if LENGTH.fullmatch(value)}
        box = _as_pixels(min(COLUMN, lengths.get("width", COLUMN)), min(TALLEST, lengths.get("height", TALLEST)))
        before = boxes.get(name, (1, 1))
        boxes[name] = max(before[0], box[0]), max(before[1], box[1])
    return boxes


def _measure(length: str) -> float:
    """Return the *length*, a number with a unit, in millimetres."""
    match = LENGTH.fullmatch(length)
    return float(match[1]) * MILLIMETRES.get(match[2], COLUMN) if match else COLUMN


def _as_pixels(width: float, height: float) -> Size:
    """Return *width* and *height*, in millimetres, in pixels of paper."""
    return math.ceil(width / INCH * DOTS), math.ceil(height / INCH * DOTS)
