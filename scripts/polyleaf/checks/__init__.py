"""Checks of sources, texts, translations and outputs: one generator function per check, which yields facts."""
