"""Acknowledgements of findings: lines in the translator comment of an entry that say why a finding is acceptable."""

from __future__ import annotations

import hashlib
import re

from polyleaf.model import Acknowledgement

LINE = re.compile(
    r"^polyleaf: ok (?P<check>[a-z_]+) (?P<digest>[0-9a-f]{16}) "
    r"(?P<date>\d{4}-\d\d-\d\d) (?P<name>[^:\n]+): (?P<reason>.+)$",
    re.MULTILINE,
)
"""One acknowledgement; the other lines of a comment are not ours."""


def digest(context: str, message: str, translation: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 (FIPS 180-4) of the texts of an entry."""
    return hashlib.sha256(f"{context}\0{message}\0{translation}".encode()).hexdigest()[:16]


def read(comment: str) -> tuple[Acknowledgement, ...]:
    """Return the acknowledgements in a translator *comment*, with runs of spaces in their parts made one space."""
    rows = [match.groupdict() for match in LINE.finditer(comment)]
    return tuple(Acknowledgement(**{key: " ".join(text.split()) for key, text in row.items()}) for row in rows)


def add(comment: str, acknowledgement: Acknowledgement) -> str:
    """Return the translator *comment* with *acknowledgement* in it, in place of earlier ones of the same check."""
    kept = LINE.sub(lambda match: "" if match["check"] == acknowledgement.check else match.group(), comment)
    return "\n".join([*(line for line in kept.split("\n") if line.strip()), str(acknowledgement)])
