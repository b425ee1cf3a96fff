"""What is fuzzed: for each kind of file that people hand in, its reader with a law, and inputs to start from.

A function takes any bytes. It returns nothing for what is refused with a PolyleafError, and raises AssertionError when
what is accepted breaks its law. `python tests/fuzz.py` runs it on many inputs.
"""

from __future__ import annotations

import base64
import functools
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import tinycss2

import edition_values
import fuzz_mutations
import identity
import parallel
import support
import test_bad_input
import test_catalogs_law
import test_laws_drawings
import themed_project
from polyleaf import catalogs, sources, svg, tree, units
from polyleaf.alignment import align
from polyleaf.catalogs import edits
from polyleaf.errors import PolyleafError
from polyleaf.formats import localize_picture
from polyleaf.formats.pdf import layout
from polyleaf.model import DEFAULT_THEME, Manuscript, Picture
from polyleaf.sources import documents, encoding, front_matter, localization_notes
from polyleaf.sources.images import prepare_image
from polyleaf.theme import config, css
from polyleaf.units import message

if TYPE_CHECKING:
    from fuzz_mutations import Mutate
    from polyleaf.model import Document, Nodes, Unit

CASES = Path(__file__).parent / "cases"
PO = "x.po"


@dataclass(frozen=True, slots=True)
class Target:
    """*check* raises AssertionError for bytes that break the law; *tokens* are words of the syntax.

    *mutate* changes an input that has a structure, at a seed of chance, with the mutation of bytes for its parts.
    """

    check: Callable[[bytes], None]
    seeds: Callable[[], Sequence[str | bytes]]
    tokens: Sequence[str] = ()
    mutate: Callable[[bytes, int, int, Mutate], bytes] | None = None


# Translations.

BODY = r"""
Neem 2 tabletten.

Lees [dit](https://a.example), *niet* ~~dat~~ over **H~2~O** van \\(m\\) kg.^[Bel.]
"""
FEW = 12
"""With how many inputs a target begins whose inputs take long: they come before any other."""

MOST = 60
"""How many translations are read in one run of pandoc: as many lines of an input."""

WARNED = re.compile(r"\[\^|:::|```|<div")
"""What pandoc warns of where it is not closed or used, one line at a time, each in a run of its own."""

PRINTED = re.compile(r"""[*`~^\[\]{}\\"'‘’“”\s.…–—_-]|[^\x00-\U000effff]""")
"""Signs of markup, and those that pandoc prints as others."""

LETTERS = re.compile(r"(?<!\\)\]\[[a-z]+\]")


@functools.cache
def _translated() -> tuple[Document, tuple[Unit, ...], dict[int, Nodes]]:
    """Return a document, its units and their inlines."""
    document = support.document(BODY, language="nl")
    return (
        document,
        units.extract_units([document])[0],
        {segment.index: inlines for segment, inlines in units.find_segments(document)},
    )


def check_translations(content: bytes) -> None:
    """Hold that an accepted translation loses no sign when it is printed, and can be written as a message again."""
    _, its_units, inlines = _translated()
    texts = [text for text in dict.fromkeys(content.decode(errors="replace").split("\n")[:MOST]) if text]
    requests = [(unit, text) for text in texts for unit in its_units]
    accepted = [
        (unit, text, units.restore(blocks, inlines[unit.index]))
        for (unit, text), blocks in zip(requests, units.parse_translations(requests), strict=True)
        if not units.find_faults(unit, text, blocks)
    ]
    for unit, text, printed in accepted:
        without = LETTERS.sub("]", message.MARK.sub("", text)) if unit.marks else text
        assert PRINTED.sub("", without) == PRINTED.sub("", _words(printed)), (unit.message, text, printed)
    written = units._write([printed for *_, printed in accepted], strict=True)
    assert [] == [row for row, again in zip(accepted, written, strict=True) if not again.exact]


def _words(inlines: Nodes) -> str:
    """Return all that is printed of *inlines*, but for notes and formulas."""
    shown = tree.rebuild(inlines, lambda node: [] if node["t"] in {"Note", "Math"} else node)
    words = (
        node["c"] if node["t"] == "Str" else node["c"][1] for node in tree.walk(shown) if node["t"] in {"Str", "Code"}
    )
    return "".join(words)


def _lines() -> list[str]:
    lines = [line for file in sorted(CASES.glob("*.md")) for line in file.read_text("utf-8").splitlines() if line]
    lines += [text for *_, text in test_bad_input.TRANSLATIONS.values()]
    lines = [line for line in lines if not WARNED.search(line)]
    return ["\n".join(lines[at::FEW]) for at in range(FEW)]


# Sources.


