"""What a message shows besides its words: marks, links, emphasis, addresses; and the bare words without them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~ ])")
MARK = re.compile(r"(?<!\{)\{[a-z]+\d+\}")
LINK = re.compile(r"\[([^\[\]]*)\]\s?\[([a-z]+)\]")
CODE = re.compile(r"(?<!\\)`([^`]+)`")
SCRIPT = re.compile(r"(?<![\\^~])([\^~])(?![\^~])((?:\\ |[^\s^~])+?)\1(?![\^~])")
EMPHASIS = re.compile(r"(?<![\\*])\*+(?=[^\s*])|(?<=[^\s*\\])\*+(?!\*)")
BLOCK = re.compile(r"(?:[-+*]|#{1,6}|>)\s")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(r"(?:https?://|www\.)[^\s<>\[\]]*[^\s<>\[\].,;:!?'\")»”’]")
DOMAIN = re.compile(
    r"(?<![\w.@-])[a-z][\w-]*(?:\.[\w-]+)*\.(?:nl|be|de|fr|eu|com|org|net|info|example)(?![\w.-]*\w)", re.IGNORECASE
)
CITATION = re.compile(r"(?<![\w@])-?@[\w:.#$%&+?<>~/-]*\w")
PHONE = re.compile(r"(?<![\w.,])(?:\+\d{1,3}|\(?0\d{1,4}\)?)(?:[ /()–-]{0,3}\d{2,})+(?![\w])")
DATE_LIKE = re.compile(r"\d{1,2}([-/])\d{1,2}\1\d{2,4}")
MIN_PHONE, MAX_PHONE = 7, 15
FORCED = "\u202a\u202b\u202d\u202e"
ISOLATES, ISOLATE_END, EMBED_END = "\u2066\u2067\u2068", "\u2069", "\u202c"


@dataclass(frozen=True, slots=True)
class Surface:
    """The visible side of a message: *bare* are its words, in which addresses and marks are spaces."""

    bare: str
    marks: Counter[str]
    addresses: Counter[str]
    bidi: Counter[str]


def surface(message: str) -> Surface:
    """Return what *message* shows besides its words, and the words."""
    bidi = _stray(message)
    text = "".join(char for char in message if char not in FORCED + ISOLATES + ISOLATE_END + EMBED_END)
    marks, text = _marks(text)
    addresses: Counter[str] = Counter()
    for pattern in (EMAIL, URL, DOMAIN, CITATION):
        addresses.update(pattern.findall(text))
        text = pattern.sub(" ", text)
    return Surface(_phones(text, addresses), marks, addresses, bidi)


def ascii_digits(text: str) -> str:
    """Return *text* with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _marks(text: str) -> tuple[Counter[str], str]:
    marks = Counter(MARK.findall(text))
    marks.update(f"[{letter}]" for _, letter in LINK.findall(text))
    marks.update(f"`{code}`" for code in CODE.findall(text))
    marks.update(sign + inner + sign for sign, inner in SCRIPT.findall(text))
    if BLOCK.match(text):
        marks[text[: text.find(" ")]] += 1
    text = CODE.sub(" ", MARK.sub(" ", text))
    text = LINK.sub(r"\1", text)
    marks.update(EMPHASIS.findall(text))
    text = EMPHASIS.sub("", text)
    text = SCRIPT.sub(lambda found: _script(found, text), text)
    return marks, ESCAPED.sub(r"\1", text).replace("{{", "{").replace("}}", "}")


def _script(found: re.Match[str], text: str) -> str:
    """Keep the sign of a power, `10^6`, and of no other raised or lowered text."""
    is_power = found[1] == "^" and found[2].isdecimal() and text[max(found.start() - 1, 0)].isdecimal()
    return f"^{found[2]}" if is_power else found[2]


def _phones(text: str, addresses: Counter[str]) -> str:
    """Return *text* without telephone numbers, which are added to *addresses* digit by digit."""
    plain = ascii_digits(text)
    for found in list(PHONE.finditer(plain)):
        digits = "".join(char for char in found.group() if char.isdecimal() or char == "+")
        if MIN_PHONE <= len(digits) <= MAX_PHONE and not DATE_LIKE.search(found.group()):
            addresses[digits] += 1
            plain = plain[: found.start()] + " " * len(found.group()) + plain[found.end() :]
    return plain


def _stray(text: str) -> Counter[str]:
    """Return the bidi controls that force a direction, and the isolates that are not closed."""
    stray = Counter(char for char in text if char in FORCED)
    opened = sum(char in ISOLATES for char in text)
    closed = text.count(ISOLATE_END)
    if opened != closed:
        stray[ISOLATE_END] = abs(opened - closed)
    return stray
