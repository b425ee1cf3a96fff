"""One edition in one format, from values to a value: the core of a build, without a disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from polyleaf import config, editions, paths, workers
from polyleaf.commands import batch
from polyleaf.commands.edition_builder import EditionBuilder
from polyleaf.config import Project
from polyleaf.errors import CatalogError, CommandError, PolyleafError, SourceError, stop_for
from polyleaf.formats.pdf import layout
from polyleaf.model import Artifact, Finding, Manuscript, Severity
from polyleaf.project.selection import Selection
from polyleaf.project.snapshot import read, select_formats, select_languages, select_targets
from polyleaf.quotations import quote
from polyleaf.workspace.memory import MemoryWorkspace


def render(  # noqa: PLR0913 - a value for every file that a build would read
    manuscript: str | bytes,
    language: str,
    format: str,  # noqa: A002 - the word for it
    *,
    settings: Project | None = None,
    images: Mapping[str, bytes] | None = None,
    catalog: str | bytes | None = None,
    name: str = "leaflet",
) -> Artifact:
    """Return the edition of *manuscript* in *language* as one file in *format*: `pdf`, `epub` or `html`.

    *manuscript* is Markdown with front matter that has a `title`. *language* is a gettext code (`nl`, `pt_BR`).
    *settings* are those of a project, which `Workspace.project` reads; without them *manuscript* is in *language*.
    *images* has the bytes of each image by its path in the text. *catalog* is the PO file for another language than
    that of the text. *name* is the source's file name without suffix: errors, the path of the artifact and the
    identifier of an e-book have it. Bytes are UTF-8. The same arguments give the same bytes.

    Checked is what keeps `build` from making an edition: errors in the source; translations that lose a mark or bring
    HTML; in the safety class texts without translation, fuzzy ones, and errors that nobody has acknowledged; elsewhere
    texts without translation when *settings* say `fail`. Not checked is what `build --release` asks, sign-offs above
    all: a text is printed as a draft, or as withdrawn, whatever its status. Warnings are not told. There is no
    bibliography (a text that cites is refused), theme, list of terms, or link to other languages.

    Raises SourceError for the source and its images, CatalogError for the translation, CommandError for a language,
    format or name that cannot be, ConfigError for *settings*, RenderError when the file cannot be made.
    """
    project = settings or Project(language, (language,))
    project = _validate(project, language, format, is_translated=catalog is not None)
    source = Manuscript(paths.SOURCE / f"{name}.md", _encode(manuscript))
    if source.leaflet != name:
        raise CommandError(f"{quote(name)} cannot be the name of a leaflet", hint="Write it without folders.")
    catalogs = {} if catalog is None else {paths.catalog(name, language): _encode(catalog)}
    return _make(MemoryWorkspace(project, source, images or {}, catalogs), language, format)


def _make(workspace: MemoryWorkspace, language: str, format_name: str) -> Artifact:
    snapshot = read(workspace, ())
    errors = batch.find_source_errors(snapshot)
    printable = batch.find_printable(workspace, snapshot, language, errors, is_release=False)
    stop_for([_as_error(finding) for finding in printable.findings if finding.severity is Severity.ERROR])
    printed = dict.fromkeys(errors, (language,))
    settings = editions.EditionSettings(snapshot.project, snapshot.references, printed, snapshot.theme)
    with workers.process_pool(1, layout.load_libraries) as submit:
        builder = EditionBuilder(submit, [format_name], settings)
        builder.make(printable.documents[language])
        artifacts = [artifact for _, _, outputs in builder.finished() for artifact in outputs]
    stop_for([error for _, error in builder.failed.values()])
    return artifacts[0]


def _validate(project: Project, language: str, format_name: str, *, is_translated: bool) -> Project:
    """Return *project* as a file with these settings would give it; raises as `render` does."""
    names = ("formats", "sign_off_roles", "do_not_translate")
    table: dict[str, Any] = {name: list(getattr(project, name)) for name in names}
    table |= {"source_language": project.source_language, "untranslated": project.untranslated}
    table |= {"languages": list(project.targets)} if project.targets else {}
    table |= {"project_id": project.project_id} if project.project_id else {}
    valid = replace(config.from_table(table, "settings"), readability=project.readability)
    selection = Selection(languages=(language,), formats=(format_name,))
    select_formats(selection, project)
    if is_translated:
        select_targets(selection, project)
    else:
        select_languages(selection, project.languages)
    return valid


def _encode(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def _as_error(finding: Finding) -> PolyleafError:
    kind = SourceError if finding.location.path.startswith(f"{paths.SOURCE}/") else CatalogError
    return kind(f"{finding.location}: {finding.message}", hint=finding.hint)
