"""A translation that was made elsewhere arrives in the catalogue: fuzzy, in its place, and nothing is lost."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import polib
import pypandoc
import pytest

import parallel
import support
from parallel import AR, BLOCKS, CODES, EN, NL, PL, SECTIONS, body, document
from polyleaf import cli, pandoc, sources, tree, units
from polyleaf.facts.markup import parse_markup
from polyleaf.model import Manuscript
from polyleaf.sources import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from parallel import Block

pytestmark = pytest.mark.law

ROOT = Path(__file__).parents[1]
FORMATS = ("docx", "odt", "html", "epub", "md", "rst", "tex", "org", "docbook")
LOSSY = {"rtf": 0.8, "fb2": 0.7}
"""Formats in which pandoc writes or reads no notes, or no tables, and what arrives of a leaflet all the same."""


@dataclass(frozen=True)
class Project:
    """A folder with the leaflet in Dutch, and what is said when a document is imported into it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, file: Path | str, *more: str, language: int = EN) -> tuple[int, str, str]:
        code = cli.run(["import", str(file), "-l", CODES[language], *more])
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err

    def report(self, file: Path, *more: str, language: int = EN) -> dict[str, Any]:
        _, output, error = self.run(file, "--json", *more, language=language)
        assert "" == error
        report: dict[str, Any] = json.loads(output)
        return report

    def catalogue(self, language: int = EN) -> dict[str, polib.POEntry]:
        file = polib.pofile(str(self.folder / f"locales/{CODES[language]}/LC_MESSAGES/knie.po"))
        return {entry.msgid: entry for entry in file if not entry.obsolete}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    folder = support.project(tmp_path / "project", {"source/knie.md": parallel.source()}, parallel.SETTINGS)
    monkeypatch.chdir(folder)
    return Project(folder, capsys)


def messages(blocks: Sequence[Block], language: int) -> list[str]:
    """Return the words of every text of *blocks*, in their order."""
    text = f"---\ntitle: {parallel.TITLE[language]}\n---\n\n{body(blocks, language)}"
    leaflets = sources.read_manuscripts([Manuscript(PurePosixPath("source/x.md"), text.encode())], CODES[language])
    return [words(unit.message) for unit in units.extract_units(leaflets)[0]]


def words(message: str) -> str:
    return " ".join(parse_markup(message).text.text.split())


def expected(language: int = EN) -> dict[str, str]:
    """Return the words of every Dutch message with those of its translation."""
    return dict(zip(messages(BLOCKS, NL), messages(BLOCKS, language), strict=True))


def judged(project: Project, language: int = EN) -> tuple[int, list[tuple[str, str]]]:
    """Return how many translations are right, and the wrong ones."""
    wanted = expected(language)
    translations = {words(message): words(entry.msgstr) for message, entry in project.catalogue(language).items()}
    right = sum(translations[message] == text for message, text in wanted.items())
    return right, [(message, text) for message, text in translations.items() if text not in {"", wanted[message]}]


@pytest.mark.parametrize("kind", FORMATS)
def test_nearly_all_of_a_translation_arrives_in_its_place(kind: str, project: Project) -> None:
    project.run(document(project.folder, f"knee.{kind}", body(BLOCKS, EN)))
    right, wrong = judged(project)

    assert [] == wrong
    assert right >= 0.95 * len(expected())


@pytest.mark.parametrize("kind", LOSSY)
def test_a_format_that_loses_texts_loses_no_others(kind: str, project: Project) -> None:
    project.run(document(project.folder, f"knee.{kind}", body(BLOCKS, EN)))
    right, wrong = judged(project)

    assert [] == wrong
    assert right >= LOSSY[kind] * len(expected())


@pytest.mark.parametrize("kind", ["docx", "odt", "html"])
@pytest.mark.parametrize("language", [EN, PL, AR])
def test_nearly_all_arrives_in_every_script(kind: str, language: int, project: Project) -> None:
    project.run(document(project.folder, f"knee.{kind}", body(BLOCKS, language), language), language=language)
    right, wrong = judged(project, language)

    assert [] == wrong
    assert right >= 0.95 * len(expected(language))


def without(blocks: Sequence[Block]) -> Sequence[Block]:
    return [block for block in blocks if "nurse" not in block[EN]]


def added(blocks: Sequence[Block]) -> Sequence[Block]:
    more = "In our hospital you may wear your own clothes, and there is wireless internet in every room."
    return [*blocks[:3], ("", more, "", ""), *blocks[3:]]


