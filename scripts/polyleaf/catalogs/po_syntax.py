r"""Syntax of PO files that msgcat accepts: text scanned into messages with their lines, and entries written as text.

polib's parser does not read msgcat's own output right: it needs the header first, drops the blank lines of `#.`, takes
`msgstr[10]` for `msgstr[1]` and `\a` for two characters, and has no lines of a file whose strings stand otherwise.
The grammar is that of gettext's po-lex.c and po-gram-gen.y; what is in it is for msgcat to say, not for this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

TOKEN = re.compile(
    r"""(?P<end>\n)
    | (?P<join>\\\n)
    | (?P<string>"(?:[^"\\\n]|\\.|\\\n)*")
    | (?P<marker>\#~\|?|\#\|)
    | (?P<comment>\#(?:\\\n|[^\n])*)
    | (?P<keyword>[a-z_]+)
    | \[ \s* (?P<index>\d+) \s* \]""",
    re.VERBOSE,
)
"""A token of a PO file. A backslash before the end of a line joins it with the next, in a comment as well."""

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "a": "\a", '"': '"', "\\": "\\"}
ESCAPED = re.compile(r"\\(.)")
ESCAPING = str.maketrans({character: f"\\{letter}" for letter, character in ESCAPES.items()})
NUMERIC = re.compile(r"\\(?:x(?P<hexadecimal>[0-9A-Fa-f]+)|(?P<octal>[0-7]{1,3})|.)")
FLAG_MARKS = (",", "!", "=")
"""The characters after `#` that begin flags: `#,`, its old form `#!`, and `#=` of gettext 1.0."""

RANGE = re.compile(r"range:[\s\d.]*")
FLAG = re.compile(r"(?<![^\s,])[\w.:+-]+(?![^\s,])")


class Token(NamedTuple):
    """A token of a PO file: its kind (a group of TOKEN), its line from 1, and `#~`, `#|`, `#~|` or "" before it."""

    kind: str
    text: str
    line: int
    marker: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands in a PO file: the line it begins at (that of its first comment) and its parts.

    *comments* are without their `#`. *fields* and *previous* (behind `#|`) map keywords to strings that are still
    escaped; a plural form is under `msgstr[0]`.
    """

    line: int
    obsolete: bool
    comments: tuple[str, ...]
    fields: Mapping[str, str]
    previous: Mapping[str, str]

    def comment(self, mark: str) -> str:
        """Return the lines of the comments that begin with *mark* (`.` or `:`); a space for those of translators."""
        lines = (comment for comment in self.comments if comment.startswith(mark) or comment == mark.strip())
        return "\n".join(line.removeprefix(mark.strip()).removeprefix(" ") for line in lines)

    def flags(self) -> list[str]:
        """Return the flags, however they are parted: gettext takes those of the last line alone."""
        lines = [RANGE.sub(" ", comment[1:]) for comment in self.comments if comment.startswith(FLAG_MARKS)]
        return FLAG.findall(" ".join(lines))

    def is_kept(self) -> bool:
        """Tell whether msgcat writes this message: one that is obsolete and has no translation it leaves out."""
        translations = (text for name, text in self.fields.items() if name.startswith("msgstr"))
        return not self.obsolete or bool(next(translations, ""))

    def has_nul(self) -> bool:
        """Tell whether a string has an escape of the character NUL, at which gettext ends the string without a word."""
        return any(_is_nul(match) for text in self.fields.values() for match in NUMERIC.finditer(text))


def scan(text: str) -> list[Message]:
    """Return the messages of *text*, a PO file that msgcat accepts, in their order; comments at the end are of none."""
    messages = (_message(tokens) for tokens in _group(_tokenize(text)))
    return [message for message in messages if message.fields]


def unescape(text: str) -> str:
    """Return what the escaped *text*, as msgcat writes it, says."""
    return ESCAPED.sub(lambda match: ESCAPES[match[1]], text)


def format_field(keyword: str, text: str | None, marker: str) -> Iterator[str]:
    """Yield the line of the field *keyword* with *text* behind *marker*, nothing when *text* is None."""
    if text is not None:
        yield f'{marker}{keyword} "{text.translate(ESCAPING)}"'


def format_comment(mark: str, text: str) -> Iterator[str]:
    """Yield the lines of the comment *text* behind *mark*, nothing when it is empty; none ends with a backslash."""
    for line in text.split("\n") if text else ():
        yield (f"#{mark} {line}" if line else f"#{mark}") + (" " if line.endswith("\\") else "")


def _is_nul(match: re.Match[str]) -> bool:
    number = int(match["hexadecimal"], 16) if match["hexadecimal"] else int(match["octal"] or "1", 8)
    return number % 256 == 0


def _tokenize(text: str) -> Iterator[Token]:
    line, marker = 1, ""
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "end":
            marker = ""
        elif kind == "marker":
            marker = match.group()
        elif kind != "join":
            yield Token(kind, match[kind].replace("\\\n", ""), line, marker)
        line += match.group().count("\n")


def _group(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each message: after a `msgstr`, anything but a string or another form begins the next."""
    group: list[Token] = []
    complete = False
    for token in tokens:
        is_translation = token.kind in {"string", "index"} or token.text == "msgstr"
        if complete and not is_translation:
            yield group
            group, complete = [], False
        complete = complete or token.text == "msgstr"
        group.append(token)
    yield group


def _message(tokens: list[Token]) -> Message:
    fields: dict[str, str] = {}
    previous: dict[str, str] = {}
    keyword, target = "", fields
    for token in tokens:
        if token.kind == "keyword":
            keyword, target = token.text, previous if "|" in token.marker else fields
            target[keyword] = ""
        elif token.kind == "index":
            target.pop(keyword, None)
            keyword = f"msgstr[{token.text.lstrip('0') or 0}]"
            target[keyword] = ""
        elif token.kind == "string" and keyword:  # one without is in a file that gettext refuses
            target[keyword] += token.text[1:-1]
    comments = tuple(token.text[1:].rstrip("\r") for token in tokens if token.kind == "comment")
    obsolete = any(token.marker == "#~" and token.kind == "keyword" for token in tokens)
    return Message(tokens[0].line if tokens else 1, obsolete, comments, fields, previous)
