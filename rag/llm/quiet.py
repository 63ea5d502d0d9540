"""Before a model's package is imported: tracing, gateways and wire logs off, whatever the environment says.

What a person asks and what the documents say goes to the model that was set, and nowhere beside it.
"""

from __future__ import annotations

import os

OFF = (
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGSMITH_OTEL_ENABLED",
    "LANGSMITH_GATEWAY",
)
#: Make the providers' packages write requests, prompts and all, to the log.
WIRE_LOGS = ("OPENAI_LOG", "ANTHROPIC_LOG")


def silence() -> None:
    """Turns off, in this process, all that would tell others of what the model is asked."""
    os.environ.update(dict.fromkeys(OFF, "false"))
    for variable in WIRE_LOGS:
        os.environ.pop(variable, None)
    import langsmith

    langsmith.configure(enabled=False)  # what was read of the environment before is remembered there


def reach_directly(host: str) -> None:
    """Keeps the proxy that may be set for the outside from getting what is meant for `host`."""
    for variable in ("NO_PROXY", "no_proxy"):
        hosts = os.environ.get(variable, "")
        if host not in hosts.split(","):
            os.environ[variable] = f"{hosts},{host}".strip(",")
