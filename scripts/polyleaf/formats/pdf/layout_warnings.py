"""Warnings of WeasyPrint as errors: what each that a leaflet can cause means, and the way out."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from polyleaf.errors import KnownWarning, RenderError
from polyleaf.quotations import pluralize, quote

EXPORT = "Open it in the program that it was made with, and export it again, as plain SVG."
SAVE = "Open it in a program for pictures, and save it anew as PNG or JPEG."
REPORT = "Take out of the leaflet what is unusual; report this if it should work."


KNOWN = (
    KnownWarning(
        re.compile(r"Failed to load image at '(?P<address>[^']*)'"), "the picture {address} cannot be read", SAVE
    ),
    KnownWarning(
        re.compile(r"Failed to render SVG image (?P<address>\S*)"), "the drawing {address} cannot be drawn", EXPORT
    ),
    KnownWarning(
        re.compile("Failed to apply CSS rule in SVG rule|Missing .* descriptor in '@font-face' rule"),
        "a drawing has a style sheet that cannot be read",
        EXPORT,
    ),
    KnownWarning(
        re.compile(r"Anchor defined twice: '(?P<name>.*)'"),
        "the id {name} is there twice",
        "Give each its own id: {#another}.",
    ),
    KnownWarning(
        re.compile(r"This row has more columns than the table, ignored (?P<count>\d+) cells"),
        "a row of a table has more cells than the table has columns: {count} would be lost",
        "Give every row of the table the same number of cells.",
    ),
)
"""What WeasyPrint logs, or `figure_words`, that a source can cause. All else comes of the theme, or of WeasyPrint.

A group `address` is the address of an image: the fact has in its place the alternative text of that image.
"""


def make_error(lines: Sequence[str], page: str) -> RenderError:
    """Return one error for the *lines* that WeasyPrint logged while it set the HTML *page*, each said once."""
    errors = list(dict.fromkeys(_explain(line, page) for line in lines))
    facts = "; ".join(dict.fromkeys(fact for fact, _, _ in errors))
    hints = " ".join(dict.fromkeys(hint for _, hint, _ in errors))
    return RenderError(facts, hint=hints, text=next((text for _, _, text in errors if text), ""))


def make_failure(error: Exception) -> RenderError:
    """Return the error for *error*, with which WeasyPrint gave up."""
    if isinstance(error, RecursionError):
        return RenderError("lists, boxes or tables stand too deep inside one another", hint="Take some of them apart.")
    return RenderError(f"WeasyPrint cannot set this leaflet: {quote(str(error), 200)}", hint=REPORT)


def _explain(line: str, page: str) -> tuple[str, str, str]:
    """Return the fact, the way out, and words of the leaflet by which the cause is found."""
    for known in KNOWN:
        match = known.regex.match(line)
        if match:
            text = _find_alternative_text(match["address"], page) if "address" in match.groupdict() else ""
            return known.fact.format(**_describe(match.groupdict(), text)), known.hint, text
    return f"WeasyPrint says: {quote(line, 200)}", REPORT, ""


def _describe(groups: dict[str, str], text: str) -> dict[str, str]:
    described = {key: quote(value) for key, value in groups.items()}
    if "address" in groups:
        described["address"] = quote(text) if text else "without alternative text"
    if "count" in groups:
        described["count"] = pluralize(int(groups["count"]), "cell")
    return described


def _find_alternative_text(address: str, page: str) -> str:
    """Return the alternative text of the first image in *page* with this *address*; empty when it has none."""
    at = page.find(address) if address else -1
    start, end = page.rfind("<", 0, max(at, 0)), page.find(">", at + len(address))
    match = re.search(r'\salt="([^"]*)"', page[start:end]) if at >= 0 else None
    return html.unescape(match[1]) if match else ""
