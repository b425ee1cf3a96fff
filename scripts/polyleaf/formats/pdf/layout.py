"""DOOR to WeasyPrint (and to pdfium, for pictures of pages): HTML in, pages out, nothing fetched."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf.errors import RenderError, ToolMissing
from polyleaf.fonts import fallback, files, text_runs, used
from polyleaf.formats.pdf import conformance, page_starts, weasyprint_patches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import ModuleType

    from polyleaf.model import Theme

FAST_OCTREE = 2
"""Pillow's quickest way to few colours, which is all that a cover of flat surfaces needs."""

ADDRESS = "https://leaflet.invalid/"
"""What relative links are resolved against: a constant, so that no folder of a machine gets into the file."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A leaflet laid out on pages that are not written yet, where each page begins, and the *words* on them."""

    document: Any
    starts: tuple[page_starts.Start, ...]
    options: Mapping[str, Any]
    named: frozenset[str]
    words: str


def pdf(page: str, theme: Theme, *, tagged: bool = True) -> bytes:
    """Return the HTML *page* as a PDF that conforms to PDF/A-2a and PDF/UA-1; one that is not *tagged* to neither.

    Raises RenderError for what cannot be set, for letters that no named font has, and for everything that WeasyPrint
    warns of; ToolMissing when its libraries are not there.
    """
    return written(lay_out(page, theme, tagged=tagged))


def lay_out(page: str, theme: Theme, *, tagged: bool = True) -> PageLayout:
    """Return the HTML *page* laid out in the fonts of *theme*, from which `written` makes what `pdf` returns.

    Raises as `pdf` does.
    """
    told = text_runs.of_page(page)
    chosen = fallback.choose(told, theme)
    named = frozenset(family for families in chosen.values() for family in families) | {theme.heading}
    weasyprint = _weasyprint()
    options = {"pdf_variant": conformance.VARIANT} if tagged else {}
    with _listening():
        fetcher = weasyprint.URLFetcher(allowed_protocols=["data"])
        html = weasyprint.HTML(string=page, base_url=ADDRESS, url_fetcher=fetcher)
        styles = [weasyprint.CSS(string=str(fallback.paper_styles(chosen, theme)))]
        document = html.render(stylesheets=styles, **options)
        return PageLayout(
            document, tuple(page_starts.starts(document)), options, named, " ".join(text.words for text in told)
        )


def written(sheets: PageLayout) -> bytes:
    """Return *sheets* as a PDF. Raises RenderError for everything that WeasyPrint warns of."""
    with _listening(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r".*\.icc", ResourceWarning)  # WeasyPrint leaves its colour profile open
        return bytes(sheets.document.write_pdf(finisher=_finisher(sheets), **sheets.options))


@contextlib.contextmanager
def _listening() -> Iterator[None]:
    """Make every failure of WeasyPrint an error of ours, and everything that it warns of too."""
    notes = _Notes()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(notes)
    before, logger.propagate = logger.propagate, False
    try:
        yield
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


def _note(document: Any) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Tell with which fonts *document* was set; what WeasyPrint keeps of one by now is only a part of it."""
    from weasyprint.text.fonts import get_hb_object_data  # noqa: PLC0415 - as in `_weasyprint`

    used.note((get_hb_object_data(font.hb_face), font.index) for font in document.fonts.values())


def _finisher(sheets: PageLayout) -> Callable[[Any, Any], None]:
    """Return what WeasyPrint calls before it writes: nothing was set in a font that is not named."""

    def finish(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint brings no types
        for font in document.fonts.values():
            if font.missing:
                fact = f"{font.family} has no sign for {''.join(map(chr, font.missing))!r}"
                raise RenderError(fact, hint="Write it with other signs.")
            if font.family not in sheets.named:
                words = _words(font.to_unicode.values(), sheets.words)
                fact = f"{words!r} would be set in {font.family}, which only this machine chose"
                raise RenderError(fact, hint="Write it with other signs, or name a font for it.")
        _note(document)
        if sheets.options:
            conformance.declare(pdf, document.metadata.lang)

    return finish


def _words(drawn: Iterable[str], words: str) -> str:
    """Return those of the *words* of a text that are *drawn* in a font; the signs, if they are no whole words."""
    signs = "".join(drawn)
    return " ".join(dict.fromkeys(word for word in words.split() if set(word) <= set(signs))) or signs


def picture(page: str, theme: Theme) -> bytes:
    """Return the first page of the HTML *page* as a PNG of 96 dots an inch."""
    import pypdfium2  # noqa: PLC0415 - only covers need it

    with contextlib.closing(pypdfium2.PdfDocument(pdf(page, theme, tagged=False))) as document:
        image: Any = document[0].render(scale=96 / 72).to_pil()
    target = io.BytesIO()
    image.quantize(64, FAST_OCTREE, dither=0).save(target, "png", compress_level=6)
    return target.getvalue()


def x_height(family: str) -> float:
    """Return how high the letter x of the font *family* is, in sizes; 0 when it is not installed or has none."""
    face = files.face(family)
    if not face or not face.has("x"):
        return 0
    page = f'<style>p {{ font-family: "{family}"; font-size: 100px; width: 1ex }}</style><p>x</p>'
    boxes = _weasyprint().HTML(string=page).render().pages[0]._page_box.descendants()  # noqa: SLF001 - its only measure
    return float(next(box.width for box in boxes if box.element_tag == "p")) / 100


def warm() -> None:
    """Load WeasyPrint and look for the fonts, so that the first leaflet does not wait for them."""
    _weasyprint()
    files.installed()


def versions() -> dict[str, str]:
    """Return the versions of all that lays out pages and draws pictures of them, by the names that people know."""
    _weasyprint()
    import pypdfium2.version  # noqa: PLC0415 - as in `picture`
    from PIL import features  # noqa: PLC0415 - as above
    from weasyprint.text import ffi  # noqa: PLC0415 - as in `_weasyprint`

    pango = int(ffi.pango.pango_version())
    return {
        "Pango": f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}",
        "HarfBuzz": _harfbuzz(ffi.harfbuzz),
        "HarfBuzz subset": "there" if ffi.harfbuzz_subset is not None else "not there",
        "PDFium": str(pypdfium2.version.PDFIUM_INFO),
        "zlib of Pillow": features.version("zlib") or "",
    }


def _harfbuzz(library: Any) -> str:  # noqa: ANN401 - as above
    """Return the version of HarfBuzz, which WeasyPrint lets us ask only whether it is at least another one."""
    version = [0, 0, 0]
    for place in range(len(version)):
        while library.hb_version_atleast(*version[:place], version[place] + 1, *version[place + 1 :]):
            version[place] += 1
    return ".".join(map(str, version))


def _weasyprint() -> ModuleType:
    try:
        import weasyprint  # noqa: PLC0415 - half a second, for which only those who set pages should wait
    except OSError as error:
        hint = "Run scripts/build, which installs them."
        raise ToolMissing(f"WeasyPrint does not find its libraries: {error}", hint=hint) from error
    weasyprint_patches.patch(weasyprint)
    module: ModuleType = weasyprint
    return module


class _Notes(logging.Handler):
    """Keeps what WeasyPrint says: a warning there is a fault in the file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
