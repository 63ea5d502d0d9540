"""The MCP server, on standard input and output or behind an address (`api.mcp.http`)."""

from __future__ import annotations

from functools import partial
from typing import Any

import anyio
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams, TextContent

from api.app import own_version
from api.errors import Sentence, sentence_or
from api.mcp.desk import Desk
from api.mcp.tools import INSTRUCTIONS, TOOLS
from rag.stop import Stop

Context = ServerRequestContext[Any, Any]


def make_server(desk: Desk) -> Server[Any]:
    """The server over one desk."""

    async def list_tools(context: Context, params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[tool.described() for tool in TOOLS.values()])

    async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult:
        stop = Stop()
        work = partial(call, asked_by(desk, context.request), params.name, params.arguments or {}, stop)
        try:
            return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
        finally:
            stop.set()  # where the client cancelled, the model's part ends too

    return Server(
        "hyoka",
        title="評価書アシスタント",
        version=own_version(),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def asked_by(desk: Desk, request: Any) -> Desk:
    """The desk for whoever sent an HTTP request (see `api.auth`); on standard input and output there is none."""
    who = getattr(request.state, "who", None) if request is not None else None
    return desk if who is None else desk.of(who)


def call(desk: Desk, name: str, arguments: dict[str, Any], stop: Stop) -> CallToolResult:
    """Runs one tool; every fault is a sentence."""
    tool = TOOLS.get(name)
    if tool is None:
        return failed(f"その名前の道具はありません。使えるのは {'、'.join(TOOLS)} です。")
    outcome = sentence_or(lambda: tool.run(desk, arguments, stop))
    if isinstance(outcome, Sentence):
        return failed(outcome)
    return CallToolResult(content=[text(outcome.text)], structured_content=outcome.result.model_dump(mode="json"))


def failed(sentence: str) -> CallToolResult:
    """A fault that the caller is to read."""
    return CallToolResult(content=[text(sentence)], is_error=True)


def text(words: str) -> TextContent:
    """One piece of text."""
    return TextContent(type="text", text=words)


async def serve_stdio(desk: Desk) -> None:
    """Serves one program until it closes our standard input. All else that would be printed goes to stderr."""
    server = make_server(desk)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
