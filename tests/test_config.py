"""The settings of a project; what is refused stands in test_bad_input.py."""

from __future__ import annotations

import pytest

from polyleaf import config
from polyleaf.errors import ConfigError

TABLE = '[tool.polyleaf]\nsource_language = "nl"\n'


def test_a_project_needs_only_the_language_of_its_sources() -> None:
    project = config.read(TABLE.encode(), "pyproject.toml")

    assert config.Project("nl", ("nl",), ("html", "epub", "pdf")) == project


def test_the_language_of_the_sources_comes_first_and_once() -> None:
    project = config.read((TABLE + 'languages = ["en", "nl", "pt_BR", "en"]').encode(), "pyproject.toml")

    assert ("nl", "en", "pt_BR") == project.languages


def test_the_targets_are_the_other_languages() -> None:
    project = config.read((TABLE + 'languages = ["en", "nl", "zh_Hans"]').encode(), "pyproject.toml")

    assert ("en", "zh_Hans") == project.targets


def test_a_format_is_made_once() -> None:
    project = config.read((TABLE + 'formats = ["pdf", "html", "pdf"]').encode(), "pyproject.toml")

    assert ("pdf", "html") == project.formats


def test_windows_line_ends_change_nothing() -> None:
    assert config.read(TABLE.encode(), "x") == config.read(TABLE.replace("\n", "\r\n").encode(), "x")


def test_other_tools_may_have_settings() -> None:
    project = config.read(('[project]\nname = "x"\n[tool.ruff]\nline-length = 3\n' + TABLE).encode(), "pyproject.toml")

    assert "nl" == project.source_language


def test_a_long_wrong_value_is_shown_in_part() -> None:
    with pytest.raises(ConfigError) as caught:
        config.read((f'[tool.polyleaf]\nsource_language = "{"x" * 500}"').encode(), "pyproject.toml")

    assert "xxx…' is not a language" in caught.value.message
    assert 200 > len(caught.value.message)
