"""A document and a catalogue make the document in another language; more of it is told by the golden cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import support
from polyleaf import catalogs, localize, tree, units
from polyleaf.catalogs import Catalog, Entry

if TYPE_CHECKING:
    from polyleaf.model import Localized

WHERE = "locales/nl/LC_MESSAGES/knee.po"


def job(body: str, texts: dict[str, str], language: str = "nl", front: str = "title: Knee") -> localize.LocalizationJob:
    document = support.document(body, front)
    extracted = units.extract_units([document])[0]
    entries = {
        unit.key: Entry(texts[unit.message], fuzzy=False, line=line)
        for line, unit in enumerate(extracted)
        if unit.message in texts
    }
    return localize.LocalizationJob(document, extracted, language, Catalog(WHERE, entries))


def texts(localized: Localized) -> list[str]:
    return [tree.plain(node["c"]) for node in tree.walk(localized.document.blocks) if node["t"] in {"Para", "Plain"}]


def test_the_source_itself_needs_no_catalogue() -> None:
    document = support.document("Bend.")
    localized = localize.localize_documents([localize.LocalizationJob(document, (), "en")])[0][0]

    assert ((), document.blocks) == (localized.missing, localized.document.blocks)


def test_many_documents_are_made_in_one_go() -> None:
    localized = localize.localize_documents(
        [job("Bend.", {"Bend.": "Buig."}), job("Rest.", {"Rest.": "استرح."}, "ar")]
    )[0]

    assert [("nl", ["Buig."]), ("ar", ["استرح."])] == [
        (edition.document.language, texts(edition)) for edition in localized
    ]


def test_what_is_missing_is_named_and_stands_there_in_the_source_language() -> None:
    localized = localize.localize_documents([job("Bend.\n\nRest.", {"Bend.": "Buig."})])[0][0]

    assert ["Knee", "Rest."] == [unit.message for unit in localized.missing]
    assert ["Buig.", "Rest."] == texts(localized)


def test_a_missing_alternative_text_names_its_language_and_a_title_says_it() -> None:
    localized = localize.localize_documents([job('![Food](a.svg "Tip"){alt="Plate"}', {"Food": "Eten"})])[0][0]
    image = next(node for node in tree.walk(localized.document.blocks) if node["t"] == "Image")

    assert "Plate" == tree.plain(image["c"][1])
    assert "en" == tree.language(image["c"][1])
    assert ["a.svg", "(in het Engels) Tip"] == image["c"][2]


def test_the_direction_is_told_only_where_it_turns() -> None:
    spans = [
        node["c"][0][2]
        for code in ("nl", "ar")
        for node in tree.walk(localize.localize_documents([job("Bend.", {}, code)])[0][0].document.blocks)
        if node["t"] == "Span"
    ]

    assert [[["lang", "en"]], [["lang", "en"], ["dir", "ltr"]]] == spans


def test_a_right_to_left_source_in_a_left_to_right_edition_says_so() -> None:
    document = support.document("انحن.", language="ar")
    extracted = units.extract_units([document])[0]
    localized = localize.localize_documents(
        [localize.LocalizationJob(document, extracted, "pt_BR", Catalog(WHERE, {}))]
    )[0][0]
    spans = [node["c"][0][2] for node in tree.walk(localized.document.blocks) if node["t"] == "Span"]

    assert [[["lang", "ar"], ["dir", "rtl"]]] == spans


def test_everything_that_is_wrong_is_told_at_once_with_its_place() -> None:
    wrong = job("Bend.[^1]\n\nRest.\n\n[^1]: Once.", {"Bend.{fn1}": "Buig.", "Rest.": "- Rust."})
    _, (mark, block) = localize.localize_documents([wrong])

    assert (wrong, f"{WHERE}:1", "in the translation of 'Bend.{fn1}': the mark {fn1} is lost") == (
        *(mark.job, mark.location, mark.fact),
    )
    assert "Repair it there; its marks are: {fn1} = footnote" in mark.hint
    assert (f"{WHERE}:3", "Repair it there.") == (block.location, block.hint)
    assert "in the translation of 'Rest.': it makes a list" in block.fact


def test_what_pandoc_warns_of_is_a_fault_of_that_translation_only() -> None:
    wrong = job("Bend.\n\nRest.\n\nStop.", {"Bend.": "Buig.", "Rest.": "::: x", "Stop.": "Stop nu."})

    assert [f"{WHERE}:2"] == [fault.location for fault in localize.localize_documents([wrong])[1]]


def test_what_takes_pandoc_too_long_is_a_fault_of_that_translation_only() -> None:
    wrong = job("Bend.\n\nRest.\n\nStop.", {"Bend.": "Buig *nu*.", "Rest.": "<span>" * 40, "Stop.": "Stop *nu*."})
    (localized,), (fault,) = localize.localize_documents([wrong])

    assert f"{WHERE}:2" == fault.location
    assert "in the translation of 'Rest.': it takes too long to read" in fault.fact
    assert ["Rest."] == [unit.message for unit in localized.missing if unit.message != "Knee"]


def test_a_translation_equal_to_its_message_leaves_the_tree_as_it_is() -> None:
    unchanged = job(
        '"Bend" <kbd>x</kbd> \\\\(y\\\\) *z*', {"“Bend” {raw1}x{raw2} {math1} *z*": "“Bend” {raw1}x{raw2} {math1} *z*"}
    )

    assert unchanged.document.blocks == localize.localize_documents([unchanged])[0][0].document.blocks


def test_the_front_matter_is_translated_too() -> None:
    localized = localize.localize_documents(
        [job("", {"Knee": "Knie", "joint": "gewricht"}, front="title: Knee\nkeywords: [joint]")]
    )[0]

    assert {"title": "Knie", "keywords.0": "gewricht"} == {
        key: tree.plain(inlines) for key, inlines in localized[0].document.front.texts.items()
    }


def test_a_catalogue_read_from_a_file_serves() -> None:
    document = support.document("Bend.")
    extracted = units.extract_units([document])[0]
    pot = catalogs.make_template("knee", extracted, "en", support.NOW)
    content = catalogs.update(pot, None, "nl", WHERE).replace(b'"Bend."\nmsgstr ""', b'"Bend."\nmsgstr "Buig."')
    localized = localize.localize_documents(
        [localize.LocalizationJob(document, extracted, "nl", catalogs.read(content, "nl", WHERE))]
    )[0]

    assert ["Buig."] == texts(localized[0])
