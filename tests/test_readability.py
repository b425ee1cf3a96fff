"""How hard a text is: sentences and syllables as people count them, formulas as they were published, gates as set."""

from __future__ import annotations

import pytest

from polyleaf import config, readability
from polyleaf.errors import ConfigError
from polyleaf.model import Severity
from polyleaf.readability import formulas, gates, syllables
from polyleaf.readability.formulas import MEASURES, Counts
from polyleaf.readability.gates import Gate

TABLE = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en", "pt_BR"]\n'
SAMPLE = Counts(words=100, sentences=10, syllables=150, long=20)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "Bel uw arts. Drink water! Rust uit?", ["Bel uw arts.", "Drink water!", "Rust uit?"]),
        ("nl", "Neem bijv. Panadol.", ["Neem bijv. Panadol."]),
        ("nl", "Neem 2.5 ml. Wacht 1,5 uur.", ["Neem 2.5 ml.", "Wacht 1,5 uur."]),
        ("nl", "1. Lees eerst dit", ["1. Lees eerst dit"]),
        ("nl", "Neem er 3. Stop dan.", ["Neem er 3.", "Stop dan."]),
        ("nl", "Op 1. Januari is het zover.", ["Op 1. Januari is het zover."]),
        ("nl", "Neem vitamine C. Dat helpt.", ["Neem vitamine C.", "Dat helpt."]),
        ("nl", "Het duurt 2 u. Wacht.", ["Het duurt 2 u.", "Wacht."]),
        ("nl", "Vraag dr. J. P. Jansen.", ["Vraag dr. J. P. Jansen."]),
        ("nl", "Koffie, thee enz. Drink ze niet.", ["Koffie, thee enz.", "Drink ze niet."]),
        ("nl", "Eet noten, bananen enz. bij de thee.", ["Eet noten, bananen enz. bij de thee."]),
        ("nl", "‘Heeft u pijn?’ vraagt de arts.", ["‘Heeft u pijn?’ vraagt de arts."]),
        ("nl", "Stop (bij pijn.) Bel dan.", ["Stop (bij pijn.)", "Bel dan."]),
        ("nl", "Kijk op www.thuisarts.nl voor meer.", ["Kijk op www.thuisarts.nl voor meer."]),
        ("en", "Take it at 5 p.m. Then rest.", ["Take it at 5 p.m.", "Then rest."]),
        ("en", "Is it safe? No. Ask first.", ["Is it safe?", "No.", "Ask first."]),
        ("en", "Wait … then call.", ["Wait … then call."]),
        ("de", "Nehmen Sie z. B. Magnesium.", ["Nehmen Sie z. B. Magnesium."]),
        ("de", "Am 3. Januar beginnt es.", ["Am 3. Januar beginnt es."]),
        ("de", "In der 36. Schwangerschaftswoche.", ["In der 36. Schwangerschaftswoche."]),
        ("de", "Ab 12. Woche", ["Ab 12. Woche"]),
        ("de", "Nach der 2. Dosis warten Sie.", ["Nach der 2. Dosis warten Sie."]),
        ("de", "Nehmen Sie höchstens 3. Warten Sie dann.", ["Nehmen Sie höchstens 3.", "Warten Sie dann."]),
        ("zh", "服用镁。不要多吃！", ["服用镁。", "不要多吃！"]),
        ("ar", "هل تنام؟ نعم.", ["هل تنام؟", "نعم."]),
        ("nl", "— * —", []),
    ],
)
def test_a_text_is_parted_into_sentences(language: str, text: str, expected: list[str]) -> None:
    assert expected == readability.split_sentences(text, language)


