"""What authors tell translators: what they are told, what stays as it is, and what is said when it cannot work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli, localize, sources, tree, units
from polyleaf.catalogs import Catalog, po
from polyleaf.checks.source import localization_notes as checks
from polyleaf.errors import SourceError
from polyleaf.model import Picture

if TYPE_CHECKING:
    from pathlib import Path

DRAWING = b'<svg viewBox="0 0 90 90" xmlns="http://www.w3.org/2000/svg"><text>A bone</text></svg>'


def cut(body: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return context, message and comments of every unit below the title."""
    document = support.document(body)
    sources.validate([document], ())
    return [(unit.context, unit.message, unit.comments) for unit in units.extract_units([document])[0][1:]]


def read_notes(body: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(message, comments) for _, message, comments in cut(body)]


def contexts(body: str) -> list[tuple[str, str]]:
    return [(context, message) for context, message, _ in cut(body)]


def test_a_comment_is_about_the_next_block_only() -> None:
    assert [("Knee", ("the joint",)), ("Leg", ())] == read_notes("<!-- translators: the joint -->\n\nKnee\n\nLeg")


@pytest.mark.parametrize("opening", ["translators:", "Translators:", "TRANSLATORS:", " translator: ", "translators :"])
def test_a_comment_may_be_addressed_in_several_ways(opening: str) -> None:
    assert [("Knee", ("the joint",))] == read_notes(f"<!--{opening}the joint-->\n\nKnee")


def test_a_comment_of_several_lines_is_one_line() -> None:
    assert [("Knee", ("the joint, not the pipe",))] == read_notes(
        "<!-- translators: the joint,\n  not the pipe -->\nKnee"
    )


def test_two_comments_are_both_told() -> None:
    body = "<!-- translators: one -->\n<!-- not for them -->\n<!-- translators: two -->\n\nKnee"

    assert [("Knee", ("one", "two"))] == read_notes(body)


def test_a_comment_before_a_list_is_about_all_its_items() -> None:
    assert [("A", ("x",)), ("B", ("x",)), ("C", ())] == read_notes("<!-- translators: x -->\n\n- A\n- B\n\nC")


def test_a_comment_before_a_box_is_about_all_in_it_and_one_inside_comes_after() -> None:
    body = "<!-- translators: box -->\n\n::: keypoints\n# A\n\n<!-- translators: b -->\n\nB\n\nC\n:::\n\nD"

    assert [("A", ("box",)), ("B", ("box", "b")), ("C", ("box",)), ("D", ())] == read_notes(body)


def test_a_comment_in_a_text_is_about_that_text() -> None:
    body = "Elbow <!-- translators: x --> bends\n\n| A <!-- translators: y --> | B |\n|---|---|\n| C | D |"

    assert [("Elbow bends", ("x",)), ("A", ("y",)), ("B", ()), ("C", ()), ("D", ())] == read_notes(body)


def test_a_comment_inside_emphasis_and_one_in_a_note_find_their_texts() -> None:
    body = "*Elbow <!-- translators: x -->*[^1]\n\n[^1]: <!-- translators: n --> Bone."

    assert [("*Elbow *{fn1}".replace(" *", "*"), ("x",)), ("Bone.", ("n",))] == [
        (message.replace(" *", "*"), comments) for message, comments in read_notes(body)
    ]


def test_a_comment_hides_no_text_from_the_search_for_its_line() -> None:
    document = support.document("<!-- translators: Knee and leg -->\n\nKnee and leg")

    assert ["source/knee.md:2", "source/knee.md:7"] == [unit.location for unit in units.extract_units([document])[0]]


def test_a_comment_stands_in_the_catalogue_after_what_the_text_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "---\ntitle: Knie\n---\n\n# Buig\n\n<!-- translators: de voet -->\n\n[Wreef](https://a.example)\n"
    monkeypatch.chdir(support.project(tmp_path, {"source/knee.md": body}))
    cli.run(["update", "-q"])
    entry = po.parse((tmp_path / "locales/en/LC_MESSAGES/knee.po").read_bytes(), "x").find("[Wreef][a]")

    assert entry
    assert "paragraph · Buig\nTranslators: de voet\n[…][a] = link to https://a.example" == entry.comment


