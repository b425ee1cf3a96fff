"""What all tests share: the option that rewrites golden cases."""

from __future__ import annotations

from pathlib import Path

import pytest

import oddities as odd
from polyleaf import cli


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what came out into tests/cases/")


@pytest.fixture(scope="session")
def leaflet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the finished files of the project's own leaflet, in all its languages."""
    out = tmp_path_factory.mktemp("leaflet")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(Path(__file__).parents[1])
        assert 0 == cli.run(["build", "-q", "-o", str(out)])
    return out


@pytest.fixture(scope="session")
def oddities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the finished files, in Dutch, of the leaflets in `oddities.CASES`."""
    root = odd.project(tmp_path_factory.mktemp("oddities"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert 0 == cli.run(["build", "-q"])
    return root / "build" / "nl"
