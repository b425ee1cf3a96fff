"""A manuscript as text: UTF-8, without characters that no text has, without brackets that nobody could follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from polyleaf.errors import SourceError

if TYPE_CHECKING:
    from polyleaf.model import Manuscript

FORBIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u0335-\u0338\u20d2-\u20dc\u20e5-\u20eb\u2028\u2029\u202d\u202e"
    "\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]"
)
"""What no text has: control characters, which XML cannot hold and terminals obey; separators that end a line
nowhere; overrides, which print 15 for 51; strokes that
strike a letter out; halves of pairs; private characters, such as the bullets of Word."""

DEEPEST = 8
"""Pandoc's time doubles with every bracket inside another: twelve take minutes, and no text needs more than four."""


def decode(manuscript: Manuscript) -> str:
    """Return the text of *manuscript* with line feeds between its lines; raises SourceError for what is no text."""
    where = str(manuscript.path)
    try:
        text = manuscript.content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = manuscript.content.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{where}:{line}: this is not UTF-8", hint="Save the file as UTF-8 text.") from error
    for line, content in enumerate(text.split("\n"), 1):
        if found := find_forbidden_character(content):
            raise SourceError(f"{where}:{line}: {found}", hint="Take it out, or save the file as plain UTF-8 text.")
    check_brackets(text, where, 1)
    return text


def find_forbidden_character(text: str) -> str | None:
    """Return in words which character of *text* may not be in a leaflet, None when all may."""
    found = FORBIDDEN.search(text)
    return f"the character U+{ord(found.group()):04X} is not one of a text" if found else None


def check_brackets(text: str, where: str, line: int) -> None:
    """Raise SourceError when the brackets of *text*, which starts on *line* of the file *where*, nest too deep."""
    depth = 0
    for number, content in enumerate(text.split("\n"), line):
        depth = depth if content.strip() else 0
        for bracket in re.findall(r"\\.|([\[\]])", content):
            depth = max(0, depth + {"[": 1, "]": -1}.get(bracket, 0))
            if depth > DEEPEST:
                fact = f"more than {DEEPEST} square brackets are open inside one another"
                raise SourceError(f"{where}:{number}: {fact}", hint="Close them, or write \\[ for a bracket to print.")
