"""Checks of a translation: each has a case that passes and one that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import tree
from polyleaf.catalogs import Entry
from polyleaf.checks.registry import CHECKS
from polyleaf.checks.subjects import LanguagePair, Pair
from polyleaf.checks.translation import completeness, markup
from polyleaf.model import Unit

if TYPE_CHECKING:
    from polyleaf.checks.model import Check


def pair(message: str, text: str | None, *, fuzzy: bool = False) -> Pair:
    unit = Unit(0, message, "", "paragraph", "", "source/knee.md:1")
    return Pair(unit, None if text is None else Entry(text, fuzzy=fuzzy, line=1), LanguagePair("en", "nl"))


@pytest.mark.parametrize(
    ("check", "message", "text", "fact"),
    [
        (completeness.missing, "Knee", None, "is not in the catalogue: run `polyleaf update`"),
        (completeness.missing, "Knee", "", "is not translated"),
        (
            markup.emphasis_differs,
            "Do **not** bend",
            "Buig niet",
            "has emphasis 0 and strong emphasis 0 times, the source 0 and 1 times",
        ),
        (
            markup.emphasis_differs,
            "Do *not* bend",
            "Buig **niet**",
            "has emphasis 0 and strong emphasis 1 times, the source 1 and 0 times",
        ),
        (
            markup.emphasis_differs,
            "Bend",
            "*Buig*",
            "has emphasis 1 and strong emphasis 0 times, the source 0 and 0 times",
        ),
        (markup.code_differs, "Tap `OK`", "Druk op `Goed`", "has other code than the source: 'OK'"),
        (markup.code_differs, "Tap OK", "Druk op `OK`", "has other code than the source: 'OK'"),
    ],
)
def test_what_is_wrong_is_told(check: Check[Pair], message: str, text: str | None, fact: str) -> None:
    assert [fact] == support.facts(check(pair(message, text)))


def test_a_fuzzy_translation_is_told() -> None:
    assert ["is fuzzy, so it is not printed"] == support.facts(completeness.fuzzy(pair("Knee", "Knie", fuzzy=True)))


@pytest.mark.parametrize(
    ("check", "message", "text"),
    [
        (completeness.missing, "Knee", "Knie"),
        (completeness.fuzzy, "Knee", "Knie"),
        (completeness.fuzzy, "Knee", None),
        (markup.emphasis_differs, "Do **not *ever*** bend", "Buig *ooit* **niet**"),
        (markup.emphasis_differs, "5 \\* 3 * 2", "2 * 3 \\* 5"),
        (markup.emphasis_differs, "***Not***", "***Niet***"),
        (markup.emphasis_differs, "Tap `a*b`", "Druk op `a*b`"),
        (markup.emphasis_differs, "*Not*", None),
        (markup.emphasis_differs, "Do *not* bend.", "Buig *niet*."),
        (markup.emphasis_differs, "5 * 3", "5 × 3"),
        (markup.emphasis_differs, "*Not*", ""),
        (markup.code_differs, "Tap `OK`", "Druk op `OK`"),
        (markup.code_differs, "Tap `OK` \\`", "\\` Druk op `OK`"),
        (markup.code_differs, "Tap `OK`", None),
    ],
)
def test_what_is_right_is_silent(check: Check[Pair], message: str, text: str | None) -> None:
    assert [] == support.facts(check(pair(message, text)))


@pytest.mark.parametrize("check", [markup.emphasis_differs, markup.code_differs])
def test_a_fuzzy_translation_is_not_looked_at_further(check: Check[Pair]) -> None:
    assert [] == support.facts(check(pair("*Not* `OK`", "Niet", fuzzy=True)))


LINKS = "Lees [dit][a] en [dat][b], of [meer][c]."
MARKS = {
    name: tree.element("Link", [tree.NO_ATTR, [], [f"https://a.example/{page}", ""]])
    for name, page in zip("abc", "xxy", strict=True)
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Read [this and that][a], or [more][c].", []),
        ("Read [more][c], or [this and that][b].", []),
        ("Read [this][a] and [that][b].", ["lacks [c]"]),
        ("Read [this, that and more][b].", ["lacks [c]"]),
        ("Read [more][c].", ["lacks [a]", "lacks [b]"]),
        ("Read [this][a], [that][a], or [more][c].", ["has [a], which the source has not so often"]),
    ],
)
def test_two_links_to_one_address_may_become_one(text: str, expected: list[str]) -> None:
    unit = Unit(0, LINKS, "", "paragraph", "", "source/knie.md:1", marks=MARKS)
    subject = Pair(unit, Entry(text, fuzzy=False, line=1), LanguagePair("nl", "en"))

    assert expected == support.facts(markup.markup_differs(subject))


IN_WORDS = (
    "Ring the doctor today when your child has a fever, even if it drinks enough.",
    "Never take it before a meal or at night; only the pharmacist may halve the dose.",
    "You must not drive, unless the nurse says so. First wash your left hand, then the right one.",
    "Do not chew: swallow it whole. If you are pregnant, stop at once and ask your midwife.",
)


@pytest.mark.parametrize("language", ["sw", "ti"])
@pytest.mark.parametrize("message", IN_WORDS)
def test_nothing_is_compared_with_a_language_of_which_no_words_are_known(message: str, language: str) -> None:
    text = "ሎሚ ናብ ሓኪምካ ደውል ናብ ቈልዑ ኣርሕቆ" if language == "ti" else "Mpigie daktari leo ikiwa mtoto ana homa kali"
    unit = Unit(0, message, "", "paragraph", "", "source/knee.md:1", safety=True)
    pair = Pair(
        unit, Entry(". ".join([text] * message.count(".")) + ".", fuzzy=False, line=1), LanguagePair("en", language)
    )

    assert [] == [
        (check.name, diagnostic.fact)
        for check in CHECKS.values()
        if check.subject is Pair
        for diagnostic in check(pair)
    ]
