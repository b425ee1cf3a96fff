"""`python -m polyleaf` is the same as the command `polyleaf`.

Python itself has searched the current folder by then: in that of somebody else, write `python -P -m polyleaf`.
"""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Load the command and run it; an interrupt while it loads is as quiet as one later on."""
    sys.path[:] = [folder for folder in sys.path if not _is_current(folder)]
    try:
        from polyleaf import cli  # noqa: PLC0415 - a tenth of a second, in which somebody may press Ctrl-C
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    cli.main()


def _is_current(folder: str) -> bool:
    """Tell whether *folder* is the current one, from which `python -m` imports before it does from any other."""
    try:
        return not folder or os.path.samefile(folder, os.curdir)  # noqa: PTH121 - that folder may have a pathlib.py
    except OSError:
        return False


if __name__ == "__main__":
    main()
