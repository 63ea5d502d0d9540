"""`hyoka mcp`: the tools for programs that speak the Model Context Protocol."""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import Annotated

import typer

from api.commands.serve import address, listening
from api.local_mode import refuse_elsewhere
from api.opening import answerer_of, opened, read_settings
from api.terminal import tell
from rag.errors import BadQuestion, SettingsError
from rag.settings import Settings

NO_KEYS_HERE = (
    "hyoka mcp --http は、このパソコンだけで使う設定(HYOKA_AUTH=local)で動きます。"
    "アカウントで使うときは、hyoka serve の /mcp に、自分のページで作ったトークンを付けてつないでください。"
)


def mcp(
    http: Annotated[bool, typer.Option("--http", help="標準入出力ではなく HTTP で待ち受けます。")] = False,
    host: Annotated[
        str | None, typer.Option(metavar="アドレス", help="--http で待ち受けるアドレス(既定は HYOKA_HOST)")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="番号", help="--http で待ち受けるポート(既定は HYOKA_PORT)。0 なら空いているもの"),
    ] = None,
) -> int:
    """MCP(Model Context Protocol)の道具 ask、search、records、show、check、draft を提供します。

    MCP に対応したプログラムの設定に書いて使います(docs/clients.md)。hyoka serve の /mcp でも同じ道具を使えます。
    """
    if not http and (host or port is not None):
        raise BadQuestion("--host と --port は --http とともに使います。--http を付けてください。")
    settings = read_settings(host=host, port=port)
    with suppress(KeyboardInterrupt):  # the way to stop it
        return serve_address(settings) if http else serve_streams(settings)
    return 0


def serve_streams(settings: Settings) -> int:
    """Serves the program that started this one, until it closes our standard input."""
    with opened(settings) as library:
        import anyio

        from api.mcp.desk import Desk
        from api.mcp.server import serve_stdio

        # Whoever waits for a line cannot be interrupted otherwise; a sudden end harms nothing that is kept.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        anyio.run(serve_stdio, Desk(library, answerer_of(library, settings)))
    return 0


def serve_address(settings: Settings) -> int:
    """Serves programs that call the address."""
    refuse_elsewhere(settings)
    if settings.auth == "accounts":
        raise SettingsError(NO_KEYS_HERE)
    with listening(settings) as ready, opened(settings) as library:
        import uvicorn

        from api.app import MAX_BODY_BYTES
        from api.mcp.desk import Desk
        from api.mcp.http import PATH, alone

        desk = Desk(library, answerer_of(library, settings))
        tell(f"MCP: {address(ready).rstrip('/')}{PATH}  (止めるには Ctrl-C)")
        app = alone(desk, settings.host, MAX_BODY_BYTES)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        server.run(sockets=[ready])
    return 0 if server.started else 1
