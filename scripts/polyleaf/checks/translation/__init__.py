"""Checks of a pair of message and translation.

Modules: `completeness`, `displacement` (at the wrong message), `markup`, `meaning` (who, what, how soon, whether one
must), `numbers` and units, `polarity` (limits, negation, directions), `terminology`.
"""
