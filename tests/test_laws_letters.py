"""The law of letters: every letter of an edition is in a message, is a label, or says in which language it is.

Every message is replaced by one that has another letter in the place of each of its own. What is left of the source's
letters in an edition must then be code, an address, a letter of a note, or stand in an element with a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from lxml import etree, html

import output_reader
import test_cases
from polyleaf import catalogs, editions, localize, sources, templates, units
from polyleaf.catalogs import po
from polyleaf.config import Project
from polyleaf.errors import SourceError
from polyleaf.formats.registry import FORMATS
from polyleaf.model import Manuscript, Picture
from polyleaf.units import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.model import Document, Edition

pytestmark = pytest.mark.law

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
LATIN = re.compile(r"[A-Za-z]{2,}")
UNTOUCHED = re.compile(rf"`+[^`]*`+|{message.MARK.pattern}|\]\[[a-z]+\]|[^A-Za-z]")
"""What a translator keeps in a message: code, marks, and what is no letter."""

OTHER = "г"
"""A letter that is not wider than most, so that words in drawings keep their place."""
LABEL = templates.in_language("en", "uk")
"""What stands before a text that is not translated, and alone where no element can say the language."""

SAME_EVERYWHERE = frozenset(("code", "math", "style", "script", "kbd", "samp", "var"))
"""Elements whose letters are the same in every language, or no text."""

READ_ALOUD = ("alt", "title", "aria-label", "content", "summary", "placeholder")
ABOUT = ("description", "keywords", "dcterms.title")
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99" role="img" aria-label="Drawn knee">
<title>Knee of wood</title><desc>Seen from aside</desc><text x="9" y="50" font-size="8">Bend here</text></svg>"""

GENERATED = {
    "attributes": '![A knee](media/knee.svg){alt="The bent knee"}\n\n'
    '[Read](https://a.example/x "All of it") <abbr title="a measure">mm</abbr>.',
    "figure": "![A caption of it](media/knee.svg)\n",
    "lines": "| Bend it\n| and walk\n\nWord\n\n:   What it means\n\n    And more of it\n",
    "table": "| Who | How |\n|---|---|\n| You[^t] | *often* |\n\n: How often\n\n[^t]: Under the table.\n",
    "heading note": "# Bend^[In a note of it] slowly\n\n> Somebody said so.\n\n1. First\n2. Second\n",
    "boxes": "::: warning\nCall us.\n:::\n\n::: keypoints\n- Bend\n:::\n\n::: {.glossary}\nKnee\n\n:   A joint\n:::\n",
    "kept": "Say [never bend your knee now]{translate=no} aloud.\n\n"
    "::: {translate=no}\n# Kept heading\n\n- kept item^[kept note]\n:::\n",
    "math": "It is $x^2$ and `code words`.\n\n$$energy = mass$$\n",
}
GENERATED_NAMES = [f"generated-{name.replace(' ', '-')}" for name in GENERATED]
"""Bodies with letters in every place that Markdown has."""


PRINTED = {
    "generated-attributes": frozenset(("mm", "https", "example")),
    "generated-table": frozenset[str](),
    "generated-kept": frozenset(word for word in LATIN.findall(GENERATED["kept"])),
}
"""What may be printed in Latin letters, of the bodies that are set on paper, too; the letter of a note may follow.

Beside it stands the last line, which tells whoever hands the paper out, in the language of the source, what it is."""


@dataclass(frozen=True)
class Leftover:
    """Letters of the source in an edition, with the name of the leaflet and what they stand in."""

    leaflet: str
    element: str
    text: str


def _texts() -> Iterator[tuple[str, str]]:
    yield from ((f"generated-{name.replace(' ', '-')}", body) for name, body in GENERATED.items())
    yield from ((f"case-{at}", case.source) for at, case in enumerate(test_cases.CASES) if case.kind == "html")
    for file in CORPUS.glob("*-U*.md") if CORPUS.is_dir() else ():
        yield file.stem, re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8"), flags=re.DOTALL)


def _usable(documents: list[Document]) -> Iterator[Document]:
    for document in documents:
        try:
            sources.validate([document], {"vink2020"})
        except SourceError:
            continue
        yield document


def _disguise(text: str) -> str:
    return re.sub(rf"({UNTOUCHED.pattern})|[A-Za-z]", lambda match: match[1] or OTHER, text)


