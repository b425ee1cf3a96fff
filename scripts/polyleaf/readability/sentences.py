"""Sentences and words of one text: a paragraph, a list item, a cell, never two of them glued together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from polyleaf import languages
from polyleaf.facts.lexicon import fold, load_lexicon
from polyleaf.facts.style_lexicon import load_style_lexicon

END = re.compile(r"(?<![.?!…؟۔।॥።፧፨։។။])[.?!…؟۔।॥።፧፨։។။]++[\"'”’»)\]]*+(?=\s)|[。！？]+[」』”’]*")  # noqa: RUF001 - full stops of other scripts
WORD = re.compile(r"\w+(?:[-'’.,:@/+&–]\w+)*")
BEFORE = re.compile(r"(?:\A|(?<!\S)(?=\S))(\S*+\s++)?[^\s\w]*+(\w\S*+)$")
TAIL = 80
"""How far back the last words of a sentence are looked for."""

DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")
INITIAL = re.compile(r"[^\W\d_]\.")
FIGURE = re.compile(r"\d{1,3}\.")
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
"""How the names of letters begin in scripts that put no space between words."""


def split_words(text: str) -> list[str]:
    """Return the words and figures of *text*; what hyphens and apostrophes join is one word."""
    return WORD.findall(text)


def split_sentences(text: str, language: str) -> list[str]:
    """Return the sentences of *text*, which is in *language*; a text without a full stop is one.

    The dot of an abbreviation, an initial, a decimal, a day before its month or a number that starts a text ends
    nothing. After one letter alone (`vitamin C. Take`) the word before it decides: after a word in small letters, or
    a figure, it ends a sentence; after a name, or where none stands before it, it is an initial.
    """
    sentences, start = [], 0
    for stop in END.finditer(text):
        if _ends(text[start : stop.end()], text[stop.end() :].lstrip(), language):
            sentences.append(text[start : stop.end()].strip())
            start = stop.end()
    return [sentence for sentence in [*sentences, text[start:].strip()] if split_words(sentence)]


def spaced(text: str) -> bool:
    """Tell whether most letters of *text* belong to scripts that put spaces between words."""
    return _most(text, lambda char: not unicodedata.name(char, "").startswith(UNSPACED))


def cased(text: str) -> bool:
    """Tell whether most letters of *text* have capitals: an alphabet that writes its vowels."""
    return _most(text, lambda char: char.lower() != char.upper())


def _ends(before: str, after: str, language: str) -> bool:
    """Tell whether a sentence ends between *before*, which starts with the sentence, and *after*."""
    before = before.rstrip("\"'”’»)]")
    if after[:1].islower():
        return False
    last = BEFORE.search(before[-TAIL:]) if before.endswith(".") and after else None
    return not last or not _abbreviates(last, after, language)


def _abbreviates(last: re.Match[str], after: str, language: str) -> bool:
    """Tell whether the dot of the word *last*, and of no sentence, stands before *after*."""
    first, word = (last[1] or "").strip(), last[2]
    lexicon = load_style_lexicon(language)
    if lexicon.is_abbreviation(word) or DOTTED.fullmatch(word):
        return not (lexicon.may_end_sentence(word) and after[0].isupper())
    if INITIAL.fullmatch(word):
        named = INITIAL.fullmatch(first) or INITIAL.match(after) or lexicon.is_abbreviation(first)
        return bool(named) or (word[0].isupper() and (not first or first[0].isupper()))
    if FIGURE.fullmatch(word):
        next_word = WORD.match(after)
        return (
            not split_words(last.string[: last.start(2)])
            or (next_word is not None and next_word[0].casefold() in _months(language))
            or _is_ordinal(first, after, language)
        )
    return False


def _is_ordinal(before: str, after: str, language: str) -> bool:
    """Tell whether a figure with a dot is an ordinal: after an article, or before a unit: `in der 36. Woche`.

    Only in a language that writes its ordinals so, and its nouns with a capital.
    """
    lexicon = load_lexicon(language)
    articles = lexicon["before_ordinals"]
    is_before_unit = bool(articles) and lexicon["units"].at(fold(after, language), 0) is not None
    return is_before_unit or articles.at(fold(before, language), 0) is not None


@cache
def _months(language: str) -> frozenset[str]:
    return frozenset(name.casefold().rstrip(".") for name in languages.months(language) if not name.isdecimal())


def _most(text: str, belongs: Callable[[str], bool]) -> bool:
    letters = [char for char in text if char.isalpha()]
    return not letters or sum(belongs(char) for char in letters) * 2 > len(letters)
