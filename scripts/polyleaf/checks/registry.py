"""The checks, by name, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polyleaf.checks.model import Check
from polyleaf.checks.output import colours, page_breaks, text, typography
from polyleaf.checks.source import localization_notes, markdown, structure
from polyleaf.checks.text import doses, readability, style
from polyleaf.checks.translation import (
    completeness,
    displacement,
    extent,
    kept_texts,
    markup,
    meaning,
    numbers,
    order,
    polarity,
    target_language,
    terminology,
)

MODULES = (
    *(structure, markdown),
    *(doses, readability, style),
    localization_notes,
    *(completeness, extent, target_language),
    *(kept_texts, markup, numbers, order, polarity, meaning, terminology, displacement),
    *(typography, colours, page_breaks, text),
)

CHECKS: Mapping[str, Check[Any]] = {
    check.name: check for module in MODULES for check in vars(module).values() if isinstance(check, Check)
}
"""Every check by its name."""
