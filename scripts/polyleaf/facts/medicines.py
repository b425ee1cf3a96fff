"""Names of medicines: which words of a text are one, and whether another text has the same one.

An international name is adapted by rule: doxycycline, Doxycyclin, doxiciclina and doksycyklina are one name, and
prednisolone and prednisone are two. So names are compared by their skeleton, not by likeness.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from polyleaf.facts import transliteration
from polyleaf.facts.lexicon import Match
from polyleaf.facts.transliteration import consonant_skeleton, is_arabic, skeletons_of, strip_accents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORD = re.compile(r"[^\W\d_]+")
ACID = re.compile(r"(.{4,}?)(?:ine|een|e|in)?(?:zuur|säure)$")
LONG, MOST_ENDING, FEWEST_CONSONANTS, JOINED = 6, 3, 3, 2
CACHED = 8192


@dataclass(frozen=True, slots=True)
class MedicineLexicon:
    """What is known of names: their skeletons, those that mean the same, the shape of new ones, and of salts.

    *brands* are spelt in one way only, with an ending of the language perhaps.
    """

    skeletons: frozenset[str]
    synonyms: Mapping[str, frozenset[str]]
    medicine: re.Pattern[str]
    salt: re.Pattern[str]
    minerals: tuple[str, ...]
    other_words: frozenset[str]
    brands: frozenset[str]


@cache
def load_medicine_lexicon() -> MedicineLexicon:
    """Return what `medicines.toml` says."""
    table = tomllib.loads((resources.files("polyleaf.facts.lexicon") / "medicines.toml").read_text("utf-8"))
    groups = [frozenset(_one(name) for name in group) for group in table["synonyms"]]
    return MedicineLexicon(
        frozenset(_one(name) for name in table["names"].split()),
        {name: group for group in groups for name in group},
        re.compile(rf"\w{{2,}}(?:{'|'.join(table['stems'])})(?:e|a|um|en|s|n)?"),
        re.compile(rf"(?:{'|'.join(table['minerals'])})(\w*(?:{'|'.join(table['salts'])}))"),
        tuple(_one(mineral) for mineral in table["minerals"]),
        frozenset(table["not_names"]),
        frozenset(table["brands"].split()),
    )


def find_names(text: str) -> Iterator[str]:
    """Yield the words of the folded *text* that are names of medicines."""
    return (hit.meaning for hit in find_matches(text))


def find_matches(text: str) -> Iterator[Match]:
    """Yield where those words stand."""
    for found in WORD.finditer(text):
        if _is_name(found.group()):
            yield Match(found.start(), found.end(), found.group())


def is_mentioned(name: str, text: str) -> bool:
    """Tell whether the folded *text* has the medicine *name*, adapted to its language or not, or in a compound."""
    return any(_same(name, word) for word in WORD.findall(text))


def is_comparable(name: str, text: str) -> bool:
    """Tell whether it can be told that *text* has *name*: acids and salts only in Latin letters."""
    if not transliteration.has_known_script(text):
        return False
    is_plain = not (load_medicine_lexicon().salt.fullmatch(name) or ACID.fullmatch(name))
    return (
        is_plain
        or text.isascii()
        or all(word.isascii() or strip_accents(word).isascii() for word in WORD.findall(text))
    )


@lru_cache(maxsize=CACHED)
def _is_name(word: str) -> bool:
    if len(word) < transliteration.SHORTEST or is_arabic(word) or word in load_medicine_lexicon().other_words:
        return False
    if (
        word in load_medicine_lexicon().brands
        or skeletons_of(word) & load_medicine_lexicon().skeletons
        or load_medicine_lexicon().medicine.fullmatch(strip_accents(word))
    ):
        return True
    return bool(load_medicine_lexicon().salt.fullmatch(word) or ACID.fullmatch(word)) or bool(_stem(word))


def _stem(word: str) -> frozenset[str]:
    """Return the known name that *word* is with an ending of its language: `warfarinle`, `ibuprofenu`."""
    cut = {
        one[:-length] for one in skeletons_of(word) for length in range(1, MOST_ENDING + 1) if len(one) > LONG + length
    }
    return frozenset(cut & load_medicine_lexicon().skeletons)


@lru_cache(maxsize=CACHED)
def _same(name: str, word: str) -> bool:
    if name in load_medicine_lexicon().brands and word.isascii():
        return word.startswith(name)
    acid = ACID.fullmatch(name)
    if acid:
        also = load_medicine_lexicon().synonyms.get(_one(name), frozenset())
        return any(one.startswith(_one(acid[1])) or one in also for one in skeletons_of(word))
    wanted = _wanted(name)
    if is_arabic(word):
        return any(_sounds(one, word) for one in (name, *wanted))
    return any(_matches(one, other, name) for one in wanted for other in skeletons_of(word))


def _wanted(name: str) -> frozenset[str]:
    """Return the skeletons that *name* may have in another text: of a salt its acid, without the mineral."""
    salt = load_medicine_lexicon().salt.fullmatch(name)
    own = frozenset((_one(salt[1]),)) if salt else _stem(name) or skeletons_of(name)
    return own.union(*(load_medicine_lexicon().synonyms.get(one, frozenset()) for one in own))


def _matches(wanted: str, found: str, name: str) -> bool:
    """Tell whether the skeleton *found* is *wanted*, or a compound or an inflection of it, and no other name."""
    if wanted == found:
        return True
    if found in load_medicine_lexicon().skeletons:
        return False
    is_salt = load_medicine_lexicon().salt.fullmatch(name) is not None
    is_mineral = found.endswith(wanted) and found.startswith(load_medicine_lexicon().minerals)
    return (len(wanted) >= LONG and found.startswith(wanted)) or (found.endswith(wanted) and (is_salt or is_mineral))


def _sounds(name: str, word: str) -> bool:
    """Tell whether the Arabic *word* has the consonants of *name*, after an article or a preposition."""
    wanted, found = consonant_skeleton(name), consonant_skeleton(word)
    is_long = len(wanted) >= FEWEST_CONSONANTS
    return wanted == found or (is_long and found.endswith(wanted) and len(found) - len(wanted) <= JOINED)


def _one(word: str) -> str:
    return min(skeletons_of(word))
