"""Checks of who, what, how soon and whether one must: words that no number and no negation stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair
from polyleaf.facts import Facts, extract_facts
from polyleaf.facts.concepts import (
    find_added_relative,
    find_changed_addressee,
    find_concepts,
    find_exchanged,
    find_lost_person,
    find_replaced_carer,
    find_turned_contrasts,
    without_topics,
)
from polyleaf.facts.lexicon import Lexicon, load_lexicon
from polyleaf.facts.modality import MOMENTS, find_obligations, find_turned_obligation, find_urgency
from polyleaf.facts.sequences import find_turned_steps
from polyleaf.model import Severity

LATER = len(MOMENTS) - 1
SEVERAL = re.compile(r"[.?!]\s")
"""What a text of several sentences has, which may be about several things."""

Signature = list[frozenset[str]]
"""What a sentence names, each thing as the names that it may have in another language."""


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def urgency_differs(pair: Pair) -> Iterator[Diagnostic]:
    """Who must ask for help at once is told so: at once does not become today, nor today next week.

    Bad:  "Call your doctor today" -> "Bel volgende week uw arts"
    Good: "Call your doctor today" -> "Bel vandaag nog uw arts"
    """
    for before, after in pair.by_sentence() if all(lexicon["urgency"] for lexicon in _lexicons(pair)) else ():
        source, target = map(find_urgency, (before.text, after.text), _lexicons(pair))
        if source.asks_for_help and source.latest is not None and target.is_weaker(source):
            latest = LATER if target.is_later else target.soonest
            yield Diagnostic(f"says {_moment(latest)} where the source says {_moment(source.soonest)}")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def obligation_differs(pair: Pair) -> Iterator[Diagnostic]:
    """What must be done must be done, what must not be does not become what need not be, and what may be stays so.

    Bad:  "You must not drive" -> "U hoeft niet te rijden"
    Good: "You must not drive" -> "U mag niet rijden"
    """
    for before, after in pair.by_sentence():
        if "?" in before.text or "?" in after.text:
            continue
        source, target = map(find_obligations, (before.text, after.text), _lexicons(pair))
        if any(facts.limits.firm or facts.negations.only or facts.negations.perhaps_only for facts in (before, after)):
            # `You may only` is `you must`.
            source, target = source - {"may"}, target - {"may"}
        if "may" in target - source and 0 not in before.negations.counts and not _denies(after):
            target |= {"may_do"}
        turned = find_turned_obligation(source, target)
        if turned:
            yield Diagnostic(f"says {_modal(turned[1])} where the source says {_modal(turned[0])}")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def concept_differs(pair: Pair) -> Iterator[Diagnostic]:
    """Nobody and nothing stands where the source has somebody or something else of its kind: the mother for the baby.

    Persons, parts of the body, routes, substances, drinks, meals and symptoms, of which the texts name different ones.
    `Do not chew` may be `Swallow`: where only one text denies something, nothing is said of them. A member of the
    family, a carer and who is pregnant is not left out, unless an age says who is meant. Nor is the whole text about
    something else: the side effects for the storage.

    Bad:  "Give the baby vitamin K" -> "Geef de moeder vitamine K"
    Good: "Give the baby vitamin K" -> "Geef de pasgeborene vitamine K"
    """
    for before, after in pair.facts():
        source, target = map(find_concepts, (before.text, after.text), _lexicons(pair))
        if any(SEVERAL.search(facts.text) for facts in (before, after)):
            source, target = map(without_topics, (source, target))
        is_reversed = min(before.negations.counts) != min(after.negations.counts)
        for lost, new in () if is_reversed else find_exchanged(source, target):
            yield Diagnostic(f"says {_quoted(new)} where the source says {_quoted(lost)}")
        changed = find_changed_addressee((before.text, after.text), _lexicons(pair))
        if changed:
            yield Diagnostic(f"speaks to the reader where the source speaks of the {changed}")
        person = find_lost_person((before.text, after.text), _lexicons(pair))
        if person and not _says_age(before):
            yield Diagnostic(f"does not speak of the {person}")
        relative = find_added_relative((before.text, after.text), _lexicons(pair))
        if relative:
            yield Diagnostic(f"speaks of the {relative} where the source speaks to the reader")
        carer = find_replaced_carer((before.text, after.text), _lexicons(pair))
        if carer:
            yield Diagnostic(f"says “yourself” where the source says “{carer}”")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def contrast_turned(pair: Pair) -> Iterator[Diagnostic]:
    """What is denied of the one is not denied of the other: two concepts or medicines that change places.

    Bad:  "Drink water, but no milk" -> "Drink melk, maar geen water"
    Good: "Drink water, but no milk" -> "Drink geen melk, maar wel water"
    """
    for before, after in pair.facts():
        for right, denied in find_turned_contrasts((before.text, after.text), _lexicons(pair)):
            yield Diagnostic(f"denies “{right}” where the source denies “{denied}”")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def steps_turned(pair: Pair) -> Iterator[Diagnostic]:
    """What is done first is done first.

    Bad:  "First wash your hands, then put on the gloves" -> "Doe eerst de handschoenen aan en was dan uw handen"
    Good: "First wash your hands, then put on the gloves" -> "Was eerst uw handen en doe dan de handschoenen aan"
    """
    for before, after in pair.facts():
        turned = find_turned_steps((before.text, after.text), _lexicons(pair))
        if turned:
            yield Diagnostic(f"has “{turned[1]}” before “{turned[0]}”, and the source has it after")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def sentences_turned(pair: Pair) -> Iterator[Diagnostic]:
    """Sentences stand in the order of the source: what the first says of numbers and concepts, no other says.

    Bad:  "Wash your hands. Put 2 drops in your ear." -> "Doe 2 druppels in uw oor. Was uw handen."
    Good: "Wash your hands. Put 2 drops in your ear." -> "Was uw handen. Doe 2 druppels in uw oor."
    """
    lexicons = _lexicons(pair)
    for texts in pair.texts():
        before, after = pair.sentences(*texts)
        if len(before) == len(after) > 1:
            signatures = [
                [_signature(sentence, lexicon) for sentence in side]
                for side, lexicon in zip((before, after), lexicons, strict=True)
            ]
            for first, second in combinations(range(len(before)), 2):
                if _crossed(*([side[first], side[second]] for side in signatures)):
                    yield Diagnostic(f"has sentence {first + 1} of the source at {second + 1}, and that at {first + 1}")


def _says_age(facts: Facts) -> bool:
    """Tell whether a text may say how old somebody is: who is under twelve is a child."""
    return any(number.unit in {"year", "month"} for number in facts.numbers)


def _denies(facts: Facts) -> bool:
    """Tell whether a text denies something, or may: `you may leave it out` is `you must not take it`."""
    return bool(facts.negations or facts.negations.doubts)


def _signature(sentence: str, lexicon: Lexicon) -> Signature:
    """Return what *sentence* names: its amounts, and its concepts, each as the names that it may have."""
    facts = extract_facts(sentence, lexicon.language)
    amounts = {f"{number.value} {number.unit}" for number in facts.numbers if number.confidence}
    concepts = [concept.names for concept in find_concepts(facts.text, lexicon)]
    return [frozenset((amount,)) for amount in sorted(amounts)] + concepts


def _crossed(before: Sequence[Signature], after: Sequence[Signature]) -> bool:
    """Tell whether each of two sentences is like the other one of the translation, and not at all like its own."""
    straight = any(_alike(*sides) for sides in zip(before, after, strict=True))
    return not straight and all(_alike(*sides) for sides in zip(before, reversed(after), strict=True))


def _alike(before: Signature, after: Signature) -> bool:
    return any(not names.isdisjoint(others) for names in before for others in after)


def _lexicons(pair: Pair) -> tuple[Lexicon, Lexicon]:
    return load_lexicon(pair.language_pair.source), load_lexicon(pair.language_pair.target)


def _moment(rank: int | None) -> str:
    return "no moment" if rank is None else f"“{MOMENTS[rank].replace('_', ' ')}”"


def _modal(obligation: str) -> str:
    return f"“{obligation.replace('_', ' ')}”" if obligation else "no such thing"


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
