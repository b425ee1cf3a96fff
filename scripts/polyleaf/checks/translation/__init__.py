"""Checks of a pair of message and translation.

Modules: `completeness` (whether it is translated), `displacement` (at the wrong message), `extent` (whether it says as
much), `kept_texts` (never translated), `markup`, `meaning` (who, what, how soon, whether one must), `numbers` and
units, `order` (of amounts), `polarity` (limits, negation, directions), `restatements` (of amounts, in other words),
`target_language`, `terminology`.
"""
