"""The theme of a project: `source/theme.toml` as a frozen `Theme`, refused where somebody could not read its texts."""

from __future__ import annotations

import re
import tomllib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from polyleaf.config import CODE
from polyleaf.errors import ConfigError, SourceError, offer, stop_for
from polyleaf.model import Organisation, Theme
from polyleaf.paths import THEME
from polyleaf.sources import encoding
from polyleaf.sources.front_matter import VALUES
from polyleaf.sources.images import validate_image
from polyleaf.theme import contrast_rules
from polyleaf.theme.colours import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from polyleaf.model import Picture

    Tables = Mapping[str, Mapping[str, Any]]
    """The tables of the file, every key known and every value of the right kind."""

WHERE = str(THEME)
SMALLEST, LARGEST = 12, 24
"""Points: clear print begins at 12 (UKAAF G003, Creating clear print and large print documents), giant print at 24.

Finished files are held to the lower limits of this page too, in `checks.output.type_size`.
"""

TIGHTEST, WIDEST = 1.35, 2
"""Line height in sizes: below it lines run into one another (RNIB: 1.5 to 2 word spaces), above it they fall apart."""

LOWEST = 1.42
"""The least height in millimetres of a letter x: that of Times New Roman in 9 points, which the European guideline on
the readability of the label and package leaflet (2009, section A.1) asks for."""

LOGOS = (".svg", ".png")
FAMILY = re.compile(r"\w[\w .-]*")
COLOUR = re.compile(r"#[0-9a-f]{6}")
SHORT = re.compile(r"#[0-9a-f]{3}")
LONGEST = 60

CONTACT = {"email": "email", "phone": "phone", "website": "url", "address": "address"}
"""The keys of `[organisation]`, and those of `Edition.contact`."""

KEYS_OF: Mapping[str, tuple[str, ...]] = {
    "colours": KEYS,
    "dark": KEYS,
    "fonts": ("text", "heading", "languages"),
    "type": ("size", "leading"),
    "logo": ("file",),
    "organisation": ("name", *CONTACT),
}
"""The tables of the file and their keys."""


def tables(content: bytes) -> Tables:
    """Return what is in the file; raises ConfigError with everything in it that is no setting, or none of its kind."""
    try:
        read = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{WHERE}: not valid TOML: {error}", hint="Repair the file and run again.") from error
    errors: list[ConfigError] = []
    made: dict[str, dict[str, Any]] = {}
    for name, table in read.items():
        try:
            made[name] = _table(name, table, errors)
        except ConfigError as error:
            errors.append(error)
    stop_for(errors)
    return made


def logo(tables: Tables) -> dict[str, str]:
    """Return the name of the logo's file within `source/`, and the place where it is said; nothing without a logo."""
    return {tables["logo"]["file"]: f"{WHERE}: [logo] file"} if "file" in tables.get("logo", {}) else {}


def theme(tables: Tables, content: bytes, pictures: tuple[Picture, ...]) -> Theme:
    """Return the theme in *tables*, read from *content*, with its logo in *pictures*, screened as every image is.

    Raises ConfigError for colours that are not legible together, with their contrast.
    """
    fonts, type_, about = (tables.get(name, {}) for name in ("fonts", "type", "organisation"))
    contact = {CONTACT[key]: value for key, value in about.items() if key in CONTACT}
    made = Theme(
        colours=tables.get("colours", {}),
        dark=tables.get("dark", {}),
        text=fonts.get("text", ""),
        heading=fonts.get("heading", ""),
        scripts=fonts.get("languages", {}),
        size=type_.get("size", Theme().size),
        leading=type_.get("leading", Theme().leading),
        logo=next(iter(pictures), None),
        organisation=Organisation(about.get("name", ""), contact),
        content=content,
    )
    _screen_logo(made)
    stop_for(contrast_rules.faults(made, WHERE))
    return made


def _screen_logo(made: Theme) -> None:
    if made.logo is None:
        return
    if not made.organisation.name:
        fact = "a voice reads the name of the organisation in its place, and there is none"
        raise ConfigError(f"{WHERE}: [logo]: {fact}", hint='Add:\n[organisation]\nname = "The name on the logo"')
    try:
        validate_image(made.logo, f"source/{made.logo.name}")
    except SourceError as error:
        raise ConfigError(error.message, hint=error.hint) from error


