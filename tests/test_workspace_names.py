"""Names of leaflets, which any disk and any web server must be able to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.errors import SourceError
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

LEAFLET = "---\ntitle: Knie\n---\n\nBuig.\n"
FAULTS = {
    **dict.fromkeys(("con", "NUL", "aux.v2", "com1", "LPT9", "com¹"), "is a device on Windows"),
    **dict.fromkeys(("index", "Index", "default"), "is what a web server shows"),
    **dict.fromkeys(("k" * 200, "膝" * 60), "is longer than 150 bytes"),
    **dict.fromkeys(("a ", "a.", "a\tb", "a\x1bb", "a\u200db", "-a"), "cannot be the name of a leaflet"),
}


@pytest.mark.parametrize("name", FAULTS, ids=lambda name: ascii(name[:9]))
def test_a_name_that_some_disk_or_site_cannot_hold_is_refused(name: str, tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {f"source/{name}.md": LEAFLET}))

    with pytest.raises(SourceError, match=FAULTS[name]) as caught:
        workspace.manuscripts((), (".md",))

    assert "the file" in caught.value.hint


@pytest.mark.parametrize("names", [("Enkel", "enkel"), ("caf\u00e9", "cafe\u0301"), ("Straße", "STRASSE")])
def test_two_leaflets_with_one_name_on_other_disks_are_refused(names: tuple[str, str], tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {f"source/{name}.md": LEAFLET for name in names}))

    with pytest.raises(SourceError, match="are one name on disks that tell no capitals"):
        workspace.manuscripts((), (".md",))


@pytest.mark.parametrize("name", ["console", "com10", "auxine", "index-2", "nul-meting", "ركبة", "膝" * 50])
def test_a_name_that_is_nearly_one_of_those_is_right(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(support.project(tmp_path, {f"source/{name}.md": LEAFLET}))

    assert 0 == cli.run(["update", "-q"])
    assert (tmp_path / "locales" / "en" / "LC_MESSAGES" / f"{name}.po").is_file()
