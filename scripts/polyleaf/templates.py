"""DOOR to Jinja and the theme: its templates filled in, its style sheets, its labels in the edition's language."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from polyleaf import catalogs, languages
from polyleaf.theme import css

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.model import Theme

FALLBACK = "en"
"""The language of the labels in the templates, for languages into which the theme has not been translated."""


def render(name: str, language: str, **values: object) -> str:
    """Return the template *name* of the theme filled in with *values*, labels in *language* (a gettext code)."""
    return _environment(language).get_template(name).render(**values)


def label(text: str, language: str) -> str:
    """Return the theme's label *text* (as the templates have it, in English) in *language*."""
    return _labels(language).get(text, text)


def label_attributes(language: str) -> dict[str, str]:
    """Return what an element with a label says in an edition in *language*: that it is in English, where it is."""
    if has_labels(language) or languages.related(language, FALLBACK):
        return {}
    turned = languages.direction(FALLBACK) != languages.direction(language)
    return {"lang": FALLBACK, **({"dir": languages.direction(FALLBACK)} if turned else {})}


def in_language(code: str, language: str) -> str:
    """Return what stands in an edition in *language* before a passage in the language *code*: `(in Dutch)`."""
    spoken = language if has_labels(language) else FALLBACK
    return label("(in %(language)s)", spoken) % {"language": languages.name(code, spoken)}


def has_labels(language: str) -> bool:
    """Tell whether the theme's labels are there in *language*."""
    return bool(_labels(language))


def styles(theme: Theme, *names: str) -> Markup:
    """Return the style sheets *names* for a screen, in the look of *theme*, as a text for a style element."""
    return _sheet(css.block(theme, paged=False), *map(text, names))


def printed(theme: Theme, *names: str) -> Markup:
    """Return the style sheets *names* for paper, in the look of *theme*, as a text for a style element."""
    large = ("large.css",) if theme.size >= css.LARGE and "print.css" in names else ()
    return _sheet(css.block(theme, paged=True), *map(text, (*names, *large)))


def cover(theme: Theme) -> Markup:
    """Return the style sheet of a book's cover, in the look of *theme*, as a text for a style element."""
    return _sheet(css.filled(text("cover.css"), css.cover(theme)))


def book(theme: Theme) -> str:
    """Return the style sheet of a book, in the look of *theme*: nothing that an old reader would not know."""
    return css.filled(text("epub.css"), css.book(theme))


def _sheet(*parts: str) -> Markup:
    return Markup("\n".join(parts).replace("</", "<\\/"))  # noqa: S704 - the theme's own, and colours that were checked


def script(name: str) -> Markup:
    """Return the script *name* of the theme as a text that can stand in a script element."""
    return Markup(text(name).replace("</", "<\\/"))  # noqa: S704 - the theme's own


@cache
def text(name: str) -> str:
    """Return the file *name* of the theme."""
    return (resources.files("polyleaf") / "assets" / name).read_text("utf-8")


@cache
def _labels(language: str) -> dict[str, str]:
    for code in _codes(language):
        file = resources.files("polyleaf") / "assets" / "locales" / code / "LC_MESSAGES" / "polyleaf.po"
        if file.is_file():
            return catalogs.read_labels(file.read_text("utf-8"), code)
    return {}


def _codes(language: str) -> Iterator[str]:
    yield language
    if "_" in language:
        yield language.split("_", maxsplit=1)[0]


def _attributes(pairs: dict[str, str]) -> Markup:
    return Markup("").join(Markup(' {}="{}"').format(*pair) for pair in pairs.items())


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("polyleaf", "assets"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    labels = _labels(language)
    attributes = _attributes(label_attributes(language))
    environment.globals["label_attributes"] = attributes

    def gettext(message: str) -> str:
        """Return the label: an element that says its language where it is another one; `striptags` takes that off."""
        said = labels.get(message) or message
        return f"<span{attributes}>{said}</span>" if attributes else said

    def ngettext(one: str, many: str, count: int) -> str:
        return gettext(one if count == 1 else many)

    environment.globals.update(favicon=css.favicon, inline=css.inline)
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment
