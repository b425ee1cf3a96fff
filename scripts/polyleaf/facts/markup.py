"""Markup of a message: opaque marks, links, emphasis, code, addresses, bidi controls; and the text without them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from polyleaf.code_spans import CODE
from polyleaf.facts.lexicon import Match, blank
from polyleaf.facts.offsets import OffsetText
from polyleaf.facts.phone_numbers import ascii_digits, find_numbers_to_call

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~ ])")
MARK = re.compile(r"(?<!\{)\{[a-z]+\d+\}")
LINK = re.compile(r"\[([^\[\]]*)\]\s?\[([a-z]+)\]")
LONE_LETTER = re.compile(r"(?<!\\)\[([a-z]{1,2})\](?![\[(])")
"""The letter of a link without its words, or a second one."""

SCRIPT = re.compile(r"(?<![\\^~])([\^~])(?![\^~])((?:\\ |[^\s^~])+?)\1(?![\^~])")
EMPHASIS = re.compile(r"(?<![\\*])\*+(?=[^\s*])|(?<=[^\s*\\])\*+(?!\*)")
BLOCK = re.compile(r"(?:[-+*]|#{1,6}|>)\s")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(r"(?:https?://|www\.)[^\s<>\[\]'’]*[^\s<>\[\].,;:!?'\")»”’]")
DOMAIN = re.compile(
    r"(?<![\w.@-])[a-z][\w-]*(?:\.[\w-]+)*\.(?:nl|be|de|fr|eu|com|org|net|info|example)(?![\w.-]*\w)", re.IGNORECASE
)
HOST = re.compile(r"^(?:https?://)?[^/?#]*", re.IGNORECASE)
"""Scheme and host of an address, in which case means nothing: RFC 3986, clause 6.2.2.1."""

CITATION = re.compile(r"(?<![\w@])-?@[\w:.#$%&+?<>~/-]*\w")
FORCED = "\u202a\u202b\u202d\u202e"
ISOLATES, ISOLATE_END, EMBED_END = "\u2066\u2067\u2068", "\u2069", "\u202c"
CONTROLS = re.compile(f"[{FORCED}{ISOLATES}{ISOLATE_END}{EMBED_END}]")
BRACES = re.compile(r"([{}])\1")
FIRST_GROUP: Callable[[re.Match[str]], str] = itemgetter(1)
CACHED = 4096


@dataclass(frozen=True, slots=True)
class Markup:
    """A message taken apart: *text* is what remains, with a space for each address and mark.

    *marks* counts opaque marks (`{fn1}`), letters of links (`[a]`), code, emphasis, raised and lowered text, and the
    sign of a block at the start. *addresses* counts email and web addresses, citation keys and telephone numbers (these
    as digits), *address_matches* says where in the message they stand. *bidi_controls* counts characters that force a
    direction, and isolates that are not closed.
    """

    text: OffsetText
    marks: Counter[str]
    addresses: Counter[str]
    bidi_controls: Counter[str]
    address_matches: tuple[Match, ...]


@lru_cache(maxsize=CACHED)
def parse_markup(message: str) -> Markup:
    """Return the markup of *message*, a text of a catalogue, and its text without it."""
    marks, text = _split_marks(OffsetText.of(message).sub(CONTROLS, ""))
    addresses: list[Match] = []
    for pattern in (EMAIL, URL, DOMAIN, CITATION):
        for match in pattern.finditer(text.text):
            address = (
                match.group() if pattern is CITATION else HOST.sub(lambda host: host.group().lower(), match.group())
            )
            addresses.append(Match(*text.source_span(*match.span()), address))
        text = text.sub(pattern, " ")
    phone_numbers, text = _split_phone_numbers(text)
    addresses += phone_numbers
    counts = Counter(address.meaning for address in addresses)
    return Markup(text, marks, counts, _stray_controls(message), tuple(addresses))


def _split_marks(message: OffsetText) -> tuple[Counter[str], OffsetText]:
    text = message.text
    marks = Counter(MARK.findall(text))
    marks.update(f"[{letter}]" for _, letter in LINK.findall(text))
    marks.update(f"[{letter}]" for letter in LONE_LETTER.findall(LINK.sub("", text)))
    marks.update(f"`{code}`" for code in CODE.findall(text))
    marks.update(sign + inner + sign for sign, inner in SCRIPT.findall(text))
    if BLOCK.match(text):
        marks[text[: text.find(" ")]] += 1
    message = message.sub(MARK, " ").sub(CODE, " ").sub(LINK, FIRST_GROUP)
    marks.update(EMPHASIS.findall(message.text))
    return marks, message.sub(EMPHASIS, "").sub(SCRIPT, _without_script).sub(ESCAPED, FIRST_GROUP).sub(
        BRACES, FIRST_GROUP
    )


def _without_script(script: re.Match[str]) -> str:
    """Keep the sign of a power, `10^6`, and of no other raised or lowered text."""
    before = script.string[max(script.start() - 1, 0)]
    is_power = script[1] == "^" and script[2].isdecimal() and before.isdecimal()
    return f"^{script[2]}" if is_power else script[2]


def _split_phone_numbers(text: OffsetText) -> tuple[list[Match], OffsetText]:
    """Return the telephone numbers of *text*, with where in the message they stand, and the text without them."""
    numbers = find_numbers_to_call(text.text)
    located = [Match(*text.source_span(number.start, number.end), number.meaning) for number in numbers]
    return located, text.with_text(blank(ascii_digits(text.text), numbers))


def _stray_controls(text: str) -> Counter[str]:
    """Return the bidi controls that force a direction, and the isolates that are not closed."""
    stray = Counter(char for char in text if char in FORCED)
    opened = sum(char in ISOLATES for char in text)
    closed = text.count(ISOLATE_END)
    if opened != closed:
        stray[ISOLATE_END] = abs(opened - closed)
    return stray
