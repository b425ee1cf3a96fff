"""What a message shows besides its words: marks, links, emphasis, addresses; and the bare words without them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from polyleaf.facts.lexicon import Match, blank
from polyleaf.facts.offsets import OffsetText

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~ ])")
MARK = re.compile(r"(?<!\{)\{[a-z]+\d+\}")
LINK = re.compile(r"\[([^\[\]]*)\]\s?\[([a-z]+)\]")
ALONE = re.compile(r"(?<!\\)\[([a-z]{1,2})\](?![\[(])")
"""The letter of a link without its words, or a second one."""

CODE = re.compile(r"(?<!\\)`([^`]+)`")
SCRIPT = re.compile(r"(?<![\\^~])([\^~])(?![\^~])((?:\\ |[^\s^~])+?)\1(?![\^~])")
EMPHASIS = re.compile(r"(?<![\\*])\*+(?=[^\s*])|(?<=[^\s*\\])\*+(?!\*)")
BLOCK = re.compile(r"(?:[-+*]|#{1,6}|>)\s")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(r"(?:https?://|www\.)[^\s<>\[\]]*[^\s<>\[\].,;:!?'\")»”’]")
DOMAIN = re.compile(
    r"(?<![\w.@-])[a-z][\w-]*(?:\.[\w-]+)*\.(?:nl|be|de|fr|eu|com|org|net|info|example)(?![\w.-]*\w)", re.IGNORECASE
)
CITATION = re.compile(r"(?<![\w@])-?@[\w:.#$%&+?<>~/-]*\w")
IDEOGRAPH = r"(?![\u3040-\u30ff\u3400-\u9fff])"
"""A letter of Chinese or Japanese, which stand right beside figures, is none of the word that a number is in."""

PHONE = re.compile(
    rf"(?<!{IDEOGRAPH}[\w.,])(?:\+\d{{1,3}}|\(?0\d{{1,4}}\)?)(?:[ /()–-]{{0,3}}\d{{2,}}+)+(?!{IDEOGRAPH}\w)"
)
DATE_LIKE = re.compile(r"\d{1,2}([-/])\d{1,2}\1\d{2,4}")
MIN_PHONE, MAX_PHONE = 7, 15
FORCED = "\u202a\u202b\u202d\u202e"
ISOLATES, ISOLATE_END, EMBED_END = "\u2066\u2067\u2068", "\u2069", "\u202c"
CONTROLS = re.compile(f"[{FORCED}{ISOLATES}{ISOLATE_END}{EMBED_END}]")
BRACES = re.compile(r"([{}])\1")


@dataclass(frozen=True, slots=True)
class Markup:
    """The visible side of a message: *text* are its words, in which addresses and marks are spaces.

    *address_matches* says where in the message its addresses stand.
    """

    text: OffsetText
    marks: Counter[str]
    addresses: Counter[str]
    bidi_controls: Counter[str]
    address_matches: tuple[Match, ...]


def parse_markup(message: str) -> Markup:
    """Return what *message* shows besides its words, and the words."""
    bidi = _stray(message)
    marks, text = _marks(OffsetText.of(message).sub(CONTROLS, ""))
    found: list[Match] = []
    for pattern in (EMAIL, URL, DOMAIN, CITATION):
        found += [Match(*text.source_span(*one.span()), one.group()) for one in pattern.finditer(text.text)]
        text = text.sub(pattern, " ")
    text = _phones(text, found)
    return Markup(text, marks, Counter(hit.meaning for hit in found), bidi, tuple(found))


def ascii_digits(text: str) -> str:
    """Return *text* with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _marks(traced: OffsetText) -> tuple[Counter[str], OffsetText]:
    text = traced.text
    marks = Counter(MARK.findall(text))
    marks.update(f"[{letter}]" for _, letter in LINK.findall(text))
    marks.update(f"[{letter}]" for letter in ALONE.findall(LINK.sub("", text)))
    marks.update(f"`{code}`" for code in CODE.findall(text))
    marks.update(sign + inner + sign for sign, inner in SCRIPT.findall(text))
    if BLOCK.match(text):
        marks[text[: text.find(" ")]] += 1
    traced = traced.sub(MARK, " ").sub(CODE, " ").sub(LINK, r"\1")
    marks.update(EMPHASIS.findall(traced.text))
    return marks, traced.sub(EMPHASIS, "").sub(SCRIPT, _script).sub(ESCAPED, r"\1").sub(BRACES, r"\1")


def _script(found: re.Match[str]) -> str:
    """Keep the sign of a power, `10^6`, and of no other raised or lowered text."""
    before = found.string[max(found.start() - 1, 0)]
    is_power = found[1] == "^" and found[2].isdecimal() and before.isdecimal()
    return f"^{found[2]}" if is_power else found[2]


def _phones(text: OffsetText, places: list[Match]) -> OffsetText:
    """Return *text* without telephone numbers, which are added to *places* digit by digit."""
    plain = ascii_digits(text.text)
    for found in list(PHONE.finditer(plain)):
        digits = "".join(char for char in found.group() if char.isdecimal() or char == "+")
        if MIN_PHONE <= len(digits) <= MAX_PHONE and not DATE_LIKE.search(found.group()):
            places.append(Match(*text.source_span(*found.span()), digits))
            plain = blank(plain, [Match(found.start(), found.end(), digits)])
    return text.with_text(plain)


def _stray(text: str) -> Counter[str]:
    """Return the bidi controls that force a direction, and the isolates that are not closed."""
    stray = Counter(char for char in text if char in FORCED)
    opened = sum(char in ISOLATES for char in text)
    closed = text.count(ISOLATE_END)
    if opened != closed:
        stray[ISOLATE_END] = abs(opened - closed)
    return stray
