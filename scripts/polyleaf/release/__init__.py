"""What may be released: the life cycle of a leaflet, sign-offs for exactly its texts, its date of review.

Modules: `fingerprints` (SHA-256 of what is signed), `signoff_file` (`*.sign-offs.toml`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from polyleaf.config import Project
from polyleaf.model import Finding, FrontMatter, Location, Severity
from polyleaf.quotations import quote
from polyleaf.release.fingerprints import Fingerprints
from polyleaf.release.signoff_file import SignOff

LONGEST = 36
"""How many months may lie between publication and review: PIF TICK asks for a review at least every three years."""

NEEDED = ("version", "date", "review-by")
"""The keys of the front matter that a published leaflet must have: a reader must be able to tell how old it is."""

Requirement = Callable[["Candidate"], Iterator[tuple[Location, str, str]]]
"""Yields location, fact and hint wherever a candidate does not meet it."""

SIGN = "When the texts are right: polyleaf sign {leaflet} -l {language} --role ROLE --name NAME"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One leaflet in one *language*, a gettext code, with all that decides whether it may be released.

    *path* is its source file, from the folder of the project; *fingerprints* are those of its texts as they are now,
    *source_fingerprints* those of its source language; *signoffs* are all that its file of sign-offs holds. *today*
    is the day on which somebody asks.
    """

    leaflet: str
    path: str
    front: FrontMatter
    language: str
    project: Project
    fingerprints: Fingerprints
    source_fingerprints: Fingerprints
    signoffs: tuple[SignOff, ...]
    today: date

    @property
    def status(self) -> str:
        """The status that its outputs have: that of the front matter, but a draft until its texts are signed."""
        return self.front_status if self.front_status == "withdrawn" or not list(_find_unsigned(self)) else "draft"

    @property
    def front_status(self) -> str:
        """The status in the front matter, a draft when it has none."""
        return self.front.plain.get("status", "draft")

    def valid_signoffs(self, language: str) -> tuple[SignOff, ...]:
        """Return the sign-offs for exactly the texts in *language*, its own or the source's, dated by today."""
        return tuple(signoff for signoff in self._matching(language) if not self._is_early(signoff))

    def early_signoffs(self, language: str) -> tuple[SignOff, ...]:
        """Return those that are dated on a day still to come: they do not count, since nobody has read a text then."""
        return tuple(signoff for signoff in self._matching(language) if self._is_early(signoff))

    def counted_signoffs(self) -> tuple[SignOff, ...]:
        """Return the sign-offs that hold for these texts and for those of the source that they translate.

        For a draft none counts: it is the same, and says so on every page, whoever has signed a part of it.
        """
        if self.status == "draft":
            return ()
        return tuple(signoff for language in self.languages for signoff in self.valid_signoffs(language))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it must be signed: a translation is only as good as its source."""
        return tuple(dict.fromkeys((self.project.source_language, self.language)))

    def location(self, key: str) -> Location:
        """Return the location of *key* in the front matter, or of its start when it has no such key."""
        return Location(self.path, self.front.lines.get(key, 1))

    def _matching(self, language: str) -> Iterator[SignOff]:
        texts = self.fingerprints if language == self.language else self.source_fingerprints
        for signoff in self.signoffs:
            if (signoff.language, signoff.source, signoff.translation) == (language, texts.source, texts.translation):
                yield signoff

    def _is_early(self, signoff: SignOff) -> bool:
        return date.fromisoformat(signoff.date) > self.today


def refusals(candidate: Candidate) -> Iterator[Finding]:
    """Yield why *candidate* may not be released today; nothing when it may."""
    yield from _unmet(candidate, REQUIREMENTS)


def objections(candidate: Candidate) -> Iterator[Finding]:
    """Yield what keeps everybody from signing *candidate* today: a text that is past its review date."""
    yield from _unmet(candidate, {"overdue": past})


def _unmet(candidate: Candidate, requirements: Mapping[str, Requirement]) -> Iterator[Finding]:
    for name, requirement in requirements.items():
        for location, fact, hint in requirement(candidate):
            yield Finding(name, location, f"{candidate.language}: {fact}", Severity.ERROR, hint)


def not_published(candidate: Candidate) -> Iterator[tuple[Location, str, str]]:
    """A released leaflet is published: neither a draft, nor only reviewed, nor withdrawn."""
    status = candidate.front_status
    if status != "published":
        hint = "Write `status: published` when it is ready." if status != "withdrawn" else "It may not be handed out."
        fact = f"the status of {candidate.leaflet} is {quote(status)}, not 'published'"
        yield candidate.location("status"), fact, hint


def undated(candidate: Candidate) -> Iterator[tuple[Location, str, str]]:
    """A released leaflet says its version, when it was published, and by when it will be reviewed."""
    plain = candidate.front.plain
    for key in NEEDED:
        if key not in plain:
            yield candidate.location(key), f"there is no {quote(key)}", f"Add `{key}: ...` to the front matter."
    if "date" in plain and date.fromisoformat(plain["date"]) > candidate.today:
        fact = f"it is dated {plain['date']}, which is still to come"
        yield candidate.location("date"), fact, "Release it on that day."


def past(candidate: Candidate) -> Iterator[tuple[Location, str, str]]:
    """What is signed or released is not past its review date."""
    last = candidate.front.plain.get("review-by")
    if last and date.fromisoformat(last) < candidate.today:
        hint = "Review the text, write a new `date` and `review-by` into the front matter, and let it be signed again."
        yield candidate.location("review-by"), f"it should have been reviewed by {last}", hint


def overdue(candidate: Candidate) -> Iterator[tuple[Location, str, str]]:
    """A released leaflet is not past its review date, which is at most three years after its date."""
    yield from past(candidate)
    start, last = (candidate.front.plain.get(key) for key in ("date", "review-by"))
    if start and last and _count_months(date.fromisoformat(start), date.fromisoformat(last)) > LONGEST:
        fact = f"its review, by {last}, is more than {LONGEST} months after its date"
        yield candidate.location("review-by"), fact, "Set an earlier date."


def unsigned(candidate: Candidate) -> Iterator[tuple[Location, str, str]]:
    """A released leaflet is signed for exactly these texts, in every role that the project asks for.

    A translation is only as good as its source: the source is signed, too.
    """
    for language, fact in _find_unsigned(candidate):
        yield Location(candidate.path), fact, SIGN.format(leaflet=candidate.leaflet, language=language)


REQUIREMENTS: Mapping[str, Requirement] = {
    "not_published": not_published,
    "undated": undated,
    "overdue": overdue,
    "unsigned": unsigned,
}
"""What a release asks of a leaflet besides its findings."""


def _find_unsigned(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """Yield language and fact for every sign-off that is missing."""
    for language in candidate.languages:
        roles = {signoff.role for signoff in candidate.valid_signoffs(language)}
        reason = "others have" if roles else _explain(candidate, language)
        if not roles and not candidate.project.sign_off_roles:
            yield language, f"the text in {language} is not signed: {reason}"
        for role in candidate.project.sign_off_roles:
            if role not in roles:
                yield language, f"the text in {language} is not signed in the role {quote(role)}: {reason}"


def _explain(candidate: Candidate, language: str) -> str:
    """Return why no sign-off counts for the text in *language*."""
    if early := candidate.early_signoffs(language):
        return f"its sign-off is dated {max(signoff.date for signoff in early)}, which is still to come"
    stale = any(signoff.language == language for signoff in candidate.signoffs)
    return "its sign-offs are for other texts" if stale else "nobody has signed it"


def _count_months(start: date, end: date) -> int:
    """Return how many months after *start* lies *end*, a month begun being one."""
    return (end.year - start.year) * 12 + end.month - start.month + (end.day > start.day)
