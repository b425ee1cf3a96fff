"""Lists as readers get them: labels on paper, boxes of tasks, space for wide labels."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest

import output_reader
import pdf_tags
import support
from polyleaf import render, units
from polyleaf.inspection.pdf_text import read_runs

if TYPE_CHECKING:
    from pdf_tags import Element

pytestmark = pytest.mark.law

LABELS = (
    "1.",
    "2.",
    "3.",
    "iv.",
    "v.",
    "c)",
    "d)",
    "(2)",
    "A)",
    "(1)",
    "0.",
    "7)",
    "(iii)",
    "98.",
    "99.",
    "100.",
    "(2)",
)
LISTS = """\
# Lists {#lists}

1. word
2. word

A paragraph.

3. word

::: warning
Stop.

iv. word
v.  word
:::

c) word
d) word

(2) word

A) word

(@) word

0. word

- word

    7) word

        (iii) word

98. word
99. word
100. word

Term

:   Meaning

    Inner

    :   Meaning

(@) word

Tasks:

- [ ] bring
- [x] sign
"""


@pytest.fixture(scope="module")
def paper() -> tuple[bytes, Element]:
    """The PDF of the lists, and its tags."""
    content = render(f"---\ntitle: Lists\n---\n\n{LISTS}", "en", "pdf").content
    with pikepdf.open(io.BytesIO(content)) as document:
        return content, pdf_tags.tree(document)


def test_a_list_on_paper_goes_on_where_its_author_does(paper: tuple[bytes, Element]) -> None:
    labels = [kid.text.strip() for item in paper[1].all("LI") for kid in item.kids if kid.kind == "Lbl"]

    assert [*LABELS[:11], "•", *LABELS[11:16], "Term", "Inner", LABELS[16]] == labels


def test_a_label_stands_on_the_page_before_its_text(paper: tuple[bytes, Element]) -> None:
    runs = [run for run in read_runs(paper[0], "x.pdf") if run.mark >= 0 and run.text.strip()]
    pairs = [(label, text) for label, text in pairwise(runs) if label.text.strip() in {"98.", "(iii)", "100."}]
    line = next(run.box[0] for run in runs if run.text.startswith("A paragraph"))

    assert 3 == len(pairs)
    assert all(line - 1 < label.box[0] < label.box[2] < text.box[0] for label, text in pairs)


@pytest.mark.parametrize(
    ("language", "names"), [("nl", ["Niet aangevinkt", "Aangevinkt"]), ("so", ["Not ticked", "Ticked"])]
)
def test_the_box_of_a_task_has_a_name(language: str, names: list[str]) -> None:
    text = "---\ntitle: X\n---\n\n- [ ] een\n- [x] twee\n\n1. [ ] drie"
    with pikepdf.open(io.BytesIO(render(text, language, "pdf").content)) as document:
        boxes = [span for span in pdf_tags.tree(document).all("Span") if "Alt" in span.attributes]
        lists = pdf_tags.tree(document).all("L")
    book = output_reader.unpacked(render(text, language, "epub").content)["EPUB/part-01.xhtml"].decode()

    assert [("☐", names[0]), ("☑", names[1]), ("☐", names[0])] == [(box.text, box.attributes["Alt"]) for box in boxes]
    assert ["☐ een", "☑ twee", "1. ☐ drie"] == [item.text for part in lists for item in part.kids]
    assert 3 == book.count('class="task-box" role="img" aria-label=')
    assert "<input" not in book


def test_the_box_of_a_task_is_no_part_of_its_message() -> None:
    document = support.document("- [ ] bring it\n- [x] sign it\n\n1. [ ] go")

    assert ["Knee", "bring it", "sign it", "go"] == [unit.message for unit in units.extract_units([document])[0]]
