"""The README documents every setting, with its default, and nothing else; settings come from HYOKA_* alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from rag.settings import Settings

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
TABLE = dict(re.findall(r"^\| `(HYOKA_[A-Z_]+)` \| (.*?) \|", README, re.MULTILINE))
FIELDS = {f"HYOKA_{name.upper()}": field for name, field in Settings.model_fields.items()}


def test_the_table_names_every_setting_and_nothing_else() -> None:
    assert list(TABLE) == list(FIELDS)


def test_no_other_setting_is_named_anywhere_in_the_readme() -> None:
    assert set(re.findall(r"HYOKA_[A-Z_]+", README)) == set(FIELDS)


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "HYOKA_HOME"])
def test_the_table_gives_the_default(name: str) -> None:
    default = FIELDS[name].default
    default = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
    assert TABLE[name] == (f"`{default}`" if default else "(空)")


def test_every_setting_has_a_description() -> None:
    assert all(field.description for field in FIELDS.values())


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HYOKA_HOME", str(tmp_path))
    monkeypatch.setenv("HYOKA_PORT", "9000")
    monkeypatch.setenv("HOME_PAGE", "x")
    settings = Settings()
    assert (settings.home, settings.port) == (tmp_path, 9000)
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value"), [("port", "-1"), ("port", "65536"), ("max_file_mb", "0"), ("port", "x"), ("llm_timeout_s", "0")]
)
def test_values_out_of_range_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"HYOKA_{name.upper()}", value)
    with pytest.raises(ValidationError):
        Settings()
