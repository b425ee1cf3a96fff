"""A manuscript becomes a document; what is refused stands in test_bad_input.py."""

from __future__ import annotations

import pytest

import raster_files
import support
from polyleaf import sources, tree
from polyleaf.errors import SourceError
from polyleaf.model import Document, Picture
from polyleaf.sources.validation import _is_safe


def kinds(document: Document) -> list[str]:
    return [block["t"] for block in document.blocks]


def test_raw_html_is_located_though_pandoc_changes_its_attributes() -> None:
    with pytest.raises(SourceError) as caught:
        sources.validate([support.document('Buig.\n\n<details open="" markdown="1">\n\nBuig.\n\n</details>')], {})

    assert "source/knee.md:7: raw HTML in a block of its own: '<details open" in caught.value.message


def test_documents_come_in_the_order_of_their_manuscripts() -> None:
    documents = sources.read_manuscripts([support.manuscript("A", "b.md"), support.manuscript("B", "a.md")], "nl")

    assert [("b", "nl", "A"), ("a", "nl", "B")] == [
        (document.leaflet, document.language, tree.plain(document.blocks[0]["c"])) for document in documents
    ]


def test_no_manuscripts_make_no_documents() -> None:
    assert [] == sources.read_manuscripts([], "nl")


def test_texts_of_the_front_matter_are_markdown() -> None:
    document = support.document("", front="title: Knee *now*\nkeywords: [knee, leg]")

    assert ["title", "keywords.0", "keywords.1"] == list(document.front.texts)
    assert "Emph" == document.front.texts["title"][2]["t"]


def test_a_document_keeps_the_text_it_was_read_from() -> None:
    assert "---\ntitle: Knee\n---\n\nBend.\n" == support.document("Bend.").text


def test_comments_of_the_author_are_left_out() -> None:
    document = support.document("<!-- a -->\n\nBend <!-- b -->it.\n\n- <!-- c -->\n")

    assert "RawBlock" not in kinds(document)
    assert "Bend it." == tree.plain(document.blocks[0]["c"])


def test_two_comments_with_an_element_between_are_not_a_comment() -> None:
    with pytest.raises(SourceError, match="script"):
        sources.validate([support.document("<!-- a --><script>x()</script><!-- b -->")], {})


def test_a_caption_does_not_pose_as_alternative_text() -> None:
    document = support.document("![A *knee*.](knee.svg)")

    images = [node for node in tree.walk(document.blocks) if node["t"] == "Image"]
    assert [[]] == [image["c"][1] for image in images]


def test_an_alternative_text_of_its_own_stays() -> None:
    document = support.document('![A knee.](knee.svg){alt="Red."}')

    images = [node for node in tree.walk(document.blocks) if node["t"] == "Image"]
    assert ["Red."] == [tree.plain(image["c"][1]) for image in images]


def test_everything_wrong_in_several_manuscripts_is_told_at_once() -> None:
    with pytest.raises(SourceError) as caught:
        sources.read_manuscripts([support.manuscript("", "a.md", "x: y"), support.manuscript("", "b.md", "x: y")], "nl")

    assert "source/a.md:2: 'x' is not a key" in caught.value.message
    assert "source/b.md:2: 'x' is not a key" in caught.value.message


def test_a_sound_source_passes_the_screen() -> None:
    body = (
        '# Use {#use lang="en"}\n\nSee [use](#use), [us](https://a.example), <mailto:a@b.nl>, [tel](tel:+31201234567)'
        " and [@jansen; see #ref-jansen](#ref-jansen).[^1]\n\n[^1]: Or [back](#refs)."
        '\n\n![A knee](knee.svg){width=50% height=8.5cm alt="Red"}\n\n::: {#refs .warning}\n:::\n'
    )

    sources.validate([support.document(body)], {"jansen": 1})


@pytest.mark.parametrize("size", ["50", "50%", "8cm", "8.5mm", "2in", "300px", "1em"])
def test_an_image_may_have_a_size(size: str) -> None:
    sources.validate([support.document(f"![A knee](knee.png){{width={size}}}")], {})


@pytest.mark.parametrize("size", ["calc(1px)", "50%;color:red", "-3cm", ""])
def test_a_size_is_a_number_with_a_unit(size: str) -> None:
    with pytest.raises(SourceError, match="width cannot be"):
        sources.validate([support.document(f'![A knee](knee.png){{width="{size}"}}')], {})