def swapped(_blocks: Sequence[Block]) -> Sequence[Block]:
    return [block for at in (0, 2, 1, 3) for block in SECTIONS[at]]


def split(blocks: Sequence[Block]) -> Sequence[Block]:
    return [(*block[:1], block[EN].replace("months. This", "months.\n\nThis"), *block[2:]) for block in blocks]


def merged(blocks: Sequence[Block]) -> Sequence[Block]:
    return [
        (*block[:1], f"{blocks[at - 1][EN]} {block[EN]}", *block[2:]) if "until 2 hours" in block[EN] else block
        for at, block in enumerate(blocks)
        if "at 7.30 am" not in block[EN]
    ]


@pytest.mark.parametrize("change", [without, added, swapped, split, merged])
def test_a_translation_with_another_structure_arrives_all_the_same(
    change: Callable[[Sequence[Block]], Sequence[Block]], project: Project
) -> None:
    changed = change(BLOCKS)
    project.run(document(project.folder, "knee.docx", body(changed, EN)))
    right, wrong = judged(project)

    assert [] == wrong
    assert right >= 0.95 * len(expected()) - (change is without)


def test_a_paragraph_that_is_gone_is_listed_with_its_line(project: Project) -> None:
    report = project.report(document(project.folder, "knee.docx", body(without(BLOCKS), EN)))

    line = parallel.source().split("\n").index("Een verpleegkundige helpt u bij de eerste stappen.") + 1
    missing = {
        "location": {"path": "source/knie.md", "line": line},
        "message": "Een verpleegkundige helpt u bij de eerste stappen.",
    }
    assert [missing | {"perhaps": None}] == report["unmatched"]


def test_a_paragraph_that_was_added_is_listed_with_its_number_and_heading(project: Project) -> None:
    report = project.report(document(project.folder, "knee.docx", body(added(BLOCKS), EN)))

    (leftover,) = report["leftovers"]
    assert leftover["text"].startswith("In our hospital you may wear your own clothes")
    assert ("The operation", 5) == (leftover["heading"], leftover["number"])


def test_two_paragraphs_that_became_one_are_cut_where_a_sentence_ends(project: Project) -> None:
    project.run(document(project.folder, "knee.docx", body(merged(BLOCKS), EN)))
    catalogue = project.catalogue()

    assert "Your operation is at 7.30 am. It takes about 90 minutes." == catalogue[BLOCKS[1][NL]].msgstr
    assert catalogue[BLOCKS[2][NL]].msgstr.startswith("Do not eat anything")


def test_a_paragraph_that_became_two_is_joined_with_a_space(project: Project) -> None:
    project.run(document(project.folder, "knee.docx", body(split(BLOCKS), EN)))

    text = "Your knee may stay swollen and warm for 6 months. This is nothing to worry about."
    assert text == project.catalogue()["Uw knie kan nog 6 maanden dik en warm zijn. Dat is niet erg."].msgstr


def test_everything_that_arrives_is_fuzzy_and_says_where_it_is_from(project: Project) -> None:
    project.run(document(project.folder, "my knee.docx", body(BLOCKS, EN)))
    filled = [entry for entry in project.catalogue().values() if entry.msgstr]

    assert filled
    assert [] == [entry.msgid for entry in filled if not entry.fuzzy]
    assert {"polyleaf: imported from my knee.docx"} == {entry.tcomment for entry in filled}


def test_no_edition_is_made_of_what_arrived(project: Project) -> None:
    project.run(document(project.folder, "knee.docx", body(BLOCKS, EN)))

    assert 1 == cli.run(["build", "-l", "en", "-f", "html", "-q"])
    assert not (project.folder / "build").exists()


def test_an_update_keeps_what_arrived_and_where_it_is_from(project: Project) -> None:
    project.run(document(project.folder, "knee.docx", body(BLOCKS, EN)))
    before = (project.folder / "locales/en/LC_MESSAGES/knie.po").read_bytes()
    cli.run(["update", "-q"])

    assert before == (project.folder / "locales/en/LC_MESSAGES/knie.po").read_bytes()


def test_an_import_twice_changes_nothing(project: Project) -> None:
    file = document(project.folder, "knee.docx", body(BLOCKS, EN))
    project.run(file)
    before = (project.folder / "locales/en/LC_MESSAGES/knie.po").read_bytes()
    _, output, _ = project.run(file)

    assert before == (project.folder / "locales/en/LC_MESSAGES/knie.po").read_bytes()
    assert "nothing to change\n0 texts aligned, " in output


