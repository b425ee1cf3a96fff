"""Fonts: installed files, the fallback of each script, runs of text by language, and the fonts that were used.

Modules: `embedding` (fonts that e-books and drawings bring along), `fallback` (which families are named for which
script), `files` (installed files, by fontconfig and HarfBuzz), `libraries` (their versions, and the files that they
find), `text_runs` (texts of a page with their language), `used` (which fonts an output was set with).
"""