def test_the_screen_looks_into_the_front_matter() -> None:
    with pytest.raises(SourceError, match=r"source/knee.md:2: the link to 'javascript:x'"):
        sources.validate([support.document("", front="title: '[Knee](javascript:x)'")], {})


def test_a_tag_in_code_or_comment_has_not_vanished() -> None:
    sources.validate([support.document("`<script>` \\<form> <!-- <style> -->")], {})


def test_a_tag_that_pandoc_drops_from_a_note_is_found() -> None:
    with pytest.raises(SourceError, match=r"source/knee.md:5: <textarea> may not be in a source"):
        sources.validate([support.document("Take.^[Not <textarea>5 mg</textarea> now.]")], {})


@pytest.mark.parametrize("address", ["https://[x", "https://", "mailto:", "ftp://a.example", "https://a b", ""])
def test_an_address_that_leads_nowhere_is_not_safe(address: str) -> None:
    assert not _is_safe(address)


def test_images_come_once_with_the_place_of_the_first() -> None:
    document = support.document("![b](b.png)\n\nA ![a](a.png) and ![b](b.png)", front="title: Knee ![t](t.png)")

    locations = {"b.png": "source/knee.md:5", "a.png": "source/knee.md:7", "t.png": "source/knee.md:2"}
    assert locations == sources.find_images(document)


IMAGES = {
    "a.gif": raster_files.encode("GIF"),
    "a.jpeg": raster_files.encode("JPEG"),
    "a.jpg": raster_files.encode("MPO"),
    "a.png": raster_files.encode("PNG"),
    "a.webp": raster_files.encode("WEBP"),
    "a.svg": b'<svg viewBox="0 0 90 90" xmlns="http://www.w3.org/2000/svg"/>',
}


@pytest.mark.parametrize("name", IMAGES)
def test_an_image_of_each_kind_stays_as_it_is_in_a_document(name: str) -> None:
    picture = Picture(name, IMAGES[name])

    assert (picture,) == sources.attach_images(support.document(""), [picture]).pictures


@pytest.mark.parametrize("name", IMAGES)
@pytest.mark.parametrize("content", [b"", b"RIFF\x00\x00\x00\x00WAVE", b"<html>"])
def test_an_image_of_another_kind_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(SourceError, match=f"^source/{name}:"):
        sources.attach_images(support.document(""), [Picture(name, content)])


def test_every_image_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(SourceError, match=r"(?s)source/a.png.*source/b.png"):
        sources.attach_images(support.document(""), [Picture("a.png", b""), Picture("b.png", b"")])


@pytest.mark.parametrize(
    ("body", "fact"),
    [
        ("::: Warning\nx\n:::", "the class 'Warning' may not be on a box"),
        ("::: {.warning .running-header}\nx\n:::", "the class 'running-header' may not be on a box"),
        ("[x]{.untranslated}", "the class 'untranslated' may not be on marked words"),
        ('[x]{lang="\\"><b>"}', "lang cannot be"),
        ('<bdo dir="rtl">51</bdo>', "'<bdo dir=\"rtl\">' may not be in a source"),
        ('<b title="x&y">b</b>', "may not be in a source"),
        ("> 30 ml a day: call.", "this is a quotation, and its > will not be seen: > 30"),
        (
            "| Drug | Dose |\n|---|---|\n| A | 5 mg | max 3 |",
            "this row has more cells than the table has columns: '| A | 5 mg",
        ),
        ("![x](./knee.svg)", "the image './knee.svg' is outside source/"),
    ],
)
def test_what_would_hide_or_lose_something_is_refused(body: str, fact: str) -> None:
    with pytest.raises(SourceError) as caught:
        sources.validate([support.document(body)], {})

    assert fact in caught.value.message


@pytest.mark.parametrize(
    "body",
    [
        "> Call us.",
        "| a | b |\n|---|---|\n| `x|y` | 1 \\| 2 |",
        "a | b\n--|--\n1 | 2\n\nx | y | z",
        "It costs 5$ to 10$.",
    ],
)
def test_what_loses_nothing_is_left_alone(body: str) -> None:
    sources.validate([support.document(body)], {})
