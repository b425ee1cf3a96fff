"""The checks: each has, in its own words, a case that it lets pass and one that it does not."""

from __future__ import annotations

import ast
import inspect
import re
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf.catalogs import Entry
from polyleaf.checks import output, source, text, translation
from polyleaf.checks.registry import CHECKS, MODULES
from polyleaf.checks.subjects import LanguagePair, Pair, PairCollection
from polyleaf.checks.translation import completeness, terminology
from polyleaf.facts import termbase
from polyleaf.model import Severity, Unit

if TYPE_CHECKING:
    from types import ModuleType

ENGLISH = LanguagePair("en", "nl")
EXAMPLE = re.compile(r'^ *(Bad|Good): +(?:"([^"]*)" is "([^"]*?)(?: (\[.*\]))?"; )?(".*") -> (".*")$', re.MULTILINE)


def findings(
    name: str, before: str, after: str, language_pair: LanguagePair = ENGLISH, *, fuzzy: bool = False
) -> list[str]:
    unit = Unit(0, before, "", "paragraph", "", "x.md:1")
    return support.facts(CHECKS[name](Pair(unit, Entry(after, fuzzy=fuzzy, line=1), language_pair)))


def examples() -> list[tuple[str, str, str, str, LanguagePair]]:
    cases = []
    for name, check in CHECKS.items():
        if check.subject is not Pair:
            continue
        for word, asked, target, forbidden, before, after in EXAMPLE.findall(check.description):
            known = termbase.parse_terms(f"nl\ten\tnote\n{asked}\t{target}\t{forbidden}") if asked else ()
            kept = (asked,) if asked == target else ()
            language_pair = LanguagePair("nl", "en", known, kept) if asked else LanguagePair("en", "nl")
            texts = [
                re.sub(r"\\u\w{4}", lambda code: ast.literal_eval(f'"{code[0]}"'), text[1:-1])
                for text in (before, after)
            ]
            cases.append((word, name, *texts, language_pair))
    return cases


@pytest.mark.parametrize(("word", "name", "before", "after", "language_pair"), examples())
def test_the_examples_of_a_check_are_true(
    word: str, name: str, before: str, after: str, language_pair: LanguagePair
) -> None:
    assert (word == "Bad") == bool(findings(name, before, after, language_pair))


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if check.subject is Pair])
def test_a_check_of_translations_has_a_good_and_a_bad_example(name: str) -> None:
    labels = [word for word, known, *_ in examples() if known == name]

    assert name in {"missing", "fuzzy"} or {"Bad", "Good"} == set(labels)


def test_every_module_of_checks_is_registered() -> None:
    packages = (output, source, text, translation)
    names = {module.name for package in packages for module in iter_modules(package.__path__)}

    assert names == {module.__name__.rpartition(".")[2] for module in MODULES}


@pytest.mark.parametrize("module", MODULES)
def test_every_public_generator_of_a_module_of_checks_is_a_check(module: ModuleType) -> None:
    functions = [
        name
        for name, function in inspect.getmembers(module, inspect.isgeneratorfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]

    assert [] == functions
    assert any(check.find.__module__ == module.__name__ for check in CHECKS.values())


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if check.subject is Pair])
def test_only_a_translation_that_is_printed_is_compared(name: str) -> None:
    accused = findings(name, "Take **5 ml**", "Neem 50 mg", fuzzy=True)

    assert name == "fuzzy" or not accused


