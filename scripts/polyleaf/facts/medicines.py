"""Names of medicines: which words of a text are one, and whether another text has the same one.

An international name is adapted by rule: doxycycline, Doxycyclin, doxiciclina and doksycyklina are one name, and
prednisolone and prednisone are two. So names are compared by their skeleton, not by likeness.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from polyleaf.facts import transliteration
from polyleaf.facts.lexicon import Match
from polyleaf.facts.transliteration import consonant_skeleton, is_arabic, skeletons_of, strip_accents

WORD = re.compile(r"[^\W\d_]+")
ACID = re.compile(r"(.{4,}?)(?:ine|een|e|in)?(?:zuur|säure)$")
TRANSLATED_ACID = re.compile(
    r"(?:alfa|beta|gamma|delta|para|ortho|meta|mono|di|tri|poly|per|pyro|iso|keto|oxo|amino|hydro|hydroxy|oxy|desoxy"
    r"|deoxy|ribo|chloo?r|acet|methyl|ethyl|ph?enyl|fenyl)*+(?P<stem>.+?)(?:zuur|saure)"
)
"""A Dutch or German acid without accents, of which the part after its prefixes may be translated."""

ANY_ACID = re.compile(r"(?P<stem>.+?)(?:zuur|saure)")
NEIGHBOURS = frozenset(("nl", "de", "en", "fr", "es", "it", "pt", "ro", "ca", "da", "sv", "nb"))
"""Languages in which acids and salts have Latin names: of others, only those in the table are compared."""

LONG, MAX_ENDING, MIN_CONSONANTS, MAX_PREFIX = 6, 3, 3, 2
"""A long skeleton, an ending, the consonants of a long Arabic name, and those of what is joined to it, in letters."""

CACHED = 8192


@dataclass(frozen=True, slots=True)
class MedicineLexicon:
    """What `medicines.toml` says: skeletons of names, synonyms among them, patterns of other names and of salts.

    *brands* are spelt in one way only, with an ending of the language perhaps; *other_words* only look like names.
    *spellings* are the names as they are in English. *acids* are groups of stems of one acid, *translations* groups of
    words for one name.
    """

    skeletons: frozenset[str]
    synonyms: Mapping[str, frozenset[str]]
    medicine: re.Pattern[str]
    salt: re.Pattern[str]
    minerals: tuple[str, ...]
    other_words: frozenset[str]
    brands: frozenset[str]
    spellings: frozenset[str]
    acids: tuple[tuple[str, ...], ...]
    translations: tuple[frozenset[str], ...]


@cache
def load_medicine_lexicon() -> MedicineLexicon:
    """Return the names of medicines, which are the same for all languages."""
    table = tomllib.loads((resources.files("polyleaf.facts.lexicon") / "medicines.toml").read_text("utf-8"))
    groups = [frozenset(_skeleton_of(name) for name in group) for group in table["synonyms"]]
    return MedicineLexicon(
        frozenset(_skeleton_of(name) for name in table["names"].split()),
        {name: group for group in groups for name in group},
        re.compile(rf"\w{{2,}}(?:{'|'.join(table['stems'])})(?:e|a|um|en|s|n)?"),
        re.compile(rf"(?:{'|'.join(table['minerals'])})(\w*(?:{'|'.join(table['salts'])}))"),
        tuple(_skeleton_of(mineral) for mineral in table["minerals"]),
        frozenset(table["not_names"]),
        frozenset(table["brands"].split()),
        frozenset(table["names"].split()),
        tuple(tuple(strip_accents(stem) for stem in stems) for stems in table["acids"]),
        tuple(frozenset(words) for words in table["translations"]),
    )


def find_names(text: str, *, spelt: bool = False) -> Iterator[str]:
    """Yield the words of the folded *text* that are names of medicines, with *spelt* only those spelt as in English.

    The Somali `kiniin` is a tablet: whether words of a language that nobody has measured are like a name, says nothing.
    """
    lexicon = load_medicine_lexicon()
    for name in find_matches(text):
        if not spelt or name.meaning in lexicon.spellings or name.meaning in lexicon.brands:
            yield name.meaning


def find_matches(text: str) -> Iterator[Match]:
    """Yield where the names of medicines stand in the folded *text*; the meaning is the word itself."""
    for word in WORD.finditer(text):
        if _is_name(word.group()):
            yield Match(word.start(), word.end(), word.group())


def is_mentioned(name: str, text: str) -> bool:
    """Tell whether the folded *text* has the medicine *name*, adapted to its language or not, or in a compound."""
    return any(_is_same(name, word) for word in WORD.findall(text))


def is_comparable(name: str, text: str, language: str) -> bool:
    """Tell whether it can be told that *text*, of *language*, has *name*: acids and salts only where they are Latin."""
    if not transliteration.has_known_script(text):
        return False
    if not (load_medicine_lexicon().salt.fullmatch(name) or ACID.fullmatch(name)) or _acid_stems(name):
        return True
    words = WORD.findall(text)
    is_latin = text.isascii() or all(word.isascii() or strip_accents(word).isascii() for word in words)
    return is_latin and language.partition("_")[0] in NEIGHBOURS


@lru_cache(maxsize=CACHED)
def _is_name(word: str) -> bool:
    lexicon = load_medicine_lexicon()
    if len(word) < transliteration.SHORTEST or is_arabic(word) or word in lexicon.other_words:
        return False
    if word in lexicon.brands or skeletons_of(word) & lexicon.skeletons:
        return True
    patterns = lexicon.medicine.fullmatch(strip_accents(word)), lexicon.salt.fullmatch(word), ACID.fullmatch(word)
    return any(patterns) or bool(_stem(word))


def _stem(word: str) -> frozenset[str]:
    """Return the known name that *word* is with an ending of its language: `warfarinle`, `ibuprofenu`."""
    lengths = range(1, MAX_ENDING + 1)
    stems = {name[:-length] for name in skeletons_of(word) for length in lengths if len(name) > LONG + length}
    return load_medicine_lexicon().skeletons & stems


@lru_cache(maxsize=CACHED)
def _is_same(name: str, word: str) -> bool:
    lexicon = load_medicine_lexicon()
    if name in lexicon.brands and word.isascii():
        return word.startswith(name)
    if any(name in words for words in lexicon.translations):
        is_translated = any(name in words and word in words for words in lexicon.translations)
        return is_translated or _is_acid(name, word) or _is_spelt_same(name, word)
    if _acid_stems(name):
        return _is_acid(name, word)
    return _is_spelt_same(name, word)


def _is_acid(name: str, word: str) -> bool:
    """Tell whether *word* is the acid *name* of the table in another language; no, where *name* is none of that."""
    stems = _acid_stems(name)
    return bool(stems) and (any(stem in strip_accents(word) for stem in stems) or _is_synonym(name, word))


def _acid_stems(name: str) -> tuple[str, ...]:
    """Return the stems of the acid *name* in all languages, nothing when it is none of the table: `aminoboterzuur`."""
    plain = strip_accents(name)
    acids = [acid["stem"] for acid in (TRANSLATED_ACID.fullmatch(plain), ANY_ACID.fullmatch(plain)) if acid]
    groups = load_medicine_lexicon().acids if acids else ()
    return next((stems for stems in groups if not set(acids).isdisjoint(stems)), ())


def _is_synonym(name: str, word: str) -> bool:
    return not skeletons_of(word).isdisjoint(load_medicine_lexicon().synonyms.get(_skeleton_of(name), frozenset()))


def _is_spelt_same(name: str, word: str) -> bool:
    """Tell whether *word* is *name* as its language spells it."""
    lexicon = load_medicine_lexicon()
    acid = ACID.fullmatch(strip_accents(name.replace("säure", "zuur")))
    if acid:
        synonyms = lexicon.synonyms.get(_skeleton_of(name), frozenset())
        stem = _skeleton_of(acid[1])
        return any(skeleton.startswith(stem) or skeleton in synonyms for skeleton in skeletons_of(word))
    wanted = _wanted_skeletons(name)
    if is_arabic(word):
        return any(_sounds_like(skeleton, word) for skeleton in (name, *wanted))
    return any(_matches(skeleton, other, name) for skeleton in wanted for other in skeletons_of(word))


def _wanted_skeletons(name: str) -> frozenset[str]:
    """Return the skeletons that *name* may have in another text: of a salt its acid, without the mineral."""
    lexicon = load_medicine_lexicon()
    salt = lexicon.salt.fullmatch(name)
    own = frozenset((_skeleton_of(salt[1]),)) if salt else _stem(name) or skeletons_of(name)
    return own.union(*(lexicon.synonyms.get(skeleton, frozenset()) for skeleton in own))


def _matches(wanted: str, skeleton: str, name: str) -> bool:
    """Tell whether *skeleton* is *wanted*, or a compound or an inflection of it, and no other name."""
    lexicon = load_medicine_lexicon()
    if wanted == skeleton:
        return True
    if skeleton in lexicon.skeletons:
        return False
    is_ending = skeleton.endswith(wanted)
    is_salt = lexicon.salt.fullmatch(name) is not None or skeleton.startswith(lexicon.minerals)
    return (len(wanted) >= LONG and skeleton.startswith(wanted)) or (is_ending and is_salt)


def _sounds_like(name: str, word: str) -> bool:
    """Tell whether the Arabic *word* has the consonants of *name*, after an article or a preposition."""
    wanted, consonants = consonant_skeleton(name), consonant_skeleton(word)
    is_ending = len(wanted) >= MIN_CONSONANTS and consonants.endswith(wanted)
    return wanted == consonants or (is_ending and len(consonants) - len(wanted) <= MAX_PREFIX)


def _skeleton_of(word: str) -> str:
    return min(skeletons_of(word))