def test_what_hyphens_and_apostrophes_join_is_one_word() -> None:
    assert ["Foto's", "van", "CGT-i", "2–3", "of", "0800-0113"] == readability.split_words(
        "Foto's van CGT-i: 2–3, of 0800-0113."
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "mag-ne-si-um a-po-the-ker di-ar-ree a-vond o-ver i-dee mu-se-um bu-reau nieuw re-li-gi-eus toi-let"),
        ("nl", "pa-ti-ënt na-ïef eeuw zo-iets yo-ghurt roy-aal ac-qui-si-tie knieën=2 één=1 mg=1 250=1"),
        ("en", "med-i-cine take ta-blet wan-ted asked stud-y i-de-a try-ing lit-tle de-cid-ed mag-ne-si-um care-ful"),
        ("de", "Kran-ken-haus Tab-let-te nie Eu-ro Quel-le mü-de"),
        ("es", "me-di-ci-na a-yu-da bue-no que gui-a=1 cui-da-do pa-ís far-ma-cia a-gua"),
        ("fr", "mé-de-cin ta-ble=1 bou-teille=2 qua-tre=1 eau pro-duit en-suite=2"),
    ],
)
def test_syllables_are_counted(language: str, words: str) -> None:
    for word in words.split():
        known = int(word.split("=")[1]) if "=" in word else word.count("-") + 1

        assert (word, known) == (word, syllables.count_syllables(word.split("=")[0].replace("-", ""), language))


def test_syllables_are_known_in_the_languages_whose_formulas_ask_for_them() -> None:
    asking = {language for measure in MEASURES.values() for language in measure.languages}

    assert [] == [language for language in asking if not syllables.known(language)]
    assert not syllables.known("ar")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("flesch_douma", 82.035),
        ("flesch", 69.785),
        ("flesch_kincaid", 6.01),
        ("flesch_amstad", 82.25),
        ("flesch_szigriszt", 103.385),
        ("kandel_moles", 86.45),
        ("lix", 30),
    ],
)
def test_a_formula_is_the_published_one(name: str, expected: float) -> None:
    assert pytest.approx(expected) == formulas.FORMULAS[name](SAMPLE)


def test_every_formula_has_been_worked_out_by_hand() -> None:
    assert {name for name in MEASURES if not name.endswith("_words")} == set(formulas.FORMULAS)


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    figures = readability.measure(["neem dit in", "rust uit"] * 25, "nl")

    assert (125, 50, 3) == (figures.words, figures.sentences, figures.longest)


def test_explained_words_can_be_masked() -> None:
    texts = ["Gebruik plastabletten met bisfosfonaten."] * 30
    plain, explained = (readability.measure(texts, "nl", terms) for terms in ((), ("plastablet", "bot (bisfosfonaat)")))

    assert plain.scores["flesch_douma"].raw == explained.scores["flesch_douma"].raw
    assert plain.scores["flesch_douma"].masked == plain.scores["flesch_douma"].raw
    assert explained.scores["flesch_douma"].masked > explained.scores["flesch_douma"].raw
    assert explained.scores["mean_sentence_words"].raw == explained.scores["mean_sentence_words"].masked


def test_a_short_text_is_not_judged() -> None:
    figures = readability.measure(["Neem dit in."] * 33, "nl")

    assert {} == figures.scores
    assert figures.short


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nl", {"flesch_douma", "lix"}),
        ("en_GB", {"flesch", "flesch_kincaid", "lix"}),
        ("de", {"flesch_amstad", "lix"}),
        ("es", {"flesch_szigriszt", "lix"}),
        ("fr", {"kandel_moles", "lix"}),
        ("pl", {"lix"}),
    ],
)
def test_a_language_is_judged_by_its_own_formulas(language: str, names: set[str]) -> None:
    figures = readability.measure(["Ala ma kota."] * 40, language)

    assert names == set(figures.scores) - {"mean_sentence_words"}
    assert "" == figures.obstacle


def test_an_alphabet_without_capitals_is_counted_and_not_judged() -> None:
    figures = readability.measure(["خذ المغنيسيوم مع الماء."] * 30, "ar")

    assert (120, 30) == (figures.words, figures.sentences)
    assert {"mean_sentence_words"} == set(figures.scores)
    assert "no formula here judges texts in this language" == figures.obstacle


