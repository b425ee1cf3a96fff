"""`python -m polyleaf` is the same as the command `polyleaf`."""

from __future__ import annotations

INTERRUPTED = 130


def main() -> None:
    """Load the command and run it; an interrupt while it loads is as quiet as one later on."""
    try:
        from polyleaf import cli  # noqa: PLC0415 - a third of a second, in which somebody may press Ctrl-C
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    cli.main()


if __name__ == "__main__":
    main()