@pytest.mark.parametrize("fuzzy", [False, True])
def test_a_translation_that_is_there_is_kept(fuzzy: bool, project: Project) -> None:  # noqa: FBT001
    cli.run(["update", "-q", "-l", "en"])
    path = project.folder / "locales/en/LC_MESSAGES/knie.po"
    file = polib.pofile(str(path))
    entry = next(entry for entry in file if entry.msgid == "Medicijnen")
    entry.msgstr, entry.flags, entry.tcomment = "Drugs", ["fuzzy"] if fuzzy else [], "mine"
    file.save(str(path))

    report = project.report(document(project.folder, "knee.docx", body(BLOCKS, EN)))

    kept = project.catalogue()["Medicijnen"]
    assert ("Drugs", fuzzy, "mine", 1) == (kept.msgstr, kept.fuzzy, kept.tcomment, report["kept"])


def test_the_catalogue_has_the_bytes_of_msgcat_and_everybody_takes_it(project: Project) -> None:
    project.run(document(project.folder, "knee.docx", body(BLOCKS, EN)))
    path = project.folder / "locales/en/LC_MESSAGES/knie.po"
    judge = subprocess.run(["msgcat", str(path)], capture_output=True, check=True)
    subprocess.run(["msgfmt", "-c", "-o", "all.mo", str(path)], cwd=project.folder, check=True, capture_output=True)
    words = [sys.executable, "-m", "babel.messages.frontend", "compile", "-f", "-D", "knie", "-d", "locales"]
    babel = subprocess.run(words, cwd=project.folder, capture_output=True, check=False)

    assert path.read_bytes() == judge.stdout
    assert (0, 0) == (babel.returncode, babel.stderr.count(b"error"))


def test_marks_have_the_names_of_the_source(project: Project) -> None:
    project.run(document(project.folder, "knee.docx", body(BLOCKS, EN)))
    catalogue = project.catalogue()
    link = next(entry for message, entry in catalogue.items() if message.startswith("Meer informatie"))

    assert "Never take more than prescribed.{fn1}" == catalogue["Neem nooit meer dan voorgeschreven.{fn1}"].msgstr
    assert "[our website][a] and in [the chapter about medicines][b]." in link.msgstr


def test_links_find_their_marks_when_the_sentence_turns(project: Project) -> None:
    turned = [(*block[:1], TURNED if "our website" in block[EN] else block[EN], *block[2:]) for block in BLOCKS]
    project.run(document(project.folder, "knee.docx", body(turned, EN)))
    link = next(entry for message, entry in project.catalogue().items() if message.startswith("Meer informatie"))

    assert link.msgstr.startswith("In [the chapter about medicines][b] and on [our website][a]")


TURNED = (
    "In [the chapter about medicines](#medicijnen) and on [our website](https://knie.example.org/) you can find more "
    "information."
)


def test_what_the_source_has_no_mark_for_is_dropped_to_its_text(project: Project) -> None:
    extra = "Bring [this leaflet](https://other.example.org/)^[Or a copy.] when you *come* to the hospital."
    changed = [(*block[:1], extra if "this leaflet" in block[EN] else block[EN], *block[2:]) for block in BLOCKS]
    project.run(document(project.folder, "knee.docx", body(changed, EN)))

    entry = project.catalogue()["Neem deze folder mee als u naar het ziekenhuis komt."]
    assert "Bring this leaflet when you come to the hospital." == entry.msgstr


def test_a_mark_that_the_translation_lacks_is_named_when_it_is_no_longer_fuzzy(project: Project) -> None:
    changed = [(*block[:1], re.sub(r"\[\^a\].*", "", block[EN], flags=re.DOTALL), *block[2:]) for block in BLOCKS]
    project.run(document(project.folder, "knee.docx", body(changed, EN)))
    path = project.folder / "locales/en/LC_MESSAGES/knie.po"
    entry = project.catalogue()["Neem nooit meer dan voorgeschreven.{fn1}"]
    subprocess.run(["msgfmt", "-c", "-o", "all.mo", str(path)], cwd=project.folder, check=True, capture_output=True)
    path.write_text(path.read_text("utf-8").replace("#, fuzzy, python", "#, python").replace("#, fuzzy\n", ""), "utf-8")
    cli.run(["check", "-l", "en", "-q"])

    assert "Never take more than prescribed." == entry.msgstr
    assert "the mark {fn1} is lost" in project.capsys.readouterr().err


