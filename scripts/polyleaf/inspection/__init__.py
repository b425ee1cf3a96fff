"""Finished files taken apart, as a reader gets them: pages, papers and books as plain values to ask questions about.

Nothing here knows how a file was made. What cannot be read is a RenderError: the file is broken.

Modules: `epub` (an EPUB), `footnotes` (notes in the order of paper), `html` (a page), `pdf` (a PDF: lines and blocks),
`pdf_structure` (the structure tree of a PDF), `pdf_text` (the text runs of a PDF), `text_flow` (what the outputs of an
edition say, in order).
"""
