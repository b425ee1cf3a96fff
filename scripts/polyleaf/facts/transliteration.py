"""Transliteration of names: skeletons, without what languages and scripts spell in their own way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

ADAPTED = (
    (r"ph", "f"), (r"th", "t"), (r"rh", "r"), (r"ae|oe|œ|æ", "e"), (r"ou", "u"), (r"qu", "k"), (r"x", "ks"),
    (r"[yjı]", "i"), (r"[cksz]h?", "s"), (r"h", ""), (r"w", "v"), (r"(.)\1+", r"\1"),
)  # fmt: skip
ADAPTATIONS = tuple((re.compile(pattern), replacement) for pattern, replacement in ADAPTED)
ENDINGS = re.compile(r"(?:es|en|um|us|em|om|ou|u|a|e|o|i|s|n(?=e))$")
SHORTEST = 5
CACHED = 8192

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "gh", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "s", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "i", "ы": "i", "э": "e", "ё": "e", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "xh", "ц": "c", "ч": "c", "ш": "s", "щ": "s",
    "ь": "", "ъ": "", "ю": "u", "я": "a",
}  # fmt: skip
"""Letters of Ukrainian and its neighbours in Latin ones; of two, either may be meant: `г` is g or h, `х` is ch or h."""

ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ط": "t", "ج": "g", "غ": "g", "چ": "s", "خ": "s", "ك": "s", "ک": "s",
    "ق": "s", "س": "s", "ص": "s", "ز": "s", "ش": "s", "ظ": "s", "د": "d", "ذ": "d", "ض": "d", "ر": "r", "ل": "l",
    "م": "m", "ن": "n", "ف": "f", "ڤ": "f",
}  # fmt: skip
"""The consonants that Arabic writes; vowels, h and w are left out."""

SAME_IN_ARABIC = str.maketrans({"p": "b", "v": "f", "a": "", "e": "", "i": "", "o": "", "u": ""})


@lru_cache(maxsize=CACHED)
def skeletons_of(word: str) -> frozenset[str]:
    """Return what may be left of the folded *word*: `doxycycline`, `doksycyklina` and `доксициклін` are one."""
    if any(char in CYRILLIC for char in word):
        choices = product(*(CYRILLIC.get(char, char) or ("",) for char in word))
        return frozenset(_skeleton("".join(letters).replace("x", "ch")) for letters in choices)
    return frozenset((_skeleton(word),))


def consonant_skeleton(word: str) -> str:
    """Return the consonants of *word*, in Latin or Arabic letters, as Arabic writes them: of `ibuprofen` bbrfn."""
    if any(char in ARABIC for char in word):
        return _without_doubles("".join(ARABIC.get(char, "") for char in word))
    latin = _adapted(word).removeprefix("v" if word.startswith("w") else "")
    return _without_doubles(latin.translate(SAME_IN_ARABIC))


def is_arabic(word: str) -> bool:
    """Tell whether *word* is in Arabic letters."""
    return any(char in ARABIC for char in word)


def has_known_script(text: str) -> bool:
    """Tell whether names in *text* can be compared: it is in Latin, Cyrillic or Arabic letters."""
    letters = [unicodedata.name(char, "") for char in text if char.isalpha()]
    known = sum(name.startswith(("LATIN", "CYRILLIC", "ARABIC")) for name in letters)
    return known * 2 > len(letters)


def strip_accents(word: str) -> str:
    """Return *word* without accents."""
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _adapted(word: str) -> str:
    word = strip_accents(word)
    for pattern, replacement in ADAPTATIONS:
        word = pattern.sub(replacement, word)
    return word


def _skeleton(word: str) -> str:
    word = _adapted(word)
    while len(word) > SHORTEST and ENDINGS.search(word):
        word = ENDINGS.sub("", word)
    return word


def _without_doubles(text: str) -> str:
    """Return *text* with one letter for each run of the same."""
    return re.sub(r"(.)\1+", r"\1", text)
