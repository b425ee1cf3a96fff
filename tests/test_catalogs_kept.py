"""What other tools and other projects wrote into a catalogue is kept, whatever polyleaf does with the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import catalogs
from polyleaf.catalogs import edits, po
from polyleaf.model import Acknowledgement, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "locales/pl/LC_MESSAGES/knee.po"
STRANGE = """# Ours.
# Second line.
msgid ""
msgstr ""
"Project-Id-Version: knee\\n"
"Language: pl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Poedit-Bookmarks: 3,-1\\n"
"X-Weblate: a: b\\n"

# Mine.
#. paragraph · Use
#: source/knee.md
#, c-format, read-only, max-length:100
msgid "Bend the knee slowly."
msgstr "Zginaj kolano powoli."

#. from elsewhere
#: app.c:12 app.c:13
#, fuzzy, no-wrap
#| msgid "a knee"
#| msgid_plural "knees"
msgctxt "menu"
msgid "one knee"
msgid_plural "%d knees"
msgstr[0] "kolano"
msgstr[1] "kolana"
msgstr[2] "kolan"

# Gone.
#, fuzzy, x-own
#~ msgid "one leg"
#~ msgid_plural "%d legs"
#~ msgstr[0] "noga"
#~ msgstr[1] "nogi"
#~ msgstr[2] "nóg"

#, c-format
#~ msgctxt "menu"
#~ msgid "Stop at %d."
#~ msgstr "Stop."
"""
KNEE, LEG, STOP = ("menu", "one knee"), ("", "one leg"), ("menu", "Stop at %d.")
BEND = ("", "Bend the knee slowly.")
OK = Acknowledgement("copied", "0" * 16, "2026-03-01", "A. Jansen", "C:\\")


def update(content: bytes, message: str = "Bend the knee slowly.") -> bytes:
    unit = Unit(0, message, "", "paragraph", "Use", "source/knee.md:3")
    return catalogs.update(catalogs.make_template("knee", [unit], "en", support.NOW), content, "pl", PATH)


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "update": update,
    "update to another text": lambda content: update(content, "Quite another text."),
    "acknowledge": lambda content: edits.acknowledge(content, BEND, OK, PATH),
    "import": lambda content: edits.suggest(content, {BEND: "Inaczej."}, "pl.docx", PATH),
    "reword": lambda content: edits.reword(content, {("", "Bend your knee slowly."): BEND}, "2026-03-01 A", PATH),
    "reword nothing": lambda content: edits.reword(content, {}, "2026-03-01 A", PATH),
}


def entries(content: bytes) -> dict[tuple[str, str], po.Entry]:
    return {po.key(entry): entry for entry in po.parse(content, PATH)}


@pytest.mark.parametrize("change", CHANGES)
def test_plural_forms_of_others_keep_their_translations_and_flags(change: str) -> None:
    kept = entries(CHANGES[change](STRANGE.encode()))

    assert ("kolano", "kolana", "kolan") == po.forms(kept[KNEE])
    assert ("%d knees", ["fuzzy", "no-wrap"]) == (kept[KNEE].msgid_plural, kept[KNEE].flags)
    assert ("noga", "nogi", "nóg") == po.forms(kept[LEG])
    assert ("%d legs", ["fuzzy", "x-own"], "Gone.") == (kept[LEG].msgid_plural, kept[LEG].flags, kept[LEG].tcomment)
    assert (["c-format"], "Stop.") == (kept[STOP].flags, kept[STOP].msgstr)


@pytest.mark.parametrize("change", CHANGES)
def test_the_flags_and_the_comment_of_a_text_of_ours_are_kept(change: str) -> None:
    kept = entries(CHANGES[change](STRANGE.encode()))
    entry = next(entry for entry in kept.values() if entry.msgstr == "Zginaj kolano powoli.")

    assert ["c-format", "read-only", "max-length:100"] == entry.flags
    assert "Mine." in entry.tcomment


@pytest.mark.parametrize("change", CHANGES)
def test_the_header_keeps_what_others_wrote(change: str) -> None:
    file = po.parse(CHANGES[change](STRANGE.encode()), PATH)

    assert "Ours.\nSecond line." == file.header
    assert ("3,-1", "a: b") == (file.metadata["X-Poedit-Bookmarks"], file.metadata["X-Weblate"])


@pytest.mark.parametrize("change", ["acknowledge", "import", "reword", "reword nothing"])
def test_an_edit_keeps_all_of_the_entries_of_others(change: str) -> None:
    before, after = (content.decode() for content in (STRANGE.encode(), CHANGES[change](STRANGE.encode())))
    start = before.index("#. from elsewhere")

    for block in before[start:].strip().split("\n\n"):
        assert block in after


def test_an_update_of_what_is_up_to_date_changes_nothing_of_it() -> None:
    content = update(STRANGE.encode())

    assert content == update(content)
    assert b"2026-03-01" in content
    assert b"#, c-format, read-only, max-length:100\n" in content


def test_foreign_flags_do_not_move_the_date_of_the_template() -> None:
    content = update(STRANGE.encode())
    unit = Unit(0, "Bend the knee slowly.", "", "paragraph", "Use", "source/knee.md:3")
    later = catalogs.make_template("knee", [unit], "en", support.LATER)

    assert content == catalogs.update(later, content, "pl", PATH)


def test_a_plural_entry_of_a_text_of_ours_offers_its_first_form() -> None:
    entry = entries(update(STRANGE.encode(), "one leg"))[LEG]

    assert ("noga", True, "") == (entry.msgstr, entry.fuzzy, entry.msgid_plural)
    assert "Gone.\npolyleaf: was a plural form: nogi\npolyleaf: was a plural form: nóg" == entry.tcomment


def test_a_flag_of_placeholders_that_is_no_longer_right_goes() -> None:
    content = STRANGE.replace("c-format, read-only", "python-brace-format, read-only")

    assert ["read-only", "max-length:100"] == entries(update(content.encode()))[BEND].flags
