"""HYOKA_AUTH=local: one person at this machine, and nobody who could come in from elsewhere."""

from __future__ import annotations

import ipaddress

from rag.errors import SettingsError
from rag.settings import Settings

REFUSED = (
    "{host} では待ち受けません。今は、このパソコンだけでパスワードなしで使う設定(HYOKA_AUTH=local)です。"
    "ほかの端末からも使うには HYOKA_AUTH=accounts にして、利用者ごとのアカウントで使ってください。"
)


def refuse_elsewhere(settings: Settings) -> None:
    """Raises SettingsError where others could reach a server that asks nobody who they are."""
    if settings.auth == "local" and not is_loopback(settings.host):
        raise SettingsError(REFUSED.format(host=settings.host))


def is_loopback(host: str) -> bool:
    """True where only this machine reaches the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
