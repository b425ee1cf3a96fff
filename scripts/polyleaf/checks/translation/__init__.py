"""Checks of a pair of message and translation.

Modules: `completeness` (whether it is translated), `displacement` (at the wrong message), `extent` (whether it says
as much), `kept_texts` (never translated), `markup`, `meaning` (who, what, how soon, whether one must), `numbers` and
units, `order` (of what amounts are said of), `polarity` (limits, negation, directions), `target_language`,
`terminology`.
"""
