"""Font fallback: which families show which characters in which language, and the CSS rules that name them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from markupsafe import Markup

from polyleaf.errors import RenderError
from polyleaf.fonts import files
from polyleaf.fonts.text_runs import TextRun
from polyleaf.model import DEFAULT_THEME, Theme
from polyleaf.quotations import pluralize, shorten
from polyleaf.theme import families
from polyleaf.theme.families import GENERIC, SIGNS, quoted

Chosen = Mapping[str, Mapping[str, frozenset[str]]]
"""By language (BCP 47) the families that its texts need, in the order of fallback, each with its characters."""

LAST_LATIN = 0x24F
"""The end of the blocks that are of Latin and signs alone (Unicode 16: Latin Extended-B)."""

PACKAGE = "fonts-noto-core"

HAN = {"Hani": ("Hans", "Jpan", "Hant", "Kore"), "Hira": ("Jpan",), "Kana": ("Jpan",), "Hang": ("Kore",)}
HAN |= {"Bopo": ("Hant",)}
"""The scripts of `assets/fonts.toml` that have these: the one that the language has, else the first."""

INVISIBLE = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Characters that steer others and have no look of their own: Default_Ignorable_Code_Point of Unicode 16."""

TAG = re.compile(r"[A-Za-z0-9-]+")

SHOWN = 4
"""How many characters an error names."""


def find_families(language: str, words: str, theme: Theme) -> tuple[str, ...]:
    """Return the families of *language*, and then those of the scripts in *words*, whatever is installed."""
    others = sorted({character for character in words if ord(character) > LAST_LATIN})
    candidates = (family for character in others for family in _candidates(character, language, theme))
    return tuple(dict.fromkeys((*families.find_families(language, theme), *candidates)))


def list_families(language: str, words: str, theme: Theme) -> tuple[str, ...]:
    """Return the families of `find_families` as CSS lists them, and then those of systems without them."""
    return (*map(quoted, find_families(language, words, theme)), *GENERIC)


def page_styles(languages: Iterable[str], theme: Theme) -> Markup:
    """Return the rules for a page on a screen that name the families of each of *languages*."""
    return _rules(
        {language: (*map(quoted, families.find_families(language, theme)), *GENERIC) for language in languages}, theme
    )


def print_styles(chosen: Chosen, theme: Theme) -> Markup:
    """Return the rules for printed pages, whatever their own style sheet says: the families that are *chosen*."""
    lists = {language: tuple(map(quoted, fonts)) for language, fonts in chosen.items()}
    rules = _rules(lists, theme, " !important")
    return rules + Markup("\ncode, kbd, pre, samp, tt { font-family: inherit !important; }")


def book_styles(chosen: Chosen) -> Markup:
    """Return the rules for a book that embeds the families that are *chosen*; what a reader prefers wins."""
    lists = {language: (*map(quoted, fonts), "sans-serif") for language, fonts in chosen.items()}
    rules = (Markup(f"{selector} {{ font-family: {names}; }}") for selector, names in _selected(lists))  # noqa: S704 - as in `_rules`
    return Markup("\n").join(rules)


def choose(runs: Sequence[TextRun], theme: Theme) -> Chosen:
    """Return the families that the *runs* need; raises RenderError for a character that none of the named ones has.

    Asked are the families of the *theme* and of the language, then those of the script that a character belongs to.
    """
    chosen: dict[str, dict[str, set[str]]] = {}
    missing: dict[str, TextRun] = {}
    asked: dict[str, set[str]] = {}
    for run in runs:
        before = asked.setdefault(run.language, set())
        new = set(run.words) - before
        before |= new
        fonts = chosen.setdefault(
            run.language, {family: set() for family in families.find_families(run.language, theme)}
        )
        for character in sorted(new):
            family = _family(character, run.language, theme)
            if family:
                fonts.setdefault(family, set()).add(character)
            elif family is None:
                missing.setdefault(character, run)
    if missing:
        raise _missing_error(missing, theme)
    return {
        language: {family: frozenset(characters) for family, characters in fonts.items() if characters}
        for language, fonts in chosen.items()
    }


