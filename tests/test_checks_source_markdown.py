"""Markdown that was not read as Markdown is found, on the line where it stands; what is meant as it stands is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.checks.source import markdown

if TYPE_CHECKING:
    from pathlib import Path

FIRST = 5
"""The line on which the body of `support.copy` starts."""


def left(body: str, language: str = "nl") -> list[tuple[int, str]]:
    """Return the line within *body* and the word of each finding."""
    diagnostics = support.locate(markdown.markdown_left(support.source_text(body, language=language)))
    return [(line - FIRST + 1, fact.split("'")[1]) for line, fact, _ in diagnostics]


def not_made(body: str) -> list[tuple[int, str]]:
    diagnostics = support.locate(markdown.block_not_made(support.source_text(body)))
    return [(line - FIRST + 1, fact.partition("'")[2].partition("'")[0]) for line, fact, _ in diagnostics]


BROKEN = {
    "##Gebruik": [(1, "##Gebruik")],
    "# Kop\n\n#Kop": [(3, "#Kop")],
    "# Kop {#id\n\nTekst.": [(1, "{#id")],
    "# Kop {.safety} en meer": [(1, "{.safety}")],
    "Tekst.\n\nMeer tekst. {#id .safety}": [(3, "{#id")],
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Doses {#tbl-a .row-headers": [(5, "{#tbl-a")],
    "Een zin.\n\n**Stop ermee.": [(3, "**Stop")],
    "Neem *een\npil.": [(1, "*een")],
    "Neem dit:\neen* pil, __twee en _drie.": [(2, "een*"), (2, "__twee"), (2, "_drie.")],
    "Neem `een.": [(1, "`een.")],
    ":: warning\n## Pas op\nTekst\n:::": [(1, "::"), (4, ":::")],
    "::: warning\nStop.\n:::\n\n:::\n\nTekst": [(5, ":::")],
    "Tekst\n::: warning\nStop.\n:::": [(2, ":::"), (4, ":::")],
    "：：：warning\nStop.\n：：：": [(1, "：：：warning"), (3, "：：：")],
    "Kijk op [site](https://a.example": [(1, "[site](https://a.example")],
    "Kijk op [site] (https://a.example) nu.": [(1, "[site] (https://a.example)")],
    "Kijk op [site]https://a.example nu.": [(1, "[site]https://a.example")],
    "Meer weten [@bron2024 zegt.": [(1, "[@bron2024")],
    "Meer ^[een noot.": [(1, "^[een")],
    "Een <!-- zonder einde": [(1, "<!--")],
    "Regel een\nregel twee\n---": [(3, "---")],
    "Neem mee:\n• paspoort\n•kaart": [(2, "•"), (3, "•kaart")],
    "Neem mee:\n– paspoort\n– kaart": [(2, "– paspoort"), (3, "– kaart")],
    "- een\n· twee\n– drie\n- vier": [(2, "·"), (3, "– drie")],
    "- een\n– twee": [(2, "– twee")],
    "o paspoort\n\no kaart": [(1, "o paspoort"), (3, "o kaart")],
    "|a|b|\n|1|2|": [(1, "|a|b|"), (2, "|1|2|")],
    "Tekst\n| a | b |\n|---|---|\n| 1 | 2 |": [(3, "|---|---|")],
    "Tekst.[^a]\n\nMeer.\n\n[^a]: Een *noot.": [(5, "*noot.")],
    "[Neem **een pil.]{translate=no}": [(1, "**een")],
    "Gelijk.\n\nGelijk.\n\nGelijk en **los.": [(5, "**los.")],
    "Een \\*los en *los.": [(1, "*los.")],
    "- een\n\n    ::: keypoints\n    twee\n    :::": [(3, ":::"), (5, ":::")],
}


@pytest.mark.parametrize("body", BROKEN)
def test_what_is_left_of_markdown_is_found(body: str) -> None:
    assert BROKEN[body] == left(body)


FINE = (
    "Ster \\*woord, \\**woord, \\#Kop, prijs\\*, \\_a_, \\`b, 2 \\* 3",
    "\\#Kop\n\\##Kop\n\n\\:: x",
    "Typ `**x` en `##Kop` en `{#id}`.\n\n```\n##Kop\n**x\n::: a\n<!-- x\n{alt=“x”}\n```",
    "Neem het elke dag\n– ook in het weekend –\nin.",
    "Neem het elke dag\n– ook in het weekend.",
    "Neem het elke dag – ook in het weekend – in. Van 3 – 4 dagen.",
    "Van\n– 5 graden.",
    "Naam: ______ en 5 * 3 en 2*3 en Patient*innen en een_naam_hier",
    "| a | b |\n|---|---|\n| – | — |\n| o | x |\n\n: Tabel {#tbl-a}",
    "Zie <https://a.example/_x_*y> en [@bron] en [*schuin*](https://a.example) en **vet**.",
    "- een\n\n  ::: keypoints\n  twee\n  :::\n\n::: warning\n# Kop {#id .safety}\n\ndrie\n:::",
    "Term\n:   Uitleg: \"zo\" en 'zo' {of zo}, (a) [b].\n\n# Kop: {#kop}\n\n1. Een\n2. Twee",
    "Kop\n---\n\nTekst\n\n---\n\nTekst",
    '![Een knie.](media/a.svg){#fig-a alt="Een knie."}\n\n![Een [been]{lang=en}](b.svg) hier.',
    "Nr. #1 en #2. Stap a/b_c.",
    "Een ***heel*** woord, een *half*woord, H~2~O en ~~weg~~.",
)


@pytest.mark.parametrize("body", FINE)
def test_what_stands_for_itself_is_not(body: str) -> None:
    assert [] == left(body)


def test_o_is_a_word_in_some_languages() -> None:
    assert [] == left("o también esto.", "es")
    assert [(1, "o uno"), (2, "o dos")] == left("o uno\no dos", "es")


def test_a_title_is_looked_at_as_well() -> None:
    diagnostics = support.locate(
        markdown.markdown_left(support.source_text("Tekst.", front="version: 1\ntitle: Uw **knie"))
    )

    assert [(3, "'**knie' is printed as it stands: nothing closes it", "To print it as it is, write: \\*\\*knie")] == [
        (line, fact, hint) for line, fact, hint in diagnostics
    ]


@pytest.mark.parametrize("braces", ["{alt=“Een plaat”}", "{#fig-a alt=“Plaat”}", "{alt=„Plaat“}"])
def test_quotation_marks_that_no_program_reads_are_found_once(braces: str) -> None:
    diagnostics = support.locate(markdown.markdown_left(support.source_text(f"Tekst.\n\n![Een knie.](a.svg){braces}")))

    assert [FIRST + 2] == [line for line, _, _ in diagnostics]
    assert "are none that a program reads" in diagnostics[0][1]


def test_a_sentence_that_dashes_make_a_heading_is_found() -> None:
    diagnostics = support.locate(markdown.markdown_left(support.source_text("Tekst.\n\nNog een zin.\n---\n\nTekst.")))

    assert [(FIRST + 3, "the dashes make a heading of the text above them: 'Nog een zin.'")] == [
        (line, fact) for line, fact, _ in diagnostics
    ]


def test_a_block_that_is_not_made_is_found_where_it_is() -> None:
    body = "# Kop\n\n- goed\n\nTake:\n- 250 mg\n- 500 mg\n\nText\n# Head\n\n| a | b |\n| 1 | 2 |"

    assert [(6, "-"), (7, "-"), (10, "#")] == [block for block in not_made(body) if block[1]]
    assert FIRST + 11 in [line for line, *_ in support.locate(markdown.block_not_made(support.source_text(body)))]


def test_lines_without_words_count_as_lines() -> None:
    assert [(2, "##")] == not_made("[]{#a}\n## Head\n\n## Other\n\n## Third")


def test_signs_inside_a_line_make_no_block() -> None:
    body = "From 3 - 4 days | or # more.\n\n- 250 mg\n\n# Head\n\n# 1. Head\n\n| 1. x |\n|---|\n| - |"

    assert [] == not_made(body)


def test_markdown_that_is_left_is_an_error_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(
        support.project(tmp_path, {"source/knie.md": "---\ntitle: Knie\n---\n\nBuig.\n\n**Stop bij pijn.\n"})
    )

    assert 1 == cli.run(["check", "-l", "nl", "--json"])
    [finding] = [entry for entry in support.findings(capsys.readouterr().out) if entry["check"] == "markdown_left"]
    assert ("source/knie.md:7", "error") == (finding["location"], finding["severity"])
    assert finding["hint"]
