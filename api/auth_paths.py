"""Which rule of the table a request falls under: found as the application's own router finds the route."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, compile_path

from api.auth_table import TABLE, Rule


@dataclass(frozen=True, slots=True)
class Found:
    """What a request asks for. `address` is "" where there is no such route, `rule` None where no rule names it."""

    address: str
    rule: Rule | None = None
    values: dict[str, str] = field(default_factory=dict)

    @property
    def object(self) -> str:
        """What it is done to, by its ids."""
        return " ".join(self.values.values())


class Paths:
    """The routes of an application in the order in which they are tried."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._patterns: list[tuple[frozenset[str], re.Pattern[str], str]] = []
        for context in iter_route_contexts(list(routes)):
            methods = frozenset(context.methods or ())
            if methods and context.path is not None:
                self._patterns.append((methods, compile_path(context.path)[0], context.path))

    @property
    def addresses(self) -> list[str]:
        """Method and address of every route, without HEAD, which is answered as GET."""
        return [f"{m} {path}" for methods, _, path in self._patterns for m in sorted(methods - {"HEAD"})]

    def find(self, method: str, path: str) -> Found:
        """The route that answers."""
        for methods, pattern, address in self._patterns:
            if method in methods and (match := pattern.match(path)):
                name = f"{method} {address}"
                return Found(name, TABLE.get(name), match.groupdict())
        return Found("")
