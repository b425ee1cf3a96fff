"""A small leaflet with catalogues in Arabic, Polish and Ukrainian that have everything a catalogue can have."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.catalogs import po

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("ar", "pl", "uk")
SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "ar", "pl", "uk"]\nformats = ["html"]\n'
SOURCE = """---
title: Knie
---

# Buigen {#buigen}

Buig de knie langzaam en stop bij pijn.

Slik **2 pillen** per dag.[^a] Lees [meer](https://a.example) op [Thuisarts]{translate=no}.

[^a]: Met water.

<!-- translators: wat er nog is, niet de kant -->

[Over]{context="rest|deel"}

Over

Zeg dan: "ik kan de knie niet meer buigen zonder pijn", en vraag uw arts wat u vandaag nog wel en beter niet kunt doen.

Dit staat er straks niet meer.
"""

LATER = SOURCE.replace("en stop bij pijn", "en stop bij veel pijn").replace("Dit staat er straks niet meer.", "Nieuw.")
"""The same source with a word more in one text, and one text in the place of another."""

LONG = (
    "Zeg dan: “ik kan de knie niet meer buigen zonder pijn”, en vraag uw arts wat u vandaag nog wel en beter niet kunt "
    "doen."
)
MARKED = "Slik **2 pillen** per dag.{fn1} Lees [meer][a] op {keep1}."
TEXTS: Mapping[str, Mapping[tuple[str, str], str]] = {
    "ar": {
        ("meta:title", "Knie"): "الركبة",
        ("", "Buigen"): "الثني",
        ("", "Buig de knie langzaam en stop bij pijn."): "اثنِ الركبة ببطء وتوقف عند الألم.",
        ("", MARKED): "تناول **2 من الأقراص** يوميًا.{fn1} اقرأ [المزيد][a] على {keep1}.",
        ("", "Met water."): "مع الماء.",
        ("rest|deel", "Over"): "المتبقي",
        ("", "Over"): "حول",
        ("", LONG): "قل إذن: “لا أستطيع ثني الركبة دون ألم”، واسأل طبيبك عما يمكنك فعله اليوم وما الأفضل ألا تفعله.",
        ("", "Dit staat er straks niet meer."): "هذا لن يبقى هنا.",
    },
    "pl": {
        ("meta:title", "Knie"): "Kolano",
        ("", "Buigen"): "Zginanie",
        ("", "Buig de knie langzaam en stop bij pijn."): "Zginaj kolano powoli i przerwij przy bólu.",
        ("", MARKED): "Bierz **2 tabletki** dziennie.{fn1} Na {keep1} przeczytasz [więcej][a].",
        ("", "Met water."): "Z wodą.",
        ("rest|deel", "Over"): "Reszta",
        ("", "Over"): "O leczeniu",
        (
            "",
            LONG,
        ): "Powiedz: “nie mogę zgiąć kolana bez bólu” i zapytaj lekarza, co możesz dziś robić, a czego lepiej nie.",
        ("", "Dit staat er straks niet meer."): "Tego tu nie będzie.",
    },
    "uk": {
        ("meta:title", "Knie"): "Коліно",
        ("", "Buigen"): "Згинання",
        ("", "Buig de knie langzaam en stop bij pijn."): "Згинайте коліно повільно і зупиніться, якщо болить.",
        ("", MARKED): "Приймайте **2 таблетки** на день.{fn1} Читайте [більше][a] на {keep1}.",
        ("", "Met water."): "З водою.",
        ("rest|deel", "Over"): "Залишок",
        ("", "Over"): "Про лікування",
        (
            "",
            LONG,
        ): "Скажіть: “я не можу зігнути коліно без болю” і спитайте лікаря, що сьогодні можна робити, а що краще ні.",
        ("", "Dit staat er straks niet meer."): "Цього тут не буде.",
    },
}


def path(code: str) -> PurePosixPath:
    """Return where the catalogue of the language *code* is."""
    return PurePosixPath("locales") / code / "LC_MESSAGES" / "knee.po"


def project(folder: Path) -> Path:
    """Make the project in *folder*, translated as a whole, and return it."""
    support.project(folder, {"source/knee.md": SOURCE}, SETTINGS)
    update(folder)
    for code in LANGUAGES:
        file = folder / path(code)
        catalogue = po.parse(file.read_bytes(), code)
        for entry in catalogue:
            entry.msgstr = TEXTS[code][entry.msgctxt or "", entry.msgid]
            entry.tcomment = f"Looked up in a dictionary ({code})." if entry.msgctxt == "rest|deel" else ""
        file.write_bytes(po.write(catalogue))
    return folder


def update(folder: Path) -> None:
    """Bring the catalogues of the project in *folder* up to its source."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert 0 == cli.run(["update", "-q"])


def changed(folder: Path) -> Path:
    """Change the source of the project in *folder*: a text is fuzzy then, one is gone, one is new; return it."""
    (folder / "source/knee.md").write_text(LATER, "utf-8")
    update(folder)
    return folder


def messages(content: bytes) -> list[tuple[str, str, str, bool, bool, tuple[str, ...], str, str]]:
    """Return all that is said of each message of a catalogue, without its places and the line breaks in comments."""
    return [
        (
            entry.msgctxt or "",
            entry.msgid,
            entry.msgstr,
            entry.fuzzy,
            bool(entry.obsolete),
            tuple(entry.flags),
            " ".join(entry.comment.split()),
            entry.tcomment,
        )
        for entry in po.parse(content, "x.po")
    ]
