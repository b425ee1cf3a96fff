"""Status page: a table of every leaflet in every language with its translation, findings, sign-offs, review date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from polyleaf import languages, templates
from polyleaf.checks import coverage
from polyleaf.fonts import fallback
from polyleaf.model import DEFAULT_THEME, Artifact, Finding, Theme
from polyleaf.paths import STATUS_PAGE
from polyleaf.release.signoff_file import SignOff
from polyleaf.reports import label_language
from polyleaf.reports.message_view import show_unseen


@dataclass(frozen=True, slots=True)
class Amounts:
    """Numbers of texts and words of the source: all, and those that are translated, fuzzy and missing.

    *safety* are the texts of the safety class, *safety_translated* those of them that may be printed.
    """

    units: int
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int
    words_fuzzy: int
    words_missing: int
    safety: int
    safety_translated: int


@dataclass(frozen=True, slots=True)
class State:
    """State of one leaflet in one *language* (a gettext code); of the source language every text counts as translated.

    *title* is in the language of the sources. *status* is that of the front matter, *printed* the one that its files
    show: a draft until it is signed. *review* is `past`, `due` (within 90 days), `later` or empty (no date); dates are
    ISO 8601 or empty. *releasable*: `build --release` would make it.

    *acknowledged* counts all findings that somebody says are right, *acknowledged_errors* the errors among them, and
    *acknowledged_safety* those of them in texts of the safety class. *signatures* are the sign-offs for exactly these
    texts; of the others in its file, *stale_signatures* are for other texts, and *early_signatures* are dated on a day
    still to come: neither counts.
    """

    leaflet: str
    title: str
    language: str
    amounts: Amounts
    errors: int
    warnings: int
    acknowledged: int
    acknowledged_errors: int
    acknowledged_safety: int
    version: str
    status: str
    printed: str
    date: str
    review_by: str
    review: str
    signatures: tuple[SignOff, ...]
    stale_signatures: int
    early_signatures: int
    releasable: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The *states* of leaflets, and the *errors* of those that cannot be read and so have none.

    *review_sheets* has the relative URLs of the review sheets, by leaflet and language.
    """

    states: Sequence[State]
    errors: Sequence[Finding] = ()
    review_sheets: Mapping[tuple[str, str], str] = field(default_factory=dict)


def make(overview: Overview, source: str, today: date, theme: Theme = DEFAULT_THEME) -> Artifact:
    """Return *overview* as one self-contained page, which sorts and filters the states where scripts may run.

    *source* is the language of the sources, in which it is labelled. It says that it holds for *today*, in the look of
    *theme*.
    """
    states = overview.states
    shown = label_language(source)
    codes = dict.fromkeys(state.language for state in states)
    words = Counter(word for state in states for word in _words(state))
    html = templates.render(
        "reports/status.html.j2",
        shown,
        rows=states,
        words=_words,
        signatures=_signatures,
        review_sheets=overview.review_sheets,
        errors=overview.errors,
        unchecked=coverage.summarize(codes),
        counts={word: words[word] for word in ("unfinished", "releasable", "past", "due")},
        today=today.isoformat(),
        spoken=languages.tag(shown),
        direction=languages.direction(shown),
        source=languages.tag(source),
        source_direction=languages.direction(source),
        tags={code: languages.tag(code) for code in codes},
        names={code: languages.autonym(code) for code in codes},
        visible=show_unseen,
        address=quote,
        styles=templates.styles(theme, "base.css", "screen.css", "reports/status.css")
        + fallback.page_styles(dict.fromkeys(map(languages.tag, (shown, source, *codes))), theme),
        script=templates.read_script("reports/status.js"),
    )
    return Artifact(STATUS_PAGE, html.encode())


def _words(state: State) -> tuple[str, ...]:
    """Return the words by which the page filters *state*."""
    is_unfinished = state.amounts.fuzzy or state.amounts.missing or state.errors
    return (
        "unfinished" if is_unfinished else "finished",
        *(["wrong"] if state.errors else []),
        *(["excused"] if state.acknowledged_errors else []),
        "signed" if state.signatures else "unsigned",
        "releasable" if state.releasable else "held",
        *([state.review] if state.review in {"past", "due"} else []),
    )


def _signatures(state: State) -> str:
    return "; ".join(f"{signature.date} · {signature.role} · {signature.name}" for signature in state.signatures)
