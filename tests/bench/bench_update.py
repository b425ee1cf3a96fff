"""How long `polyleaf update` takes on a large catalogue, beside GNU msgmerge: run it as a script."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from polyleaf import catalogs
from polyleaf.catalogs import po
from polyleaf.model import Unit

MESSAGES = 2000
CHANGED = 4
"""One message of so many has a word more in the new template."""

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = ("bend", "the", "knee", "slowly", "rest", "leg", "walk", "drink", "water", "doctor", "hurts", "tablet", "food")


def main() -> None:
    """Print the seconds of both, and the ratio."""
    chance = random.Random(7)  # noqa: S311 - a benchmark keeps no secrets
    old = [" ".join(chance.choices(WORDS, k=chance.randint(4, 25))) for _ in range(MESSAGES)]
    new = [f"{text} again" if at % CHANGED == 0 else text for at, text in enumerate(old)]
    file = po.parse(catalogs.update(_template(old), None, "nl", "x.po"), "x.po")
    for entry in file:
        entry.msgstr = entry.msgid.upper()
    before, template = po.write(file), _template(new)
    start = time.perf_counter()
    updated = catalogs.update(template, before, "nl", "x.po")
    ours = time.perf_counter() - start
    theirs = _msgmerge(before, template)
    fuzzy = updated.count(b"\n#, fuzzy")
    report = f"update {ours:.2f} s, msgmerge {theirs:.2f} s, ratio {ours / theirs:.2f}; {fuzzy} of {MESSAGES} offered\n"
    sys.stdout.write(report)


def _template(messages: list[str]) -> bytes:
    units = [Unit(at, text, "", "paragraph", "", f"source/x.md:{at + 1}") for at, text in enumerate(messages)]
    return catalogs.make_template("x", units, "en", NOW)


def _msgmerge(before: bytes, template: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("x.po", before), ("x.pot", template)):
            (Path(folder) / name).write_bytes(content)
        start = time.perf_counter()
        subprocess.run(["msgmerge", "-q", "--previous", "x.po", "x.pot"], cwd=folder, capture_output=True, check=True)
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
