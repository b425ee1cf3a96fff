"""The whole press, a room for what each command does: read, bring up catalogues, ask, count, make."""

from polyleaf.pipeline.asking import check, described
from polyleaf.pipeline.catalogues import extract, update
from polyleaf.pipeline.importing import Import, adopt
from polyleaf.pipeline.making import build
from polyleaf.pipeline.reading import Wish
from polyleaf.pipeline.standing import status
from polyleaf.pipeline.tables import CHECKS, FORMATS

__all__ = ["CHECKS", "FORMATS", "Import", "Wish", "adopt", "build", "check", "described", "extract", "status", "update"]
