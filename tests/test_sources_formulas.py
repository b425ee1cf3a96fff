"""Formulas: what can be set in a line is, all else is refused with its line and a way out; prices are no formulas."""

from __future__ import annotations

import pytest

import support
from polyleaf import pandoc, sources
from polyleaf.checks.source.markdown import markdown_left
from polyleaf.errors import SourceError

TYPED = ("$x$", "$$y = 2$$", "$m/l^2$", "$2x + y$", "$BMI = m$", "$x_1$", "$-x$", r"$\alpha$")
"""Formulas as TeX has them, which pandoc's Markdown prints as they stand, so read here."""

PRICES: tuple[str, ...] = (
    "$5 en later $10",
    "US$ 20",
    "$ 5 en 6 $",
    "$5 and $10",
    "van $5 tot 10$",
    "5$ of 6$",
    "US$5/A$6",
    "5US$-6A$",
)
PRICES += ("$5 = €4,60 en 6$ daar", "$5 a 6$", "A$/B$", "$100-$200", "$5,-", "$5/dag of $10/week", "($5)", "$1.50/$2")
"""Sums of money, with the sign before or after."""


@pytest.mark.parametrize("formula", TYPED)
def test_a_formula_between_dollar_signs_is_found_once_with_the_way_out(formula: str) -> None:
    [(line, fact, hint)] = support.locate(markdown_left(support.source_text(f"Reken {formula} uit.")))

    assert 5 == line
    assert fact == rf"'{formula}' is printed as it stands: a formula stands between \\( and \\)"
    assert rf"\\({formula.strip('$')}\\)" in hint


@pytest.mark.parametrize("formula", TYPED)
def test_a_formula_as_the_hint_has_it_is_no_fault(formula: str) -> None:
    body = rf"Reken \\({formula.strip('$')}\\) uit."
    if "BMI" not in formula:
        sources.validate([support.document(body)], {})

    assert [] == list(markdown_left(support.source_text(body)))


@pytest.mark.parametrize("formula", TYPED)
def test_escaped_dollar_signs_are_no_fault(formula: str) -> None:
    escaped = formula.replace("$", r"\$").replace("^", r"\^").replace("_", r"\_").replace("\\a", "\\\\a")

    assert [] == list(markdown_left(support.source_text(f"Reken {escaped} uit.")))


@pytest.mark.parametrize("price", PRICES)
def test_a_price_is_no_formula(price: str) -> None:
    assert [] == list(markdown_left(support.source_text(f"Dat kost {price}.")))


def test_every_two_prices_are_no_formula() -> None:
    sums = ("$5", "5$", "$ 5", "5 $", "US$5", "$5,50", "$1,000")
    text = "\n".join(f"- van {first} tot {second}, of {second}/{first}" for first in sums for second in sums)

    assert [] == list(markdown_left(support.source_text(text)))


@pytest.mark.parametrize("typed", [r"\(x = 2\)", r"\[y^2\]", r"\(\alpha\)"])
def test_a_formula_with_one_backslash_is_found(typed: str) -> None:
    [(line, fact, _)] = support.locate(markdown_left(support.source_text(f"Reken {typed} uit.")))

    assert (5, True) == (line, fact.startswith(f"'{typed}' is printed without its backslashes"))


@pytest.mark.parametrize("typed", [r"\[sic\]", r"\(zie bijsluiter\)", r"\[1\]"])
def test_brackets_with_a_backslash_are_no_formula(typed: str) -> None:
    assert [] == list(markdown_left(support.source_text(f"Lees {typed} nog eens.")))


@pytest.mark.parametrize(
    "formula", [r"\frac{m}{l^2}", r"\sqrt{x}", r"\dfrac{a}{b}", r"\binom{n}{k}", r"\begin{matrix}a\end{matrix}"]
)
def test_a_formula_that_needs_two_storeys_is_refused_where_it_stands(formula: str) -> None:
    with pytest.raises(SourceError) as caught:
        support.document(f"Goed.\n\nReken \\\\({formula}\\\\) uit.")

    assert caught.value.message.startswith(f"source/knee.md:7: the formula '{formula}' has a fraction")
    assert r"\\(m / l^2\\)" in caught.value.hint


@pytest.mark.parametrize("formula", [r"m / l^2", r"2 \times 125 = 250", r"10^{-3}", r"x \approx 5", "a + b"])
def test_a_formula_in_a_line_is_read(formula: str) -> None:
    sources.validate([support.document(f"Reken \\\\({formula}\\\\) uit.")], {})


@pytest.mark.parametrize("number", ["0,5", "62{,}5", "1.75", "1.000"])
def test_a_number_that_is_another_one_in_other_languages_is_refused(number: str) -> None:
    with pytest.raises(SourceError, match="which no translator sees") as caught:
        sources.validate([support.document(f"Reken \\\\({number} \\times m\\\\) uit.")], {})

    assert caught.value.message.startswith("source/knee.md:5: ")


@pytest.mark.law
def test_every_warning_of_pandoc_is_told_with_its_line() -> None:
    texts = {
        "::: warning\nBuig.": "a.md:1: the box that opens here is not closed",
        "A.[^1]\n\n[^1]: Zo.\n\n[^1]: Of zo.": "a.md:5: the note [^1] is there twice",
        "A.\n\n[^1]: Zo.": "a.md:3: no text refers to the note [^1]",
        "# A {#a}\n\n# B {#a}\n\nEind.": "a.md:3: the id 'a' is there twice",
        "[a]: http://x.nl\n[a]: http://y.nl\n\n[a] b": "a.md:2: the link [a] has two addresses",
    }
    for text, fact in texts.items():
        with pytest.raises(SourceError) as caught:
            pandoc.read([("a.md", pandoc.MARKDOWN, text)])

        assert fact == caught.value.message


@pytest.mark.law
def test_the_warnings_about_several_texts_are_told_together() -> None:
    with pytest.raises(SourceError) as caught:
        pandoc.read([(f"{name}.md", pandoc.MARKDOWN, "::: warning\nBuig.") for name in "abc"])

    assert 3 == len(caught.value.parts)
