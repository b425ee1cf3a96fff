"""The page of each check is made from its docstring; `pytest tests/test_docs_checks.py --accept` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polyleaf.checks.registry import CHECKS

if TYPE_CHECKING:
    import pytest

    from polyleaf.checks.model import Check

FOLDER = Path(__file__).parents[1] / "scripts" / "docs" / "reference" / "checks"
INDEX = "README.md"
NOTICE = "<!-- made from the docstring of the check: pytest tests/test_docs_checks.py --accept -->"

SUBJECTS = {
    "SourceText": ("Sources", "the source of a leaflet, as its author wrote it"),
    "LeafletCollection": ("Sources", "all leaflets and their bibliography together"),
    "LocalizedText": ("Texts", "the text of a leaflet in one language, source or translation"),
    "Pair": ("Translations", "a message and its translation"),
    "KeptText": ("Translations", "a text that stays in the language of the source in every edition"),
    "PairCollection": ("Translations", "all messages of a language and their translations, of all leaflets together"),
    "PdfDocument": ("Finished files", "the PDF"),
    "HtmlDocument": ("Finished files", "the web page"),
    "Outputs": ("Finished files", "the finished files of a leaflet in a language, held against each other"),
}
"""What a check is asked about: the heading it stands under, and what that is in words."""

INTRODUCTION = f"""{NOTICE}
# Checks

A page for each check: what it asks, a bad and a good example, how severe a finding is, and what to do.
`polyleaf check --list` prints the same. A finding names its check at its end, in brackets: `[dose_unsafe]`.

Errors end `polyleaf check` with exit code 1 and stop a release. Warnings ask for a look. A finding in a translation can
be [acknowledged](../../translators.md#what-is-checked) by a person.
"""


def page(check: Check[Any]) -> str:
    """Return the page of *check* in Markdown."""
    text, _, examples = check.description.partition("\n\nBad:")
    bad, _, good = examples.partition("\nGood:")
    heading, subject = SUBJECTS[check.subject.__name__]
    way_out = "Change the source or the theme, and build again." if heading == "Finished files" else "Change the text."
    if check.acknowledgeable:
        command = f"polyleaf acknowledge FILE.po:LINE {check.name} --by NAME --reason WHY"
        way_out = f"Change the text. Where a translation is right all the same, a person says so: `{command}`."
    lines = (
        *(NOTICE, f"# `{check.name}`", "", text, ""),
        *(f"- **Looks at:** {subject}", f"- **Severity:** {check.severities}"),
        *(f"- **Way out:** {way_out}", "", "Bad:", "", "```text", example(bad), "```", ""),
        *("Good:", "", "```text", example(good), "```", "", f"[All checks]({INDEX})", ""),
    )
    return "\n".join(lines)


def example(text: str) -> str:
    """Return *text* of a docstring, whose later lines are indented, without the indentation."""
    return re.sub(r"\n +", "\n", text.strip())


def index() -> str:
    """Return the page that leads to all checks, by what they look at."""
    parts = [INTRODUCTION]
    for heading in dict.fromkeys(heading for heading, _ in SUBJECTS.values()):
        rows = [check for check in CHECKS.values() if SUBJECTS[check.subject.__name__][0] == heading]
        lines = [f"| [`{check.name}`]({check.name}.md) | {check.severities} | {summary(check)} |" for check in rows]
        parts.append("\n".join((f"## {heading}\n\n| check | severity | what is right |\n|---|---|---|", *lines, "")))
    return "\n".join(parts)


def summary(check: Check[Any]) -> str:
    """Return the first sentence of the description of *check*, in one line."""
    return " ".join(check.description.partition("\n\n")[0].split()).replace("|", "\\|")


def test_every_check_has_a_page_made_from_its_docstring(pytestconfig: pytest.Config) -> None:
    pages = {INDEX: index(), **{f"{check.name}.md": page(check) for check in CHECKS.values()}}
    if pytestconfig.getoption("--accept"):
        for file in FOLDER.glob("*.md"):
            file.unlink()
        for name, text in pages.items():
            (FOLDER / name).write_text(text, "utf-8")

    assert pages == {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.md")}


def test_every_page_has_an_example_that_is_bad_and_one_that_is_good() -> None:
    texts = [page(check) for check in CHECKS.values()]

    assert not [text for text in texts if "```text\n\n```" in text]
