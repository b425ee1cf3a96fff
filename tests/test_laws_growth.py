"""Law: what a long text takes grows with its length, whatever it repeats: it stays far below a limit."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import signal
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

import polyleaf
from polyleaf.facts import extract_facts, phone_numbers
from polyleaf.facts.figures import find_expressions
from polyleaf.sources.positions import LineIndex
from polyleaf.sources.unparsed_markup import find_unparsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

SECONDS = 10
"""How much processor time each may take: ten times what it takes, and a fifth of what it took when it grew faster."""


def find_lines(text: str) -> None:
    index = LineIndex("\n".join(text.split()))
    lines = [index.find(word) for word in text.split()]

    assert list(range(1, len(lines) + 1)) == lines


REPEATED: dict[str, tuple[Callable[[str], object], str, int]] = {
    "number words": (lambda text: extract_facts(text, "nl"), "twee ", 20_000),
    "sentences": (lambda text: extract_facts(text, "nl"), "Neem 2 tabletten per dag. ", 20_000),
    "fractions": (lambda text: extract_facts(text, "nl"), "1/", 10_000),
    "at signs before telephone numbers": (
        lambda text: list(phone_numbers.find_links(text, ("nl",))),
        "@" * 500 + " 020-123 45 67 ",
        20_000,
    ),
    "products of fractions": (lambda text: list(find_expressions(text)), "1/" * 60 + "1x2 ", 20_000),
    "signs in one word": (lambda text: list(find_unparsed(text)), "<!--", 40_000),
    "lines": (find_lines, "woord ", 200_000),
}


@pytest.mark.law
@pytest.mark.parametrize(("call", "token", "length"), REPEATED.values(), ids=REPEATED)
def test_what_is_repeated_stays_within_a_limit_of_time(call: Callable[[str], object], token: str, length: int) -> None:
    start = time.process_time()
    call(token * (length // len(token)))

    assert time.process_time() - start < SECONDS


MODULES = {
    info.name: importlib.import_module(info.name)
    for info in pkgutil.walk_packages(polyleaf.__path__, "polyleaf.")
    if not info.name.endswith("__main__")
}
TREES = {name: ast.parse(inspect.getsource(module)) for name, module in MODULES.items()}
LENGTH, LIMIT = 60_000, 2.0
"""How many characters a pattern is tried on, and how many seconds of the processor it may take: three times what the
slowest takes, and a third of what the simplest takes that grows with the square."""

SIGNS = tuple("aAé1אا中ա|-*_`~^$[]()<>&:#+=.!?,;\\\"'“„/@%{}½²")
TOKENS = (
    *SIGNS,
    *("12 ", "1,", "0.", "1/", "1-", "1:", "a,", "a.", "a-", "a@", "-- ", "...", "$a", "[a]", "[^", "::: a\n"),
    *(" ", "  a", "\n", "\n\n", "\t", "a\t", "\xa0", "---\n", "a---\n", "~~~a\n", "- ", "| ", "a|", "-|", "||"),
    *("<!--", "-->", "<a ", "</", "&a", "http://", "\\", "\\(", "![", "👩\u200d", "'s ", "(a ", "a (", "{.a "),
)
"""What is repeated."""

OPENERS = '<{[("“$'
"""Signs behind which a pattern may look for what closes them, as far as the text goes."""

ANCHORED = frozenset(("match", "fullmatch"))
"""How a pattern is used that is tried at one place of a text only."""


class TooSlowError(Exception):
    """The limit of time is reached."""


def uses(tree: ast.AST, name: str) -> Iterator[str]:
    """Yield the method of each use of the value *name* in *tree*, nothing for another use."""
    for parent in ast.walk(tree):
        for child in ast.iter_child_nodes(parent):
            is_read = isinstance(child, ast.Name) and child.id == name and isinstance(child.ctx, ast.Load)
            if is_read or (isinstance(child, ast.Attribute) and child.attr == name):
                yield parent.attr if isinstance(parent, ast.Attribute) else ""


def methods(pattern: re.Pattern[Any], name: str, module: ModuleType) -> set[str]:
    """Return how the *pattern*, the value *name* of *module*, is used in the package."""
    own = module.__name__.rpartition(".")[2]
    users = [
        key for key, other in MODULES.items() if vars(other).get(name) is pattern or vars(other).get(own) is module
    ]
    return {method for key in users for method in uses(TREES[key], name)}


def patterns(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple | frozenset):
        for part in value.values() if isinstance(value, dict) else value:
            yield from patterns(part)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type) and not hasattr(value, "find"):
        for field in value.__dataclass_fields__:
            yield from patterns(getattr(value, field, None))


def searches(module: ModuleType) -> Iterator[tuple[str, str, Callable[[Any], object], bool]]:
    """Yield each pattern of *module*: its name, its source, a use as the package has it, and if it takes bytes."""
    for name, value in vars(module).items():
        for pattern in patterns(value):
            is_bytes = isinstance(pattern.pattern, bytes)
            used = methods(pattern, name, module) if value is pattern else {""}
            use = match_at_start if used <= ANCHORED else search_all
            yield name, str(pattern.pattern), partial(use, pattern), is_bytes


def match_at_start(pattern: re.Pattern[Any], text: Any) -> None:
    pattern.match(text)
    pattern.fullmatch(text)


def search_all(pattern: re.Pattern[Any], text: Any) -> None:
    for _ in pattern.finditer(text):
        pass


def is_slow(call: Callable[[Any], object], text: str | bytes) -> bool:
    """Tell whether *call* takes longer than the limit on *text*, and stop it then."""

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        call(text)
    except TooSlowError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return False


def slow_texts(call: Callable[[Any], object], source: str, *, is_bytes: bool = False) -> Iterator[str]:
    """Yield what a text begins with and repeats on which *call*, a use of the pattern *source*, takes too long."""
    for opener in ("", *(sign for sign in OPENERS if sign in source)):
        for token in TOKENS:
            text = (opener + token * LENGTH)[:LENGTH] + "!"
            if is_slow(call, text.encode() if is_bytes else text):
                yield opener + token


@pytest.mark.law
@pytest.mark.parametrize("name", [name for name, module in MODULES.items() if any(True for _ in searches(module))])
def test_a_pattern_takes_time_that_grows_with_the_length_of_the_text(name: str) -> None:
    slow = {
        value: text
        for value, source, call, is_bytes in searches(MODULES[name])
        if (text := next(slow_texts(call, source, is_bytes=is_bytes), None)) is not None
    }

    assert not slow


@pytest.mark.law
@pytest.mark.parametrize(
    "source", [r"\d[\d.,]*\s?mg", r"\s+$", r"<!--.*?-->", r"\{[^{}]*?([\w-]+=[“”]\S*)", r"[a-z]+\?$"]
)
def test_a_pattern_that_grows_with_the_square_is_slow(source: str) -> None:
    pattern = re.compile(source, re.DOTALL)

    assert next(slow_texts(partial(search_all, pattern), source), None) is not None
