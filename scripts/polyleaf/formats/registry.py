"""The formats: a record for each. `model.FORMATS` has their names, and a test holds the two equal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from polyleaf.formats import epub, html, pdf
from polyleaf.model import Artifact


@dataclass(frozen=True, slots=True)
class Format:
    """A format of outputs.

    *render* makes an `Artifact` of an `Edition`; of a format *of_layout* it also takes the `PageLayout` of its pages,
    which it makes itself when it is given None. *inspect* reads an output back, given its content, its location,
    and its direction (`ltr`, `rtl`). *suffix* begins with a dot; *media_type* is what a web server says.
    """

    name: str
    suffix: str
    media_type: str
    render: Callable[..., Artifact]
    inspect: Callable[[bytes, str, str], Any]
    of_layout: bool = False


def _inspect_pdf(content: bytes, location: str, direction: str) -> object:
    from polyleaf.inspection.pdf import read_pdf  # noqa: PLC0415 - what makes outputs does not wait for what reads them

    return read_pdf(content, location, direction)


def _inspect_epub(content: bytes, location: str, direction: str) -> object:
    from polyleaf.inspection.epub import read_epub  # noqa: PLC0415 - as above

    return read_epub(content, location, direction)


def _inspect_html(content: bytes, location: str, direction: str) -> object:
    from polyleaf.inspection.html import read_html  # noqa: PLC0415 - as above

    return read_html(content, location, direction)


FORMATS: Mapping[str, Format] = {
    "pdf": Format("pdf", ".pdf", "application/pdf", pdf.render, _inspect_pdf, of_layout=True),
    "epub": Format("epub", ".epub", "application/epub+zip", epub.render, _inspect_epub, of_layout=True),
    "html": Format("html", ".html", "text/html", html.render, _inspect_html),
}
"""Every format by its name, the slowest first, so that several processes end at about the same time.

Media types: RFC 8118, OCF 3.3 appendix D, RFC 2854.
"""
