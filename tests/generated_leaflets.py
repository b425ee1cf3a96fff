"""Leaflets with everything that an author may write in any order and depth, decided by a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LETTERS = {
    "nl": "abdefghijklmnoprstuvwzéïö",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "he": "אבגדהוזחטיכלמנסעפצקרשת",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "uk": "абвгґдежзиіїйклмнопрстухцшюя",
    "zh": "的一是不了人我在有他这中大来上国膝盖药片水日早晚",
    "ti": "ሀለሐመሠረሰሸቀበተነአከወዘየደገጠፈ",
}
"""The letters of each language that words are made of."""

ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
FROM_THE_RIGHT = frozenset(("ar", "he", "fa"))
"""The languages whose words stand alone: how others stand among them is no matter of formats."""

DELIMITERS = ("{}.", "{})", "({})")
PICTURE = "media/knee.svg"


def roman(number: int) -> str:
    """Return *number*, up to 39, in Roman figures."""
    return "x" * (number // 10) + ROMAN[number % 10]


def letter(number: int) -> str:
    """Return the letter with *number* in the alphabet, from 1."""
    return "abcdefghijklmnopqrstuvwxyz"[number - 1]


STYLES: dict[str, tuple[Callable[[int], str], tuple[int, ...]]] = {
    "decimal": (str, (0, 1, 2, 3, 9, 12, 99)),
    "lower-alpha": (letter, (1, 2, 3, 5, 14)),
    "upper-alpha": (lambda number: letter(number).upper(), (1, 2, 6, 14)),
    "lower-roman": (roman, (1, 2, 3, 4, 7, 12)),
    "upper-roman": (lambda number: roman(number).upper(), (1, 2, 4, 17)),
}
"""Every style of labels: how a number is written, and where a list may begin (pandoc reads `v.` as a letter)."""


@dataclass
class Section:
    """A section: its number, its Markdown, and the labels of its lists in order."""

    number: int
    markdown: str = ""
    labels: list[str] = field(default_factory=list)


class LeafletWriter:
    """Writes the sections of one leaflet in a *language*; *seed* decides everything."""

    def __init__(self, language: str, seed: int) -> None:
        self._random = random.Random(f"{language} {seed}")  # noqa: S311 - no secret
        self._language = language
        self._count = self._notes = self._examples = 0
        self._labels: list[str] = []
        self._texts_of_notes: list[str] = []

    def sections(self, count: int) -> Iterator[Section]:
        """Yield *count* sections, each with the texts of its notes."""
        for number in range(1, count + 1):
            self._labels, self._texts_of_notes = [], []
            blocks = [
                f"# Part{number} {{#part{number}}}",
                self.paragraph(),
                *self.blocks(self._random.randint(3, 6), 0),
            ]
            yield Section(number, "\n\n".join([*blocks, *self._texts_of_notes]), self._labels)

    def word(self) -> str:
        self._count += 1
        if self._language not in FROM_THE_RIGHT and self._random.random() < 0.15:
            return f"{self._random.choice(('Lareb', 'mg', '~', '&'))}{self._count}"
        return "".join(self._random.choices(LETTERS[self._language], k=self._random.randint(2, 7)))

    def words(self) -> str:
        words = [self.word() for _ in range(self._random.randint(1, 7))]
        if self._random.random() < 0.4:
            at = self._random.randrange(len(words))
            marks = (
                "*{}*",
                "**{}**",
                "`{}`",
                "[{}](https://example.org/)",
                '"{}"',
                "[{}](#part1)",
                "x~2~{}",
                "y^3^ {}",
            )
            words[at] = self._random.choice(marks).format(words[at])
        return " ".join(words)

    def text(self) -> str:
        """Return a text with a mark in it now and then, and perhaps a note or a picture."""
        text = self.words()
        chance = self._random.random()
        if chance < 0.1:
            self._notes += 1
            self._texts_of_notes.append(f"[^n{self._notes}]: {self.words()}.")
            return f"{text}[^n{self._notes}] {self.words()}."
        if chance < 0.15:
            return f"{text} ![{self.word()}]({PICTURE}) {self.word()}."
        return f"{text}{self._random.choice(('.', '.', '!', ':', ' (z).'))}"

    def paragraph(self) -> str:
        return " ".join(self.text() for _ in range(self._random.randint(1, 3)))

    def blocks(self, count: int, depth: int) -> list[str]:
        """Return *count* blocks; those inside another are no boxes, and not deeper than three."""
        inner: tuple[Callable[[], str], ...] = (
            self.paragraph,
            self.quotation,
            self.lines,
            lambda: self.bullets(depth),
            lambda: self.numbered(depth),
        )
        inner = (*inner, lambda: self.numbered(depth), lambda: self.definitions(depth))
        outer = (self.box, self.table, self.grid, self.figure, self.examples, self.tasks, self.heading)
        choices = (self.paragraph,) if depth > 2 else inner if depth else (*inner, *outer)
        return [self._random.choice(choices)() for _ in range(count)]

    def item(self, label: str, depth: int) -> str:
        """Return an item of a list: its label, its text, and sometimes blocks below that."""
        width = max(4, len(label) + 2)
        blocks = [self.text()]
        if self._random.random() < 0.35:
            blocks += self.blocks(self._random.randint(1, 2), depth + 1)
        lines = "\n\n".join(blocks).split("\n")
        return "\n".join([label.ljust(width) + lines[0], *(" " * width + line if line else "" for line in lines[1:])])

    def bullets(self, depth: int) -> str:
        items = [self.item("-", depth) for _ in range(self._random.randint(1, 4))]
        return "\n".join(items) + "\n\n" + self.paragraph()

    def numbered(self, depth: int) -> str:
        """Return a list, often broken by a paragraph or a box and gone on with."""
        write, starts = STYLES[self._random.choice(sorted(STYLES))]
        delimiter = self._random.choice(DELIMITERS)
        number, parts = self._random.choice(starts), []
        for _ in range(self._random.randint(1, 2)):
            items = []
            for _ in range(self._random.randint(1, 4)):
                label = delimiter.format(write(number))
                self._labels.append(label)
                items.append(self.item(label, depth))
                number += 1
            parts += ["\n".join(items), self.paragraph() if depth or self._random.random() < 0.5 else self.box()]
        return "\n\n".join(parts)

    def examples(self) -> str:
        items = []
        for _ in range(self._random.randint(1, 3)):
            self._examples += 1
            self._labels.append(f"({self._examples})")
            items.append(f"(@)  {self.text()}")
        return "\n".join(items) + "\n\n" + self.paragraph()

    def tasks(self) -> str:
        items = (f"- [{self._random.choice(' x')}] {self.text()}" for _ in range(self._random.randint(1, 4)))
        return "\n".join(items) + "\n\n" + self.paragraph()

    def definitions(self, depth: int) -> str:
        parts = []
        for _ in range(self._random.randint(1, 3)):
            parts.append(self.word())
            parts += [self.item(":", depth) for _ in range(self._random.randint(1, 2))]
        return "\n\n".join([*parts, self.paragraph()])

    def quotation(self) -> str:
        return f"> {self._letters()} {self.text()}\n\n{self.paragraph()}"

    def lines(self) -> str:
        return "\n".join(f"| {self._letters()} {self.words()}" for _ in range(3))

    def box(self) -> str:
        name = self._random.choice(("warning", "keypoints", "call-now"))
        blocks = [self.paragraph(), *self.blocks(2, 1)]
        return f"::: {name}\n" + "\n\n".join(blocks) + "\n:::"

    def heading(self) -> str:
        self._count += 1
        return f"## {self._letters()} {{#h{self._count}}}\n\n{self.paragraph()}"

    def figure(self) -> str:
        return f"![{self._letters()} {self.words()}]({PICTURE})"

    def table(self) -> str:
        rows = [f"| {self.words()} | {self.words()} | {self._letters()} |" for _ in range(self._random.randint(1, 5))]
        head = f"| {self._letters()} | {self._letters()} | {self._letters()} |\n|---|:--|--:|"
        return "\n".join([head, *rows]) + f"\n\n: {self.words()}"

    def grid(self) -> str:
        """Return a table with blocks in its cells."""
        if self._language == "zh":  # whose letters are two wide in a drawn table
            return self.table()
        rows = [[self._letters(), self._letters()]]
        rows += [["\n\n".join(self.blocks(1, 2)), self._letters()] for _ in range(self._random.randint(1, 3))]
        widths = [max(len(line) for row in rows for line in row[column].split("\n")) for column in (0, 1)]
        rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
        parts = [rule, _draw(rows[0], widths), rule.replace("-", "=")]
        return "\n".join([*parts, *(part for row in rows[1:] for part in (_draw(row, widths), rule))])

    def _letters(self) -> str:
        return "".join(self._random.choices(LETTERS[self._language], k=6))


def _draw(cells: Sequence[str], widths: Sequence[int]) -> str:
    lines = zip_longest(*(cell.split("\n") for cell in cells), fillvalue="")
    return "\n".join(f"| {' | '.join(map(str.ljust, line, widths))} |" for line in lines)
