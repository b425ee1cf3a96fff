"""The folder of a project: what is read, and what is written all or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

import pytest

import support
from polyleaf.errors import CommandError, ConfigError, PolyleafError, RenderError, SourceError, WriteConflict
from polyleaf.workspace import Workspace, atomic_writes

LEAFLET = "---\ntitle: Knee\n---\n\nBend.\n"
A, B = PurePosixPath("a.txt"), PurePosixPath("folder/b.txt")


def names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_manuscripts_come_sorted_by_name(tmp_path: Path) -> None:
    support.project(tmp_path, {"source/b.md": LEAFLET, "source/a.md": LEAFLET, "source/a.txt": ""})

    manuscripts = Workspace(tmp_path).manuscripts((), (".md",))

    assert ["a", "b"] == [manuscript.leaflet for manuscript in manuscripts]
    assert PurePosixPath("source/a.md") == manuscripts[0].path


def test_only_the_manuscripts_asked_for_come_and_each_once(tmp_path: Path) -> None:
    support.project(tmp_path, {"source/b.md": LEAFLET, "source/a.md": LEAFLET})

    assert ["b"] == [manuscript.leaflet for manuscript in Workspace(tmp_path).manuscripts(("b", "b"), (".md",))]


@pytest.mark.parametrize("name", ["my knee", "knee.v2", "knie-é", "膝", "e\u0301", "_", "3"])
def test_a_leaflet_may_have_a_name_in_any_language(name: str, tmp_path: Path) -> None:
    support.project(tmp_path, {f"source/{name}.md": LEAFLET})

    assert [name] == [manuscript.leaflet for manuscript in Workspace(tmp_path).manuscripts((), (".md",))]


def test_hidden_files_are_no_leaflets(tmp_path: Path) -> None:
    support.project(tmp_path, {"source/a.md": LEAFLET, "source/._a.md": "", "source/.#a.md": ""})

    assert ["a"] == [manuscript.leaflet for manuscript in Workspace(tmp_path).manuscripts((), (".md",))]


def test_a_leaflet_that_is_not_there_gets_an_offer(tmp_path: Path) -> None:
    support.project(tmp_path, {"source/knee.md": LEAFLET})

    with pytest.raises(CommandError, match="Did you mean 'knee'"):
        Workspace(tmp_path).manuscripts(("knie",), (".md",))


def test_a_file_in_the_place_of_the_source_folder_is_no_folder(tmp_path: Path) -> None:
    support.project(tmp_path, {"source": ""})

    with pytest.raises(SourceError, match="there is no leaflet"):
        Workspace(tmp_path).manuscripts((), (".md",))


def test_settings_may_start_with_a_byte_order_mark(tmp_path: Path) -> None:
    support.project(tmp_path, {}, "\ufeff" + support.SETTINGS)

    assert "nl" == Workspace(tmp_path).project().source_language


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    assert Workspace(tmp_path).references() is None
    assert Workspace(tmp_path).read(PurePosixPath("locales/nl/x.po")) is None


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    support.project(tmp_path, {"source/references.json/a": ""})

    with pytest.raises(SourceError, match=r"source/references.json: cannot be read"):
        Workspace(tmp_path).references()


def test_every_image_that_is_not_there_is_told_with_its_location(tmp_path: Path) -> None:
    support.project(tmp_path, {"source/c.png": "c", "source/d.png/x": ""})
    locations = {
        "a.png": "source/a.md:3",
        "c.png": "source/a.md:4",
        "d.png": "source/a.md:5",
        "x\0.png": "source/a.md:6",
    }

    with pytest.raises(SourceError) as caught:
        Workspace(tmp_path).pictures(locations)

    assert ["3", "5", "6"] == [line[12] for line in caught.value.message.split("\n") if line.startswith("source/a.md:")]


def test_images_come_in_the_order_they_are_asked_for(tmp_path: Path) -> None:
    support.project(tmp_path, {"source/b.png": "b", "source/media/a.png": "a"})

    pictures = Workspace(tmp_path).pictures({"b.png": "x", "media/a.png": "x"})

    assert [("b.png", b"b"), ("media/a.png", b"a")] == [(picture.name, picture.content) for picture in pictures]


def test_an_image_may_be_a_link_to_another_image_in_source(tmp_path: Path) -> None:
    support.project(tmp_path, {"source/b.png": "b"})
    (tmp_path / "source/a.png").symlink_to("b.png")

    assert b"b" == Workspace(tmp_path).pictures({"a.png": "x"})[0].content


def test_without_source_date_epoch_the_disk_is_not_asked_when_anything_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    assert Workspace(tmp_path).epoch() is None


def test_source_date_epoch_says_when_everything_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "3600")

    assert datetime(1970, 1, 1, 1, tzinfo=UTC) == Workspace(tmp_path).epoch()


@pytest.mark.parametrize("epoch", ["", "yesterday", "1.5", "9" * 30])
def test_an_epoch_that_is_none_is_refused(epoch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    with pytest.raises(ConfigError, match="SOURCE_DATE_EPOCH is"):
        Workspace(tmp_path).epoch()


def test_what_is_saved_stands_there_and_nothing_else(tmp_path: Path) -> None:
    Workspace(tmp_path).save({A: b"a", B: b"b"})

    assert ["a.txt", "folder/b.txt"] == names(tmp_path)
    assert b"b" == (tmp_path / B).read_bytes()


def test_only_what_is_new_is_told(tmp_path: Path) -> None:
    Workspace(tmp_path).save({A: b"a", B: b"b"})

    assert [B] == Workspace(tmp_path).save({A: b"a", B: b"c"})


def test_a_file_that_stays_the_same_is_not_touched(tmp_path: Path) -> None:
    Workspace(tmp_path).save({A: b"a"})
    os.utime(tmp_path / A, (0, 0))

    Workspace(tmp_path).save({A: b"a"})

    assert 0 == (tmp_path / A).stat().st_mtime


def test_files_get_the_permissions_of_the_person(tmp_path: Path) -> None:
    before = os.umask(0o027)
    Workspace(tmp_path).save({A: b"a"})
    mask = os.umask(before)

    assert 0o640 == (tmp_path / A).stat().st_mode & 0o777
    assert 0o027 == mask


def test_finished_files_are_told_as_a_person_finds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert [PurePosixPath("build/a.txt")] == Workspace(tmp_path).publish({A: b"a"})
    assert [PurePosixPath("out/a.txt")] == Workspace(tmp_path, Path("out")).publish({A: b"a"})


def test_finished_files_elsewhere_are_told_with_their_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(support.project(tmp_path / "project", {}))

    outputs = Workspace(Path.cwd(), tmp_path / "out").publish({A: b"a"})

    assert [PurePosixPath(tmp_path / "out/a.txt")] == outputs


def test_a_finished_file_that_stays_the_same_is_told_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Workspace(tmp_path).publish({A: b"a"})

    assert [PurePosixPath("build/a.txt")] == Workspace(tmp_path).publish({A: b"a"})


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("before")
    (tmp_path / "folder/b.txt").mkdir(parents=True)

    with pytest.raises(RenderError, match=r"^folder/b.txt: cannot be written: Is a directory"):
        Workspace(tmp_path).save({A: b"a", B: b"b"})

    assert ["a.txt"] == names(tmp_path)
    assert "before" == (tmp_path / "a.txt").read_text()


def test_an_interrupt_while_writing_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "chmod", interrupted)

    with pytest.raises(KeyboardInterrupt):
        Workspace(tmp_path).save({A: b"a"})

    assert [] == names(tmp_path)


def test_an_old_file_that_cannot_be_read_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_: Path) -> bytes:
        raise PermissionError

    Workspace(tmp_path).save({A: b"a"})
    monkeypatch.setattr(Path, "read_bytes", unreadable)

    assert [A] == Workspace(tmp_path).save({A: b"a"})


@pytest.mark.parametrize("saved", ["theirs", ""])
def test_what_somebody_saved_meanwhile_is_never_written_over(saved: str, tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {str(A): "before", str(B): "before"}))
    workspace.read(A)
    (tmp_path / A).write_text(saved)

    with pytest.raises(WriteConflict, match=r"a\.txt: somebody, or another program, changed it"):
        workspace.save({B: b"ours", A: b"ours"})

    assert [saved, "before"] == [(tmp_path / path).read_text() for path in (A, B)]
    assert ["a.txt", "folder/b.txt", "pyproject.toml"] == names(tmp_path)


def test_a_file_that_somebody_made_or_removed_meanwhile_is_a_conflict(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {str(B): "before"}))
    workspace.read(A)
    workspace.read(B)
    (tmp_path / A).write_text("theirs")
    (tmp_path / B).unlink()

    for path in (A, B):
        with pytest.raises(WriteConflict):
            workspace.save({path: b"ours"})

    assert "theirs" == (tmp_path / A).read_text()


def test_a_command_is_run_anew_on_what_somebody_saved_meanwhile(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {str(A): "a"}))
    others = ["b", "c"]

    @atomic_writes.redo_after_conflict
    def add() -> None:
        content = workspace.read(A) or b""
        if others:
            (tmp_path / A).write_bytes(content + others.pop(0).encode())
        workspace.save({A: content + b"!"})

    add()

    assert "abc!" == (tmp_path / A).read_text()


def test_a_command_that_never_finds_a_file_as_it_read_it_gives_up(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {str(A): "a"}))

    @atomic_writes.redo_after_conflict
    def add() -> None:
        content = workspace.read(A) or b""
        (tmp_path / A).write_bytes(content + b"b")
        workspace.save({A: content + b"!"})

    with pytest.raises(WriteConflict):
        add()

    assert "a" + atomic_writes.TRIES * "b" == (tmp_path / A).read_text()


def test_what_a_killed_process_left_is_removed_at_the_next_write_and_nothing_else(tmp_path: Path) -> None:
    left = {"folder/.polyleaf-a1b2c3_d.tmp": "", ".polyleaf-a1b2c3_d.tmp": ""}
    kept = {"folder/.polyleaf-notes.tmp": "", "folder/.polyleaf-a1b2c3_d": "", "other/.polyleaf-a1b2c3_d.tmp": ""}
    support.project(tmp_path, {**left, **kept})

    Workspace(tmp_path).save({B: b"b"})

    assert sorted([*kept, "folder/b.txt", "pyproject.toml"]) == names(tmp_path)


def test_nobody_writes_or_removes_while_another_process_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_writes, "LONGEST_WAIT", 0.1)
    support.project(tmp_path, {"folder/.polyleaf-a1b2c3_d.tmp": ""})
    before = names(tmp_path)
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)

    with pytest.raises(RenderError, match="another polyleaf has been writing there"):
        Workspace(tmp_path).save({B: b"b"})
    assert before == names(tmp_path)

    os.close(descriptor)
    assert [B] == Workspace(tmp_path).save({B: b"b"})


def test_the_clock_is_in_utc(tmp_path: Path) -> None:
    assert timedelta(0) == Workspace(tmp_path).now().utcoffset()


def test_a_project_without_settings_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(PolyleafError, match=r"\[tool.polyleaf\]"):
        Workspace(tmp_path).project()


def test_what_was_read_is_known_as_it_was_then(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {"source/a.md": LEAFLET, "source/a.png": "b", "source/c.txt": "c"}))
    workspace.project()
    workspace.manuscripts((), (".md",))
    workspace.pictures({"a.png": "x"})
    (tmp_path / "source/a.png").write_bytes(b"later")

    assert {"pyproject.toml", "source/a.md", "source/a.png"} == {str(path) for path in workspace.inputs}
    assert hashlib.sha256(b"b").hexdigest() == workspace.inputs[PurePosixPath("source/a.png")]


def test_only_what_is_in_the_build_folder_is_read_there(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {"build/nl/a.html": "a", "secret": "s"}))

    assert b"a" == workspace.built(PurePosixPath("nl/a.html"))
    assert workspace.built(PurePosixPath("../secret")) is None
    assert workspace.built(PurePosixPath(tmp_path / "secret")) is None
    assert workspace.built(PurePosixPath("nl")) is None
    assert workspace.built(PurePosixPath("nl/b.html")) is None


@pytest.mark.law
def test_a_build_that_cannot_be_made_again_says_why(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {"source/a.md": LEAFLET}))
    workspace.manuscripts((), (".md",))  # without the settings nobody can build it

    with (
        pytest.raises(RenderError, match=r"the second build failed, and the first did not: .*pyproject\.toml"),
        workspace.reproduce([]),
    ):
        pass


@pytest.mark.law
def test_a_second_build_has_nothing_but_what_was_read_and_is_gone_afterwards(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {"source/a.md": LEAFLET, "source/b.md": LEAFLET}))
    workspace.project()
    workspace.manuscripts(["a"], (".md",))
    with workspace.reproduce(["-l", "nl"]) as (reproduction, outputs):
        page = reproduction.built(PurePosixPath("nl/a.html"))

    assert page is not None
    assert PurePosixPath("nl/a.html") in outputs
    assert PurePosixPath("nl/b.html") not in outputs
    assert reproduction.built(PurePosixPath("nl/a.html")) is None
