"""Digests of values: two that differ in anything have other ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime


def hash_value(value: object) -> str:
    """Return the SHA-256, in hexadecimal digits, of *value*: a frozen value, or a collection, text or number.

    Values that differ in a type, a field or an order have other digests. Raises TypeError for another kind of value,
    which could differ in what is not seen here.
    """
    digest = hashlib.sha256()
    for part in _encode(value):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _encode(value: object) -> Iterator[bytes]:
    """Yield *value* in parts: its kind, its size if it has one, and what is in it."""
    yield type(value).__name__.encode()
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, str | int | float | datetime | None):
        yield str(value).encode("utf-8", "surrogatepass")
    else:
        items = list(_list_items(value))
        yield b"%d" % len(items)
        for item in items:
            yield from _encode(item)


def _list_items(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return value
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    raise TypeError(f"a {type(value).__name__} has no digest")
