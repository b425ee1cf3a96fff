"""Checks of what an author wrote: `structure`, `markdown` not read as such, and `localization_notes`."""
