"""What every output must hold, whatever its leaflet says: markup of pages and e-books, claims of PDFs.

A build writes nothing else, so `polyleaf check` does not ask it: it passes over files that somebody changed.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import css_rules
from polyleaf import languages
from polyleaf.checks.output import colours
from polyleaf.checks.output.typography import locate
from polyleaf.inspection.pdf import HEADINGS as PDF_HEADINGS
from polyleaf.inspection.text_flow import letters
from polyleaf.model import HEADINGS
from polyleaf.theme.colours import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from css_rules import Rule
    from output_documents import Ebook, Pdf, WebPage
    from polyleaf.inspection.html import HtmlDocument, Tag
    from polyleaf.inspection.pdf_text import Colour


def _language(page: WebPage) -> Iterator[str]:
    """Yield what *page* does not say, or says wrongly, of its title, its language and its direction."""
    root = page.tags[0]
    if not any(tag.words for tag in page.named("title")):
        yield "it has no title"
    if root.get("lang") != page.language:
        yield f"it says that its language is {root.get('lang')!r}, and it is in {page.language!r}"
    if root.get("dir") != page.direction:
        yield f"it says that it is read {root.get('dir')!r}, and it is read {page.direction!r}"


def _levels(page: HtmlDocument) -> Iterator[str]:
    """Yield each heading of *page* that skips a level."""
    headings = page.named(*HEADINGS)
    for before, after in pairwise(headings):
        if HEADINGS.index(after.name) > HEADINGS.index(before.name) + 1:
            yield f"line {after.line}: the heading {after.words!r} skips a level: {before.name}, then {after.name}"


def _images(page: HtmlDocument) -> Iterator[str]:
    """Yield each image of *page* without an alternative text."""
    for tag in page.named("img"):
        if "alt" not in tag.attributes:
            yield f"line {tag.line}: an image has no alternative text"


def _twice(page: HtmlDocument) -> Iterator[str]:
    """Yield each id of *page* that several elements have."""
    for name, count in Counter(page.ids).items():
        if count > 1:
            yield f"{count} elements have the id {name!r}"


LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction")
HARMLESS = frozenset(("alternate", "canonical", "author", "license", "help", "next", "prev"))
"""Kinds of `<link>` that a browser does not load."""

SEVERAL = 2
SECTIONS_WITH_CONTENTS = 3


def page_loads(page: WebPage) -> Iterator[str]:
    """A page asks for nothing: images, styles and fonts are in it. Links that a reader follows are fine.

    Bad:  <img src="https://example.org/knee.png" alt="Knee">
    Good: <img src="data:image/png;base64,..." alt="Knee">
    """
    for tag in page.tags:
        asked = [tag.get(name) for name in LOADING] + ([tag.get("href")] if _is_loaded(tag) else [])
        for address in filter(None, asked):
            if not address.startswith(("data:", "#")):
                yield f"line {tag.line}: <{tag.name}> asks for {address!r}"
    for address in page.style_sheet.loaded:
        if not address.startswith(("data:", "#")):
            yield f"a style sheet asks for {address!r}"


def _is_loaded(tag: Tag) -> bool:
    return (tag.name == "link" and not set(tag.get("rel").split()) <= HARMLESS) or tag.name in {"use", "image", "base"}


def page_script(page: WebPage) -> Iterator[str]:
    """A page runs no script.

    Bad:  <p onclick="...">
    Good: <p>
    """
    for tag in page.tags:
        runs = [name for name in tag.attributes if name.lower().startswith("on")]
        runs += ["href"] if tag.get("href").strip().lower().startswith("javascript:") else []
        if tag.name == "script" or runs:
            yield f"line {tag.line}: <{tag.name}> runs a script{''.join(f' ({name})' for name in runs)}"


def page_language(page: WebPage) -> Iterator[str]:
    """A page has a title, and says its language and in which direction that is read.

    Bad:  <html>
    Good: <html lang="ar" dir="rtl">
    """
    yield from _language(page)


def page_headings(page: WebPage) -> Iterator[str]:
    """A page has one heading of level 1, and skips no level below it.

    Bad:  <h1>, then <h3>
    Good: <h1>, then <h2>
    """
    count = len(page.named("h1"))
    if count != 1:
        yield f"it has {count} headings of level 1, and should have one"
    yield from _levels(page)


def page_landmarks(page: WebPage) -> Iterator[str]:
    """A page has one <main>, and a <nav> when it has three sections besides its notes; several have their own names.

    Bad:  two <nav> without names
    Good: <main>, and <nav aria-label="Contents">
    """
    mains, navs = page.named("main"), page.named("nav")
    if len(mains) != 1:
        yield f"it has {len(mains)} <main>, and should have one"
    headings = [tag for tag in page.named("h2") if page.within(tag, "main")]
    sections = [tag for tag in headings if not page.within(tag, classes=("footnotes",))]
    if len(sections) >= SECTIONS_WITH_CONTENTS and not navs:
        yield "it has sections and no <nav> that leads to them"
    names = [tag.get("aria-label") or tag.get("aria-labelledby") for tag in navs]
    if len(navs) >= SEVERAL and (not all(names) or len(set(names)) < len(names)):
        yield "several <nav> have the same name, or none: a voice cannot tell them apart"


def skip_link(page: WebPage) -> Iterator[str]:
    """The first link of a page leads past the head, to its text (WCAG 2.2, 2.4.1).

    Bad:  <a href="#text"> where nothing has the id "text"
    Good: <a href="#text"> and <main id="text">
    """
    first = next(iter(page.named("a")), None)
    target = first.get("href").removeprefix("#") if first and first.get("href").startswith("#") else ""
    if not target or target not in [tag.get("id") for tag in page.named("main")]:
        yield "its first link does not lead to <main>"


def image_unnamed(page: WebPage) -> Iterator[str]:
    """Every image has an alternative text, empty when it is decoration.

    Bad:  <img src="...">
    Good: <img src="..." alt="A bent knee.">
    """
    yield from _images(page)


def id_twice(page: WebPage) -> Iterator[str]:
    """No two elements have one id.

    Bad:  <p id="a"> twice
    Good: <p id="a"> and <p id="b">
    """
    yield from _twice(page)


def link_broken(page: WebPage) -> Iterator[str]:
    """Links within a page lead to something that is there.

    Bad:  <a href="#doses"> where nothing has the id "doses"
    Good: <a href="#doses"> and <h2 id="doses">
    """
    known = {"", "top", *page.ids}
    for tag in page.named("a"):
        if tag.get("href").startswith("#") and tag.get("href")[1:] not in known:
            yield f"line {tag.line}: the link {tag.words!r} leads to {tag.get('href')!r}, which is not there"


def language_links(page: WebPage) -> Iterator[str]:
    """A link to another language has its name in that language, and says which it is.

    Bad:  <a href="../ar/knee.html">Arabic</a>
    Good: <a href="../ar/knee.html" lang="ar" hreflang="ar">العربية</a>
    """
    declared = [tag.get("hreflang") for tag in page.named("link") if tag.get("rel") == "alternate"]
    links = [tag for tag in page.named("a") if tag.get("hreflang")]
    for missing in sorted(set(declared) - {tag.get("hreflang") for tag in links}):
        yield f"it is there in {missing!r}, and no link leads there"
    for tag in links:
        code = tag.get("hreflang")
        if tag.get("lang") != code:
            yield f"line {tag.line}: the link {tag.words!r} leads to {code!r} and says that it is {tag.get('lang')!r}"
        elif tag.words != languages.autonym(code.replace("-", "_")):
            name = languages.autonym(code.replace("-", "_"))
            yield f"line {tag.line}: the link to {code!r} is called {tag.words!r}, and not {name!r}"


def page_justified(page: WebPage) -> Iterator[str]:
    """Style sheets stretch no lines and break no words.

    Bad:  p { text-align: justify; hyphens: auto }
    Good: p { text-align: start; hyphens: none }
    """
    wrong = {("text-align", "justify"), ("hyphens", "auto"), ("-webkit-hyphens", "auto"), ("word-break", "break-all")}
    for rule in page.style_sheet.rules:
        for pair in sorted(wrong & {(name, value.lower()) for name, value in rule.declared.items()}):
            yield f"the style sheet says {pair[0]}: {pair[1]} for {rule.selector or 'an element'!r}"


def page_colours(page: WebPage) -> Iterator[str]:
    """A text colour and a background that stand together in a style sheet have a contrast of at least 4.5 to 1.

    Bad:  p { color: #999; background: #fff }
    Good: p { color: #333; background: #fff }
    """
    for condition in dict.fromkeys(rule.condition for rule in page.style_sheet.rules):
        for rule in page.style_sheet.rules:
            pair = _pair(page, rule, condition) if rule.condition in {"", condition} else None
            if pair and colours.ratio_of(*pair) < TEXT:
                under = f" under {condition}" if condition else ""
                yield f"{rule.selector!r}{under}: a contrast of {colours.ratio_of(*pair):.1f} to 1, less than {TEXT:g}"


def _pair(page: WebPage, rule: Rule, condition: str) -> tuple[Colour, Colour] | None:
    ground = rule.declared.get("background-color", rule.declared.get("background", ""))
    pair = [
        css_rules.colour(page.style_sheet.value(text, condition)) for text in (rule.declared.get("color", ""), ground)
    ]
    return (pair[0], pair[1]) if pair[0] and pair[1] else None


MEDIA_TYPE = b"application/epub+zip"
ABROAD = ("http:", "https:", "mailto:", "tel:")
FEATURE = "schema:accessibilityFeature"
STATED = ("schema:accessMode", FEATURE, "schema:accessibilityHazard", "schema:accessibilitySummary")


def book_container(book: Ebook) -> Iterator[str]:
    """The container begins with the file "mimetype", as it is, so that readers know it is a book (OCF 3.3, 4.3).

    Bad:  "mimetype" deflated, or after another file
    Good: "mimetype" first and stored
    """
    first = next(iter(book.files), "")
    if first != "mimetype" or book.files[first] != MEDIA_TYPE:
        yield f"it begins with {first!r}, and should begin with 'mimetype', which holds {MEDIA_TYPE.decode()!r}"
    elif first not in book.stored:
        yield "its 'mimetype' is compressed, and should be stored as it is"
    for item in book.items:
        if item.name not in book.files:
            yield f"its package lists {item.name!r}, which is not there"


def book_parts(book: Ebook) -> Iterator[str]:
    """Every part says its title, its language and its direction, and no two elements of it have one id.

    Bad:  <html> without lang in a chapter
    Good: <html lang="nl" xml:lang="nl" dir="ltr">
    """
    if book.metadata.get("language") != (book.language,):
        yield f"its package does not say that it is in {book.language!r}"
    for name, part in book.pages.items():
        yield from (f"{name}: {fact}" for fact in (*_language(part), *_twice(part)))


def book_headings(book: Ebook) -> Iterator[str]:
    """Headings skip no level, in every part.

    Bad:  <h2>, then <h4>
    Good: <h2>, then <h3>
    """
    for name, part in book.pages.items():
        yield from (f"{name}: {fact}" for fact in _levels(part))


def book_images(book: Ebook) -> Iterator[str]:
    """Every image has an alternative text, and that of the cover says what it is.

    Bad:  <img src="cover.png" alt="">
    Good: <img src="cover.png" alt="Cover of the leaflet “Knee”">
    """
    for name, part in book.pages.items():
        yield from (f"{name}: {fact}" for fact in _images(part))
        if any(_is_cover(tag) and not tag.get("alt").strip() for tag in part.named("img")):
            yield f"{name}: the cover has no alternative text"


def _is_cover(tag: Tag) -> bool:
    return "doc-cover" in tag.get("role").split() or "cover" in tag.get("epub:type").split()


def book_claims(book: Ebook) -> Iterator[str]:
    """The accessibility that a book claims is there (EPUB Accessibility 1.1, 2).

    Bad:  "alternativeText" for a book with an image that has none
    Good: "alternativeText" for a book in which every image has one
    """
    for name in STATED:
        if not any(book.metadata.get(name, ())):
            yield f"its package says nothing of {name.removeprefix('schema:')}"
    claimed = book.metadata.get(FEATURE, ())
    images = [tag for part in book.parts.values() for tag in part.named("img") if not _is_cover(tag)]
    if "alternativeText" in claimed and not all(tag.get("alt").strip() for tag in images):
        yield "it claims alternativeText, and an image has none"
    if "longDescription" in claimed and not any(part.named("details") for part in book.parts.values()):
        yield "it claims longDescription, and there is none"
    if "tableOfContents" in claimed and not _lists(book, "toc"):
        yield "it claims tableOfContents, and there is none"
    if {"pageNavigation", "pageBreakMarkers"} & set(claimed) and not _lists(book, "page-list"):
        yield "it claims pages, and has no list of them"


def book_links(book: Ebook) -> Iterator[str]:
    """Links within a book lead to something that is there, in the contents and the list of pages too.

    Bad:  <a href="part-09.xhtml#doses"> where there is no such part
    Good: <a href="part-02.xhtml#doses"> and <h2 id="doses"> in that part
    """
    for name, part in book.pages.items():
        for tag in part.named("a", "img", "link"):
            address = tag.get("href") or tag.get("src")
            if address and not address.startswith((*ABROAD, "data:")) and not _is_there(book, name, address):
                yield f"{name}: {tag.words or tag.name!r} leads to {address!r}, which is not there"


def _is_there(book: Ebook, name: str, address: str) -> bool:
    file, target_id = book.target(name, address)
    if file not in book.files:
        return False
    return not target_id or (file in book.parts and target_id in book.parts[file].ids)


def _lists(book: Ebook, kind: str) -> list[Tag]:
    navigation = book.parts.get(book.navigation)
    navs = navigation.named("nav") if navigation else []
    return [tag for tag in navs if kind in tag.get("epub:type").split()]


BOOKMARKED = ("H1", "H2")
"""Headings that a reader expects to find in the bookmarks, whatever the depth of these."""


def paper_claims(paper: Pdf) -> Iterator[str]:
    """A PDF has a title, which is shown, and a language, is tagged, and says that it is PDF/UA-1 and PDF/A-2a.

    Bad:  a PDF without a language
    Good: a PDF with the title and the language of its page
    """
    claims = paper.claims
    if not claims.title.strip():
        yield "it has no title"
    if not claims.shows_title:
        yield "a reader shows the name of the file in place of its title (ViewerPreferences)"
    if claims.language != paper.language:
        yield f"it says that its language is {claims.language!r}, and it is in {paper.language!r}"
    if not claims.marked or not paper.elements:
        yield "it is not tagged: a voice does not know what is a heading, a list or a table"
    if claims.conformance[2] != "1":
        yield "it does not say that it is PDF/UA-1"
    if claims.conformance[:2] != ("2", "A"):
        yield "it does not say that it is PDF/A-2a"


def font_embedded(paper: Pdf) -> Iterator[str]:
    """Every font is in the file, so that it looks the same everywhere (ISO 19005-2, 6.2.11.4).

    Bad:  a text in Helvetica, which the reader must have
    Good: a text in a font that the file brings
    """
    yield from (f"the font {name!r} is not in the file" for name in paper.claims.missing_fonts)


def figure_described(paper: Pdf) -> Iterator[str]:
    """Every figure in the tags has words that stand for it.

    Bad:  a figure without an alternative text
    Good: a figure with the alternative text of the source
    """
    yield from (f"page {page}: a figure has no alternative text" for page in paper.claims.undescribed)


def bookmarks(paper: Pdf) -> Iterator[str]:
    """The bookmarks are the headings: each is one, and each heading of a section is there.

    Bad:  a section "Side effects" that is not in the bookmarks
    Good: a bookmark for every section
    """
    headings = [block for block in paper.blocks if block.kind in PDF_HEADINGS]
    marked = {letters(title): title for title in paper.claims.bookmarks}
    known = {letters(block.text) for block in headings}
    listed = [block.lines[0] for block in headings if block.kind in BOOKMARKED and letters(block.text) not in marked]
    yield from (
        diagnostic.fact for diagnostic in locate((line, "this heading is not in the bookmarks") for line in listed)
    )
    for key, title in marked.items():
        if key not in known:
            yield f"the bookmark {title!r} is no heading of the text"


PAGE_CHECKS: Mapping[str, Callable[[WebPage], Iterator[str]]] = {
    "page_loads": page_loads,
    "page_script": page_script,
    "page_language": page_language,
    "page_headings": page_headings,
    "page_landmarks": page_landmarks,
    "skip_link": skip_link,
    "image_unnamed": image_unnamed,
    "id_twice": id_twice,
    "link_broken": link_broken,
    "language_links": language_links,
    "page_justified": page_justified,
    "page_colours": page_colours,
}

BOOK_CHECKS: Mapping[str, Callable[[Ebook], Iterator[str]]] = {
    "book_container": book_container,
    "book_parts": book_parts,
    "book_headings": book_headings,
    "book_images": book_images,
    "book_claims": book_claims,
    "book_links": book_links,
}

PAPER_CHECKS: Mapping[str, Callable[[Pdf], Iterator[str]]] = {
    "paper_claims": paper_claims,
    "font_embedded": font_embedded,
    "figure_described": figure_described,
    "bookmarks": bookmarks,
}
