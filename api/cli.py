"""The command `hyoka`: gathers the commands and turns every fault into one Japanese sentence and an exit status.

Exit status: 0 done (whatever the answer's status), 1 a fault or a file that failed, 2 a wrong command line or question,
130 interrupted, 141 whoever read our output closed it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import Abort, TyperException

from api.commands import (
    ask,
    check,
    compare,
    doctor,
    draft,
    feedback,
    flow,
    load,
    mcp,
    records,
    reply,
    serve,
    shelf,
    show,
    trace,
    user,
)
from api.commands import eval as evaluation
from api.terminal import prepare_streams, tell, without_passwords
from api.usage import Command, Group, complaint, translate_panels
from ingest.errors import IngestError
from rag.errors import BadQuestion, HyokaError

#: What Typer makes of Ctrl-C.
INTERRUPTED = 130

app = typer.Typer(
    name="hyoka",
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    help="特定個人情報保護評価書を様式として読み、出典付きで答えます。",
)

app.command("load", cls=Command)(load.load)
app.command("ask", cls=Command)(ask.ask)
app.command("show", cls=Command)(show.show)
app.command("records", cls=Command)(records.records)
app.command("list", cls=Command)(shelf.list_assessments)
app.command("remove", cls=Command)(shelf.remove)
app.command("reindex", cls=Command)(shelf.reindex)
app.command("check", cls=Command)(check.check)
app.command("compare", cls=Command)(compare.compare)
app.command("flow", cls=Command)(flow.flow)
app.command("draft", cls=Command)(draft.draft)
app.command("reply", cls=Command)(reply.reply)
app.command("trace", cls=Command)(trace.trace)
app.command("feedback", cls=Command)(feedback.feedback)
app.command("serve", cls=Command)(serve.serve)
app.add_typer(user.app, name="user")
app.command("eval", cls=Command)(evaluation.evaluate)
app.command("mcp", cls=Command)(mcp.mcp)
app.command("doctor", cls=Command)(doctor.doctor)


def main() -> None:
    """Entry point of the command `hyoka`."""
    prepare_streams()
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = reader_gone()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit status; faults become a sentence on stderr."""
    if not arguments or "--help" in arguments:
        translate_panels()
    try:
        outcome = app(list(arguments), prog_name="hyoka", standalone_mode=False)
    except BadQuestion as error:
        return fail(str(error), 2)
    except (HyokaError, IngestError) as error:
        return fail(str(error))
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            return 0 if not arguments else fail(complaint(error), 2)
        return fail(complaint(error), 2)
    except Abort:
        return fail("中止しました。")
    except (BrokenPipeError, SystemExit):  # Typer's own answer to a closed pipe is to exit
        return reader_gone()
    if outcome == INTERRUPTED:
        return fail("中断しました。", INTERRUPTED)
    return outcome if isinstance(outcome, int) else 0


def fail(sentence: str, status: int = 1) -> int:
    """Says what is wrong and returns the exit status."""
    tell(without_passwords(sentence))
    return status


def reader_gone() -> int:
    """Nobody reads our output any more (`| head`): be quiet, also when Python flushes at the end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except OSError:
        pass
    return 141


if __name__ == "__main__":
    main()
