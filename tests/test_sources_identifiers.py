"""The ids of headings: what pandoc makes of their words is never one of polyleaf's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli, sources, tree
from polyleaf.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = {"# Notes": "section-notes", "# Fn 1": "section-fn-1", "# Polyleaf sources": "section-polyleaf-sources"}
HEADINGS |= {
    "# Refs": "section-refs",
    "# Noten": "noten",
    "# Notes {#remarks}": "remarks",
    "# Ref-jansen": "section-ref-jansen",
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_words_of_a_heading_make_no_id_of_ours(heading: str) -> None:
    document = support.document(f"{heading}\n\nBend.")
    sources.validate([document], set())

    assert [HEADINGS[heading]] == [node["c"][1][0] for node in tree.walk(document.blocks) if node["t"] == "Header"]


@pytest.mark.parametrize(
    "written", ["# Notes {#notes}", "[A]{#notes}", "# Notes { .unnumbered #notes }", '<span id="notes">A</span>']
)
def test_an_id_of_ours_that_somebody_wrote_is_refused(written: str) -> None:
    with pytest.raises(SourceError, match="the id 'notes' is kept for what polyleaf makes"):
        sources.validate([support.document(written)], set())


def test_a_name_that_is_taken_is_not_given_twice() -> None:
    document = support.document("# Notes\n\n[Bend]{#section-notes}.")
    sources.validate([document], set())

    assert "section-section-notes" == document.blocks[0]["c"][1][0]


@pytest.mark.law
def test_a_link_to_such_a_heading_leads_there_and_the_footnotes_are_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ntitle: Knie\n---\n\nLees [Notes] en [deze](#notes).^[Of niet.]\n\n# Notes\n\nBuig.\n"
    monkeypatch.chdir(support.project(tmp_path, {"source/knie.md": text}))

    assert 0 == cli.run(["build", "-l", "nl", "-f", "html", "-q"])
    page = (tmp_path / "build/nl/knie.html").read_text("utf-8")
    assert re.search(r'<a href="#section-notes">Notes</a>\s+en\s+<a href="#section-notes">deze</a>', page)
    assert 1 == page.count('id="notes"') == page.count('id="section-notes"')
