"""Checks of the text of a leaflet in one language, source or translation: doses, style, readability."""
