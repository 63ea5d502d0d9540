"""`make bench`: measures hyoka against its bars and against a plain pipeline, prints both and writes build/bench.json.

Exit status 1 where a bar is not met. Figures depend on the machine: run it with nothing else running.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from api.revision import revision  # noqa: E402
from rag.evals.figures import percentile  # noqa: E402
from rag.evals.scoring import fold, has_facts, said, stands  # noqa: E402
from tests.bench.corpus import Corpus, corpus  # noqa: E402
from tests.bench.processes import cost_of, imports_torch, serving  # noqa: E402
from tests.bench.report import Bar, show  # noqa: E402
from tests.bench.wording import measure_wording  # noqa: E402

OUT = ROOT / "build" / "bench.json"
REPEATS = 3
MIN_REQUESTS = 200


def main() -> int:
    """Measures everything; 1 where a bar is not met."""
    measured_on = corpus()
    with tempfile.TemporaryDirectory(prefix="hyoka-bench-") as folder:
        work = Path(folder)
        loads = [cost_of(work / f"home{n}", "load", str(measured_on.documents)) for n in range(REPEATS)]
        home = work / "home0"
        cold = measure_cold(home, measured_on)
        torch = any(imports_torch(home, question) for question in one_a_kind(measured_on).values())
        warm = measure_warm(home, measured_on)
        wording = measure_wording(home, measured_on)
        against = measure_against_plain(home, measured_on, work / "plain")
    load_s = statistics.median(load.wall_s for load in loads)
    bars = (
        Bar("cold ask, processor time", max(cold.values()), 2.5, "s"),
        Bar("torch imported by ask", float(torch), 0, ""),
        Bar("warm ask over HTTP, p50", warm["p50_ms"], 15, "ms"),
        Bar("warm ask over HTTP, p95", warm["p95_ms"], 60, "ms"),
        Bar("quotes not found in their document", warm["quotes_wrong"], 0, ""),
        Bar("load with encoding, whole command", load_s, 5, "s"),
        Bar("first verified words after the model's", wording["first_max_ms"], 150, "ms"),
        Bar("all steps beside the model, p95", wording["beside_p95_ms"], 60, "ms"),
        Bar("memory of the server", warm["rss_mb"], 600, "MB"),
    )
    result = {
        "commit": revision(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "corpus": measured_on.name,
        "bars": [{"name": b.name, "value": b.value, "most": b.most, "unit": b.unit, "met": b.met} for b in bars],
        "warm": warm,
        "wording": wording,
        "cold_cpu_s": cold,
        "load_cpu_s": statistics.median(load.cpu_s for load in loads),
        "plain": {**against, "ours_load_s": load_s},
    }
    show(result, bars)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(f"\n{OUT.relative_to(ROOT)}")
    return 0 if all(bar.met for bar in bars) else 1


def one_a_kind(asked: Corpus) -> dict[str, str]:
    """The first question of each kind: kinds take different ways to their answers."""
    return {question.type: question.question for question in reversed(asked.questions)}


def measure_cold(home: Path, asked: Corpus) -> dict[str, float]:
    """Median processor time in seconds of a whole `hyoka ask` process, by kind of question."""
    return {
        kind: statistics.median(cost_of(home, "ask", question).cpu_s for _ in range(REPEATS))
        for kind, question in one_a_kind(asked).items()
    }


def measure_warm(home: Path, asked: Corpus) -> dict[str, Any]:
    """Times of whole answers over HTTP, their quotes looked up in the documents, and the server's memory."""
    from rag.catalog import Catalog

    questions = [question.question for question in asked.questions]
    rounds = -(-MIN_REQUESTS // len(questions))
    with serving(home) as server:
        answers = [server.ask(question)[1] for question in questions]
        times = [server.ask(question)[0] for _ in range(rounds) for question in questions]
        rss_mb = server.rss_mb()
    catalog = Catalog.open("", home)
    sources = {v.document: fold(catalog.source(v.id)) for v in catalog.versions()}
    catalog.close()
    quotes = [stands(c["quote"], sources.get(c["document"], "")) for answer in answers for c in answer["citations"]]
    return {
        "requests": len(times),
        "p50_ms": percentile(times, 50),
        "p95_ms": percentile(times, 95),
        "quotes": len(quotes),
        "quotes_wrong": quotes.count(False),
        "rss_mb": rss_mb,
    }


def measure_against_plain(home: Path, asked: Corpus, folder: Path) -> dict[str, Any]:
    """Facts found and time a question, ours and the plain pipeline's, in this process and on the same questions."""
    from rag.answer import Answerer
    from rag.encoders import BundledEncoder
    from rag.library import Library
    from rag.settings import Settings
    from tests.bench.plain import PlainPipeline, Source

    library = Library.open(Settings(home=home))
    answerer = Answerer(library)
    texts = [Source(v.document, library.catalog.source(v.id)) for v in library.catalog.versions()]
    encoder = BundledEncoder()
    encoder.encode_query("準備")
    plain = PlainPipeline(texts, encoder, folder)
    ours_ms, plain_ms, ours_found, plain_found = [], [], 0, 0
    for question in asked.questions:  # once unmeasured, for both
        answerer.ask(question.question)
        plain.search(question.question)
    for question in asked.answerable:
        started = time.perf_counter()
        answer = answerer.ask(question.question)
        ours_ms.append((time.perf_counter() - started) * 1000)
        took_ms, text = plain.search(question.question)
        plain_ms.append(took_ms)
        ours_found += has_facts(question, said(answer))
        plain_found += has_facts(question, fold(text))
    library.close()
    count = len(asked.answerable)
    return {
        "questions": count,
        "ours_found": ours_found / count,
        "plain_found": plain_found / count,
        "found_ratio": ours_found / plain_found if plain_found else None,
        "ours_p50_ms": percentile(ours_ms, 50),
        "ours_p95_ms": percentile(ours_ms, 95),
        "plain_p50_ms": percentile(plain_ms, 50),
        "plain_p95_ms": percentile(plain_ms, 95),
        "plain_load_s": plain.load_s,
        "plain_pieces": plain.pieces,
    }


if __name__ == "__main__":
    sys.exit(main())
