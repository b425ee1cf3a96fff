"""The values of all stages, from Manuscript to Artifact: frozen, made once and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from polyleaf.quotations import quote_whole

Node = dict[str, Any]
"""One element of pandoc's tree in its JSON form: `{"t": name, "c": content}`; never changed in place."""

Nodes = list[Node]
"""Inlines or blocks, one after the other."""

SECTION = 2
"""The level of the heading of a section; the title of a leaflet has level 1."""

NOTES = "notes"
"""The id of the heading above the notes, which stand at the foot of pages on paper."""

FEWEST_SECTIONS = 3
"""So many lines make a list of contents; with fewer, the text itself is seen sooner."""

HEADINGS = tuple(f"h{level}" for level in range(1, 7))
"""The elements of headings in HTML, by level."""

LONGEST_MESSAGE = 30_000
"""How many characters a text of a catalogue may have: three times what a paragraph may, for marks and backslashes."""

UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""When a text was changed that does not say so: the same on every machine, and the earliest that a zip can hold."""


class Severity(StrEnum):
    """How bad a finding is: an error stops a build, a warning asks a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Location:
    """What a person can open: a file of the project, or the code of a language, and the line in it, from 1."""

    path: str
    line: int | None = None

    @classmethod
    def parse(cls, text: str) -> Location:
        """Return the location that *text* such as `source/x.md:12` names; without a number at its end, a whole file."""
        path, _, line = text.rpartition(":")
        return cls(path, int(line)) if path and line.isascii() and line.isdigit() else cls(text)

    def __str__(self) -> str:
        """Return it as people read it: `source/x.md:12`."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The statement of a person, *name*, dated *date* (ISO 8601), why what *check* finds in an entry is right.

    *digest* is that of the texts of the entry at that time; for other texts the acknowledgement does not hold.
    """

    check: str
    digest: str
    date: str
    name: str
    reason: str

    def __str__(self) -> str:
        """Return the line of the translator comment."""
        return f"polyleaf: ok {self.check} {self.digest} {self.date} {self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A *fact* that a check, or a command, found at a *location*; *hint* is the way out, empty when there is none.

    *quote* and *translation_quote* are the first words of the message and the translation that it is about, or all of
    them where the rest has a number, a limit or a negation. A finding that a person may acknowledge has its *unit*
    and *translation* (None: there is no entry), and the acknowledgement where there is one.
    """

    check: str
    location: Location
    fact: str
    severity: Severity
    hint: str = ""
    quote: str = ""
    translation_quote: str = ""
    unit: Unit | None = field(default=None, compare=False)
    translation: str | None = field(default=None, compare=False)
    acknowledged: Acknowledgement | None = None

    @property
    def message(self) -> str:
        """The fact, after the quote, with that of the translation at its end."""
        fact = f"{quote_whole(self.quote)} {self.fact}" if self.quote else self.fact
        return f"{fact}; the translation is {quote_whole(self.translation_quote)}" if self.translation_quote else fact

    @property
    def in_safety(self) -> bool:
        """Whether it is about a unit of the safety class."""
        return self.unit is not None and self.unit.safety


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A source as its author left it: where it is (from the project's folder) and its bytes."""

    path: PurePosixPath
    content: bytes

    @property
    def leaflet(self) -> str:
        """The name of the leaflet, which is the file's name without its suffix."""
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a leaflet: its path as the manuscript names it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who hands the leaflets out: its *name*, and under `email`, `phone`, `url` and `address` how to reach it."""

    name: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)

    def front_matter_for(self, plain: Mapping[str, str]) -> dict[str, str]:
        """Return what a leaflet with the front matter *plain* prints of it: `publisher`, `contact.phone` and so on.

        That is what the leaflet does not say itself; nothing when it names another publisher.
        """
        if plain.get("publisher", self.name) != self.name:
            return {}
        every = {"publisher": self.name, **{f"contact.{key}": value for key, value in self.contact.items()}}
        return {key: value for key, value in every.items() if value and key not in plain}


@dataclass(frozen=True, slots=True)
class Theme:
    """The look of a project: what differs from the default, and the organisation.

    *colours* and *dark* hold `#rrggbb` by the names of `theme.colours.KEYS`. *text* and *heading* are families of
    fonts, the default ones when they are empty; *scripts* has those of single languages, by gettext code. *size* is
    that of running text on paper in points, *leading* the height of its lines in sizes. *logo* stands for the
    organisation's name. *content* is the file it was read from, empty for the default look.
    """

    colours: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    heading: str = ""
    scripts: Mapping[str, str] = field(default_factory=dict)
    size: float = 12
    leading: float = 1.4
    logo: Picture | None = None
    organisation: Organisation = field(default_factory=Organisation)
    content: bytes = b""

    @property
    def parts(self) -> tuple[bytes, ...]:
        """All bytes of the theme that an output is made of: when they change, so does the output."""
        return (self.content, *((self.logo.name.encode(), self.logo.content) if self.logo else ()))


DEFAULT_THEME = Theme()
"""The look of a project that sets none."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML block on top of a manuscript: plain values, translatable texts as inlines, lines.

    *plain* maps `version`, `date` ... and `contact.email` to their text; *texts* maps `title`, `subtitle` ...
    and `keywords.0` to inlines of pandoc's tree; *lines* maps every key to its line in the file.
    """

    plain: Mapping[str, str]
    texts: Mapping[str, Nodes]
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Document:
    """A leaflet in one language as a tree: a source that was read, or its translation."""

    leaflet: str
    path: PurePosixPath
    language: str
    front: FrontMatter
    blocks: Nodes
    text: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One translatable message of a document, and its location.

    *marks* maps the names of the opaque marks in *message* (`fn1`, `cite1`, and letters for what wraps a
    text) to the nodes of the tree that they stand for; *legend* says it for people. *location* is `file:line`.
    *comments* are what the author tells translators.
    """

    index: int
    message: str
    context: str
    kind: str
    section: str
    location: str
    safety: bool = False
    marks: Mapping[str, Node] = field(default_factory=dict)
    legend: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue finds the entry by: context and message."""
        return self.context, self.message


@dataclass(frozen=True, slots=True)
class Localized:
    """A document in the language of an edition, and the units that are still in the source language.

    *texts* holds the inlines of every text that is in the language of the edition, by the index of its unit;
    *source_title* is the title in the language of the source, empty where that is the language of the edition.
    *modified* is when it last changed, in UTC; *origin* are the project's files it was made from, with their SHA-256.
    """

    document: Document
    missing: tuple[Unit, ...] = ()
    texts: Mapping[int, Nodes] = field(default_factory=dict)
    source_title: Nodes = field(default_factory=list)
    modified: datetime = UNDATED
    origin: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents list: the heading's id, its text and its level (2 is a section).

    *language* is the tag of the text where that is not the language of the edition, else empty; *label* says in words
    that the text is not translated, `(in Dutch)`.
    """

    id: str
    text: str
    level: int
    language: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same leaflet in another language: BCP 47 tag, autonym, link from this edition's page, `ltr` or `rtl`."""

    language: str
    autonym: str
    href: str
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of an edition as HTML; *heading* is None for what stands before the first heading."""

    heading: Heading | None
    html: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One leaflet in one language, ready to be set in any format.

    All texts are plain and in the language of the edition, but for those named in *foreign*, which are still
    in *source_language*: *foreign_label* stands before those, `(in Dutch)`. *chapters* is HTML in which images
    stand under their names in *pictures*. Dates ending in `_iso` are ISO 8601, the others are written for people.
    *modified* is in UTC. *source_description* says of a translation in *source_language* what it is, for those who
    hand it out: its language, title and version. All versions of a leaflet in a language have one *identifier*.
    """

    leaflet: str
    language: str
    direction: str
    title: str
    subtitle: str
    description: str
    audience: str
    notice: str
    funding: str
    keywords: tuple[str, ...]
    version: str
    status: str
    publisher: str
    licence: str
    contact: Mapping[str, str]
    date: str
    date_iso: str
    review_by: str
    modified: datetime
    identifier: str
    source_language: str
    source_direction: str
    foreign_label: str
    foreign: frozenset[str]
    incomplete: bool
    chapters: tuple[Chapter, ...]
    contents: tuple[Heading, ...]
    alternates: tuple[Alternate, ...]
    pictures: tuple[Picture, ...]
    source_description: str = ""
    theme: Theme = field(default_factory=Theme)

    @property
    def sections(self) -> tuple[Heading, ...]:
        """The lines of the list of contents on the page and on paper, none where they are too few to need one."""
        sections = tuple(heading for heading in self.contents if heading.level == SECTION)
        of_text = [heading for heading in sections if heading.id != NOTES]
        return sections if len(of_text) >= FEWEST_SECTIONS else ()


@dataclass(frozen=True, slots=True)
class Font:
    """A font that an output uses: its full name and version (name table 4 and 5), and the SHA-256 of its file."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file that is not written yet; *path* is relative to the build folder, *fonts* made its pages."""

    path: PurePosixPath
    content: bytes
    fonts: tuple[Font, ...] = ()
