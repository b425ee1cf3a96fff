"""Calls of pandoc: texts in, trees out, trees in, HTML out; no warning of it is lost."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyleaf import pandoc, tree
from polyleaf.errors import RenderError, SourceError, ToolMissing

pytestmark = pytest.mark.law


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


def test_the_pinned_pandoc_runs_and_not_a_newer_one_of_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "pandoc"
    other.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\necho pandoc 99.9\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(pypandoc, "__pandoc_path", None)
    monkeypatch.setattr(pypandoc, "__version", None)
    monkeypatch.delenv(pandoc.CHOSEN, raising=False)

    assert pandoc.version() != "99.9"
    assert [[{"t": "Para", "c": [{"t": "Str", "c": "a"}]}]] == pandoc.read([("text", pandoc.MARKDOWN, "a")])
    assert not (tmp_path / "ran").exists()


def test_a_missing_pandoc_is_told_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object, **_kwargs: object) -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setenv(pandoc.CHOSEN, "another")
    monkeypatch.setattr(pypandoc, "get_pandoc_path", gone)
    with pytest.raises(ToolMissing, match="pandoc does not run: No pandoc was found") as caught:
        pandoc.read([("text", pandoc.MARKDOWN, "a")])

    assert "scripts/build" in caught.value.hint


ENDLESS = {
    "spans": "<span>" * 40,
    "colours": "[\\033[31mrood\\033[0m]" * 12 + "<span style=a>" * 40,
    "citations": "[@a; @b " * 100,
    "images": "![a](" * 1000,
    "brackets": "[a" * 60,
}
"""Texts of some hundred bytes that pandoc reads for hours, or with all the memory there is."""


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_text_that_takes_too_long_is_refused_and_all_others_are_read(text: str) -> None:
    jobs = [(f"a.po:{line}", pandoc.FRAGMENT, "Buig *niet*." if line != 30 else text) for line in range(100)]
    results = pandoc.read_each(jobs)
    (refusal,) = [result for result in results if isinstance(result, pandoc.Refusal)]

    assert refusal is results[30]
    assert refusal.exceeded
    assert refusal.errors[0].message.startswith("a.po:30: this text takes more than 3 seconds or 700 MB to read")
    assert [results[0]] * 99 == [*results[:30], *results[31:]]


def test_a_leaflet_that_takes_too_long_is_refused_with_the_line_and_that_only_once() -> None:
    job = ("source/a.md", pandoc.MARKDOWN, "Buig.\n\nStrek.\n\nRust.\n" + "<span>" * 40 + "\n\nEinde.\n")
    with pytest.raises(SourceError, match=r"^source/a\.md:5: this text takes more than 3 seconds or 700 MB to read"):
        pandoc.read([job])
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(SourceError, match=r"^source/a\.md:5: "):
        pandoc.read([job])

    assert before == resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def test_more_than_a_run_may_hold_is_read_in_more_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "BATCH", 20)
    texts = ["a", "b" * 30, "c" * 9, "d" * 9, "e" * 9]

    assert texts == [tree.plain(blocks[0]["c"]) for blocks in pandoc.read([("a", pandoc.FRAGMENT, t) for t in texts])]
    assert [f"<p>{text}</p>" for text in texts] == [
        html.strip() for html in pandoc.write([[tree.element("Para", tree.words(text))] for text in texts])
    ]


def test_every_warning_is_told_without_the_numbers_of_the_texts() -> None:
    lines = ["[WARNING] first", "  and more", "[INFO] nothing", "[WARNING] second"]

    assert ["first\n  and more", "second"] == pandoc._warnings("\n".join(lines))


def test_an_answer_does_not_depend_on_what_was_asked_before() -> None:
    cases = [file.read_text("utf-8") for file in sorted((Path(__file__).parent / "cases").glob("*.md"))]
    paragraphs = [text for case in cases for text in case.split("\n\n")][::2]
    jobs = [[("text", pandoc.FRAGMENT, text)] for text in ["(@) a", "(@x) b [@y]", "[a]: /b", "[^1]: c", *paragraphs]]

    first = [repr(pandoc.read_each(job)) for job in jobs]
    others = [repr(pandoc.read_each(job)) for job in reversed(jobs)]

    assert first == others[::-1]


def test_what_reads_can_open_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.rst").write_text("secret")
    for format_, text in (("rst", f".. include:: {tmp_path}/a.rst"), ("org", f"#+INCLUDE: {tmp_path}/a.rst")):
        assert "secret" not in str(pandoc.read_each([("text", format_, text)]))


FIRST = "+tex_math_double_backslash"
PIECES = (
    *("a", "Neem 2", "*", "**", "_", "`", "~", "^", "{", "}", "#", ".x", ">", "- ", "1. ", "(@) ", "|", ":", ":::"),
    *(
        "--",
        "...",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "&amp;",
        "'",
        '"',
        "\n",
        "\n\n",
        "    ",
        "=",
        "===",
        "[",
        "]",
        "(",
        ")",
    ),
    *("!", "$", "%", "\\", "---", "://", "@"),
)
TEXT = st.builds(
    lambda between, pieces: between.join(pieces), st.sampled_from(("", " ")), st.lists(st.sampled_from(PIECES))
)


@settings(max_examples=400, deadline=None)
@given(st.lists(TEXT, max_size=9))
def test_a_text_is_read_by_the_extensions_that_are_named(texts: list[str]) -> None:
    for format_ in (pandoc.FRAGMENT, pandoc.MARKDOWN):
        named = format_.replace(FIRST, "") + FIRST  # the same extensions, in an order that pandoc.lua does not know
        expected = pandoc.read_each([("text", named, text) for text in texts])
        results = pandoc.read_each([("text", format_, text) for text in texts])

        assert list(map(repr, expected)) == list(map(repr, results))
