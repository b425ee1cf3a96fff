"""The law of identity on whatever Markdown a machine has: that of its Python packages and of its Debian packages."""

from __future__ import annotations

import gzip
import re
import sysconfig
from hashlib import sha256
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

import identity
from polyleaf import sources, units
from polyleaf.errors import SourceError
from polyleaf.model import Manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDERS = (*sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}), "/usr/share/doc")
LARGEST = 40_000
"""Bytes: a larger file is a list of changes or the manual of a program, which takes as long as thirty others."""

AT_LEAST = 100
FEW, SHORT = 24, 8_000
BATCH = 20
REFUSED = 0.02
"""The part of the files that may be refused, each with its location: nobody wrote them for a leaflet."""


def _texts() -> Iterator[bytes]:
    for folder in FOLDERS:
        for file in (*Path(folder).rglob("*.md"), *Path(folder).rglob("*.md.gz")):
            if file.is_file():
                yield gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    for package in metadata.distributions():
        about = package.metadata.json
        if "markdown" in str(about.get("description_content_type")):
            yield str(about.get("description", "")).encode()


def _find_manuscripts(largest: int) -> list[Manuscript]:
    """Return the files of up to *largest* bytes, each once, in an order that only what is in them decides."""
    by_name = {sha256(text).hexdigest()[:12]: text for text in _texts() if len(text) <= largest and _is_text(text)}
    return [_manuscript(name, by_name[name]) for name in sorted(by_name)]


def _is_text(text: bytes) -> bool:
    try:
        sources.encoding.decode(Manuscript(PurePosixPath("x.md"), text))
    except SourceError:
        return False
    return bool(text.strip())


def _manuscript(name: str, text: bytes) -> Manuscript:
    body = re.sub(rb"\A---\r?\n.*?\n---\r?\n", b"", text.removeprefix(b"\xef\xbb\xbf"), flags=re.DOTALL)
    return Manuscript(PurePosixPath("source") / f"{name}.md", f"---\ntitle: {name}\n---\n\n".encode() + body)


def _judged(manuscripts: Sequence[Manuscript]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what breaks the law, and what is refused; what is refused together is asked again one by one."""
    try:
        documents = sources.read_manuscripts(manuscripts, "en")
        return identity.broken(documents, units.extract_units(documents)), []
    except SourceError as error:
        if len(manuscripts) == 1:
            return [], [error.message]
    parts = [_judged([manuscript]) for manuscript in manuscripts]
    return [fault for faults, _ in parts for fault in faults], [fact for _, facts in parts for fact in facts]


@pytest.mark.law
def test_the_law_of_identity_holds_for_short_files_of_this_machine() -> None:
    manuscripts = _find_manuscripts(SHORT)[:FEW]

    assert manuscripts
    assert ([], []) == _judged(manuscripts)


@pytest.mark.slow
def test_the_law_of_identity_holds_for_every_file_of_this_machine() -> None:
    manuscripts = _find_manuscripts(LARGEST)
    if len(manuscripts) < AT_LEAST:
        pytest.skip(f"this machine has {len(manuscripts)} Markdown files, and {AT_LEAST} are wanted")
    parts = [_judged(manuscripts[start : start + BATCH]) for start in range(0, len(manuscripts), BATCH)]
    refused = [fact for _, facts in parts for fact in facts]

    assert [] == [fault for faults, _ in parts for fault in faults]
    assert [] == [fact for fact in refused if not re.match(r"source/\w+\.md:", fact)]
    assert len(refused) <= REFUSED * len(manuscripts), refused
