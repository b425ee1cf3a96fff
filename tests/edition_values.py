"""Editions to render without reading a source."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from polyleaf.model import Chapter, Edition, Theme
from support import NOW

if TYPE_CHECKING:
    from polyleaf.model import Artifact


def edition(language: str = "en", direction: str = "ltr") -> Edition:
    """Return an edition with one paragraph and little else."""
    texts = dict.fromkeys(("subtitle", "description", "audience", "notice", "funding"), "")
    plain = dict.fromkeys(("version", "status", "publisher", "licence", "date", "date_iso", "review_by"), "")
    return Edition(
        leaflet="knee",
        language=language,
        direction=direction,
        title="Knee",
        **texts,
        **plain,
        keywords=(),
        contact={},
        modified=NOW,
        identifier="urn:uuid:00000000-0000-5000-8000-000000000000",
        source_language="nl",
        source_direction="ltr",
        foreign_label="(in Dutch)",
        foreign=frozenset(),
        incomplete=False,
        chapters=(Chapter(None, "<p>Bend.</p>"),),
        contents=(),
        alternates=(),
        pictures=(),
        theme=Theme(),
    )


def stream(artifact: Artifact) -> io.BytesIO:
    """Return the content of *artifact* as a file."""
    return io.BytesIO(artifact.content)
