"""DOOR to WeasyPrint (and to pdfium, for pictures of pages): HTML in, pages out, nothing fetched."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf.errors import RenderError, ToolMissing
from polyleaf.formats import breaks, conformance, embedded, tags
from polyleaf.formats.tags import letters

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
    finisher = _finish if sheets.options else _note
    with _listening(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r".*\.icc", ResourceWarning)  # WeasyPrint leaves its colour profile open
        return bytes(sheets.document.write_pdf(finisher=finisher, **sheets.options))


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


def _note(document: Any, _pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Tell with which fonts *document* was set; what WeasyPrint keeps of one by now is only a part of it."""
    from weasyprint.text.fonts import get_hb_object_data  # noqa: PLC0415 - as in `_weasyprint`

    embedded.note((get_hb_object_data(font.hb_face), font.index) for font in document.fonts.values())


def _finish(document: Any, pdf: Any) -> None:  # noqa: ANN401 - as above
    _note(document, pdf)
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
    module: ModuleType = weasyprint
    _teach(module)
    return module


def _teach(weasyprint: Any) -> None:  # noqa: ANN401 - a module
    """Let `tags` add the tags of a file, and what they need of its fonts, once in every process.

    And let it leave the date alone that a font has of its last change, where it cuts a variable font or one with
    pictures: fontTools would write the present moment into it.
    """
    room = weasyprint.pdf
    if room.add_tags.__module__ != tags.__name__:
        room.add_tags = tags.adder(room.pydyf)
        room.build_fonts_dictionary = letters.completing(room.build_fonts_dictionary, room.fonts.TTFont)
        room.fonts.TTFont = embedded.undated


class _Notes(logging.Handler):
    """Keeps what WeasyPrint says: a warning there is a fault in the file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
