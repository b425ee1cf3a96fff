"""Languages as CLDR knows them, by Babel: tags, names, text directions, dates; and quotation marks."""

from __future__ import annotations

import unicodedata
from datetime import date

from babel import Locale, UnknownLocaleError, parse_locale
from babel.core import get_cldr_version, get_global
from babel.dates import format_date
from babel.numbers import get_decimal_symbol

DEFAULT_QUOTES = "“”‘’"

QUOTES = {
    "am": "«»‹›", "ar": "”“’‘", "be": "«»„“", "bg": "„“‘’", "bs": "„”‘’", "cs": "„“‚‘", "da": "“”‘’",
    "de": "„“‚‘", "de_CH": "«»‹›", "el": "«»“”", "es": "«»“”", "et": "„“«»", "fa": "«»‹›", "fi": "””’’",
    "fr": "«»«»", "fr_CH": "«»‹›", "he": "””’’", "hr": "„“‚‘", "hu": "„”»«", "hy": "«»«»", "it": "«»“”",
    "ja": "「」『』", "ka": "„“«»", "lt": "„“„“", "mk": "„“‚‘", "nb": "«»‘’", "nl": "‘’“”", "nn": "«»‘’",
    "pl": "„”«»", "pt_PT": "«»“”", "ro": "„”«»", "ru": "«»„“", "sk": "„“‚‘", "sl": "„“‚‘", "sq": "«»“”",
    "sr": "„”’’", "sv": "””’’", "ti": "«»“”", "uk": "«»„“", "ur": "”“’‘", "zh_Hant": "「」『』",
}  # fmt: skip
"""Opening and closing mark, then those inside a quotation: CLDR 46, `delimiters`, which Babel leaves out."""


def versions() -> dict[str, str]:
    """Return the version of Unicode's CLDR, which knows names, dates and quotation marks."""
    return {"CLDR": str(get_cldr_version())}


def is_known(code: str) -> bool:
    """Tell whether CLDR knows the language with the tag or *code*."""
    try:
        return bool(Locale.parse(code.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        return False


def locale(code: str) -> Locale:
    """Return what CLDR knows of the language with the gettext *code*."""
    return Locale.parse(code)


def tag(code: str) -> str:
    """Return the BCP 47 tag for the gettext *code*: `pt-BR` for `pt_BR`."""
    return code.replace("_", "-")


def autonym(code: str) -> str:
    """Return the language's own name for itself, as it stands alone: `Nederlands`, `English`, `العربية`."""
    return title_name(code, code)


def related(code: str, other: str) -> bool:
    """Tell whether two codes are forms of one language: `nl` and `nl_BE`."""
    return code.split("_", maxsplit=1)[0] == other.split("_", maxsplit=1)[0]


def name(code: str, language: str) -> str:
    """Return the name that the language *code* has in *language*, in a sentence: `Dutch`, `néerlandais`."""
    return locale(code).get_display_name(language) or autonym(code)


def title_name(code: str, language: str) -> str:
    """Return the name that the language *code* has in *language*, as it stands alone: `Dutch`, `Néerlandais`."""
    name = locale(code).get_display_name(language) or code
    return name[0].upper() + name[1:]


def script(code: str) -> str:
    """Return the script of the language *code* in ISO 15924, `Latn`: its own or the likely one; empty when unknown."""
    return add_likely_subtags(code)[1]


def direction(code: str) -> str:
    """Return `ltr` or `rtl`."""
    return locale(code).text_direction


def long_date(day: date, code: str) -> str:
    """Return *day* in the long format of CLDR: `1 maart 2026`, `1 March 2026`."""
    return format_date(day, "long", locale=with_default_region(code))


def list_separator(code: str) -> str:
    """Return what stands between the names in a list: `, `, in Chinese `、` (CLDR, `listPatterns`).

    Arabic puts "and" before each item in a sentence; a list that is no sentence has its comma.
    """
    between = str(locale(code).list_patterns["standard"]["start"])[len("{0}") : -len("{1}")]
    return "، " if between.strip() == "و" else between


def quotes(code: str, *, inner: bool) -> tuple[str, str]:
    """Return the opening and closing quotation mark; *inner* ones are for a quotation in a quotation.

    French puts a narrow no-break space inside its guillemets.
    """
    parts = code.split("_")
    names = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    marks = next((QUOTES[name] for name in names if name in QUOTES), DEFAULT_QUOTES)
    left, right = (marks[2], marks[3]) if inner else (marks[0], marks[1])
    if parts[0] == "fr" and left == "«":
        return left + "\u202f", "\u202f" + right
    return left, right


def sort_key(text: str) -> tuple[str, str]:
    """Return the key that sorts words as a glossary does: base letters first, accents and case after."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if char.isalnum() or char.isspace()), text


def with_default_region(code: str) -> str:
    """Return *code* with the territory whose habits it follows: English is British unless it says otherwise."""
    return "en_GB" if code == "en" else code


def add_likely_subtags(code: str) -> tuple[str, ...]:
    """Return language, script and territory that the tag or *code* stands for; raises ValueError when it is none.

    What it leaves out is the likely one: `nl`, `nl-NL` and `nl_Latn_NL` are the same (UTS #35, likely subtags).
    """
    language, territory, script, *_ = parse_locale(code.replace("-", "_"))
    likely_subtags = get_global("likely_subtags")
    rows = ([language, script, territory], [language, territory], [language, script], [language])
    names = ["_".join(part for part in row if part) for row in rows]
    likely = next(
        (likely_subtags[name] for name in names if name in likely_subtags),
        "_".join([language, script or "", territory or ""]),
    )
    parts = likely.split("_")
    return language, script or parts[1], territory or parts[2]


def months(code: str) -> dict[str, int]:
    """Return the numbers of the months, 1 to 12, by their names, as they stand alone and as they stand in a date."""
    named = locale(code).months
    return {
        str(name): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in named[context][width].items()
    }


def decimal_point(code: str) -> str:
    """Return what parts the whole of a number from its fraction: `,` in Dutch, `.` in English."""
    return get_decimal_symbol(locale(with_default_region(code)))


def day_first(code: str) -> bool:
    """Tell whether a date in figures starts with the day: `03-04-2027` is the third of April."""
    pattern = locale(with_default_region(code)).date_formats["short"].pattern
    return bool(pattern.find("d") < pattern.find("M"))


def month_first(code: str) -> bool:
    """Tell whether a date in words may start with the month, as CLDR has it for any region: `December 19`."""
    pattern = locale(code).date_formats["long"].pattern
    return 0 <= pattern.find("M") < pattern.find("d") and not pattern.startswith("y")
