"""Questions about an e-book: its container, its parts, and whether what its package says is true (EPUB 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.checks.output import documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.inspection.epub import EpubDocument
    from polyleaf.inspection.html import HtmlDocument, Tag

MEDIA_TYPE = b"application/epub+zip"
ABROAD = ("http:", "https:", "mailto:", "tel:")
FEATURE = "schema:accessibilityFeature"
STATED = ("schema:accessMode", FEATURE, "schema:accessibilityHazard", "schema:accessibilitySummary")


def book_container(book: EpubDocument) -> Iterator[str]:
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


def book_parts(book: EpubDocument) -> Iterator[str]:
    """Every part says its title, its language and its direction, and no two elements of it have one id.

    Bad:  <html> without lang in a chapter
    Good: <html lang="nl" xml:lang="nl" dir="ltr">
    """
    if book.metadata.get("language") != (book.language,):
        yield f"its package does not say that it is in {book.language!r}"
    for name, part in book.parts.items():
        yield from (f"{name}: {fact}" for fact in (*documents.language(part), *documents.twice(part)))


def book_headings(book: EpubDocument) -> Iterator[str]:
    """Headings skip no level, in every part.

    Bad:  <h2>, then <h4>
    Good: <h2>, then <h3>
    """
    for name, part in book.parts.items():
        yield from (f"{name}: {fact}" for fact in documents.levels(part))


def book_images(book: EpubDocument) -> Iterator[str]:
    """Every image has an alternative text, and that of the cover says what it is.

    Bad:  <img src="cover.png" alt="">
    Good: <img src="cover.png" alt="Cover of the leaflet “Knee”">
    """
    for name, part in book.parts.items():
        yield from (f"{name}: {fact}" for fact in documents.images(part))
        if any(_is_cover(tag) and not tag.get("alt").strip() for tag in part.named("img")):
            yield f"{name}: the cover has no alternative text"


def _is_cover(tag: Tag) -> bool:
    return "doc-cover" in tag.get("role").split() or "cover" in tag.get("epub:type").split()


def book_claims(book: EpubDocument) -> Iterator[str]:
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


def book_links(book: EpubDocument) -> Iterator[str]:
    """Links within a book lead to something that is there, in the contents and the list of pages too.

    Bad:  <a href="part-09.xhtml#doses"> where there is no such part
    Good: <a href="part-02.xhtml#doses"> and <h2 id="doses"> in that part
    """
    for name, part in book.parts.items():
        for tag in part.named("a", "img", "link"):
            address = tag.get("href") or tag.get("src")
            if address and not address.startswith((*ABROAD, "data:")) and not _is_there(book, name, address):
                yield f"{name}: {tag.words or tag.name!r} leads to {address!r}, which is not there"


def _is_there(book: EpubDocument, name: str, address: str) -> bool:
    file, place = book.target(name, address)
    if file not in book.files:
        return False
    return not place or (file in book.parts and place in book.parts[file].ids)


def _lists(book: EpubDocument, kind: str) -> list[Tag]:
    navigation: HtmlDocument | None = book.parts.get(book.navigation)
    found = navigation.named("nav") if navigation else []
    return [tag for tag in found if kind in tag.get("epub:type").split()]
