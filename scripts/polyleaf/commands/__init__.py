"""The work of each command, one module each.

Modules: `acknowledge` (a finding is right; a new wording means the same), `batch` (the editions of some leaflets,
made and published), `build` (all of them, batch by batch), `catalogs` (catalogs brought up to the sources), `check`
(the checks of sources, texts and translations), `check_outputs` (the checks of outputs), `clean` (old outputs,
removed), `edition_builder` (editions while they are rendered), `failures` (leaflets that could not be read or
rendered), `quality_gate` (all findings of a leaflet, and those that hold an edition), `import_` (a finished
translation as fuzzy entries), `readability` (readability figures of every leaflet), `render` (one output from a text,
without a disk), `review` (review sheets), `sign` (what is signed, and the sign-off), `status` (how far every leaflet
is), `theme_preview` (the specimen of a theme), `verify` (the build repeated and compared).
"""
