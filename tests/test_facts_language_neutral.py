"""Two texts of which the checks know the words of one: only figures, signs of units, and addresses are compared."""

from __future__ import annotations

import pytest

from polyleaf.catalogs import Entry
from polyleaf.checks.registry import CHECKS
from polyleaf.checks.subjects import LanguagePair, Pair
from polyleaf.model import Unit


def findings(before: str, after: str, source: str, target: str) -> list[tuple[str, str]]:
    pair = Pair(
        Unit(0, before, "", "paragraph", "", "x.md:1"), Entry(after, fuzzy=False, line=1), LanguagePair(source, target)
    )
    return [
        (name, diagnostic.fact) for name, check in CHECKS.items() if check.subject is Pair for diagnostic in check(pair)
    ]


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("ti", "Take 500 mg every day.", "በየቀኑ 500 mg ውሰዱ።"),
        ("ti", "Take at least 500 mg.", "500 ሚሊግራም ውሰዱ።"),
        ("ti", "Do not take more than 4 tablets a day.", "ኣብ መዓልቲ ካብ 4 ከኒና ንላዕሊ ኣይትውሰዱ።"),
        ("ti", "Call 112 now. Then wait for the ambulance to come.", "ሕጂ ናብ 112 ደውል። ኣምቡላንስ ክሳብ ትመጽእ ተጸበ።"),
        ("ti", "Take three tablets twice a day.", "ኣብ መዓልቲ 2 ግዜ 3 ከኒና።"),
        ("ti", "Take one tablet before breakfast.", "ቅድሚ ቁርሲ ሓንቲ ከኒና።"),
        ("ti", "0.5 g", "500 mg"),
        ("ti", "A sample leaflet that shows every element in many scripts.", "ኩሉ ክፍልታት ብብዙሕ ፊደላት ዘርኢ ኣብነት።"),
        ("ja", "Take 500 mg on 3 May 2026 at 8:30 pm.", "2026年5月3日午後8時30分に500mg服用。"),
        ("ja", "Take it at 8 pm.", "午後8時に服用してください。"),
        ("ja", "Call +31 20 123 45 67 now.", "今すぐ+31 20 123 45 67に電話してください。"),
    ],
)
def test_what_only_words_say_is_not_asked_for(language: str, before: str, after: str) -> None:
    assert [] == findings(before, after, "en", language)
    assert [] == findings(after, before, language, "en")


@pytest.mark.parametrize(
    ("language", "before", "after", "finding"),
    [
        ("ti", "Take 500 mg.", "500 g ውሰዱ።", ("unit_differs", "has 500 g where the source has 500 mg")),
        ("ja", "Take 5 ml.", "5mgを服用。", ("unit_differs", "has 5 mg where the source has 5 ml")),
        ("ti", "Take 500 mg.", "50 ሚሊግራም ውሰዱ።", ("number_differs", "has 50 where the source has 500 mg")),
        ("ti", "Take 500 mg.", "ውሰዱ።", ("number_differs", "has none where the source has 500 mg")),
        ("ti", "Call 112.", "113 ደውሉ።", ("address_differs", "lacks 112")),
        ("ja", "On 3 May 2026.", "2026年5月4日。", ("number_differs", "has 2026, 5, 4 where the source has 3-5-2026")),
        ("ja", "At 8:30 pm.", "午後9時30分。", ("number_differs", "has 9, 30 where the source has 20:30")),
        (
            "ja",
            "20 mg in the morning, 40 mg in the evening.",
            "朝40ミリグラム、夜20ミリグラム。",
            ("number_order", "has 40 mg, 20 mg where the source has the same in another order"),
        ),
    ],
)
def test_another_figure_sign_or_address_is_found(
    language: str, before: str, after: str, finding: tuple[str, str]
) -> None:
    assert finding in findings(before, after, "en", language)
