"""Checks of sources, texts, translations and outputs: one generator function per check, which yields facts.

Modules: `coverage` (what was not compared, for want of words), `model` (`Check` and `Diagnostic`), `output` (checks of
finished files), `registry` (`CHECKS`, every check by its name), `runner` (asks the checks and makes findings of their
diagnostics), `source` (checks of what an author wrote), `subjects` (what a check is asked about), `text` (checks of a
leaflet in one language), `translation` (checks of a message and its translation).
"""
