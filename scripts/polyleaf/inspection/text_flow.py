"""Text flow of an output, from beginning to end whatever its format, and the texts in which two outputs differ."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from polyleaf.inspection import footnotes

if TYPE_CHECKING:
    from polyleaf.inspection.epub import EpubDocument
    from polyleaf.inspection.html import HtmlDocument, Passage
    from polyleaf.inspection.pdf import PdfDocument

END = re.compile("(?<=[.!?…\u061f\u06d4\u0589\u1362])\\s+|(?<=[\u3002\uff01\uff1f])")
"""Where a sentence ends; it need not be right everywhere, for it is the same in all files."""

FROM_THE_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
LEFT_TO_RIGHT = re.compile(f"[A-Za-z0-9][^{FROM_THE_RIGHT}]*[A-Za-z0-9]")
"""A telephone number, an amount, an address, or words in Latin letters."""

PART = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")

LISTED = "\0"
"""What stands for a letter of the list of contents."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its letters, and the positions of the tags around it on the page it is from.

    *turned* finds its letters where telephone numbers and addresses may have their parts in another order: so pdfium
    gives some of them in a line that is read from the right. Other pages need none. The name of a column is *mobile*:
    it stands above its column, or before each of its values.
    """

    text: str
    letters: str
    turned: re.Pattern[str] | None
    parents: tuple[int, ...]
    mobile: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """The sentences of a page or book in order, and the lines of its list of contents, which it does not tell.

    *recurring* are the letters of names of columns and of cells that span rows, which may be printed again: where a
    table goes on, and in each record of one that is too wide for a page.
    """

    sentences: tuple[Sentence, ...]
    contents: tuple[str, ...] = ()
    recurring: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and figures of a file in order; *stretches* say from which on they stand in which text and page."""

    text: str
    stretches: tuple[tuple[int, str, int], ...]

    def page(self, at: int) -> int:
        """Return the page that letter *at* is on, 0 where there are no pages."""
        return self._stretch(at)[2]

    def words(self, start: int, end: int) -> str:
        """Return the text that the letters from *start* to *end* stand in."""
        first, last = self._number(start), self._number(max(end - 1, start))
        return " ".join(text for _, text, _ in self.stretches[first : last + 1])

    def _number(self, at: int) -> int:
        return max(bisect_right(self.stretches, at, key=itemgetter(0)) - 1, 0)

    def _stretch(self, at: int) -> tuple[int, str, int]:
        return self.stretches[self._number(at)] if self.stretches else (0, "", 0)


@dataclass(frozen=True, slots=True)
class Trace:
    """A story followed through the letters of another file: from where to where each sentence stands, if it does.

    *lost*, *moved* and *added* are the first sentence that is not there, the first that stands elsewhere, and the
    first text that is there and not in the story; nothing when there is none.
    """

    spans: tuple[tuple[int, int] | None, ...]
    lost: str = ""
    moved: str = ""
    added: str = ""