def test_numbers_are_anchors(project: Project) -> None:
    rows = [(f"Neem {at} druppels op dag {at + 30}.", f"Take {at} drops on day {at + 30}.") for at in range(2, 12)]
    kept = [row for at, row in enumerate(rows) if at not in {2, 3, 7}]
    support.project(project.folder, {"source/knie.md": "---\ntitle: Knie\n---\n\n" + body(rows, NL)}, parallel.SETTINGS)
    project.run(document(project.folder, "knee.docx", body(kept, EN)))
    translations = {message: entry.msgstr for message, entry in project.catalogue().items() if entry.msgstr}

    assert dict(kept) == {message: text for message, text in translations.items() if "druppels" in message}


def test_a_glossary_that_was_sorted_anew_is_not_paired_in_its_order(project: Project) -> None:
    terms = [
        ("gewricht", "joint", "Twee botten die kunnen bewegen.", "Two bones that can move."),
        ("melatonine", "melatonin", "Een stof die bij de slaap hoort.", "A substance that goes with sleep."),
        ("narcose", "anaesthesia", "Een diepe slaap van 1 tot 3 uur.", "A deep sleep of 1 to 3 hours."),
        ("trombose", "thrombosis", "Een bloedprop van 2 cm of meer.", "A blood clot of 2 cm or more."),
    ]
    dutch = "\n\n".join(f"{row[0]}\n:   {row[2]}" for row in terms)
    english = "\n\n".join(f"{row[1]}\n:   {row[3]}" for row in sorted(terms, key=lambda row: row[1]))
    support.project(project.folder, {"source/knie.md": f"---\ntitle: Knie\n---\n\n{dutch}\n"}, parallel.SETTINGS)
    project.run(document(project.folder, "knee.docx", english))
    wanted = {row[0]: row[1] for row in terms} | {row[2]: row[3] for row in terms}
    translations = {message: entry.msgstr for message, entry in project.catalogue().items() if entry.msgstr}

    assert {} == {message: text for message, text in translations.items() if wanted.get(message, text) != text}
    assert {"melatonine", "narcose", "trombose"} <= set(translations)


def test_a_dry_run_says_the_same_and_writes_nothing(project: Project) -> None:
    file = document(project.folder, "knee.docx", body(without(BLOCKS), EN))
    code, output, _ = project.run(file, "--dry-run")

    assert 0 == code
    assert "nothing was written\n" in output
    assert re.search(r"\d+ texts aligned, 0 kept, 1 without a counterpart", output)
    assert not (project.folder / "locales").exists()


def test_an_import_says_what_it_did(project: Project) -> None:
    code, output, _ = project.run(document(project.folder, "knee.docx", body(BLOCKS, EN)))

    assert 0 == code
    assert "wrote locales/knie.pot\nwrote locales/en/LC_MESSAGES/knie.po\n" in output


def test_a_quiet_import_says_nothing(project: Project) -> None:
    assert (0, "", "") == project.run(document(project.folder, "knee.docx", body(BLOCKS, EN)), "-q")


def test_other_numbers_of_things_are_told(project: Project) -> None:
    fewer = [block for block in BLOCKS if not block[EN].startswith(("-", "|"))]
    report = project.report(document(project.folder, "knee.docx", body(fewer, EN)))

    differences = {row["kind"]: (row["source"], row["document"]) for row in report["differences"]}
    assert {"list items": (3, 0), "tables": (1, 0)} == differences


def test_what_cannot_be_aligned_at_all_leaves_everything_as_it_is(project: Project) -> None:
    code, output, _ = project.run(document(project.folder, "x.md", "$$\n"))

    assert 1 == code
    assert "0 texts aligned, 0 kept, " in output


@pytest.mark.parametrize("name", ["knie.docx", "Knie_EN_final.docx"])
def test_the_leaflet_is_the_one_that_the_file_is_named_after(name: str, project: Project) -> None:
    support.project(project.folder, {"source/heup.md": "---\ntitle: Heup\n---\n"}, parallel.SETTINGS)

    assert "knie" == project.report(document(project.folder, name, body(BLOCKS, EN)))["leaflet"]


def test_a_leaflet_can_be_named(project: Project) -> None:
    support.project(project.folder, {"source/heup.md": "---\ntitle: Heup\n---\n"}, parallel.SETTINGS)

    assert "knie" == project.report(document(project.folder, "a.docx", body(BLOCKS, EN)), "knie")["leaflet"]


