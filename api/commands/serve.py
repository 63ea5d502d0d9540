"""`hyoka serve`: the HTTP API and the pages on one address."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Annotated

import typer

from api.local_mode import refuse_elsewhere
from api.opening import answerer_of, opened, read_settings
from api.terminal import show, tell
from rag.errors import SettingsError
from rag.settings import Settings

BACKLOG = 2048
#: Longer than most proxies and programs keep one: who closes a connection last cannot cut a request off.
KEEP_ALIVE_S = 75
FIRST = "管理の利用者がまだいません。次のアドレスを開いて、最初の管理者を作ってください(一度だけ、24時間以内):\n{link}"


def serve(
    host: Annotated[str | None, typer.Option(metavar="アドレス", help="待ち受けるアドレス(既定は HYOKA_HOST)")] = None,
    port: Annotated[
        int | None, typer.Option(metavar="番号", help="待ち受けるポート(既定は HYOKA_PORT)。0 なら空いているもの")
    ] = None,
) -> int:
    """質問のページと HTTP API を動かします。Ctrl-C で止まります。"""
    settings = read_settings(host=host, port=port)
    refuse_elsewhere(settings)
    with listening(settings) as ready, opened(settings) as library:
        import uvicorn

        from api.app import create_app
        from api.services import Services

        answerer = answerer_of(library, settings, library.conversations.keep)
        card = answerer.model.card if answerer.model else None
        app = create_app(settings, Services(library, answerer, card))
        if settings.auth == "accounts" and (secret := app.state.accounts.first_link()):
            show(FIRST.format(link=f"{settings.public_url.rstrip('/') or address(ready).rstrip('/')}/links/{secret}"))
        if not library.catalog.versions():
            tell("評価書がまだありません。hyoka load フォルダ で読み込んでください(動かしたままで構いません)。")
        show(f"評価書アシスタント: {address(ready)}  (止めるには Ctrl-C)")

        class Server(uvicorn.Server):
            """Waits for its connections at the end, but not for models that word answers."""

            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                app.state.runs.stop_all()
                await super().shutdown(sockets)

        server = Server(uvicorn.Config(app, log_level="warning", access_log=False, timeout_keep_alive=KEEP_ALIVE_S))
        with suppress(KeyboardInterrupt):  # the way to stop it
            server.run(sockets=[ready])
    return 0 if server.started else 1


def listening(settings: Settings) -> socket.socket:
    """A socket that listens on the address; raises SettingsError where that is not possible."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise SettingsError(
            f"{settings.host} のポート {settings.port} で待ち受けられません。"
            "ほかの処理が使っていないか確かめ、HYOKA_HOST と HYOKA_PORT(または --port)を変えてください。"
        ) from error


def address(ready: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = ready.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