def _family(character: str, language: str, theme: Theme) -> str | None:
    """Return the family that shows *character* in *language*: "" where none is needed, None where none has it."""
    own = families.find_families(language, theme) if theme.text or theme.scripts else ()
    if own and not _needs_no_glyph(character):
        return next((family for family in own if _has(family, character)), _default_family(character, language))
    return _default_family(character, language)


@cache
def _default_family(character: str, language: str) -> str | None:
    if _needs_no_glyph(character):
        return ""
    candidates = _candidates(character, language, DEFAULT_THEME)
    return next((family for family in candidates if _has(family, character)), None)


def _needs_no_glyph(character: str) -> bool:
    """Tell whether *character* is a space, a line break or a sign that only steers: HarfBuzz draws none of them."""
    if unicodedata.category(character) in {"Cc", "Zs", "Zl", "Zp"}:
        return True
    return any(first <= ord(character) <= last for first, last in INVISIBLE)


def _candidates(character: str, language: str, theme: Theme) -> tuple[str, ...]:
    table = families.read_table()["families"]
    more = (family for name in _scripts(character, language) for family in table.get(name, ()))
    return tuple(dict.fromkeys((*families.find_families(language, theme), *more)))


def _scripts(character: str, language: str) -> tuple[str, ...]:
    """Return the scripts of the table that *character* may belong to, that of *language* first."""
    name = files.find_script(character)
    return tuple(sorted(HAN.get(name, (name,)), key=lambda script: script != families.find_script(language)))


def _has(family: str, character: str) -> bool:
    face = files.find_face(family)
    return face is not None and face.has(character)


def _missing_error(missing: Mapping[str, TextRun], theme: Theme) -> RenderError:
    characters = "; ".join(_described(character, run) for character, run in list(missing.items())[:SHOWN])
    more = f"; and {pluralize(len(missing) - SHOWN, 'character')} more" if len(missing) > SHOWN else ""
    first, run = next(iter(missing.items()))
    candidates = _candidates(first, run.language, theme)
    tried = ", ".join(family if files.find_face(family) else f"{family} (not installed)" for family in candidates)
    fact = f"{characters}{more}: in none of the fonts named for {run.language}: {tried}"
    return RenderError(fact, hint=_way_out(first, run.language), text=_find_word(first, run))


def _described(character: str, run: TextRun) -> str:
    name = unicodedata.name(character, "a character without a name")
    under = f" under “{shorten(run.heading)}”" if run.heading else ""
    return f"U+{ord(character):04X} {name} ({character}) in “{shorten(_find_word(character, run))}”{under}"


def _find_word(character: str, run: TextRun) -> str:
    return next(word for word in run.words.split() if character in word)


def _way_out(character: str, language: str) -> str:
    """Return what to install; where all is installed, that the character has to go."""
    table = families.read_table()
    for script in (*_scripts(character, language), SIGNS):
        names = table["families"].get(script, ())
        if names and not any(files.find_face(name) for name in names):
            package, cask = table["packages"].get(script, PACKAGE), f"font-{names[0].lower().replace(' ', '-')}"
            return f"Run scripts/build, or install it: apt install {package} (macOS: brew install --cask {cask})."
    return "Write it with other signs: no font that leaflets are set in has it."


def _rules(lists: Mapping[str, Sequence[str]], theme: Theme, end: str = "") -> Markup:
    """Return rules that name the families of each language, and which of them are for headings."""
    first = f"{quoted(theme.heading)}, " if theme.heading else ""
    lines = [
        f"{selector} {{ --heading: {first}{names}{end}; font-family: {names}{end}; }}"
        for selector, names in _selected(lists)
    ]
    return Markup("\n".join(lines))  # noqa: S704 - names of languages and of fonts that are known


def _selected(lists: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield for each language its selector and its families as a style sheet lists them."""
    for language, names in lists.items():
        if names and TAG.fullmatch(language):
            yield f'[lang="{language}"]', ", ".join(names)
    if lists.get(""):
        yield "html", ", ".join(lists[""])
