"""A progress bar on stderr, only where a person watches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.terminal import console

#: Takes how many are done, of how many, and the name of the last one.
Advance = Callable[[int, int, str], None]


@contextmanager
def bar(title: str) -> Iterator[Advance]:
    """Draws the bar until the end; what it yields moves it on."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}"),
    )
    screen = console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as drawn:
        task = drawn.add_task(title, total=None, name="")

        def advance(done: int, total: int, name: str) -> None:
            drawn.update(task, completed=done, total=total, name=name)

        yield advance
