"""A scripted model server on loopback: OpenAI's chat protocol under /v1, and Ollama's under /api/chat.

Replies are taken in the order they were scripted, the last one again and again; requests are kept, and whether the
client went away before its answer was complete.
"""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LONG_S = 30.0


@dataclass(frozen=True)
class Reply:
    """One answer. `end`: done | silence (nothing more comes) | drop (the connection ends) | error (told in the stream).

    pause_s    before each piece
    withheld   even the headers do not come
    status     refuses where it is not 200, with `message`
    arguments  answers by a call of the tool that was offered
    """

    pieces: tuple[str, ...] = ()
    pause_s: float = 0.0
    end: str = "done"
    withheld: bool = False
    status: int = 200
    message: str = "refused"
    headers: dict[str, str] = field(default_factory=dict)
    arguments: str | None = None
    finish_reason: str = "stop"


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


Script = Reply | Callable[[Request], Reply]


class FakeOpenAI:
    """The server while it runs. `gone` is set when a client left early, at the monotonic time `gone_at`."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.gone = threading.Event()
        self.gone_at = 0.0
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._script: list[Script] = [Reply(("はい。",))]
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def origin(self) -> str:
        """The address without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """The base URL of OpenAI's protocol."""
        return f"{self.origin}/v1"

    def script(self, *replies: Script) -> None:
        """What is answered from now on."""
        self._script = list(replies)

    def say(self, *pieces: str, **details: Any) -> None:
        """Scripts one reply of these pieces."""
        self.script(Reply(pieces, **details))

    def close(self) -> None:
        """Stops listening."""
        self._server.shutdown()
        self._server.server_close()

    @contextmanager
    def taken(self, request: Request) -> Iterator[Reply]:
        """The reply to a request, while it is given."""
        with self._lock:
            self.requests.append(request)
            scripted = self._script[0] if len(self._script) == 1 else self._script.pop(0)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield scripted if isinstance(scripted, Reply) else scripted(request)
        except OSError:
            self.gone_at = time.monotonic()
            self.gone.set()
        finally:
            with self._lock:
                self._at_once -= 1


def _handler(server: FakeOpenAI) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            request = Request(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            self.close_connection = True
            with server.taken(request) as reply:
                if reply.withheld:
                    _wait(self.connection, LONG_S)
                elif reply.status != 200:
                    self.send(reply.status, {"error": {"message": reply.message}}, reply.headers)
                elif self.path.endswith("/api/chat"):
                    self.stream(reply, _ollama_line)
                elif body.get("stream"):
                    self.stream(reply, _openai_line)
                else:
                    _wait(self.connection, reply.pause_s * len(reply.pieces))
                    self.send(200, _whole(reply), reply.headers)

        def send(self, status: int, value: object, headers: dict[str, str]) -> None:
            data = json.dumps(value).encode()
            self.send_response(status)
            for name, text in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(data)

        def stream(self, reply: Reply, line: Callable[[Reply, str | None], bytes]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            for piece in reply.pieces:
                _wait(self.connection, reply.pause_s)
                self.wfile.write(line(reply, piece))
                self.wfile.flush()
            if reply.end == "silence":
                _wait(self.connection, LONG_S)
            elif reply.end == "drop":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                self.connection.close()
            elif reply.end == "error":
                self.wfile.write(b'data: {"error": {"message": "out of memory", "type": "server_error"}}\n\n')
            else:
                self.wfile.write(line(reply, None))

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    return Handler


def _wait(connection: socket.socket, seconds: float) -> None:
    """Waits, unless the client leaves: then raises ConnectionError."""
    if seconds and select.select([connection], [], [], seconds)[0] and not connection.recv(1, socket.MSG_PEEK):
        raise ConnectionError("the client left")


def _openai_line(reply: Reply, piece: str | None) -> bytes:
    """One event; the last ones for None."""
    finish = reply.finish_reason if piece is None else None
    delta = {} if piece is None else {"role": "assistant", "content": piece}
    chunk = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "fake",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk)}\n\n".encode() + (b"data: [DONE]\n\n" if piece is None else b"")


def _ollama_line(reply: Reply, piece: str | None) -> bytes:
    """One line of JSON; the last for None."""
    chunk = {
        "model": "fake",
        "created_at": "2026-01-01T00:00:00Z",
        "message": {"role": "assistant", "content": piece or ""},
        "done": piece is None,
        **({"done_reason": reply.finish_reason} if piece is None else {}),
    }
    return json.dumps(chunk).encode() + b"\n"


def _whole(reply: Reply) -> dict[str, Any]:
    """An answer that is not streamed."""
    message: dict[str, Any] = {"role": "assistant", "content": "".join(reply.pieces)}
    if reply.arguments is not None:
        call = {"name": "Shape", "arguments": reply.arguments}
        message["tool_calls"] = [{"id": "t1", "type": "function", "function": call}]
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish_reason}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def refusing(*keys: str, then: Reply) -> Callable[[Request], Reply]:
    """A server that knows none of these parameters: refuses requests that have one, answers the others."""
    refusal = replace(then, status=400, message="unknown parameter")
    return lambda request: refusal if any(key in request.body for key in keys) else then
