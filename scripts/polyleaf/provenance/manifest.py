"""The record of what is in the build folder and what it was made from, as text: `manifest.json` and `SHA256SUMS`.

`manifest.json` is an object:

- `manifest`: 1, the version of this shape.
- `files`: an object; for each finished file, by its path in the build folder with `/`, sorted, an object with
  `sha256` (64 hexadecimal digits), `size` (bytes), `media_type`, `leaflet`, `language` (BCP 47), `format`;
  `status` as it is printed; `modified` (ISO 8601, UTC; only in an EPUB, which says it); `source_language`;
  `links_to`, the other languages that its page leads to; `made_from`, the project's files it was made from, each
  with its SHA-256 (of `references.json` that of the sources it cites, of the sign-offs that of those that count);
  `theme`, the SHA-256 of the theme; `fonts`, what it was set with: name and version, and the SHA-256 of the font file;
  `tools`, a key of the next object.
- `tools`: an object; for each key the names and versions of what makes bytes.

There is no moment, machine, person or folder in it: where everything is the same it is the same, and where a file is
not, `diff` of two manifests shows why. `SHA256SUMS` has the same files and the manifest, for `sha256sum -c`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from polyleaf import languages
from polyleaf.formats.registry import FORMATS
from polyleaf.paths import CHECKSUMS, MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import PurePosixPath

    from polyleaf.model import Artifact, Localized

    Entry = Mapping[str, Any]
    """What the manifest says of one file; of one that a manifest was read from, the tools themselves under `tools`."""

VERSION = 1

TEXTS = ("sha256", "leaflet", "language", "format", "status", "theme", "source_language", "tools")
"""What an entry has a text for, of what is asked when it is read."""


def digest(content: bytes) -> str:
    """Return the SHA-256 of *content* (FIPS 180-4) in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def entry(artifact: Artifact, one: Localized, links: Sequence[str]) -> dict[str, Any]:
    """Return what the manifest says of *artifact*, made from *one*, but for the theme and the tools."""
    format_ = artifact.path.suffix.removeprefix(".")
    front = one.document.front.plain
    moment = {"modified": one.modified.isoformat().replace("+00:00", "Z")} if format_ == "epub" else {}
    return {
        "sha256": digest(artifact.content),
        "size": len(artifact.content),
        "media_type": FORMATS[format_].media_type,
        "leaflet": one.document.leaflet,
        "language": languages.tag(one.document.language),
        "format": format_,
        "status": front.get("status", ""),
        **moment,
        "links_to": [languages.tag(code) for code in links],
        "made_from": dict(one.origin),
        "fonts": {f"{font.name}, {font.version.split(';')[0]}": font.digest for font in artifact.fonts},
    }


def write(entries: Mapping[str, Entry]) -> dict[PurePosixPath, bytes]:
    """Return the manifest of the files in *entries* and their sums, by name."""
    tools: dict[str, Mapping[str, str]] = {}
    files: dict[str, Any] = {}
    for path, one in entries.items():
        key = digest(_json(one["tools"]))[:12]
        tools[key] = one["tools"]
        files[path] = {**one, "tools": key}
    content = _json({"manifest": VERSION, "files": files, "tools": tools})
    sums = {**{path: one["sha256"] for path, one in entries.items()}, str(MANIFEST): digest(content)}
    return {MANIFEST: content, CHECKSUMS: "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()}


def read(content: bytes | None) -> dict[str, Entry]:
    """Return what the manifest *content* says of each file, by path; nothing when it is None or no manifest of ours.

    What it says of a file is left out when it is not all there, or not of the kind that it should be.
    """
    try:
        table = json.loads(content or b"{}")
        files, tools = table["files"], table["tools"]
        if table["manifest"] != VERSION or not isinstance(tools, dict):
            return {}
        return {
            path: {**one, "tools": dict(tools[one["tools"]])} for path, one in files.items() if _is_whole(one, tools)
        }
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}


def _is_whole(one: object, tools: Mapping[str, object]) -> bool:
    if not isinstance(one, dict) or not all(isinstance(one.get(key), str) for key in TEXTS):
        return False
    names = (one.get("made_from"), one.get("fonts"), tools.get(one["tools"]))
    links = one.get("links_to")
    return isinstance(links, list) and all(isinstance(name, dict) for name in names)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
