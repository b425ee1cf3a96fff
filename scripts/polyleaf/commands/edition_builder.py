"""Editions while they are rendered, each in every format, with what is found in the finished files of a release."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from polyleaf import editions, paths
from polyleaf.commands.check_outputs import inspect_edition
from polyleaf.errors import RenderError, stop_for
from polyleaf.fonts import used
from polyleaf.formats import drawings, pdf
from polyleaf.formats.registry import FORMATS
from polyleaf.limited_processes import TimeExceededError, seconds_for, time_limit
from polyleaf.model import Artifact, Document, Edition, Finding, Localized, Severity
from polyleaf.provenance.action_cache import ActionCache
from polyleaf.workers import Submit

SIMPLER = "Take large tables and drawings apart, or make several leaflets of it."

EditionKey = tuple[str, str]
"""The language (gettext code) and the leaflet of an edition."""


class EditionBuilder:
    """Editions that are being rendered while it is not known yet in which languages each leaflet may be printed.

    Every edition is begun as if all languages may be, which is nearly always so; where one may not, the editions of
    that leaflet are made again, so that no page links to an edition that is not there.
    """

    def __init__(
        self,
        submit: Submit,
        formats: Sequence[str],
        settings: editions.EditionSettings,
        cache: ActionCache | None = None,
    ) -> None:
        """Render in *formats*, with *submit* of a process pool, with the *settings* of all editions.

        What *cache* has is not rendered again.
        """
        self._submit = submit
        self._cache = cache
        self._formats = formats
        self._settings = settings
        self._claims: dict[EditionKey, tuple[Localized, list[Callable[[], list[Artifact]]]]] = {}
        self._actions: dict[EditionKey, str] = {}
        self._kept: set[EditionKey] = set()
        self._inspected: set[EditionKey] = set()
        self._published: set[EditionKey] = set()
        self.failed: dict[EditionKey, tuple[Document, RenderError]] = {}
        """The editions that could not be rendered, and why; `finished` and `find_faulty` find that out."""

    def make(self, documents: Sequence[Localized]) -> None:
        """Begin the edition of each of *documents*."""
        for localized, edition in zip(documents, editions.make_editions(documents, self._settings), strict=True):
            key = localized.document.language, localized.document.leaflet
            self._claims[key] = localized, self._find_made(key, edition) or self._submit_formats(edition)
            self._inspected.discard(key)
            self._published.discard(key)

    def has_kept(self, document: Document) -> bool:
        """Tell whether the outputs of the edition with *document* are those of an earlier build."""
        return (document.language, document.leaflet) in self._kept

    def _find_made(self, key: EditionKey, edition: Edition) -> list[Callable[[], list[Artifact]]]:
        """Return what gives the outputs of *edition*, if an earlier build has made all of them; else nothing."""
        self._kept.discard(key)
        if self._cache is None:
            return []
        self._actions[key] = self._cache.digest(edition, has_pdf="pdf" in self._settings.project.formats)
        language, leaflet = key
        outputs = [paths.output(leaflet, language, FORMATS[name].suffix) for name in self._formats]
        artifacts = self._cache.find(self._actions[key], outputs)
        if not artifacts:
            return []
        self._kept.add(key)
        return [lambda: artifacts]

    def _submit_formats(self, edition: Edition) -> list[Callable[[], list[Artifact]]]:
        """Begin *edition*; formats of its layout are one task, in a project that has PDFs at all.

        So the e-book is the same whether the PDF is made in the same run or not.
        """
        has_pdf = "pdf" in self._settings.project.formats
        of_layout = [name for name in self._formats if has_pdf and FORMATS[name].of_layout]
        claims = [self._submit(_check_drawings, edition)] if edition.pictures else []
        claims += [self._submit(_render_layout, of_layout, edition)] if of_layout else []
        return claims + [self._submit(_render, name, edition) for name in self._formats if name not in of_layout]

    def files(self) -> set[str]:
        """Return the paths of all outputs that are being made, relative to the build folder."""
        return {
            str(paths.output(leaflet, language, FORMATS[name].suffix))
            for language, leaflet in self._claims
            for name in self._formats
        }

    def finished(self) -> Iterator[tuple[Localized, list[str], list[Artifact]]]:
        """Yield each edition once as its document, the other languages that it links to, and its outputs.

        It waits for them, and leaves out those that failed.
        """
        for key, (localized, _) in self._claims.items():
            artifacts = self._wait_for(key) if key not in self._published else []
            self._published.add(key)
            if artifacts:
                language, leaflet = key
                if self._cache:
                    self._cache.record(self._actions[key], artifacts, leaflet, self._settings.printed[leaflet])
                yield localized, [code for code in self._settings.printed[leaflet] if code != language], artifacts

    def _wait_for(self, key: EditionKey) -> list[Artifact]:
        """Return the outputs of the edition *key*, none if it failed."""
        try:
            return [artifact for claim in self._claims[key][1] for artifact in claim()]
        except RenderError as error:
            self.failed[key] = self._claims[key][0].document, error
            return []

    def discard_failed(self) -> list[EditionKey]:
        """Forget the editions that failed, and return them."""
        failed = [key for key in self.failed if key in self._claims]
        self.discard(failed)
        return failed

    def find_faulty(self) -> dict[EditionKey, list[Finding]]:
        """Return the errors that the checks find in the files of each edition that was not inspected before.

        Locations are paths relative to the build folder. Waits for the editions.
        """
        outputs = {key: self._wait_for(key) for key in self._claims if key not in self._inspected}
        self._inspected.update(outputs)
        inspections = {}
        for key, artifacts in outputs.items():
            files = {artifact.path.suffix[1:]: (str(artifact.path), artifact.content) for artifact in artifacts}
            inspections[key] = self._submit(inspect_edition, files, key[0])
        errors = {
            key: [finding for finding in inspection() if finding.severity is Severity.ERROR]
            for key, inspection in inspections.items()
        }
        return {key: findings for key, findings in errors.items() if findings}

    def discard(self, keys: Collection[EditionKey]) -> None:
        """Forget the editions *keys*: they are not published."""
        for key in keys:
            del self._claims[key]

    def remake(self, printable: Mapping[str, Sequence[Localized]], chosen: Sequence[str]) -> None:
        """Make the editions in the *chosen* languages again whose leaflet is not *printable* in every language."""
        leaflets = {
            code: {localized.document.leaflet for localized in documents} for code, documents in printable.items()
        }
        printed = {
            leaflet: tuple(code for code in self._settings.project.languages if leaflet in leaflets[code])
            for leaflet in self._settings.printed
        }
        wrong = {leaflet for leaflet, codes in printed.items() if codes != self._settings.printed[leaflet]}
        self._settings = replace(self._settings, printed=printed)
        for code in chosen:
            affected = [localized for localized in printable[code] if localized.document.leaflet in wrong]
            if affected:
                self.make(affected)


def _check_drawings(edition: Edition) -> list[Artifact]:
    """Raise RenderError for words in drawings that do not fit: in no format, since all have the same fonts."""
    with _naming_edition("", edition):
        drawings.check_words(edition)
    return []


def _render(name: str, edition: Edition) -> list[Artifact]:
    with _naming_edition(name, edition):
        return [_with_fonts(FORMATS[name].render, edition)]


def _render_layout(names: Sequence[str], edition: Edition) -> list[Artifact]:
    with _naming_edition(" and ".join(names), edition):
        page_layout = pdf.lay_out(edition)
    artifacts = []
    for name in names:
        with _naming_edition(name, edition):
            artifacts.append(_with_fonts(FORMATS[name].render, edition, page_layout))
    return artifacts


def _with_fonts(render: Callable[..., Artifact], *arguments: object) -> Artifact:
    """Return the artifact that *render* makes, with the fonts that it was set with."""
    with used.record() as fonts:
        artifact = render(*arguments)
    return replace(artifact, fonts=tuple(fonts))


@contextlib.contextmanager
def _naming_edition(formats: str, edition: Edition) -> Iterator[None]:
    """Name the edition and the *formats* in the message of a RenderError; raise one when it takes too long."""
    name = f"{edition.leaflet} in {edition.language}" + (f" as {formats}" if formats else "")
    seconds = seconds_for(sum(len(chapter.html) for chapter in edition.chapters))
    try:
        with time_limit(seconds):
            yield
    except TimeExceededError as error:
        raise RenderError(f"{name}: it takes more than {seconds} seconds to make", hint=SIMPLER) from error
    except RenderError as error:
        stop_for([RenderError(f"{name}: {part.message}", hint=part.hint, text=part.text) for part in error.parts])