def test_a_file_may_be_anywhere_and_in_utf_16(project: Project, tmp_path: Path) -> None:
    file = document(tmp_path, "knee.md", body(BLOCKS, EN))
    file.write_text(file.read_text("utf-8"), "utf-16")
    project.run(file)

    assert (len(expected()), []) == judged(project)


def test_bullets_numbers_and_boxes_made_by_hand_are_what_they_look_like(project: Project) -> None:
    typed = {
        "- Bend ": "• Bend your knee 3 times a day.\n\n• Walk a little every hour.\n\n• Put your leg up when you sit.",
        "A nurse": f"+{48 * '-'}+\n| {'A nurse helps you with your first steps.':47}|\n+{48 * '-'}+",
    }
    changed = [(*block[:1], typed.get(block[EN][:7], block[EN]), *block[2:]) for block in BLOCKS]
    report = project.report(document(project.folder, "knee.docx", body(changed, EN)))

    assert [] == report["differences"]
    assert (len(expected()), []) == judged(project)


MATTER = {
    "title": ("Uw knie", "Your knee"),
    "subtitle": ("Voor thuis", "For at home"),
    "description": ("Lees hoe u oefent.", "Read how to exercise."),
    "keywords": ("[knie, oefenen]", "[knee, exercise]"),
}


@pytest.mark.parametrize("kind", ["md", "html", "docx"])
def test_the_texts_about_a_document_arrive_too(kind: str, project: Project) -> None:
    matters = ["\n".join(f"{key}: {texts[at]}" for key, texts in MATTER.items()) for at in (0, 1)]
    dutch, english = (f"---\n{matter}\n---\n\n" for matter in matters)
    support.project(project.folder, {"source/knie.md": dutch + body(BLOCKS, NL)}, parallel.SETTINGS)
    file = project.folder / f"knee.{kind}"
    markdown = {"md": "markdown-smart"}.get(kind, kind)
    pypandoc.convert_text(
        english + body(BLOCKS, EN), markdown, "markdown", outputfile=str(file), extra_args=["-s", "--quiet"]
    )
    project.run(file)
    catalogue = project.catalogue()

    assert "Your knee" == catalogue["Uw knie"].msgstr
    assert catalogue["Voor thuis"].msgstr in {"For at home", ""}
    assert "docx" == kind or "Read how to exercise." == catalogue["Lees hoe u oefent."].msgstr
    assert "docx" == kind or ("knee", "exercise") == (catalogue["knie"].msgstr, catalogue["oefenen"].msgstr)


def test_items_that_somebody_numbered_by_hand_are_items(project: Project) -> None:
    rows = [("Sta op.", "Stand up."), ("Loop tien stappen.", "Walk ten steps."), ("Ga zitten.", "Sit down.")]
    dutch = "# Zo doet u het {#zo}\n\n" + "\n".join(f"{at}. {row[0]}" for at, row in enumerate(rows, 1))
    english = "# How to do it\n\n" + "\n\n".join(f"{at}\\. {row[1]}" for at, row in enumerate(rows, 1))
    support.project(project.folder, {"source/knie.md": f"---\ntitle: Uw nieuwe knie\n---\n\n{dutch}\n"})
    project.run(document(project.folder, "knee.docx", english))
    catalogue = project.catalogue()

    assert [row[1] for row in rows] == [catalogue[row[0]].msgstr for row in rows]


def edited(file: Path, changes: Mapping[str, tuple[str, str]], added: Mapping[str, str] | None = None) -> Path:
    """Return the packed *file* after *changes* of its parts, old text to new, with other parts *added*."""
    with zipfile.ZipFile(file) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    for name, (old, new) in changes.items():
        assert old in parts[name].decode()
        parts[name] = parts[name].decode().replace(old, new, 1).encode()
    file.write_bytes(packed(parts | {name: text.encode() for name, text in (added or {}).items()}))
    return file


