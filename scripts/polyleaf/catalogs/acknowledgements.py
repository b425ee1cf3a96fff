"""What people have said about one entry, kept in its translator comment: that a finding is right all the same."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

LINE = re.compile(
    r"^polyleaf: ok (?P<check>[a-z_]+) (?P<digest>[0-9a-f]{16}) "
    r"(?P<date>\d{4}-\d\d-\d\d) (?P<name>[^:\n]+): (?P<reason>.+)$",
    re.MULTILINE,
)
"""One line: what stands below it in a comment is other people's."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A person, *name*, looked at what *check* finds in one entry on *date* (ISO 8601) and says why it is right.

    *digest* is that of the texts that were looked at: for other texts it says nothing.
    """

    check: str
    digest: str
    date: str
    name: str
    reason: str

    def __str__(self) -> str:
        """Return the line of the translator comment."""
        return f"polyleaf: ok {self.check} {self.digest} {self.date} {self.name}: {self.reason}"


def digest(context: str, message: str, translation: str) -> str:
    """Return what a person looked at as 16 hexadecimal digits, the start of a SHA-256 (FIPS 180-4)."""
    return hashlib.sha256(f"{context}\0{message}\0{translation}".encode()).hexdigest()[:16]


def read(comment: str) -> tuple[Acknowledgement, ...]:
    """Return the acknowledgements in a translator *comment*; other lines are for people."""
    rows = [found.groupdict() for found in LINE.finditer(comment)]
    return tuple(Acknowledgement(**{key: " ".join(text.split()) for key, text in row.items()}) for row in rows)


def written(comment: str, made: Acknowledgement) -> str:
    """Return the translator *comment* with *made* in it, in the place of what was said of the same check before."""
    kept = LINE.sub(lambda found: "" if found["check"] == made.check else found.group(), comment)
    return "\n".join([*(line for line in kept.split("\n") if line.strip()), str(made)])
