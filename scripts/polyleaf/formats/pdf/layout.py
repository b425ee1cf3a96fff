"""Page layout: HTML in, pages out, nothing fetched. Calls WeasyPrint, and pdfium for pictures of pages."""

from __future__ import annotations

import contextlib
import functools
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf import raster_images
from polyleaf.errors import RenderError, ToolMissing, stop_for
from polyleaf.fonts import fallback, files, text_runs, used
from polyleaf.formats.pdf import (
    bidi,
    fitting,
    footnotes,
    layout_warnings,
    overflow,
    page_starts,
    weasyprint_patches,
    xmp,
)
from polyleaf.model import Theme
from polyleaf.quotations import quote

if TYPE_CHECKING:
    from types import ModuleType

    from polyleaf.raster_images import Bitmap

ADDRESS = "https://leaflet.invalid/"
"""What relative links are resolved against: a constant, so that no folder of a machine gets into the file."""

PDF_VARIANT = "pdf/a-2a"
"""What WeasyPrint is asked for; the claim of PDF/UA-1 is added to it (WeasyPrint can declare only one)."""

PIXEL = 72 / 96
"""A pixel of CSS in points."""

ROUNDS = 8
"""How often a leaflet is laid out again at most: a table has three more ways to be set, and breaks move."""

SHORTEN = "Write it with shorter words, split the table, or make the picture or the type smaller."

NO_PROPERTIES = xmp.Properties()
"""Those of a page that is no leaflet."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A leaflet laid out on pages that are not written yet: WeasyPrint's *document*, and where each page begins.

    *options* are those that it is written with; *families* are the fonts that may be in it, *words* those of its text;
    *properties* are what its metadata say of the leaflet, *page* is the HTML that it was made from.
    """

    document: Any
    starts: tuple[page_starts.PageStart, ...]
    options: Mapping[str, Any]
    families: frozenset[str]
    words: str
    properties: xmp.Properties = NO_PROPERTIES
    page: str = ""

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return len(self.document.pages)

    @property
    def has_page_without_text(self) -> bool:
        """Whether there is a page on which nothing of the text stands."""
        return not all(page_starts.has_text(page) for page in self.document.pages)


def render_pdf(page: str, theme: Theme, *, tagged: bool = True) -> bytes:
    """Return the HTML *page* as a PDF that conforms to PDF/A-2a and PDF/UA-1; one that is not *tagged* to neither.

    Raises RenderError for what cannot be set, for letters that no named font has, and for everything that WeasyPrint
    warns of; ToolMissing when its libraries, or names in it that are replaced, are not there.
    """
    return write_pdf(lay_out(page, theme, tagged=tagged))


def lay_out(
    page: str, theme: Theme, properties: xmp.Properties = NO_PROPERTIES, *, tagged: bool = True, fitted: bool = False
) -> PageLayout:
    """Return the HTML *page* laid out in the fonts of *theme*; raises as `render_pdf` does.

    A page that is *fitted*, and has the style sheet for it, is changed where something is too large for its pages;
    what cannot be fitted is a RenderError too.
    """
    runs = text_runs.find_in_page(page)
    chosen = fallback.choose(runs, theme)
    families = frozenset(family for fonts in chosen.values() for family in fonts) | {theme.heading}
    weasyprint = _weasyprint()
    options = {"pdf_variant": PDF_VARIANT} if tagged else {}
    with _warnings_raised(page):
        styles = [weasyprint.CSS(string=str(fallback.print_styles(chosen, theme)))]
        shared = {"stylesheets": styles, "font_config": _font_configuration()}
        document = _render(weasyprint, page, {**shared, **options}, fitted=fitted)
        starts = tuple(page_starts.find_page_starts(document))
        words = " ".join(run.words for run in runs)
        return PageLayout(document, starts, options, families, words, properties, page)


