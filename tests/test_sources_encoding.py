"""A manuscript as text; what is refused stands in test_bad_input.py."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from polyleaf.errors import SourceError
from polyleaf.model import Manuscript
from polyleaf.sources import encoding


def manuscript(content: bytes) -> Manuscript:
    return Manuscript(PurePosixPath("source/knee.md"), content)


@pytest.mark.parametrize("content", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\nb\n"])
def test_line_ends_and_byte_order_marks_make_no_difference(content: bytes) -> None:
    assert "a\nb\n" == encoding.decode(manuscript(content))


@pytest.mark.parametrize("text", ["Buig\tde knie", "رُكبة", "膝", "👨‍👩‍👧", "a\u2067b\u2069c", "x\u00a0mg"])
def test_every_writing_may_be_in_a_text(text: str) -> None:
    assert text == encoding.decode(manuscript(text.encode()))


@pytest.mark.parametrize(
    "char", ["\0", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u202d", "\ue000", "\uffff", "\U000f0000"]
)
def test_a_character_that_is_not_one_of_a_text_is_named(char: str) -> None:
    assert f"the character U+{ord(char):04X} is not one of a text" == encoding.find_forbidden_character(f"Buig{char}")


def test_a_strange_character_comes_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"^source/knee.md:3: the character U\+0007"):
        encoding.decode(manuscript(b"a\r\nb\r\nc\x07"))


@pytest.mark.parametrize(
    "text", ["[a [b [c [d]]]] " * 20, "\\[" * 20, "]" * 20 + "[" * 8, "[a\n\n" * 20, "[a\n \t\n" * 20]
)
def test_brackets_that_close_or_end_with_their_paragraph_are_fine(text: str) -> None:
    encoding.check_brackets(text, "source/knee.md", 1)


@pytest.mark.parametrize("text", ["a\n\n" + "[x " * 9, "a\n\n[[[[\n[[[[\n[", "a\n\n" + "\\\\[" * 9])
def test_brackets_that_stay_open_are_too_many(text: str) -> None:
    with pytest.raises(SourceError, match=r"^source/knee.md:\d+: more than 8 square brackets"):
        encoding.check_brackets(text, "source/knee.md", 1)


def test_a_book_is_no_leaflet() -> None:
    with pytest.raises(SourceError, match=r"^source/knee.md: it is larger than 500 kB"):
        encoding.decode(manuscript(b"Buig. " * 200_000))


def test_a_text_without_an_empty_line_is_none() -> None:
    encoding.decode(manuscript(b"Buig.\n\n" * 20_000))
    with pytest.raises(SourceError, match=r"^source/knee.md:\d+: more than 100000 characters stand here"):
        encoding.decode(manuscript(b"Buig.\n" * 20_001))
