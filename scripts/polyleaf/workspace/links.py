"""Links of a project, which may be somebody else's: none of them leads out of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def follow_links(file: Path, folder: Path) -> Path:
    """Return *file* without links; raises OSError when that, by a link or by its name, is not in *folder*."""
    try:
        target, bounds = file.resolve(), folder.resolve()
    except RuntimeError as error:  # links in a circle, before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    if not target.is_relative_to(bounds):
        raise OSError(errno.EXDEV, f"a link leads from there out of {bounds.name}/")
    return target
