"""Style sheets of a figure made attributes, which WeasyPrint and browsers read alike. Calls tinycss2 and cssselect2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import cssselect2
import tinycss2
from lxml import etree

from polyleaf.quotations import quote
from polyleaf.svg.nodes import NAMESPACE, fault, remove

SILENT_RULES = frozenset(("charset", "font-face", "keyframes", "-webkit-keyframes", "namespace", "page"))
"""At-rules that draw nothing on paper: fonts (words stand in those of the leaflet), movement, and notes."""

SILENT_MEDIA = re.compile(r"\bprefers-|\bhover\b|\bprint\b")
"""Queries for what is not asked of a figure, which has one look everywhere."""

SCREEN = re.compile(r"\s*+(only\s++)?(all|screen)?\s*+")

HINT = "Export the drawing with presentation attributes instead of a style sheet (Illustrator: Styling)."

SIZE = re.compile(
    r"(?P<before>.*?)(?P<size>(?<![\d.])[\d.]++(?:px|pt|pc|mm|cm|in|em|ex|rem|%)|(?:xx?-)?(?:small|large)|medium)"
    r"(?:\s*/\s*[\w.%]+)?\s+\S.*"
)
"""The shorthand `font` (CSS Fonts 4, 2.7): style and weight, size with the height of lines, and families."""

PROPERTY = re.compile(r"[a-z][a-z-]*")
WEIGHTS = re.compile(r"bold|bolder|lighter|[1-9]00")
SLOPES = re.compile(r"italic|oblique")


class Declaration(NamedTuple):
    """A property and its value."""

    name: str
    tokens: list[Any]


class Rule(NamedTuple):
    """The selectors of a rule in the element *style*, and its normal and important declarations."""

    style: etree._Element
    selectors: str
    declarations: tuple[list[Declaration], list[Declaration]]


def inline(root: etree._Element, path: str) -> None:
    """Give the elements of *root* attributes for what its style sheets and `style` say, and take those away.

    Raises SourceError for a rule that cannot be read.
    """
    styles = [*root.iter(NAMESPACE + "style")]
    rules = [rule for style in styles for rule in _rules(style, path)]
    for style in styles:
        remove(style)
    normal, important = cssselect2.Matcher(), cssselect2.Matcher()
    for at, (style, selectors, declarations) in enumerate(rules):
        try:
            compiled = cssselect2.compile_selector_list(selectors)
        except cssselect2.SelectorError as error:
            fact = f"the style sheet has a selector that is not known: {quote(selectors)}"
            raise fault(path, style, fact, HINT) from error
        for selector in compiled:
            if selector.pseudo_element is None:
                normal.add_selector(selector, (at, declarations[0]))
                important.add_selector(selector, (at, declarations[1]))
    variables: dict[str, list[Any]] = {}
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        variables |= _apply(wrapper, normal, important)
    _resolve_variables(root, variables)


def _rules(style: etree._Element, path: str) -> Iterator[Rule]:
    """Yield of each rule of *style* the style, its selectors, and its normal and important declarations."""
    if not SCREEN.fullmatch(str(style.get("media", ""))):
        return
    css = "".join(map(str, style.itertext()))
    yield from _read(style, tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), path)


def _read(style: etree._Element, rules: Iterable[Any], path: str) -> Iterator[Rule]:
    for rule in rules:
        if rule.type == "qualified-rule" and any(token.type == "{} block" for token in rule.content):
            raise fault(path, style, "the style sheet has rules in rules", HINT)
        if rule.type == "qualified-rule":
            yield Rule(style, tinycss2.serialize(rule.prelude), _declarations(rule.content))
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            query = tinycss2.serialize(rule.prelude).lower()
            if SCREEN.fullmatch(query):
                inner = tinycss2.parse_rule_list(rule.content or [], skip_comments=True, skip_whitespace=True)
                yield from _read(style, inner, path)
            elif not SILENT_MEDIA.search(query):
                raise fault(path, style, f"the style sheet has rules for some readers only: @media{query}", HINT)
        elif rule.type != "at-rule" or rule.lower_at_keyword not in SILENT_RULES:
            raise fault(path, style, f"the style sheet has a rule that cannot be read: {_shown(rule)}", HINT)


def _shown(rule: Any) -> str:  # noqa: ANN401 - tinycss2 brings no types
    return rule.message if rule.type == "error" else f"@{rule.lower_at_keyword}"


def _declarations(content: Any) -> tuple[list[Declaration], list[Declaration]]:  # noqa: ANN401 - as above
    """Return the normal and the important declarations of *content*, shorthands as what they stand for."""
    normal: list[Declaration] = []
    important: list[Declaration] = []
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            name = item.name if item.name.startswith("--") else item.lower_name
            (important if item.important else normal).extend(_longhands(name, item.value))
    return normal, important


def _longhands(name: str, tokens: list[Any]) -> Iterator[Declaration]:
    value = tinycss2.serialize(tokens).strip()
    if name == "marker":
        yield from (Declaration(f"marker-{position}", tokens) for position in ("start", "mid", "end"))
    elif name == "font" and (match := SIZE.fullmatch(value)):
        weight, slope = WEIGHTS.search(match["before"]), SLOPES.search(match["before"])
        longhands = {"font-size": match["size"], "font-weight": weight and weight[0], "font-style": slope and slope[0]}
        for key, longhand in longhands.items():
            yield Declaration(key, tinycss2.parse_component_value_list(longhand or "normal"))
    else:
        yield Declaration(name, tokens)


def _apply(wrapper: Any, normal: Any, important: Any) -> dict[str, list[Any]]:  # noqa: ANN401 - as above
    """Set the declarations for an element as its attributes, and return the variables among them."""
    element = wrapper.etree_element
    own, own_important = _declarations(str(element.attrib.pop("style", "")))
    matched, matched_important = (
        [declaration for *_, (_, declarations) in matcher.match(wrapper) for declaration in declarations]
        for matcher in (normal, important)
    )
    declarations = (*matched, *own, *matched_important, *own_important)
    for declaration in declarations:
        if PROPERTY.fullmatch(declaration.name):
            element.set(declaration.name, tinycss2.serialize(declaration.tokens).strip())
    return {name: tokens for name, tokens in declarations if name.startswith("--")}


def _resolve_variables(root: etree._Element, variables: Mapping[str, list[Any]]) -> None:
    """Put values in the place of `var()`, and the light one in that of `light-dark()` (CSS Variables 1; CSS Color 5).

    Variables count as declared for the whole figure, as drawing programs declare them; those without a value stay.
    """
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if "var(" in value or "light-dark(" in value:
                tokens = _resolved(tinycss2.parse_component_value_list(str(value)), variables)
                element.set(key, tinycss2.serialize(tokens).strip())


def _resolved(tokens: Iterable[Any], variables: Mapping[str, list[Any]], depth: int = 0) -> list[Any]:
    resolved: list[Any] = []
    for token in tokens:
        if token.type != "function" or token.lower_name not in {"var", "light-dark"} or depth > len(variables):
            resolved.append(token)
            continue
        first, second = _arguments(token.arguments)
        name = tinycss2.serialize(first).strip()
        value = first if token.lower_name == "light-dark" else variables.get(name, second)
        resolved += _resolved(value, variables, depth + 1) if value else [token]
    return resolved


def _arguments(tokens: list[Any]) -> tuple[list[Any], list[Any]]:
    comma = next((at for at, part in enumerate(tokens) if part.type == "literal" and part.value == ","), len(tokens))
    return tokens[:comma], tokens[comma + 1 :]
