"""Branches of authors and translators merged by git itself, with the merge driver and without it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest

import support
from polyleaf import cli, paths
from polyleaf.catalogs import po
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LANGUAGES = ("ar", "pl")
SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "ar", "pl"]\nformats = ["html"]\n'
BEND = "Buig de knie langzaam en stop bij pijn."
WALK = "Loop elke dag een half uur in het park."
SOURCE = f"---\ntitle: Knie\n---\n\n# Oefenen\n\n{BEND}\n\n# Wandelen\n\n{WALK}\n\n# Vragen\n\nBel ons gerust.\n"
TEXTS = {
    "ar": {"Knie": "الركبة", "Oefenen": "التمرين", BEND: "اثنِ الركبة ببطء وتوقف عند الألم.", "Vragen": "أسئلة"},
    "pl": {"Knie": "Kolano", "Oefenen": "Ćwiczenia", BEND: "Zginaj kolano powoli i przerwij.", "Vragen": "Pytania"},
}
NEW = {
    "ar": {WALK: "امشِ نصف ساعة كل يوم في الحديقة.", "Wandelen": "المشي", "Bel ons gerust.": "اتصل بنا."},
    "pl": {WALK: "Codziennie spaceruj pół godziny w parku.", "Wandelen": "Spacery", "Bel ons gerust.": "Zadzwoń."},
}
ATTRIBUTES = "* text=auto eol=lf\nlocales/**/*.po merge=polyleaf\nlocales/*.pot merge=polyleaf\n"
DRIVER = f'"{sys.executable}" -m polyleaf merge-driver %O %A %B %P'
ENVIRONMENT = {
    **{name: text for name, text in os.environ.items() if not name.startswith("GIT_")},
    "PYTHONPATH": str(Path(cli.__file__).parents[2]),
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A. Tester"),
    **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "tester@example.org"),
    "GIT_EDITOR": "true",
}


class Repository:
    """A project under git, and what people do in it; each change is a minute later than the one before."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)
        monkeypatch.chdir(folder)
        monkeypatch.setattr(Workspace, "now", lambda _: self.time)

    def git(self, *words: str) -> str:
        """Run git, which must not fail; return what it says."""
        done = self.try_git(*words)
        assert 0 == done.returncode, done.stdout + done.stderr
        return done.stdout

    def try_git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words], cwd=self.folder, capture_output=True, check=False, env=ENVIRONMENT, encoding="utf-8"
        )

    def commit(self, subject: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def on_branch(self, name: str, *steps: Callable[[], object]) -> None:
        """Take *steps* on a new branch from the first commit, commit them and go back to main."""
        self.git("checkout", "-q", "-b", name, "main~0")
        for step in steps:
            step()
        self.commit(name)
        self.git("checkout", "-q", "main")

    def on_main(self, *steps: Callable[[], object]) -> None:
        for step in steps:
            step()
        self.commit("main")

    def edit(self, old: str, new: str, leaflet: str = "knee") -> None:
        """Change the source as an author does, and update the catalogues."""
        support.edit(self.folder, f"source/{leaflet}.md", old, new)
        self.update()

    def update(self) -> None:
        self.time += timedelta(minutes=1)
        assert 0 == cli.run(["update", "-q"])

    def translate(
        self, language: str, texts: Mapping[str, str], name: str = "none yet", *, editor: str = "msgcat"
    ) -> None:
        """Save the catalogue with *texts*, sure of all of them, as an *editor* does that changes what it must."""
        file = self.folder / paths.catalog("knee", language)
        self.time += timedelta(minutes=1)
        catalogue = polib.pofile(str(file), wrapwidth=78, encoding="utf-8")
        for entry in catalogue:
            if entry.msgid in texts and not entry.obsolete:
                entry.msgstr = texts[entry.msgid]
                entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
                entry.previous_msgid = entry.previous_msgctxt = None
        order = re.findall(r'^"([A-Z][A-Za-z-]*): ', file.read_text("utf-8"), re.MULTILINE)
        catalogue.metadata |= {"PO-Revision-Date": f"{self.time:%Y-%m-%d %H:%M%z}", "Last-Translator": name}
        catalogue.save()
        if editor == "msgcat":
            _reorder(file, order)
            file.write_bytes(subprocess.run(["msgcat", file], capture_output=True, check=True).stdout)

    def entries(self, language: str, leaflet: str = "knee") -> dict[str, po.Entry]:
        content = (self.folder / paths.catalog(leaflet, language)).read_bytes()
        return {entry.msgid: entry for entry in po.parse(content, language)}

    def texts(self, language: str, leaflet: str = "knee") -> dict[str, str]:
        """Return the translations that may be printed, by message."""
        entries = self.entries(language, leaflet)
        return {m: e.msgstr for m, e in entries.items() if e.msgstr and not e.fuzzy and not e.obsolete}

    def header(self, language: str) -> dict[str, str]:
        return dict(po.parse((self.folder / paths.catalog("knee", language)).read_bytes(), language).metadata)

    def is_up_to_date(self) -> bool:
        return 0 == cli.run(["update", "--check", "-q"])


def _reorder(file: Path, order: list[str]) -> None:
    """Give the header of the catalogue *file* the order of its fields again, which polib changes."""
    lines = file.read_text("utf-8").split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith('"'))
    end = next(number for number in range(first, len(lines)) if not lines[number].startswith('"'))
    fields = sorted(lines[first:end], key=lambda line: order.index(line[1:].split(":")[0]))
    file.write_text("\n".join([*lines[:first], *fields, *lines[end:]]), "utf-8")


