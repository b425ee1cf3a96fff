"""Checks of a leaflet in one language: `doses` that can be misread, `readability` and `style`."""
