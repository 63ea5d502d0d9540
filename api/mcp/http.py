"""The MCP server behind an address (streamable HTTP): beside the pages of `hyoka serve`, or alone.

Every request stands for itself, so that nothing is lost with a restart and several processes can answer. A page of
another site that a person has open must not reach the tools through their browser: only names of this machine are
taken as Host, and only pages of these names as Origin.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import psutil
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from api.mcp.desk import Desk
from api.mcp.server import make_server
from api.routes.mcp import McpEndpoint

PATH = "/mcp"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
EVERYWHERE = ("0.0.0.0", "::")


@asynccontextmanager
async def running(desk: Desk, host: str, max_bytes: int, public_url: str = "") -> AsyncIterator[ASGIApp]:
    """What answers requests from `desk`, while this lasts.

    host        that the server listens on: callers must name it, or loopback
    max_bytes   of a request
    public_url  the address of a proxy before the server, by which callers may name it too
    """
    manager = StreamableHTTPSessionManager(
        make_server(desk), stateless=True, security_settings=security(host, public_url), max_request_body_size=max_bytes
    )
    async with manager.run():
        yield manager.handle_request


def security(host: str, public_url: str = "") -> TransportSecuritySettings:
    """Which names of this machine are taken as Host and in Origin."""
    names = [*own_names(host), *filter(None, [urlsplit(public_url).hostname])]
    hosts = [form for name in names for form in (name, f"{name}:*")]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=hosts,
        allowed_origins=[f"{scheme}://{name}" for scheme in ("http", "https") for name in hosts],
    )


def own_names(host: str) -> list[str]:
    """Names that reach a server listening on `host`, as they stand in an address."""
    names = [*addresses(), socket.gethostname()] if host in EVERYWHERE else [host]
    return list(dict.fromkeys((*LOOPBACK, *(f"[{name}]" if ":" in name else name for name in names))))


def addresses() -> list[str]:
    """The IP addresses of this machine."""
    found = [address for card in psutil.net_if_addrs().values() for address in card]
    return [a.address.partition("%")[0] for a in found if a.family in (socket.AF_INET, socket.AF_INET6)]


def alone(desk: Desk, host: str, max_bytes: int) -> Starlette:
    """An application with nothing but the tools."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with running(desk, host, max_bytes) as app.state.mcp:
            yield

    # There is nothing to listen to and no session to end: only POST.
    return Starlette(routes=[Route(PATH, McpEndpoint(), methods=["POST"])], lifespan=lifespan)
