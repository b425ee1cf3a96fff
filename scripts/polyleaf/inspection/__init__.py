"""Finished files taken apart, as a reader gets them: pages, papers and books as plain values to ask questions about.

Nothing here knows how a file was made. What cannot be read is a RenderError: the file is broken.
"""
