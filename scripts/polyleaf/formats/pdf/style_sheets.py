"""Style sheets of pages, parsed once in a process: all leaflets have the same, and each is laid out several times."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

SHARED = re.compile(r"@(?:import|font-face|layer)\b", re.IGNORECASE)
"""What in a style sheet belongs to one document: a file that is fetched, a font that is loaded, an order of layers."""

MOST = 32
"""How many style sheets are kept."""

LOGGER = "weasyprint"
"""The name of WeasyPrint's logger, where it says what of a style sheet it leaves out."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A style sheet, *css*, that WeasyPrint has parsed, and the rules of pages, counters and profiles that it adds."""

    css: Any
    page_rules: list[Any]
    counter_style: dict[str, Any]
    color_profiles: dict[str, Any]


def parse_once(parse: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's class of style sheets, *parse*, as a function that parses the same text once.

    A style sheet of which something is left out is parsed again, so that each document that has it is told of it.
    """
    kept: dict[tuple[object, ...], Parsed] = {}

    def make(**options: Any) -> Any:  # noqa: ANN401 - as WeasyPrint has them
        text = options.get("string")
        if text is None or SHARED.search(text):
            return parse(**options)
        key = text, options["base_url"], options["media_type"]
        parsed = kept.get(key)
        if parsed is None:
            with _listening() as warnings:
                parsed = _parse(parse, options)
            if not warnings:
                if len(kept) >= MOST:
                    kept.clear()
                kept[key] = parsed
        options["page_rules"].extend(parsed.page_rules)
        options["counter_style"].update(parsed.counter_style)
        options["color_profiles"].update(parsed.color_profiles)
        return parsed.css

    return make


def _parse(parse: Callable[..., Any], options: dict[str, Any]) -> Parsed:
    added: dict[str, Any] = {"page_rules": [], "counter_style": {}, "color_profiles": {}}
    return Parsed(parse(**{**options, **added}), **added)


@contextlib.contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    """Give the list of what WeasyPrint warns of in the block."""
    records: list[logging.LogRecord] = []

    def note(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            records.append(record)
        return True

    logger = logging.getLogger(LOGGER)
    logger.addFilter(note)
    try:
        yield records
    finally:
        logger.removeFilter(note)