def test_tracked_changes_and_comments_of_a_word_processor_are_left_out_and_said(project: Project) -> None:
    file = document(project.folder, "knee.docx", body(BLOCKS, EN))
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    deleted = '<w:del w:id="7" w:author="A"><w:r><w:delText>Never </w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="8" w:author="A">{run.format("A nurse")}</w:ins>'
    comments = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:comments>'
    comment = '<w:comment w:id="0" w:author="A"><w:p><w:r><w:t>Is this so?</w:t></w:r></w:p></w:comment>'
    sentence = run.format("A nurse helps you with your first steps.")
    changed = f"{deleted}{inserted}{run.format(' helps you with your first steps.')}"
    edited(file, {"word/document.xml": (sentence, changed)}, {"word/comments.xml": comments.format(comment)})
    _, output, _ = project.run(file)

    assert "knee.docx: it has 2 tracked changes, taken as accepted\n" in output
    assert "knee.docx: it has 1 comment, left out\n" in output
    assert (len(expected()), []) == judged(project)


def test_of_a_document_without_changes_and_comments_nothing_is_said(project: Project) -> None:
    assert [] == project.report(document(project.folder, "knee.docx", body(BLOCKS, EN)))["warnings"]


GOOGLE_PAGE = (
    '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>',
    '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is this so?</span></p></div>',
)


@pytest.mark.parametrize(
    ("kind", "mark", "listed"),
    [("html", *GOOGLE_PAGE), ("md", "[a]", "\n[a]Is this so?\n"), ("txt", "[a]", "\n[a]Is this so?\n")],
)
def test_comment_marks_of_google_docs_are_left_out_and_said(
    kind: str, mark: str, listed: str, project: Project
) -> None:
    file = document(project.folder, "knee.md", body(BLOCKS, EN))
    text = (
        pypandoc.convert_text(file.read_text("utf-8"), "html", "markdown")
        if kind == "html"
        else file.read_text("utf-8")
    )
    changed = re.sub(r"(with\s+your\s+first\s+steps\.)", lambda match: match[1] + mark, text)
    assert changed != text
    path = project.folder / f"knee.{kind}"
    path.write_text(changed + listed, "utf-8")
    report = project.report(path)

    assert "it has 1 comment, left out" in report["warnings"]
    assert [] == [text for text in report["leftovers"] if "Is this so" in text["text"]]
    assert (
        "A nurse helps you with your first steps."
        == project.catalogue()["Een verpleegkundige helpt u bij de eerste stappen."].msgstr
    )


@pytest.mark.parametrize("listed", ["", "\n[b]Is this so?\n", "\nIs this so?\n"])
def test_a_letter_in_brackets_that_no_list_explains_is_text(listed: str) -> None:
    content = f"Bend your knee.[a]\n\nThen stop.\n{listed}"
    imported = documents.read_document(Manuscript(PurePosixPath("knee.txt"), content.encode()), "en")

    assert () == imported.warnings
    assert "Bend your knee.[a]" == tree.plain(imported.document.blocks[0]["c"])


@pytest.mark.parametrize(
    ("named", "fact"), [(PL, "it reads as English, not as Polish"), (AR, "it reads as English, not as Arabic")]
)
def test_a_document_in_another_language_than_was_said_is_refused(named: int, fact: str, project: Project) -> None:
    code, _, error = project.run(document(project.folder, "knee.docx", body(BLOCKS, EN)), language=named)

    assert 4 == code
    assert fact in error
    assert "polyleaf import knee.docx -l en" in error
    assert not (project.folder / "locales").exists()


@pytest.mark.parametrize("language", [EN, PL, AR])
def test_a_document_in_its_own_language_is_not(language: int, project: Project) -> None:
    assert (
        0 == project.run(document(project.folder, "knee.docx", body(BLOCKS, language), language), language=language)[0]
    )


def test_texts_that_are_only_perhaps_a_translation_are_taken_when_that_is_asked_for(project: Project) -> None:
    rows = [block for block in BLOCKS if not block[EN].startswith(("-", "|"))]
    odd = [(*block[:1], "Perhaps." if "swollen" in block[EN] else block[EN], *block[2:]) for block in rows]
    file = document(project.folder, "knee.docx", body(odd, EN))
    doubtful = [text for text in project.report(file, "--dry-run")["unmatched"] if text["perhaps"]]
    taken = project.report(file, "--accept-perhaps")

    assert doubtful
    assert [] == [text for text in taken["unmatched"] if text["perhaps"]]
    assert all(project.catalogue()[text["message"]].fuzzy for text in doubtful)