@pytest.mark.parametrize(
    ("name", "before", "after", "fact"),
    [
        ("number_differs", "Take 5 ml", "Neem 50 ml", "has 50 ml where the source has 5 ml"),
        ("number_differs", "Take it with water", "Neem 2 met water", "has 2 where the source has none"),
        ("number_differs", "the second day", "de derde dag", "has 3 day where the source has 2"),
        ("number_differs", "at 9 pm", "om 9.00 uur", "has 9:00 where the source has 21:00"),
        (
            "negation_differs",
            "Do not bend it.",
            "Buig het.",
            "has no negations where the source has 1 negation: compare them",
        ),
        ("number_differs", "Do it twice.", "Doe dit 1 keer.", "has 1 time where the source has 2 times"),
        (
            "direction_differs",
            "Take it before meals and before bed.",
            "Neem het na de maaltijd en na het slapen.",
            "says “after” where the source says “before”",
        ),
        ("unit_differs", "5 mg a day", "5 mg per week", "gives an amount per week where the source gives it per day"),
        ("unit_differs", "10 mg per kg", "10 mg", "does not say that it is per kg"),
        ("unit_differs", "Take 5", "Neem 5 ml", "has 5 ml where the source has 5 without that unit"),
        ("unit_differs", "Take 2.5 g", "Neem 2,5", "has 2.5 where the source has 2.5 g"),
        ("unit_differs", "Take 2.5", "Neem 2,5 g", "has 2.5 g where the source has 2.5 without that unit"),
        ("unit_differs", "Take 5 ml", "Neem 5", "has 5 where the source has 5 ml"),
        ("unit_differs", "3 drops", "3 theelepels", "has 3 teaspoon where the source has 3 drop"),
        ("limit_differs", "at least 4 hours", "4 uur", "has no limit where the source has 1 × “at least, more than”"),
        ("address_differs", "Call 112", "Bel 122", "lacks 112"),
        ("emphasis_differs", "a **b**", "a b", "has emphasis 0 and strong emphasis 0 times, the source 0 and 1 times"),
        ("code_differs", "`a`", "`b`", "has other code than the source: 'a'"),
        ("markup_differs", "a {fn1}", "a {fn1}{fn1}", "has {fn1}, which the source has not so often"),
        ("name_differs", "prednisolone", "prednison", "does not name prednisolone"),
        ("direction_differs", "in the evening", "in de ochtend", "says “morning” where the source says “evening”"),
        ("missing", "Knee", "", "is not translated"),
        ("markup_differs", "See [it][a]", "Zie [het][a][a]", "has [a], which the source has not so often"),
        (
            "emphasis_differs",
            "**a**",
            "****a****",
            "has emphasis 0 and strong emphasis 2 times, the source 0 and 1 times",
        ),
        (
            "number_order",
            "500 mg, then 1 g",
            "1 g, dan 500 mg",
            "has 1 g, 500 mg where the source has the same in another order",
        ),
        (
            "number_order",
            "1 in 10, or 1 in 50",
            "1 op 50, 1 op 10",
            "has 1, 50, 1, 10 where the source has the same in another order",
        ),
        ("name_differs", "Losec 20 mg", "Lasix 20 mg", "does not name losec"),
        ("unit_differs", "10 mg per kg per day", "10 mg per dag", "does not say that it is per kg"),
        ("unit_differs", "No more than 250 mg a day", "Niet meer dan 250 mg", "does not say that it is per day"),
        (
            "negation_differs",
            "Do not use it if",
            "Gebruik het alleen als",
            "has no negations and an “only” where the source has 1 negation: compare them",
        ),
        (
            "negation_differs",
            "Do not stop. Only call if it hurts",
            "Stop. Bel alleen niet als het pijn doet",
            "has no negations where the source has 1 negation: compare them",
        ),
        ("direction_differs", "Call 112 now", "Bel vandaag 112", "says “today” where the source says “now”"),
        ("direction_differs", "That is too much", "Dat is genoeg", "says “enough” where the source says “too much”"),
        ("direction_differs", "Then stop", "Ga dan door", "says “start” where the source says “stop”"),
        ("direction_differs", "Swallow it whole", "Maak het fijn", "says “crushed” where the source says “whole”"),
        (
            "part_lost",
            "Call your doctor at once. Take all of it with you. Then wait.",
            "Bel meteen de huisarts. Neem alles mee.",
            "has 2 sentences where the source has 3, and is shorter: is one lost?",
        ),
        ("figure_glued", "Take 10 ml", "Neem l10 ml", "has 'l10', which could be read as another number"),
        ("figure_glued", "Take 10 ml", "Neem 1O ml", "has '1o', which could be read as another number"),
        ("figure_glued", "Take 10 ml", "Neem |10 ml", "has '|10', which could be read as another number"),
        ("figure_glued", "Take 5 ml", "Neem \u041e5 ml", "has '\u043e5', which could be read as another number"),
        ("number_differs", "below -5 °C", "onder 5 °C", "has 0 numbers below zero where the source has 1"),
        ("number_differs", "25 ml", "2'5 ml", "has 2.5 ml where the source has 25 ml"),
        ("unit_differs", "10 mg per week", "10 mg", "does not say that it is per week"),
        ("unit_differs", "10 mg", "10 mg per kg", "says that it is per kg, which the source does not"),
    ],
)
def test_a_check_says_what_differs(name: str, before: str, after: str, fact: str) -> None:
    assert fact == findings(name, before, after)[0]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("number_differs", "Take it at 8 in the morning", "Neem het om 8 uur 's ochtends"),
        ("number_differs", "First read this", "Lees dit"),
        ("number_differs", "half an hour", "30 minuten"),
        ("number_order", "2 tablets, then 4 tablets", "2 tabletten, daarna 4 tabletten"),
        ("unit_differs", "Take 2 tablets", "Neem er 2"),
        ("unit_differs", "at 2 to 8 °C", "tussen 2 en 8 graden"),
        ("unit_differs", "2.5 ml daily", "elke dag 2,5 ml"),
        ("limit_differs", "Do not take more than 4 tablets", "Neem hooguit 4 tabletten"),
        ("negation_differs", "Do not stop unless your doctor tells you to", "Stop alleen als uw arts dat zegt"),
        ("direction_differs", "at bedtime", "voor het slapen"),
        ("markup_differs", "H~2~O and 10^6^", "H~2~O en 10^6^"),
        ("name_differs", "alendronic acid and azathioprine", "alendroninezuur en azathioprine"),
        ("name_differs", "ibuprofen", "ібупрофен"),
        ("bidi_stray", "Call 112", "Bel \u2068112\u2069"),
        ("number_order", "every 8 hours for 3 days", "3 dagen lang om de 8 uur"),
        ("number_differs", "three quarters", "75%"),
        ("number_differs", "until 03-2027", "tot maart 2027"),
        ("unit_differs", "for 2 consecutive days", "2 dagen achter elkaar"),
        ("name_differs", "Losec 20 mg", "Losec, 20 mg"),
        ("unit_differs", "No more than 250 mg a day", "Hooguit 250 mg in 24 uur"),
        ("unit_differs", "No more than 250 mg a day", "Hooguit 250 mg, elke avond"),
        ("negation_differs", "Only after a meal", "Niet voordat u heeft gegeten"),
        ("direction_differs", "Call now", "Bel meteen"),
        (
            "part_lost",
            "Do you have a fever? Call us at once, and say what you took.",
            "Bel ons meteen bij koorts en zeg wat u nam.",
        ),
        ("figure_glued", "vitamin B12, 2 l, CO2", "CO2, vitamine B12, 2l"),
        ("figure_glued", "O2 and 2 l", "2 l en O2"),
        ("number_differs", "between -5 and 8 °C", "tussen -5 en 8 °C"),
        ("number_differs", "5-10 ml", "5-10 ml"),
        ("unit_differs", "10 mg per day", "elke dag 10 mg"),
    ],
)
def test_a_check_lets_pass_what_is_right(name: str, before: str, after: str) -> None:
    assert [] == findings(name, before, after)


