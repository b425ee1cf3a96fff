"""Files of raster images, made with Pillow and by hand: with metadata, turned, moving, damaged."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, ImageDraw

TURNS: dict[int, Image.Transpose | None] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an image is stored that each value of Orientation turns upright (Exif 3.0, 4.6.5.1.6)."""

NAME = "Jansen"
"""The word that every piece of metadata holds."""


def draw(size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Return an image that is red above on the left, blue on the right, and below green, with soft changes."""
    image = Image.merge("RGB", [Image.linear_gradient("L").resize(size) for _ in range(3)])
    pen = ImageDraw.Draw(image)
    width, height = size
    pen.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=(220, 0, 0))
    pen.rectangle((width // 2, 0, width, height // 2 - 1), fill=(0, 0, 220))
    pen.rectangle((0, height // 2, width // 2 - 1, height), fill=(0, 160, 0))
    return image


def encode(format_name: str = "PNG", image: Image.Image | None = None, **options: Any) -> bytes:
    """Return *image* as a file in the format."""
    target = io.BytesIO()
    (image or draw()).save(target, format_name, **options)
    return target.getvalue()


def decode(content: bytes) -> Image.Image:
    """Return the image in the file *content*."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """Return metadata of a camera: its maker, the place, and the orientation."""
    values = Image.Exif()
    values[ExifTags.Base.Make] = NAME
    values[ExifTags.Base.Orientation] = orientation
    values.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 5.0, 1.0)
    return values


def turned(format_name: str, orientation: int) -> bytes:
    """Return the image stored so that *orientation* turns it upright."""
    turn = TURNS[orientation]
    stored = draw() if turn is None else draw().transpose(turn)
    return encode(format_name, stored, exif=exif(orientation))


def moving(format_name: str, frames: int = 2) -> bytes:
    """Return a file of so many *frames*."""
    more = [draw().rotate(10 * number) for number in range(1, frames)]
    return encode(format_name, save_all=True, append_images=more)


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(header: tuple[int, int, int, int], rows: bytes, *more: bytes, interlaced: bool = False) -> bytes:
    """Return a PNG with width, height, depth and colour type of *header*, *more* chunks, and *rows* of pixels."""
    start = chunk(b"IHDR", struct.pack(">IIBBBBB", *header, 0, 0, interlaced))
    pixels = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + start + b"".join(more) + pixels


def half(content: bytes) -> bytes:
    """Return the first half of the file *content*."""
    return content[: len(content) // 2]


def without_middle(content: bytes) -> bytes:
    """Return the file *content* with a piece in its middle gone."""
    middle = len(content) // 2
    return content[:middle] + content[middle + len(content) // 8 :]
