"""The list of what polyleaf runs with (SBOM) has every pin, and is the same bytes each time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]


def write(file: Path) -> dict[str, Any]:
    subprocess.run([sys.executable, "-I", ROOT / ".ci" / "sbom.py", file], check=True)
    return dict(json.loads(file.read_text("utf-8")))


@pytest.fixture(scope="module")
def sbom(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return write(tmp_path_factory.mktemp("sbom") / "sbom.json")


def pins() -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield name, version, marker and hashes of each line of the lock file, which goes on after a backslash."""
    text = (ROOT / "scripts" / "requirements" / "run.txt").read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            words, *hashes = re.split(r"\s+--hash=", line.strip())
            requirement = Requirement(words)
            [version] = [each.version for each in requirement.specifier if each.operator == "=="]
            yield requirement.name, version, str(requirement.marker or ""), hashes


def test_every_pin_is_there_with_its_version_and_its_hashes(sbom: dict[str, Any]) -> None:
    listed = [
        (
            component["name"],
            component["version"],
            "".join(entry["value"] for entry in component.get("properties", ())).replace("'", '"'),
            [f"sha256:{each['content']}" for each in component["hashes"] if each["alg"] == "SHA-256"],
        )
        for component in sbom["components"]
    ]

    assert {"weasyprint", "pypandoc-binary"} <= {name for name, *_ in listed}
    assert [*pins()] == listed


def test_every_component_has_its_package_url_and_the_project_depends_on_it(sbom: dict[str, Any]) -> None:
    about = sbom["metadata"]["component"]
    urls = [component["purl"] for component in sbom["components"]]

    assert ("CycloneDX", "1.6", "polyleaf") == (sbom["bomFormat"], sbom["specVersion"], about["name"])
    assert {"ref": about["bom-ref"], "dependsOn": sorted(urls)} == sbom["dependencies"][0]
    assert len({*urls}) == len(urls)
    assert [f"pkg:pypi/{each['name']}@{each['version']}" for each in sbom["components"]] == urls


def test_it_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
