"""What made every output: manifest, ledger of a build, toolchain; what is stale, and how two outputs differ."""
