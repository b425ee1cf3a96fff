"""DOOR to WeasyPrint (and to pdfium, for pictures of pages): HTML in, pages out, nothing fetched."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf.errors import RenderError, ToolMissing
from polyleaf.formats import breaks, conformance, tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

FAST_OCTREE = 2
"""Pillow's quickest way to few colours, which is all that a cover of flat surfaces needs."""

ADDRESS = "https://leaflet.invalid/"
"""What relative links are resolved against: a constant, so that no folder of a machine gets into the file."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A leaflet laid out on pages that are not written yet, and where each page begins."""

    document: Any
    starts: tuple[breaks.Start, ...]
    options: Mapping[str, Any]


def pdf(page: str, *, tagged: bool = True) -> bytes:
    """Return the HTML *page* as a PDF that conforms to PDF/A-2a and PDF/UA-1; one that is not *tagged* to neither.

    Raises RenderError for what cannot be set and for everything that WeasyPrint warns of, ToolMissing when
    its libraries are not there.
    """
    return written(lay_out(page, tagged=tagged))


def lay_out(page: str, *, tagged: bool = True) -> Sheets:
    """Return the HTML *page* laid out, from which `written` makes what `pdf` returns. Raises as `pdf` does."""
    weasyprint = _weasyprint()
    options = {"pdf_variant": conformance.VARIANT} if tagged else {}
    with _listening():
        fetcher = weasyprint.URLFetcher(allowed_protocols=["data"])
        html = weasyprint.HTML(string=page, base_url=ADDRESS, url_fetcher=fetcher)
        document = html.render(**options)
        return Sheets(document, tuple(breaks.starts(document)), options)


def written(sheets: Sheets) -> bytes:
    """Return *sheets* as a PDF. Raises RenderError for everything that WeasyPrint warns of."""
    finisher = {"finisher": _finish} if sheets.options else {}
    with _listening(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r".*\.icc", ResourceWarning)  # WeasyPrint leaves its colour profile open
        return bytes(sheets.document.write_pdf(**finisher, **sheets.options))


@contextlib.contextmanager
def _listening() -> Iterator[None]:
    """Make every failure of WeasyPrint an error of ours, and everything that it warns of too."""
    notes = _Notes()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(notes)
    before, logger.propagate = logger.propagate, False
    try:
        yield
    except Exception as error:  # WeasyPrint names no class of its own for what it cannot set
        hint = "Take out of the source what is unusual, and report this if it should work."
        raise RenderError(f"WeasyPrint cannot set this leaflet: {error}", hint=hint) from error
    finally:
        logger.removeHandler(notes)
        logger.propagate = before
    if notes.lines:
        raise RenderError(f"WeasyPrint says: {'; '.join(notes.lines)}", hint="Repair what it names.")


def _finish(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    tags.mend(document, pdf)
    conformance.declare(pdf, document.metadata.lang)


def picture(page: str) -> bytes:
    """Return the first page of the HTML *page* as a PNG of 96 dots an inch."""
    import pypdfium2  # noqa: PLC0415 - only covers need it

    document = pypdfium2.PdfDocument(pdf(page, tagged=False))
    image: Any = document[0].render(scale=96 / 72).to_pil()
    target = io.BytesIO()
    image.quantize(64, FAST_OCTREE, dither=0).save(target, "png", compress_level=6)
    return target.getvalue()


def warm() -> None:
    """Load WeasyPrint, so that the first leaflet does not wait for it."""
    _weasyprint()


def _weasyprint() -> ModuleType:
    try:
        import weasyprint  # noqa: PLC0415 - half a second, for which only those who set pages should wait
    except OSError as error:
        hint = "Run scripts/build, which installs them."
        raise ToolMissing(f"WeasyPrint does not find its libraries: {error}", hint=hint) from error
    module: ModuleType = weasyprint
    _teach(module)
    return module


def _teach(weasyprint: Any) -> None:  # noqa: ANN401 - a module
    """Let WeasyPrint build the elements of its tree as `tags.spoken` says, once in every process."""
    room = weasyprint.pdf.tags
    if room._build_box_tree.__module__ != tags.__name__:  # noqa: SLF001 - there is no other way in
        room._build_box_tree = tags.spoken(room._build_box_tree, room.pydyf.String)  # noqa: SLF001 - as above


class _Notes(logging.Handler):
    """Keeps what WeasyPrint says: a warning there is a fault in the file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
