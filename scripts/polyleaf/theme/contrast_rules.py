"""Contrast rules: which colours stand on which in the style sheets, the contrast of each pair, and errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from polyleaf.errors import ConfigError
from polyleaf.model import Theme
from polyleaf.theme.colours import FOLLOWS, GROUNDS, HUES, MEDIUM, schemes
from polyleaf.theme.contrast import SIGN, TEXT, find_nearest, format_ratio, ratio

PAGES = {"white": "#ffffff", "sepia": "#f4ecd8", "black": "#000000"}
"""Pages of reading systems, which bring their own."""

SCHEMES = ("light", "dark", "print")

TABLE: Sequence[tuple[Sequence[str], Sequence[str], Sequence[str], float]] = (
    (SCHEMES, ("ink", "soft", "link", "brand"), GROUNDS, TEXT),
    (SCHEMES, ("warning",), ("warning-tint", "paper"), TEXT),
    (SCHEMES, ("now",), ("now-tint", "paper"), TEXT),
    (SCHEMES, ("appointment",), ("appointment-tint", "paper"), TEXT),
    (SCHEMES, ("quiet",), ("quiet-tint", "paper"), TEXT),
    (SCHEMES, ("quiet",), ("tint",), SIGN),
    (SCHEMES, ("warning", "now"), ("now-tint",), TEXT),
    (SCHEMES, ("paper",), ("brand", "warning", "now", "appointment", "quiet"), SIGN),
    (("light", "dark"), ("paper",), ("ink",), TEXT),
    (("light", "dark"), ("focus",), GROUNDS, SIGN),
    (SCHEMES, ("ink", "brand", "soft"), ("leaf", "leaf-deep"), TEXT),
    (("epub",), tuple(f"{key}-medium" for key in MEDIUM), tuple(PAGES), SIGN),
    (("epub",), ("white",), tuple(f"{key}-medium" for key in MEDIUM), SIGN),
    (("cover",), ("ink", "brand"), ("tint", "disc"), TEXT),
    (("cover",), ("quiet",), ("tint", "disc"), SIGN),
)
"""The pairs that mean something: schemes, foregrounds, grounds, the least contrast of each.

`paper` on a colour is the drawing in an icon. Left out is what only decorates: `line` under rows and beside quotations,
the sprig of the cover.
"""

DECORATION = frozenset(("line", "line-medium"))
DRAWN = frozenset(("leaf", "leaf-deep", "disc"))
"""Colours of drawings that a logo replaces."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on another in a scheme, the contrast that they have, and the least that they may have."""

    scheme: str
    front: str
    back: str
    colours: tuple[str, str]
    ratio: float
    asked: float

    @property
    def passes(self) -> bool:
        """Whether the contrast is enough."""
        return self.ratio >= self.asked


def measure(theme: Theme) -> list[Pair]:
    """Return every pair of *theme*, each once, with the most that is asked of it."""
    pairs: dict[tuple[str, str, str], Pair] = {}
    by_scheme = {name: {**colours, **PAGES} for name, colours in schemes(theme).items()}
    for names, fronts, backs, asked in TABLE:
        for key in ((name, front, back) for name in names for front in fronts for back in backs):
            if theme.logo and DRAWN & {*key}:
                continue
            name, front, back = key
            colours = by_scheme[name][front], by_scheme[name][back]
            least = max(asked, pairs[key].asked if key in pairs else 0)
            pairs[key] = Pair(name, front, back, colours, ratio(*colours), least)
    return list(pairs.values())


def find_faults(theme: Theme, path: str) -> list[ConfigError]:
    """Return an error for each colour of the theme's file *path* that is not legible: its worst pair, and a remedy.

    Pairs of which nothing is set are the default ones, and pass.
    """
    by_setting: dict[tuple[str, str], list[Pair]] = {}
    for pair in measure(theme):
        if not pair.passes:
            by_setting.setdefault(_culprit(pair, theme), []).append(pair)
    return [_fault(theme, setting, pairs, path) for setting, pairs in by_setting.items()]


def _fault(theme: Theme, setting: tuple[str, str], pairs: Sequence[Pair], path: str) -> ConfigError:
    table, key = setting
    given: Mapping[str, str] = getattr(theme, table)
    own = [pair for pair in pairs if given[key] in pair.colours] or pairs
    worst = min(own, key=lambda pair: ("paper" not in {pair.front, pair.back}, pair.ratio / pair.asked))
    purpose = "text" if worst.asked == TEXT else "a border or sign"
    pair = f"{worst.scheme}: {worst.front} on {worst.back}"
    front, back = worst.colours
    fact = f"{front} on {back} has a contrast of {format_ratio(worst.ratio)}, and {purpose} needs {worst.asked:g}:1"
    others = f"; {len(pairs) - 1} more pairs are too weak" if len(pairs) > 1 else ""
    return ConfigError(f"{path}: [{table}] {key}: {fact} ({pair}{others})", hint=_offer(theme, table, key))


def _offer(theme: Theme, table: str, key: str) -> str:
    given: Mapping[str, str] = getattr(theme, table)

    def passes(colour: str) -> bool:
        changed = {**given, key: colour}
        tried = replace(theme, dark=changed) if table == "dark" else replace(theme, colours=changed)
        return all(pair.passes for pair in measure(tried) if _culprit(pair, tried) == (table, key))

    nearest = find_nearest(given[key], passes)
    if nearest:
        return f'The nearest colour of this hue that is legible everywhere: {key} = "{nearest}".'
    return "No colour of this hue is legible with the others: change what it stands on, or take it out."


def _culprit(pair: Pair, theme: Theme) -> tuple[str, str]:
    """Return the table and the key to which *pair* owes its colours; ("", "") for a pair of default colours."""
    settings = (setting for name in (pair.front, pair.back) for setting in _settings(name, pair.scheme, theme))
    return next(settings, ("", ""))


def _settings(name: str, scheme: str, theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield the settings by which the colour *name* of *scheme* is what it is."""
    table = "dark" if scheme == "dark" else "colours"
    if name in getattr(theme, table):
        yield table, name
        return
    if scheme == "dark" and name in theme.colours and name in HUES:
        yield "colours", name
    for parent in FOLLOWS.get(name, ()):
        yield from _settings(parent, scheme, theme)