def letters(text: str) -> str:
    """Return the letters and figures of *text*, small, without accents, spaces and signs."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if sign.isalnum())


def read_page_story(page: HtmlDocument, *, is_printed: bool = False) -> Story:
    """Return what *page* says, from its heading on; not its links, its list of contents and its imprint.

    When it *is_printed*, notes come after the text that refers to them, and no heading is above them.
    """
    passages = [text for text in page.passages if page.within(text, "header", "main") and not page.within(text, "nav")]
    entries = [text for text in page.passages if page.within(text, "nav") and not _is_unprinted(page, text)]
    contents = [letters(text.text) for text in entries]
    texts: footnotes.Texts = [(page, text) for text in passages]
    if is_printed:
        texts = footnotes.order_as_printed(texts)
        contents = _without_last(contents, letters(footnotes.find_heading(page)))
    return _tell(texts, contents)


def read_epub_story(book: EpubDocument) -> Story:
    """Return what *book* says in its parts when it is printed, from its title page on.

    *parents* are positions in single parts.
    """
    heading = next(filter(None, map(footnotes.find_heading, book.parts.values())), "")
    contents = _without_last(list(_listed(book)), letters(heading))
    return _tell(footnotes.order_as_printed(_passages(book)), contents)


def _tell(texts: footnotes.Texts, contents: Iterable[str]) -> Story:
    """Return the story of *texts*, with the letters of the list of its *contents*."""
    pairs = [(page, sentence) for page, text in texts for sentence in _sentences(page, text)]
    recurring = frozenset(sentence.letters for page, sentence in pairs if _may_recur(page, sentence))
    return Story(tuple(sentence for _, sentence in pairs), tuple(contents), recurring)


def _may_recur(page: HtmlDocument, sentence: Sentence) -> bool:
    """Tell whether *sentence* of *page* may be printed more than once: it is a name of a column, or spans rows."""
    return sentence.mobile or any(page.tags[at].get("rowspan") not in {"", "1"} for at in sentence.parents)


def _without_last(lines: list[str], line: str) -> list[str]:
    """Return *lines* without the last that is *line*, if one is."""
    at = next((at for at in reversed(range(len(lines))) if line and lines[at] == line), len(lines))
    return [*lines[:at], *lines[at + 1 :]]


def _listed(book: EpubDocument) -> Iterator[str]:
    """Yield the letters of the contents as a PDF has them: its heading and the sections, not what is in these.

    The first entry is the title page, which is no section.
    """
    contents = book.parts.get(book.navigation)
    entries = [text for text in contents.passages if contents.within(text, classes=("contents",))] if contents else []
    depths = [sum(contents.tags[at].name == "ol" for at in entry.parents) for entry in entries] if contents else []
    outer = [letters(entry.text) for entry, depth in zip(entries, depths, strict=True) if depth <= 1]
    yield from (*outer[:1], *outer[2:])


def read_epub_letters(book: EpubDocument) -> Letters:
    """Return the letters of *book*, from its title page on."""
    texts = ((part, passage) for part, passage in _passages(book) if not part.within(passage, classes=AGAIN))
    return _row((passage.labelled_text, 0) for _, passage in texts)


def read_pdf_letters(pdf: PdfDocument) -> Letters:
    """Return the letters of *pdf* in the order of its tags."""
    return _row((line.text, line.page) for block in pdf.blocks for line in block.lines)


def _is_unprinted(page: HtmlDocument, passage: Passage) -> bool:
    """Tell whether *passage* of a list of links is none of the contents on paper: another language, what unfolds it."""
    return page.within(passage, "summary", classes=("languages",))


REPEATED = ("state", "imprint")
"""The classes of what every part of a book says again, and of the line with its date."""


AGAIN = ("repeated",)
"""The class of the copy of a cell in a row that it spans, or in one more record."""

RECORD = ("record",)
"""The class of a table that is one row of another."""


def _passages(book: EpubDocument) -> list[tuple[HtmlDocument, Passage]]:
    parts = [book.parts[name] for name in book.spine if name in book.parts and name != book.navigation]
    return [(part, text) for part in parts for text in part.passages if not part.within(text, classes=REPEATED)]


def _sentences(page: HtmlDocument, passage: Passage) -> Iterator[Sentence]:
    """Yield the sentences of *passage* of *page*; none of a copy."""
    if page.within(passage, classes=AGAIN):
        return
    is_mobile = page.within(passage, "thead") or (page.within(passage, "th") and page.within(passage, classes=RECORD))
    for text in _split(passage):
        if kept := letters(text):
            turned = _turned(text) if page.direction == "rtl" else None
            yield Sentence(text, kept, turned, passage.parents, is_mobile)


def _split(passage: Passage) -> list[str]:
    first, *others = END.split(passage.text)
    return [replace(passage, text=first).labelled_text, *others]


def _turned(text: str) -> re.Pattern[str]:
    patterns, end = [], 0
    for match in LEFT_TO_RIGHT.finditer(text):
        parts = [letters(part) for part in PART.findall(match[0])]
        alternatives = "|".join(sorted(set(parts), reverse=True))
        patterns.append(f"{letters(text[end : match.start()])}(?:{alternatives}){{{len(parts)}}}")
        end = match.end()
    return re.compile("".join([*patterns, letters(text[end:])]))


def _row(texts: Iterable[tuple[str, int]]) -> Letters:
    stretches: list[tuple[int, str, int]] = []
    row, length = "", 0
    for text, page in texts:
        kept = letters(text)
        if kept:
            stretches.append((length, text, page))
            row += kept
            length += len(kept)
    return Letters(row, tuple(stretches))


def follow(story: Story, file: Letters) -> Trace:
    """Return where in *file* each sentence of *story* stands, and the first texts in which the two part."""
    spans: list[tuple[int, int] | None] = []
    first = {"lost": "", "moved": "", "added": ""}
    text, here = _without_contents(story, file.text), 0
    for sentence in story.sentences:
        at = _find_sentence(sentence, text, here)
        if sentence.mobile and sentence.letters in text and (at < 0 or _between(story, file, text[here:at], here)):
            spans.append(None)
            continue
        if at < 0:
            kind = "moved" if sentence.letters in text else "lost"
            first[kind] = first[kind] or sentence.text
            spans.append(None)
            continue
        first["added"] = first["added"] or _between(story, file, text[here:at], here)
        here = at + len(sentence.letters)
        spans.append((at, here))
    first["added"] = first["added"] or _between(story, file, text[here:], here)
    return Trace(tuple(spans), **first)


def _find_sentence(sentence: Sentence, text: str, here: int) -> int:
    """Return where in *text*, from *here* on, *sentence* begins; -1 when it is not there."""
    at = text.find(sentence.letters, here)
    turned = sentence.turned.finditer(text, here) if at < 0 and sentence.turned else ()
    same = Counter(sentence.letters)  # the parts in another order, each as often as it is
    return next((match.start() for match in turned if Counter(match[0]) == same), at)


def _between(story: Story, file: Letters, gap: str, start: int) -> str:
    text = gap.strip(LISTED)
    return "" if _consists_of(text, story.recurring) else file.words(start, start + len(gap))


def _consists_of(text: str, pieces: Iterable[str]) -> bool:
    """Tell whether *text* is nothing but *pieces*, one after the other."""
    ends = {0}
    for at in range(len(text)):
        if at in ends:
            ends.update(at + len(piece) for piece in pieces if text.startswith(piece, at))
    return len(text) in ends


def _without_contents(story: Story, text: str) -> str:
    """Return *text*, as long as it is, without the list of contents, in which a PDF has the numbers of pages."""
    lines = [re.escape(line) for line in story.contents]
    return re.sub(r"\d*".join(lines) + r"\d*", lambda match: LISTED * len(match[0]), text, count=1) if lines else text


@dataclass(frozen=True)
class Outputs:
    """The outputs of an edition that are there; the text of the page is the measure, else that of the e-book."""

    pdf: PdfDocument | None = None
    html: HtmlDocument | None = None
    epub: EpubDocument | None = None

    @cached_property
    def story(self) -> Story | None:
        """What the leaflet says on paper, by its page or else by its e-book."""
        if self.html:
            return read_page_story(self.html, is_printed=True)
        return read_epub_story(self.epub) if self.epub else None

    @cached_property
    def letters(self) -> Letters:
        """The letters of the PDF."""
        return read_pdf_letters(self.pdf) if self.pdf else Letters("", ())

    @cached_property
    def in_pdf(self) -> Trace | None:
        """The story followed through the PDF."""
        return follow(self.story, self.letters) if self.pdf and self.story else None

    @cached_property
    def in_epub(self) -> Trace | None:
        """The story of the page followed through the e-book."""
        return follow(read_page_story(self.html), read_epub_letters(self.epub)) if self.html and self.epub else None