@pytest.mark.parametrize("keys", [("title", "subtitle"), ("subtitle", "title")])
@pytest.mark.parametrize("other", [("title", "subtitle"), ("subtitle", "title")])
def test_title_and_subtitle_arrive_in_any_order(
    keys: tuple[str, str], other: tuple[str, str], project: Project
) -> None:
    matters = ["\n".join(f"{key}: {MATTER[key][at]}" for key in order) for at, order in enumerate((keys, other))]
    dutch, english = (f"---\n{matter}\n---\n\n" for matter in matters)
    support.project(project.folder, {"source/knie.md": dutch + body(BLOCKS, NL)}, parallel.SETTINGS)
    (project.folder / "knee.md").write_text(english + body(BLOCKS, EN), "utf-8")
    project.run("knee.md")
    catalogue = project.catalogue()

    assert ("Your knee", "For at home") == (catalogue["Uw knie"].msgstr, catalogue["Voor thuis"].msgstr)


def test_what_pandoc_says_of_a_document_is_told(project: Project) -> None:
    file = document(project.folder, "knee.md", body(BLOCKS, EN))
    file.write_text(file.read_text("utf-8") + "\n[^never]: Nobody refers to this.\n", "utf-8")
    _, output, _ = project.run(file)

    assert re.search(r"^knee\.md: pandoc says: Note with key 'never'", output, re.MULTILINE)


def test_a_document_as_large_as_a_library_is_not_even_read(project: Project) -> None:
    with (project.folder / "knee.docx").open("wb") as file:
        file.truncate(documents.LARGEST + 1)
    code, _, error = project.run("knee.docx")

    assert 2 == code
    assert "'knee.docx' is larger than 200 MB" in error


def test_pages_say_in_which_letters_they_are(project: Project) -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><h1>Café</h1><p>Bend 3 times.</p></body></html>'
    (project.folder / "x.html").write_bytes(page.encode("windows-1252"))

    assert "Café" in json.dumps(project.report(project.folder / "x.html"), ensure_ascii=False)


def test_pages_are_read_with_the_letters_that_browsers_read_them_with(project: Project) -> None:
    page = (
        b'<html><head><meta charset="iso-8859-1"></head><body><h1>\x93Knee\x94</h1><p>Bend 3 times.</p></body></html>'
    )
    (project.folder / "x.html").write_bytes(page)

    assert "“Knee”" in json.dumps(project.report(project.folder / "x.html"), ensure_ascii=False)


def packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in files.items():
            container.writestr(name, content)
    return stream.getvalue()


