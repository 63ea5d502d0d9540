"""How the figures are shown: a line a bar, then ours beside the plain pipeline's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

EXPLAINED = (
    "hyoka: in the text and rows of a whole, cited answer.",
    "plain: anywhere in the ten nearest pieces; no answer is made of them.",
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and the most it may be."""

    name: str
    value: float
    most: float
    unit: str

    @property
    def met(self) -> bool:
        """Whether the figure keeps to the bar."""
        return self.value <= self.most


def show(result: dict[str, Any], bars: Sequence[Bar]) -> None:
    """Prints the result."""
    print(f"commit {result['commit']}, {result['machine']}, on the {result['corpus']}\n")
    for bar in bars:
        word = "met" if bar.met else "NOT MET"
        print(f"{word:9s}{bar.name:38s}{bar.value:9.2f} {bar.unit:3s} at most {bar.most:g}")
    warm = result["warm"]
    print(f"\n{warm['requests']} requests over HTTP; {warm['quotes']} quotes looked up in their documents")
    print(f"processor time of the load: {result['load_cpu_s']:.1f} s; cold ask by kind of question:")
    print("  " + ", ".join(f"{kind} {cpu_s:.2f}" for kind, cpu_s in result["cold_cpu_s"].items()))
    wording = result["wording"]
    print(
        f"\n{wording['worded']:.0f} answers worded by a model that hands the draft back: "
        f"first words after {wording['first_p50_ms']:.1f} ms, steps beside it {wording['beside_p50_ms']:.1f} ms (p50)"
    )
    show_comparison(result["plain"])
    missed = [bar.name for bar in bars if not bar.met]
    print(f"\nNOT MET: {'; '.join(missed)}" if missed else "\nEvery bar is met.")


def show_comparison(plain: dict[str, Any]) -> None:
    """Ours and the plain pipeline's figures side by side."""
    print(f"\nagainst the plain pipeline, {plain['questions']} questions that have an answer")
    print(f"{'':26s}{'hyoka':>10s}{'plain':>10s}{'ratio':>10s}")
    found = plain["found_ratio"] or float("inf")
    print(f"{'all facts found':26s}{plain['ours_found']:>10.0%}{plain['plain_found']:>10.0%}{found:>10.2f}")
    for percent in ("p50", "p95"):
        ours, theirs = plain[f"ours_{percent}_ms"], plain[f"plain_{percent}_ms"]
        print(f"{f'time a question, {percent} ms':26s}{ours:>10.1f}{theirs:>10.1f}{ours / theirs:>10.2f}")
    ours, theirs = plain["ours_load_s"], plain["plain_load_s"]
    print(f"{'load, s':26s}{ours:>10.1f}{theirs:>10.1f}{ours / theirs:>10.2f}")
    print("\n".join(EXPLAINED))
