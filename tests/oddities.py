"""Leaflets with everything an author may do that is unusual, each with the words that must reach the reader."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import support

if TYPE_CHECKING:
    from pathlib import Path

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
GIF = base64.b64decode("R0lGODlhAQABAIABAAD/AP///yH5BAEKAAEALAAAAAABAAEAAAICRAEAOw==")

SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\n'

REFERENCES = [
    {
        "id": "jansen2020",
        "type": "article-journal",
        "title": "Sleep",
        "author": [{"family": "Jansen", "given": "Anna"}],
        "container-title": "Rest",
        "issued": {"date-parts": [[2020]]},
        "language": "en",
    }
]

SPANS = """\
# Kop {#k}

+---+-------+-----+
| A | B           |
+===+=======+=====+
| a | b     | c   |
|   +-------+-----+
|   | d           |
+---+-------------+

: Titel {#t .row-headers}
"""

SPANS_IN_HEAD = """\
# Kop {#k}

+-----+-----------+
| A   | B         |
|     +-----+-----+
|     | C   | D   |
+=====+=====+=====+
| e   | f   | g   |
+-----+-----+-----+

: Titel {#t}
"""

CASES: dict[str, tuple[str, str]] = {
    "minimal": ("Alleen dit.", "Alleen dit"),
    "no-headings": ("Een.\n\n- twee\n- drie", "Een twee drie"),
    "deep-start": ("### Diep {#diep}\n\nTekst.\n\n#### Dieper {#dieper}\n\nSlot.", "Diep Tekst Dieper Slot"),
    "heading-in-box": ("# Kop {#k}\n\n::: warning\n## Doos {#d}\n\nBinnen.\n:::\n\nNa.", "Kop Doos Binnen Na"),
    "note-in-cell": (
        "# Kop {#k}\n\n| A | B |\n|---|---|\n| een[^n] | twee |\n\n: Titel {#t}\n\n[^n]: Noot.",
        "Kop Titel A B een twee Noten Noot",
    ),
    "note-in-heading": ("# Kop[^n] {#k}\n\nTekst.\n\n[^n]: Noot.", "Kop Tekst Noten Noot"),
    "note-in-list": ("# Kop {#k}\n\n- een[^n]\n    - twee\n\n[^n]: Noot.", "Kop een twee Noten Noot"),
    "notes-in-table": (
        "# K {#k}\n\n| A^[Kolom] | B |\n|---|---|\n| een^[Rij] | twee^[Cel] |\n\n: T^[Bijschrift] {#t .row-headers}",
        "K T A B een twee Noten Bijschrift Kolom Rij Cel",
    ),
    "notes-to-terms": (
        "# Kop {#k}\n\nTerm[^n]\n\n:   Uitleg[^m].\n\nSlot.\n\n[^n]: Eerste.\n\n[^m]: Tweede.",
        "Kop Term Uitleg Slot Noten Eerste Tweede",
    ),
    "two-notes": (
        "# Kop {#k}\n\nEen[^n] twee[^m].\n\n[^n]: Eerste.\n\n[^m]: Tweede.",
        "Kop Een twee Noten Eerste Tweede",
    ),
    "rich-note": (
        "# Kop {#k}\n\nTekst[^n].\n\n[^n]: Eerste\n\n    Tweede\n\n    - punt\n    - komma\n\n    > citaat\n\n    Slot",
        "Kop Tekst Noten Eerste Tweede punt komma citaat Slot",
    ),
    "list-note": ("# Kop {#k}\n\nTekst[^n].\n\n[^n]:\n    - punt\n    - komma", "Kop Tekst Noten punt komma"),
    "note-in-note": ("# Kop {#k}\n\nTekst^[Buiten^[Binnen].] na^[Later].", "Kop Tekst na Noten Buiten Later Binnen"),
    "note-in-link": ("# Kop {#k}\n\n[voor^[Noot]](https://example.org/) na.", "Kop voor na Noten Noot"),
    "nested-lists": (
        "# Kop {#k}\n\n- een\n\n    twee\n\n    - drie\n\n        vier\n\n    vijf\n\n- zes\n\n    > acht",
        "Kop een twee drie vier vijf zes acht",
    ),
    "list-with-blocks": (
        "# Kop {#k}\n\n- een\n\n    > citaat\n\n- twee\n\n    | A | B |\n    |---|---|\n    | c | d |\n",
        "Kop een citaat twee A B c d",
    ),
    "table-without-head": ("# Kop {#k}\n\n|  |  |\n|---|---|\n| a | b |\n\n: Titel {#t}", "Kop Titel a b"),
    "table-all-head": ("# Kop {#k}\n\n| A | B |\n|---|---|\n\n: Titel {#t}", "Kop Titel A B"),
    "spans": (SPANS, "Kop Titel A B a b c d"),
    "spans-in-head": (SPANS_IN_HEAD, "Kop Titel A B C D e f g"),
    "empty-first-header": (
        "# Kop {#k}\n\n|  | Een |\n|---|---:|\n| a | b |\n\n: Titel {#t .row-headers}",
        "Kop Titel Een a b",
    ),
    "image-in-link": ("# Kop {#k}\n\nZie [![plaat](media/p.png)](https://example.org/) hier.", "Kop Zie plaat hier"),
    "image-in-words": ("# Kop {#k}\n\nZie ![plaat](media/p.png) en [een ![x](media/p.gif)](#k).", "Kop Zie en een"),
    "figure": ('# Kop {#k}\n\n![Onder *schrift*.](media/p.png){#f alt="Punt."}', "Kop Onder schrift"),
    "marked-link": (
        "# Kop {#k}\n\n[een *sterk* `woord` 10^6^](https://example.org/) [**vet**](#k)",
        "Kop een sterk woord 106 vet",
    ),
    "cited-note": (
        "# Kop {#k}\n\nTekst[^n].\n\n[^n]: Zie [@jansen2020].",
        "Kop Tekst Noten Zie 1 Bronnen 1 Jansen A Sleep Rest 2020",
    ),
    "formula": ("# Kop {#k}\n\nDe som \\\\(x^2 + 1\\\\) is zo.", "Kop De som x2 1 is zo"),
    "code": ("# Kop {#k}\n\nDruk op `een twee` en `drie`.", "Kop Druk op een twee en drie"),
    "lines": ("# Kop {#k}\n\n| Een\n|   twee\n| drie", "Kop Een twee drie"),
    "quotation": ("# Kop {#k}\n\n> Een.\n>\n> - twee\n> > Drie.\n\n* * *\n\nVier.", "Kop Een twee Drie Vier"),
    "definitions": (
        "# Kop {#k}\n\nTerm\n\n:   Een.\n\n    Twee.\n\n:   Drie.\n\n    - vier",
        "Kop Term Een Twee Drie vier",
    ),
    "long-word": ("# Kop {#k}\n\n" + "Zorgverzekering" * 7 + ".", "Kop " + "Zorgverzekering" * 7),
    "own-ids": (
        "# Kop {#bronnen}\n\nTekst[^n] [@jansen2020].\n\n# Twee {#title}\n\nEn.\n\n# Drie {#sources}\n\n[^n]: Noot.",
        "Kop Tekst 1 Twee En Drie Noten Noot Bronnen 1 Jansen A Sleep Rest 2020",
    ),
}
"""Markdown by name, and the words (of the text and of what the build adds) in the order in which they are read."""

PRINTED = {
    "note-in-cell": "Kop Titel A B een Noot twee",
    "note-in-heading": "Kop Noot Tekst",
    "note-in-list": "Kop een Noot twee",
    "notes-in-table": "K T Bijschrift A B een twee Cel Kolom Rij",
    "notes-to-terms": "Kop Term Eerste Uitleg Tweede Slot",
    "two-notes": "Kop Een twee Eerste Tweede",
    "rich-note": "Kop Tekst Eerste Tweede punt komma citaat Slot",
    "list-note": "Kop Tekst punt komma",
    "note-in-note": "Kop Tekst na Buiten Binnen Later",
    "note-in-link": "Kop voor na Noot",
    "cited-note": "Kop Tekst Zie 1 Bronnen 1 Jansen A Sleep Rest 2020",
    "own-ids": "Kop Tekst 1 Noot Twee En Drie Bronnen 1 Jansen A Sleep Rest 2020",
}
"""The words of those with notes as paper has them: a note is read after its text, one of a header after its table."""


def project(folder: Path) -> Path:
    """Write a project that has every case as a leaflet into *folder* and return it."""
    files = {f"source/{name}.md": f"---\ntitle: Proef\n---\n\n{text}\n" for name, (text, _) in CASES.items()}
    support.project(folder, {**files, "source/references.json": json.dumps(REFERENCES)}, SETTINGS)
    media = folder / "source" / "media"
    media.mkdir()
    (media / "p.png").write_bytes(PNG)
    (media / "p.gif").write_bytes(GIF)
    return folder
