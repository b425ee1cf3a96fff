"""The raster images in a figure."""

from __future__ import annotations

import base64
import binascii
import contextlib
from collections.abc import Callable

from lxml import etree

from polyleaf.svg.nodes import LINKS

RASTER = "data:image/"


def replace_images(figure: etree._Element, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return *figure* as a file, with what *change* makes of the suffix and the bytes of each raster image in it."""
    for element in figure.iter(etree.Element):
        for key in (key for key in LINKS if str(element.get(key)).strip().startswith(RASTER)):
            head, _, data = str(element.get(key)).strip().partition(",")
            kind = head.removeprefix(RASTER).partition(";")[0]
            image = b""  # what is no base64 is no image either, of which *change* tells
            with contextlib.suppress(binascii.Error):
                image = base64.b64decode(data)
            changed = change(f".{kind}", image)
            element.set(key, f"{RASTER}{kind};base64,{base64.b64encode(changed).decode()}")
    return bytes(etree.tostring(figure, encoding="utf-8", xml_declaration=True))
