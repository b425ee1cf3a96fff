"""What made every output: manifest, ledger of a build, toolchain; what is stale, and how two outputs differ.

Modules: `diff` (how two outputs, or their inputs, differ), `ledger` (the record of a build while it publishes),
`manifest` (`manifest.json` and `SHA256SUMS`), `staleness` (outputs whose inputs have changed), `toolchain` (versions
of all that makes bytes).
"""
