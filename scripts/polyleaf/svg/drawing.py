"""What a figure may be drawn with: that which WeasyPrint draws on paper as browsers draw it on a screen.

The tables follow from pictures of both, compared by `tests/test_laws_drawings.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from polyleaf.quotations import quote
from polyleaf.svg import lines, shapes, values
from polyleaf.svg.lengths import MEDIUM, written
from polyleaf.svg.nodes import LINKS, NAMESPACE, SHAPES, by_id, fault, index_ids, inherited, name, remove, target
from polyleaf.svg.shapes import MARKERS

KEPT = frozenset(
    """id lang viewBox width height x y x1 x2 y1 y2 cx cy r rx ry fx fy fr d points dx dy rotate
    transform transform-origin preserveAspectRatio offset gradientUnits gradientTransform
    clipPathUnits maskUnits maskContentUnits patternUnits patternContentUnits patternTransform
    markerUnits markerWidth markerHeight refX refY orient
    color fill fill-opacity fill-rule clip-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-dasharray stroke-dashoffset opacity display visibility overflow stop-color stop-opacity
    clip-path mask marker-start marker-mid marker-end font-size font-weight font-style text-anchor direction
    text-decoration dominant-baseline baseline-shift white-space pathLength paint-order
    data-source""".split()  # noqa: SIM905 - a list has a line for each
)
"""Attributes that are drawn alike; those that only mean something to a drawing program or a pointer are left out."""

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACED = frozenset((LANG, "{http://www.w3.org/XML/1998/namespace}space", *LINKS))

NONE = frozenset(("none", "normal", "auto", "inherit", "initial", ""))
HORIZONTAL = frozenset(("horizontal-tb", "lr", "lr-tb"))

UNDRAWN: Mapping[str, tuple[frozenset[str], str]] = {
    "filter": (NONE, "Take away the shadow or blur, or export the drawing as a PNG of 300 dpi."),
    "mix-blend-mode": (NONE, "Give what lies on top a colour of its own."),
    "writing-mode": (NONE | HORIZONTAL, "Turn the text instead: transform rotate(90)."),
    "alignment-baseline": (NONE | {"baseline", "alphabetic"}, "Place the text by its y."),
    "vector-effect": (NONE, "Set the width of the line itself."),
    "color-interpolation": (NONE | {"sRGB", "srgb"}, "Choose sRGB."),
    "mask-type": (NONE | {"luminance"}, "Draw the mask in white."),
    "scale": (NONE, "Write it as transform."),
    "translate": (NONE, "Write it as transform."),
    "clip": (NONE, "Clip with a clipPath."),
    "spreadMethod": (NONE | {"pad"}, "Write the colours that come again as stops."),
}
"""Properties that WeasyPrint does not draw: the values that change nothing, and the way out for all others."""

UNITS = re.compile(r"(?<=\d)(?:rem|ch|lh|v[hw]|vmin|vmax|q)\b|\b(?:calc|env|var|min|max|clamp|attr)\(", re.IGNORECASE)
SIZES = {"xx-small": "9", "x-small": "10", "small": "13", "medium": "16", "large": "18", "x-large": "24"}
SIZES |= {"xx-large": "32", "larger": "1.2em", "smaller": "0.83em"}
"""Sizes of words by name, in pixels, as browsers have them (CSS Fonts 4, 2.5)."""

NUMBER = re.compile(r"\d+")
MOST = 50_000
"""How many shapes may be drawn: WeasyPrint draws 2500 a second."""

REM = re.compile(r"([\d.]+)rem", re.IGNORECASE)
CSS_UNITS = re.compile(r"(?<=\d)(?:px|deg)\b", re.IGNORECASE)
TRANSFORM = re.compile(rf"(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\(\s*{values.NUMBERS}\s*\)[\s,]*)*|none")
HEAVY = {"bold": "700", "bolder": "700", "normal": "400", "lighter": "400"}
HALF_BOLD = 600
PAINT_SERVER = re.compile(r"url\(\s*['\"]?#([^'\")]*)['\"]?\s*\)")


def simplify(root: etree._Element, path: str) -> None:
    """Change what is in *root*, the figure of the file *path*, into what is drawn alike; leave out what is not shown.

    Raises SourceError where that cannot be done.
    """
    _check_extent(root, path)
    paper = str(root.get("background-color") or root.get("background") or "")
    for element in [*root.iter(etree.Element)]:
        _keep_drawn(element)
        if element is not root and _is_hidden(element):
            remove(element)
        elif name(element) in {"svg", "use"} and element is not root:
            _give_size(element)
    index_ids(root)
    shapes.give_size(root, path)
    shapes.draw_paper(root, paper)
    shapes.clip_for_masks(root)
    shapes.divide_paints(root)
    for text in [*root.iter(NAMESPACE + "text")]:
        lines.arrange(text, path)


def _check_extent(root: etree._Element, path: str) -> None:
    """Raise SourceError when *root* draws more than MOST shapes, with what each `use` and each marker shows."""
    sizes = {key: sum(1 for _ in shown.iter(etree.Element)) for key, shown in index_ids(root).items()}
    drawn = 0
    for element in root.iter(etree.Element):
        drawn += 1
        if name(element) == "use":
            drawn += sizes.get(target(element), 0)
        elif name(element) in SHAPES:
            markers = [PAINT_SERVER.match(inherited(element, key)) for key in MARKERS]
            size = sum(sizes.get(marker[1], 0) for marker in markers if marker)
            drawn += size * len(NUMBER.findall(element.get("points") or element.get("d") or "")) // 2 if size else 0
        if drawn > MOST:
            fact = f"this drawing has more than {MOST} shapes, counted as often as they are drawn"
            raise fault(path, root, fact, "Leave out what nobody sees, or export the drawing as a PNG of 300 dpi.")


def _give_size(element: etree._Element) -> None:
    """Say the size that *element* has by itself (SVG 1.1, 5.1.2 and 5.6): WeasyPrint takes another."""
    shown = by_id(element, target(element)) if name(element) == "use" else element
    if shown is not None and name(shown) in {"svg", "symbol"}:
        for key in ("width", "height"):
            element.set(key, str(element.get(key) or "100%"))


def _keep_drawn(element: etree._Element) -> None:
    for key, value in element.attrib.items():
        if (key not in KEPT and key not in NAMESPACED and key not in UNDRAWN) or not value.strip():
            del element.attrib[key]
        elif key in REWRITTEN:
            element.set(key, REWRITTEN[key](str(value).strip()))

    if name(element) == "line":
        element.set("fill", "none")  # WeasyPrint fills it, as a hairline


def _is_hidden(element: etree._Element) -> bool:
    if element.get("display") == "none":
        return True
    is_leaf = name(element) in SHAPES or name(element) in {"text", "image"}
    return is_leaf and inherited(element, "visibility") == "hidden" and 'visibility="visible"' not in _source(element)


def _source(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _weight(value: str) -> str:
    number = HEAVY.get(value.lower(), value)
    return ("700" if float(number) >= HALF_BOLD else "400") if re.fullmatch(values.NUMBER, number) else value


def _size(value: str) -> str:
    root_sizes = REM.fullmatch(value)
    return written(MEDIUM * float(root_sizes[1])) if root_sizes else SIZES.get(value.lower(), value)


def _reference(value: str) -> str:
    return "currentColor" if value.lower() == "currentcolor" else PAINT_SERVER.sub(r"url(#\1)", value)


def _dashes(value: str) -> str:
    """Return *value* with an even number of lengths: WeasyPrint counts an offset from those that stand there."""
    lengths = value.replace(",", " ").split()
    return " ".join(lengths * (1 + len(lengths) % 2)) if value != "none" else value


REWRITTEN: Mapping[str, Callable[[str], str]] = {
    "font-weight": _weight,
    "font-size": _size,
    "transform": lambda value: CSS_UNITS.sub("", value),
    "visibility": lambda value: "hidden" if value == "collapse" else value,
    "stroke-dasharray": _dashes,
    **dict.fromkeys(("fill", "stroke", "stop-color", "color"), _reference),
    **dict.fromkeys(("clip-path", "mask", "marker-start", "marker-mid", "marker-end"), _reference),
}
"""How values are written that WeasyPrint would not understand, or not as browsers do."""


def validate(root: etree._Element, path: str) -> None:
    """Raise SourceError for what would not be drawn alike in *root*, the figure of the file *path*."""
    index_ids(root)
    for element in root.iter(etree.Element):
        for fact, hint in (*_value_faults(element), *values.find_faults(element), *_faults(element)):
            raise fault(path, element, fact, hint)
        for key in UNDRAWN:
            element.attrib.pop(key, None)


def _value_faults(element: etree._Element) -> Iterator[tuple[str, str]]:
    for key, (harmless, hint) in UNDRAWN.items():
        value = str(element.get(key, ""))
        if value and value.lower() not in harmless:
            yield f"{key} {quote(value)} is not drawn on paper", hint
    for key, value in element.attrib.items():
        if key not in {"id", "d", "data-source", *NAMESPACED} and UNITS.search(value):
            yield f"the value {quote(value)} of {key} is not known on paper", "Write it in px, without a formula."


def _faults(element: etree._Element) -> Iterator[tuple[str, str]]:
    for applies, fact, hint in CHECKS:
        if applies(element):
            yield fact, hint


def _is_decorated(element: etree._Element) -> bool:
    value = str(element.get("text-decoration", "none")).lower()
    is_ours = value == "underline" and element.get(LANG) is not None
    return not is_ours and not set(value.split()) <= NONE


def _is_masked_badly(element: etree._Element) -> bool:
    mask = _referenced(element, "mask")
    return mask is not None and (name(element) not in SHAPES or mask.get("maskUnits") != "userSpaceOnUse")


def _is_clipped_badly(element: etree._Element) -> bool:
    clip = _referenced(element, "clip-path")
    if clip is None or name(clip) != "clipPath":
        return bool(
            element.get("clip-path", "none") != "none" and clip is None and "url" not in element.get("clip-path", "")
        )
    return clip.get("clipPathUnits") == "objectBoundingBox" and name(element) not in {"rect", "image"}


def _is_holed(element: etree._Element) -> bool:
    """Tell whether *element* clips with the inside of a path that has a hole."""
    around = {name(parent) for parent in element.iterancestors()}
    holes = str(element.get("d", "")).lower().count("m") > 1 or name(element) == "polygon"
    return "clipPath" in around and holes and inherited(element, "clip-rule") == "evenodd"


def _has_wrong_marker(element: etree._Element) -> bool:
    """Tell whether a marker of *element* would be turned wrongly: WeasyPrint knows where straight lines go."""
    markers = [key for key in MARKERS if _is_marked(element, key)]
    d = str(element.get("d", "")).lower()
    if not markers or name(element) not in {"path", "polygon"}:
        return False
    straight_only = markers != ["marker-end"]
    return name(element) == "polygon" or any(letter in d for letter in ("azqt" + "cs" * straight_only))


def _is_marked(element: etree._Element, key: str) -> bool:
    return inherited(element, key, "none") != "none"


def _is_marked_and_faint(element: etree._Element) -> bool:
    is_faint = any(around.get("opacity", "1") not in OPAQUE for around in (element, *element.iterancestors()))
    return is_faint and name(element) in SHAPES and any(_is_marked(element, key) for key in MARKERS)


def _refers_to_itself(element: etree._Element) -> bool:
    around = [element, *element.iterancestors()]
    return any(_referenced(element, key) in around for key in ("clip-path", "mask", *MARKERS))


def _shows_figure(element: etree._Element) -> bool:
    shown = by_id(element, target(element)) if name(element) == "use" else None
    return shown is not None and name(shown) == "svg"


def _referenced(element: etree._Element, key: str) -> etree._Element | None:
    match = PAINT_SERVER.match(str(element.get(key, "")))
    return by_id(element, match[1]) if match else None


OPAQUE = frozenset(("1", "1.0", "100%"))


def _is_turned_unknown(element: etree._Element) -> bool:
    is_root = element.getparent() is None
    return any(
        not TRANSFORM.fullmatch(str(element.get(key, "")).strip()) or (is_root and element.get(key))
        for key in ("transform", "gradientTransform", "patternTransform")
    )


CHECKS: tuple[tuple[Callable[[etree._Element], bool], str, str], ...] = (
    (_is_decorated, "a line under or through words is not drawn on paper", "Draw the line, or write the words bold."),
    (
        _is_masked_badly,
        "this mask is not drawn on paper",
        "Clip with a clipPath, or export the drawing as a PNG of 300 dpi.",
    ),
    (_is_clipped_badly, "this clipping is not drawn on paper", "Clip with a clipPath in user space."),
    (_is_holed, "a clipPath with a hole is not drawn on paper", "Divide it, or give it clip-rule nonzero."),
    (
        _has_wrong_marker,
        "a marker on this line would point elsewhere on paper",
        "Draw the arrow head as a shape (in Inkscape: Path > Stroke to Path).",
    ),
    (
        _is_marked_and_faint,
        "a marker that is transparent is not drawn on paper",
        "Give line and marker a lighter colour instead.",
    ),
    (_is_turned_unknown, "this transform is not known on paper", "Write it as matrix(), on a <g>."),
    (
        lambda element: str(element.get("d", "")).strip()[:4] == "path",
        "a path in a style sheet is not drawn on paper",
        "Write it as the attribute d.",
    ),
    (
        lambda element: name(element) == "text" and str(element.get("paint-order", "")).startswith("stroke"),
        "a line around words is drawn over them on paper",
        "Take the stroke away from the words.",
    ),
    (
        lambda element: name(element) == "tspan" and "text" not in map(name, element.iterancestors()),
        "a <tspan> that is in no <text> is not drawn",
        "Put it into a <text>.",
    ),
    (_refers_to_itself, "a marker, clipping or mask in itself is not drawn", "Take it out there."),
    (_shows_figure, "a <use> may not show an <svg>", "Show a <symbol> or a <g> instead."),
    (
        lambda element: bool(element.get("pathLength") and inherited(element, "stroke-dasharray", "none") != "none"),
        "dashes counted by pathLength are not drawn on paper",
        "Write stroke-dasharray in px.",
    ),
    (
        lambda element: (
            name(element) == "text" and any(name(parent) == "clipPath" for parent in element.iterancestors())
        ),
        "words that clip are not drawn on paper",
        "Draw the words themselves.",
    ),
)
"""What WeasyPrint draws otherwise than browsers: when, the fact, and the way out."""
