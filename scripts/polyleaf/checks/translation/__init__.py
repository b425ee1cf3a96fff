"""Checks of a pair: `completeness`, `markup`, `numbers` and units, `polarity` (limits, negation), `terminology`."""
