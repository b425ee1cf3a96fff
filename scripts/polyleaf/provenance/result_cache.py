"""Result cache: what a command found, as long as nothing that it saw has changed, so that no work is done again.

It is kept with the trace of all that the command saw (`workspace.disk`), and is given back only while a look at each
sees the same, with the same programs, libraries and fonts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from polyleaf.model import Acknowledgement, Finding, Location, Severity, Unit
from polyleaf.provenance import environment
from polyleaf.provenance.digests import hash_value

if TYPE_CHECKING:
    from polyleaf.workspace import Workspace

VERSION = 1


class ResultCache:
    """What earlier commands on a build folder returned, each by a name and what it was asked for.

    It holds for the environment as it was when this object was made.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Give back what was kept about the build folder of *workspace*."""
        self._environment = hash_value((environment.describe(workspace), workspace.folders))

    def find(self, workspace: Workspace, name: str, request: object) -> Any | None:  # noqa: ANN401 - a value of JSON
        """Return what *name* returned for the same *request* when it saw what *workspace* sees, None if it never did.

        What it saw is in the trace of *workspace* then.
        """
        try:
            table = json.loads(workspace.cached(f"{name}.json") or b"{}")
            is_known = table["version"] == VERSION and table["key"] == self._key(request)
            if is_known and workspace.sees(table["sights"]):
                return table["result"]
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            pass
        return None

    def keep(self, workspace: Workspace, name: str, request: object, result: object) -> None:
        """Keep the *result*, a value of JSON, of *name* for this *request*, with all that *workspace* has seen."""
        table = {"version": VERSION, "key": self._key(request), "sights": workspace.sights, "result": result}
        workspace.keep(f"{name}.json", json.dumps(table).encode("utf-8", "surrogatepass"))

    def _key(self, request: object) -> str:
        return hash_value((self._environment, request))


def pack(finding: Finding) -> dict[str, Any]:
    """Return *finding* as a value of JSON."""
    return asdict(finding)


def unpack(table: Mapping[str, Any]) -> Finding:
    """Return the finding that `pack` made *table* of."""
    acknowledged, unit = table["acknowledged"], table["unit"]
    values = {
        "location": Location(**table["location"]),
        "severity": Severity(table["severity"]),
        "unit": unit and Unit(**{**unit, "legend": tuple(unit["legend"]), "comments": tuple(unit["comments"])}),
        "acknowledged": acknowledged and Acknowledgement(**acknowledged),
    }
    return Finding(**{**table, **values})
