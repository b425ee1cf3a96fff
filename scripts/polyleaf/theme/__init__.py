"""A project's theme: `theme.toml`, its colours and their contrast, its fonts, and the CSS variables made of them."""
