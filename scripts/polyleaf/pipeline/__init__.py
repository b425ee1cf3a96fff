"""The whole press, a room for what each command does: read, bring up catalogues, ask, count, make."""

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
