"""What is not translated says in words in which language it is; a leaflet that is not to be used says so everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from lxml import etree

import output_reader
import support
from polyleaf import cli, editions, localize, sources, templates, units
from polyleaf.catalogs import Catalog, Entry, po
from polyleaf.config import Project
from polyleaf.model import Edition, Picture

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.law

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30" font-size="9" xml:lang="nl">'
    '<text x="1" y="20">Buigen</text><text x="50" y="20">Rusten</text></svg>'
)
SOURCE = """\
---
title: Uw knie
subtitle: Oefenen thuis
keywords: [knie, oefenen]
status: draft
---

::: keypoints
**Kort gezegd**

- Rust goed uit.
:::

# Buigen {#buigen}

Buig rustig.

![Zo buigt u.](knie.svg){alt="Een knie."}

# Lopen {#lopen}

Loop rustig.
"""
ENGLISH = {"Buigen": "Bending", "Buig rustig.": "Bend slowly.", "knie": "knee"}
SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en", "ar"]\n'
LABEL = '<span class="passage-language">(in Dutch)</span> '


def edition(body: str, texts: dict[str, str], language: str = "nl", drawing: bytes = b"") -> Edition:
    """Return the edition in *language* of an English *body* of which *texts* are translated."""
    document = support.document(body)
    document = sources.attach_images(document, [Picture("a.svg", drawing)]) if drawing else document
    extracted = units.extract_units([document])[0]
    entries = {unit.key: Entry(texts[unit.message], fuzzy=False, line=1) for unit in extracted if unit.message in texts}
    job = localize.LocalizationJob(document, extracted, language, Catalog("knee.po", entries))
    settings = editions.EditionSettings(Project("en", ("en", language)), {}, {"knee": ("en", language)})
    return editions.make_editions(localize.localize_documents([job])[0], settings)[0]


def html(body: str, texts: dict[str, str], language: str = "nl", drawing: bytes = b"") -> str:
    return "".join(chapter.html for chapter in edition(body, texts, language, drawing).chapters)


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of a draft that is half translated."""
    root = tmp_path_factory.mktemp("half")
    support.project(root, {"source/knee.md": SOURCE, "source/knie.svg": DRAWING}, SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert 0 == cli.run(["update", "-q"])
        catalogue = root / "locales/en/LC_MESSAGES/knee.po"
        file = po.parse(catalogue.read_bytes(), "knee.po")
        for entry in file:
            entry.msgstr = ENGLISH.get(entry.msgid, "")
        catalogue.write_bytes(po.write(file))
        assert 0 == cli.run(["build", "-q"])
    return root / "build"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "(in Dutch)"),
        ("de", "(auf Niederländisch)"),
        ("fr", "(en néerlandais)"),
        ("es", "(en neerlandés)"),
        ("pl", "(język: niderlandzki)"),
        ("tr", "(dil: Felemenkçe)"),
        ("uk", "(мова: нідерландська)"),
        ("ar", "(باللغة الهولندية)"),
        ("zh_Hans", "（荷兰语）"),
        ("sv", "(in Dutch)"),
    ],
)
def test_every_language_of_the_theme_names_the_language_of_a_passage(language: str, words: str) -> None:
    assert words == templates.in_language("nl", language)


def test_neighbours_share_the_words_before_the_first_of_them() -> None:
    text = html("One.\n\nTwo.\n\nThree.\n\nFour.", {"Three.": "Drie."})

    assert 2 == text.count("(in het Engels)")
    assert '<p><span class="passage-language">(in het Engels)</span> <span class="untranslated" lang="en">One.' in text
    assert '<p><span class="untranslated" lang="en">Two.</span></p>' in text


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("# One {#a}\n\nTwo.\n\n# Three {#b}", 2),
        ("One.\n\n::: keypoints\nTwo.\n:::\n\nThree.", 3),
        ("| One | Two |\n|---|---|\n| three | four |\n| five | six |", 3),
        ("| One | Two |\n|---|---|\n| three | four |\n| five | six |\n\n: Seven {.row-headers}", 5),
        ("::: glossary\none\n:   Two.\n\nthree\n:   Four.\n:::", 2),
        ("One.[^a]\n\nTwo.[^b]\n\n[^a]: Three.\n\n[^b]: Four.", 3),
        ("- One.\n- Two.\n\n> Three.\n", 2),
    ],
)
def test_what_is_reached_by_itself_has_words_of_its_own(body: str, count: int) -> None:
    text = html(body, {}).replace('data-label="(', "")

    assert count == text.count('passage-language">(in het Engels)')


