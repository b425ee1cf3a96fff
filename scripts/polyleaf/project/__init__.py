"""A project: its `snapshot` as read at one moment, and each leaflet in a language as a `candidate` for release."""
