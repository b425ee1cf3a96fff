"""What programs read of the commands: JSON by its schema, workflow commands and SARIF by their rules."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

import support
from polyleaf import cli
from polyleaf.cli import code_scanning, json_output
from polyleaf.model import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.law

SCHEMAS = Path(cli.__file__).parents[1] / "assets" / "schemas"
COMMANDS = ("check", "import", "readability", "status")
KNEE = "---\ntitle: Knie\nversion: 1\nreview-by: 2020-01-01\n---\n\n# Buigen\n\n### Diep\n\nBuig **rustig**.\n"
HOSTILE = "\x1b[2J%0A::stop-commands::x\r\n::error::a\u2028\x85\x00"
FOUND = Finding("cell_empty", Location("source/x.md", 12), "an empty cell", Severity.WARNING)

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t"), min_size=1)
findings = st.builds(
    Finding,
    check=st.just("cell_empty"),
    location=st.builds(Location, texts, st.none() | st.integers(1)),
    fact=texts,
    severity=st.sampled_from(Severity),
    hint=texts | st.just(""),
)


def schema(command: str) -> dict[str, Any]:
    return dict(json.loads((SCHEMAS / f"{command}.schema.json").read_bytes()))


def is_valid(command: str, output: str) -> bool:
    Draft202012Validator(schema(command)).validate(json.loads(output))
    return True


@cache
def sarif_schema() -> dict[str, Any]:
    """Return the SARIF 2.1.0 schema of OASIS, from the catalogue in the package `schemastore`."""
    package = importlib.metadata.distribution("schemastore")
    with sqlite3.connect(f"file:{package.locate_file('schemastore/cache.sqlite')}?immutable=1", uri=True) as store:
        responses = [content for (content,) in store.execute("SELECT value FROM responses")]
    store.close()
    [text] = [content for content in responses if b"(SARIF) Version 2.1.0 JSON Schema" in content]
    schema, _ = json.JSONDecoder().raw_decode(text[text.index(b'{\r\n  "$schema"') :].decode(errors="replace"))
    return dict(schema)


def sarif(*results: Finding) -> dict[str, Any]:
    """Return the one run of *results* as SARIF, valid by its schema."""
    log = json.loads(code_scanning.format_sarif(results, [("cell_empty", "warning", "No cell is empty.\n\nBad: | |")]))
    Draft7Validator(sarif_schema()).validate(log)
    [run] = log["runs"]
    return dict(run)


def unescape(text: str, *signs: str) -> str:
    """Return *text* as the runner of GitHub reads it, which undoes `%` last."""
    for sign in (*signs, "\r", "\n", "%"):
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(support.project(tmp_path, {"source/knie.md": KNEE}))
    assert 0 == cli.run(["update", "-q"])
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_schema_allows_nothing_that_it_does_not_name(command: str) -> None:
    def objects(node: object) -> list[dict[str, Any]]:
        inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
        own = [node] if isinstance(node, dict) and node.get("type") == "object" else []
        return own + [subschema for part in inner for subschema in objects(part)]

    Draft202012Validator.check_schema(schema(command))
    assert [] == [node for node in objects(schema(command)) if node["additionalProperties"] is not False]
    assert [] == [node for node in objects(schema(command)) if node["required"] != list(node["properties"])]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["check", "readability", "status"])
def test_the_output_of_a_command_is_valid_by_its_schema(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    cli.run([command, "--json"])
    output = capsys.readouterr().out
    head = list(json.loads(output).items())[:2]

    assert [("polyleaf", command), ("version", json_output.VERSIONS.get(command, 1))] == head
    assert is_valid(command, output)
    assert list(json.loads(output).values())[2]


def test_the_output_of_an_import_is_valid_by_its_schema(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "knee.md").write_text("# Bending\n\n### Deep\n\nBend **slowly**.\n\nAnd more.\n", "utf-8")
    capsys.readouterr()
    cli.run(["import", "knee.md", "-l", "en", "--json"])

    assert is_valid("import", capsys.readouterr().out)


def test_a_signed_leaflet_is_valid_by_the_schema(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "source/knie.md").write_text("---\ntitle: Knie\n---\n\nBuig.\n", "utf-8")
    assert 0 == cli.run(["sign", "knie", "-l", "nl", "--role", "arts", "--name", "A", "--yes", "-q"])
    capsys.readouterr()
    cli.run(["status", "--json", "-l", "nl"])
    output = capsys.readouterr().out

    assert is_valid("status", output)
    assert ["arts"] == [signature["role"] for signature in json.loads(output)["states"][0]["signatures"]]


@pytest.mark.parametrize("line", [12, None])
def test_a_location_is_a_path_and_a_line(line: int | None) -> None:
    output = json_output.format_findings([Finding("x", Location("source/x.md", line), "m", Severity.ERROR)])

    assert {"path": "source/x.md", "line": line} == json.loads(output)["findings"][0]["location"]
    assert is_valid("check", output)


@pytest.mark.parametrize("output_format", ["json", "github", "sarif", "text"])
def test_the_exit_code_is_that_of_the_findings_in_every_format(
    output_format: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 1 == cli.run(["check", "--output-format", output_format])
    (project / "source/knie.md").write_text("---\ntitle: Knie\n---\n\nBuig.\n", "utf-8")
    assert 0 == cli.run(["check", "--output-format", output_format])
    assert (output_format == "text") == bool(capsys.readouterr().err)


@pytest.mark.usefixtures("project")
def test_json_is_a_short_word_for_its_format(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["check", "--output-format", "json"])
    output = capsys.readouterr().out
    cli.run(["check", "--json"])

    assert output == capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_findings_are_workflow_commands(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["check", "--output-format", "github", "-l", "nl"])
    lines = capsys.readouterr().out.splitlines()

    assert "::error file=source/knie.md,line=9,title=heading_skipped::" in [line[:58] for line in lines]
    assert [] == [
        line for line in lines if not re.match(r"::(error|warning) file=[^,:]+,(line=\d+,)?title=\w+::", line)
    ]


def test_a_workflow_command_without_findings_is_nothing() -> None:
    assert "" == code_scanning.format_github([])


def test_a_file_name_with_signs_of_commands_is_escaped() -> None:
    finding = Finding("x", Location("source/a, b::c 100%.md"), "m", Severity.ERROR, "h")

    assert "::error file=source/a%2C b%3A%3Ac 100%25.md,title=x::m%0Ah" == code_scanning.format_github([finding])


def test_hostile_text_gives_no_other_workflow_command() -> None:
    [line] = code_scanning.format_github([Finding("x", Location(HOSTILE), HOSTILE, Severity.ERROR, HOSTILE)]).split(
        "\n"
    )

    assert line.startswith("::error file=")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", line)
    assert 3 == line.count("%0A%3A%3Aerror") + line.count("%0A::error")


@given(findings)
def test_a_workflow_command_says_what_was_found(finding: Finding) -> None:
    head, data = code_scanning.format_github([finding])[2:].split("::", maxsplit=1)
    properties = dict(pair.split("=", maxsplit=1) for pair in head.partition(" ")[2].split(","))

    assert finding.location.path == unescape(properties["file"], ":", ",")
    assert "\n".join(filter(None, (finding.message, finding.hint))) == unescape(data)


@pytest.mark.usefixtures("project")
def test_findings_are_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["check", "--output-format", "sarif", "-l", "nl"])
    log = json.loads(capsys.readouterr().out)
    Draft7Validator(sarif_schema()).validate(log)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    [result] = [result for result in run["results"] if result["ruleId"] == "heading_skipped"]

    assert "heading_skipped" == rules[result["ruleIndex"]]["id"]
    assert "Bad:" in rules[result["ruleIndex"]]["help"]["text"]
    assert "error" == result["level"]
    assert {
        "artifactLocation": {"uri": "source/knie.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 9},
    } == result["locations"][0]["physicalLocation"]


def test_every_rule_of_sarif_has_another_name() -> None:
    run = sarif(FOUND, Finding("not_built", Location("build"), "nothing is there", Severity.WARNING), FOUND)

    assert ["cell_empty", "not_built"] == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [0, 1, 0] == [result["ruleIndex"] for result in run["results"]]


@pytest.mark.parametrize(
    ("path", "artifact"),
    [
        ("source/mijn knie.md", {"uri": "source/mijn%20knie.md", "uriBaseId": "%SRCROOT%"}),
        ("a:b#c?.md", {"uri": "a%3Ab%23c%3F.md", "uriBaseId": "%SRCROOT%"}),
        ("source/\udcff.md", {"uri": "source/%FF.md", "uriBaseId": "%SRCROOT%"}),
        ("/elsewhere/x.pdf", {"uri": "file:///elsewhere/x.pdf"}),
    ],
)
def test_a_path_is_a_uri(path: str, artifact: dict[str, str]) -> None:
    [result] = sarif(Finding("cell_empty", Location(path), "m", Severity.ERROR))["results"]

    assert {"artifactLocation": artifact} == result["locations"][0]["physicalLocation"]


@pytest.mark.parametrize("make", [json_output.format_findings, lambda results: code_scanning.format_sarif(results, [])])
def test_hostile_text_breaks_no_json(make: Callable[[list[Finding]], str]) -> None:
    output = make([Finding("x", Location("a.md"), HOSTILE, Severity.ERROR)])

    assert json.dumps(HOSTILE) in json.dumps(json.loads(output))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", output)


def test_sarif_holds_no_placeholder_and_no_link_of_the_text_that_it_quotes() -> None:
    finding = Finding("x", Location("source/x.md", 1), "'Take {fn1}, [click](https://evil.example)'", Severity.ERROR)
    [result] = json.loads(code_scanning.format_sarif([finding], []))["runs"][0]["results"]

    assert "'Take {{fn1}}, [click\\](https://evil.example)'" == result["message"]["text"]


def test_json_is_utf_8_whatever_the_name_of_a_file_and_the_locale_say(project: Path) -> None:
    (project / "locales" / "en" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    (project / "locales" / "en" / "LC_MESSAGES" / "\udcff😀.po").write_text("", "utf-8")
    command = [sys.executable, "-m", "polyleaf", "check", "--json"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin1"}
    output = subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False).stdout

    paths = [finding["location"]["path"] for finding in json.loads(output.decode("utf-8"))["findings"]]
    assert "locales/en/LC_MESSAGES/\udcff😀.po" in paths