def test_the_name_of_a_column_says_its_language() -> None:
    assert 'data-label="(in het Engels) Two"' in html("| One | Two |\n|---|---|\n| three | four |", {"One": "Een"})


def test_an_alternative_text_says_its_language_twice() -> None:
    text = html('![Food.](a.png "Tip"){alt="Plate."}', {"Food.": "Eten."}, "ar")

    assert 'lang="en" dir="ltr" alt="(باللغة الإنجليزية) Plate."' in text
    assert 'title="(باللغة الإنجليزية) Tip"' in text


def test_a_figure_that_is_named_by_its_caption_says_its_language_too() -> None:
    assert 'lang="en" alt="(in het Engels) Food."' in html("![Food.](a.png)", {})


def test_a_translated_alternative_text_in_a_passage_is_in_the_language_of_the_edition() -> None:
    assert 'lang="nl" alt="Bord."' in html("See ![Plate.](a.png) here.", {"Plate.": "Bord."})


def test_a_link_that_is_a_picture_keeps_the_words_apart_from_the_text() -> None:
    text = html("See [![Plate.](a.png)](https://example.org/).", {"See [{img1}][a].": "Zie [{img1}][a]."})

    assert 'alt="(in het Engels) Plate." />' in text
    assert '<a href="https://example.org/"><span class="passage-language">(in het Engels)</span> ' in text


def test_words_of_a_drawing_say_their_language_and_so_does_its_caption() -> None:
    drawing = DRAWING.replace('"nl"', '"en"').replace("Buigen", "Bend").replace("Rusten", "Rest").encode()
    shown = edition("![Food.](a.svg)", {"Food.": "Eten.", "Bend": "Buig"}, drawing=drawing)
    picture = shown.pictures[0].content.decode()

    assert 'xml:lang="nl"' in picture.split("<text")[0]
    assert ' x="1" y="20">Buig</text>' in picture
    assert '<text xml:lang="en" text-decoration="underline" font-style="italic" x="50" y="20">Rest</text>' in picture
    assert "In deze figuur staan woorden die niet vertaald zijn (in het Engels).</span></figcaption>" in "".join(
        chapter.html for chapter in shown.chapters
    )


def test_a_drawing_in_a_sentence_has_the_words_after_it() -> None:
    drawing = DRAWING.encode()
    text = html("See ![Plate.](a.svg) here.", {"See {img1} here.": "Zie {img1} hier."}, drawing=drawing)

    assert "niet vertaald zijn (in het Engels).</span> hier.</p>" in text


def test_a_drawing_whose_words_are_translated_has_nothing_to_say() -> None:
    texts = {"Food.": "Eten.", "Buigen": "Buig", "Rusten": "Rust"}

    assert "niet vertaald zijn" not in html("![Food.](a.svg)", texts, drawing=DRAWING.encode())


def test_the_notice_names_the_language(half: Path) -> None:
    page = (half / "en" / "knee.html").read_text("utf-8")

    assert "The passages marked (in Dutch) are still in the original language." in page
    assert f'<p class="subtitle">{LABEL}<span class="untranslated" lang="nl">Oefenen thuis</span></p>' in page
    assert f'<a href="#lopen">{LABEL}<span class="untranslated" lang="nl">Lopen</span></a>' in page


def test_the_notice_comes_before_the_contents(half: Path) -> None:
    page = (half / "en" / "knee.html").read_text("utf-8")

    assert page.index("</h1>") < page.index('<p class="mark draft">') < page.index('<nav class="contents"')


