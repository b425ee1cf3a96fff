"""Code spans: what is code in a text is what pandoc makes code of it."""

from __future__ import annotations

import random

import pytest

import support
from polyleaf import tree
from polyleaf.code_spans import CODE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Druk op `OK`.", ["OK"]),
        ("Druk op ``a`b``.", ["a`b"]),
        ("Druk `a` en `b`", ["a", "b"]),
        ("niet `dicht", []),
        ("niet `dicht ``", []),
        ("``eerst`", ["eerst"]),
        (r"\`geen`", []),
        (r"\\`wel`", ["wel"]),
        (r"`\`", ["\\"]),
    ],
)
def test_code_is_what_stands_between_as_many_backticks(text: str, code: list[str]) -> None:
    assert code == CODE.findall(text)


def test_code_is_replaced_and_the_rest_stays() -> None:
    assert "Druk op x en `x" == CODE.sub("x", "Druk op `OK` en ``b`")


@pytest.mark.law
def test_code_is_what_pandoc_reads_as_code() -> None:
    chance = random.Random(5)  # noqa: S311 - no secret, only variety
    texts = ["x" + "".join(chance.choices("``` \\a&", k=chance.randint(2, 14))) + "y" for _ in range(1500)]
    paragraphs = support.document("\n\n".join(texts)).blocks

    assert len(texts) == len(paragraphs)
    for text, paragraph in zip(texts, paragraphs, strict=True):
        read = [node["c"][1] for node in tree.walk(paragraph["c"]) if node["t"] == "Code"]
        assert [_squeeze(code) for code in read] == [_squeeze(code) for code in CODE.findall(text)], text


def _squeeze(code: str) -> str:
    return " ".join(code.split())
