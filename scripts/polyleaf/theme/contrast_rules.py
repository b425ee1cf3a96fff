"""Which colours stand on which in the style sheets, what each pair needs, and what is said of one that has less."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from polyleaf.errors import ConfigError
from polyleaf.theme.colours import FOLLOWS, GROUNDS, HUES, MEDIUM, schemes
from polyleaf.theme.contrast import SIGN, TEXT, nearest, ratio, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polyleaf.model import Theme

PAGES = {"white": "#ffffff", "sepia": "#f4ecd8", "black": "#000000"}
"""Pages of reading systems, which bring their own."""

SHEETS = ("light", "dark", "print")

TABLE: Sequence[tuple[Sequence[str], Sequence[str], Sequence[str], float]] = (
    (SHEETS, ("ink", "soft", "link", "brand"), GROUNDS, TEXT),
    (SHEETS, ("warning",), ("warning-tint", "paper"), TEXT),
    (SHEETS, ("now",), ("now-tint", "paper"), TEXT),
    (SHEETS, ("appointment",), ("appointment-tint", "paper"), TEXT),
    (SHEETS, ("quiet",), ("quiet-tint", "paper"), TEXT),
    (SHEETS, ("quiet",), ("tint",), SIGN),
    (SHEETS, ("warning", "now"), ("now-tint",), TEXT),
    (SHEETS, ("paper",), ("brand", "warning", "now", "appointment", "quiet"), SIGN),
    (("light", "dark"), ("paper",), ("ink",), TEXT),
    (("light", "dark"), ("focus",), GROUNDS, SIGN),
    (SHEETS, ("ink", "brand", "soft"), ("leaf", "leaf-deep"), TEXT),
    (("epub",), tuple(f"{key}-medium" for key in MEDIUM), tuple(PAGES), SIGN),
    (("epub",), ("white",), tuple(f"{key}-medium" for key in MEDIUM), SIGN),
    (("cover",), ("ink", "brand"), ("tint", "disc"), TEXT),
    (("cover",), ("quiet",), ("tint", "disc"), SIGN),
)
"""Every pair that means something: schemes, what is drawn, what it is drawn on, the least contrast.

`paper` on a colour is the drawing in an icon. Left out is what only decorates: `line` under rows and beside quotations,
the sprig of the cover.
"""

DECORATION = frozenset(("line", "line-medium"))
DRAWN = frozenset(("leaf", "leaf-deep", "disc"))
"""What is there only while no logo takes its place."""


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


def measured(theme: Theme) -> list[Pair]:
    """Return every pair of *theme*, each once, with the most that is asked of it."""
    found: dict[tuple[str, str, str], Pair] = {}
    made = {name: {**colours, **PAGES} for name, colours in schemes(theme).items()}
    for names, fronts, backs, asked in TABLE:
        for key in ((name, front, back) for name in names for front in fronts for back in backs):
            if theme.logo and DRAWN & {*key}:
                continue
            name, front, back = key
            colours = made[name][front], made[name][back]
            least = max(asked, found[key].asked if key in found else 0)
            found[key] = Pair(name, front, back, colours, ratio(*colours), least)
    return list(found.values())


def faults(theme: Theme, where: str) -> list[ConfigError]:
    """Return for every colour of the file *where* that is not legible the worst pair it makes, and one that would be.

    Pairs of which nothing is set are the house's, and pass.
    """
    blamed: dict[tuple[str, str], list[Pair]] = {}
    for pair in measured(theme):
        if not pair.passes:
            blamed.setdefault(_culprit(pair, theme), []).append(pair)
    return [_fault(theme, setting, pairs, where) for setting, pairs in blamed.items()]


def _fault(theme: Theme, setting: tuple[str, str], pairs: Sequence[Pair], where: str) -> ConfigError:
    table, key = setting
    given: Mapping[str, str] = getattr(theme, table)
    own = [pair for pair in pairs if given[key] in pair.colours] or pairs
    worst = min(own, key=lambda pair: ("paper" not in {pair.front, pair.back}, pair.ratio / pair.asked))
    what = "text" if worst.asked == TEXT else "a border or sign"
    there = f"{worst.scheme}: {worst.front} on {worst.back}"
    fact = f"{worst.colours[0]} on {worst.colours[1]} has a contrast of {shown(worst.ratio)}, and {what} needs"
    others = f"; {len(pairs) - 1} more pairs are too weak" if len(pairs) > 1 else ""
    return ConfigError(
        f"{where}: [{table}] {key}: {fact} {worst.asked:g}:1 ({there}{others})", hint=_offer(theme, table, key)
    )


def _offer(theme: Theme, table: str, key: str) -> str:
    given: Mapping[str, str] = getattr(theme, table)

    def passes(colour: str) -> bool:
        changed = {**given, key: colour}
        tried = replace(theme, dark=changed) if table == "dark" else replace(theme, colours=changed)
        return all(pair.passes for pair in measured(tried) if _culprit(pair, tried) == (table, key))

    found = nearest(given[key], passes)
    if found:
        return f'The nearest colour of this hue that is legible everywhere: {key} = "{found}".'
    return "No colour of this hue is legible with the others: change what it stands on, or take it out."


def _culprit(pair: Pair, theme: Theme) -> tuple[str, str]:
    """Return the table and the key to which *pair* owes its colours; nothing for a pair of the house."""
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
