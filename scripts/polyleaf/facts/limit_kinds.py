"""Kinds of limits, as the lexicon names them: their poles, and where the number stands that they limit."""

from __future__ import annotations

from polyleaf.facts.stated_limits import LOWER, UPPER

FIXED = {"at_least": LOWER, "at_most": UPPER, "not_exceed": UPPER, "latest": UPPER, "only_after": LOWER}
"""Limits that a negation does not reverse."""

SHORT_OF = "short_of"
"""A limit right before its number that has a negation of its own: `not yet 12 years old`."""

PREPOSITIONS = {"over": True, "under": True, "from": False, "until": False}
"""Words that are limits only right before a number, and whether it may be without a unit."""

PERIODS = {"within": UPPER, "during": UPPER, "after": LOWER, "wait": LOWER}
"""What says for how long, or from when on, right before a number with a unit of time."""

POSTPOSITIONS = {"over_after": LOWER, "under_after": UPPER, "until_after": UPPER, "from_after": LOWER}
PERIODS_AFTER = {"within_after": UPPER, "during_after": UPPER, "after_after": LOWER}
BOUNDARIES = {"from": LOWER, "until": UPPER, "from_after": LOWER, "until_after": UPPER}
"""Limits that are those of a period when they stand at a unit of time."""

POLES = {"more": LOWER, "exceed": LOWER, "over": LOWER, "less": UPPER, SHORT_OF: UPPER, "under": UPPER, **BOUNDARIES}
POLES |= {">": LOWER, "≥": LOWER, "<": UPPER, "≤": UPPER, **FIXED, **POSTPOSITIONS, **PERIODS, **PERIODS_AFTER}
BY = "by"
"""A word that is a limit at a date or time only: `by 5 pm`, but `reduce it by 5 mg`."""

DATETIME_LIMITS = {**POLES, BY: UPPER}
LEADS = frozenset(("latest", "until", "until_after"))
"""Limits that turn at a time before something: `at the latest 24 hours before` is at least 24 hours."""

TIMES = frozenset(("second", "minute", "hour", "day", "night", "week", "month"))
"""Units of periods; years are mostly ages."""

COMPARED = frozenset(("more", "less", SHORT_OF, *FIXED))
"""Limits whose number may be an article, or left out before a unit."""

UNDENIED = frozenset((SHORT_OF, *FIXED)) - {"only_after"}
"""Limits of which the words deny nothing else: `not more than`."""

EITHER_SIDE = frozenset(("at_least", "at_most", "latest", "exceed", "not_exceed"))
"""Limits that may stand before their number or after it."""

ADJACENT, BEFORE, BEHIND, LEAD = 4, 20, 16, 24
"""How many characters may stand between a limit and its number: right before it, before it, after it; and between a
number and the word that says that it is a time before something."""

DISTANCES = {"only_after": ADJACENT, SHORT_OF: 2 * ADJACENT, "exceed": 2 * BEFORE, "not_exceed": 2 * BEFORE}
"""Where the number after a limit may be nearer, or farther: `exceed the highest dose of 4 g`."""
