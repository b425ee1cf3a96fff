"""A page on which a manager sees what is where: every leaflet in every language, what it lacks, when it is reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from polyleaf import languages, templates
from polyleaf.fonts import fallback
from polyleaf.model import DEFAULT_THEME, Artifact
from polyleaf.paths import STATUS_PAGE
from polyleaf.reports import interface
from polyleaf.reports.message_view import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from polyleaf.model import Theme


@dataclass(frozen=True, slots=True)
class Row:
    """One leaflet in one *language* (a gettext code), in figures; *title* is in the language of the sources.

    *printed* is the status that its files show. *safety* counts the texts of the safety class, *safe* those of them
    that are translated. *signed* are lines about sign-offs for exactly these texts, *stale* counts those for others.
    *early* those dated on a day still to come. *excused* counts findings that somebody has acknowledged,
    *excused_errors* the errors among them, *excused_safety* those of them in texts of the safety class. *sheet* is the
    address of its review sheet from this page, empty when there is none.
    *review_by* is ISO 8601 or empty, *review* is `past`, `due`, `later` or empty. *releasable*: it may be handed out.
    """

    leaflet: str
    title: str
    language: str
    version: str
    status: str
    printed: str
    units: int
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int
    safety: int
    safe: int
    errors: int
    warnings: int
    excused: int
    excused_errors: int
    excused_safety: int
    signed: tuple[str, ...]
    stale: int
    early: int
    review_by: str
    review: str
    releasable: bool
    sheet: str = ""

    @property
    def unfinished(self) -> bool:
        """Whether a translator has something to do."""
        return bool(self.fuzzy or self.missing or self.errors)

    @property
    def states(self) -> tuple[str, ...]:
        """The words under which the page finds it."""
        return (
            "unfinished" if self.unfinished else "finished",
            *(["wrong"] if self.errors else []),
            *(["excused"] if self.excused_errors else []),
            "signed" if self.signed else "unsigned",
            "releasable" if self.releasable else "held",
            *([self.review] if self.review in {"past", "due"} else []),
        )


def page(rows: Sequence[Row], source: str, today: date, theme: Theme = DEFAULT_THEME) -> Artifact:
    """Return *rows* as one self-contained page, which sorts and filters them where scripts may run.

    *source* is the language of the sources, in which it is labelled. It says that it holds for *today*, in the look of
    *theme*.
    """
    shown = interface(source)
    spoken = dict.fromkeys(map(languages.tag, (shown, source, *(row.language for row in rows))))
    made = templates.render(
        "reports/status.html.j2",
        shown,
        rows=rows,
        counts={name: sum(name in row.states for row in rows) for name in ("unfinished", "releasable", "past", "due")},
        today=today.isoformat(),
        spoken=languages.tag(shown),
        direction=languages.direction(shown),
        source=languages.tag(source),
        source_direction=languages.direction(source),
        tags={code: languages.tag(code) for code in dict.fromkeys(row.language for row in rows)},
        names={code: languages.autonym(code) for code in dict.fromkeys(row.language for row in rows)},
        visible=visible,
        address=quote,
        styles=templates.styles(theme, "base.css", "screen.css", "reports/status.css")
        + fallback.page_styles(spoken, theme),
        script=templates.script("reports/status.js"),
    )
    return Artifact(STATUS_PAGE, made.encode())