def check_front_matter(content: bytes) -> None:
    """Hold that the texts of a front matter are each a line of words, and that they are the same when written again."""
    text = encoding.decode(Manuscript(PurePosixPath("source/x.md"), content))
    raw, _ = front_matter.extract(text, "source/x.md")
    for value in (*raw.texts.values(), *raw.plain.values()):
        assert value == " ".join(value.split()) != ""
        assert not encoding.find_forbidden_character(value)
    assert {*raw.texts, *raw.plain} <= {*raw.lines, *raw.plain}
    again = front_matter.extract(_as_yaml(raw), "source/x.md")[0]
    assert (raw.texts, raw.plain) == (again.texts, again.plain)


def _as_yaml(raw: front_matter.RawFrontMatter) -> str:
    values: dict[str, object] = {}
    for key, value in (*raw.texts.items(), *raw.plain.items()):
        name, _, part = key.partition(".")
        if name == "keywords":
            values[name] = [*values.get(name, ()), value]  # type: ignore[misc]
        elif part:
            values[name] = {**values.get(name, {}), part: value}  # type: ignore[dict-item]
        else:
            values[name] = value
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return f"---\n{''.join(lines)}---\n"


FRONT = """---
title: "Uw *knie*"
subtitle: 'Voor u'
keywords: [knie, 1.0, "a: b"]
status: draft
date: 2026-03-01
version: 1.0
contact:
  email: a@b.nl
  phone: +31 20 555
  url: https://a.nl
notice: >-
  Lees
  dit.
...
"""
YAML = (
    *("---\n", "...\n", ": ", "- ", "? ", "| ", ">-\n ", "!!str ", "!!map ", "&a ", "*a", "<<: ", "{a: b}"),
    *("[a, b]", "%YAML", "# ", "\\x00", "\\u202e", '"', "'", "null", "~", "2026-03-01", "1e3", "0x1"),
    *front_matter.KEYS,
    *front_matter.CONTACT,
)


def check_manuscript(content: bytes) -> None:
    """Hold the law of identity for a leaflet with the text *content* in which everything is translated."""
    manuscript = Manuscript(PurePosixPath("source/x.md"), b"---\ntitle: Knie\n---\n\n" + content)
    read = sources.read_manuscripts([manuscript], "nl")
    sources.validate(read, ())
    its_units = units.extract_units(read)
    if not any(localization_notes.is_kept(node) for node in tree.walk(read[0].blocks)):
        assert [] == identity.broken(read, its_units)