def test_a_script_without_spaces_is_not_even_counted() -> None:
    figures = readability.measure(["服用镁。"] * 100, "zh_Hans")

    assert {} == figures.scores
    assert "no spaces between words" in figures.obstacle
    assert not figures.short


@pytest.mark.parametrize(
    ("gate", "value", "severity"),
    [
        (Gate(70, 60, rising=True), 70, None),
        (Gate(70, 60, rising=True), 69.9, Severity.WARNING),
        (Gate(70, 60, rising=True), 59.9, Severity.ERROR),
        (Gate(15, 20), 15, None),
        (Gate(15, 20), 16, Severity.WARNING),
        (Gate(15, 20), 21, Severity.ERROR),
        (Gate(40), 99, Severity.WARNING),
        (Gate(), 99, None),
    ],
)
def test_a_gate_warns_and_fails(gate: Gate, value: float, severity: Severity | None) -> None:
    assert severity is gate.judge(value)


def test_recommended_gates_are_there_for_every_language() -> None:
    dutch, other = gates.recommend("nl"), gates.recommend("pl")

    assert (Gate(70, 60, rising=True), Gate(15, 20)) == (dutch["flesch_douma"], dutch["sentence_words"])
    assert Gate(40) == other["lix"]
    assert "flesch_douma" not in other


def test_a_project_sets_gates_of_its_own_and_keeps_the_others() -> None:
    own = "[tool.polyleaf.readability.nl]\nflesch_douma = { warn = 80 }\nsentence_words = false\nlix = { fail = false }"
    project = config.read((TABLE + own).encode(), "x")

    assert Gate(80, 60, rising=True) == project.gates("nl")["flesch_douma"]
    assert Gate() == project.gates("nl")["sentence_words"]
    assert Gate(30) == project.gates("nl")["lix"]
    assert Gate(10, 12) == project.gates("nl")["mean_sentence_words"]
    assert gates.recommend("en") == project.gates("en")


@pytest.mark.parametrize(
    ("setting", "fact"),
    [
        ("readability = 3", "readability: must be a table, not '3'"),
        ("[tool.polyleaf.readability.fr]", "readability: 'fr' is not one of the languages"),
        ("[tool.polyleaf.readability]\nnl = 3", "readability.nl: must be a table, not '3'"),
        ("[tool.polyleaf.readability.nl]\nflesh = { warn = 3 }", "readability.nl: 'flesh' is not a figure of nl"),
        ("[tool.polyleaf.readability.en]\nflesch_douma = { warn = 3 }", "'flesch_douma' is not a figure of en"),
        ("[tool.polyleaf.readability.nl]\nlix = 30", "readability.nl.lix: must be a table, not '30'"),
        ("[tool.polyleaf.readability.nl]\nlix = true", "readability.nl.lix: must be a table, not 'True'"),
        ("[tool.polyleaf.readability.nl]\nlix = { max = 3 }", "readability.nl.lix: 'max' is not a limit"),
        ('[tool.polyleaf.readability.nl]\nlix = { warn = "3" }', "lix.warn: must be a number, not '3'"),
        ("[tool.polyleaf.readability.nl]\nlix = { warn = true }", "lix.warn: must be a number, not 'True'"),
        ("[tool.polyleaf.readability.nl]\nlix = { warn = nan }", "lix.warn: must be a number, not 'nan'"),
        ("[tool.polyleaf.readability.nl]\nlix = { warn = 50 }", "lix: 40 would fail before 50 warns"),
        ("[tool.polyleaf.readability.nl]\nflesch_douma = { warn = 50 }", "flesch_douma: 60 would fail before 50 warns"),
    ],
)
def test_a_wrong_gate_is_refused_with_the_path_of_its_key(setting: str, fact: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.read((TABLE + setting).encode(), "pyproject.toml")

    assert caught.value.message.startswith("pyproject.toml: [tool.polyleaf] readability")
    assert fact in caught.value.message
    assert caught.value.hint
