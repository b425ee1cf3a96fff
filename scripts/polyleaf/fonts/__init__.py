"""Fonts: installed files, the fallback of each script, runs of text by language, and the fonts that were used."""
