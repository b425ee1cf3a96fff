"""Checks of the outputs in the build folder: one generator function per check, which yields facts.

They know nothing of how a file was made, so they find what the theme, a library or a hand has put into it.

Modules: `colours` (contrast, and colour that alone says something), `page_breaks` (headings, boxes and rows at the
end of a page), `text` (the same text in every format), `typography` (type size, x-height, leading, line length,
hyphenation, what a line tears apart).
"""
