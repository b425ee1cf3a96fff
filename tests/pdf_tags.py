"""The tags of a PDF as a screen reader gets them: elements with their words, in the order of the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")

INLINE = frozenset(("Span", "Link", "Reference", "Quote", "Code", "Formula"))
ATTRIBUTES = frozenset(("/Alt", "/Lang", "/ListNumbering", "/Scope"))


@dataclass(frozen=True)
class Element:
    """A structure element: its kind, its object, what it says of itself, its parts (elements and words), where it is.

    *about* and *annotations* are objects of the file, and go with it.
    """

    kind: str
    about: Any
    attributes: dict[str, str]
    parts: tuple[Element | str, ...]
    pages: frozenset[int]
    annotations: tuple[Any, ...]

    @property
    def kids(self) -> list[Element]:
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, kind: str = "") -> list[Element]:
        """Return this element and those below it, of one *kind*."""
        return [element for element in self._walk() if kind in {"", element.kind}]

    def lines(self) -> list[str]:
        """Return the text of each paragraph, cell, label and the like, in the order of reading."""
        lines = [""]
        for part in self.parts:
            if isinstance(part, Element) and part.kind not in INLINE:
                lines += [*part.lines(), ""]
            else:
                lines[-1] += part if isinstance(part, str) else part.text
        return [line for line in lines if line]

    def shape(self) -> str:
        """Return the kinds below: `L(LI(Lbl LBody))`."""
        inner = " ".join(kid.shape() for kid in self.kids)
        return f"{self.kind}({inner})" if inner else self.kind

    def _walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid._walk()


def tree(document: pikepdf.Pdf, texts: dict[Any, dict[int, str]] | None = None) -> Element:
    """Return the Document element of *document*; *texts* has the words of each page by their numbers, if known."""
    texts = texts or {page.obj.objgen: _texts(page) for page in document.pages}
    numbers = {page.obj.objgen: at for at, page in enumerate(document.pages)}
    return _element(document.Root.StructTreeRoot.K[0], texts, numbers)


def _element(element: Any, texts: dict[Any, dict[int, str]], numbers: dict[Any, int]) -> Element:
    parts: list[Element | str] = []
    pages: set[int] = set()
    annotations = []
    for kid in element.get("/K", []):
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            page, number = (element.Pg, kid) if isinstance(kid, int) else (kid.Pg, int(kid.MCID))
            parts.append(texts[page.objgen][number])
            pages.add(numbers[page.objgen])
        elif kid.get("/Type") == "/OBJR":
            annotations.append(kid.Obj)
        else:
            assert kid.P.objgen == element.objgen, "an element does not know what it is in"
            inner = _element(kid, texts, numbers)
            parts.append(inner)
            pages |= inner.pages
    parts = [str(element.ActualText)] if "/ActualText" in element else parts
    attributes = {
        key[1:]: str(value) for key, value in [*element.items(), *element.get("/A", {}).items()] if key in ATTRIBUTES
    }
    return Element(str(element.S)[1:], element, attributes, tuple(parts), frozenset(pages), tuple(annotations))


def _texts(page: Any) -> dict[int, str]:
    """Return the text of every piece of marked content that is read, by its number."""
    texts: dict[int, str] = {}
    open_marks: list[int | None] = []
    letters: dict[str, str] = {}
    parts: list[Any] = list(pikepdf.parse_content_stream(page))
    for part in parts:
        operator, operands = str(part.operator), part.operands
        if operator in {"BDC", "BMC"}:
            number = operands[1].get("/MCID") if operator == "BDC" else None
            open_marks.append(None if number is None else int(number))
        elif operator == "EMC":
            open_marks.pop()
        elif operator == "Tf":
            letters = _letters(page.obj.Resources.Font[str(operands[0])])
        number = next((mark for mark in reversed(open_marks) if mark is not None), None)
        if number is not None:
            texts.setdefault(number, "")
            if operator in {"TJ", "Tj"}:
                shown = operands[0] if operator == "TJ" else operands
                codes = "".join(bytes(text).hex() for text in shown if isinstance(text, pikepdf.String))
                texts[number] += "".join(letters.get(codes[at : at + 4], "\ufffd") for at in range(0, len(codes), 4))
    return texts


def _letters(font: Any) -> dict[str, str]:
    pairs = MAPPED.findall(font.ToUnicode.read_bytes())
    return {code.decode(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