LOCKED_ODT = {"META-INF/manifest.xml": b"<manifest:encryption-data/>", "content.xml": b"\x93\x01"}
LOCKED_EPUB = {"META-INF/encryption.xml": b"<EncryptedData/>", "META-INF/container.xml": b"<a/>"}
BAD = {
    "a.pdf": (b"%PDF-1.7 ...", "cannot be read", "PDF holds letters on pages"),
    "a.docx": (b"%PDF-1.7 ...", "cannot be read", "PDF holds letters on pages"),
    "b.doc": (b"...", "cannot be read", "save it as .docx"),
    "c.xyz": (b"...", "cannot be read", "Save it as one of: .adoc"),
    "d.po": (b'msgid ""', "cannot be read", "It is a catalogue already"),
    "e.docx": (b"", "the file is empty", "copied whole"),
    "f.docx": (b"plain text", "cannot be unpacked", "no .docx file"),
    "g.docx": (packed({"a.txt": b"a"}), "pandoc cannot read it", "save it anew"),
    "h.docx": (documents.COMPOUND + b"...", "locked with a password", "without a password"),
    "i.odt": (packed(LOCKED_ODT), "locked with a password", "without a password"),
    "j.epub": (packed(LOCKED_EPUB), "locked with a password", "without a password"),
    "k.docx": (packed({"word/document.xml": b" " * 60_000_000}), "more than 50 MB", "Import the leaflet alone"),
    "l.md": (b"caf\xe9", "this is not UTF-8", "Save it as UTF-8"),
    "m.html": (packed({"a": b"a"}), "no .html but a packed file", "its own suffix"),
    "n.md": (b"> " * 2000 + b"x", "too deep inside one another", "Take some of them apart"),
    "o.md": (b"[" * 40 + b"x", "square brackets", "Close them"),
    "p.txt": (b"a\0b", "this is not a text", "otherwise"),
    "q.html": (b"<html><body><img src='a.png'></body></html>", "there is no text in it", "retype them"),
    "r.html": (b"<meta charset=nonsense>text", "this is not NONSENSE", "Save it as UTF-8"),
    "r7.html": (b"<meta charset=utf-7><p>Bend +2AA- it.", "this is not UTF-7", "Save it as UTF-8"),
    "ru.html": (b"<meta charset='undefined'><p>Bend it.", "this is not UNDEFINED", "Save it as UTF-8"),
    "re.html": (b"<meta charset=unicode_escape><p>\\ud800", "this is not UNICODE_ESCAPE", "Save it as UTF-8"),
    "s.md": (b"a\n\n" * 20_001, "more than 50 MB of text, or than 20000 paragraphs", "Import the leaflet alone"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_document_that_cannot_be_used_is_one_error(name: str, project: Project) -> None:
    content, fact, way_out = BAD[name]
    (project.folder / name).write_bytes(content)
    code, output, error = project.run(name)

    assert (4, "") == (code, output)
    assert error.startswith(f"Error: {name}:")
    assert fact in error
    assert way_out in error
    assert not (project.folder / "locales").exists()


def test_a_document_that_was_not_copied_whole_is_one_error(project: Project) -> None:
    file = document(project.folder, "knee.docx", body(BLOCKS, EN))
    file.write_bytes(file.read_bytes()[:-500])

    assert 4 == project.run(file)[0]


def test_a_file_that_is_not_there_is_one_error(project: Project) -> None:
    code, _, error = project.run("nowhere.docx")

    assert 2 == code
    assert "'nowhere.docx' cannot be read: No such file" in error


def test_a_folder_is_no_document(project: Project) -> None:
    (project.folder / "x.docx").mkdir()

    assert 2 == project.run("x.docx")[0]


@pytest.mark.parametrize(
    ("language", "fact"), [("nl", "'nl' is the language of the sources"), ("fr", "there is no language 'fr'")]
)
def test_a_language_must_be_one_that_is_translated_into(language: str, fact: str, project: Project) -> None:
    file = document(project.folder, "knee.docx", body(BLOCKS, EN))

    assert 2 == cli.run(["import", str(file), "-l", language])
    assert fact in project.capsys.readouterr().err


def test_a_file_that_names_no_leaflet_needs_one(project: Project) -> None:
    support.project(project.folder, {"source/heup.md": "---\ntitle: Heup\n---\n"}, parallel.SETTINGS)
    code, _, error = project.run(document(project.folder, "a.docx", body(BLOCKS, EN)))

    assert 2 == code
    assert "the name of a.docx does not say which leaflet" in error
    assert "Choose from: heup, knie." in error


def test_the_source_itself_is_not_a_translation(project: Project) -> None:
    code, _, error = project.run(document(project.folder, "knee.docx", body(BLOCKS, NL), NL))

    assert 4 == code
    assert "word for word: it is not translated" in error


def test_a_page_that_gives_its_title_alone_is_believed() -> None:
    head = '<title>Draft: Your knee</title><meta name="dcterms.title" content="Your knee">'
    page = f"<html><head>{head}</head><body><p>Bend.</p></body></html>"
    imported = documents.read_document(Manuscript(PurePosixPath("knee.html"), page.encode()), "en").document

    assert "Your knee" == tree.plain(imported.front.texts["title"])


def test_most_of_our_own_leaflet_arrives_exactly_as_it_was(
    leaflet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ROOT / "locales/en/LC_MESSAGES/magnesium-en-slaap.po"
    known = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(str(before)) if entry.msgstr}
    files = {str(file.relative_to(ROOT)): file.read_bytes() for file in (ROOT / "source").rglob("*") if file.is_file()}
    files["pyproject.toml"] = (ROOT / "pyproject.toml").read_bytes()
    files["locales/en/terms.tsv"] = (ROOT / "locales/en/terms.tsv").read_bytes()
    monkeypatch.chdir(support.project(tmp_path, files))
    assert 0 == cli.run(["import", str(leaflet / "en/magnesium-en-slaap.html"), "-l", "en", "-q", "magnesium-en-slaap"])
    entries = polib.pofile(str(tmp_path / "locales/en/LC_MESSAGES/magnesium-en-slaap.po"))
    given = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in entries if entry.msgstr}

    assert {} == {key: text for key, text in given.items() if known.get(key) != text}
    assert len(given) >= 0.9 * len(known)


def test_a_document_in_our_own_words_is_read_in_the_sandbox() -> None:
    meta, blocks, warnings = pandoc.read_file(b"---\ntitle: A\n---\n\nb\n", documents.MARKDOWN)

    assert ("A", "b", []) == (tree.plain(meta["title"]["c"]), tree.plain(blocks[0]["c"]), warnings)
