"""Languages: tags, names, directions, dates, quotation marks, the order of words."""

from __future__ import annotations

from datetime import date

import pytest

from polyleaf import languages


@pytest.mark.parametrize(("code", "tag"), [("nl", "nl"), ("pt_BR", "pt-BR"), ("zh_Hans", "zh-Hans")])
def test_a_document_names_its_language_by_bcp_47(code: str, tag: str) -> None:
    assert tag == languages.tag(code)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("nl", "Nederlands"),
        ("en", "English"),
        ("fr", "Français"),
        ("ar", "العربية"),
        ("pt_BR", "Português (Brasil)"),
        ("zh_Hans", "中文 (简体)"),
        ("uk", "Українська"),
    ],
)
def test_a_language_has_its_own_name_for_itself(code: str, name: str) -> None:
    assert name == languages.autonym(code)


@pytest.mark.parametrize("code", ["ar", "fa", "he", "ur", "ckb", "ps", "pa_Arab"])
def test_these_languages_are_read_from_right_to_left(code: str) -> None:
    assert "rtl" == languages.direction(code)


@pytest.mark.parametrize("code", ["nl", "tr", "zh_Hans", "pa", "ti"])
def test_these_languages_are_read_from_left_to_right(code: str) -> None:
    assert "ltr" == languages.direction(code)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("nl", "1 maart 2026"),
        ("en", "1 March 2026"),
        ("en_US", "March 1, 2026"),
        ("de", "1. März 2026"),
        ("pt_BR", "1 de março de 2026"),
        ("zh_Hans", "2026年3月1日"),
    ],
)
def test_a_date_is_written_as_people_write_it(code: str, text: str) -> None:
    assert text == languages.long_date(date(2026, 3, 1), code)


@pytest.mark.parametrize(
    ("code", "outer", "inner"),
    [
        ("en", "“”", "‘’"),
        ("nl", "‘’", "“”"),
        ("de", "„“", "‚‘"),
        ("de_AT", "„“", "‚‘"),
        ("de_CH", "«»", "‹›"),
        ("pl", "„”", "«»"),
        ("ar", "”“", "’‘"),
        ("zh_Hans", "“”", "‘’"),
        ("zh_Hant", "「」", "『』"),
        ("zh_Hant_TW", "「」", "『』"),
        ("so", "“”", "‘’"),
        ("ti", "«»", "“”"),
        ("am", "«»", "‹›"),
        ("ur", "”“", "’‘"),
    ],
)
def test_quotation_marks_are_those_of_the_language(code: str, outer: str, inner: str) -> None:
    assert [tuple(outer), tuple(inner)] == [languages.quotes(code, inner=False), languages.quotes(code, inner=True)]


@pytest.mark.parametrize(
    ("code", "between"), [("nl", ", "), ("ar", "، "), ("zh_Hans", "、"), ("ti", "፣ "), ("ur", "، "), ("ja", "、")]
)
def test_names_in_a_list_are_parted_as_the_language_does(code: str, between: str) -> None:
    assert between == languages.list_separator(code)


def test_french_guillemets_stand_apart_from_their_words() -> None:
    assert ("«\u202f", "\u202f»") == languages.quotes("fr", inner=False)
    assert ("«\u202f", "\u202f»") == languages.quotes("fr_CA", inner=True)


def test_words_are_sorted_by_base_letters_then_accents() -> None:
    words = ["zoon", "École", "ezel", "eclair", "Éclair", "(aap)", "Ärzte", "arm"]

    assert ["(aap)", "arm", "Ärzte", "eclair", "Éclair", "École", "ezel", "zoon"] == sorted(
        words, key=languages.sort_key
    )
