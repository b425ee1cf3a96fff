"""Messages written from a foreign document: whatever it holds, they are valid translations of their unit."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import support
from polyleaf import catalogs, pandoc, units
from polyleaf.alignment import message_writer
from polyleaf.catalogs import edits
from polyleaf.sources import word_cleanup
from polyleaf.units import parsing
from polyleaf.units.segmentation import Segment, Segmenter
from test_units_message import TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from polyleaf.model import Nodes, Unit

SOURCES = (
    "Buig.",
    "Zie [de folder](https://x.example/a) en [het hoofdstuk](#b).",
    "Een zin^[Een noot.] met **nadruk** en H~2~O.",
    "Lees dit [@a; @b] en dat [@c].",
    "Een regel\\\nen nog een, met `code` en {accolades}.",
    "<b>Let</b> op: *ja*, \\\\(x\\\\) en 10^6^.",
)


def unit_of(markdown: str) -> Unit:
    return units.extract_units([support.document(markdown)])[0][1]


def inlines_of(markdown: str) -> Nodes:
    """Return the inlines of the first text in *markdown*, as those of a foreign document."""
    texts: list[tuple[Segment, Nodes]] = []

    def visit(segment: Segment, inlines: Nodes) -> Nodes:
        texts.append((segment, inlines))
        return inlines

    Segmenter(visit).blocks(word_cleanup.clean_blocks(pandoc.read([("text", pandoc.MARKDOWN, markdown)])[0]))
    return min(texts, key=lambda pair: pair[0].index)[1]


def translated(source: str, translation: str) -> str:
    return message_writer.write_messages([(unit_of(source), inlines_of(translation))])[0]


@pytest.mark.law
@settings(
    max_examples=10,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(TEXT, min_size=40, max_size=40))
def test_whatever_a_document_says_becomes_a_translation_that_its_unit_takes(texts: list[str]) -> None:
    ours = [unit_of(text) for text in SOURCES]
    read = [
        word_cleanup.clean_blocks(blocks) for blocks in pandoc.read([("text", pandoc.MARKDOWN, text) for text in texts])
    ]
    theirs = [blocks[0]["c"] for blocks in read if blocks and blocks[0]["t"] in {"Para", "Plain"}]
    requests = [(unit, inlines) for unit in ours for inlines in theirs if inlines]
    messages = message_writer.write_messages(requests)
    given_ = [(unit, text) for (unit, _), text in zip(requests, messages, strict=True) if text]
    faults = [
        (unit.message, text, fault)
        for (unit, text), blocks in zip(given_, units.parse_translations(given_), strict=True)
        for fault in units.find_faults(unit, text, blocks)
        if not fault.endswith(parsing.LOST)
    ]

    assert [] == faults
    assert len(given_) >= 0.9 * len(requests)  # the least of 60 other draws: 0.904


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("Buig.", "Bend.", "Bend."),
        ("Buig.", "1\\. Bend \\*now\\*", "1\\. Bend \\*now\\*"),
        ("Buig.", "Bend_now #1 (a) \\[b\\]", "Bend_now #1 (a) \\[b\\]"),
        ("Buig.", "**Bend** *now*.", "Bend now."),
        ("Buig **nu**.", "Bend **now**.", "Bend **now**."),
        ("Buig.", "Bend ~~or not~~.", "Bend or not."),
        ("Buig.", "Bend [here](https://x.example).", "Bend here."),
        ("Buig.", "Bend^[A note.].", "Bend."),
        ("Buig^[Noot.].", "Bend^[A note.].", "Bend{fn1}."),
        ("Buig^[Noot.].", "Bend^[1](#fn1)^.", "Bend{fn1}."),
        ("Buig^[Noot.].", "Bend.", "Bend."),
        ("Zie [a](#a) en [b](#b).", "See [b](#b) and [a](#a).", "See [b][b] and [a][a]."),
        ("Zie [a](https://a.nl/) en [b](#b).", "See [a](https://a.com/) and [b](#b).", "See [a][a] and [b][b]."),
        ("Zie [a](#a).", "See [a](part.xhtml#part.xhtml_a).", "See [a][a]."),
        ("Zie [a](#a).", "See [one](#x) and [two](#y).", "See one and two."),
        ("Zie [@a].", "See \\[[1](#ref-a)\\].", "See {cite1}."),
        ("Zie [@a; @b] en [@c].", "See \\[[1](#ref-a), [2](#ref-b)\\] and [3](#ref-c).", "See {cite1} and {cite2}."),
        ("Zie [@a].", "See (page 3) \\[4\\].", "See (page 3) \\[4\\]."),
        ("Een\\\ntwee", "One\\\ntwo", "One{br1}two"),
        ("Een twee", "One\\\ntwo", "One two"),
        ("{x} \\\\(y\\\\)", "{x} \\\\(y\\\\)", "{{x}} {math1}"),
        ("Neem `x`", "Take `x`", "Take `x`"),
        ("10^6^ H~2~O", "10^6^ H~2~O", "10^6^ H~2~O"),
        ("Buig.", "x^2^", "x2"),
        ("Zeg “ja”.", "Say “yes”.", "Say “yes”."),
        ("Buig.", "250\u00a0mg and e\u00adnough", "250 mg and enough"),
    ],
)
def test_marks_are_those_of_the_source(source: str, translation: str, expected: str) -> None:
    assert expected == translated(source, translation)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("One.^[Note.] Two", ["One.", "Two"]),
        ("He said “yes.” Then no.", ["He said “yes.”", "Then no."]),
        ("هل؟ نعم.", ["هل؟", "نعم."]),
        ("是吗？是。", ["是吗？", "是。"]),
        ("1.5 mg", ["1.5 mg"]),
        ("No end", ["No end"]),
    ],
)
def test_sentences_end_where_they_end(markdown: str, expected: list[str]) -> None:
    assert expected == [
        message_writer.extract_words(part) for part in message_writer.split_inlines(inlines_of(markdown))
    ]


def test_the_words_of_a_text_are_without_citations_and_notes() -> None:
    assert "See this." == message_writer.extract_words(inlines_of("See this \\[[1](#ref-a)\\]^[2](#fn2)^."))


@pytest.mark.law
def test_a_catalogue_with_them_is_taken_by_msgfmt(tmp_path: Path) -> None:
    ours = [unit_of(text) for text in SOURCES]
    pot = catalogs.make_template("x", ours, "nl", support.NOW)
    theirs = [inlines_of("Something else: {curly}, [a link](https://y.example) and *more*.") for _ in ours]
    texts = message_writer.write_messages(list(zip(ours, theirs, strict=True)))
    keys = [unit.key for unit in ours]
    po = catalogs.update(pot, None, "en", "x.po")
    (tmp_path / "x.po").write_bytes(edits.suggest(po, dict(zip(keys, texts, strict=True)), "a\nb.docx", "x.po"))
    process = subprocess.run(
        ["msgfmt", "-c", "--statistics", "-o", "x.mo", "x.po"], cwd=tmp_path, capture_output=True, check=False
    )

    assert (0, b"0 translated messages, 6 fuzzy translations.\n") == (process.returncode, process.stderr)
    assert (tmp_path / "x.po").read_text("utf-8").count("# polyleaf: imported from a b.docx\n") == 6
