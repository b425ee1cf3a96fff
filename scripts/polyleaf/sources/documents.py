"""Documents in other formats (Word, HTML, EPUB, ...), for import: told from their suffix, checked, read by pandoc."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

import webencodings

from polyleaf import pandoc, tree
from polyleaf.errors import SourceError
from polyleaf.model import Document, FrontMatter, Manuscript, Node, Nodes
from polyleaf.quotations import shorten
from polyleaf.sources import check_depth, encoding, front_matter, nesting_error, revisions, word_cleanup

MARKDOWN = pandoc.MARKDOWN.replace("-yaml_metadata_block", "+yaml_metadata_block")
ZIPPED = {".docx": "docx", ".odt": "odt", ".epub": "epub", ".pptx": "pptx"}
"""Formats that are a zip of other files, with pandoc's names for them."""

SAME = ("docbook", "fb2", "html", "ipynb", "jats", "mediawiki", "opml", "org", "rst", "rtf", "textile")
PLAIN = {f".{name}": name for name in SAME} | {".adoc": "asciidoc", ".dbk": "docbook", ".typ": "typst"}
PLAIN |= {".htm": "html", ".xhtml": "html", ".wiki": "mediawiki"}
PLAIN |= dict.fromkeys((".markdown", ".md", ".txt"), MARKDOWN) | dict.fromkeys((".latex", ".tex"), "latex-raw_tex")
"""Formats that are a text, with pandoc's names for them."""

READERS = ZIPPED | PLAIN
UNREADABLE = {
    ".pdf": "A PDF holds letters on pages and no text to align. Import the file it was made from (docx, odt, ...), "
    "or open the PDF in a word processor, save that as .docx, and look at what came of it.",
    ".doc": "Open it in a word processor and save it as .docx.",
    ".po": "It is a catalogue already: put it in locales/<language>/LC_MESSAGES/ and run `polyleaf update`.",
}
"""What to do with formats that pandoc does not read."""

LARGEST, MAX_TEXT = 200_000_000, 50_000_000
"""How many bytes a document may have with its images, and how many without."""

MAX_BLOCKS = 20_000
"""How many paragraphs, headings and items a document may have: a leaflet has some hundreds."""

MEDIA = re.compile(r"\.(png|jpe?g|gif|svg|emf|wmf|tiff?|webp|bmp|ttf|otf|odttf|woff2?|mp[34])$", re.IGNORECASE)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file starts that Word locked with a password, and an old .doc: [MS-CFB] 2.2."""

ZIP = b"PK\x03\x04"
"""How a zip starts."""

LOCKED = {".odt": ("META-INF/manifest.xml", b"encryption-data"), ".epub": ("META-INF/encryption.xml", b"EncryptedData")}
"""The part of a packed file that says that its other parts are locked, and the word by which it does."""

ROLES = re.compile(rb"""\srole=["']?doc-(noteref|endnotes?|footnotes?|backlink)["']?""")
SOURCE_DESCRIPTION = re.compile(rb"""<p class=["']source-description["'].*?</p>""", re.DOTALL)
"""The last line of a page that polyleaf made: which translation it is, in the language of the source."""

TITLE = "dcterms.title"
"""Where a page gives its title alone: that of the window may say more, such as `Draft: Your knee`."""

LOST_NOTE = "Reference not found for"


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A document that is to be imported, and what there is to say of it: warnings of pandoc, and what is left out."""

    document: Document
    warnings: tuple[str, ...] = ()


def read_document(manuscript: Manuscript, language: str) -> ImportedDocument:
    """Return *manuscript*, a translation into *language*, as a document.

    Its title, subtitle and other texts are its front matter; it has no lines. Raises SourceError when it is of no
    known format, not what its suffix says, locked, damaged, too large or empty.
    """
    name = manuscript.path.name
    try:
        meta, blocks, warnings = _read(manuscript)
        blocks, comments = revisions.remove_comments(check_depth(blocks, name))
        blocks = word_cleanup.clean_blocks(blocks)
    except RecursionError as error:
        raise nesting_error(name) from error
    texts = {key: inlines for key, inlines in _texts(meta).items() if tree.plain(inlines)}
    blocks = _without_title(blocks, texts.get("title", []))
    counts = Counter(node["t"] for node in tree.walk(blocks))
    if sum(counts[kind] for kind in ("Para", "Plain", "Header")) > MAX_BLOCKS:
        raise _too_large(name)
    if not counts["Str"]:
        raise SourceError(f"{name}: there is no text in it", hint="Pages that were scanned are images: retype them.")
    front = FrontMatter({}, texts, dict.fromkeys(texts, 1))
    warned = [f"pandoc says: {shorten(warning, 200)}" for warning in warnings]
    notices = (*warned, *revisions.count_revisions(manuscript.path.suffix.lower(), manuscript.content), *comments)
    return ImportedDocument(Document(manuscript.leaflet, manuscript.path, language, front, blocks), notices)


def _read(manuscript: Manuscript) -> tuple[dict[str, Node], Nodes, list[str]]:
    name, suffix, content = manuscript.path.name, manuscript.path.suffix.lower(), manuscript.content
    _validate(name, suffix, content)
    if suffix in PLAIN:
        content = _text(manuscript).encode()
    try:
        content = SOURCE_DESCRIPTION.sub(b"", content) if READERS[suffix] == "html" else content
        meta, blocks, warnings = pandoc.read_file(content, READERS[suffix])
        if READERS[suffix] == "html" and any(LOST_NOTE in warning for warning in warnings):
            # pandoc finds notes only where it would put them; as links and a list they are all there.
            meta, blocks, warnings = pandoc.read_file(ROLES.sub(b"", content), "html")
    except SourceError as error:
        raise SourceError(f"{name}: {error.message}", hint=error.hint) from error
    return meta, blocks, warnings


def _validate(name: str, suffix: str, content: bytes) -> None:
    if suffix not in READERS or content.startswith(b"%PDF-"):
        kind = ".pdf" if content.startswith(b"%PDF-") else suffix
        hint = UNREADABLE.get(kind, f"Save it as one of: {', '.join(sorted(READERS))}.")
        raise SourceError(f"{name}: a document of this kind cannot be read", hint=hint)
    if content.startswith(COMPOUND):
        fact = "it is locked with a password, or an old .doc"
        raise SourceError(f"{name}: {fact}", hint="Open it, and save it as .docx without a password.")
    if not content.strip():
        raise SourceError(f"{name}: the file is empty", hint="Look whether it was copied whole.")
    if suffix in ZIPPED:
        _validate_zip(name, suffix, content)
    elif content.startswith(ZIP):
        fact = f"what is in it is no {suffix} but a packed file"
        raise SourceError(f"{name}: {fact}", hint=f"Give it its own suffix, such as {' or '.join(ZIPPED)}.")
    elif len(content) > MAX_TEXT:
        raise _too_large(name)


def _validate_zip(name: str, suffix: str, content: bytes) -> None:
    """Raise SourceError when *content* is no zip, is locked, or unfolds to more than anybody has written."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            parts = container.infolist()
            lock, word = LOCKED.get(suffix, ("", b""))
            if sum(part.file_size for part in parts if not MEDIA.search(part.filename)) > MAX_TEXT:
                raise _too_large(name)
            is_locked = any(part.flag_bits & 1 for part in parts)
            is_locked = is_locked or (lock in container.namelist() and word in container.read(lock))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error) as error:
        hint = (
            f"It is no {suffix} file, or was not copied whole: open it in the program that made it, and save it anew."
        )
        raise SourceError(f"{name}: it cannot be unpacked", hint=hint) from error
    if is_locked:
        raise SourceError(f"{name}: it is locked with a password", hint="Open it, and save it without a password.")


