"""Sign-offs: who has read and approved which texts, in a file beside the source that is only ever added to."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from polyleaf import settings
from polyleaf.errors import ConfigError, SourceError
from polyleaf.quotations import quote

HEAD = """\
# Sign-offs of this leaflet, written by `polyleaf sign`. Each holds for exactly the texts whose fingerprints it has:
# when the source or the translation changes, it does not count any more, and stays here as history.
"""

HINT = "Restore the file from your version control, or take the broken part out and sign again with `polyleaf sign`."
PRINT = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SignOff:
    """A person, *name*, in a *role* approved on *date* (ISO 8601) the texts of one *language* and *version*.

    *source* and *translation* are fingerprints as in `release.fingerprints`.
    """

    role: str
    name: str
    date: str
    language: str
    version: str
    source: str
    translation: str


def read(content: bytes | None, location: str) -> tuple[SignOff, ...]:
    """Return the sign-offs in the TOML *content* of the file *location*, none when it is None.

    Raises SourceError for a file that is not what `write` makes: a sign-off that cannot be read is no sign-off.
    """
    if content is None:
        return ()
    try:
        table = settings.load(content, location)
    except ConfigError as error:
        raise SourceError(error.message, hint=HINT) from error
    rows = table.get("sign-off", [])
    if not isinstance(rows, list) or set(table) - {"sign-off"}:
        raise SourceError(f"{location}: holds something else than [[sign-off]]", hint=HINT)
    return tuple(_checked(row, f"{location}: sign-off {number}") for number, row in enumerate(rows, 1))


def write(signoffs: Sequence[SignOff]) -> bytes:
    """Return *signoffs* as the TOML that `read` reads."""
    parts = [HEAD]
    for signoff in signoffs:
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in asdict(signoff).items()]
        parts.append("\n".join(["[[sign-off]]", *lines]) + "\n")
    return "\n".join(parts).encode()


def _checked(row: Any, location: str) -> SignOff:  # noqa: ANN401 - whatever TOML can hold
    names = [field.name for field in fields(SignOff)]
    if not isinstance(row, dict) or sorted(row) != sorted(names):
        raise SourceError(f"{location} must have exactly the keys {', '.join(names)}", hint=HINT)
    for key, value in row.items():
        if not isinstance(value, str) or (not value.strip() and key != "version"):
            raise SourceError(f"{location}: {key} must be a text with something in it", hint=HINT)
    for key in ("source", "translation"):
        if not PRINT.fullmatch(row[key]):
            raise SourceError(f"{location}: {key} is not a fingerprint", hint=HINT)
    if not settings.is_date(row["date"]):
        raise SourceError(f"{location}: the date {quote(row['date'])} is not one such as 2026-03-01", hint=HINT)
    return SignOff(**row)
