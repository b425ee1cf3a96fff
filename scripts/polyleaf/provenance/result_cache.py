"""Result cache: what a command found, as long as nothing that it saw has changed, so that no work is done again.

It is kept with the trace of all that the command saw (`workspace.disk`), and is given back only while a look at each
sees the same, with the same programs, libraries and fonts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from polyleaf.model import Acknowledgement, Finding, Location, Severity, Unit
from polyleaf.provenance import environment
from polyleaf.provenance.digests import hash_value
from polyleaf.workspace import Workspace

VERSION = 1


def find(workspace: Workspace, command: str, request: object) -> Any | None:  # noqa: ANN401 - a value of JSON
    """Return what *command* returned for the same *request* when it saw the same, None when that is not known."""
    try:
        table = json.loads(workspace.cached(_name(command)) or b"{}")
        if table["version"] == VERSION and table["key"] == _key(workspace, request) and workspace.sees(table["sights"]):
            return table["result"]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        pass
    return None


def keep(workspace: Workspace, command: str, request: object, result: object) -> None:
    """Keep the *result*, a value of JSON, of *command* for this *request*, with all that *workspace* has seen."""
    table = {"version": VERSION, "key": _key(workspace, request), "sights": workspace.sights, "result": result}
    workspace.keep(_name(command), json.dumps(table).encode("utf-8", "surrogatepass"))


def _name(command: str) -> str:
    return f"{command}.json"


def _key(workspace: Workspace, request: object) -> str:
    return hash_value((environment.describe(workspace), workspace.folders, request))


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
