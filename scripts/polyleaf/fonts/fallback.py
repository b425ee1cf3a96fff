"""Which fonts show which text: the rules that name families for every language, and no letter that none of them has."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from polyleaf.errors import RenderError
from polyleaf.fonts import files
from polyleaf.model import DEFAULT_THEME
from polyleaf.theme import families
from polyleaf.theme.families import GENERIC, SIGNS, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from polyleaf.fonts.text_runs import Text
    from polyleaf.model import Theme

    Chosen = Mapping[str, Mapping[str, frozenset[str]]]
    """For each language the families that its texts need, in the order in which they are asked, with the characters."""

LAST_LATIN = 0x24F
"""The end of the blocks that are of Latin and signs alone (Unicode 16: Latin Extended-B)."""

PACKAGE = "fonts-noto-core"

HAN = {"Hani": ("Hans", "Jpan", "Hant", "Kore"), "Hira": ("Jpan",), "Kana": ("Jpan",), "Hang": ("Kore",)}
HAN |= {"Bopo": ("Hant",)}
"""The scripts of which these are parts: the language says which, and where it does not the first."""

INVISIBLE = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Characters that steer others and have no look of their own: Default_Ignorable_Code_Point of Unicode 16."""

TAG = re.compile(r"[A-Za-z0-9-]+")

SHOWN = 4
"""How many characters an error names."""


def families_of(language: str, words: str, theme: Theme) -> tuple[str, ...]:
    """Return `families.named`, and then those of the scripts in *words*, whatever is installed, as `choose` does."""
    others = sorted({character for character in words if ord(character) > LAST_LATIN})
    asked = (family for character in others for family in _asked(character, language, theme))
    return tuple(dict.fromkeys((*families.named(language, theme), *asked)))


def page_styles(spoken: Iterable[str], theme: Theme) -> Markup:
    """Return the rules for a page on a screen that name the families of every language *spoken* on it."""
    return _rules({language: (*map(quoted, families.named(language, theme)), *GENERIC) for language in spoken}, theme)


def paper_styles(chosen: Chosen, theme: Theme) -> Markup:
    """Return the rules for pages that are set, whatever their own style sheet says: families that are *chosen*."""
    lists = {language: tuple(map(quoted, fonts)) for language, fonts in chosen.items()}
    rules = _rules(lists, theme, " !important")
    return rules + Markup("\ncode, kbd, pre, samp, tt { font-family: inherit !important; }")


def book_styles(chosen: Chosen) -> Markup:
    """Return the rules for a book that brings the families that are *chosen*; what a reader prefers wins."""
    lists = {language: (*map(quoted, fonts), "sans-serif") for language, fonts in chosen.items()}
    return Markup("\n").join(Markup(f"{where} {{ font-family: {names}; }}") for where, names in _named(lists))  # noqa: S704 - as in `_rules`


def choose(texts: Sequence[Text], theme: Theme) -> Chosen:
    """Return the families that the *texts* need; raises RenderError for a character that none of the named ones has.

    Asked are the families of the *theme* and of the language, then those of the script that a character belongs to.
    """
    made: dict[str, dict[str, set[str]]] = {}
    missing: dict[str, Text] = {}
    for text in texts:
        fonts = made.setdefault(text.language, {family: set() for family in families.named(text.language, theme)})
        for character in sorted(set(text.words)):
            family = _shown(character, text.language, theme)
            if family:
                fonts.setdefault(family, set()).add(character)
            elif family is None:
                missing.setdefault(character, text)
    if missing:
        raise _lost(missing, theme)
    return {
        language: {family: frozenset(characters) for family, characters in fonts.items() if characters}
        for language, fonts in made.items()
    }


def _shown(character: str, language: str, theme: Theme) -> str | None:
    """Return the family that shows *character* in *language*: "" where none is needed, None where none has it."""
    own = families.named(language, theme) if theme.text or theme.scripts else ()
    if own and not _needs_no_glyph(character):
        return next((family for family in own if _has(family, character)), _shows(character, language))
    return _shows(character, language)


@cache
def _shows(character: str, language: str) -> str | None:
    """Return the same for the fonts of the house."""
    if _needs_no_glyph(character):
        return ""
    return next((family for family in _asked(character, language, DEFAULT_THEME) if _has(family, character)), None)


def _needs_no_glyph(character: str) -> bool:
    """Tell whether *character* is a space, a line break or a sign that only steers: HarfBuzz draws none of them."""
    if unicodedata.category(character) in {"Cc", "Zs", "Zl", "Zp"}:
        return True
    return any(first <= ord(character) <= last for first, last in INVISIBLE)


def _asked(character: str, language: str, theme: Theme) -> tuple[str, ...]:
    table = families.table()["families"]
    more = (family for name in _homes(character, language) for family in table.get(name, ()))
    return tuple(dict.fromkeys((*families.named(language, theme), *more)))


def _homes(character: str, language: str) -> tuple[str, ...]:
    """Return the scripts of the table that *character* may belong to, in which those of *language* come first."""
    name = files.script(character)
    homes = HAN.get(name, (name,))
    return tuple(sorted(homes, key=lambda home: home != families.script(language)))


def _has(family: str, character: str) -> bool:
    found = files.face(family)
    return found is not None and found.has(character)


def _lost(missing: Mapping[str, Text], theme: Theme) -> RenderError:
    told = [_told(character, text) for character, text in list(missing.items())[:SHOWN]]
    more = f"; and {len(missing) - SHOWN} characters more" if len(missing) > SHOWN else ""
    first, text = next(iter(missing.items()))
    asked = _asked(first, text.language, theme)
    looked = ", ".join(family if files.face(family) else f"{family} (not installed)" for family in asked)
    fact = f"{'; '.join(told)}{more}: in none of the fonts named for {text.language}: {looked}"
    return RenderError(fact, hint=_way_out(first, text.language))


def _told(character: str, text: Text) -> str:
    name = unicodedata.name(character, "a character without a name")
    word = next(word for word in text.words.split() if character in word)
    under = f" under “{text.heading}”" if text.heading else ""
    return f"U+{ord(character):04X} {name} ({character}) in “{word}”{under}"


def _way_out(character: str, language: str) -> str:
    """Return what to install; where all is installed, that the character has to go."""
    table = families.table()
    for home in (*_homes(character, language), SIGNS):
        names = table["families"].get(home, ())
        if names and not any(files.face(name) for name in names):
            package, cask = table["packages"].get(home, PACKAGE), f"font-{names[0].lower().replace(' ', '-')}"
            return f"Run scripts/build, or install it: apt install {package} (macOS: brew install --cask {cask})."
    return "Write it with other signs: no font that leaflets are set in has it."


def _rules(lists: Mapping[str, Sequence[str]], theme: Theme, end: str = "") -> Markup:
    """Return rules that name the families of each language, and which of them are for headings."""
    first = f"{quoted(theme.heading)}, " if theme.heading else ""
    lines = [
        f"{where} {{ --heading: {first}{names}{end}; font-family: {names}{end}; }}" for where, names in _named(lists)
    ]
    return Markup("\n".join(lines))  # noqa: S704 - names of languages and of fonts that were looked at


def _named(lists: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield for each language what selects it and its families as a style sheet lists them."""
    for language, names in lists.items():
        if names and TAG.fullmatch(language):
            yield f'[lang="{language}"]', ", ".join(names)
    if lists.get(""):
        yield "html", ", ".join(lists[""])
