"""What a browser shows of pages: `python tests/browser_text.py FILE...` with playwright, prints JSON.

Not a test: `test_laws_formats.py` runs it with the Python of the outside judges. Of every file the parts in order, each
its kind (`label` of a list, `text`, `image`), its words, and its note from 1 (0 is the text itself).
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TURNED = re.compile(r"([.)])\s*(\w+)(\(?)")
"""A label on a page from right to left, whose signs Chromium's tree has in the order of the screen."""

UNREAD = frozenset(("doc-backlink", "columnheader", "rowheader"))
"""Links that paper has no need of, and names of columns: a wide table has them again before each of its values."""

KINDS = {"ListMarker": "label", "StaticText": "text", "image": "image"}
SHOW_ALL = """() => {
  document.querySelectorAll('[aria-hidden]').forEach(element => element.removeAttribute('aria-hidden'));
  document.querySelectorAll('details').forEach(element => element.open = true);
}"""
"""What is hidden from voices and not from eyes is read too."""

Part = tuple[str, str, int]


def find_parts(nodes: list[dict[str, Any]]) -> Iterator[Part]:
    """Yield the parts of a page from the *nodes* of its accessibility tree; of one with a `main` those in there."""
    by_id = {node["nodeId"]: node for node in nodes}
    main = next((node for node in nodes if _role(node) == "main"), nodes[0])
    return _walk(main, by_id, [0], 0)


def _walk(node: dict[str, Any], by_id: Mapping[str, Any], counts: list[int], note: int) -> Iterator[Part]:
    role = _role(node)
    if role == "doc-endnote":
        counts[0] += 1
        note = counts[0]
    around = _role(by_id.get(str(node.get("parentId")), {}))
    if role in UNREAD or (role == "heading" and around == "doc-endnotes"):
        return
    if role in KINDS:
        yield KINDS[role], _words(node), note
        return
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from _walk(by_id[child], by_id, counts, note)


def _words(node: Mapping[str, Any]) -> str:
    words = str(node["name"]["value"])
    turned = TURNED.fullmatch(words.strip()) if _role(node) == "ListMarker" else None
    return "".join(turned.groups()[::-1]) if turned else words


def _role(node: Mapping[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def read(files: list[Path]) -> dict[str, list[Part]]:
    """Return the parts of each of *files*."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        session = page.context.new_cdp_session(page)
        parts = {}
        for file in files:
            page.goto(file.resolve().as_uri())
            page.evaluate(SHOW_ALL)
            parts[str(file)] = list(find_parts(session.send("Accessibility.getFullAXTree")["nodes"]))
        browser.close()
    return parts


if __name__ == "__main__":
    json.dump(read([Path(name) for name in sys.argv[1:]]), sys.stdout)
