"""Selection of a command: what it works on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """What a command works on: leaflets, languages (gettext codes) and formats by name, all of a kind that is empty.

    *release* means only editions that may be released, *force* that they are made also when nothing has changed.
    """

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    release: bool = False
    force: bool = False


EVERYTHING = Selection()
"""All leaflets in all languages and formats, drafts too."""