def test_a_title_without_translation_says_so_in_every_place(half: Path) -> None:
    files = output_reader.book(half / "en" / "knee.epub")
    package, cover = files["EPUB/package.opf"].decode(), files["EPUB/cover.xhtml"].decode()

    assert '<dc:title id="title">Draft: (in Dutch) Uw knie</dc:title>' in package
    assert '<dc:subject>knee</dc:subject>\n<dc:subject xml:lang="nl">oefenen</dc:subject>' in package
    assert "<title>Draft: (in Dutch) Uw knie</title>" in (half / "en" / "knee.html").read_text("utf-8")
    assert 'alt="Cover of the leaflet “(in Dutch) Uw knie”. Draft. Do not use it yet."' in cover


def test_the_contents_of_the_book_start_with_the_title_page_and_the_key_points(half: Path) -> None:
    nav = etree.fromstring(output_reader.book(half / "en" / "knee.epub")["EPUB/nav.xhtml"])
    links = nav.xpath("(//*[local-name() = 'nav'])[1]//*[local-name() = 'a']")

    assert ["Title page", "(in Dutch) Kort gezegd", "Bending", "(in Dutch) Lopen"] == [
        "".join(link.itertext()) for link in links
    ]
    assert ["title.xhtml", "part-01.xhtml#polyleaf-keypoints"] == [link.get("href") for link in links[:2]]


def test_every_file_of_a_draft_book_says_so(half: Path) -> None:
    for root in output_reader.parts(output_reader.book(half / "en" / "knee.epub")):
        assert str(root.findtext(f".//{output_reader.XHTML}title")).startswith("Draft: ")
        words = "".join(root.itertext()) + "".join(str(alt) for alt in root.xpath("//@alt"))
        assert "Draft" in words.replace("Draft: ", "")


def test_every_page_of_a_draft_paper_says_so_and_its_title_too(half: Path) -> None:
    document = pypdfium2.PdfDocument(half / "en" / "knee.pdf")
    title = document.get_metadata_value("Title")
    bookmarks = [mark.get_title() for mark in document.get_toc()]
    document.close()

    assert "Draft: (in Dutch) Uw knie" == title
    assert "(in Dutch) Kort gezegd" in [" ".join(mark.split()) for mark in bookmarks]
    assert all("Draft" in text for text in output_reader.pages(half / "en" / "knee.pdf"))


@pytest.mark.parametrize(
    ("status", "sentence", "title"),
    [
        ("reviewed", "Not published yet. Do not use it yet.", "Not published yet: "),
        ("withdrawn", "Withdrawn. Do not use this leaflet any more.", "Withdrawn: "),
        ("published", "", ""),
    ],
)
def test_every_state_but_published_is_told_in_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str, sentence: str, title: str
) -> None:
    front = f"---\ntitle: Knee\nstatus: {status}\n---\n\n# Bend {{#bend}}\n\nBend.\n"
    settings = '[tool.polyleaf]\nsource_language = "en"\nlanguages = ["en"]\nformats = ["html", "epub"]\n'
    monkeypatch.chdir(support.project(tmp_path, {"source/knee.md": front}, settings))
    cli.run(["sign", "-q", "knee", "-l", "en", "--role", "pharmacist", "--name", "A. Tester", "--yes"])
    assert 0 == cli.run(["build", "-q"])
    files = output_reader.book(tmp_path / "build/en/knee.epub")
    page = (tmp_path / "build/en/knee.html").read_text("utf-8")

    assert f"<title>{title}Knee</title>" in page
    assert bool(sentence) is ("noindex" in page) is ('class="mark draft"' in page)
    assert sentence in files["EPUB/part-01.xhtml"].decode()
    assert sentence in files["EPUB/cover.xhtml"].decode()
    assert f"<title>{title}Bend</title>" in files["EPUB/part-01.xhtml"].decode()
    assert bool(sentence) is ('class="state"' in files["EPUB/nav.xhtml"].decode())
