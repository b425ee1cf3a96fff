"""Order of what a text says: which concepts come first, by words such as `first`, `then`, `before` and `after`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from polyleaf.facts import medicines
from polyleaf.facts.concepts import CLAUSE, Concept, find_concepts, is_in, name_of, without_topics
from polyleaf.facts.lexicon import Lexicon, Match

OPENING = 0.1
"""In which part of a text a word opens it."""

MEDICINE, STEM = "medicine", 5
"""The axis of medicines, and by how many of its first letters a name of one is the same in two languages."""

Sides = tuple[list[Concept], list[Concept]]
"""What a text says comes earlier, and what comes later."""


def find_turned_steps(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> tuple[str, str] | None:
    """Return two concepts that changed places around `then` or `before`, None when there are none.

    The one is in the source only in what comes earlier and in the translation only in what comes later, the other the
    other way round.
    """
    before, after = (_sequence(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    if not before or not after:
        return None
    (first, second), (new_first, new_second) = before, after
    earlier = [concept for concept in _alone(first, second) if is_in(concept, _alone(new_second, new_first))]
    later = [concept for concept in _alone(second, first) if is_in(concept, _alone(new_first, new_second))]
    return (_shown(earlier[0]), _shown(later[0])) if earlier and later else None


def change_order(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> bool:
    """Tell whether `before` and `after` stand beside different ones of two concepts: `X before Y`, and `Y after X`.

    In a language that ends its clauses with the verb, they stand behind what they govern. So do they where one opens
    its text and the other does not: `before Y, X`, and `Y only after X`.
    """
    before, after = (
        without_topics(find_concepts(text, lexicon)) for text, lexicon in zip(texts, lexicons, strict=True)
    )
    first, second = (_governed(*side) for side in zip(texts, lexicons, (before, after), strict=True))
    if first is None or second is None:
        places = [_order_word(*side) for side in zip(texts, lexicons, strict=True)]
        is_only = any(_says_only(*side) for side in zip(texts, lexicons, strict=True))
        return is_only and set(places) == {("before", True), ("after", False)}
    if first.same(second):
        return False
    return is_in(first, after) and is_in(second, before)


def _order_word(text: str, lexicon: Lexicon) -> tuple[str, bool] | None:
    """Return what the one word for `before` or `after` of *text* says, and whether it opens it; None without one."""
    words = [word for word in lexicon["directions"].find(text) if "order:" in word.meaning]
    if len(words) != 1:
        return None
    return words[0].meaning.partition("order:")[2].split()[0], words[0].start < len(text) * OPENING


def _says_only(text: str, lexicon: Lexicon) -> bool:
    """Tell whether *text* may say that something is done only then: `pas nadat`."""
    return any(cue.meaning in {"only", "perhaps_only"} for cue in lexicon["negations"].find(text))


def _governed(text: str, lexicon: Lexicon, concepts: Sequence[Concept]) -> Concept | None:
    """Return the concept nearest to the one word of *text* that says what comes first, None without one."""
    words = [word for word in lexicon["directions"].find(text) if "order:" in word.meaning]
    if len(words) != 1:
        return None
    if lexicon["conditions_after"]:
        return next((concept for concept in reversed(concepts) if concept.start < words[0].end), None)
    return next((concept for concept in concepts if concept.start >= words[0].start), None)


def _shown(concept: Concept) -> str:
    return max(concept.names, key=len) if concept.axis == MEDICINE else name_of(concept)


def _sequence(text: str, lexicon: Lexicon) -> Sides | None:
    """Return the concepts that *text* says come earlier and later; None when no word tells it."""
    steps = list(lexicon["steps"].find(text))
    first = next((step for step in steps if step.meaning == "first"), None)
    then = next((step for step in steps if step.meaning == "then" and (not first or step.start > first.start)), None)
    if then and (first or _is_sequel(then, text, lexicon)):
        return _divided(text, _border(text, first.end if first else 0, then, lexicon), lexicon)
    words = [word for word in _order_words(text, lexicon) if not _is_step(word, steps)]
    if (
        len(words) != 1
        or lexicon["conditions_after"]
        or words[0].start in {item.start for item in lexicon["vague"].find(text)}
    ):
        return None
    return None if _has_amount(text, words[0], lexicon) else _around(text, words[0], lexicon)


def _has_amount(text: str, word: Match, lexicon: Lexicon) -> bool:
    """Tell whether an amount follows *word*: `after 48 hours` says nothing of another step."""
    following = text[word.end :].split()[:2]
    return any(part[0].isdecimal() or lexicon["numbers"].at(part, 0) for part in following)


def _is_sequel(then: Match, text: str, lexicon: Lexicon) -> bool:
    """Tell whether `then` alone says that something follows, not what to do under a condition, nor `after` a noun."""
    is_open = "?" in text or lexicon["conditions"].present(text) or bool(lexicon["conditions_after"])
    longer = lexicon["directions"].at(text, then.start)
    is_preposition = lexicon["limits"].at(text, then.start) or (longer and longer.end > then.end)
    return not is_open and not is_preposition


def _is_step(word: Match, steps: Iterable[Match]) -> bool:
    """Tell whether *word* is in one of *steps*: `first` is no `before` there."""
    return any(step.start <= word.start < step.end for step in steps)


def _order_words(text: str, lexicon: Lexicon) -> Iterator[Match]:
    """Yield the words of *text* that say what comes before or after what."""
    for word in lexicon["directions"].find(text):
        if {"order:before", "order:after"} & set(word.meaning.split()):
            yield word


def _border(text: str, start: int, then: Match, lexicon: Lexicon) -> int:
    """Return where the clause of *then* begins, which may be before the word: `en adem daarna in`."""
    stops = [stop.start() for stop in CLAUSE.finditer(text)] + [stop.start for stop in lexicon["joiners"].find(text)]
    return max((stop for stop in stops if start <= stop < then.start), default=then.start)


def _divided(text: str, border: int, lexicon: Lexicon) -> Sides:
    named = _named(text, lexicon)
    return [item for item in named if item.start < border], [item for item in named if item.start >= border]


def _around(text: str, word: Match, lexicon: Lexicon) -> Sides:
    """Return what comes earlier and later around `before` or `after`, with its clause on either side of the other."""
    if word.start < len(text) * OPENING:
        comma = CLAUSE.search(text, word.end)
        main, governed = _divided(text, comma.start() if comma else len(text), lexicon)[::-1]
    else:
        main, governed = _divided(text, word.start, lexicon)
    return (main, governed) if "order:before" in word.meaning else (governed, main)


def _named(text: str, lexicon: Lexicon) -> list[Concept]:
    """Return the concepts and medicines of *text*."""
    names = [
        Concept(MEDICINE, frozenset((match.meaning[:STEM], match.meaning)), match.start)
        for match in medicines.find_matches(text)
    ]
    return [*names, *without_topics(find_concepts(text, lexicon))]


def _alone(concepts: Iterable[Concept], others: Sequence[Concept]) -> list[Concept]:
    return [concept for concept in concepts if not is_in(concept, others)]
