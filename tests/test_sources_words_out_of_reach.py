"""Words that no translator would see are refused, each on its line and with the way out; what they see is not."""

from __future__ import annotations

import pytest

import support
from polyleaf import sources, tree, units
from polyleaf.errors import SourceError

FIRST = 5
"""The line on which the body of `support.document` starts."""

FENCE, SPACES = "Take away the two lines with", "Take the spaces away"

REFUSED = {
    "Bel ons.\n\n```\nNeem niets\n```": (3, "this is a code block, which no translator sees: 'Neem niets'", FENCE),
    "~~~ {.python}\nx = 1\n~~~": (1, "this is a code block", FENCE),
    "- Bel ons.\n\n  ```\n  Neem niets\n  ```": (3, "this is a code block", FENCE),
    "> ```\n> Neem niets\n> ```": (1, "this is a code block", FENCE),
    "1. ```\n   Neem niets\n   ```": (1, "this is a code block", FENCE),
    "```\n```": (1, "this is a code block", FENCE),
    "Neem niets\n\n    Neem niets": (3, "its indentation makes this a code block", SPACES),
    "Bel.\n\n\tNeem niets": (3, "its indentation makes this a code block", SPACES),
    "::: warning\nStop.\n\n    niet zelf rijden\n:::": (4, "'niet zelf rijden'", SPACES),
    "- Bel.\n\n        Neem niets": (3, "its indentation makes this a code block", SPACES),
    "> Bel.\n>\n>     Neem niets": (3, "its indentation makes this a code block", SPACES),
    "Zie.[^a]\n\n[^a]: Noot.\n\n        Neem niets": (5, "its indentation makes this a code block", SPACES),
    "# Kop {#k}\n\n[Knie]{title=Gewricht}": (3, "the words of title= are in no message: 'Gewricht'", "[words](address"),
    '::: {.keypoints title="Let op"}\nBel.\n:::': (1, "'Let op'", "[words](address"),
    '# Kop {#k title="Let op"}': (1, "'Let op'", "[words](address"),
    '[Knie]{alt="Let op"}': (1, "the words of alt= are in no message", "Only an image"),
    "Reken.\n\nZo: \\\\(dosis \\times 2\\\\)": (
        3,
        "the formula has words, which no translator sees: 'dosis'",
        "one letter",
    ),
    "\\\\(\\text{per dag} = 2\\\\)": (1, "'per dag'", "one letter"),
    "Zie [@vink, blz. 5].": (1, "no translator sees the words beside @vink: 'blz. 5'", "as [@vink]"),
    "Zie [zie ook @vink].": (1, "no translator sees the words beside @vink: 'zie ook'", "as [@vink]"),
    "Zie [@vink, 7].": (1, "no translator sees the words beside @vink: '7'", "as [@vink]"),
}


@pytest.mark.parametrize("body", REFUSED)
def test_words_that_no_translator_sees_are_refused(body: str) -> None:
    line, fact, hint = REFUSED[body]

    with pytest.raises(SourceError) as caught:
        sources.validate([support.document(body)], {"vink"})

    assert caught.value.message.startswith(f"source/knee.md:{FIRST - 1 + line}: ")
    assert fact in caught.value.message
    assert hint in caught.value.hint


FINE = (
    "Druk op `OK` en `Neem dit`.",
    "- Bel.\n\n    Neem niets in.\n\n    - Niets.",
    "Zie.[^a]\n\n[^a]: Noot.\n\n    Nog een alinea.",
    "Term\n:   Uitleg.\n\n    Nog meer.",
    "| Lijn\n|     met spaties",
    "\\\\(2 \\times 125 = 250\\\\) en \\\\(x^2 + \\alpha_i\\\\) en \\\\(3 \\mathrm{mg}\\\\)",
    "Zie [@vink] en [-@vink; @vink], @vink.",
    '[Knie](https://a.example "Let op") en [knie](https://a.example){title="Let op"}.',
    '![Knie](k.png){alt="Een knie." title="Let op"}\n\nDe ![knie](k.png){alt="Een knie."} hier.',
    'De <abbr title="Let op">LO</abbr>.',
)


@pytest.mark.parametrize("body", FINE)
def test_words_that_translators_see_are_not(body: str) -> None:
    sources.validate([support.document(body)], {"vink"})


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ('De ![knie](k.png){alt="Een bot."} hier.', ["De {img1} hier.", "Een bot."]),
        ('![Knie](k.png){alt="Een bot." title="Kijk"}', ["Knie", "Een bot.", "Kijk"]),
        ('Zie [dit](https://a.example){title="Let op"}.', ["Zie [dit][a].", "Let op"]),
        ('Zie [dit](https://a.example "Let op").', ["Zie [dit][a].", "Let op"]),
        ('De <abbr title="Let op">LO</abbr> en <q lang="en">A</q>.', ["De {raw1}LO{raw2} en {raw3}A{raw4}.", "Let op"]),
        ("<abbr title='Let op'>LO</abbr>", ["{raw1}LO{raw2}", "Let op"]),
    ],
)
def test_words_in_attributes_are_messages(body: str, messages: list[str]) -> None:
    extracted = units.extract_units([support.document(body)])[0]

    assert sorted(messages) == sorted(unit.message for unit in extracted if unit.kind != "title")


def test_a_title_in_html_is_filled_in_so_that_it_stays_html() -> None:
    document = support.document('De <abbr title="Let op">LO</abbr>.')
    filled = units.fill(
        document, "nl", lambda segment, inlines: tree.words('a "b" & <c>') if segment.context == "title" else inlines
    )
    html = [node["c"][1] for node in tree.walk(filled.blocks) if node["t"] == "RawInline"]

    assert ['<abbr title="a &quot;b&quot; &amp; &lt;c&gt;">', "</abbr>"] == html


def test_nothing_stays_as_it_is_in_the_front_matter_where_no_mark_says_so() -> None:
    document = support.document("Bel.", front="title: Knie\nnotice: 'Neem [3 pillen]{translate=no} in.'")

    with pytest.raises(SourceError, match=r"source/knee.md:3: translate=no may not be in the front matter: '3 pillen'"):
        sources.validate([document], {})
