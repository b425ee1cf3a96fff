"""The e-book: a container that every reading system opens, and that says what is in it."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

import edition_values
import oddities as odd
import output_reader
from polyleaf.errors import RenderError
from polyleaf.formats import epub
from polyleaf.model import Chapter, Heading, Picture

if TYPE_CHECKING:
    from pathlib import Path

LEAFLET = "magnesium-en-slaap"

every = pytest.mark.parametrize("language", ["nl", "en"])


@every
def test_the_media_type_comes_first_and_as_it_is(leaflet: Path, language: str) -> None:
    content = (leaflet / language / f"{LEAFLET}.epub").read_bytes()
    with zipfile.ZipFile(leaflet / language / f"{LEAFLET}.epub") as container:
        first = container.infolist()[0]

    assert ("mimetype", zipfile.ZIP_STORED, b"") == (first.filename, first.compress_type, first.extra)
    assert b"mimetypeapplication/epub+zip" == content[30:58]


@every
def test_every_file_of_the_book_is_listed_and_every_listed_file_is_there(leaflet: Path, language: str) -> None:
    files = output_reader.book(leaflet / language / f"{LEAFLET}.epub")
    package = etree.fromstring(files["EPUB/package.opf"])
    listed = {f"EPUB/{item.get('href')}" for item in package.iter(output_reader.OPF + "item")}

    assert listed == set(files) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}


@every
def test_the_package_says_what_the_book_is(leaflet: Path, language: str) -> None:
    package = etree.fromstring(output_reader.book(leaflet / language / f"{LEAFLET}.epub")["EPUB/package.opf"])
    title = {"nl": "Magnesium en slecht slapen", "en": "Magnesium and poor sleep"}[language]

    assert language == package.findtext(f".//{output_reader.DC}language")
    draft = {"nl": "Concept", "en": "Draft"}[language]
    assert f"{draft}: {title}".split()[:2] == str(package.findtext(f".//{output_reader.DC}title")).split()[:2]
    assert str(package.findtext(f".//{output_reader.DC}identifier")).startswith("urn:uuid:")
    metas = [(str(meta.get("property")), meta.text) for meta in package.iter(output_reader.OPF + "meta")]
    properties = {name for name, _ in metas}
    sufficient = [text for name, text in metas if name == "schema:accessModeSufficient"]
    assert "textual" in sufficient
    assert {"schema:accessMode", "schema:accessibilityFeature", "schema:accessibilitySummary"} <= properties


@every
def test_every_document_says_its_language_and_direction_and_has_a_title(leaflet: Path, language: str) -> None:
    for root in output_reader.parts(output_reader.book(leaflet / language / f"{LEAFLET}.epub")):
        assert (language, "ltr") == (root.get("lang"), root.get("dir"))
        assert root.findtext(f".//{output_reader.XHTML}title")


@every
def test_every_link_in_the_book_leads_somewhere(leaflet: Path, language: str) -> None:
    assert [] == _lost(output_reader.book(leaflet / language / f"{LEAFLET}.epub"))


@pytest.mark.parametrize("name", odd.CASES)
def test_every_link_in_an_odd_book_leads_somewhere(oddities: Path, name: str) -> None:
    assert [] == _lost(output_reader.book(oddities / f"{name}.epub"))


def _lost(files: dict[str, bytes]) -> list[str]:
    roots = {name[5:]: etree.fromstring(text) for name, text in files.items() if name.endswith(".xhtml")}
    ids = {name: [str(id_) for id_ in root.xpath("//@id")] for name, root in roots.items()}
    lost = [f"{name}: {identifiers}" for name, identifiers in ids.items() if len(identifiers) != len(set(identifiers))]
    for name, root in roots.items():
        for link in root.xpath("//@href | //@src"):
            target, _, id_ = str(link).partition("#")
            if ":" not in target and (
                f"EPUB/{target or name}" not in files or (id_ and id_ not in ids[target or name])
            ):
                lost.append(f"{name}: {link}")
    return lost


@every
def test_the_landmarks_speak_the_language_of_the_book(leaflet: Path, language: str) -> None:
    nav = etree.fromstring(output_reader.book(leaflet / language / f"{LEAFLET}.epub")["EPUB/nav.xhtml"])
    landmarks = nav.xpath("//*[@*[local-name() = 'type'] = 'landmarks']//*[local-name() = 'a']/text()")

    assert {"nl": "Inhoud", "en": "Contents"}[language] in landmarks
    assert {"nl": "Omslag", "en": "Cover"}[language] in landmarks


@every
def test_the_contents_have_the_headings_of_the_text_in_order(leaflet: Path, language: str) -> None:
    files = output_reader.book(leaflet / language / f"{LEAFLET}.epub")
    nav = etree.fromstring(files["EPUB/nav.xhtml"])
    entries = ["".join(link.itertext()) for link in nav.xpath("(//*[local-name() = 'nav'])[1]//*[local-name() = 'a']")]
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    headings = page.xpath("//main//*[self::h2 or self::h3]")
    first = {"nl": "Titelpagina", "en": "Title page"}[language]

    assert [first, *(" ".join(output_reader.visible(heading).split()) for heading in headings)] == [
        " ".join(entry.split()) for entry in entries
    ]


@every
def test_every_image_of_the_book_says_what_is_to_be_seen(leaflet: Path, language: str) -> None:
    for root in output_reader.parts(output_reader.book(leaflet / language / f"{LEAFLET}.epub")):
        assert not root.xpath("//*[local-name() = 'img'][not(normalize-space(@alt))]")


@pytest.mark.parametrize(
    ("status", "foreign", "expected"),
    [
        ("draft", (), '<dc:title id="title">Draft: Knee</dc:title>'),
        ("reviewed", (), '<dc:title id="title">Not published yet: Knee</dc:title>'),
        ("withdrawn", ("title",), '<dc:title id="title">Withdrawn: (in Dutch) Knee</dc:title>'),
        ("published", (), '<dc:title id="title">Knee</dc:title>'),
        ("published", ("title",), '<dc:title id="title" xml:lang="nl">Knee</dc:title>'),
    ],
)
def test_the_title_of_a_book_that_is_not_to_be_used_says_so(
    status: str, foreign: tuple[str, ...], expected: str
) -> None:
    edition = replace(edition_values.edition(), status=status, foreign=frozenset(foreign))
    package = output_reader.unpacked(epub.render(edition).content)["EPUB/package.opf"].decode()

    assert expected in package


def test_a_section_that_is_not_xhtml_is_named() -> None:
    broken = Chapter(Heading("k", "Knee", 2), "<p>Bend<br></p>")

    with pytest.raises(RenderError, match="the section 'Knee' is not XHTML"):
        epub.render(replace(edition_values.edition(), chapters=(broken,)))


def test_a_start_that_is_not_xhtml_is_named_too() -> None:
    with pytest.raises(RenderError, match="the section 'the start' is not XHTML"):
        epub.render(replace(edition_values.edition(), chapters=(Chapter(None, "<p>"),)))


HAZARDS = {
    "a picture that stands still": ("p.gif", odd.GIF, "none"),
    "a drawing": ("p.svg", b"<svg viewBox='0 0 9 9' xmlns='http://www.w3.org/2000/svg'/>", "none"),
    "a drawing whose movement is left out": (
        "p.svg",
        b"<svg viewBox='0 0 9 9' xmlns='http://www.w3.org/2000/svg'><style>@keyframes x {to {r: 0}}</style></svg>",
        "none",
    ),
}


@pytest.mark.parametrize("picture", HAZARDS)
def test_only_what_stands_still_is_said_to_be_harmless(picture: str) -> None:
    name, content, expected = HAZARDS[picture]
    chapter = Chapter(None, f'<p><img src="{name}" alt="Dot" /></p>')
    edition = replace(edition_values.edition(), chapters=(chapter,), pictures=(Picture(name, content),))

    assert [expected] == _claims(edition, "accessibilityHazard")


FEATURES = {
    "structuralNavigation": ('<section id="k"><h2>Knee</h2></section>', '<p id="k">Knee</p>'),
    "longDescription": ("<details><summary>s</summary><p>t</p></details>", "<p>t</p>"),
    "MathML": ('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>', "<p>x</p>"),
}


@pytest.mark.law
@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_is_named_where_it_is_and_nowhere_else(feature: str) -> None:
    there, not_there = FEATURES[feature]
    contents = (Heading("k", "Knee", 2),) if "h2" in there else ()
    with_it = replace(edition_values.edition(), chapters=(Chapter(None, there),), contents=contents)
    without = replace(edition_values.edition(), chapters=(Chapter(None, not_there),))

    assert feature in _claims(with_it, "accessibilityFeature")
    assert feature not in _claims(without, "accessibilityFeature")


def test_no_conformance_is_claimed_for_what_nobody_has_evaluated(leaflet: Path) -> None:
    package = output_reader.book(leaflet / "nl" / f"{LEAFLET}.epub")["EPUB/package.opf"]

    assert b"conformsTo" not in package
    assert b"certifiedBy" not in package


@pytest.mark.law
def test_a_picture_without_words_is_not_said_to_have_some() -> None:
    picture = Picture("media/p.png", odd.PNG)
    chapter = Chapter(None, '<p><img src="media/p.png" alt="" /></p>')
    edition = replace(edition_values.edition(), chapters=(chapter,), pictures=(picture,))

    assert "alternativeText" not in _claims(edition, "accessibilityFeature")
    assert ["textual,visual"] == _claims(edition, "accessModeSufficient")


def _claims(edition: object, name: str) -> list[str]:
    with zipfile.ZipFile(edition_values.stream(epub.render(edition))) as container:  # type: ignore[arg-type]
        package = etree.fromstring(container.read("EPUB/package.opf"))
    metas = package.iter(output_reader.OPF + "meta")
    return [str(meta.text) for meta in metas if str(meta.get("property")) == f"schema:{name}"]
