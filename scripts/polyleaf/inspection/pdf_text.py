"""Text runs of a PDF, each as it was drawn in one go, and the colours behind it. Calls pdfium, for reading."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from unicodedata import bidirectional

from polyleaf.errors import RenderError
from polyleaf.quotations import shorten

Colour = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""

TEXT = 1
FORM = 5
"""The kinds of object on a page that matter here (FPDF_PAGEOBJ_TEXT and FPDF_PAGEOBJ_FORM)."""

LINE_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line that it takes for a broken word."""

BOLD = re.compile("bold|black|heavy", re.IGNORECASE)
FLAT = frozenset("vwxz\u0445")
"""Letters without rounding that end at the x-height, Latin and Cyrillic."""

HAIR = 1
"""By how many points a text may leave the page: so much a page is rounded to dots."""

SMALLEST_SHARE = 20
"""A colour behind a text counts when it is there in one of so many dots: less is the edge of a line."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text drawn in one go, and so on one line; lengths in points, from the lower left corner of the page.

    *size* is the type size on paper; *mark* the number of the marked content it is in (ISO 32000-1, 14.7.4), -1 for
    none: that is part of a drawing, or what every page repeats, such as its number. *x_height* is 0 when no letter
    shows it. *beyond*: it leaves the page. *behind* are the colours of the page under it, from its baseline up: a line
    under a text has its own colour.
    """

    page: int
    text: str
    size: float
    font: str
    colour: Colour
    behind: tuple[Colour, ...]
    box: tuple[float, float, float, float]
    baseline: float
    x_height: float
    mark: int
    beyond: bool

    @property
    def bold(self) -> bool:
        """Whether the font is a bold one, by its name."""
        return BOLD.search(self.font) is not None


def is_beyond(box: tuple[float, float, float, float], page: tuple[float, float]) -> bool:
    """Tell whether *box* leaves a page of the width and height *page*; all in points, from one of its left corners."""
    return min(box[:2]) < -HAIR or box[2] > page[0] + HAIR or box[3] > page[1] + HAIR


MOST_PAGES, LARGEST = 2_000, 5_000
"""What no leaflet has: pages, and points of an edge (A0 has 3,370)."""


def read_runs(content: bytes, location: str) -> tuple[Run, ...]:
    """Return every piece of text of the PDF *content*, in the order in which it is drawn.

    Raises RenderError when it is no PDF; *location* is the file.
    """
    import pypdfium2  # noqa: PLC0415 - only those who read PDFs should wait for it

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise RenderError(
            f"{location}: not a PDF: {shorten(str(error), 200)}", hint="Run `polyleaf build` again."
        ) from error
    try:
        sizes = [document.get_page_size(at) for at in range(min(len(document), MOST_PAGES))]
        if len(document) > MOST_PAGES or any(max(size) > LARGEST for size in sizes):
            fact = f"{location}: it has more than {MOST_PAGES} pages, or one larger than {LARGEST} points"
            raise RenderError(fact, hint="Run `polyleaf build` again.")
        return tuple(run for at in range(len(document)) for run in _of_page(document[at], at + 1))
    finally:
        document.close()


def _of_page(page: Any, number: int) -> list[Run]:  # noqa: ANN401 - pypdfium2 brings no types
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    words = page.get_textpage()
    pieces = _pieces(raw, words.raw)
    drawn = [_Drawn(raw, words.raw, handle, text, at) for handle, text, at in pieces if text.strip()]
    for item in _texts(raw, page.raw):
        raw.FPDFPageObj_SetIsActive(item, False)  # noqa: FBT003 - a function of C
    ground = page.render(scale=1, fill_color=(255, 255, 255, 255)).to_pil().convert("RGB")
    return [piece.run(number, ground) for piece in drawn]


def _pieces(raw: Any, words: Any) -> list[tuple[Any, str, list[int]]]:  # noqa: ANN401 - as above
    """Return object, text and numbers of the characters of each piece; spaces that pdfium adds are left out."""
    pieces: list[tuple[Any, list[str], list[int]]] = []
    last = None
    for at in range(raw.FPDFText_CountChars(words)):
        handle = raw.FPDFText_GetTextObject(words, at)
        address = ctypes.cast(handle, ctypes.c_void_p).value
        if not address or raw.FPDFText_IsGenerated(words, at) == 1:
            continue
        if address != last:
            pieces.append((handle, [], []))
            last = address
        pieces[-1][1].append(chr(raw.FPDFText_GetUnicode(words, at)))
        pieces[-1][2].append(at)
    return [(handle, _join_surrogates("".join(letters)), numbers) for handle, letters, numbers in pieces]


def _join_surrogates(text: str) -> str:
    """Return *text* with halves of letters beyond the first plane of Unicode put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _texts(raw: Any, page: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Yield every text object of *page*, those in drawings too."""
    waiting = [raw.FPDFPage_GetObject(page, at) for at in range(raw.FPDFPage_CountObjects(page))]
    while waiting:
        item = waiting.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == TEXT:
            yield item
        elif kind == FORM:
            waiting += [raw.FPDFFormObj_GetObject(item, at) for at in range(raw.FPDFFormObj_CountObjects(item))]


