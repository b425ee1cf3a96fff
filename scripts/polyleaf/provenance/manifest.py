"""The manifest of the build folder, `manifest.json`: every output, what it was made from and with; and `SHA256SUMS`.

`manifest.json` is an object:

- `manifest`: 1, the version of this shape.
- `files`: an object; for each output, by its path in the build folder with `/`, sorted, an object with
  `sha256` (64 hexadecimal digits), `size` (bytes), `media_type`, `leaflet`, `language` (BCP 47), `format`;
  `status` as it is printed; `modified` (ISO 8601, UTC; of an EPUB only, which holds it); `source_language`;
  `links_to`, the other languages (BCP 47) that it links to; `made_from`, the project's files it was made from, each
  with its SHA-256 (of `references.json` that of the references it cites, of the sign-offs that of those that count);
  `theme`, the SHA-256 of the theme; `fonts`, those it was set in: name and version, and the SHA-256 of the font file;
  `tools`, a key of the next object.
- `tools`: an object; for each key the names and versions of the programs and libraries that made the output.

No time of the build, machine, person or folder is in it: the same inputs and tools give the same manifest, and where
an output differs, `diff` of two manifests shows why. `SHA256SUMS` lists, for `sha256sum -c`, the manifest and those of
the files that are made from what the project has now: an old one is in the manifest alone, where `polyleaf clean`
finds it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from polyleaf import languages
from polyleaf.formats.registry import FORMATS
from polyleaf.model import Artifact, Localized
from polyleaf.paths import CHECKSUMS, MANIFEST

Entry = Mapping[str, Any]
"""The object of one output, but under `tools` the names and versions themselves."""

Entries = Mapping[str, Entry]
"""The objects of all outputs, by path in the build folder."""

VERSION = 1

STRINGS = ("sha256", "leaflet", "language", "format", "status", "theme", "source_language", "tools")
"""The keys of an entry that must hold a string when it is read."""


def digest(content: bytes) -> str:
    """Return the SHA-256 of *content* (FIPS 180-4) in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def make_entry(artifact: Artifact, localized: Localized, links: Sequence[str]) -> dict[str, Any]:
    """Return the entry of *artifact*, made from *localized*, without `source_language`, `theme` and `tools`.

    *links* are the languages (gettext codes) that it links to.
    """
    format_ = artifact.path.suffix.removeprefix(".")
    document = localized.document
    modified = {"modified": localized.modified.isoformat().replace("+00:00", "Z")} if format_ == "epub" else {}
    return {
        "sha256": digest(artifact.content),
        "size": len(artifact.content),
        "media_type": FORMATS[format_].media_type,
        "leaflet": document.leaflet,
        "language": languages.tag(document.language),
        "format": format_,
        "status": document.front.plain.get("status", ""),
        **modified,
        "links_to": [languages.tag(code) for code in links],
        "made_from": dict(localized.origin),
        "fonts": {f"{font.name}, {font.version.split(';')[0]}": font.digest for font in artifact.fonts},
    }


def write(entries: Mapping[str, Entry], old: Collection[str] = ()) -> dict[PurePosixPath, bytes]:
    """Return `manifest.json` and `SHA256SUMS` of the outputs in *entries*, by path in the build folder.

    Those of the paths in *old* are in the manifest alone: what `SHA256SUMS` lists is of the inputs of this build.
    """
    tools: dict[str, Mapping[str, str]] = {}
    files: dict[str, Any] = {}
    keys: dict[int, str] = {}  # most entries share one object
    for path, entry in entries.items():
        key = keys.setdefault(id(entry["tools"]), "") or digest(_json(entry["tools"]))[:12]
        keys[id(entry["tools"])] = key
        tools[key] = entry["tools"]
        files[path] = {**entry, "tools": key}
    content = _json({"manifest": VERSION, "files": files, "tools": tools})
    sums = {path: entry["sha256"] for path, entry in entries.items() if path not in old}
    sums[str(MANIFEST)] = digest(content)
    return {MANIFEST: content, CHECKSUMS: "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()}


def read(content: bytes | None) -> dict[str, Entry]:
    """Return the entries of the manifest *content* by path; none when it is None or not a manifest of this version.

    An entry is left out when a key is missing or holds a value of another type.
    """
    try:
        table = json.loads(content or b"{}")
        files, tools = table["files"], table["tools"]
        if table["manifest"] != VERSION or not isinstance(tools, dict):
            return {}
        return {
            path: {**entry, "tools": tools[entry["tools"]]}
            for path, entry in files.items()
            if _is_complete(entry, tools)
        }
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}


def _is_complete(entry: object, tools: Mapping[str, object]) -> bool:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in STRINGS):
        return False
    tables = (entry.get("made_from"), entry.get("fonts"), tools.get(entry["tools"]))
    return isinstance(entry.get("links_to"), list) and all(isinstance(table, dict) for table in tables)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
