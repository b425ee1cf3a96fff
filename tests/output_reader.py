"""Finished files as a reader gets them: pages, books and papers taken apart."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

import pypdfium2
from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
EPUB = "{http://www.idpf.org/2007/ops}"


def words(text: str) -> list[str]:
    """Return the words and numbers of *text*, without punctuation."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).replace("\ufe0e", ""))


def page(file: Path) -> html.HtmlElement:
    """Return the root of an HTML page."""
    return html.document_fromstring(file.read_text("utf-8"))


def visible(root: etree._Element) -> str:
    """Return the text of *root* without the letters of notes; raised letters belong to the word before them.

    What is there for narrow screens alone is left out.
    """
    for part in list(root.iter("div", XHTML + "div")):
        if part.get("hidden") is not None:
            part.clear(keep_tail=True)
    for mark in list(root.iter("sup", XHTML + "sup")):
        link = mark.find("a") if mark.find("a") is not None else mark.find(XHTML + "a")
        if link is not None and link.get("role") == "doc-noteref":
            link.text = ""
    return _joined(root)


def move_notes(root: html.HtmlElement) -> None:
    """Move the notes of the page *root* from the end to where they are read on paper: after their text."""
    sections = root.xpath("//section[@role='doc-endnotes']")
    for note in [item for section in sections for item in section.xpath("./ol/li")]:
        [call] = root.xpath("//a[@role='doc-noteref' and @href = $href]", href=f"#{note.xpath('.//@id')[0]}")
        text = call.xpath("ancestor::*[self::p or self::li or self::td or self::dd or self::h2][1]")[0]
        note.tag = "div"
        if text.tag in {"p", "h2"}:
            text.addnext(note)
        else:
            text.append(note)
    for section in sections:
        section.drop_tree()
    for entry in root.xpath("//nav[@class='contents']//a[@href='#notes']"):
        entry.getparent().drop_tree()


def _joined(root: etree._Element) -> str:
    inline = {"a", "em", "strong", "sup", "sub", "span", "code", "kbd", "math"}
    text = ""
    for event, element in etree.iterwalk(root, ("start", "end")):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        gap = "" if name in inline else " "
        text += gap + str((element.text if event == "start" else element.tail) or "")
    return text


def book(file: Path) -> dict[str, bytes]:
    """Return the files in an EPUB, by name."""
    return unpacked(file.read_bytes())


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files in an EPUB that is not written, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return {name: container.read(name) for name in container.namelist()}


def parts(files: dict[str, bytes]) -> list[etree._Element]:
    """Return the roots of the book's documents in the order of its spine."""
    package = etree.fromstring(files["EPUB/package.opf"])
    names = {item.get("id"): item.get("href") for item in package.iter(OPF + "item")}
    return [etree.fromstring(files[f"EPUB/{names[ref.get('idref')]}"]) for ref in package.iter(OPF + "itemref")]


def pages(file: Path) -> list[str]:
    """Return the text of each page of a PDF."""
    document = pypdfium2.PdfDocument(file)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def in_order(wanted: Iterable[str], text: str) -> str:
    """Return the first of the words *wanted* that is not in *text* after the one before it; nothing if all are."""
    letters, at = "".join(words(text)), 0
    for word in wanted:
        start = letters.find(word, at)
        if start < 0:
            return word
        at = start + len(word)
    return ""
