"""CSS: what the style sheets of a page declare."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from polyleaf.inspection.pdf_text import Colour

VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
LONGEST = 10_000
"""No value that says something is as long; variables that name others twice grow beyond all memory."""

DEEPEST = 8
"""So many variables may stand for each other; more are a circle."""

CONDITIONS = frozenset(("media", "supports", "layer", "container", "page"))


@dataclass(frozen=True, slots=True)
class Rule:
    """What one selector gets, under a condition such as `(prefers-color-scheme: dark)`: properties and their values."""

    selector: str
    condition: str
    declared: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """All rules of a page, and the addresses that its style sheets would load."""

    rules: tuple[Rule, ...] = ()
    loaded: tuple[str, ...] = ()
    variables: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def value(self, text: str, condition: str) -> str:
        """Return *text* with its variables replaced by what they are under *condition*, or without one."""
        for _ in range(DEEPEST):
            if len(text) > LONGEST:
                return ""
            text = VARIABLE.sub(lambda match: self._known(match, condition), text)
        return text

    def _known(self, match: re.Match[str], condition: str) -> str:
        name, otherwise = match.groups()
        return self.variables.get((condition, name), self.variables.get(("", name), otherwise or ""))


def read_style_sheet(css: str, inline: tuple[str, ...] = ()) -> Stylesheet:
    """Return what the style sheet *css* and the style attributes *inline* declare."""
    import tinycss2  # noqa: PLC0415 - only those who look at pages should wait for it

    loaded: list[str] = []
    rules = [*_rules(tinycss2, tinycss2.parse_stylesheet(css, True, True), "", loaded)]  # noqa: FBT003 - its names differ
    for text in inline:
        nodes = tinycss2.parse_blocks_contents(text, True, True)  # noqa: FBT003 - as above
        rules.append(Rule("", "", dict(_declared(tinycss2, nodes, loaded))))
    variables = {
        (rule.condition, name): value
        for rule in rules
        if rule.selector == ":root"
        for name, value in rule.declared.items()
        if name.startswith("--")
    }
    return Stylesheet(tuple(rules), tuple(loaded), variables)


def colour(text: str) -> Colour | None:
    """Return the opaque colour that *text* names; None when it names none, or one that can be seen through."""
    import tinycss2.color3  # noqa: PLC0415 - as above

    named = tinycss2.color3.parse_color(text.strip())
    if named is None or isinstance(named, str) or named.alpha < 1:
        return None
    return round(named.red * 255), round(named.green * 255), round(named.blue * 255)


def _rules(css: Any, nodes: Any, condition: str, loaded: list[str]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            inner = css.parse_blocks_contents(node.content, True, True)  # noqa: FBT003 - as above
            selector = css.serialize(node.prelude).strip()
            yield Rule(selector, condition, dict(_declared(css, inner, loaded)))
            yield from _rules(css, [rule for rule in inner if rule.type == "qualified-rule"], condition, loaded)
        elif node.type == "at-rule":
            yield from _at_rule(css, node, condition, loaded)


def _at_rule(css: Any, node: Any, condition: str, loaded: list[str]) -> Iterator[Rule]:
    name, prelude = node.lower_at_keyword, css.serialize(node.prelude).strip()
    if name == "import":
        loaded.append(prelude.strip("'\""))
    elif name in CONDITIONS and node.content is not None:
        inner = css.parse_blocks_contents(node.content, True, True)  # noqa: FBT003 - as above
        yield from _rules(css, inner, f"{condition} {prelude}".strip(), loaded)
    elif node.content is not None:
        loaded.extend(_addresses(node.content))


def _declared(css: Any, nodes: Any, loaded: list[str]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.type == "declaration":
            loaded.extend(_addresses(node.value))
            yield node.name if node.name.startswith("--") else node.lower_name, css.serialize(node.value).strip()


def _addresses(nodes: Any) -> Iterator[str]:
    """Yield the addresses in the values *nodes*: `url(x)`, `url("x")`, and strings in functions that load."""
    for node in nodes:
        if node.type == "url":
            yield node.value
        elif node.type == "function" and node.lower_name in {"url", "src", "image-set", "-webkit-image-set", "image"}:
            yield from (argument.value for argument in node.arguments if argument.type in {"string", "url"})
        elif node.type in {"function", "() block", "[] block", "{} block"}:
            yield from _addresses(node.arguments if node.type == "function" else node.content)
