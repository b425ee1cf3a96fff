"""The work of each command, a module each: read, bring up catalogues, ask, count, make."""
