"""Checks of readability: figures of the whole text, and its long sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import LABELS, LocalizedText
from polyleaf.model import Severity
from polyleaf.quotations import quote
from polyleaf.readability import MEASURES, Gate, measure, spaced, split_sentences, split_words
from polyleaf.readability.formulas import FORMULAS

SHOWN = 50
LONGEST_HEADING = 8
"""How many words a heading has at most, so that it is read at a glance."""


@check(LocalizedText, Severity.WARNING, graded=True)
def readability(localized: LocalizedText) -> Iterator[Diagnostic]:
    """A leaflet is as easy to read as its gates ask: by the formulas of its language, and in the mean of its sentences.

    Bad:  "Gelijktijdige toediening van magnesiumpreparaten kan interacties met geneesmiddelen veroorzaken", throughout
    Good: "Neem magnesium niet tegelijk met deze medicijnen", throughout
    """
    figures = measure(localized.prose, localized.language, localized.terms)
    gates = localized.gates
    if figures.obstacle and not figures.short and any(_set(gates.get(name)) for name in FORMULAS):
        yield Diagnostic(f"how easy this is to read cannot be judged: {figures.obstacle}; let readers judge it")
    for name, score in figures.scores.items():
        severity = gates[name].judge(score.raw) if name in gates else None
        if severity:
            yield Diagnostic(
                f"{MEASURES[name].title}: {score.raw:g}, {_beyond(gates[name], severity)}", severity=severity
            )


@check(LocalizedText, Severity.WARNING, graded=True)
def sentence_long(localized: LocalizedText) -> Iterator[Diagnostic]:
    """A sentence is short enough to be kept in mind: how many words that is, the gates of the language say.

    Bad:  "Als u een nierziekte heeft of medicijnen gebruikt, vraag dan eerst aan uw arts of apotheker of het mag"
    Good: "Heeft u een nierziekte? Vraag dan eerst uw arts."
    """
    gate = localized.gates.get("sentence_words", Gate())
    for text in localized.texts if _set(gate) else ():
        for sentence in split_sentences(text.words, localized.language) if _counted(text.kind, text.words) else ():
            count = len(split_words(sentence))
            severity = gate.judge(count)
            if severity:
                fact = f"the sentence {quote(sentence, SHOWN)} has {count} words, {_beyond(gate, severity)}"
                yield Diagnostic(fact, (text, sentence), severity=severity)


@check(LocalizedText, Severity.WARNING, graded=True)
def paragraph_long(localized: LocalizedText) -> Iterator[Diagnostic]:
    """A paragraph is short enough to be looked over: how many words that is, the gates of the language say.

    Bad:  a paragraph of 110 words about dose, food and time
    Good: three paragraphs, one about each
    """
    gate = localized.gates.get("paragraph_words", Gate())
    for text in localized.texts:
        count = len(split_words(text.words)) if text.prose and spaced(text.words) else 0
        severity = gate.judge(count)
        if severity:
            fact = f"the {text.kind} {quote(text.words, SHOWN)} has {count} words, {_beyond(gate, severity)}"
            yield Diagnostic(fact, (text, text.words), severity=severity)


@check(LocalizedText, Severity.WARNING)
def heading_long(localized: LocalizedText) -> Iterator[Diagnostic]:
    """A heading has eight words at most, so that readers who look for something see it.

    Bad:  "# When you should by all means get in touch with your own doctor"
    Good: "# When to call your doctor"
    """
    for text in localized.texts:
        count = len(split_words(text.words)) if text.kind == "heading" and spaced(text.words) else 0
        if count > LONGEST_HEADING:
            fact = f"the heading {quote(text.words, SHOWN)} has {count} words, more than {LONGEST_HEADING}"
            yield Diagnostic(fact, (text, ""))


def _beyond(gate: Gate, severity: Severity) -> str:
    """Return in words which limit of *gate* was passed."""
    limit = gate.fail if severity is Severity.ERROR else gate.warn
    return f"{'less' if gate.rising else 'more'} than {limit:g}"


def _set(gate: Gate | None) -> bool:
    return gate is not None and (gate.warn, gate.fail) != (None, None)


def _counted(kind: str, text: str) -> bool:
    return kind not in LABELS and spaced(text)
