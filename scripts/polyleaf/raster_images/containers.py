"""The parts of image files: chunks of PNG and WebP, segments of JPEG. Values only, no pixels are decoded."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

KEPT_CHUNKS = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT"))
"""The chunks of a PNG that are its pixels; others are texts, times, profiles and further frames."""

PNG_END = b"\0\0\0\0IEND\xaeB`\x82"

JFIF = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
"""An APP0 segment that says that the colours are YCbCr or grey, and holds no thumbnail (ITU-T T.871, 10.1)."""

START_OF_SCAN, END_OF_IMAGE, APP0, ADOBE, FILL = 0xDA, 0xD9, 0xE0, 0xEE, 0xFF
METADATA = frozenset((*range(0xE0, 0xF0), 0xFE)) - {APP0, ADOBE}
"""The markers of application segments and comments (ITU-T T.81, table B.1), but those that say what the colours are."""

NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""The end of the coded data of a scan, in which FF comes before 00 or is a restart marker."""

WEBP_CHUNKS = 12
"""Where the first chunk of a WebP begins."""

HEADER_OFFSET = 16
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""The number of channels by the colour type in the header of a PNG (PNG, third edition, 11.2.1)."""

ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The first column and row of each pass of an interlaced PNG, and the steps to the next (PNG, third edition, 8.2)."""


def check_rows(content: bytes) -> None:
    """Raise EOFError when the compressed data of the PNG *content* ends before its last row.

    A row has a byte before its pixels, and interlaced images have seven passes (PNG, third edition, 8.2 and 9.1).
    """
    width, height, depth, colours, _, _, interlaced = struct.unpack_from(">IIBBBBB", content, HEADER_OFFSET)
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    sizes = [(-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in passes]
    expected = sum(rows * (1 + -(-columns * depth * CHANNELS[colours] // 8)) for columns, rows in sizes if columns > 0)
    decoder, count = zlib.decompressobj(), 0
    for name, chunk in _read_chunks(content):
        if name == b"IDAT" and count < expected:
            count += len(decoder.decompress(chunk[8:-4], expected - count))
    if count < expected:
        raise EOFError("its last rows are missing")


def is_lossy_webp(content: bytes) -> bool:
    """Tell whether the WebP *content* has a chunk of lossy pixels (RFC 9649, 2.5)."""
    at = WEBP_CHUNKS
    while content[at : at + 4] not in {b"VP8 ", b"VP8L", b""}:
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return content[at : at + 4] == b"VP8 "


def strip_png(content: bytes) -> bytes:
    """Return the PNG *content* with the chunks that are pixels, and no other."""
    kept = [chunk for name, chunk in _read_chunks(content) if name in KEPT_CHUNKS]
    return b"".join((content[:8], *kept, PNG_END))


def _read_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the bytes of each chunk of the PNG *content* before its end (PNG, third edition, 5.3)."""
    at = 8
    while (name := content[at + 4 : at + 8]) not in {b"IEND", b""}:
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        yield name, content[at:end]
        at = end


def strip_jpeg(content: bytes) -> bytes:
    """Return the JPEG *content* without metadata, and without what stands behind the end of the image."""
    segments, at = [content[:2]], 2
    while (marker := content[at + 1]) != END_OF_IMAGE:
        end = at + 1
        if marker != FILL:
            end += 1 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == START_OF_SCAN and (match := NEXT_MARKER.search(content, end)):
            end = match.start()
        if marker == APP0:
            segments += [JFIF] if content[at + 4 : at + 9] == b"JFIF\0" else []
        elif marker not in (*METADATA, FILL):
            segments.append(content[at:end])
        at = end
    return b"".join((*segments, content[at : at + 2]))