def _manuscripts() -> list[str]:
    text = "\n".join(file.read_text("utf-8") for file in sorted(CASES.glob("*.md")))
    bodies = re.findall(r"^(`{3,})source\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE)
    bodies = [*(body for _, body in bodies), *test_bad_input.HOSTILE]
    return ["\n\n".join(bodies[at::FEW]) for at in range(FEW)]


# Themes.


def check_theme(content: bytes) -> None:
    """Hold that every variable of an accepted theme is one declaration of CSS, and nothing more."""
    tables = config.tables(content)
    pictures = tuple(Picture(name, themed_project.LOGO.encode()) for name in config.logo(tables))
    theme = config.theme(tables, content, pictures)
    for values in (css.book_variables(theme), css.cover_variables(theme)):
        _check_declarations(";".join(f"--{name}:{value}" for name, value in values.items()), len(values))
    for paged in (True, False):
        rules = tinycss2.parse_stylesheet(css.define_variables(theme, paged=paged), skip_whitespace=True)
        assert {"qualified-rule", "at-rule"} >= {rule.type for rule in rules}, rules
        root = next(rule for rule in rules if rule.type == "qualified-rule")
        _check_declarations(root.content, len(css.variables(theme, "print" if paged else "light")))


def _check_declarations(text: object, count: int) -> None:
    parsed = tinycss2.parse_declaration_list(text, skip_whitespace=True)
    assert ["declaration"] * count == [each.type for each in parsed], parsed
    assert not any(each.important for each in parsed)


TOML = (
    '"""',
    "'''",
    "[[",
    "= {",
    "\\u0000",
    "inf",
    "nan",
    "0x",
    "1e9",
    "1979-05-27",
    "true",
    '[fonts.languages]\nar = "A"',
)

# Catalogues.

GETTEXT = (
    'msgid "',
    'msgstr "',
    'msgctxt "',
    'msgid_plural "',
    "msgstr[0]",
    "#~ ",
    "#| ",
    "#, fuzzy",
    "#. ",
    "\\n",
    '"\n"',
)


def check_po(content: bytes) -> None:
    """Hold that a catalogue is read as gettext reads it, and is the same when it is written and read again."""
    test_catalogs_law.assert_agrees(content)
    before = catalogs.read(content, "nl", PO)
    template = catalogs.make_template("x", [], "nl", support.NOW)
    after = catalogs.read(catalogs.update(template, content, "nl", PO), "nl", PO)
    assert not after.entries
    assert before.path == after.path


# Drawings.

EDITION = edition_values.edition()
IMAGE = '<html lang="en"><title>k</title><img alt="k" src="data:image/svg+xml;base64,{}">'


WITHOUT_FONT = "in none of the fonts"
"""What is said of letters that no font of this machine has, which is known only when they are set."""


def check_svg(content: bytes) -> None:
    """Hold that an accepted drawing is drawn, and that what goes out of it is an accepted drawing too."""
    picture = prepare_image(Picture("k.svg", content), "k.svg")
    for embeds in (False, True):
        localized = localize_picture(picture, EDITION, embeds=embeds)
        try:
            svg.parse(localized, "k.svg")
            layout.render_pdf(IMAGE.format(base64.b64encode(localized).decode()), DEFAULT_THEME, tagged=embeds)
        except PolyleafError as error:
            if WITHOUT_FONT in error.message:
                return
            raise AssertionError(f"accepted, and then refused: {error}") from error


def _drawings() -> list[str]:
    inside = [*test_laws_drawings.DRAWN.values(), *test_laws_drawings.REFUSED.values()]
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 200">'
    return [f"{head}{each}</svg>" for each in inside]


# Documents.

PARTS = {
    ".docx": ("word/document.xml", "word/footnotes.xml", "word/numbering.xml", "word/styles.xml"),
    ".odt": ("content.xml", "styles.xml", "meta.xml"),
    ".html": (),
}
"""The parts of a packed document that are changed, in their order in an input, with a NUL between them."""

MORE = """
A note.^[Its text.] An ![image](a.png), `code` and ~~no~~ H~2~O.

| a | b |
|---|---|
| c | d |

1. Item

> Quoted
"""


@functools.cache
def _document(suffix: str) -> bytes:
    """Return a translation as a document with *suffix*."""
    with tempfile.TemporaryDirectory() as folder:
        text = parallel.body(parallel.BLOCKS, parallel.EN) + MORE
        return parallel.document(Path(folder), f"x{suffix}", text).read_bytes()


def _parts(suffix: str) -> list[bytes]:
    content = _document(suffix)
    if not PARTS[suffix]:
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return [b"\0".join(container.read(name) for name in PARTS[suffix])]


def _packed(suffix: str, content: bytes) -> bytes:
    """Return the document in which the parts are those in *content*."""
    changed = dict(zip(PARTS[suffix], content.split(b"\0"), strict=False))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_document(suffix))) as before, zipfile.ZipFile(buffer, "w") as after:
        for part in before.infolist():
            after.writestr(part, changed.get(part.filename, before.read(part)))
    return buffer.getvalue()


@functools.cache
def _source() -> tuple[Document, tuple[Unit, ...], bytes]:
    read = sources.read_manuscripts([Manuscript(PurePosixPath("source/knie.md"), parallel.source().encode())], "nl")
    its_units = units.extract_units(read)[0]
    template = catalogs.make_template("knie", its_units, "nl", support.NOW)
    return read[0], its_units, catalogs.update(template, None, "en", PO)


def check_import(suffix: str, content: bytes) -> None:
    """Hold that every text of a document that goes into a catalogue is in it, and can be printed but for lost marks."""
    packed = _packed(suffix, content) if PARTS[suffix] else content
    imported = documents.read_document(Manuscript(PurePosixPath(f"x{suffix}"), packed), "en").document
    source, its_units, po = _source()
    translations, used = align(source, its_units, imported, ()).translations(set(), accept_perhaps=True)
    entries = catalogs.read(edits.suggest(po, translations, "x", PO), "en", PO).entries
    assert translations == {key: entries[key].text for key in translations}
    assert not translations or used


TARGETS = {
    "translations": Target(check_translations, _lines, (), fuzz_mutations.mutate_lines),
    "front-matter": Target(
        check_front_matter, lambda: [FRONT, *(text for text, *_ in test_bad_input.SOURCES.values())], YAML
    ),
    "manuscript": Target(check_manuscript, _manuscripts, fuzz_mutations.MARKDOWN),
    "theme": Target(
        check_theme,
        lambda: [themed_project.FILE, '[fonts.languages]\nar = "Noto Naskh Arabic"\n[dark]\nink = "#fff"\n'],
        [*config.TABLES, *(key for table in config.TABLES.values() for key in table), *TOML],
    ),
    "po": Target(check_po, lambda: [test_catalogs_law.SMALL], GETTEXT),
    "svg": Target(check_svg, _drawings, fuzz_mutations.VALUES, fuzz_mutations.mutate_xml),
    **{
        f"import-{suffix[1:]}": Target(
            functools.partial(check_import, suffix), functools.partial(_parts, suffix), (), fuzz_mutations.mutate_xml
        )
        for suffix in PARTS
    },
}
