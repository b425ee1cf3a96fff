"""Calls of pandoc: texts in, trees out, trees in, HTML out; no warning of it is lost."""

from __future__ import annotations

import logging

import pypandoc
import pytest

from polyleaf import pandoc, tree
from polyleaf.errors import RenderError, SourceError, ToolMissing


def test_nothing_asked_is_nothing_answered() -> None:
    assert [] == pandoc.read([])
    assert [] == pandoc.write([])
    assert [] == pandoc.cite([], "")


def test_texts_read_together_do_not_touch_one_another() -> None:
    texts = ["a <div>", "[b]", "[b]: https://x.example", "</div> c"]
    together = pandoc.read([("text", pandoc.MARKDOWN, text) for text in texts[1:3]])

    assert [[{"t": "Para", "c": [{"t": "Str", "c": "[b]"}]}], []] == together


def test_a_warning_is_an_error_with_the_name_of_its_text() -> None:
    jobs = [(f"text {at}", pandoc.MARKDOWN, "a" if at != 5 else "::: box\nopen") for at in range(9)]
    with pytest.raises(SourceError, match=r"^text 5:1: the box that opens here is not closed"):
        pandoc.read(jobs)


def test_what_would_act_or_vanish_is_plain_text() -> None:
    blocks = pandoc.read([("text", pandoc.MARKDOWN, "\\input{/etc/passwd} % not a comment\n\n---\n\nlang\n")])[0]

    assert "\\input{/etc/passwd} % not a comment" == tree.plain(blocks[0]["c"])
    assert "HorizontalRule" == blocks[1]["t"]


def test_each_run_of_blocks_becomes_html_of_its_own() -> None:
    pages = pandoc.write([[tree.element("Para", tree.words("a & b"))], [], [tree.raw("<hr />")]])

    assert ["<p>a &amp; b</p>", "", "<hr />"] == [html.strip() for html in pages]


def test_a_tree_that_is_none_is_refused() -> None:
    with pytest.raises(RenderError, match="pandoc cannot read it"):
        pandoc.write([[tree.element("Nonsense")]])


def test_a_warning_of_the_writer_is_an_error() -> None:
    formula = tree.element("Math", [tree.element("InlineMath"), "\\nonsense{"])
    with pytest.raises(RenderError, match=r"the formula .*nonsense"):
        pandoc.write([[tree.element("Para", [formula])]])


def test_a_citation_is_set_in_the_language_of_the_document() -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info/><citation><layout>'
        '<names variable="author"><label form="long"/></names><text term="and"/></layout></citation></style>'
    )
    reference = tree.element(
        "MetaMap", {"id": tree.element("MetaInlines", tree.words("a")), "type": tree.element("MetaInlines", [])}
    )
    blocks = pandoc.read([("text", pandoc.MARKDOWN, "See [@a].")])[0]
    documents = pandoc.cite([(blocks, [reference], "nl"), (blocks, [reference], "de")], style)

    assert ["See en.", "See und."] == [tree.plain(blocks[0]["c"]) for blocks in documents]


def test_values_of_metadata_are_lists_too() -> None:
    assert {"t": "MetaList", "c": []} == tree.element("MetaList", [])


def test_pandoc_has_a_version() -> None:
    assert pandoc.version().startswith("3.")


def test_a_missing_pandoc_is_told_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object, **_kwargs: object) -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(pypandoc, "convert_text", gone)
    with pytest.raises(ToolMissing, match="pandoc does not run: No pandoc was found") as caught:
        pandoc.read([("text", pandoc.MARKDOWN, "a")])

    assert "scripts/build" in caught.value.hint


def test_pandoc_leaves_no_listener_behind() -> None:
    before = list(logging.getLogger("pypandoc").handlers)
    pandoc.read([("text", pandoc.MARKDOWN, "a")])

    assert before == logging.getLogger("pypandoc").handlers
    assert logging.getLogger("pypandoc").propagate
