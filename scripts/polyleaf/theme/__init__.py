"""A project's theme: `theme.toml`, its colours and their contrast, its fonts, and the CSS variables made of them.

Modules: `colours` (colours that are set, and those that follow), `config` (`theme.toml`), `css` (CSS variables of a
theme), `families` (font families per script).
"""