def pair(message: str, translation: str, location: str, context: str = "", *, fuzzy: bool = False) -> Pair:
    unit = Unit(0, message, context, "paragraph", "", "x.md:1")
    return Pair(unit, Entry(translation, fuzzy=fuzzy, line=1), LanguagePair("nl", "en"), location)


def test_a_text_that_is_translated_otherwise_elsewhere_is_told_of_with_the_other_place() -> None:
    usual = [pair("Bel uw huisarts", "Call your GP", f"{name}.po:1") for name in "ab"]
    other = pair("Bel uw huisarts", "Ring your doctor", "c.po:7")

    assert [(other, "is 'Call your GP' in a.po:1")] == support.locate(
        terminology.translation_differs(PairCollection([other, *usual]))
    )
    assert [(other, "is 'Call your GP' in b.po:1")] == support.locate(
        terminology.translation_differs(PairCollection([usual[1], other]))
    )


def test_another_context_or_what_is_not_printed_is_no_other_translation() -> None:
    usual = pair("Over", "About", "a.po:1")
    others = [pair("Over", "Left", "b.po:1", "rest"), pair("Over", "Over", "c.po:1", fuzzy=True), pair("Over", "", "d")]

    assert [] == list(terminology.translation_differs(PairCollection([usual, *others])))


@pytest.mark.parametrize(
    ("target", "translation", "lost"),
    [
        ("en", "Read it on Thuisarts.net", True),
        ("en", "Read it on GPInfo", True),
        ("ar", "اقرأه على Thuisarts.nl", False),
    ],
)
def test_a_name_that_is_not_translated_stays_as_it_is(target: str, translation: str, lost: int) -> None:
    language_pair = LanguagePair("nl", target, kept=("Thuisarts.nl",))

    assert lost == len(findings("name_translated", "Lees het op Thuisarts.nl.", translation, language_pair))


def test_what_is_not_in_the_catalogue_is_missing() -> None:
    pair = Pair(Unit(0, "Knee", "", "paragraph", "", "x.md:1"), None, LanguagePair("en", "nl"))

    assert ["is not in the catalogue: run `polyleaf update`"] == support.facts(completeness.missing(pair))


def test_terms_are_read_from_their_three_columns() -> None:
    text = 'nl\ten\tnote\n\narts / dokter\tdoctor (GP)\t[physician, medic = US] or "family doctor"\n# a comment'

    terms = termbase.parse_terms(text)

    assert (termbase.Term(("arts", "dokter"), ("doctor", "gp", "family doctor"), ("physician", "medic")),) == terms


def test_a_term_may_be_inflected() -> None:
    language_pair = LanguagePair("nl", "en", termbase.parse_terms("nl\ten\tnote\nslecht slapen\tsleep badly\t\n"))

    assert [] == findings("term_missing", "Slecht slapen", "Sleeping badly", language_pair)


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if check.subject is PairCollection])
def test_what_is_found_in_all_translations_together_only_warns(name: str) -> None:
    """A build does not ask these checks."""
    assert {Severity.WARNING} == {CHECKS[name].severity, CHECKS[name].in_safety}
