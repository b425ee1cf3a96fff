"""The whole press, a room for what each command does: read, bring up catalogues, ask, count, make."""

from polyleaf.pipeline.asking import check, described
from polyleaf.pipeline.catalogues import extract, update
from polyleaf.pipeline.folder import stray
from polyleaf.pipeline.importing import Import, adopt
from polyleaf.pipeline.making import build
from polyleaf.pipeline.reading import Wish
from polyleaf.pipeline.releasing import Signer, sign
from polyleaf.pipeline.reviewing import review
from polyleaf.pipeline.saying import Rewording, acknowledge, reword, rewordings
from polyleaf.pipeline.standing import status, table
from polyleaf.pipeline.tables import CHECKS, FORMATS
from polyleaf.pipeline.versions import readability

__all__ = [
    "CHECKS",
    "FORMATS",
    "Import",
    "Rewording",
    "Signer",
    "Wish",
    "acknowledge",
    "adopt",
    "build",
    "check",
    "described",
    "extract",
    "readability",
    "review",
    "reword",
    "rewordings",
    "sign",
    "status",
    "stray",
    "table",
    "update",
]