def _table(name: str, table: object, errors: list[ConfigError]) -> dict[str, Any]:
    """Return the *table*, its values made equal in form; what is wrong in it is added to *errors*."""
    if name not in KEYS_OF:
        raise ConfigError(f"{WHERE}: {name[:LONGEST]!r} is not a table of a theme", hint=offer(name, KEYS_OF))
    if not isinstance(table, dict):
        raise ConfigError(
            f"{WHERE}: {name} must be a table, not {_short(table)}", hint=f"Write [{name}] above its keys."
        )
    made = {}
    for key, value in table.items():
        try:
            made[key] = _reader(name, key)(value, f"{WHERE}: [{name}] {key}")
        except ConfigError as error:
            errors.append(error)
    return made


def _reader(table: str, key: str) -> Callable[[object, str], Any]:
    """Return what reads the value of *key* in *table*; raises ConfigError for a key that is none."""
    if key not in KEYS_OF[table]:
        fact = f"{key[:LONGEST]!r} is not a key of it"
        raise ConfigError(f"{WHERE}: [{table}]: {fact}", hint=offer(key, KEYS_OF[table]))
    if table in {"colours", "dark"}:
        return _colour
    return READERS.get(key, _line)


def _colour(value: object, where: str) -> str:
    text = str(value).lower()
    if SHORT.fullmatch(text):
        text = "#" + "".join(digit * 2 for digit in text[1:])
    if isinstance(value, str) and COLOUR.fullmatch(text):
        return text
    raise ConfigError(f"{where}: {_short(value)} is not a colour", hint='Write it as "#0d5a52": red, green and blue.')


def _size(value: object, where: str) -> float:
    fact = f"running text is printed in {SMALLEST} pt or more, up to {LARGEST}"
    return _number(value, where, (SMALLEST, LARGEST), fact)


def _leading(value: object, where: str) -> float:
    fact = f"lines are {TIGHTEST} to {WIDEST} times as high as the letters' size"
    return _number(value, where, (TIGHTEST, WIDEST), fact)


def _number(value: object, where: str, limits: tuple[float, float], fact: str) -> float:
    least, most = limits
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ConfigError(f"{where}: {_short(value)} is not a number", hint=f"Write one, such as {least}.")
    if not least <= value <= most:
        near = least if value < least else most
        raise ConfigError(f"{where}: {_short(value)} will not do: {fact}", hint=f"Write {near:g}, or take it out.")
    return value


def _line(value: object, where: str) -> str:
    """Return a text of one line, as a person can read it and nothing else."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        raise ConfigError(f"{where}: must be a text, not {_short(value)}", hint='Write it between "quotation marks".')
    if found := encoding.find_forbidden_character(text):
        raise ConfigError(f"{where}: {found}", hint="Take it out.")
    return text


def _contact(key: str) -> Callable[[object, str], str]:
    """Return what reads the value of *key* of `Edition.contact`, which is held to what the front matter says of it."""
    good, hint = VALUES.get(f"contact.{key}", (bool, ""))

    def read(value: object, where: str) -> str:
        text = _line(value, where)
        if not good(text):
            raise ConfigError(f"{where}: cannot be {_short(text)}", hint=hint)
        return text

    return read


def _family(value: object, where: str) -> str:
    text = _line(value, where)
    if FAMILY.fullmatch(text):
        return text
    raise ConfigError(
        f"{where}: {_short(text)} is not the name of a font", hint='Write one family, such as "Noto Serif".'
    )


def _families(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: cannot be {_short(value)}", hint='Write { ar = "Noto Naskh Arabic" }.')
    for code in value:
        if not CODE.fullmatch(code):
            fact = f"{code[:LONGEST]!r} is not the code of a language"
            raise ConfigError(f"{where}: {fact}", hint="Write a code such as ar, pt_BR or zh_Hans.")
    return {code: _family(name, f"{where}: {code}") for code, name in value.items()}


def _file(value: object, where: str) -> str:
    text = _line(value, where)
    path = PurePosixPath(text)
    if path.parts[:1] != ("media",) or ".." in path.parts:
        raise ConfigError(f"{where}: {_short(text)} is not in source/media/", hint='Write it as "media/logo.svg".')
    if path.suffix.lower() not in LOGOS:
        fact = f"{_short(text)} is neither an SVG nor a PNG"
        raise ConfigError(f"{where}: {fact}", hint="Export the logo as one of them.")
    return text


READERS: Mapping[str, Callable[[object, str], Any]] = {
    "text": _family,
    "heading": _family,
    "languages": _families,
    "size": _size,
    "leading": _leading,
    "file": _file,
    **{key: _contact(name) for key, name in CONTACT.items()},
}
"""What reads the value of each key that is no colour and no plain line of text."""


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
