"""Page list: a mark in the book where each page of the PDF begins (EPUB 3.3, 9.2; DPUB-ARIA, doc-pagebreak)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from polyleaf import templates
from polyleaf.formats.pdf import page_starts
from polyleaf.model import HEADINGS

if TYPE_CHECKING:
    from polyleaf.formats.pdf.page_starts import PageStart

    Element = etree._Element  # noqa: SLF001 - as lxml names its elements

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"

LABEL = "Page %(page)s."
"""The label of a mark: its number alone would run into the text, as in "take 5 iron tablets"."""

PREFIX = "polyleaf-page-"
"""What the ids of the marks begin with: no heading of an author does."""

WHOLE = frozenset(("a", "caption", "code", "details", "math", "sub", "sup", "thead", *HEADINGS))
"""What no mark may stand in: it would be read as part of a name or of a link, or nobody would see where it is."""

BARE = frozenset(("colgroup", "dl", "figure", "ol", "ruby", "table", "tbody", "tfoot", "thead", "tr", "ul"))
"""What holds only certain elements, none of which is a mark (HTML, section 4)."""

EMPTY = frozenset(("br", "col", "hr", "img", "svg"))
"""What holds no words: a mark stands before it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the PDF: its number, and the file and the id in the book where it begins."""

    label: str
    file: str
    id: str

    @property
    def href(self) -> str:
        """The target of its link in the page list."""
        return f"{self.file}#{self.id}"


def mark_pages(roots: Mapping[str, Element], starts: Iterable[PageStart], language: str) -> list[Page]:
    """Put a mark into *roots*, by file, where each of *starts* is; return the pages from the second.

    A mark says in *language* (a gettext code) which page begins. The elements below *roots*, in document order, are
    those that `pdf.lay_out` has numbered.
    """
    elements = [(name, root, element) for name, root in roots.items() for element in list(root.iter(etree.Element))[1:]]
    pages = []
    for start in starts:
        name, root, element = elements[start.element]
        page = Page(str(start.page), name, f"{PREFIX}{start.page}")
        _Position(root, element, start.letters).put(_mark(page, language))
        pages.append(page)
    return pages


def _mark(page: Page, language: str) -> Element:
    mark = etree.Element(f"{{{XHTML}}}span", {f"{{{OPS}}}type": "pagebreak", "role": "doc-pagebreak", "id": page.id})
    label = {"aria-label": templates.label(LABEL, language) % {"page": page.label}}
    for name, value in (label | templates.label_attributes(language)).items():
        mark.set(name, value)
    return mark


class _Position:
    """The position in the text under *root* after *letters* letters of the own text of *element*."""

    def __init__(self, root: Element, element: Element, letters: int) -> None:
        self._root = root
        self._element = element
        self._letters = letters

    def put(self, mark: Element) -> None:
        """Put *mark* there, or at the nearest position before it where it may stand."""
        unbroken = [element for element in self._ancestry(self._element) if _name(element) in WHOLE]
        if unbroken or _name(self._element) in EMPTY:
            self._before(self._outer([self._element, *unbroken][-1]), mark)
        else:
            self._among_words(mark)

    def _ancestry(self, element: Element) -> Iterator[Element]:
        """Yield *element* and its ancestors, the nearest first, without the root."""
        while element is not self._root:
            yield element
            element = _parent(element)

    def _among_words(self, mark: Element) -> None:
        text, at, child = self._words()
        opens = not text[:at].strip() and (child is None or (_is_first(child) and not _shows(child)))
        outer = self._opened(self._element) if opens else None
        if outer is None:
            self._into(self._element, text, at, child, mark)
        else:
            self._before(outer, mark)

    def _words(self) -> tuple[str, int, Element | None]:
        """Return the text that the position is in, the index in it, and the child that the text follows."""
        left = self._letters
        for child in (None, *self._element):
            text = str((self._element.text if child is None else child.tail) or "")
            at = _index(text, left)
            if at is not None:
                return text, at, child
            left -= page_starts.count_letters(text)
        return self._element.text or "", 0, None

    def _opened(self, element: Element) -> Element | None:
        """Return the outermost ancestor that *element* opens and a mark may stand before: a box, a list, a table."""
        chosen = None
        for ancestor in self._ancestry(element):
            parent = _parent(ancestor)
            if not _is_bare(parent) and parent is not self._root:
                chosen = ancestor
            if not _is_first(ancestor):
                break
        return chosen

    def _outer(self, element: Element) -> Element:
        """Return the nearest of *element* and its ancestors before which a mark may stand, or what that opens."""
        nearest = next(ancestor for ancestor in self._ancestry(element) if not _is_bare(_parent(ancestor)))
        opened = self._opened(nearest)
        return nearest if opened is None else opened

    def _before(self, element: Element, mark: Element) -> None:
        parent = _parent(element)
        parent.insert(parent.index(element), mark)

    def _into(self, element: Element, text: str, at: int, child: Element | None, mark: Element) -> None:
        mark.tail = text[at:]
        if child is None:
            element.text = text[:at]
            element.insert(0, mark)
        else:
            child.tail = text[:at]
            element.insert(element.index(child) + 1, mark)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - only roots have none, and they are not asked for
    return parent


def _is_bare(element: Element) -> bool:
    return _name(element) in BARE or element.get("role") == "list"


def _index(text: str, letters: int) -> int | None:
    """Return the index in *text* of the letter after *letters* letters; None where it has no more than those."""
    return next(
        islice((at for at, letter in enumerate(text) if page_starts.count_letters(letter)), letters, None), None
    )


def _is_first(element: Element) -> bool:
    """Tell whether nothing to read stands in the same element before *element*."""
    before = list(element.itersiblings(preceding=True))
    texts = [_parent(element).text, *(sibling.tail for sibling in before)]
    return not any(text and text.strip() for text in texts) and not any(map(_shows, before))


def _shows(element: Element) -> bool:
    return bool("".join(element.itertext()).strip()) or any(_name(part) in {"img", "svg"} for part in element.iter())


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