def _render(weasyprint: ModuleType, page: str, options: Mapping[str, Any], *, fitted: bool) -> Any:  # noqa: ANN401 - as above
    """Return the HTML *page* laid out, its notes at the foot of the pages as far as they fit there."""
    below: frozenset[str] = frozenset()
    while True:
        fetcher = weasyprint.URLFetcher(allowed_protocols=["data"])
        html = weasyprint.HTML(string=page, base_url=ADDRESS, url_fetcher=fetcher)
        bidi.set_direction(html.etree_element)
        footnotes.place_notes(html.etree_element, below)
        document = html.render(**options)
        for _ in range(ROUNDS if fitted else 0):
            if not fitting.fit(html.etree_element, document):
                break
            html.wrapper_element = type(html.wrapper_element).from_html_root(html.etree_element)
            document = html.render(**options)
        misplaced = footnotes.find_misplaced(document) - below
        if not misplaced:
            if fitted:
                _refuse_lost(html.etree_element, document)
            return document
        below |= misplaced


def _refuse_lost(root: Any, document: Any) -> None:  # noqa: ANN401 - as above
    """Raise RenderError for each text of the HTML *root* that cannot be read in its layout *document*."""
    errors: dict[str, RenderError] = {}
    for page, fact, text in overflow.find_lost(root, document):
        message = f"page {page}: {fact}" if page else fact
        errors.setdefault(text, RenderError(message, hint=SHORTEN, text=text))
    stop_for(tuple(errors.values()))


def write_pdf(page_layout: PageLayout) -> bytes:
    """Return *page_layout* as a PDF. Raises RenderError for everything that WeasyPrint warns of."""
    with _warnings_raised(page_layout.page), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r".*\.icc", ResourceWarning)  # WeasyPrint leaves its colour profile open
        return bytes(page_layout.document.write_pdf(finisher=_finisher(page_layout), **page_layout.options))


@contextlib.contextmanager
def _warnings_raised(page: str) -> Iterator[None]:
    """Make every failure of WeasyPrint on the HTML *page* a RenderError, and everything that it warns of too."""
    handler = _LogHandler()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    before, logger.propagate = logger.propagate, False
    try:
        yield
    except RenderError:
        raise
    except Exception as error:  # WeasyPrint names no class of its own for what it cannot set
        raise layout_warnings.make_failure(error) from error
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
    if handler.lines:
        raise layout_warnings.make_error(handler.lines, page)


