"""Language identification: which script and which language a text is in, where that is sure.

The script is that of the letters (Unicode names) against that of the language (CLDR, likely subtags); the language is
known by its commonest words (`lexicon/frequent.toml`), as in Grefenstette (1995), Comparing two language
identification schemes. Nothing is said of a text of a few words, nor of names: small words decide, and never one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from polyleaf import languages
from polyleaf.facts.lexicon import fold

SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Ethi": ("ETHIOPIC",),
    "Hans": ("CJK", "BOPOMOFO"),
    "Hant": ("CJK", "BOPOMOFO"),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL", "CJK"),
    "Deva": ("DEVANAGARI",),
    "Beng": ("BENGALI",),
    "Taml": ("TAMIL",),
    "Thai": ("THAI",),
    "Geor": ("GEORGIAN",),
    "Armn": ("ARMENIAN",),
}
"""How the Unicode names of the letters of a script (ISO 15924) begin."""

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
QUOTED = re.compile('[‘“„«"][^‘’“”„«»"]*[’”“»"]|‹[^›]*›')
"""What others say, in whatever language."""

FEWEST, SHARE, TIMES = 3, 0.3, 3
"""How many words of another language a text in it has at least, which part of all, and how often those of its own."""

FEWEST_OF_SOURCE, SHARE_OF_SOURCE = 2, 0.4
"""The same for the language of the source, in which a translation is most often left."""

OTHER_LETTERS = {
    "uk": (frozenset("ыэёъ"), frozenset("іїєґ"), "ru"),
    "pl": (frozenset("áčďéěíňřšťůúýž"), frozenset("ąęłńśźż"), "cs"),
    "es": (frozenset("ãõâêôàç"), frozenset("áéíóúñ"), "pt"),
}
"""Letters that a neighbour with the same script has and a language has not, and the other way round (CLDR)."""

LETTERS = 4
"""From how many letters on a text is one in a script; fewer are a sign, `mg`."""


def find_other_script(text: str, source: str, language: str) -> str:
    """Return the beginning of the Unicode names of most letters of *text*, `CYRILLIC`; empty when *language* has it.

    Words that stand in *source* as well are left out: names stay as they are.
    """
    own = SCRIPTS.get(languages.script(language), ())
    kept = set(_words(source, language))
    words = [word for word in _words(text, language) if word not in kept]
    names = [unicodedata.name(letter, "").split(" ")[0] for word in words for letter in word if letter.isalpha()]
    foreign = [name for name in names if name not in own]
    if not own or len(foreign) < LETTERS or len(foreign) * 2 <= len(names):
        return ""
    if own != SCRIPTS["Latn"] and sum(not _is_in(word, own) for word in words) < FEWEST + 1:
        return ""
    return max(sorted(set(foreign)), key=foreign.count)


def find_other_language(text: str, source: str, language: str) -> str:
    """Return the code of the language that *text* is in and *language* is not; empty when that is not sure.

    *source* is the language from which the text was translated.
    """
    words = _words(text, language)
    letters, own_letters, neighbour = OTHER_LETTERS.get(language, (frozenset(), frozenset(), ""))
    foreign = sum(not letters.isdisjoint(word) for word in words)
    if foreign >= FEWEST_OF_SOURCE or (foreign and len(words) > FEWEST and own_letters.isdisjoint("".join(words))):
        return neighbour
    own = _frequent(language)
    others = {code: table for code, table in _all_frequent().items() if not languages.related(code, language)}
    hits = {code: [word for word in words if word in table and word not in own] for code, table in others.items()}
    other = max(sorted(hits), key=lambda code: len(set(hits[code])))
    is_source = languages.related(other, source)
    fewest, share = (FEWEST_OF_SOURCE, SHARE_OF_SOURCE) if is_source else (FEWEST, SHARE)
    own_hits = sum(word in own and word not in others[other] for word in words)
    is_sure = len(set(hits[other])) >= fewest and len(hits[other]) >= max(share * len(words), TIMES * own_hits)
    return other if is_sure else ""


def _words(text: str, language: str) -> Sequence[str]:
    """Return the words of *text*; a letter by itself is a sign, not a word."""
    return [word for word in WORD.findall(fold(QUOTED.sub(" ", text), language)) if len(word) > 1]


def _is_in(word: str, script: tuple[str, ...]) -> bool:
    return all(unicodedata.name(letter, "").startswith(script) for letter in word if letter.isalpha())


def _frequent(language: str) -> frozenset[str]:
    tables = _all_frequent()
    return tables.get(language) or tables.get(language.split("_", maxsplit=1)[0], frozenset())


@cache
def _all_frequent() -> Mapping[str, frozenset[str]]:
    """Return the commonest words by language, folded."""
    table = tomllib.loads((resources.files("polyleaf.facts.lexicon") / "frequent.toml").read_text("utf-8"))
    return {language: frozenset(fold(words, language).split()) for language, words in table.items()}