@pytest.fixture(scope="session")
def disguised() -> dict[str, Edition]:
    """Return the Ukrainian edition of every text, in which no message has a letter of its own."""
    front = "title: Knee of them\nsubtitle: For home\ndescription: What to do\nkeywords: [knee, bending]"
    manuscripts = [
        Manuscript(PurePosixPath("source") / f"{name}.md", f"---\n{front}\n---\n\n{body}".encode())
        for name, body in _texts()
    ]
    documents = list(_usable(sources.read_manuscripts(manuscripts, "en")))
    documents = [
        sources.attach_images(document, [Picture(name, DRAWING) for name in sources.find_images(document)])
        for document in documents
        if all(name.endswith(".svg") for name in sources.find_images(document))
    ]
    jobs = []
    for document, extracted in zip(documents, units.extract_units(documents), strict=True):
        template = catalogs.make_template(document.leaflet, extracted, "en", datetime(2026, 3, 1, tzinfo=UTC))
        file = po.parse(catalogs.update(template, None, "uk", "x.po"), "x.po")
        for entry in file:
            entry.msgstr = _disguise(entry.msgid)
        jobs.append(localize.LocalizationJob(document, extracted, "uk", catalogs.read(po.write(file), "uk", "x.po")))
    localized, faults = localize.localize_documents(jobs)
    assert len(faults) < len(jobs) / 10
    settings = editions.EditionSettings(
        Project("en", ("en", "uk")),
        sources.load_bibliography(test_cases.VINK, "refs"),
        {name.leaflet: ("en", "uk") for name in documents},
    )
    results = editions.make_editions(localized, settings)
    return {document.leaflet: edition for document, edition in zip(documents, results, strict=True)}


def _leftovers(leaflet: str, root: etree._Element, language: str = "uk") -> Iterator[Leftover]:
    """Yield every text and attribute below *root* with letters of the source that nothing says the language of."""
    for element in root.iter(etree.Element):
        if any(_is_marked(outer, language) for outer in (element, *element.iterancestors())):
            continue
        texts = [element.text or "", *(inner.tail or "" for inner in element)]
        texts += [element.get(name, "") for name in READ_ALOUD if name != "content" or element.get("name") in ABOUT]
        for text in texts:
            if LATIN.search(text) and not text.startswith(LABEL):
                yield Leftover(leaflet, etree.QName(element).localname, text.strip())


def _is_marked(element: etree._Element, language: str) -> bool:
    own = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or language
    return own != language or etree.QName(element).localname in SAME_EVERYWHERE


def test_every_letter_of_a_page_is_translated_or_says_its_language(disguised: dict[str, Edition]) -> None:
    pages = {name: FORMATS["html"].render(edition).content for name, edition in disguised.items()}
    rows = [row for name, page in pages.items() for row in _leftovers(name, html.document_fromstring(page.decode()))]

    assert len(pages) > len(GENERATED)
    assert [] == rows


@pytest.mark.parametrize(
    "page",
    [
        "<p>гг never</p>",
        '<p lang="uk">never</p>',
        '<img alt="never">',
        '<a aria-label="never">г</a>',
        "<svg><title>never</title></svg>",
        '<p><span lang="en">Stop</span> never</p>',
        '<meta name="description" content="never">',
    ],
)
def test_a_letter_that_is_left_is_found(page: str) -> None:
    assert ["never"] == [row.text.split()[-1] for row in _leftovers("x", html.fromstring(f"<div>{page}</div>"))]


def test_the_letters_of_paper_are_those_of_what_stays_or_of_no_language(disguised: dict[str, Edition]) -> None:
    for name, kept_in_text in PRINTED.items():
        edition = disguised[name]
        kept = kept_in_text | set(LATIN.findall(edition.source_description))
        content = FORMATS["pdf"].render(edition, None).content
        document = pypdfium2.PdfDocument(content)
        printed = " ".join(page.get_textpage().get_text_range() for page in document)
        document.close()

        assert OTHER in printed
        assert [] == [word for word in LATIN.findall(printed) if not {word, word[:-1]} & kept]


def test_every_letter_of_a_book_is_translated_or_says_its_language(disguised: dict[str, Edition]) -> None:
    rows = []
    for name in GENERATED_NAMES:
        files = output_reader.unpacked(FORMATS["epub"].render(disguised[name], None).content)
        rows += [row for part in output_reader.parts(files) for row in _leftovers(name, part)]

    assert [] == rows
