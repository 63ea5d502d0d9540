"""`python -m tests.bench.load`: so many people at once, questions and pages mixed, against a running server.

Without accounts and with them. Exit status 1 where a bar is not met. `--think-s 0`: nobody reads what they get.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import httpx
import sqlalchemy as sa

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from api.auth_cookie import PLAIN  # noqa: E402
from rag import database  # noqa: E402
from rag.accounts.accounts import Accounts  # noqa: E402
from rag.accounts.passwords import Passwords  # noqa: E402
from rag.accounts.who import LOCAL, Role, Who  # noqa: E402
from rag.draft.store import Drafts  # noqa: E402
from rag.evals.figures import percentile  # noqa: E402
from rag.replies.store import Replies  # noqa: E402
from tests.bench.corpus import corpus  # noqa: E402
from tests.bench.processes import Server, cost_of, serving  # noqa: E402
from tests.bench.report import Bar  # noqa: E402
from tests.bench.users import TIMEOUT_S, Took, User, ask, pages_of, send, use  # noqa: E402
from tests.fakes_accounts import CHEAP, LIMITS, PASSWORD, person  # noqa: E402
from tests.fakes_draft import draft  # noqa: E402
from tests.fakes_replies import composed  # noqa: E402

P95_MS = 1000.0


def main() -> int:
    """Measures both ways of running; 1 where a bar is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think-s", type=float, default=3, help="between two requests of a person, on average")
    parser.add_argument("--auth", choices=["local", "accounts"], action="append")
    parser.add_argument("--home", type=Path, help="a HYOKA_HOME that is loaded already; it is copied")
    chosen = parser.parse_args()
    measured_on = corpus()
    with tempfile.TemporaryDirectory(prefix="hyoka-load-") as folder:
        loaded = chosen.home or Path(folder) / "loaded"
        if not chosen.home:
            cost_of(loaded, "load", str(measured_on.documents))
        met = True
        for auth in chosen.auth or ["local", "accounts"]:
            home = shutil.copytree(loaded, Path(folder) / auth)
            users = prepare(home, auth, chosen.users)
            questions = [question.question for question in measured_on.questions]
            with serving(home, HYOKA_AUTH=auth) as server:
                took, cpu_s = asyncio.run(measure(server, users, questions, chosen.seconds, chosen.think_s))
                print(
                    f"\n{auth}, on the {measured_on.name}: {chosen.users} people, {chosen.think_s:g} s between requests"
                )
                met = show(took, chosen.seconds, cpu_s, server.rss_mb()) and met
    return 0 if met else 1


def prepare(home: Path, auth: str, count: int) -> list[User]:
    """The people, each with a session, a draft and a reply of their own; without accounts they are one person."""
    engine = database.open_engine("", home)
    if auth == "local":
        paths = belongings(engine, LOCAL)
        users = [User("", (*paths, f"/conversations?q={number}")) for number in range(count)]
    else:
        accounts = Accounts(engine, LIMITS, Passwords(CHEAP))
        person(accounts, "chief", Role.ADMINISTRATOR)
        people = [person(accounts, f"person{number}", Role.DRAFTER) for number in range(count)]
        cookies = [f"{PLAIN}={accounts.sign_in(f'person{number}', PASSWORD).secret}" for number in range(count)]
        users = [User(cookie, belongings(engine, who)) for cookie, who in zip(cookies, people, strict=True)]
    engine.dispose()
    return users


def belongings(engine: sa.Engine, who: Who) -> tuple[str, ...]:
    """The pages of a draft and a reply that somebody made."""
    kept = Drafts(engine, who).start(draft(), who.name)
    return (f"/drafts/{kept.id}", f"/replies/{Replies(engine, who).start(composed()).entry.id}")


async def measure(
    server: Server, users: Sequence[User], questions: Sequence[str], seconds: float, think_s: float
) -> tuple[list[Took], float]:
    """What all of them did in that time, and the processor time that the server spent on it."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=server.address, timeout=TIMEOUT_S, limits=limits) as client:
        shelf = (await client.get("/api/assessments", headers={"cookie": users[0].cookie})).json()
        pages = pages_of([assessment["document"] for assessment in shelf["assessments"]])
        for path in pages:  # once unmeasured, as the server starts with nothing in memory
            await send(client, users[0], "GET", path)
        for question in questions:
            await ask(client, users[0], question, by_page=False)
        idle_s = server.cpu_s()
        until = time.perf_counter() + seconds
        done = await asyncio.gather(*(use(client, user, pages, questions, until, think_s) for user in users))
    return [took for each in done for took in each], server.cpu_s() - idle_s


def show(took: Sequence[Took], seconds: float, cpu_s: float, rss_mb: float) -> bool:
    """Prints the figures; whether the bars are met."""
    questions = [t.ms for t in took if t.asks]
    pages = [t.ms for t in took if not t.asks]
    faults = Counter(f"{t.kind}: {t.fault}" for t in took if t.fault)
    bars = (
        Bar("errors", faults.total(), 0, ""),
        Bar("question, p95", percentile(questions, 95), P95_MS, "ms"),
        Bar("page, p95", percentile(pages, 95), P95_MS, "ms"),
    )
    for bar in bars:
        print(f"{'met' if bar.met else 'NOT MET':9s}{bar.name:20s}{bar.value:9.1f} {bar.unit:3s} at most {bar.most:g}")
    for kind, times in (("questions", questions), ("pages", pages)):
        p50, p95, p99 = (percentile(times, percent) for percent in (50, 95, 99))
        print(f"{kind:10s}{len(times):6d}  p50 {p50:7.1f}  p95 {p95:7.1f}  p99 {p99:7.1f}  most {max(times):7.1f} ms")
    print(
        f"{len(took) / seconds:.1f} requests a second; {cpu_s * 1000 / len(took):.1f} ms of processor time each; "
        f"memory of the server {rss_mb:.0f} MB; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    by_kind: dict[str, list[float]] = {}
    for t in took:
        by_kind.setdefault("/".join(t.kind.split("/")[:3]), []).append(t.ms)
    for kind, times in sorted(by_kind.items(), key=lambda each: -sum(each[1]))[:12]:
        print(f"  {kind:40s}{len(times):6d}  p50 {percentile(times, 50):7.1f}  p95 {percentile(times, 95):7.1f}")
    for fault, count in faults.most_common(8):
        print(f"  {count} x {fault}")
    return all(bar.met for bar in bars)


if __name__ == "__main__":
    sys.exit(main())
