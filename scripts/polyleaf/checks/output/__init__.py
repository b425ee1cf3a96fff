"""Checks of the outputs in the build folder: one generator function per check, which yields facts.

They know nothing of how a file was made, so they find what the theme, a library or a hand has put into it.
"""
