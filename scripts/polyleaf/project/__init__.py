"""A project as it was read at one moment.

Modules: `candidate` (a leaflet in a language, for release), `selection` (what a command works on), `snapshot` (the
project, read).
"""