def _too_large(name: str) -> SourceError:
    fact = f"it has more than {MAX_TEXT // 1_000_000} MB of text, or than {MAX_BLOCKS} paragraphs"
    return SourceError(f"{name}: {fact}", hint="Import the leaflet alone, not the book it is in.")


def _text(manuscript: Manuscript) -> str:
    """Return the text of *manuscript*: UTF-8, UTF-16 with its mark, or what an HTML page says that it is in."""
    name, content = manuscript.path.name, manuscript.content
    declared = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", content[:4096], re.IGNORECASE)
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    label = "utf-16" if has_mark else declared[1].decode() if declared and b"<" in content[:64] else "utf-8"
    try:
        text = content.decode("utf-16" if has_mark else _codec(label))
    except (UnicodeError, LookupError) as error:
        raise SourceError(f"{name}: this is not {label.upper()}", hint="Save it as UTF-8.") from error
    if "\0" in text:
        raise SourceError(f"{name}: this is not a text", hint="Its name may end otherwise than it should.")
    if manuscript.path.suffix.lower() in {".md", ".markdown", ".txt"}:
        encoding.check_brackets(text, name, 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _codec(label: str) -> str:
    """Return Python's name of the encoding that a page without a byte order mark declares with *label*, as browsers do.

    Raises LookupError for one that browsers do not read, such as UTF-7. https://encoding.spec.whatwg.org/#names-and-labels
    """
    declared = webencodings.lookup(label)
    if declared is None or declared.name in {"replacement", "x-user-defined"}:
        raise LookupError(label)
    return "utf-8-sig" if declared.name.startswith("utf-") else str(declared.codec_info.name)


def _texts(meta: dict[str, Node]) -> dict[str, Nodes]:
    """Return the texts in *meta* under the names of our front matter: `title`, `keywords.0` ..."""
    texts: dict[str, Nodes] = {}
    for key in front_matter.TEXTS:
        value = meta.get(TITLE, meta.get(key)) if key == "title" else meta.get(key)
        if not value:
            continue
        if key == "keywords":
            is_list = value["t"] == "MetaList"
            words = [tree.plain(_inlines(item)) for item in (value["c"] if is_list else [value])]
            words = words if is_list else words[0].split(",")
            texts |= {f"keywords.{at}": tree.words(word.strip()) for at, word in enumerate(words)}
        else:
            texts[key] = word_cleanup.clean_inlines(_inlines(value))
    return texts


def _inlines(value: Node) -> Nodes:
    """Return the inlines of a value of pandoc's metadata: of a list the last one, which in an EPUB is the title."""
    content: Any = value.get("c")
    if value["t"] == "MetaInlines":
        return list(content)
    if value["t"] == "MetaString":
        return tree.words(content)
    if value["t"] == "MetaList" and content:
        return _inlines(content[-1])
    if value["t"] == "MetaBlocks" and content and content[0]["t"] in {"Para", "Plain"}:
        return list(content[0]["c"])
    return []


def _without_title(blocks: Nodes, title: Nodes) -> Nodes:
    """Return *blocks* without a first heading that only says the *title* again."""
    first = next((node for node in tree.walk(blocks) if node["t"] in {"Header", "Para", "Plain"}), None)
    words = tree.plain(title)
    if not words or first is None or first["t"] != "Header" or tree.plain(first["c"][2]) != words:
        return blocks
    return list(tree.rebuild(blocks, lambda node: [] if node == first else node))
