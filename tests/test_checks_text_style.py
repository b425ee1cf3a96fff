"""Questions about wording and reading ease: each has a case that passes and one that fails, in its own words too."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import support
from polyleaf.checks import runner
from polyleaf.checks.registry import CHECKS
from polyleaf.checks.subjects import LocalizedText
from polyleaf.checks.text import doses, readability, style
from polyleaf.model import Severity
from polyleaf.readability.gates import Gate

EXAMPLE = re.compile(r'^ *(Bad|Good): +"([^"]*)"$', re.MULTILINE)
OTHERWISE = {"readability", "paragraph_long"}
"""Checks whose examples are too long to be written out."""


def needles(name: str, body: str, language: str = "nl") -> list[str]:
    diagnostics = CHECKS[name](support.localized_text(body, language=language))
    return [diagnostic.at[1] if isinstance(diagnostic.at, tuple) else "" for diagnostic in diagnostics]


def facts(name: str, version: LocalizedText) -> list[str]:
    return support.facts(CHECKS[name](version))


def _lines(name: str, version: LocalizedText) -> list[int | None]:
    return [finding.location.line for finding in runner.check_text({name: CHECKS[name]}, version)]


def gated(body: str, language: str = "nl", **gates: Gate) -> LocalizedText:
    return replace(support.localized_text(body, language=language), gates=gates)


def examples() -> list[tuple[str, str, str]]:
    return [
        (word, name, text)
        for name, check in CHECKS.items()
        if check.subject is LocalizedText
        for word, text in EXAMPLE.findall(check.description)
        if name not in OTHERWISE
    ]


@pytest.mark.parametrize(("word", "name", "text"), examples())
def test_the_examples_of_a_check_are_true(word: str, name: str, text: str) -> None:
    languages = ("en",) if name == "dose_unsafe" else ("nl", "en")
    flagged = [needle for language in languages for needle in needles(name, text, language)]

    assert (word == "Bad") == bool(flagged)


def test_every_check_of_texts_has_a_good_and_a_bad_example() -> None:
    documented = {(name, word) for word, name, _ in examples()}
    names = {name for name, check in CHECKS.items() if check.subject is LocalizedText} - OTHERWISE

    assert documented == {(name, word) for name in names for word in ("Bad", "Good")}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("U krijgt obstipatie. Ook bij obstipatie.", ["obstipatie"]),
        ("U krijgt obstipatie (verstopping). Bij obstipatie eet u meer.", []),
        ("U krijgt verstopping (obstipatie).", []),
        ("Bij obstipatie eet u meer.\n\n::: glossary\nobstipatie\n:   Verstopping.\n:::", []),
        ("Bij hypertensiepatiënten meten wij vaker.", []),
        ("Vraag naar uw medicatie en de orale vorm.", ["medicatie", "orale"]),
        ("# Obstipatie\n\nEet meer.", ["obstipatie"]),
        ("Uw hart en nieren (2 stuks) en uw medicatie.", ["medicatie"]),
    ],
)
def test_a_hard_word_must_be_explained_once(body: str, expected: list[str]) -> None:
    assert expected == needles("jargon_undefined", body)


def test_a_plainer_word_is_offered() -> None:
    assert ["'indien' is a stiff word; plainer: als"] == facts(
        "word_formal", support.localized_text("Indien.", language="nl")
    )


def test_a_stiff_word_is_told_once() -> None:
    assert ["reeds"] == needles("word_formal", "Het is reeds te laat. Of reeds niet.")
    assert [] == needles("word_formal", "Hij kreeg reedsen. De middelste.")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Neem o.a. thee, bijv. groene.", ["o.a.", "bijv."]),
        ("Maak een ECG. Het ECG is kort.", ["ECG"]),
        ("Maak een hartfilmpje (ECG). Het ECG is kort.", []),
        ("Maak een ECG (een hartfilmpje).", []),
        ("Vraag om CGT-i.\n\n::: glossary\ncognitieve therapie (CGT-i)\n:   Praten.\n:::", []),
        ("Maak een MRI-scan en bel 112 in de EU.", []),
        ("LET OP! Stop NIET, want dat is niet goed. NOOIT MEER DOEN.", []),
        ("Lees deel IV op www.RIVM.nl en mail aan GGG@a.nl.", []),
        ("Neem 400 IE vitamine B12.", []),
        ("IJs mag. Kom naar IJburg of het IJ.", []),
        ("Bel de SEH, of twee SEHs.", ["SEH"]),
        ("Kom naar Damrak 1, 1012 AB Amsterdam.", []),
        ("Dat kost US$ 20, of CA$30.", []),
        ("Dat was in 1950. AB is een bloedgroep.", ["AB"]),
    ],
)
def test_an_abbreviation_is_written_out(body: str, expected: list[str]) -> None:
    assert expected == needles("abbreviation", body)


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("nl", "Neemt u dit? Lees uw etiket. Volg je arts.", ["je"]),
        ("nl", "Lees je etiket. Volg jouw arts. Wat wilt u?", ["u"]),
        ("nl", "Wilt u? Wil je?", ["je"]),
        ("nl", "Neemt u dit? De arts vraagt: ‘Heb je pijn?’", []),
        ("nl", "Het duurt 2 u. Je kunt wachten.", []),
        ("de", "Nehmen Sie dies. Fragen Sie deinen Arzt.", ["deinen"]),
        ("de", "Nimm du das. Sie wirken gut. Ihr Mittel hilft dir.", []),
        ("de", "Nimm du das. Das hilft Ihnen, dir und euch.", ["Ihnen"]),
        ("fr", "Prenez votre comprimé. Vous pouvez boire. Lis ta notice.", ["ta"]),
        ("es", "Usted puede beber. Lee tu prospecto. Tú puedes.", ["Usted"]),
        ("en", "You take your tablet.", []),
    ],
)
def test_readers_are_addressed_in_one_way(language: str, body: str, expected: list[str]) -> None:
    assert expected == needles("address_mixed", body, language)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Klik [hier](https://a.nl) of [Lees meer.](https://b.nl).", ["hier", "Lees meer"]),
        ("Lees [hier meer over slapen](https://a.nl).", []),
        ("Lees dit[^1]\n\n[^1]: En [hier](https://a.nl).", ["hier"]),
    ],
)
def test_a_link_says_where_it_goes(body: str, expected: list[str]) -> None:
    assert expected == needles("link_vague", body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("TODO: nog doen", ["TODO"]),
        ("Bel [...] of […] of ???", ["[…]", "???"]),
        ("Lorem ipsum dolor. Telefoon: XXX. Naam: \\<naam\\>", ["Lorem ipsum", "XXX", "<naam>"]),
        (
            "Mail info@example.org, zie [ons](https://www.example.com/a).",
            ["info@example.org", "https://www.example.com"],
        ),
        ("Nader te bepalen, of invullen.", ["nader te bepalen", "invullen"]),
        ("Een voorbeeld: vul het lijstje in bij examples.org of XL. Wat???", ["???"]),
        ("Neem [uw pil](https://a.nl) in. Todos los días.", []),
    ],
)
def test_nothing_is_still_to_be_filled_in(body: str, expected: list[str]) -> None:
    assert expected == needles("placeholder", body)


def test_contact_data_in_the_front_matter_are_looked_at() -> None:
    version = support.localized_text(
        "Bend.", "title: Knee\nversion: TBD\ncontact:\n  email: a@example.org\n  phone: '112'"
    )
    findings = runner.check_text({"placeholder": style.placeholder}, version)

    assert ["source/knee.md:3", "source/knee.md:5"] == [str(finding.location) for finding in findings]
    assert ["'TBD'", "'a@example.org'"] == [finding.fact.split()[0] for finding in findings]


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "Take 1.0 mg, or .5 mg, or 50 µg, or 1,0 g, or ,5 g.", ["1.0 mg", ".5 mg", "1,0 g", ",5 g", "50 µg"]),
        ("en", "# Doses of 10 mg\n\nTake 1 mg, 0.5 mg, 50 microgram, 10.50 mg. Version 1.0.\n\n- 2,000 mg", []),
        ("en", "Take 10 U, 5 IU or 2 cc q.d. and 1 BID. U can.", ["q.d.", "BID", "5 IU", "10 U", "2 cc"]),
        ("en", "Take 2,5 mg", ["2,5 mg"]),
        ("nl", "Neem 2.5 mg of 2,5 mg of 1.000 mg of 2.5 uur.", ["2.5 mg"]),
        ("nl", "Neem 10 IE, 5 E, of 3 dd 1.", ["3 dd 1", "10 IE", "5 E"]),
        ("nl", "Neem 10 000 IE, in 2025 500 IE, of 1 250 000,5 E.", ["10 000 IE", "500 IE", "1 250 000,5 E"]),
        ("nl", "Over 2 u eet u 3 eieren. Kies E of U.", []),
        ("nl", "Bel route 210. U krijgt tot week 6. U mag. Kamer 3. IE staat op het etiket.", []),
        ("nl", "Neem 1,000 mg, 1,250 mg, 0,250 mg, 1,125 mg, 2,500 uur.", ["1,000 mg", "1,250 mg"]),
        ("en", "Take 1.000 mg or 1,000 mg", ["1.000 mg"]),
        ("nl", "Neem 2x500 mg, 2×0,5 ml, 2 x 500 mg; een gaas van 10x10 cm.", ["2x500 mg", "2×0,5 ml"]),
        ("de", "Ab 38.5 °C, nicht 38,0 °C, um 14.30 Uhr.", ["38.5 °c"]),
        ("uk", "Прийміть 1,0 мг.", ["1,0 мг"]),
        ("ar", "خذ ١٫٠ ملغ", ["١٫٠ ملغ"]),
        ("ja", "1.0 mg", ["1.0 mg"]),
    ],
)
def test_a_dose_cannot_be_misread(language: str, body: str, expected: list[str]) -> None:
    assert expected == needles("dose_unsafe", body, language)


def test_a_dose_says_how_its_language_writes_it() -> None:
    version = support.localized_text("Neem 2.5 mg.", language="nl")

    assert ["'2.5 mg' can be read as ten times as much: this language writes 2,5"] == [
        remark.fact for remark in doses.dose_unsafe(version)
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Er zijn 10^6^ cellen, en 2,5 × **10**^9^ per liter.", ["10^6^", "10^9^"]),
        ("Er zijn 10⁶ cellen, en 10⁻¹² mol.", ["10⁶", "10⁻¹²"]),
        ("Er zijn 10^-6^ cellen.", ["10^-6^"]),
        ("Er zijn 10<sup>6</sup> cellen.", ["10^6^"]),
        ("Er is 1 miljoen, 10 cm^2^, 20 m², 1^e^ keer, 3 CO~2~ en 10.[^a] Zie `x`.\n\n[^a]: Zie 6.", []),
    ],
)
def test_a_power_is_no_number_for_a_voice(body: str, expected: list[str]) -> None:
    assert expected == needles("number_raised", body)


def test_a_power_says_how_it_is_heard_and_on_which_line() -> None:
    version = support.localized_text("Eerst.\n\nEr zijn\n10^6^ cellen.")
    (remark,) = doses.number_raised(version)

    assert "'10^6^' is heard as '106': write the figure out, such as 1 million, or say it in words" == remark.fact
    assert version.document.text.splitlines().index("10^6^ cellen.") + 1 == _lines("number_raised", version)[0]


def test_a_long_sentence_is_named_with_its_count_and_its_line() -> None:
    long = "een twee drie vier vijf zes"
    version = gated(f"Kort.\nOok kort.\n{long.capitalize()}.\n\n- {long}\n\n# {long}\n", sentence_words=Gate(4, 5))

    diagnostics = list(readability.sentence_long(version))

    assert [7, 9] == _lines("sentence_long", version)
    assert "the sentence 'Een twee drie vier vijf zes.' has 6 words, more than 5" == diagnostics[0].fact
    assert [Severity.ERROR, Severity.ERROR] == [remark.severity for remark in diagnostics]


def test_items_of_a_list_and_cells_of_a_table_are_not_glued_together() -> None:
    body = "Neem:\n\n- een twee drie\n- vier vijf zes\n\n| a b c | d e f |\n|---|---|\n| g h i | j k l |\n"

    assert [] == facts("sentence_long", gated(body, sentence_words=Gate(3)))


def test_no_gate_finds_no_long_sentence() -> None:
    assert [] == facts("sentence_long", gated("woord " * 99, sentence_words=Gate()))


def test_a_long_paragraph_is_found() -> None:
    assert ["the paragraph 'Een. Twee. Drie.' has 3 words, more than 2"] == facts(
        "paragraph_long", gated("Een. Twee. Drie.\n\n# Een twee drie\n\nEen. Twee.", paragraph_words=Gate(2))
    )


def test_a_long_heading_is_found() -> None:
    assert ["the heading 'a b c d e f g h i' has 9 words, more than 8"] == facts(
        "heading_long", support.localized_text("# a b c d e f g h i\n\n## a b c d e f g h\n")
    )


HARD = "Gelijktijdige toediening van magnesiumpreparaten veroorzaakt mogelijkerwijs geneesmiddeleninteracties. " * 15
EASY = "Neem dit niet samen met een pil. " * 15


def test_a_hard_text_is_found_by_every_measure_that_has_a_gate() -> None:
    diagnostics = list(readability.readability(support.localized_text(HARD, language="nl")))

    assert ["Flesch-Douma", "LIX"] == [remark.fact.split(":")[0] for remark in diagnostics]
    assert {Severity.ERROR} == {remark.severity for remark in diagnostics}


def test_an_easy_text_is_not_found() -> None:
    assert [] == facts("readability", support.localized_text(EASY, language="nl"))


def test_the_words_that_a_glossary_explains_count_all_the_same() -> None:
    terms = "\n\n".join(f"{word}\n:   Dat." for word in dict.fromkeys(HARD.replace(".", "").split()))
    version = support.localized_text(f"{HARD}\n\n::: glossary\n{terms}\n:::\n", language="nl")

    assert "Flesch-Douma" in facts("readability", version)[0]


def test_a_short_text_is_not_judged() -> None:
    assert [] == facts("readability", support.localized_text("Geneesmiddeleninteracties.", language="nl"))


@pytest.mark.parametrize(("language", "text"), [("ar", "خذ المغنيسيوم مع الماء. " * 30), ("zh", "服用镁。" * 90)])
def test_a_text_that_cannot_be_judged_does_not_pass_in_silence(language: str, text: str) -> None:
    version = support.localized_text(text, language=language)

    assert "cannot be judged" in facts("readability", version)[0]
    assert [] == facts("readability", replace(version, gates={"lix": Gate()}))


def test_a_remark_about_the_whole_stands_at_the_file() -> None:
    [finding, *_] = runner.check_text(
        {"readability": readability.readability}, support.localized_text(HARD, language="nl")
    )

    assert "source/knee.md" == str(finding.location)
