"""polyleaf: one source text becomes a leaflet as PDF, EPUB and HTML in several languages."""
