"""Two ways through pandoc's tree: walk it, or rebuild it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest

from polyleaf import pandoc, tree

if TYPE_CHECKING:
    from polyleaf.model import Node, Nodes


def inlines(markdown: str) -> Nodes:
    return list(pandoc.read([("text", pandoc.FRAGMENT, markdown)])[0][0]["c"])


def test_walking_goes_outer_before_inner_in_reading_order() -> None:
    names = [node["t"] for node in tree.walk(inlines("*a **b*** `c`"))]

    assert ["Emph", "Str", "Space", "Strong", "Str", "Space", "Code"] == names


def test_rebuilding_leaves_the_old_tree_as_it_was() -> None:
    old = inlines("*a* b")
    before = copy.deepcopy(old)
    new = tree.rebuild(old, lambda node: tree.string("x") if node["t"] == "Str" else node)

    assert before == old
    assert "x x" == tree.plain(new)


def test_an_element_may_become_none_or_many() -> None:
    old = inlines("a b")
    gone = tree.rebuild(old, lambda node: [] if node["t"] == "Space" else node)
    many = tree.rebuild(old, lambda node: [node, node] if node["t"] == "Str" else node)

    assert "ab" == tree.plain(gone)
    assert "aa bb" == tree.plain(many)


def test_inner_elements_are_made_before_outer_ones() -> None:
    order: list[str] = []

    def change(node: Node) -> Node:
        order.append(node["t"])
        return node

    tree.rebuild(inlines("*a*"), change)

    assert ["Str", "Emph"] == order


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("*a* **b** `c` \\\\(d\\\\)", "a b c d"),
        ("\"a 'b'\"", "“a ‘b’”"),
        ("a^[note] b", "a b"),
        ("a <b>b</b>", "a b"),
        ("![a *plate*](x.svg) b", "a plate b"),
        ("[a](b) [c]{.d}", "a c"),
        ("a\\\nb", "a\nb"),
        ("a\nb", "a b"),
        ("H~2~O ~~x~~", "H2O x"),
    ],
)
def test_plain_text_is_what_is_read_aloud(markdown: str, expected: str) -> None:
    assert expected == tree.plain(inlines(markdown))


@pytest.mark.parametrize("markdown", ["*a*", "**a**", "~~a~~", "x^a^", '"a"', "[a](b)", "[a]{.b}", "![a](b)", "[@a]"])
def test_the_children_of_an_element_go_back_into_it(markdown: str) -> None:
    node = inlines(markdown)[-1]

    assert tree.children(node)
    assert node == tree.with_children(node, tree.children(node))


def test_a_word_and_a_note_have_no_children() -> None:
    assert [[], []] == [tree.children(node) for node in inlines("a^[b]")]


def test_words_are_parted_by_single_spaces() -> None:
    assert [tree.string("a"), tree.element("Space"), tree.string("b")] == tree.words("a b")
    assert [] == tree.words("")


def test_elements_without_attributes_have_no_classes() -> None:
    assert [] == tree.classes(tree.string("a"))
    assert ["b"] == tree.classes(tree.span([], classes=["b"]))
    assert [["lang", "nl"]] == tree.span([], pairs={"lang": "nl"})["c"][0][2]
    assert ["x", ["b"], [["role", "list"]]] == tree.div(["b"], [], identifier="x", pairs={"role": "list"})["c"][0]
    assert tree.attr(tree.raw("<hr />")) is None
    assert tree.content(tree.element("Space")) is None


def test_raw_html_is_a_block() -> None:
    assert {"t": "RawBlock", "c": ["html", "<hr />"]} == tree.raw("<hr />")
