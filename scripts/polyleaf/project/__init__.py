"""A project as it was read at one moment, and each leaflet in a language as a candidate for release."""
