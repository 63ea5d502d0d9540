"""Nothing of a question goes anywhere but to the model, whatever the environment asks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from fake_openai import FakeOpenAI

import rag

ROOT = Path(rag.__file__).parents[1]

#: Asks a model, and prints where connections went and which names were looked up.
ASK = """
import json, sys
went = []
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        where = arguments[1] if event != "socket.getaddrinfo" else arguments
        went.append(str(where[0]) if isinstance(where, tuple) else str(where))
sys.addaudithook(note)
from pydantic import BaseModel
from prompts import Message
from rag.llm import open_model
from rag.settings import Settings
from rag.stop import Stop
class Shape(BaseModel):
    year: int
model = open_model(Settings())
asked = [Message("user", "geheime Frage")]
assert "".join(model.stream(asked, Stop())) == '{"year": 6}'
assert model.structured(asked, Shape, Stop()).year == 6
from langchain_core.tracers.langchain import wait_for_all_tracers
wait_for_all_tracers()
model.close()
print(json.dumps(sorted(set(went))))
"""
TELLING = {
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "lsv2_x",
    "LANGSMITH_ENDPOINT": "http://127.0.0.2:9",
    "LANGSMITH_GATEWAY": "http://127.0.0.3:9",
    "HTTP_PROXY": "http://127.0.0.4:9",
    "http_proxy": "http://127.0.0.4:9",
    "ALL_PROXY": "http://127.0.0.4:9",
    "OPENAI_LOG": "debug",
    "NO_PROXY": "",
    "no_proxy": "",
}


def asked(server: FakeOpenAI, llm: str, base_url: str) -> subprocess.CompletedProcess[str]:
    server.say('{"year": 6}')
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, **TELLING, "PYTHONPATH": str(ROOT), "HYOKA_LLM": llm, "HYOKA_LLM_BASE_URL": base_url},
        capture_output=True,
        text=True,
        check=True,
    )


def test_requests_go_to_the_model_alone(server: FakeOpenAI) -> None:
    for llm, base_url in (("openai:fake", server.url), ("ollama:fake", server.origin)):
        done = asked(server, llm, base_url)
        assert json.loads(done.stdout) == ["127.0.0.1"]
        assert "geheim" not in done.stderr
    assert len(server.requests) == 4
