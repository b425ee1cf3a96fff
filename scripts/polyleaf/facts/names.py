"""Names of medicines: which words of a text look like one, and whether another text has the same one.

An international name is adapted by rule: doxycycline, Doxycyclin, doxiciclina and doksycyklina are one name, and
prednisolone and prednisone are two. So names are compared by their skeleton, not by likeness.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from polyleaf.facts.words import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ADAPTED = (
    (r"ph", "f"), (r"th", "t"), (r"rh", "r"), (r"ae|oe|œ|æ", "e"), (r"qu", "k"), (r"x", "ks"), (r"[yjı]", "i"),
    (r"[cksz]h?", "s"), (r"w", "v"), (r"(.)\1+", r"\1"),
)  # fmt: skip
ENDINGS = re.compile(r"(?:es|en|um|us|em|ou|u|a|e|o|i|s|n(?=e))$")
ACID = re.compile(r"(.{4,}?)(?:ine|een|e|in)?(?:zuur|säure)$")
SHORTEST = 5


@cache
def _known() -> tuple[re.Pattern[str], re.Pattern[str]]:
    file = resources.files("polyleaf.facts.words") / "names.toml"
    table = tomllib.loads(file.read_text("utf-8"))
    stems, plain = "|".join(table["stems"]), "|".join(table["names"])
    minerals, salts = "|".join(table["minerals"]), "|".join(table["salts"])
    return (
        re.compile(rf"(?:\w{{2,}}(?:{stems})|(?:{plain}))(?:e|a|um|en|s|n)?"),
        re.compile(rf"(?:{minerals})(\w*(?:{salts}))"),
    )


def names(text: str) -> Iterator[str]:
    """Yield the words of the folded *text* that are names of medicines by their shape."""
    for hit in find(text):
        yield hit.meaning


def find(text: str) -> Iterator[Hit]:
    """Yield where those words stand."""
    medicine, salt = _known()
    for found in WORD.finditer(text):
        word = found.group()
        if medicine.fullmatch(_plain(word)) or salt.fullmatch(word) or ACID.fullmatch(word):
            yield Hit(found.start(), found.end(), word)


def named(name: str, text: str) -> bool:
    """Tell whether the folded *text* has the medicine *name*, adapted to its language or not."""
    wanted = _wanted(name)
    is_salt = _known()[1].fullmatch(name) is not None
    skeletons = [skeleton(word) for word in WORD.findall(text)]
    if wanted.endswith("*"):
        return any(one.startswith(wanted[:-1]) for one in skeletons)
    return wanted in skeletons or (is_salt and any(one.endswith(wanted) for one in skeletons))


def latin(text: str) -> bool:
    """Tell whether *text* is in Latin letters: names in other scripts cannot be compared."""
    letters = [char for char in text if char.isalpha()]
    return sum("LATIN" in unicodedata.name(char, "") for char in letters) * 2 > len(letters)


def skeleton(word: str) -> str:
    """Return what is left of *word* when the spelling habits of languages are taken away."""
    word = _plain(word)
    for pattern, replacement in ADAPTED:
        word = re.sub(pattern, replacement, word)
    while len(word) > SHORTEST and ENDINGS.search(word):
        word = ENDINGS.sub("", word)
    return word


def _wanted(name: str) -> str:
    """Return the skeleton that tells *name* from others: of a salt its acid, without the mineral."""
    acid = ACID.fullmatch(name)
    salt = _known()[1].fullmatch(name)
    if acid:
        return skeleton(acid[1]) + "*"
    return skeleton(salt[1] if salt else name)


def _plain(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