def _start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the project in *folder*, with most of its messages translated, and its first commit."""
    support.project(folder, {"source/knee.md": SOURCE, ".gitattributes": ATTRIBUTES}, SETTINGS)
    repository = Repository(folder, monkeypatch)
    repository.git("init", "-q", "-b", "main")
    repository.git("config", "merge.polyleaf.driver", DRIVER)
    repository.update()
    for language in LANGUAGES:
        repository.translate(language, TEXTS[language])
    repository.commit("a project")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start")
    with pytest.MonkeyPatch.context() as patch:
        _start(folder, patch)
    return folder


@pytest.fixture
def repository(start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    return Repository(shutil.copytree(start, tmp_path / "repository"), monkeypatch)


@pytest.fixture
def without_driver(repository: Repository) -> Repository:
    repository.git("config", "--unset", "merge.polyleaf.driver")
    return repository


pytestmark = pytest.mark.law  # each starts git and polyleaf many times
each = pytest.mark.parametrize("language", LANGUAGES)
editors = pytest.mark.parametrize("editor", ["msgcat", "polib"])


@each
@editors
def test_two_translators_of_one_file(language: str, editor: str, repository: Repository) -> None:
    first, second = {WALK: NEW[language][WALK]}, {"Wandelen": NEW[language]["Wandelen"]}
    repository.on_branch("ana", lambda: repository.translate(language, first, "Ana", editor=editor))
    repository.on_main(lambda: repository.translate(language, second, "Ben"))
    repository.git("merge", "ana")
    header = repository.header(language)

    assert {**TEXTS[language], **first, **second} == repository.texts(language)
    assert ("Ben", "2026-03-01 12:02+0000") == (header["Last-Translator"], header["PO-Revision-Date"])
    assert repository.is_up_to_date()


@each
@editors
def test_an_author_and_a_translator(language: str, editor: str, repository: Repository) -> None:
    repository.on_branch("ana", lambda: repository.translate(language, NEW[language], "Ana", editor=editor))
    repository.on_main(lambda: repository.edit("# Oefenen", "Lees dit eerst.\n\n# Oefenen"))
    repository.git("merge", "ana")

    assert {**TEXTS[language], **NEW[language]} == repository.texts(language)
    assert "Lees dit eerst." in repository.entries(language)
    assert "Ana" == repository.header(language)["Last-Translator"]
    assert repository.is_up_to_date()


@each
@pytest.mark.parametrize("below", [f"# Oefenen\n\n{BEND}", WALK, "# Wandelen", "Bel ons gerust."])
def test_an_author_and_a_translator_without_the_driver(language: str, below: str, without_driver: Repository) -> None:
    without_driver.on_branch("ana", lambda: without_driver.translate(language, NEW[language], "Ana"))
    without_driver.on_main(lambda: without_driver.edit(below, f"Lees dit eerst.\n\n{below}"))
    without_driver.git("merge", "ana")

    assert {**TEXTS[language], **NEW[language]} == without_driver.texts(language)
    assert without_driver.is_up_to_date()


@each
@pytest.mark.parametrize(("below", "driver"), [("Buig", DRIVER), ("# Wandelen", DRIVER), ("# Wandelen", "")])
def test_a_fuzzy_text_that_is_confirmed_beside_a_new_line(
    language: str, below: str, driver: str, repository: Repository
) -> None:
    repository.git("config", "merge.polyleaf.driver", driver or "git merge-file %A %O %B")
    repository.on_main(lambda: repository.edit("bij pijn", "bij veel pijn"))
    message = BEND.replace("bij pijn", "bij veel pijn")
    assert repository.entries(language)[message].fuzzy
    repository.on_branch("ana", lambda: repository.translate(language, {message: "A!"}, "Ana"))
    repository.on_main(lambda: repository.edit(below, f"Lees dit eerst.\n\n{below}"))
    repository.git("merge", "ana")

    assert "A!" == repository.texts(language)[message]
    assert repository.is_up_to_date()


def test_two_authors(repository: Repository) -> None:
    repository.on_branch("second", lambda: repository.edit("# Vragen", "Rust goed uit.\n\n# Vragen"))
    repository.on_main(lambda: repository.edit("# Oefenen", "Lees dit eerst.\n\n# Oefenen"))
    repository.git("merge", "second")
    pot = (repository.folder / "locales/knee.pot").read_text("utf-8")

    assert {"Lees dit eerst.", "Rust goed uit."} <= set(repository.entries("ar")) & set(repository.entries("pl"))
    assert TEXTS == {language: repository.texts(language) for language in LANGUAGES}
    assert "POT-Creation-Date: 2026-03-01 12:02+0000" in pot
    assert repository.is_up_to_date()


def test_two_authors_at_one_line_decide_in_the_source_alone(repository: Repository) -> None:
    repository.on_branch("second", lambda: repository.edit("# Vragen", "Rust goed uit.\n\n# Vragen"))
    repository.on_main(lambda: repository.edit("# Vragen", "Lees dit eerst.\n\n# Vragen"))
    done = repository.try_git("merge", "second")
    source = repository.folder / "source/knee.md"
    source.write_text(re.sub("(?m)^[<=>]{7}.*\n", "\n", source.read_text("utf-8")), "utf-8")

    assert 1 == done.returncode
    assert ["UU source/knee.md"] == re.findall("^U.*$", repository.git("status", "--porcelain"), re.MULTILINE)
    assert repository.is_up_to_date()


@each
def test_a_leaflet_that_is_renamed_while_it_is_translated(language: str, repository: Repository) -> None:
    def rename() -> None:
        for path in (Path("source/knee.md"), Path("locales/knee.pot"), *(paths.catalog("knee", c) for c in LANGUAGES)):
            repository.git("mv", str(path), str(path.with_stem("hip")))
        repository.update()

    repository.on_branch("ana", lambda: repository.translate(language, NEW[language], "Ana"))
    repository.on_main(rename)
    repository.git("merge", "ana")

    assert {**TEXTS[language], **NEW[language]} == repository.texts(language, "hip")
    assert b"source/knee.md" not in (repository.folder / paths.catalog("hip", language)).read_bytes()
    assert repository.is_up_to_date()


@each
def test_a_rebase(language: str, repository: Repository) -> None:
    repository.on_branch(
        "ana",
        lambda: repository.translate(language, {WALK: NEW[language][WALK]}, "Ana"),
        lambda: repository.commit("half of it"),
        lambda: repository.translate(language, NEW[language], "Ana"),
    )
    repository.on_main(lambda: repository.edit("# Oefenen", "Lees dit eerst.\n\n# Oefenen"))
    repository.on_main(lambda: repository.translate(language, {"Lees dit eerst.": "1"}, "Ben"))
    repository.git("checkout", "-q", "ana")
    repository.git("rebase", "main")

    assert {**TEXTS[language], **NEW[language], "Lees dit eerst.": "1"} == repository.texts(language)
    assert repository.is_up_to_date()


@each
def test_a_language_that_is_new_on_both_branches(language: str, repository: Repository) -> None:
    for other in LANGUAGES:
        (repository.folder / paths.catalog("knee", other)).unlink()
    repository.commit("no catalogues")
    first, second = {WALK: NEW[language][WALK]}, {BEND: TEXTS[language][BEND]}
    repository.on_branch("ana", repository.update, lambda: repository.translate(language, first, "Ana"))
    repository.on_main(repository.update, lambda: repository.translate(language, second, "Ben"))
    repository.git("merge", "ana")

    assert first | second == repository.texts(language)
    assert repository.is_up_to_date()


@each
def test_a_translation_of_a_message_that_is_gone_is_kept_as_obsolete(language: str, repository: Repository) -> None:
    repository.on_branch("ana", lambda: repository.translate(language, NEW[language], "Ana"))
    repository.on_main(lambda: repository.edit(WALK, "Rust goed uit."))
    repository.git("merge", "ana")
    entry = repository.entries(language)[WALK]

    assert (NEW[language][WALK], 1) == (entry.msgstr, entry.obsolete)
    assert repository.is_up_to_date()


@each
def test_a_better_translation_is_offered_for_the_text_that_was_changed_meanwhile(
    language: str, repository: Repository
) -> None:
    repository.on_branch("ana", lambda: repository.translate(language, {BEND: "A!"}, "Ana"))
    repository.on_main(lambda: repository.edit("bij pijn", "bij veel pijn"))
    repository.git("merge", "ana")
    entries = repository.entries(language)
    changed, old = entries[BEND.replace("bij pijn", "bij veel pijn")], entries[BEND]

    assert ("A!", True, "A!", 1) == (changed.msgstr, changed.fuzzy, old.msgstr, old.obsolete)
    assert repository.is_up_to_date()


@each
def test_one_text_that_two_translated_differently_is_a_conflict_of_its_entry_alone(
    language: str, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.on_branch("ana", lambda: repository.translate(language, {WALK: "A!", "Wandelen": "W"}, "Ana"))
    repository.on_main(lambda: repository.translate(language, {WALK: "B!", "Bel ons gerust.": "C"}, "Ben"))
    done = repository.try_git("merge", "ana")
    entry, texts = repository.entries(language)[WALK], repository.texts(language)
    path = paths.catalog("knee", language)
    sides = ("ours: Ben, 2026-03-01 12:02+0000", "theirs: Ana, 2026-03-01 12:01+0000")
    marks = [f"#-#-#-#-#  {side}  #-#-#-#-#" for side in sides]

    assert 1 == done.returncode
    assert f"CONFLICT (content): Merge conflict in {path}" in done.stdout
    assert f"conflict: {path}:{entry.linenum}: both sides changed the translation of '{WALK}'" in done.stderr
    assert ("\n".join((marks[0], "B!", marks[1], "A!")), True) == (entry.msgstr, entry.fuzzy)
    assert {**TEXTS[language], "Wandelen": "W", "Bel ons gerust.": "C"} == texts
    assert repository.is_up_to_date()

    cli.run(["check", "-q"])
    repository.translate(language, {WALK: "A!"}, "Ben")
    repository.commit("decided")

    assert "holds several translations after a merge, so none is printed" in capsys.readouterr().err
    assert "A!" == repository.texts(language)[WALK]


@pytest.mark.parametrize("mark", ["#, fuzzy\n", ""])
def test_nothing_of_a_conflict_is_printed_even_without_its_fuzzy_mark(mark: str, repository: Repository) -> None:
    repository.on_main(lambda: repository.translate("pl", NEW["pl"]))
    repository.on_branch("ana", lambda: repository.translate("pl", {"Wandelen": "Chodzenie"}, "Ana"))
    repository.on_main(lambda: repository.translate("pl", {"Wandelen": "Marsz"}, "Ben"))
    repository.try_git("merge", "ana")
    path = repository.folder / paths.catalog("knee", "pl")
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", mark), "utf-8")
    code = cli.run(["build", "-q", "-l", "pl", "-f", "html"])
    page = (repository.folder / "build/pl/knee.html").read_text("utf-8")

    assert 0 == code
    assert NEW["pl"][WALK] in page
    assert "Wandelen" in page
    assert [] == [text for text in ("Chodzenie", "Marsz", "#-#") if text in page]


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_damaged_catalogue_is_merged_by_lines_and_a_conflict(side: str, repository: Repository) -> None:
    path = paths.catalog("knee", "pl")

    def damage() -> None:
        with (repository.folder / path).open("a", encoding="utf-8") as file:
            file.write("this is no PO\n")

    def work() -> None:
        repository.translate("pl", NEW["pl"], "Ana")

    repository.on_branch("other", work if side == "ours" else damage)
    repository.on_main(damage if side == "ours" else work)
    done = repository.try_git("merge", "other")
    content = (repository.folder / path).read_text("utf-8")

    assert 1 == done.returncode
    assert 1 == done.stderr.count(f"Error: {path} ({side}):")
    assert "was merged by lines" in done.stderr
    assert f"UU {path}" in repository.git("status", "--porcelain")
    assert {"this is no PO", *(f'msgstr "{text}"' for text in NEW["pl"].values())} <= set(content.splitlines())