def test_the_same_text_in_two_places_has_the_comments_of_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "---\ntitle: Knie\n---\n\n<!-- translators: a -->\nVoet\n\n<!-- translators: b -->\nVoet\n"
    monkeypatch.chdir(support.project(tmp_path, {"source/knee.md": body}))
    cli.run(["extract", "-q"])

    assert "#. Translators: a\n#. Translators: b\n" in (tmp_path / "locales/knee.pot").read_text("utf-8")


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ('::: {context="k"}\nA\n\n- B\n:::\n\nC', [("k", "A"), ("k", "B"), ("", "C")]),
        ('::: {context="k"}\nA\n\n::: {context="m"}\nB\n:::\n\nC\n:::', [("k", "A"), ("m", "B"), ("k", "C")]),
        ('# A {context="knee|body"}\n\nB', [("knee|body", "A"), ("", "B")]),
        ("[A]{context=k}", [("k", "A")]),
        ("- [A]{context=k}\n- A", [("k", "A"), ("", "A")]),
        ("[A]{context=k} <!-- translators: x -->", [("k", "A")]),
        ("[A]{.mark context=k}", [("k", "[A][a]")]),
        ("[A]{context=k}\n:   [B]{context=m}", [("k", "A"), ("m", "B")]),
        ('::: {context="k"}\n![A](a.svg "T") b\n:::', [("k", "{img1} b"), ("alt:k", "A"), ("title:k", "T")]),
        ('::: {.warning context="k"}\nA\n:::', [("k", "A")]),
    ],
)
def test_a_context_is_for_the_messages_in_its_box_its_heading_or_its_words(
    body: str, messages: list[tuple[str, str]]
) -> None:
    assert messages == contexts(body)


@pytest.mark.parametrize(
    ("body", "fact"),
    [
        ("A [B]{context=k} C", "source/knee.md:5: the context 'k' is around a part of a text only"),
        ("*[B]{context=k}*", "the context 'k' is around a part of a text only"),
        ("[A](https://a.example){context=k}", "the attribute 'context' may be on a box, a heading or [words] only"),
        (
            "[A](https://a.example){translate=no}",
            "the attribute 'translate' may be on a box, a heading or [words] only",
        ),
        ("| A |\n|---|\n| b |\n\n: C {translate=no}", "the attribute 'translate' may be on a box"),
        ("[A]{translate=yes}", "translate cannot be 'yes'"),
        ("[A]{context=alt}", "context cannot be 'alt'"),
        ('[A]{context="meta:title"}', "context cannot be 'meta:title'"),
        ('[A]{context="<b>"}', "context cannot be '<b>'"),
    ],
)
def test_what_would_tell_translators_nothing_is_refused(body: str, fact: str) -> None:
    with pytest.raises(SourceError) as caught:
        sources.validate([support.document(body)], ())

    assert fact in caught.value.message
    assert caught.value.hint


def test_the_front_matter_has_its_own_contexts() -> None:
    with pytest.raises(SourceError, match="or in the front matter"):
        sources.validate([support.document("A", front='title: "[Knee]{context=k}"')], ())


@pytest.mark.parametrize(
    "body",
    [
        "::: {translate=no}\nA\n\n- B\n:::",
        "# A {translate=no}",
        "[A]{translate=no}",
        "- [A]{translate=no} [12]{translate=no}",
        '<div translate="no">\n\nA[^1]\n\n[^1]: B\n\n</div>',
    ],
)
def test_what_stays_as_it_is_is_no_message(body: str) -> None:
    assert [] == read_notes(body)


def test_words_that_stay_as_they_are_are_explained() -> None:
    unit = units.extract_units([support.document("Read [Knee *Aid*]{translate=no}.")])[0][1]

    assert ("Read {keep1}.", ("{keep1} = stays as it is: Knee Aid",)) == (unit.message, unit.legend)


def test_a_name_that_stays_as_it_is_makes_no_text_a_matter_of_safety() -> None:
    extracted = units.extract_units(
        [support.document("Read [Aid]{translate=no}.\n\nRead [Aid]{translate=no} 2 times.")]
    )[0][1:]

    assert [False, True] == [unit.safety for unit in extracted]


def test_the_section_of_a_heading_that_stays_as_it_is_has_its_name() -> None:
    unit = units.extract_units([support.document("# Aid {translate=no}\n\nRest.")])[0][1]

    assert "Aid" == unit.section


def test_what_stays_as_it_is_is_not_counted_as_untranslated() -> None:
    document = support.document("::: {translate=no}\nA\n:::\n\n[B]{translate=no}", front='title: "[C]{translate=no}"')
    result = localize.localize_documents(
        [localize.LocalizationJob(document, units.extract_units([document])[0], "nl", Catalog("x.po", {}))]
    )[0][0]

    marked = [node for node in tree.walk(result.document.blocks) if localize.UNTRANSLATED in tree.classes(node)]
    assert () == result.missing
    assert ["A"] == [tree.plain([node]) for node in marked]


def test_a_drawing_in_a_box_that_stays_as_it_is_keeps_its_words() -> None:
    shown = support.document("::: {translate=no}\n![A](a.svg)\n:::\n\n![B](b.svg)\n")
    document = sources.attach_images(shown, [Picture("a.svg", DRAWING), Picture("b.svg", DRAWING)])
    extracted = units.extract_units([document])[0]
    result = units.fill(
        document, "nl", lambda segment, inlines: tree.words("Been") if "fig" in segment.kind else inlines
    )

    assert ["source/b.svg:1"] == [unit.location for unit in extracted if unit.kind == "figure text"]
    assert [b">A bone<" in picture.content for picture in result.pictures] == [True, False]


