"""/mcp: the tools of `api.mcp` beside the pages, for programs that speak the Model Context Protocol."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send


class McpEndpoint:
    """Hands requests on to what the application keeps in `state.mcp` while it runs."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handler = scope["app"].state.mcp
        if handler is None:
            raise HTTPException(503)
        await handler(scope, receive, send)
