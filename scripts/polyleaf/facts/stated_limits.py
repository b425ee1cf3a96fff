"""Limits that texts state, as values, and whether two texts may state the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

LOWER, UPPER = "lower", "upper"
OPPOSITE = {LOWER: UPPER, UPPER: LOWER}
ONCE = "1 times"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of a text: its *pole*, `lower` or `upper`, and the number that it limits: its *value* in its base unit.

    *firm* is false for that of a period, and then *negated* tells whether its clause denies it, so that it may be the
    other pole. *edge* is the pole of a word that says where a period begins or ends, `from` or `until`, else empty.
    *conditional* tells whether its clause is a condition, of which a negation denies something else, and *timed*
    whether its number is a length of time.
    """

    pole: str
    value: Fraction
    firm: bool = True
    negated: bool = False
    edge: str = ""
    conditional: bool = False
    shown: str = field(default="", compare=False)
    timed: bool = field(default=False, compare=False)

    def may_mean(self, pole: str) -> bool:
        """Tell whether it may be a limit of *pole*: `not in the first 4 weeks` is `after 4 weeks`."""
        return pole in {self.pole, self.edge} or self.negated

    def contradicts(self, other: Limit) -> bool:
        """Tell whether *other*, of a period too, cannot mean the same."""
        if self.edge and other.edge and self.negated == other.negated:
            return self.edge != other.edge
        return not (self.negated or other.negated) and self.pole != other.pole


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a text, in reading order."""

    limits: tuple[Limit, ...] = ()

    @property
    def firm(self) -> Counter[str]:
        """How often the text says a firm `lower` and `upper` limit."""
        return Counter(limit.pole for limit in self.limits if limit.firm)

    @property
    def periods(self) -> tuple[Limit, ...]:
        """The limits of periods."""
        return tuple(limit for limit in self.limits if not limit.firm)

    @property
    def values(self) -> Counter[tuple[str, Fraction]]:
        """The poles of the firm limits with the values that they limit."""
        return Counter((limit.pole, limit.value) for limit in self.limits if limit.firm)

    def is_once_at_least(self, pole: str) -> bool:
        """Tell whether all limits of *pole* say that something is done once or more often: `daily, or more often`."""
        return pole == LOWER and all(limit.shown == ONCE for limit in self.limits if limit.firm and limit.pole == pole)

    def __bool__(self) -> bool:
        """Tell whether there is any limit."""
        return bool(self.limits)

    def agree(self, other: Limits) -> bool:
        """Tell whether *other*, a translation, may say the same: firm limits have counterparts, no period contradicts.

        That a time lasts at least so long may be added: `it takes 2 weeks before you feel it`, `only after 2 weeks`.
        """
        rests = []
        added = {LOWER} if all(limit.timed for limit in other.limits if limit.firm) and not self.firm else set()
        for first, second, spared in ((self, other, set()), (other, self, added)):
            unanswered, spare = _answered(first, second)
            if set(unanswered) - spared:
                return False
            rests.append(spare)
        own, others = rests[1], rests[0]
        own, others = _unpaired(own, others), _unpaired(others, own)
        return not (own and others and all(limit.contradicts(at) for limit in own for at in others))

    def reversals(self, other: Limits) -> int:
        """Return how many limits stand here without a negation and in *other* with one, or the other way round."""
        return sum(_reversed(first, second) for first, second in ((self, other), (other, self)))


NO_LIMITS = Limits()


def _answered(limits: Limits, other: Limits) -> tuple[list[str], list[Limit]]:
    """Return the firm limits that *other* has not, and the periods of it that answer none of them."""
    spare, unanswered = list(other.periods), []
    for pole in (limits.firm - other.firm).elements():
        answer = next((limit for limit in spare if limit.may_mean(pole)), None)
        if answer:
            spare.remove(answer)
        elif not other.firm[pole] and not limits.is_once_at_least(pole):
            unanswered.append(pole)
    return unanswered, spare


def _reversed(limits: Limits, other: Limits) -> int:
    poles = limits.firm - other.firm
    poles.update(limit.pole for limit in _unpaired(limits.periods, other.periods) if not limit.negated)
    turned = Counter(OPPOSITE[limit.pole] for limit in other.periods if limit.negated and not limit.conditional)
    return (poles & turned).total()


def _unpaired(limits: Sequence[Limit], others: Sequence[Limit]) -> list[Limit]:
    """Return those of *limits* that *others* has not got with the same words, negated or not."""
    spare = Counter((limit.pole, limit.negated, limit.edge) for limit in others)
    rest = []
    for limit in limits:
        key = limit.pole, limit.negated, limit.edge
        if spare[key] > 0:
            spare[key] -= 1
        else:
            rest.append(limit)
    return rest
