"""Which structure element (ISO 32000-1, 14.8.4) an element of the page is.

An element may become several, one in the other: the item of a list is LI and LBody, of which the last takes the
content. None at all means that its content belongs to what is around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.model import HEADINGS

if TYPE_CHECKING:
    from polyleaf.formats.pdf.tags.model import Source

Kinds = tuple[str, ...]

IMAGES = frozenset(("img", "{http://www.w3.org/2000/svg}svg"))
REFERENCE: Kinds = ("Reference", "Link")

TAGS: dict[str, Kinds] = {
    **dict.fromkeys(("div", "header", "footer", "aside", "details", "figure", "address", "form"), ("Div",)),
    **dict.fromkeys(("section", "nav"), ("Sect",)),
    **dict.fromkeys(("p", "summary", "pre"), ("P",)),
    **{name: (name.upper(),) for name in HEADINGS},
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

ROLES: dict[str, Kinds] = {
    "doc-noteref": REFERENCE,
    "doc-biblioref": REFERENCE,
    "list": ("L",),
    "listitem": ("LI",),
}
"""What an element is by its role: a citation is a reference as much as the letter of a note (14.8.4.4.1)."""

CLASSES: dict[str, Kinds] = {"csl-left-margin": ("Lbl",), "csl-right-inline": ("LBody", "BibEntry")}
"""What pandoc makes of a source: a number, and the source itself."""

CONTENTS: dict[str, Kinds] = {"ul": ("TOC",), "ol": ("TOC",), "li": ("TOCI",), "a": REFERENCE}
"""A list of contents (14.8.4.3.2): each entry refers to its section."""

NOTE: Kinds = ("LI", "LBody", "Note")


def of(source: Source, above: tuple[Source, ...]) -> Kinds:
    """Return the kinds of *source*, from the outside in; *above* are the elements around it, the nearest first."""
    tag, role, styles = source.tag, source.get("role", ""), source.get("class", "").split()
    named = [CLASSES[style] for style in styles if style in CLASSES]
    if tag in CONTENTS and any(around.tag == "nav" for around in above):
        return CONTENTS[tag]
    if tag == "li" and any(around.get("role") == "doc-endnotes" for around in above[:2]):
        return NOTE
    if tag == "div" and above and above[0].tag == "dl":
        return ("LI",)
    if tag == "figcaption" and not any(part.tag in IMAGES for part in above[0].iter()):
        return ("P",)
    kinds = named[0] if named else ROLES.get(role) or TAGS.get(tag, ())
    return kinds or (("Span",) if source.get("lang") and tag not in {"html", "body", "main"} else ())
