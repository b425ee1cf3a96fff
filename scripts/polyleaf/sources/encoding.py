"""Text of a manuscript: UTF-8, without forbidden characters and deeply nested brackets."""

from __future__ import annotations

import re

from polyleaf.errors import SourceError, decode_utf8
from polyleaf.model import Manuscript

FORBIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u0335-\u0338\u20d2-\u20dc\u20e5-\u20eb\u2028\u2029\u202d\u202e"
    "\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]"
)
"""Control characters, which XML cannot hold and terminals obey; separators that end a line nowhere; overrides, which
print 15 for 51; strokes that strike a letter out; halves of pairs; private characters, such as the bullets of Word."""

LARGEST = 500_000
"""How many bytes a manuscript may have: a book of 250 pages, which pandoc and the checks read for half a minute."""

WORD = re.compile("[!-~]{2001}")
"""More signs of ASCII in a row than an address has: no text, but a file as base64, on which checks take minutes."""

BLOCK = 100_000
"""How many characters may stand without an empty line between them: a table of 20 pages."""

DEEPEST = 8
"""Pandoc's time doubles with every bracket inside another: twelve take minutes, and no text needs more than four."""

BRACKETS = {"[]": "square brackets", "{}": "braces"}


def decode(manuscript: Manuscript) -> str:
    """Return the text of *manuscript* with line feeds between its lines; raises SourceError for what is no text."""
    path = str(manuscript.path)
    if len(manuscript.content) > LARGEST:
        fact = f"it is larger than {LARGEST // 1000} kB, which no leaflet is"
        raise SourceError(f"{path}: {fact}", hint="Make several leaflets of it; images are files of their own.")
    text = decode_utf8(manuscript.content, path, SourceError, "Save the file as UTF-8 text.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    size = 0
    for line, content in enumerate(text.split("\n"), 1):
        if WORD.search(content):
            hint = "Take it out. If it is a picture, put its file in source/media/ and name it from there."
            raise SourceError(f"{path}:{line}: more than 2000 signs stand here without a space", hint=hint)
        size = size + len(content) if content.strip() else 0
        if size > BLOCK:
            fact = f"more than {BLOCK} characters stand here without an empty line"
            raise SourceError(f"{path}:{line}: {fact}", hint="Make paragraphs or tables of it.")
        if forbidden := find_forbidden_character(content):
            raise SourceError(f"{path}:{line}: {forbidden}", hint="Take it out, or save the file as plain UTF-8 text.")
    check_brackets(text, path, 1)
    return text


def find_forbidden_character(text: str) -> str | None:
    """Return in words which character of *text* may not be in a leaflet, None when all may."""
    match = FORBIDDEN.search(text)
    return f"the character U+{ord(match.group()):04X} is not one of a text" if match else None


def check_brackets(text: str, path: str, line: int, pair: str = "[]") -> None:
    """Raise SourceError when a *pair* of BRACKETS nests too deep in *text*, from *line* of the file *path* on."""
    steps = {pair[0]: 1, pair[1]: -1}
    depth = 0
    for number, content in enumerate(text.split("\n"), line):
        depth = depth if content.strip() else 0
        for bracket in re.findall(r"\\.|([\[\]{}])", content):
            depth = max(0, depth + steps.get(bracket, 0))
            if depth > DEEPEST:
                fact = f"more than {DEEPEST} {BRACKETS[pair]} are open inside one another"
                hint = f"Close them, or write \\{pair[0]} for a bracket to print."
                raise SourceError(f"{path}:{number}: {fact}", hint=hint)
