"""The whole press, a room for what each command does: read, bring up catalogues, ask, count, make.

A room is entered when something in it is asked for, so that no command waits for what only others need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polyleaf.pipeline.asking import check, described
    from polyleaf.pipeline.catalogues import extract, update
    from polyleaf.pipeline.folder import stray
    from polyleaf.pipeline.importing import Import, adopt
    from polyleaf.pipeline.making import build
    from polyleaf.pipeline.previewing import preview
    from polyleaf.pipeline.reading import Wish
    from polyleaf.pipeline.reviewing import review
    from polyleaf.pipeline.saying import Rewording, acknowledge, reword, rewordings
    from polyleaf.pipeline.signing import Approval, Signer, approval, sign
    from polyleaf.pipeline.standing import status, table
    from polyleaf.pipeline.tables import CHECKS, FORMATS
    from polyleaf.pipeline.verifying import verify
    from polyleaf.pipeline.versions import readability

__all__ = [
    "CHECKS",
    "FORMATS",
    "Approval",
    "Import",
    "Rewording",
    "Signer",
    "Wish",
    "acknowledge",
    "adopt",
    "approval",
    "build",
    "check",
    "described",
    "extract",
    "preview",
    "readability",
    "review",
    "reword",
    "rewordings",
    "sign",
    "status",
    "stray",
    "table",
    "update",
    "verify",
]

ROOMS = {
    "asking": ("check", "described"),
    "catalogues": ("extract", "update"),
    "folder": ("stray",),
    "importing": ("Import", "adopt"),
    "making": ("build",),
    "previewing": ("preview",),
    "reading": ("Wish",),
    "reviewing": ("review",),
    "saying": ("Rewording", "acknowledge", "reword", "rewordings"),
    "signing": ("Approval", "Signer", "approval", "sign"),
    "standing": ("status", "table"),
    "tables": ("CHECKS", "FORMATS"),
    "verifying": ("verify",),
    "versions": ("readability",),
}
"""What is in which room."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is in the rooms
    for room, things in ROOMS.items():
        if name in things:
            return getattr(import_module(f"polyleaf.pipeline.{room}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
