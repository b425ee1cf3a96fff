"""DOOR to WeasyPrint (and to pdfium, for pictures of pages): HTML in, pages out, nothing fetched."""

from __future__ import annotations

import io
import logging
import warnings
from typing import TYPE_CHECKING, Any

from polyleaf.errors import RenderError, ToolMissing
from polyleaf.formats import conformance, faces, fonts, lettering, tags, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from types import ModuleType

FAST_OCTREE = 2
"""Pillow's quickest way to few colours, which is all that a cover of flat surfaces needs."""

ADDRESS = "https://leaflet.invalid/"
"""What relative links are resolved against: a constant, so that no folder of a machine gets into the file."""


def pdf(page: str, *, tagged: bool = True) -> bytes:
    """Return the HTML *page* as a PDF that conforms to PDF/A-2a and PDF/UA-1; one that is not *tagged* to neither.

    Raises RenderError for what cannot be set, for letters that no named font has, and for everything that WeasyPrint
    warns of; ToolMissing when its libraries are not there.
    """
    chosen = fonts.choose(texts.of_page(page))
    named = {family for families in chosen.values() for family in families}
    weasyprint = _weasyprint()
    notes = _Notes()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(notes)
    before, logger.propagate = logger.propagate, False
    try:
        fetcher = weasyprint.URLFetcher(allowed_protocols=["data"])
        html = weasyprint.HTML(string=page, base_url=ADDRESS, url_fetcher=fetcher)
        styles = [weasyprint.CSS(string=str(fonts.paper_styles(chosen)))]
        variant = {"pdf_variant": conformance.VARIANT} if tagged else {}
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", r".*\.icc", ResourceWarning)  # WeasyPrint leaves its colour profile open
            made = html.write_pdf(stylesheets=styles, finisher=_finisher(named, tagged=tagged), **variant)
    except RenderError:
        raise
    except Exception as error:  # WeasyPrint names no class of its own for what it cannot set
        hint = "Take out of the source what is unusual, and report this if it should work."
        raise RenderError(f"WeasyPrint cannot set this leaflet: {error}", hint=hint) from error
    finally:
        logger.removeHandler(notes)
        logger.propagate = before
    if notes.lines:
        raise RenderError(f"WeasyPrint says: {'; '.join(notes.lines)}", hint="Repair what it names.")
    return bytes(made)


def _finisher(named: Collection[str], *, tagged: bool) -> Callable[[Any, Any], None]:
    """Return what WeasyPrint calls before it writes: nothing was set in a font that is not *named*."""

    def finish(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint brings no types
        for font in document.fonts.values():
            words = "".join(text for _, text in sorted(font.to_unicode.items()))
            if font.missing:
                fact = f"{font.family} has no sign for {''.join(map(chr, font.missing))!r}"
                raise RenderError(fact, hint="Write it with other signs.")
            if font.family not in named:
                fact = f"{words!r} would be set in {font.family}, which only this machine chose"
                raise RenderError(fact, hint="Write it with other signs, or name a font for it.")
        if tagged:
            tags.mend(document, pdf)
            conformance.declare(pdf, document.metadata.lang)

    return finish


def picture(page: str) -> bytes:
    """Return the first page of the HTML *page* as a PNG of 96 dots an inch."""
    import pypdfium2  # noqa: PLC0415 - only covers need it

    document = pypdfium2.PdfDocument(pdf(page, tagged=False))
    image: Any = document[0].render(scale=96 / 72).to_pil()
    target = io.BytesIO()
    image.quantize(64, FAST_OCTREE, dither=0).save(target, "png", compress_level=6)
    return target.getvalue()


def warm() -> None:
    """Load WeasyPrint and look for the fonts, so that the first leaflet does not wait for them."""
    _weasyprint()
    faces.installed()


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
    """Let WeasyPrint build its tree as `tags.spoken` says and draw words as `lettering` does, once in every process."""
    drawings = weasyprint.svg
    if drawings.text.__module__ != lettering.__name__:
        plain, drawings.text = drawings.text, lettering.in_words(drawings.text)
        drawings.TAGS.update({tag: drawings.text for tag, draw in drawings.TAGS.items() if draw is plain})
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
