"""`python -m polyleaf` is the same as the command `polyleaf`."""

from polyleaf.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
