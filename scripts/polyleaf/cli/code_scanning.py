"""Findings for a code host: workflow commands of GitHub Actions, and SARIF 2.1.0 (OASIS) for code scanning."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import polyleaf
from polyleaf.cli.json_output import format_json
from polyleaf.cli.output import escape_controls
from polyleaf.model import Finding, Location

DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = DATA | str.maketrans({":": "%3A", ",": "%2C"})
"""How the message and the properties of a workflow command are escaped, as @actions/core does."""

SARIF = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}


def format_github(findings: Sequence[Finding]) -> str:
    """Return a workflow command a line, such as `::error file=source/x.md,line=12,title=cell_empty::the message`.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(_format_command(finding) for finding in findings)


def format_sarif(findings: Sequence[Finding], checks: Sequence[tuple[str, str, str]]) -> str:
    """Return one run of *checks* (name, severity, description), each a rule, with *findings* as its results.

    What is found by no check, such as a file that is not read, is a rule as well. Paths are relative to `%SRCROOT%`,
    which is the folder of the project.
    """
    rules = {name: _rule(name, text, f"{text}\n\nSeverity: {severity}") for name, severity, text in checks}
    for finding in findings:
        rules.setdefault(finding.check, _rule(finding.check, finding.check.replace("_", " "), ""))
    order = {name: number for number, name in enumerate(rules)}
    driver = {"name": "polyleaf", "version": polyleaf.__version__, "rules": list(rules.values())}
    results = [
        {
            "ruleId": finding.check,
            "ruleIndex": order[finding.check],
            "level": str(finding.severity),
            "message": {"text": _escape(_message(finding))},
            "locations": [{"physicalLocation": _physical_location(finding.location)}],
        }
        for finding in findings
    ]
    return format_json({**SARIF, "runs": [{"tool": {"driver": driver}, "results": results}]})


def _format_command(finding: Finding) -> str:
    line = {} if finding.location.line is None else {"line": str(finding.location.line)}
    properties = {"file": finding.location.path, **line, "title": finding.check}
    named = ",".join(f"{name}={escape_controls(value.translate(PROPERTY))}" for name, value in properties.items())
    return f"::{finding.severity} {named}::{escape_controls(_message(finding).translate(DATA))}"


def _message(finding: Finding) -> str:
    return f"{finding.message}\n{finding.hint}" if finding.hint else finding.message


def _escape(text: str) -> str:
    """Return *text* without placeholders and links (SARIF 2.1.0, 3.11.5 and 3.11.6): it may quote a file of anybody."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _rule(name: str, description: str, text: str) -> dict[str, object]:
    short = description.partition("\n")[0]
    return {
        "id": name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": description},
        "help": {"text": text or short},
    }


def _physical_location(location: Location) -> dict[str, object]:
    uri = quote(location.path, errors="surrogateescape")
    artifact = {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}
    region = {} if location.line is None else {"region": {"startLine": location.line}}
    return {"artifactLocation": artifact, **region}
