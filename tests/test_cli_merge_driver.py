"""The command that git calls: it writes into the second file, and its exit code is what git makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from polyleaf import cli

HEADER = '# Knee.\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
NAMES = (".merge_file_O", ".merge_file_A", ".merge_file_B")
PATH = "locales/en/LC_MESSAGES/my knee.po"


def run(folder: Path, *contents: str | bytes) -> tuple[int, str]:
    """Return the exit code for three files that hold *contents*, and what is in the second then."""
    files = [folder / name for name in NAMES]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    code = cli.run(["merge-driver", *map(str, files), PATH])
    return code, files[1].read_bytes().decode(errors="replace")


def entry(text: str) -> str:
    return f'{HEADER}msgid "Knie"\nmsgstr "{text}"\n'


def test_a_merge_without_conflict_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (0, entry("Knee")) == run(tmp_path, entry(""), entry(""), entry("Knee"))
    assert ("", "") == tuple(capsys.readouterr())


@pytest.mark.parametrize("base", ["", "\n", entry("")])
def test_a_conflict_is_named_by_path_line_and_message(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, content = run(tmp_path, base, entry("Knee"), entry("Leg"))
    output, error = capsys.readouterr()

    assert (1, "") == (code, output)
    assert f"conflict: {PATH}:7: both sides changed the translation of 'Knie'\n" in error
    assert '\n#, fuzzy\nmsgid "Knie"\n' in content


def test_line_ends_of_windows_and_a_mark_of_the_byte_order_are_no_change(tmp_path: Path) -> None:
    windows = b"\xef\xbb\xbf" + entry("Knee").replace("\n", "\r\n").encode()

    assert (0, entry("Leg")) == run(tmp_path, entry("Knee"), windows, entry("Leg"))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_not_there_is_an_error_and_nothing_is_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for other in set(NAMES) - {name}:
        (tmp_path / other).write_text(entry("Knee"))

    assert 2 == cli.run(["merge-driver", *(str(tmp_path / file) for file in NAMES), PATH])
    assert f"Error: {PATH}: cannot be merged: " in capsys.readouterr().err
    assert set(NAMES) - {name} == {file.name for file in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("damaged", "kept"),
    [
        (f"{HEADER}hello\n", [">>>>>>> theirs"]),
        (entry("Leg").replace('Leg"', "Leg"), ['msgstr "Leg\n']),
        (f"{HEADER}<<<<<<< HEAD\n=======\n>>>>>>> main\n", [">>>>>>> main\n"]),
        (entry("Leg") + entry("Arm").removeprefix(HEADER), ['msgstr "Arm"\n']),
        (entry("Leg").encode() + b"\xff\n", ['msgstr "Leg"\n']),
        (entry("Leg").encode() + b"#\0\n", ['msgstr "Leg"\n', "<<<<<<< ours\n", "\n>>>>>>> theirs\n"]),
    ],
)
def test_what_is_no_catalogue_is_merged_by_lines_and_loses_nothing(
    damaged: str | bytes, kept: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, content = run(tmp_path, entry(""), entry("Knee"), damaged)
    error = capsys.readouterr().err

    assert 5 == code
    assert error.startswith(f"Error: {PATH} (theirs):")
    assert f"{PATH} was merged by lines: mend it, then `git add` it." in error
    assert [] == [text for text in [*kept, 'msgstr "Knee"\n'] if text not in content]


def test_without_gettext_it_is_merged_by_lines_and_a_conflict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")

    assert 7 == run(tmp_path, entry("Knee"), entry("Knee"), entry("Leg"))[0]
    assert "GNU gettext is not on this machine" in capsys.readouterr().err
