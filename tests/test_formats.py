"""What is true of all formats: every word of the source reaches the reader, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import oddities as odd
import output_reader
from polyleaf import formats
from polyleaf.theme import css

if TYPE_CHECKING:
    from pathlib import Path

each = pytest.mark.parametrize("name", odd.CASES)


@each
def test_the_page_has_every_word_in_order(oddities: Path, name: str) -> None:
    main = output_reader.page(oddities / f"{name}.html").find(".//main")

    assert main is not None
    assert odd.CASES[name][1].split() == output_reader.words(output_reader.visible(main))


@each
def test_the_book_has_every_word_in_order(oddities: Path, name: str) -> None:
    bodies = [
        root.find(f"{output_reader.XHTML}body")
        for root in output_reader.parts(output_reader.book(oddities / f"{name}.epub"))
    ]
    for body in bodies[3:]:
        state = body.find(f"{output_reader.XHTML}p[@class='state']") if body is not None else None
        assert body is not None
        assert state is not None
        body.remove(state)
    text = " ".join(output_reader.visible(body) for body in bodies[3:] if body is not None)

    assert odd.CASES[name][1].split() == output_reader.words(text)


@each
def test_the_pdf_has_every_word_in_order(oddities: Path, name: str) -> None:
    assert not output_reader.in_order(
        odd.CASES[name][1].split(), " ".join(output_reader.pages(oddities / f"{name}.pdf"))
    )


def test_a_picture_of_an_unknown_kind_has_no_media_type() -> None:
    with pytest.raises(KeyError):
        css.media_type("media/p.bmp")


def test_a_suffix_may_be_in_capitals() -> None:
    assert "image/jpeg" == css.media_type("media/P.JPG")


def test_an_address_that_is_not_a_picture_of_the_leaflet_is_left() -> None:
    html = '<img src="a.png" /><img src="b.png" />'

    assert '<img src="x" /><img src="b.png" />' == formats.with_images(html, {"a.png": "x"})
