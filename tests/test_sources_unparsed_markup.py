"""What is left of Markdown is found alike in a source and in a translation, and each hint, followed, makes it go."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import sources, units
from polyleaf.checks.source import markdown
from polyleaf.checks.subjects import SourceText
from polyleaf.config import Project
from polyleaf.sources import unparsed_markup
from polyleaf.sources.positions import locate_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.checks.model import Diagnostic
    from polyleaf.model import Document, Unit

FIRST = 5
"""The line on which the body of `support.document` starts."""

WRITE = "write: "


def unit_of(body: str) -> Unit:
    return next(unit for unit in units.extract_units([support.document(body)])[0] if unit.kind != "title")


def faults(body: str, translation: str) -> list[str]:
    unit = unit_of(body)
    return units.find_faults(unit, translation, units.parse_translations([(unit, translation)])[0])


LEFT_OPEN = (
    ("Neem dit **nooit** in.", "** Never ** take this."),
    ("Neem dit **nooit** in.", "**Never take this."),
    ("Neem dit **nooit** in.", "* *Never* * take this."),
    ("Neem dit *nooit* in.", "Do * not* take this."),
    ("Neem dit nooit in.", "Do * not ever * take this."),
    ("Neem dit nooit in.", "Do _ not ever _ take this."),
    ("Neem dit nooit in.", "Take *this never."),
    ("Drink veel water.", "喝_大量水_吧。"),
    ("Drink *veel water*.", "喝＊大量水＊吧。"),
    ("Drink **veel water**.", "喝＊＊大量水＊＊吧。"),
    ("Drink veel water.", "ดื่ม_น้ำมาก_ๆ"),
    ("Zie de site.", "看［网站］（https://a.example）。"),
    ("Zie de site.", "See [the site](https://a.example"),
    ("Zie de site.", "See [the site](below."),
    ("Eerst dit. Dan dat.", "This first.\\nThen that."),
    ("Eerst dit. Dan dat.", "This first. \\n Then that."),
    ("Eerst dit. Dan dat.", "This first.\\r\\nThen that."),
    ("Eerst dit.", "\\tThis first."),
    ("Café", "Caf\\u00e9"),
    ("Café", "Caf\\303\\251"),
    ("Neem MgCl~2~.", "Take MgCl~2."),
    ("Neem MgCl~2~.", "Take MgCl~ 2 ~."),
    ("Neem Mg^2+^.", "Take Mg^2+."),
    ("Neem Mg2+.", "Take Mg^{2+}."),
    ("De tijd t.", "The time t_{1/2}."),
    ("Neem dit nooit in.", "<b>Never</b> take this."),
    ("Neem dit nooit in.", "<b>Never take this."),
    ("Neem dit nooit in.", "Never</b> take this."),
    ("- Paspoort", "– Passport"),
)


@pytest.mark.parametrize(("body", "translation"), LEFT_OPEN)
def test_markup_that_is_left_open_in_a_translation_is_a_fault(body: str, translation: str) -> None:
    assert faults(body, translation)


AS_IT_STANDS = (
    ("— Jan, 54 jaar", "— Jan, 54 ans"),
    ("Jan, 54 jaar", "— Jan, 54 ans"),
    ("“Ik slaap weer.”", "— Je dors de nouveau."),
    ("“Ik slaap weer”, zegt Jan.", "—Vuelvo a dormir —dice Jan—."),
    ("Neem 2 x 3 pillen.", "Take 2 * 3 pills."),
    ("Neem **2** x 3 pillen.", "Take **2** * 3 pills."),
    ("Voor patiënten", "Für Patient*innen und Schüler_innen"),
    ("Voor **alle** patiënten", "Für **alle** Patient*innen"),
    ("Ongeveer 5 mg", "~5 mg, or ~ 6"),
    ("3 tot 5 dagen", "3~5天"),
    ("8 tot 15 uur", "上午8点~下午3点"),
    ("Zie https://a.example/x_y_z", "See https://a.example/_x_y~1/*"),
    ("In C:\\\\nieuw", "In C:\\new\\table"),
    ("Prijs\\*", "Price\\*"),
    ("Prijs\\*", "Price*"),
    ("Een \\_a", "A _a"),
    ("1 januari", "1\\. Januar"),
    ("Week 2", "2. Woche"),
    ("Deel a", "a) Teil"),
    ("Deel I", "I. Teil"),
    ("Noot", "(1) Note"),
    ("＊ 1 keer, ＊ 2 keer", "＊1回、＊2回"),
)


@pytest.mark.parametrize(("body", "translation"), AS_IT_STANDS)
def test_signs_that_are_meant_in_a_translation_are_not(body: str, translation: str) -> None:
    assert [] == faults(body, translation)


@pytest.mark.parametrize("text", ["2. Woche", "2) Woche", "(2) Woche", "IV. Woche", "a. Woche"])
def test_a_number_at_the_start_of_a_translation_opens_no_list(text: str) -> None:
    unit = unit_of("Week")
    blocks = units.parse_translations([(unit, text)])[0]

    assert text == "".join(unparsed_markup.print_lines(units.restore(blocks, blocks[0]["c"])))


@pytest.mark.parametrize("text", ["- Woche", "# Woche", "> Woche", "* Woche", "+ Woche", "| Woche"])
def test_other_blocks_in_a_translation_are_refused(text: str) -> None:
    assert faults("Week", text)


DASHES = {
    "> Ik slaap weer.\n>\n> — Jan, 54 jaar": [],
    "> Ik slaap weer.\n> — Jan, 54 jaar": [],
    "— ¿Duerme bien?\n\n— No, doctora.": [],
    "— ¿Duerme bien?\n— No, doctora.": [],
    "– Jan, 54 jaar": [],
    "Ze vroeg:\n\n— Slaapt u goed?": [],
    "| — Slaapt u goed?\n| — Nee.": [],
    "Neem mee:\n\n– paspoort\n\n– kaart": ["– paspoort"],
    "Neem mee:\n– paspoort": ["– paspoort"],
    "- – paspoort": ["– paspoort"],
}


@pytest.mark.parametrize("body", DASHES)
def test_a_dash_before_a_name_or_before_what_is_said_is_right(body: str) -> None:
    findings = markdown.markdown_left(support.source_text(body, language="es"))

    assert DASHES[body] == [diagnostic.fact.split("'")[1] for diagnostic in findings]


SIGNS = (
    *("**", "*", "__", "_", "`", "~~", "^", "~", "[^", "^[", "[@", "](", "::: ", "{#", "<!--", "#", "##"),
    *("• ", "•", "– ", "\\n", "\\t", "_{", "^{", ":::", "[x](", "--", "＊＊"),
)
WORDS = ("pil", "IP_gene8+_1st", "t_{1/2}", "neem", "H", "2", "5 mg", "(x)", "ja.", "één", "水", "https://a.example")
FRAMES = ("{}", "Zin.\n\n{}", "- {}\n- b", "> {}", "# {}", "Zie.[^a]\n\n[^a]: {}", "::: warning\n{}\n:::", "Regel\n{}")


def bodies() -> list[str]:
    chance = random.Random(11)  # noqa: S311 - no secret, only variety
    texts = []
    for _ in range(700):
        parts = [chance.choice(WORDS) for _ in range(chance.randint(2, 4))]
        for _ in range(chance.randint(1, 2)):
            at = chance.randrange(len(parts))
            sign = chance.choice(SIGNS)
            parts[at] = sign + parts[at] if chance.random() < 0.6 else parts[at] + sign.strip()
        texts.append(chance.choice(FRAMES).format(" ".join(parts)))
    return list(dict.fromkeys(texts))


def read(texts: Sequence[str]) -> list[SourceText]:
    manuscripts = [support.manuscript(text, f"{number}.md") for number, text in enumerate(texts)]
    documents = sources.read_manuscripts(manuscripts, "nl")
    return [SourceText(document, locate_texts(document), {}, Project("nl", ("nl",))) for document in documents]


def printed(document: Document) -> str:
    """Return what *document* prints, but for underscores: one that closed another one is printed when that is not."""
    texts = (line for text in locate_texts(document) for line in unparsed_markup.print_lines(text.inlines))
    return " ".join(" ".join(texts).replace(unparsed_markup.BORDER, "").replace("_", "").split())


def follow(text: str, finding: Diagnostic) -> str:
    """Return the manuscript *text* after its author did what the hint of *finding* says."""
    lines = text.split("\n")
    at = int(str(finding.at)) - 1
    if WRITE in finding.hint:
        escaped = finding.hint.partition(WRITE)[2]
        typed = re.sub(r"\\([^\w\s]|_)", r"\1", escaped)
        assert typed in lines[at]
        lines[at] = lines[at].replace(typed, escaped)
    elif "empty line" in finding.hint:
        lines.insert(at, "")
    elif "hyphen" in finding.hint:
        lines[at] = re.sub(r"\bo\b", "-", lines[at], count=1)
    return "\n".join(lines)


def findings_of(source: SourceText) -> list[Diagnostic]:
    return [finding for finding in markdown.markdown_left(source) if finding.hint]


@pytest.mark.law
def test_each_hint_followed_makes_its_finding_go_and_prints_what_was_typed() -> None:
    before = [source for source in read(bodies()) if findings_of(source)]
    cases = [(source, finding) for source in before for finding in findings_of(source)[:1]]
    followed = [follow(source.document.text, finding) for source, finding in cases]
    after = read([re.sub(r"\A---\n.*?\n---\n\n", "", text, flags=re.DOTALL)[:-1] for text in followed])
    wrong = [
        (source.document.text[20:], finding.fact, finding.hint, [again.fact for again in findings_of(result)])
        for (source, finding), result in zip(cases, after, strict=True)
        if finding.fact in support.facts(findings_of(result)) or printed(result.document) != printed(source.document)
    ]

    assert len(cases) > 150
    assert [] == wrong


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("IP_gene8+_1st", "IP_gene8+\\_1st"),
        ("De t_{1/2} is", "t\\_{1/2}"),
        ("Neem **dit", "\\*\\*dit"),
        ("Regel.\\nRegel", "Regel.\\\\nRegel"),
        ("10^9 cellen", "10\\^9"),
    ],
)
def test_the_hint_is_the_word_as_it_is_to_be_typed(body: str, hint: str) -> None:
    assert [f"To print it as it is, write: {hint}"] == [row.hint for row in findings_of(support.source_text(body))]


def test_what_should_be_a_line_across_the_page_is_one_after_its_hint() -> None:
    [finding] = findings_of(support.source_text("Tekst\nregel\n---"))

    assert (FIRST + 2, "Put an empty line before it.") == (finding.at, finding.hint)


def test_a_list_that_was_not_made_is_made_after_its_hints() -> None:
    text = "Neem mee:\n- paspoort\n- kaart\n"
    [first, second] = markdown.block_not_made(support.source_text(text))
    followed = follow(follow(support.document(text).text, second), first)
    [result] = read([followed.partition("---\n\n")[2]])

    assert ["Para", "BulletList", "BulletList"][:2] == [block["t"] for block in result.document.blocks][:2]
    assert [] == list(markdown.block_not_made(result))


@pytest.mark.law
def test_each_hint_of_a_translation_followed_makes_its_fault_go() -> None:
    unit = unit_of("Woorden.")
    texts = [body for body in bodies() if not re.search(r"\n|:::|\[\^", body)]
    read_back = units.parse_translations([(unit, text) for text in texts])
    cases = []
    for text, blocks in zip(texts, read_back, strict=True):
        hints = [fault.partition(WRITE)[2][:-1] for fault in units.find_faults(unit, text, blocks) if WRITE in fault]
        for escaped in hints[:1]:
            typed = re.sub(r"\\([^\w\s]|_)", r"\1", escaped)
            cases.append((text, escaped, text.replace(typed, escaped)))
    parsed = units.parse_translations([(unit, text) for *_, text in cases])
    wrong = [
        (text, escaped, result)
        for (text, escaped, result), blocks in zip(cases, parsed, strict=True)
        if any(escaped in fault for fault in units.find_faults(unit, result, blocks))
    ]

    assert len(cases) > 40
    assert [] == wrong
