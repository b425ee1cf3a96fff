"""What may be printed as finished: the life cycle of a leaflet, who has signed exactly these texts, its review date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from polyleaf.model import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from polyleaf.config import Project
    from polyleaf.model import FrontMatter
    from polyleaf.release.fingerprints import Prints
    from polyleaf.release.signoffs import SignOff

LONGEST = 36
"""How many months may lie between publication and review: PIF TICK asks for a review at least every three years."""

NEEDED = ("version", "date", "review-by")
"""What the front matter of a published leaflet says: a reader must be able to tell how old it is."""

Gate = Callable[["Candidate"], Iterator[tuple[str, str, str]]]
"""One question: yields place, fact and way out where the answer is no."""

SIGN = "When the texts are right: polyleaf sign {leaflet} -l {language} --role ROLE --name NAME"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One leaflet in one *language*, with all that decides whether it may be printed as finished.

    *where* is its source file; *prints* are the fingerprints of its texts now, *original* those of its source
    language; *signoffs* are all that its file has, for whatever texts. *today* is the day on which somebody asks.
    """

    leaflet: str
    where: str
    front: FrontMatter
    language: str
    project: Project
    prints: Prints
    original: Prints
    signoffs: tuple[SignOff, ...]
    today: date

    @property
    def status(self) -> str:
        """Its status: that of the front matter, but a draft until its texts are signed."""
        said = self.front.plain.get("status", "draft")
        return said if said == "withdrawn" or not list(_unsigned(self)) else "draft"

    def valid(self) -> tuple[SignOff, ...]:
        """Return the sign-offs that hold for exactly these texts in this language."""
        return _valid(self, self.language)

    def counted(self) -> tuple[SignOff, ...]:
        """Return the sign-offs that hold for these texts and for those of the source that they translate."""
        found = (_valid(self, code) for code in dict.fromkeys((self.project.source_language, self.language)))
        return tuple(one for each in found for one in each)

    def early(self) -> tuple[SignOff, ...]:
        """Return the sign-offs for these texts that are dated on a day still to come: they do not count."""
        return tuple(one for one in _made(self, self.language) if _is_early(one, self.today))

    def place(self, key: str) -> str:
        """Return `file:line` of *key* in the front matter, of its start when it has no such key."""
        return f"{self.where}:{self.front.lines.get(key, 1)}"


def refusals(candidate: Candidate) -> Iterator[Finding]:
    """Yield why *candidate* may not be released today; nothing when it may."""
    yield from _refused(candidate, GATES)


def objections(candidate: Candidate) -> Iterator[Finding]:
    """Yield what keeps everybody from signing *candidate* today: a text that is past its review date."""
    yield from _refused(candidate, {"overdue": past})


def _refused(candidate: Candidate, gates: Mapping[str, Gate]) -> Iterator[Finding]:
    for name, gate in gates.items():
        for where, fact, hint in gate(candidate):
            yield Finding(name, Location.parse(where), f"{candidate.language}: {fact}", Severity.ERROR, hint)


def not_published(candidate: Candidate) -> Iterator[tuple[str, str, str]]:
    """A released leaflet is published: neither a draft, nor only reviewed, nor withdrawn."""
    said = candidate.front.plain.get("status", "draft")
    if said != "published":
        hint = "Write `status: published` when it is ready." if said != "withdrawn" else "It may not be handed out."
        yield candidate.place("status"), f"the status of {candidate.leaflet} is {said!r}, not 'published'", hint


def undated(candidate: Candidate) -> Iterator[tuple[str, str, str]]:
    """A released leaflet says its version, when it was published, and by when it will be reviewed."""
    plain = candidate.front.plain
    for key in NEEDED:
        if key not in plain:
            yield candidate.place(key), f"there is no {key!r}", f"Add `{key}: ...` to the front matter."
    if "date" in plain and date.fromisoformat(plain["date"]) > candidate.today:
        yield candidate.place("date"), f"it is dated {plain['date']}, which is still to come", "Release it on that day."


def past(candidate: Candidate) -> Iterator[tuple[str, str, str]]:
    """What is signed or released is not past its review date."""
    last = candidate.front.plain.get("review-by")
    if last and date.fromisoformat(last) < candidate.today:
        hint = "Review the text, write a new `date` and `review-by` into the front matter, and let it be signed again."
        yield candidate.place("review-by"), f"it should have been reviewed by {last}", hint


def overdue(candidate: Candidate) -> Iterator[tuple[str, str, str]]:
    """A released leaflet is not past its review date, which is at most three years after its date."""
    yield from past(candidate)
    plain = candidate.front.plain
    if "review-by" not in plain:
        return
    last = date.fromisoformat(plain["review-by"])
    if "date" in plain and _months(date.fromisoformat(plain["date"]), last) > LONGEST:
        fact = f"its review, by {last.isoformat()}, is more than {LONGEST} months after its date"
        yield candidate.place("review-by"), fact, "Set an earlier date."


def unsigned(candidate: Candidate) -> Iterator[tuple[str, str, str]]:
    """A released leaflet is signed for exactly these texts, in every role that the project asks for.

    A translation is only as good as its source: the source is signed, too.
    """
    for language, fact in _unsigned(candidate):
        yield candidate.where, fact, SIGN.format(leaflet=candidate.leaflet, language=language)


GATES: Mapping[str, Gate] = {
    "not_published": not_published,
    "undated": undated,
    "overdue": overdue,
    "unsigned": unsigned,
}
"""What a release asks of a leaflet besides its findings: each yields place, fact and way out."""


def _unsigned(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """Yield language and fact for every signature that lacks."""
    for language in dict.fromkeys((candidate.project.source_language, candidate.language)):
        roles = {one.role for one in _valid(candidate, language)}
        why = _why(candidate, language)
        if not roles and not candidate.project.sign_off_roles:
            yield language, f"the text in {language} is not signed: {why}"
        for role in candidate.project.sign_off_roles:
            if role not in roles:
                yield (
                    language,
                    f"the text in {language} is not signed in the role {role!r}: {why if not roles else 'others have'}",
                )


def _why(candidate: Candidate, language: str) -> str:
    """Say why no sign-off counts for the text in *language*."""
    early = [one.date for one in _made(candidate, language) if _is_early(one, candidate.today)]
    if early:
        return f"its sign-off is dated {max(early)}, which is still to come"
    stale = any(one.language == language for one in candidate.signoffs)
    return "its sign-offs are for other texts" if stale else "nobody has signed it"


def _valid(candidate: Candidate, language: str) -> tuple[SignOff, ...]:
    """Return the sign-offs for exactly these texts that were made by now: nobody has read a text tomorrow."""
    return tuple(one for one in _made(candidate, language) if not _is_early(one, candidate.today))


def _is_early(signoff: SignOff, today: date) -> bool:
    return date.fromisoformat(signoff.date) > today


def _made(candidate: Candidate, language: str) -> tuple[SignOff, ...]:
    prints = candidate.prints if language == candidate.language else candidate.original
    return tuple(
        one
        for one in candidate.signoffs
        if (one.language, one.source, one.translation) == (language, prints.source, prints.translation)
    )


def _months(start: date, end: date) -> int:
    """Return how many months after *start* lies *end*, a month begun being one."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return whole + (end.day > start.day)
