"""The theme of a project: `source/theme.toml` as a frozen `Theme`, refused where somebody could not read its texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from polyleaf import settings, svg
from polyleaf.errors import ConfigError, SourceError, offer, stop_for
from polyleaf.model import DEFAULT_THEME, Organisation, Picture, Theme
from polyleaf.paths import THEME
from polyleaf.quotations import quote
from polyleaf.settings import Kind, KindError, Setting, short
from polyleaf.sources import encoding, front_matter
from polyleaf.sources.images import prepare_image
from polyleaf.theme.colours import find_faults

Tables = Mapping[str, Mapping[str, Any]]
"""The tables of the file, every key known and every value of the right kind."""

FILE = str(THEME)
SMALLEST, LARGEST = 12, 24
"""Points: clear print begins at 12 (UKAAF G003, Creating clear print and large print documents), giant print at 24.

Outputs are held to the lower limits below too, in `checks.output.typography`.
"""

TIGHTEST, WIDEST = 1.35, 2
"""Line height in sizes: below it lines run into one another (RNIB: 1.5 to 2 word spaces), above it they fall apart."""

LOWEST = 1.42
"""The least height in millimetres of a letter x: that of Times New Roman in 9 points, which the European guideline on
the readability of the label and package leaflet (2009, section A.1) asks for."""

LOGOS = (".svg", ".png")

CONTACT = {"email": "email", "phone": "phone", "website": "url", "address": "address"}
"""The keys of `[organisation]`, and those of `Edition.contact`."""


def tables(content: bytes) -> Tables:
    """Return what is in the file; raises ConfigError with everything in it that is no setting, or none of its kind."""
    errors: list[ConfigError] = []
    values: dict[str, dict[str, Any]] = {}
    for name, table in settings.load(content, FILE).items():
        if name in TABLES and isinstance(table, dict):
            values[name], wrong = settings.read(table, TABLES[name], "a key of it", f"{FILE}: [{name}]")
            errors += wrong
        elif name in TABLES:
            fact = f"{FILE}: {name} must be a table, not {short(table)}"
            errors.append(ConfigError(fact, hint=f"Write [{name}] above its keys."))
        else:
            fact = f"{FILE}: {quote(name)} is not a table of a theme"
            errors.append(ConfigError(fact, hint=offer(name, TABLES)))
    stop_for(errors)
    return values


def logo(tables: Tables) -> dict[str, str]:
    """Return the logo's file within `source/` with the location of its key; nothing without a logo."""
    return {tables["logo"]["file"]: f"{FILE}: [logo] file"} if "file" in tables.get("logo", {}) else {}


def theme(tables: Tables, content: bytes, pictures: tuple[Picture, ...]) -> Theme:
    """Return the theme in *tables*, read from *content*, with its logo in *pictures*, screened as every image is.

    Raises ConfigError for colours that are not legible together, with their contrast.
    """
    fonts, type_, about = (tables.get(name, {}) for name in ("fonts", "type", "organisation"))
    contact = {CONTACT[key]: value for key, value in about.items() if key in CONTACT}
    theme = Theme(
        colours=tables.get("colours", {}),
        dark=tables.get("dark", {}),
        text=fonts.get("text", ""),
        heading=fonts.get("heading", ""),
        scripts=fonts.get("languages", {}),
        size=type_.get("size", DEFAULT_THEME.size),
        leading=type_.get("leading", DEFAULT_THEME.leading),
        logo=_prepare_logo(pictures, about.get("name", "")),
        organisation=Organisation(about.get("name", ""), contact),
        content=content,
    )
    stop_for(find_faults(theme, FILE))
    return theme


def _prepare_logo(pictures: tuple[Picture, ...], name: str) -> Picture | None:
    """Return the logo in *pictures*, if there is one, as it goes out; *name* is that of the organisation."""
    if not pictures:
        return None
    if not name:
        fact = "a voice reads the name of the organisation in its place, and there is none"
        raise ConfigError(f"{FILE}: [logo]: {fact}", hint='Add:\n[organisation]\nname = "The name on the logo"')
    try:
        logo = prepare_image(pictures[0], f"source/{pictures[0].name}")
    except SourceError as error:
        raise ConfigError(error.message, hint=error.hint) from error
    if logo.name.endswith(".svg") and svg.find_looks(svg.parse(logo.content, logo.name), ""):
        fact = "its words are text, which each reader would see in another font"
        hint = (
            "Export it with its words as shapes (Inkscape: Path > Object to Path; Illustrator: Type > Create Outlines)."
        )
        raise ConfigError(f"{FILE}: [logo]: {fact}", hint=hint)
    return logo


def _read_colour(value: object) -> str:
    text = str(HEX.read(value)).lower()
    return text if len(text) > len("#rgb") else "#" + "".join(digit * 2 for digit in text[1:])


