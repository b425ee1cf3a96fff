"""Search paths of the environment, without the current folder: what a project holds is read, and never run."""

from __future__ import annotations

import os
from pathlib import Path

SAFE_PATH = "PYTHONSAFEPATH"
"""Keeps the current folder out of the search path of Python: https://docs.python.org/3/using/cmdline.html#cmdoption-P"""

SEARCH_PATHS = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""The variables that say where programs, modules and libraries are; an empty folder in them is the current one."""


def leave_current_folder_out() -> None:
    """Take the current folder, and all that are named from it, out of the search paths of this process and its own."""
    os.environ[SAFE_PATH] = "1"
    for name in SEARCH_PATHS:
        folders = os.environ.pop(name, "").split(os.pathsep)
        if kept := [folder for folder in folders if Path(folder).is_absolute() and not _is_current(folder)]:
            os.environ[name] = os.pathsep.join(kept)


def _is_current(folder: str) -> bool:
    try:
        return Path(folder).samefile(os.curdir)
    except OSError:
        return False
