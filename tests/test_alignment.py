"""Alignment of segments: by the order of the documents, and by features that are the same in any language."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from polyleaf.alignment.beads import align_segments
from polyleaf.alignment.features import TextFeatures, is_mergeable

if TYPE_CHECKING:
    from polyleaf.alignment.dynamic_programming import Bead

Pair = tuple[str, str, str]
"""Kind, text and translation."""

PAIRS: list[Pair] = [
    ("heading", "Wat is een hernia?", "What is a hernia?"),
    (
        "paragraph",
        "Een hernia is een uitstulping van een tussenwervelschijf.",
        "A hernia is a bulge of a disc between two vertebrae.",
    ),
    ("paragraph", "Van elke 100 mensen krijgen er 5 een hernia.", "Of every 100 people 5 get a hernia."),
    ("heading", "Klachten", "Symptoms"),
    ("list item", "Pijn in uw been.", "Pain in your leg."),
    ("list item", "Tintelingen in uw voet.", "Tingling in your foot."),
    ("list item", "Minder kracht.", "Less strength."),
    ("heading", "Behandeling", "Treatment"),
    ("paragraph", "De meeste klachten gaan na 8 weken vanzelf over.", "Most complaints go away after 8 weeks."),
    ("paragraph", "Neem zo nodig ibuprofen 400 mg.", "Take ibuprofen 400 mg if you need it."),
    ("paragraph", "Blijf bewegen. Ga niet dagenlang op bed liggen.", "Keep moving. Do not stay in bed for days."),
]


CAR_PARK = (
    "Our clinic has its own car park, where visitors can leave their car for 3 euros an hour. It is open from 6 am to "
    "11 pm, and there is room for bicycles beside the main entrance."
)


def segments(rows: list[tuple[str, str]], language: str) -> list[TextFeatures]:
    return [TextFeatures(words, kind, language, sentences=tuple(_sentences(words))) for kind, words in rows]


def _sentences(words: str) -> list[str]:
    parts = words.split(". ")
    return [*(f"{part}." for part in parts[:-1]), parts[-1]]


def source(pairs: list[Pair]) -> list[TextFeatures]:
    return segments([(kind, text) for kind, text, _ in pairs], "nl")


def target(pairs: list[Pair]) -> list[TextFeatures]:
    return segments([(kind, translation) for kind, _, translation in pairs], "en")


def sure(beads: list[Bead]) -> list[tuple[list[int], list[int]]]:
    return [(list(bead.source), list(bead.target)) for bead in beads if bead.sure]


def test_nothing_is_aligned_with_nothing() -> None:
    assert [] == align_segments([], target(PAIRS))
    assert [] == align_segments(source(PAIRS), [])


@pytest.mark.law
def test_texts_in_the_same_order_are_pairs() -> None:
    assert [([at], [at]) for at in range(len(PAIRS))] == sure(align_segments(source(PAIRS), target(PAIRS)))


@pytest.mark.parametrize("gone", range(1, len(PAIRS)))
def test_a_text_that_is_gone_moves_no_other(gone: int) -> None:
    theirs = [pair for at, pair in enumerate(PAIRS) if at != gone]
    wrong = [
        pair
        for pair in sure(align_segments(source(PAIRS), target(theirs)))
        if pair[1] != [pair[0][0] - (pair[0][0] > gone)]
    ]

    assert [] == [pair for pair in wrong if pair[0] != [gone]]


@pytest.mark.parametrize("at", [2, 5, 9])
def test_a_text_that_is_new_is_left_over(at: int) -> None:
    new = ("paragraph", "", CAR_PARK)
    beads = align_segments(source(PAIRS), target([*PAIRS[:at], new, *PAIRS[at:]]))

    assert at not in {number for _, columns in sure(beads) for number in columns}


def test_sections_may_change_places() -> None:
    theirs = [*PAIRS[:3], *PAIRS[7:], *PAIRS[3:7]]
    beads = sure(align_segments(source(PAIRS), target(theirs)))
    right = [([at], [theirs.index(pair)]) for at, pair in enumerate(PAIRS)]

    assert [] == [bead for bead in beads if bead not in right]
    assert len(beads) >= len(PAIRS) - 1


def test_the_same_numbers_decide_between_texts_that_are_alike() -> None:
    rows = [("paragraph", f"Neem {at} pillen.", f"Take {at} pills.") for at in range(2, 9)]
    beads = sure(align_segments(source(rows), target([rows[0], *rows[3:]])))

    assert [([0], [0]), ([3], [1]), ([4], [2]), ([5], [3]), ([6], [4])] == beads


def test_numbers_are_the_same_by_value() -> None:
    dutch = TextFeatures("Neem anderhalve tablet en 1.500 mg om half acht.", "paragraph", "nl")
    translated = TextFeatures("Take 1.5 tablets and 1,500 mg at 7:30.", "paragraph", "en")

    assert {"number 3/2", "number 1500"} <= dutch.anchors & translated.anchors


@pytest.mark.law
def test_names_of_medicines_are_the_same_however_they_are_spelt() -> None:
    dutch = TextFeatures("doxycycline", "cell", "nl")
    translated = TextFeatures("doksycyklina", "cell", "pl")

    assert any(hint.startswith("name ") for hint in dutch.hints & translated.hints)


def test_cells_in_tables_of_the_same_shape_are_paired_by_their_place() -> None:
    dutch = ["ja", "nee", "vaak", "soms", "veel", "weinig", "vroeg", "laat"]
    english = ["yes", "no", "often", "never", "lots", "few", "early", "late"]
    places = [f"4x2 {row} {column}" for row in range(4) for column in range(2)]
    ours = [TextFeatures(words, "cell", "nl", cell) for words, cell in zip(dutch, places, strict=True)]
    theirs = [TextFeatures(words, "cell", "en", cell) for words, cell in zip(english, places, strict=True)]
    beads = sure(align_segments([*source(PAIRS), *ours], [*target(PAIRS), *theirs[:2], *theirs[4:]]))
    first = len(PAIRS)

    assert [([first + at], [first + at - 2 * (at > 1)]) for at in (0, 1, 4, 5, 6, 7)] == beads[first:]


def test_a_paragraph_that_became_two_is_one_bead() -> None:
    theirs = [*PAIRS[:10], ("paragraph", "", "Keep moving."), ("paragraph", "", "Do not stay in bed for days.")]

    assert ([10], [10, 11]) in [
        (list(bead.source), list(bead.target)) for bead in align_segments(source(PAIRS), target(theirs))
    ]


def test_two_paragraphs_that_became_one_say_where_to_cut() -> None:
    theirs = [*PAIRS[:8], ("paragraph", "", f"{PAIRS[8][2]} {PAIRS[9][2]}"), PAIRS[10]]
    bead = next(bead for bead in align_segments(source(PAIRS), target(theirs)) if len(bead.source) == 2)

    assert ([8, 9], [8], 1, True) == (list(bead.source), list(bead.target), bead.cut, bead.sure)


def test_headings_are_never_joined() -> None:
    assert is_mergeable("paragraph", "paragraph")
    assert not is_mergeable("heading", "heading")
    assert not is_mergeable("paragraph", "list item")


def test_texts_that_have_nothing_to_do_with_one_another_are_not_sure() -> None:
    ours = source(PAIRS[:3])
    theirs = segments([("cell", "Monday 14:00"), ("cell", "Tuesday 16:30"), ("cell", "Room 12, second floor")], "en")

    assert [] == sure(align_segments(ours, theirs))


def test_a_probability_is_one() -> None:
    assert all(0 <= bead.probability <= 1.0001 for bead in align_segments(source(PAIRS), target(PAIRS[::-1])))


@pytest.mark.law
@pytest.mark.parametrize("sizes", [(1, 300), (300, 1), (40, 120), (120, 40)])
def test_documents_of_very_different_lengths_are_aligned_too(sizes: tuple[int, int]) -> None:
    chance = random.Random(5)  # noqa: S311 - nothing here is a secret
    words = ["knie", "water", "arts", "lopen", "rust", "pijn"]
    rows = [
        ("paragraph", " ".join(chance.choices(words, k=chance.randint(3, 30))) + f" {at}.", f"text number {at}.")
        for at in range(max(sizes))
    ]
    beads = align_segments(source(rows[: sizes[0]]), target(rows[: sizes[1]]))

    assert len({row for bead in beads for row in bead.source}) == sum(len(bead.source) for bead in beads)
    assert len({column for bead in beads for column in bead.target}) == sum(len(bead.target) for bead in beads)