class _Drawn:
    """A text object of pdfium while its page is open."""

    def __init__(self, raw: Any, words: Any, handle: Any, text: str, at: list[int]) -> None:  # noqa: ANN401 - as above; handles that belong together
        self._raw, self._words, self._handle, self._text, self._at = raw, words, handle, text, at

    def run(self, page: int, ground: Any) -> Run:  # noqa: ANN401 - a picture of Pillow
        raw, first = self._raw, self._at[0]
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._words, first, matrix)
        font = raw.FPDFTextObj_GetFont(self._handle)
        colour, strength = self._colour()
        boxes = [self._box(at) for at in self._at]
        left, right = self._ends(boxes)
        box = (left, min(b[1] for b in boxes), right, max(b[3] for b in boxes))
        behind = _colours(ground, (box[0], min(max(matrix.f, box[1]), box[3]), box[2], box[3]))
        return Run(
            page=page,
            text=_turned(self._text, boxes),
            size=round(raw.FPDFText_GetFontSize(self._words, first) * abs(matrix.d or matrix.b), 2),
            font=self._name(font),
            colour=_mixed(colour, behind[0], strength),
            behind=behind,
            box=box,
            baseline=matrix.f,
            x_height=max(
                (b[3] - matrix.f for b, sign in zip(boxes, self._text, strict=False) if sign in FLAT), default=0
            ),
            mark=raw.FPDFPageObj_GetMarkedContentID(self._handle),
            beyond=is_beyond(box, ground.size),
        )

    def _box(self, at: int) -> tuple[float, float, float, float]:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        self._raw.FPDFText_GetCharBox(self._words, at, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def _ends(self, boxes: list[tuple[float, float, float, float]]) -> tuple[float, float]:
        """Return where the text begins and ends, with the space that its outermost letters have at their sides."""
        numbers = range(len(boxes))
        leftmost = min(numbers, key=lambda at: boxes[at][0])
        rightmost = max(numbers, key=lambda at: boxes[at][2])
        loose_boxes = []
        for number in {0, len(boxes) - 1, leftmost, rightmost}:
            loose_box = self._raw.FS_RECTF()
            self._raw.FPDFText_GetLooseCharBox(self._words, self._at[number], loose_box)
            loose_boxes.append(loose_box)
        return min(box.left for box in loose_boxes), max(box.right for box in loose_boxes)

    def _colour(self) -> tuple[Colour, float]:
        parts = [ctypes.c_uint() for _ in range(4)]
        self._raw.FPDFPageObj_GetFillColor(self._handle, *parts)
        red, green, blue, alpha = (part.value for part in parts)
        return (red, green, blue), alpha / 255

    def _name(self, font: Any) -> str:  # noqa: ANN401 - as above
        buffer = ctypes.create_string_buffer(256)
        self._raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        return buffer.value.decode("latin-1").partition("+")[2] or buffer.value.decode("latin-1")


def _turned(text: str, boxes: list[tuple[float, float, float, float]]) -> str:
    """Return *text* with the letters of each ligature in the order of reading.

    pdfium turns a line that is read from the right around letter by letter, those of one sign, such as lam-alef, too:
    they have one box. It turns words in Latin letters on a page that is read from the right as well: these stand in the
    order of reading where they are.
    """
    if len(text) != len(boxes):
        return text
    if boxes and boxes[0][0] > boxes[-1][0] and not any(bidirectional(sign) in {"R", "AL"} for sign in text):
        return "".join(sign for sign, _ in sorted(zip(text, boxes, strict=True), key=lambda pair: pair[1][0]))
    signs = [list(group) for _, group in groupby(zip(text, boxes, strict=True), key=lambda pair: pair[1])]
    words = ("".join(sign for sign, _ in group) for group in signs)
    return "".join(word[::-1] if all(bidirectional(sign) in {"R", "AL"} for sign in word) else word for word in words)


def _mixed(colour: Colour, ground: Colour, strength: float) -> Colour:
    red, green, blue = (round(a * strength + b * (1 - strength)) for a, b in zip(colour, ground, strict=True))
    return red, green, blue


def _within(number: int, most: int) -> int:
    return min(max(number, 0), most)


def _colours(ground: Any, box: tuple[float, float, float, float]) -> tuple[Colour, ...]:  # noqa: ANN401 - as above
    """Return the colours of the page within *box*, the most frequent first; shades of one colour count as one."""
    left, bottom, right, top = box
    start, upper = _within(int(left), ground.width - 1), _within(int(ground.height - top), ground.height - 1)
    end, lower = _within(int(right), ground.width), _within(int(ground.height - bottom), ground.height)
    cut = ground.crop((start, upper, max(end, start + 1), max(lower, upper + 1)))
    dots = cut.getcolors(cut.width * cut.height)
    groups: dict[Colour, list[tuple[int, Colour]]] = {}
    for count, (red, green, blue) in dots:
        groups.setdefault((red >> 4, green >> 4, blue >> 4), []).append((count, (red, green, blue)))
    sums = sorted(((sum(count for count, _ in group), max(group)[1]) for group in groups.values()), reverse=True)
    total = sum(count for count, _ in sums)
    return tuple(colour for at, (count, colour) in enumerate(sums) if not at or count * SMALLEST_SHARE >= total)
