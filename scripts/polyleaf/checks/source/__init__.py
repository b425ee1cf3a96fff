"""Checks of a source as its author wrote it: structure, Markdown that was not read as such, localization notes."""
