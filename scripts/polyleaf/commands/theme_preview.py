"""Preview of a theme: its specimen, made the way that every leaflet is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from polyleaf import editions, localize, sources
from polyleaf.formats.pdf import theme_fonts
from polyleaf.formats.registry import FORMATS
from polyleaf.project.snapshot import read_theme
from polyleaf.reports import theme_specimen
from polyleaf.workspace import Workspace

SHOWN = ("html", "pdf")


def preview(workspace: Workspace) -> list[PurePosixPath]:
    """Make `theme.html` and `theme.pdf` in the build folder and return them; raises ConfigError as a build does."""
    project, theme = workspace.project(), read_theme(workspace)
    theme_fonts.check_fonts(theme)
    specimen = theme_specimen.make(theme, project.source_language)
    references = sources.load_bibliography(specimen.references, "specimen.json")
    document = sources.read_manuscripts([specimen.manuscript], specimen.language)[0]
    sources.validate([document], references)
    document = sources.attach_images(document, specimen.pictures)
    localized, _ = localize.localize_documents([localize.LocalizationJob(document, (), specimen.language)])
    alone = replace(project, source_language=specimen.language, languages=(specimen.language,))
    settings = editions.EditionSettings(alone, references, {document.leaflet: (specimen.language,)}, theme)
    edition = editions.make_editions(localized, settings)[0]
    artifacts = [replace(FORMATS[name].render(edition), path=PurePosixPath(f"theme.{name}")) for name in SHOWN]
    return workspace.publish({artifact.path: artifact.content for artifact in artifacts})