def _finisher(page_layout: PageLayout) -> Callable[[Any, Any], None]:
    """Return what WeasyPrint calls before it writes: it raises RenderError for a font that is not named."""

    def finish(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint brings no types
        for font in document.fonts.values():
            if font.missing:
                signs = "".join(map(chr, font.missing))
                word = next((word for word in page_layout.words.split() if not set(signs).isdisjoint(word)), signs)
                fact = f"{font.family} has no sign for {quote(signs)}, in {quote(word)}"
                raise RenderError(fact, hint="Write it with other signs.", text=word)
            if font.family not in page_layout.families:
                words = _find_words("".join(font.to_unicode.values()), page_layout.words)
                fact = f"{quote(words)} would be set in {font.family}, which only this machine chose"
                hint = "Write it with other signs, or name a font for it."
                raise RenderError(fact, hint=hint, text=words.partition(" ")[0])
        _record_fonts(document)
        if page_layout.options:
            _declare_conformance(pdf, document.metadata.lang, page_layout.properties)

    return finish


def _declare_conformance(pdf: Any, language: str, properties: xmp.Properties) -> None:  # noqa: ANN401 - as in `_finisher`
    """Declare in the XMP metadata of *pdf* its *language* (BCP 47), its *properties* and that it conforms to PDF/UA-1.

    Images no longer ask to be smoothed, which PDF/A forbids (ISO 19005-2, 6.2.8).
    """
    objects = {item.reference: item for item in pdf.objects if item.number}
    metadata = objects[pdf.catalog["Metadata"]].stream
    metadata[0] = xmp.add_declarations(metadata[0], language, properties)
    for item in objects.values():
        getattr(item, "extra", {}).pop("Interpolate", None)


def _record_fonts(document: Any) -> None:  # noqa: ANN401 - as above
    """Record the fonts of *document* from their whole files; what WeasyPrint keeps of one by now is only a part."""
    from weasyprint.text.fonts import get_hb_object_data  # noqa: PLC0415 - as in `_weasyprint`

    used.add_programs((get_hb_object_data(font.hb_face), font.index) for font in document.fonts.values())


def _find_words(characters: str, words: str) -> str:
    """Return those of the *words* of a text that have only these *characters*; the characters, if there are none."""
    return " ".join(dict.fromkeys(word for word in words.split() if set(word) <= set(characters))) or characters


def render_png(page: str, theme: Theme) -> bytes:
    """Return the first page of the HTML *page* as a PNG of 96 dots an inch."""
    return raster_images.encode_flat(draw_pages(page, theme)[0])


def draw_pages(page: str, theme: Theme, scale: float = 1) -> list[Bitmap]:
    """Return pictures of the pages of the HTML *page*, of *scale* dots a pixel; raises as `render_pdf` does."""
    import pypdfium2  # noqa: PLC0415 - only covers and drawings need it

    with contextlib.closing(pypdfium2.PdfDocument(render_pdf(page, theme, tagged=False))) as document:
        pictures = [each.render(scale=scale / PIXEL, prefer_bgrx=True, rev_byteorder=True) for each in document]
        return [picture.to_pil().convert("RGB") for picture in pictures]  # drawn as Pillow has it: the quickest way


def measure_x_height(family: str) -> float:
    """Return the height of the letter x of the font *family*, in sizes; 0 when it is not installed or has none."""
    face = files.find_face(family)
    if not face or not face.has("x"):
        return 0
    page = f'<style>p {{ font-family: "{family}"; font-size: 100px; width: 1ex }}</style><p>x</p>'
    boxes = _weasyprint().HTML(string=page).render().pages[0]._page_box.descendants()  # noqa: SLF001 - its only measure
    return float(next(box.width for box in boxes if box.element_tag == "p")) / 100


def load_libraries() -> None:
    """Load WeasyPrint and look for the fonts, so that the first leaflet does not wait for them."""
    _weasyprint()
    files.find_installed()


def versions() -> dict[str, str]:
    """Return the versions of all that lays out pages and draws pictures of them, by the names that people know."""
    _weasyprint()
    import pypdfium2.version  # noqa: PLC0415 - as in `render_png`
    from weasyprint.text import ffi  # noqa: PLC0415 - as in `_weasyprint`

    pango = int(ffi.pango.pango_version())
    return {
        "Pango": f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}",
        "HarfBuzz": _harfbuzz(ffi.harfbuzz),
        "HarfBuzz subset": "there" if ffi.harfbuzz_subset is not None else "not there",
        "PDFium": str(pypdfium2.version.PDFIUM_INFO),
    }


def _harfbuzz(library: Any) -> str:  # noqa: ANN401 - as above
    """Return the version of HarfBuzz, which WeasyPrint lets us ask only whether it is at least another one."""
    version = [0, 0, 0]
    for at in range(len(version)):
        while library.hb_version_atleast(*version[:at], version[at] + 1, *version[at + 1 :]):
            version[at] += 1
    return ".".join(map(str, version))


@functools.cache
def _font_configuration() -> Any:  # noqa: ANN401 - as above
    """Return what WeasyPrint knows of fonts, once for a process: no page brings a font of its own."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as below

    return FontConfiguration()


def _weasyprint() -> ModuleType:
    try:
        import weasyprint  # noqa: PLC0415 - half a second, for which only those who set pages should wait
    except OSError as error:
        hint = "Run scripts/build, which installs them."
        raise ToolMissing(f"WeasyPrint does not find its libraries: {error}", hint=hint) from error
    weasyprint_patches.patch(weasyprint)
    module: ModuleType = weasyprint
    return module


class _LogHandler(logging.Handler):
    """Keeps what WeasyPrint warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
