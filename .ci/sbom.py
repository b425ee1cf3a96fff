"""Writes what polyleaf runs with as a CycloneDX 1.6 document: `python .ci/sbom.py FILE`.

Every pin of scripts/requirements/run.txt is a component, with the SHA-256 of each file that may be installed of it (one
for each platform). There is no date and no random number in it: the same pins give the same bytes. The form is that of
https://cyclonedx.org/docs/1.6/json/; cyclonedx-bom, which makes it too, would bring 33 packages with it.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]+?))? \\\n(?P<hashes>(?: +--hash=.*\n)+)",
    re.MULTILINE,
)
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def make_sbom(pins: str, project: dict[str, Any], version: str) -> dict[str, Any]:
    """Return the document for the requirements *pins* of *version* of the *project*, a table of pyproject.toml."""
    about = {"type": "application", "name": project["name"], "version": version}
    about["purl"] = about["bom-ref"] = f"pkg:pypi/{project['name']}@{version}"
    license_ = [{"license": {"id": project["license"]}}]
    components = [_component(match) for match in PIN.finditer(pins)]
    refs = sorted(component["bom-ref"] for component in components)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**about, "licenses": license_}},
        "components": components,
        "dependencies": [{"ref": about["bom-ref"], "dependsOn": refs}, *({"ref": ref} for ref in refs)],
    }


def _component(pin: re.Match[str]) -> dict[str, Any]:
    """Return the component of a *pin*; its environment marker (PEP 508) says which platforms have it, if not all."""
    purl = f"pkg:pypi/{re.sub('[-_.]+', '-', pin['name']).lower()}@{pin['version']}"
    hashes = [{"alg": "SHA-256", "content": digest} for digest in HASH.findall(pin["hashes"])]
    marker = [{"name": "pep508:marker", "value": pin["marker"]}] if pin["marker"] else []
    component = {"type": "library", "bom-ref": purl, "name": pin["name"], "version": pin["version"], "purl": purl}
    return {**component, "hashes": hashes, **({"properties": marker} if marker else {})}


def main() -> None:
    """Write the document into the file that the command line names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = (ROOT / "scripts" / "requirements" / "run.txt").read_text("utf-8")
    [version] = VERSION.findall((ROOT / "scripts" / "polyleaf" / "__init__.py").read_text("utf-8"))
    text = json.dumps(make_sbom(pins, project, version), indent=2, ensure_ascii=False)
    Path(sys.argv[1]).write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()
