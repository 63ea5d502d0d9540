"""The command as processes: what a cold question and a load cost, and a running server."""

from __future__ import annotations

import http.client
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

ROOT = Path(__file__).resolve().parents[2]
HYOKA = (sys.executable, "-m", "api.cli")
#: Prints whether torch came in on the way to an answer.
TORCH = (
    "import sys; from api.cli import run; run(['ask', sys.argv[1], '--json']);"
    "print('torch' in sys.modules, file=sys.stderr)"
)


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Our environment with another home and no other settings of hyoka than these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HYOKA_")}
    return {**kept, **settings, "HYOKA_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one child process took."""

    wall_s: float
    cpu_s: float


def cost_of(home: Path, *arguments: str) -> Cost:
    """Runs `hyoka` with these arguments; `cpu_s` is user and system time of the child."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*HYOKA, *arguments], env=environment(home), check=True, stdout=subprocess.DEVNULL)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(ended - started, cpu_s)


def imports_torch(home: Path, question: str) -> bool:
    """Whether `hyoka ask` imports torch."""
    command = [sys.executable, "-c", TORCH, question]
    done = subprocess.run(command, env=environment(home), check=True, capture_output=True, text=True, cwd=ROOT)
    return done.stderr.split()[-1] == "True"


class Server:
    """A running `hyoka serve` and one connection to it."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        parts = urlsplit(address)
        self.address = address.rstrip("/")
        self._process = psutil.Process(process.pid)
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)

    def ask(self, question: str) -> tuple[float, dict[str, Any]]:
        """Milliseconds from the request to the last byte, and the answer."""
        body = json.dumps({"question": question}).encode()
        started = time.perf_counter()
        self._connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        data = response.read()
        took_ms = (time.perf_counter() - started) * 1000
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {data[:200]!r}")
        return took_ms, json.loads(data)

    def cpu_s(self) -> float:
        """User and system time of the server so far."""
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def rss_mb(self) -> float:
        """Resident memory of the server and its children in MB (2**20)."""
        processes = [self._process, *self._process.children(recursive=True)]
        return sum(process.memory_info().rss for process in processes) / 2**20


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Server]:
    """A server on a free port of the loopback, stopped at the end."""
    command = [*HYOKA, "serve", "--host", "127.0.0.1", "--port", "0"]
    process = subprocess.Popen(
        command, env=environment(home, **settings), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield Server(process, next(word for word in line.split() if word.startswith("http://")))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
