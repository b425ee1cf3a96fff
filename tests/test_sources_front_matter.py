"""The front matter of a manuscript; most of what is refused stands in test_bad_input.py."""

from __future__ import annotations

import time

import pytest

from polyleaf.errors import SourceError
from polyleaf.sources import front_matter

WHOLE = """---
title: "Knie: buigen"
keywords:
  - knie
  - buigen
notice: >
  Let
  op
version: 1.0
status: draft
date: 2026-03-01
contact:
  email: info@example.org
  phone: +31 (0)20 123.45-67
  url: https://example.org/a?b=1
---
Buig.
"""


def read(yaml: str) -> front_matter.RawFrontMatter:
    return front_matter.extract(f"---\ntitle: Knie\n{yaml}\n---\n", "source/knee.md")[0]


def test_texts_and_plain_values_are_apart() -> None:
    raw = front_matter.extract(WHOLE, "source/knee.md")[0]

    texts = {"title": "Knie: buigen", "keywords.0": "knie", "keywords.1": "buigen", "notice": "Let op"}
    assert texts == raw.texts
    assert "1.0" == raw.plain["version"]
    assert "+31 (0)20 123.45-67" == raw.plain["contact.phone"]


def test_every_key_has_its_line() -> None:
    raw = front_matter.extract(WHOLE, "source/knee.md")[0]

    assert (2, 3, 4, 5, 6) == tuple(
        raw.lines[key] for key in ("title", "keywords", "keywords.0", "keywords.1", "notice")
    )


def test_the_body_keeps_its_lines() -> None:
    body = front_matter.extract(WHOLE, "source/knee.md")[1]

    assert WHOLE.split("\n").index("Buig.") == body.split("\n").index("Buig.")
    assert "Buig." == body.strip()


@pytest.mark.parametrize("end", ["---", "...", "--- \t"])
def test_front_matter_ends_with_dashes_or_dots(end: str) -> None:
    assert "Buig.\n" == front_matter.extract(f"---\ntitle: Knie\n{end}\nBuig.\n", "x")[1].lstrip()


def test_front_matter_may_be_all_there_is() -> None:
    raw, body = front_matter.extract("---\ntitle: Knie\n---", "x")

    assert ("Knie", "") == (raw.texts["title"], body.strip())


def test_a_second_block_is_text() -> None:
    body = front_matter.extract("---\ntitle: Knie\n---\n\n---\ntitle: Enkel\n---\n", "x")[1]

    assert "---\ntitle: Enkel\n---" == body.strip()


@pytest.mark.parametrize("yaml", ["subtitle: 'Dag # 1' # 2", "subtitle: Dag#1", "# 2\nsubtitle: Dag"])
def test_a_comment_beside_a_text_in_quotation_marks_is_one(yaml: str) -> None:
    assert read(yaml).texts["subtitle"].startswith("Dag")


def test_a_comment_beside_what_is_not_printed_is_one() -> None:
    assert "1.0" == read('version: "1.0" # the first\nstatus: draft # for now').plain["version"]


@pytest.mark.law
def test_a_tag_of_yaml_does_nothing() -> None:
    with pytest.raises(SourceError, match="starts with '!!python"):
        read("subtitle: !!python/object/apply:os.system echo")


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("keywords: knie", "source/knee.md:3: 'keywords' must be a list"),
        ("keywords: [[knie]]", "source/knee.md:3: 'keywords' must be a text"),
        ("contact: info@example.org", "source/knee.md:3: 'contact' must hold keys"),
        ("contact: {fax: 1}", "source/knee.md:3: 'contact.fax' is not a key"),
        ("contact: {[fax]: 1}", r"source/knee.md:3: 'contact.\[...\]' is not a key"),
        ("contact: {email: [a@b.nl]}", "source/knee.md:3: 'contact.email' must be a text"),
        ("contact: {email: a@b}", "source/knee.md:3: 'contact.email' cannot be 'a@b'"),
        ("contact: {email: 'a@b.nl?cc=c@d.nl>'}", "'contact.email' cannot be"),
        ("contact: {phone: bel ons}", "'contact.phone' cannot be"),
        ("contact: {phone: '---'}", "'contact.phone' cannot be"),
        ("contact: {phone: '٠١٢٣'}", "'contact.phone' cannot be"),
        ('contact: {url: https://a.nl/"onclick="x}', "'contact.url' cannot be"),
        ("review-by: 20260301", "'review-by' cannot be '20260301'"),
        ("version:", "source/knee.md:3: 'version' is empty"),
        ("subtitle: a\x07b", "source/knee.md:1: the front matter is not YAML"),
        ("--- a", "source/knee.md:3: the front matter is not YAML"),
        ("subtitle: *nobody", "source/knee.md:3: the front matter is not YAML: a text starts with a sign"),
        ("subtitle: *a*", "source/knee.md:3: the front matter is not YAML: a text starts with a sign"),
        ("subtitle: @a", "source/knee.md:3: the front matter is not YAML: a text starts with a sign"),
        ("subtitle: !a b", "source/knee.md:3: 'subtitle' starts with '!a', which YAML takes for a kind of value"),
        ("subtitle: !!int 3", "source/knee.md:3: 'subtitle' starts with '!!int', which YAML takes for"),
        ("subtitle: Dag # 1", "source/knee.md:3: YAML does not take '# 1' for a part of 'subtitle'"),
        ("subtitle: Dag\n  twee # 1", "source/knee.md:3: YAML does not take '# 1' for a part of 'subtitle'"),
        ("keywords: [dag, nacht # 1\n  ]", "source/knee.md:3: YAML does not take '# 1' for a part of 'keywords'"),
        ("subtitle: &a Knie", "source/knee.md:3: YAML does not take '&a' for a part of 'subtitle'"),
        ("contact: {phone: &a 112}", "source/knee.md:3: YAML does not take '&a' for a part of 'contact.phone'"),
        ("subtitle: a: b", "source/knee.md:3: the front matter is not YAML: there is a colon in a text"),
        ("  subtitle: a", "source/knee.md:3: the front matter is not YAML: there is a colon in a text, or a space"),
        ("\tsubtitle: a", "source/knee.md:3: the front matter is not YAML: there is a tab"),
        ("subtitle: 'a", "source/knee.md:3: the front matter is not YAML: a quotation mark is not closed"),
        ('subtitle: "C:\\i"', "source/knee.md:3: the front matter is not YAML: there is a backslash"),
        ("subtitle: [a", "source/knee.md:3: the front matter is not YAML: a bracket or a brace is not closed"),
        ("subtitle a\ndate: 2026-01-01", "source/knee.md:3: the front matter is not YAML: there is no colon after"),
        ("- subtitle", "source/knee.md:3: the front matter is not YAML: this line is not `key: text`"),
    ],
)
def test_a_value_that_cannot_be_is_refused(yaml: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(yaml)


@pytest.mark.parametrize("text", ["{" * 290 + "}" * 290, "{ " * 290 + "} " * 290, "{a: " * 290 + "}" * 290])
def test_braces_inside_one_another_are_refused_before_they_take_time(text: str) -> None:
    started = time.process_time()
    with pytest.raises(SourceError, match=r"^source/knee.md:3: more than 8 braces are open"):
        read(f"notice: {text}\n" * 12)
    assert time.process_time() - started < 1


def test_a_front_matter_that_is_longer_than_any_is_refused() -> None:
    assert read("# remark\n" * 1000).texts
    with pytest.raises(
        SourceError, match=r"^source/knee.md:1: the front matter, which starts here, has more than 20000"
    ):
        read("version: 1\n" * 2000)
