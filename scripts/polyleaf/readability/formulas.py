"""The figures by which a text is judged, each with the source of its formula.

They measure the surface: lengths of words and sentences. A text with good figures can still be hard to understand,
and rewriting for the figure makes no text better: they tell where to look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

LONG = 6
"""LIX calls a word long that has more letters than this."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What formulas ask of a text: numbers of words, sentences, syllables, and words of more than six letters."""

    words: int
    sentences: int
    syllables: int
    long: int

    @property
    def sentence(self) -> float:
        """The mean number of words in a sentence."""
        return self.words / self.sentences

    @property
    def word(self) -> float:
        """The mean number of syllables in a word."""
        return self.syllables / self.words


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that can have gates: its name for people, whether more is easier, the languages it is for (all)."""

    title: str
    rising: bool = False
    languages: tuple[str, ...] = ()

    def judges(self, language: str) -> bool:
        """Tell whether it is meant for *language*, a gettext code."""
        return not self.languages or language.split("_", maxsplit=1)[0] in self.languages


def flesch_douma(counts: Counts) -> float:
    """Return the ease of a Dutch text, 0 to 100 (W. H. Douma, De leesbaarheid van landbouwbladen, 1960)."""
    return 206.835 - 0.93 * counts.sentence - 77 * counts.word


def flesch(counts: Counts) -> float:
    """Return the ease of an English text, 0 to 100 (R. Flesch, Journal of Applied Psychology 32, 1948)."""
    return 206.835 - 1.015 * counts.sentence - 84.6 * counts.word


def flesch_kincaid(counts: Counts) -> float:
    """Return the US school grade of an English text (J. P. Kincaid et al., Research Branch Report 8-75, 1975)."""
    return 0.39 * counts.sentence + 11.8 * counts.word - 15.59


def flesch_amstad(counts: Counts) -> float:
    """Return the ease of a German text, 0 to 100 (T. Amstad, Wie verständlich sind unsere Zeitungen?, 1978)."""
    return 180 - counts.sentence - 58.5 * counts.word


def flesch_szigriszt(counts: Counts) -> float:
    """Return the ease of a Spanish text, 0 to 100 (F. Szigriszt Pazos, 1993).

    The gates are those of the INFLESZ scale, which was made for texts for patients: 55 is what most adults can read,
    65 is fairly easy (I. M. Barrio-Cantalejo et al., Anales del Sistema Sanitario de Navarra 31(2), 2008).
    """
    return 206.835 - counts.sentence - 62.3 * counts.word


def kandel_moles(counts: Counts) -> float:
    """Return the ease of a French text, 0 to 100 (L. Kandel, A. Moles, Cahiers d'études de radio-télévision, 1958)."""
    return 207 - 1.015 * counts.sentence - 73.6 * counts.word


def lix(counts: Counts) -> float:
    """Return the difficulty of a text in any alphabet with capitals (C. H. Björnsson, Läsbarhet, 1968).

    Below 30 is very easy, to 40 easy, to 50 medium, to 60 hard; set for Swedish, and about right for its relatives.
    """
    return counts.sentence + 100 * counts.long / counts.words


MEASURES: Mapping[str, Measure] = {
    "flesch_douma": Measure("Flesch-Douma", rising=True, languages=("nl",)),
    "flesch": Measure("Flesch Reading Ease", rising=True, languages=("en",)),
    "flesch_kincaid": Measure("Flesch-Kincaid grade", languages=("en",)),
    "flesch_amstad": Measure("Flesch-Amstad", rising=True, languages=("de",)),
    "flesch_szigriszt": Measure("Flesch-Szigriszt", rising=True, languages=("es",)),
    "kandel_moles": Measure("Kandel-Moles", rising=True, languages=("fr",)),
    "lix": Measure("LIX"),
    "mean_sentence_words": Measure("words in a sentence, mean"),
    "sentence_words": Measure("words in the longest sentence"),
    "paragraph_words": Measure("words in the longest paragraph"),
}
"""Every figure by the name that it has in the settings."""

FORMULAS: Mapping[str, Callable[[Counts], float]] = {
    formula.__name__: formula
    for formula in (flesch_douma, flesch, flesch_kincaid, flesch_amstad, flesch_szigriszt, kandel_moles, lix)
}
"""The figures that weigh words and sentences against each other."""
