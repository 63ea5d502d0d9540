"""The settings in force as the page 管理 and the terminal show them: no key and no password among them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

from api.terminal import without_passwords
from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class SettingView:
    """One setting. `changed`: it comes from the environment."""

    name: str
    value: str
    description: str
    changed: bool


def settings_view(settings: Settings) -> list[SettingView]:
    """Every setting in the order of the README."""
    return [
        SettingView(
            f"HYOKA_{name.upper()}",
            shown(getattr(settings, name)),
            field.description or "",
            name in settings.model_fields_set,
        )
        for name, field in type(settings).model_fields.items()
    ]


def shown(value: object) -> str:
    """A value to be read by others."""
    if isinstance(value, SecretStr):
        return "(設定済み、表示しない)" if value.get_secret_value() else ""
    return f"{value:g}" if isinstance(value, float) else without_passwords(str(value))
