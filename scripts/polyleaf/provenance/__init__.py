"""What made every output: manifest, ledger of a build, toolchain; what is stale, and how two outputs differ.

Modules: `action_cache` (outputs by all that they were made of, so that none is made twice), `diff` (how two outputs, or
their inputs, differ), `digests` (of values), `environment` (all that is outside a project and can change an output),
`ledger` (the record of a build while it publishes), `manifest` (`manifest.json` and `SHA256SUMS`), `result_cache` (what
a command found, while nothing that it saw has changed), `staleness` (outputs whose inputs have changed), `toolchain`
(versions of all that makes bytes).
"""