def _read_line(value: object) -> str:
    """Return a text of one line, as a person can read it and nothing else."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        raise KindError(f"must be a text, not {short(value)}", 'Write it between "quotation marks".')
    if fact := encoding.find_forbidden_character(text):
        raise KindError(fact, "Take it out.")
    return text


def _read_families(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise KindError(f"cannot be {short(value)}", 'Write { ar = "Noto Naskh Arabic" }.')
    families = {}
    for code, family in value.items():
        if not settings.CODE.fullmatch(code):
            fact = f"{short(code)} is not the code of a language"
            raise KindError(fact, "Write a code such as ar, pt_BR or zh_Hans.")
        with settings.inside(f": {code}"):
            families[code] = FONT.read(family)
    return families


def _read_file(value: object) -> str:
    text = _read_line(value)
    path = PurePosixPath(text)
    if path.parts[:1] != ("media",) or ".." in path.parts:
        raise KindError(f"{short(text)} is not in source/media/", 'Write it as "media/logo.svg".')
    if path.suffix.lower() not in LOGOS:
        raise KindError(f"{short(text)} is neither an SVG nor a PNG", "Export the logo as one of them.")
    return text


def _line(kind: Kind) -> Kind:
    """Return *kind*, which TOML writes as a text of one line."""
    return Kind(kind.schema, lambda value: kind.read(_read_line(value)))


LINE = Kind({"title": "text", "type": "string", "pattern": r"\S"}, _read_line)
FONT = _line(
    settings.text(
        "font family", r"\w[\w\s.-]*", 'Write one family, such as "Noto Serif".', "{} is not the name of a font"
    )
)
FONTS = Kind({"title": "table per language", **settings.by_language(FONT.schema)}, _read_families)
HEX = settings.text(
    "colour", "#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", 'Write it as "#0d5a52": red, green and blue.', "{} is not a colour"
)
COLOUR = Kind(HEX.schema, _read_colour)
IMAGE = Kind(
    {"title": "path of an SVG or PNG", "type": "string", "pattern": r"^[\s./]*media/.*\.([sS][vV][gG]|[pP][nN][gG])"},
    _read_file,
)
POINTS = settings.number(
    "points", SMALLEST, LARGEST, f"running text is printed in {SMALLEST} pt or more, up to {LARGEST}"
)
LEADING = settings.number(
    "factor", TIGHTEST, WIDEST, f"lines are {TIGHTEST} to {WIDEST} times as high as the letters' size"
)

COLOURS = {
    "paper": Setting(COLOUR, "The page, and what is drawn in an icon."),
    "ink": Setting(COLOUR, "Running text."),
    "brand": Setting(COLOUR, "Headings, lines, and the borders of boxes without a colour of their own."),
    "link": Setting(COLOUR, "Links."),
    "tint": Setting(COLOUR, "The background of those boxes, of the cover and of the heads of tables."),
    "warning": Setting(COLOUR, "The border, sign and heading of `warning` and of `call-today`."),
    "warning-tint": Setting(COLOUR, "The background of `warning` and of `call-today`."),
    "now": Setting(COLOUR, "The border, sign and heading of `call-now`."),
    "now-tint": Setting(COLOUR, "The background of `call-now`."),
    "appointment": Setting(COLOUR, "The border, sign and heading of `call-appointment`."),
    "appointment-tint": Setting(COLOUR, "The background of `call-appointment`."),
    "quiet": Setting(COLOUR, "The border of what is said of the leaflet itself, such as that it is a draft."),
    "quiet-tint": Setting(COLOUR, "The background of what is said of the leaflet itself."),
}

TABLES: Mapping[str, Mapping[str, Setting]] = {
    "colours": COLOURS,
    "dark": COLOURS,
    "fonts": {
        "text": Setting(FONT, "The family of running text; that of its script when it is left out."),
        "heading": Setting(FONT, "The family of headings; that of running text when it is left out."),
        "languages": Setting(FONTS, "The family of running text in single languages, by gettext code."),
    },
    "type": {
        "size": Setting(POINTS, "The size of running text on paper, in points."),
        "leading": Setting(
            LEADING, "The height of a line on paper, in sizes of its letters; on screens it is a little more."
        ),
    },
    "logo": {
        "file": Setting(IMAGE, "The logo, in `source/media/`; the organisation needs a name, which is read aloud.")
    },
    "organisation": {
        "name": Setting(LINE, "The name of the organisation, which is the publisher of leaflets that name none."),
        "email": Setting(_line(front_matter.EMAIL), "Its e-mail address, for leaflets that have none."),
        "phone": Setting(_line(front_matter.PHONE), "Its telephone number, for leaflets that have none."),
        "website": Setting(_line(front_matter.URL), "The address of its website, for leaflets that have none."),
        "address": Setting(LINE, "Its address by post."),
    },
}
"""The tables of the file with their keys, each read and described by its kind."""
