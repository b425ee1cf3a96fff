"""Structure trees built from WeasyPrint's boxes, in the order of the HTML.

Boxes are cut where a line or a page ends, and wrapped where the layout asks for it. The elements of the HTML are not:
what is painted goes to the element that it is of, wherever it stands, so that each is one in the tree.

An HTML element becomes one of the standard structure types (ISO 32000-1, 14.8.4), or several, one in the other: the
item of a list is LI and LBody, of which the last takes the content. None at all means that its content belongs to what
is around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyleaf.formats.pdf.tags import marked_content
from polyleaf.formats.pdf.tags.model import Element, LinkArea, Mark

if TYPE_CHECKING:
    from polyleaf.formats.pdf.tags.model import HtmlElement

REPEATED = frozenset(("thead", "tfoot"))
CELLS = frozenset(("th", "td"))
Box = Any
"""A box of WeasyPrint."""

Types = tuple[str, ...]

IMAGES = frozenset(("img", "{http://www.w3.org/2000/svg}svg"))
REFERENCE: Types = ("Reference", "Link")

TAGS: dict[str, Types] = {
    **dict.fromkeys(("div", "header", "footer", "aside", "details", "figure", "address", "form"), ("Div",)),
    **dict.fromkeys(("section", "nav"), ("Sect",)),
    **dict.fromkeys(("p", "summary", "pre"), ("P",)),
    **{f"h{level}": (f"H{level}",) for level in range(1, 7)},
    **dict.fromkeys(("ul", "ol", "dl"), ("L",)),
    "article": ("Art",),
    "blockquote": ("BlockQuote",),
    "li": ("LI", "LBody"),
    "dt": ("Lbl",),
    "dd": ("LBody",),
    "a": ("Link",),
    "code": ("Code",),
    "q": ("Quote",),
    "img": ("Figure",),
    "{http://www.w3.org/2000/svg}svg": ("Figure",),
    "math": ("Formula",),
    "{http://www.w3.org/1998/Math/MathML}math": ("Formula",),
    "table": ("Table",),
    "caption": ("Caption",),
    "figcaption": ("Caption",),
    "thead": ("THead",),
    "tbody": ("TBody",),
    "tfoot": ("TFoot",),
    "tr": ("TR",),
    "th": ("TH",),
    "td": ("TD",),
}

ROLES: dict[str, Types] = {
    "doc-noteref": REFERENCE,
    "doc-biblioref": REFERENCE,
    "doc-footnote": ("Note",),
    "list": ("L",),
    "listitem": ("LI",),
}
"""What an element is by its role: a citation is a reference as much as the letter of a note (14.8.4.4.1)."""

CLASSES: dict[str, Types] = {
    "csl-left-margin": ("Lbl",),
    "csl-right-inline": ("LBody", "BibEntry"),
    "footnote-label": ("Lbl",),
    "task-box": ("Span",),
}
"""What pandoc makes of a source: a number, and the source itself; the letter of a note; the named box of a task."""

SOFT_HYPHEN = "\u00ad"

CONTENTS: dict[str, Types] = {"ul": ("TOC",), "ol": ("TOC",), "li": ("TOCI",), "a": REFERENCE}
"""A list of contents (14.8.4.3.2): each entry refers to its section."""


class TreeBuilder:
    """Builds the structure tree of one file; *root* is the `html` element of its page.

    *gaps* are the marks behind which stands a space that is not painted; *sizes* has the number of marks on each page.
    """

    def __init__(self, root: HtmlElement) -> None:
        """Begin an empty tree."""
        self.document = Element("Document", root)
        self.gaps: set[Mark] = set()
        self.sizes: list[int] = []
        self._last: list[Mark] = []
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._inner = {root: self.document}
        self._outer = {root: self.document}
        self._items: dict[HtmlElement, Element] = {}
        self._pages: dict[HtmlElement, int] = {}

    def add_page(self, page: int, box: Box, marked: dict[Box, Any]) -> None:
        """Add the boxes of *page* (counted from 0); *marked* has what is painted for each, with its `mcid`."""
        self.sizes.append(len(marked))
        self._add(box, page, marked, None)

    def _add(self, box: Box, page: int, marked: dict[Box, Any], link: HtmlElement) -> None:
        if hasattr(box, "_box"):  # positioned by itself, such as the number of a page
            box = box._box  # noqa: SLF001 - there is no other way in
            self.gaps.update(self._last)
        html, name = box.element, box.element_tag
        is_head = name in REPEATED and self._pages.setdefault(html, page) != page
        if type(box).__name__ == "MarginBox" or is_head or getattr(box, "is_repeated", False):
            return  # what every page repeats is an artifact (14.8.2.2)
        if name in CELLS:
            self._element(html)
        link = self._link(box, page, link)
        if box in marked and not _is_decoration(box):
            self._add_content(box, page, marked[box]["mcid"])
        elif box in marked and hasattr(box, "text") and box.text:
            self.gaps.update(self._last)
        for child in box.children:
            self._add(child, page, marked, link)

    def _add_content(self, box: Box, page: int, number: int) -> None:
        """Add what is painted for *box* as mark *number*, and an added hyphen in an element that says so."""
        kids = self._owner(box.element, box.element_tag).kids
        if hasattr(box, "text") and marked_content.is_hyphenated(box):
            hyphen = Mark(page, self.sizes[page], None)
            self.sizes[page] += 1
            kids += (Mark(page, number, box, hyphen.mcid), Element("Span", None, [hyphen], {"ActualText": SOFT_HYPHEN}))
            self._last = [hyphen]
        else:
            self._last = [Mark(page, number, box)]
            kids.extend(self._last)

    def _link(self, box: Box, page: int, link: HtmlElement) -> HtmlElement:
        """Return the link that *box* is in; what stands inside a link is in its area already (ISO 14289-1, 7.18.5)."""
        if link is not None or box.link_annotation is None or box.element_tag != "a":
            return link
        self._element(box.element).kids.append(LinkArea(page, box.link_annotation))
        return box.element

    def _owner(self, html: HtmlElement, name: str) -> Element:
        inner = self._element(html)
        if not name.endswith("::marker") or self._outer[html].kind != "LI":
            return inner
        label = self._outer[html].children()[0]
        if label.kind != "Lbl":  # from right to left it has several boxes
            label = Element("Lbl")
            self._outer[html].kids.insert(0, label)
        return label

    def _element(self, html: HtmlElement) -> Element:
        """Return the innermost structure element of *html*, made where it is not there yet."""
        if html not in self._inner:
            parent = self._parent(html)
            elements = [Element(kind, html) for kind in _find_types(html, self._ancestors(html))]
            for element in elements:
                parent.kids.append(element)
                parent = element
            self._inner[html], self._outer[html] = parent, elements[0] if elements else parent
        return self._inner[html]

    def _ancestors(self, html: HtmlElement) -> tuple[HtmlElement, ...]:
        ancestors = []
        while html in self._parents:
            html = self._parents[html]
            ancestors.append(html)
        return tuple(ancestors)

    def _parent(self, html: HtmlElement) -> Element:
        """Return the element that *html* goes into: a term and its meaning in one item, a caption in its figure."""
        parent = self._parents[html]
        if html.tag in {"dt", "dd"} and parent.tag == "dl":
            return self._item(html, parent)
        if html.tag != "figcaption":
            return self._element(parent)
        return self._element(next((part for part in parent.iter() if part.tag in IMAGES), parent))

    def _item(self, html: HtmlElement, terms: HtmlElement) -> Element:
        first = html
        for part in list(terms)[: list(terms).index(html)][::-1]:
            if part.tag == "dd" and first.tag == "dt":
                break
            first = part
        if first not in self._items:
            self._items[first] = Element("LI")
            self._element(terms).kids.append(self._items[first])
        return self._items[first]


def _is_decoration(box: Box) -> bool:
    """Tell whether *box* says nothing: a space that is not painted, an image of a style sheet or without words."""
    if hasattr(box, "text"):
        return not box.text.strip()
    return box.element_tag not in IMAGES or box.element.get("alt") == ""


def _find_types(html: HtmlElement, ancestors: tuple[HtmlElement, ...]) -> Types:
    """Return the types of *html*, from the outside in; of its *ancestors* the nearest is the first."""
    tag, role, classes = html.tag, html.get("role", ""), html.get("class", "").split()
    if tag in CONTENTS and any(ancestor.tag == "nav" for ancestor in ancestors):
        return CONTENTS[tag]
    if tag == "div" and not role and ancestors and ancestors[0].tag == "dl":
        return ("LI",)
    if tag == "figcaption" and not any(part.tag in IMAGES for part in ancestors[0].iter()):
        return ("P",)
    of_class = next((CLASSES[name] for name in classes if name in CLASSES), ())
    types = of_class or ROLES.get(role) or TAGS.get(tag, ())
    return types or (("Span",) if html.get("lang") and tag not in {"html", "body", "main"} else ())
