"""DOOR to WeasyPrint (and to pdfium, for pictures of pages): HTML in, pages out, nothing fetched."""

from __future__ import annotations

import io
import logging
import warnings
from typing import TYPE_CHECKING, Any

from polyleaf.errors import RenderError, ToolMissing
from polyleaf.formats import conformance, tags

if TYPE_CHECKING:
    from types import ModuleType

FAST_OCTREE = 2
"""Pillow's quickest way to few colours, which is all that a cover of flat surfaces needs."""

ADDRESS = "https://leaflet.invalid/"
"""What relative links are resolved against: a constant, so that no folder of a machine gets into the file."""


def pdf(page: str, *, tagged: bool = True) -> bytes:
    """Return the HTML *page* as a PDF that conforms to PDF/A-2a and PDF/UA-1; one that is not *tagged* to neither.

    Raises RenderError for what cannot be set and for everything that WeasyPrint warns of, ToolMissing when
    its libraries are not there.
    """
    weasyprint = _weasyprint()
    notes = _Notes()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(notes)
    before, logger.propagate = logger.propagate, False
    try:
        fetcher = weasyprint.URLFetcher(allowed_protocols=["data"])
        html = weasyprint.HTML(string=page, base_url=ADDRESS, url_fetcher=fetcher)
        variant = {"finisher": _finish, "pdf_variant": conformance.VARIANT} if tagged else {}
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", r".*\.icc", ResourceWarning)  # WeasyPrint leaves its colour profile open
            made = html.write_pdf(**variant)
    except Exception as error:  # WeasyPrint names no class of its own for what it cannot set
        hint = "Take out of the source what is unusual, and report this if it should work."
        raise RenderError(f"WeasyPrint cannot set this leaflet: {error}", hint=hint) from error
    finally:
        logger.removeHandler(notes)
        logger.propagate = before
    if notes.lines:
        raise RenderError(f"WeasyPrint says: {'; '.join(notes.lines)}", hint="Repair what it names.")
    return bytes(made)


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


def x_height(family: str) -> float:
    """Return how high the letter x of the font *family* is, in sizes."""
    page = f'<style>p {{ font-family: "{family}"; font-size: 100px; width: 1ex }}</style><p>x</p>'
    boxes = _weasyprint().HTML(string=page).render().pages[0]._page_box.descendants()  # noqa: SLF001 - its only measure
    return float(next(box.width for box in boxes if box.element_tag == "p")) / 100


def installed(family: str) -> str:
    """Return the family that this machine sets text in where *family* is asked for: another when it is not there."""
    _weasyprint()
    from weasyprint.text.ffi import ffi, fontconfig  # noqa: PLC0415 - as WeasyPrint itself

    pattern, result, name = fontconfig.FcPatternCreate(), ffi.new("FcResult *"), ffi.new("FcChar8 **")
    fontconfig.FcPatternAddString(pattern, b"family", family.encode())
    fontconfig.FcConfigSubstitute(ffi.NULL, pattern, fontconfig.FcMatchPattern)
    fontconfig.FcDefaultSubstitute(pattern)
    found = fontconfig.FcFontMatch(ffi.NULL, pattern, result)
    names: list[str] = []
    while found != ffi.NULL and not fontconfig.FcPatternGetString(found, b"family", len(names), name):
        names.append(ffi.string(name[0]).decode())
    return family if family in names else (names or [""])[0]


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