def test_nothing_that_is_for_translators_is_left_in_the_text() -> None:
    body = '<!-- translators: x -->\n\n::: {.warning context="k" translate=no}\n<!-- translators: y -->\n\nA\n:::\n\nB'
    result = units.fill(support.document(body), "en", lambda _, inlines: inlines)
    boxes = [node["c"][0] for node in tree.walk(result.blocks) if node["t"] == "Div"]

    assert [["", ["warning"], [["translate", "no"]]]] == boxes
    assert [] == [node for node in tree.walk(result.blocks) if node["t"].startswith("Raw")]


def test_a_box_that_is_there_for_a_context_is_not_printed() -> None:
    result = units.fill(support.document('::: {context="k"}\nA\n\nB\n:::'), "en", lambda _, inlines: inlines)

    assert ["Para", "Para"] == [block["t"] for block in result.blocks]


@pytest.mark.parametrize(
    "body",
    [
        "A\n\n<!-- translators: x -->",
        "<!-- translators: x -->\n\n---\n\nA",
        "- A\n\n  <!-- translators: x -->\n\n- B",
        "<!-- translators: x -->\n\n::: {translate=no}\nA\n:::",
        "::: {translate=no}\n<!-- translators: x -->\n\nA\n:::",
        "<!-- translators: x -->\n\n---\n\n<!-- translators: y -->\n\nA",
        "123 <!-- translators: x -->",
    ],
)
def test_a_comment_that_is_about_no_text_is_found(body: str) -> None:
    assert ["no translator sees this comment, as no text follows it: 'x'"] == [
        fact for _, fact, _ in support.locate(checks.comment_stray(support.source_text(body)))
    ]


@pytest.mark.parametrize("body", ["<!-- translators: x -->\n\nA", "A <!-- translators: x -->", "A\n\n<!-- x -->"])
def test_a_comment_that_is_about_a_text_is_not_found(body: str) -> None:
    assert [] == support.locate(checks.comment_stray(support.source_text(body)))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("::: {.warning translate=no}\nStop at once.\n:::", "Stop at once."),
        ("::: warning\n::: {translate=no}\nStop at once.\n:::\n:::", "Stop at once."),
        ("::: {translate=no}\n::: call-now\nStop *at* once.\n\nCall.\n:::\n:::", "Stop at once. Call."),
        ("::: {translate=no}\nTake 3 pills.\n:::", "Take 3 pills."),
        ("::: warning\n# Careful {translate=no}\n:::", "Careful"),
        ("::: warning\nDo [stop at once please]{translate=no} now.\n:::", "stop at once please"),
        ("Take [3 pills]{translate=no}.", "3 pills"),
    ],
)
def test_a_matter_of_safety_that_is_skipped_is_found(body: str, text: str) -> None:
    assert [f"this may matter for safety, and is not translated: {text!r}"] == [
        fact for _, fact in support.locate(checks.skipped_safety(support.source_text(body)))
    ]


@pytest.mark.parametrize(
    "body",
    [
        "::: {translate=no}\nSome words.\n:::",
        "::: warning\nLook at [Thuisarts]{translate=no}, page [12]{translate=no}.\n:::",
        "::: warning\nStop.\n:::",
    ],
)
def test_what_is_skipped_without_danger_is_not_found(body: str) -> None:
    assert [] == support.locate(checks.skipped_safety(support.source_text(body)))


def test_both_are_told_with_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "---\ntitle: Knie\n---\n\n::: {.warning translate=no}\nStop *nu*\nmeteen.\n:::\n\n<!-- translators: x -->\n"
    monkeypatch.chdir(support.project(tmp_path, {"source/knee.md": body}))
    cli.run(["check"])
    error = capsys.readouterr().err

    assert "warning: source/knee.md:6: this may matter for safety, and is not translated: 'Stop nu meteen.'" in error
    assert "warning: source/knee.md:10: no translator sees this comment" in error


@pytest.mark.parametrize(
    "comment",
    [
        "Vertalers: het gewricht",
        "Vertaler - het gewricht",
        "Translators note: the joint",
        "Note to translators: the joint",
        "tranlsators: the joint",
        "translators：the joint",
        "translators the joint",
    ],
)
def test_a_comment_that_speaks_to_translators_in_other_words_is_found(comment: str) -> None:
    stray = support.locate(checks.comment_stray(support.source_text(f"Tekst.\n\n<!-- {comment} -->\n\nKnie")))

    assert [7] == [line for line, _, _ in stray]
    assert f"no translator sees this comment: '{comment}'" in stray[0][1]
    assert "<!-- translators:" in stray[0][2]


@pytest.mark.parametrize(
    "comment",
    ["translator: het gewricht", "TRANSLATORS : a", "vertaald in 2024", "TODO: ask the translators", "zie het boek"],
)
def test_a_comment_for_authors_is_not(comment: str) -> None:
    assert [] == support.locate(checks.comment_stray(support.source_text(f"Tekst.\n\n<!-- {comment} -->\n\nKnie")))


def test_a_comment_in_code_speaks_to_nobody() -> None:
    assert [] == support.locate(checks.comment_stray(support.source_text("Tekst.\n\n```\n<!-- Vertalers: x -->\n```")))
