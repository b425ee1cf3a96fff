"""What all tests share: the option that rewrites golden cases."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import oddities as odd
import support
import themed_project
from polyleaf import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands cache in a folder of the tests, also for the commands that they start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture
def new_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A function that writes a leaflet project into an empty folder, goes there, and with *update* makes catalogs."""

    def make(files: Mapping[str, str | bytes], settings: str = support.SETTINGS, *, update: bool = False) -> Path:
        monkeypatch.chdir(support.project(tmp_path, files, settings))
        assert not update or 0 == cli.run(["update", "-q"])
        return tmp_path

    return make


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that *make* has filled, once for all processes that run the tests."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir()
            make(folder)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what came out into tests/cases/")


@pytest.fixture(scope="session")
def leaflet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the finished files of the project's own leaflet, in all its languages."""

    def make(out: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(Path(__file__).parents[1])
            assert 0 == cli.run(["build", "-q", "-o", str(out)])

    return made_once(tmp_path_factory, "leaflet", make)


@pytest.fixture(scope="session")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the finished files, in Dutch, of a leaflet with a theme, and the preview of that theme."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(themed_project.project(folder))
            assert 0 == cli.run(["build", "-q"])
            assert 0 == cli.run(["theme", "-q", "-o", "build/nl"])

    return made_once(tmp_path_factory, "themed", make) / "build" / "nl"


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the finished files of the leaflet in many scripts, in all its languages."""

    def make(out: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(Path(__file__).parent / "projects" / "scripts")
            assert 0 == cli.run(["build", "-q", "-o", str(out)])

    return made_once(tmp_path_factory, "scripts", make)


@pytest.fixture(scope="session")
def oddities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the finished files, in Dutch, of the leaflets in `oddities.CASES`."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(odd.project(folder))
            assert 0 == cli.run(["build", "-q"])

    return made_once(tmp_path_factory, "oddities", make) / "build" / "nl"
