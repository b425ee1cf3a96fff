"""Templates, style sheets and labels of `assets/`, in the language and theme of an edition. Calls Jinja."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from polyleaf import catalogs, languages
from polyleaf.model import Theme
from polyleaf.theme import css

FALLBACK = "en"
"""The language of the labels in the templates, shown in languages that the labels are not translated into."""


def render(name: str, language: str, **values: object) -> str:
    """Return the template *name* filled in with *values*, its labels in *language* (a gettext code)."""
    return _environment(language).get_template(name).render(**values)


def label(text: str, language: str) -> str:
    """Return the label *text* (in English, as the templates have it) in *language* (a gettext code)."""
    return _labels(language).get(text, text)


def label_attributes(language: str) -> dict[str, str]:
    """Return `lang` and `dir` of an element with a label in an edition in *language*, where the label is in English."""
    if has_labels(language) or languages.related(language, FALLBACK):
        return {}
    direction = languages.direction(FALLBACK)
    return {"lang": FALLBACK, **({"dir": direction} if direction != languages.direction(language) else {})}


def in_language(code: str, language: str) -> str:
    """Return the words of an edition in *language* before a passage in the language *code*: `(in Dutch)`."""
    of_label = language if has_labels(language) else FALLBACK
    return label("(in %(language)s)", of_label) % {"language": languages.name(code, of_label)}


def has_labels(language: str) -> bool:
    """Tell whether the labels are translated into *language*."""
    return bool(_labels(language))


def styles(theme: Theme, *names: str) -> Markup:
    """Return the variables of *theme* and the style sheets *names* for a screen, for a style element."""
    return _raw_text(css.define_variables(theme, paged=False), *map(read_asset, names))


def print_styles(theme: Theme, *names: str) -> Markup:
    """Return the variables of *theme* and the style sheets *names* for print, for a style element."""
    large = ("large.css",) if theme.size >= css.LARGE and "print.css" in names else ()
    return _raw_text(css.define_variables(theme, paged=True), *map(read_asset, (*names, *large)))


def cover_styles(theme: Theme) -> Markup:
    """Return the style sheet of a book's cover in *theme*, for a style element."""
    return _raw_text(css.substitute(read_asset("cover.css"), css.cover_variables(theme)))


def book_styles(theme: Theme) -> str:
    """Return the style sheet of a book in *theme*, without variables, which old readers do not know."""
    return css.substitute(read_asset("epub.css") + read_asset("lists.css"), css.book_variables(theme))


def _raw_text(*parts: str) -> Markup:
    return Markup("\n".join(parts).replace("</", "<\\/"))  # noqa: S704 - our own, and colours that were checked


def read_script(name: str) -> Markup:
    """Return the script *name*, for a script element."""
    return _raw_text(read_asset(name))


@cache
def read_asset(name: str) -> str:
    """Return the text of the file *name* of `assets/`."""
    return (resources.files("polyleaf") / "assets" / name).read_text("utf-8")


@cache
def _labels(language: str) -> dict[str, str]:
    for code in (language, language.partition("_")[0]):
        file = resources.files("polyleaf") / "assets" / "locales" / code / "LC_MESSAGES" / "polyleaf.po"
        if file.is_file():
            return catalogs.read_labels(file.read_text("utf-8"), code)
    return {}


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
    attributes = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in label_attributes(language).items())

    def gettext(message: str) -> str:
        """Return the label, in an element with its language where it is another one; `striptags` takes that off."""
        translated = labels.get(message) or message
        return f"<span{attributes}>{translated}</span>" if attributes else translated

    def ngettext(singular: str, plural: str, count: int) -> str:
        return gettext(singular if count == 1 else plural)

    environment.globals.update(label_attributes=attributes, favicon=css.favicon, inline=css.data_url)
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment
