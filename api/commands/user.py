"""`hyoka user`: people with an account, for whoever sits at the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import read_settings
from api.terminal import show, show_table, tell
from api.usage import Command, Group

if TYPE_CHECKING:
    from rag.accounts.accounts import Accounts
    from rag.settings import Settings

app = typer.Typer(cls=Group, help="利用者(HYOKA_AUTH=accounts)を扱います。")

LINK = "{name} のパスワードを決めるリンクです。一度だけ、72時間以内に使えます。本人だけに届く方法で渡してください。"
LOCAL = "今は HYOKA_AUTH=local です。利用者のアカウントは、HYOKA_AUTH=accounts で動かしたときに使えます。"

Name = Annotated[str, typer.Argument(metavar="利用者名", show_default=False, help="サインインに使う名前")]


@app.command("add", cls=Command)
def add(
    name: Name,
    display: Annotated[str, typer.Option(metavar="表示名", show_default=False, help="ほかの人に見える名前")] = "",
    role: Annotated[str, typer.Option(metavar="役割", help="閲覧、起案、承認、管理のどれか")] = "閲覧",
) -> None:
    """利用者を加え、パスワードを決めるためのリンクを表示します。"""
    from rag.accounts.who import TERMINAL, role_named

    with opened_accounts() as (accounts, settings):
        person, secret = accounts.add(TERMINAL, name, display, role_named(role))
    show(f"{person.name} を加えました(役割: {person.role.ja})。")
    show_link(settings, person.name, secret)


@app.command("list", cls=Command)
def list_people() -> None:
    """利用者の一覧を示します。"""
    with opened_accounts() as (accounts, _):
        people = accounts.people()
    if not people:
        tell("利用者はまだいません。hyoka serve の最初の起動で表示されるリンクか、hyoka user add で加えてください。")
        return
    rows = [
        (
            person.name,
            person.display,
            person.role.ja,
            "無効" if person.disabled else "有効" if person.ready else "パスワード未設定",
            f"{person.signed_in_at.astimezone():%Y/%m/%d %H:%M}" if person.signed_in_at else "",
        )
        for person in people
    ]
    show_table(("利用者名", "表示名", "役割", "状態", "最後のサインイン"), rows)


@app.command("role", cls=Command)
def role(
    name: Name, role: Annotated[str, typer.Argument(metavar="役割", help="閲覧、起案、承認、管理のどれか")]
) -> None:
    """役割を変えます。次の操作からすぐに変わります。"""
    from rag.accounts.who import TERMINAL, role_named

    with opened_accounts() as (accounts, _):
        accounts.set_role(TERMINAL, accounts.person_named(name).id, role_named(role))
    show(f"{name} の役割を{role_named(role).ja}にしました。")


@app.command("disable", cls=Command)
def disable(name: Name) -> None:
    """無効にします。サインイン、トークン、リンクがすべて使えなくなります。"""
    from rag.accounts.who import TERMINAL

    with opened_accounts() as (accounts, _):
        accounts.disable(TERMINAL, accounts.person_named(name).id)
    show(f"{name} を無効にしました。")


@app.command("enable", cls=Command)
def enable(name: Name) -> None:
    """無効にした利用者を、有効に戻します。"""
    from rag.accounts.who import TERMINAL

    with opened_accounts() as (accounts, _):
        accounts.enable(TERMINAL, accounts.person_named(name).id)
    show(f"{name} を有効に戻しました。")


@app.command("reset", cls=Command)
def reset(name: Name) -> None:
    """今のパスワードを使えなくして、決め直すためのリンクを表示します。"""
    from rag.accounts.who import TERMINAL

    with opened_accounts() as (accounts, settings):
        secret = accounts.reset(TERMINAL, accounts.person_named(name).id)
    show_link(settings, name, secret)


@contextmanager
def opened_accounts() -> Iterator[tuple[Accounts, Settings]]:
    """The accounts in the catalog's database, without the rest of the library."""
    from rag import database
    from rag.accounts.accounts import Accounts

    settings = read_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = database.open_engine(settings.database_url, settings.home)
    try:
        yield Accounts(engine), settings
    finally:
        engine.dispose()
    if settings.auth == "local":
        tell(LOCAL)


def show_link(settings: Settings, name: str, secret: str) -> None:
    """Shows a link once."""
    base = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    show(LINK.format(name=name))
    show(f"{base}/links/{secret}")
