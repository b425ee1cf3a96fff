"""Checks of a pair of message and translation.

Modules: `completeness`, `markup`, `meaning` (who, what, how soon, whether one must), `numbers` and units, `polarity`
(limits, negation, directions), `terminology`.
"""
