"""polyleaf: one source text becomes a leaflet as PDF, EPUB and HTML in several languages.

The names in `__all__` are the public interface; everything else may change in any version. `Workspace` is a project on
disk, and `build`, `check`, `status` and `update` are the commands of the same names. `render` makes one file of a text
in memory. What cannot be done raises a `PolyleafError`, whose message and hint are written for the person who has to
repair it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polyleaf.commands.build import build
    from polyleaf.commands.catalogs import update
    from polyleaf.commands.check import check
    from polyleaf.commands.render import render
    from polyleaf.commands.status import status
    from polyleaf.config import Project
    from polyleaf.errors import (
        CatalogError,
        CommandError,
        ConfigError,
        PolyleafError,
        RenderError,
        SourceError,
        ToolMissing,
    )
    from polyleaf.model import Artifact, Finding, Location, Severity
    from polyleaf.project.selection import Selection
    from polyleaf.reports.status_page import State
    from polyleaf.workspace import Workspace

__version__ = "0.1.0"

__all__ = [
    "Artifact",
    "CatalogError",
    "CommandError",
    "ConfigError",
    "Finding",
    "Location",
    "PolyleafError",
    "Project",
    "RenderError",
    "Selection",
    "Severity",
    "SourceError",
    "State",
    "ToolMissing",
    "Workspace",
    "__version__",
    "build",
    "check",
    "render",
    "status",
    "update",
]

_MODULES = {
    "commands.build": ("build",),
    "commands.catalogs": ("update",),
    "commands.check": ("check",),
    "commands.render": ("render",),
    "commands.status": ("status",),
    "config": ("Project",),
    "errors": tuple(name for name in __all__ if name.endswith(("Error", "Missing"))),
    "model": ("Artifact", "Finding", "Location", "Severity"),
    "project.selection": ("Selection",),
    "reports.status_page": ("State",),
    "workspace": ("Workspace",),
}
"""The public names by the module that is loaded when one of them is asked for."""

if not TYPE_CHECKING:  # a type checker would take any name for one that is there

    def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
        module = next((module for module, names in _MODULES.items() if name in names), None)
        if module is None:
            raise AttributeError(f"module 'polyleaf' has no attribute {name!r}", name=name, obj=None)
        return getattr(import_module(f"polyleaf.{module}"), name)
