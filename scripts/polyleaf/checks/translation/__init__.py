"""Checks of a message and its translation: completeness, markup, numbers, order, polarity, terminology."""
