"""Standard structure types (ISO 32000-1, 14.8.4) of HTML elements.

An element may become several, one in the other: the item of a list is LI and LBody, of which the last takes the
content. None at all means that its content belongs to what is around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyleaf.formats.pdf.tags.model import HtmlElement

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
    "list": ("L",),
    "listitem": ("LI",),
}
"""What an element is by its role: a citation is a reference as much as the letter of a note (14.8.4.4.1)."""

CLASSES: dict[str, Types] = {"csl-left-margin": ("Lbl",), "csl-right-inline": ("LBody", "BibEntry")}
"""What pandoc makes of a source: a number, and the source itself."""

CONTENTS: dict[str, Types] = {"ul": ("TOC",), "ol": ("TOC",), "li": ("TOCI",), "a": REFERENCE}
"""A list of contents (14.8.4.3.2): each entry refers to its section."""

NOTE: Types = ("LI", "LBody", "Note")


def find_types(html: HtmlElement, ancestors: tuple[HtmlElement, ...]) -> Types:
    """Return the types of *html*, from the outside in; of its *ancestors* the nearest is the first."""
    tag, role, classes = html.tag, html.get("role", ""), html.get("class", "").split()
    if tag in CONTENTS and any(ancestor.tag == "nav" for ancestor in ancestors):
        return CONTENTS[tag]
    if tag == "li" and any(ancestor.get("role") == "doc-endnotes" for ancestor in ancestors[:2]):
        return NOTE
    if tag == "div" and ancestors and ancestors[0].tag == "dl":
        return ("LI",)
    if tag == "figcaption" and not any(part.tag in IMAGES for part in ancestors[0].iter()):
        return ("P",)
    of_class = next((CLASSES[name] for name in classes if name in CLASSES), ())
    types = of_class or ROLES.get(role) or TAGS.get(tag, ())
    return types or (("Span",) if html.get("lang") and tag not in {"html", "body", "main"} else ())
