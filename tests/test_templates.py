"""The theme: its labels in every language, its words always escaped."""

from __future__ import annotations

from dataclasses import replace

import jinja2
import pytest

import edition_values
from polyleaf import templates
from polyleaf.model import Theme


def test_a_label_is_in_the_language() -> None:
    assert "Noten" == templates.label("Notes", "nl")


def test_a_label_of_a_language_without_any_is_english() -> None:
    assert "Notes" == templates.label("Notes", "sv")
    assert not templates.has_labels("sv")


def test_a_territory_has_the_labels_of_its_language() -> None:
    assert "Noten" == templates.label("Notes", "nl_BE")
    assert templates.has_labels("zh_Hans")


def test_a_label_that_nobody_knows_is_itself() -> None:
    assert "Knee" == templates.label("Knee", "nl")


def test_a_value_that_is_missing_is_a_fault() -> None:
    with pytest.raises(jinja2.UndefinedError):
        templates.render("page.html.j2", "en")


def test_markup_in_a_value_is_shown_and_not_obeyed() -> None:
    edition = replace(edition_values.edition(), title="<b>Knee & toe</b>", publisher='"><script>')
    page = templates.render("page.html.j2", "en", edition=edition, body="", styles="")

    assert "&lt;b&gt;Knee &amp; toe&lt;/b&gt;" in page
    assert "<script>" not in page


def test_a_title_that_is_not_translated_says_its_language() -> None:
    edition = replace(edition_values.edition(), foreign=frozenset({"title"}))
    page = templates.render("page.html.j2", "en", edition=edition, body="", styles="")

    words = '<span class="passage-language">(in Dutch)</span> <span class="untranslated" lang="nl">Knee</span>'
    assert f"<h1>{words}</h1>" in page
    assert "<title>(in Dutch) Knee</title>" in page


def test_a_label_can_count() -> None:
    template = templates._environment("nl").from_string("{{ ngettext('Notes', 'Sources', count) }}")

    assert ("Noten", "Bronnen") == (template.render(count=1), template.render(count=2))


def test_no_style_sheet_can_close_its_element() -> None:
    assert "</" not in templates.styles(Theme(), "base.css", "screen.css", "print.css")
