"""How much of planted personal data is found, and how much else is taken for it, by kind.

    python -m tests.bench.privacy [COUNT [SEED]]

Measured on inquiries made from a seed and on those of tests/rag/privacy/letters.txt, written by hand.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.privacy import mask
from tests.fakes_inquiries import Inquiry, Planted, inquiries

LETTERS = Path(__file__).resolve().parents[1] / "rag" / "privacy" / "letters.txt"
_MARKED = re.compile(r"⟦(?P<kind>[^|⟧]+)\|(?P<value>[^⟧]+)⟧|⟪(?P<stays>[^⟫]+)⟫")


@dataclass
class Figures:
    """Of one kind: how many were planted and found whole, how many places were masked and how many rightly."""

    planted: int = 0
    found: int = 0
    masked: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Found of planted, higher is better."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Rightly masked of masked, higher is better."""
        return self.right / self.masked if self.masked else 1.0


def main(arguments: Sequence[str]) -> None:
    """Prints the tables."""
    count, seed = (int(a) for a in (*arguments, *("200", "5")[len(arguments) :]))
    made = inquiries(count, seed)
    for title, texts in ((f"{count} inquiries, seed {seed}", made), (LETTERS.name, handwritten())):
        show(title, texts)
    longest = ("\n".join(inquiry.text for inquiry in made) * 2)[:3000]
    mask(longest)
    started = time.process_time()
    for _ in range(10):
        mask(longest)
    print(f"\n3,000 characters: {(time.process_time() - started) * 100:.1f} ms of processor time")


def show(title: str, texts: Sequence[Inquiry]) -> None:
    """One table."""
    print(f"\n{title}\n{'':24s}{'planted':>9s}{'recall':>9s}{'precision':>11s}")
    for kind, figures in sorted(measure(texts).items()):
        width = 24 - len(kind)  # full-width letters take two columns
        print(f"{kind:{width}s}{figures.planted:>9d}{figures.recall:>9.1%}{figures.precision:>11.1%}")
        for word, values in (("missed", figures.missed), ("wrong", figures.wrong)):
            if values:
                print(f"    {word}: {' / '.join(values[:12])}")
    lost = lost_words(texts)
    print(f"words that had to stay and did not: {len(lost)} of {sum(len(t.stays) for t in texts)} {lost[:12]}")


def measure(texts: Iterable[Inquiry]) -> dict[str, Figures]:
    """Kind → figures. A value is found where each of its letters and digits gave way to a token of any kind."""
    figures: dict[str, Figures] = {}
    for inquiry in texts:
        spans = mask(inquiry.text).spans
        gone = {at for span in spans for at in range(span.start, span.end)}
        for planted in inquiry.planted:
            of_kind = figures.setdefault(planted.kind, Figures())
            value = inquiry.text[planted.start : planted.end]
            whole = all(at in gone for at, letter in enumerate(value, planted.start) if letter.isalnum())
            of_kind.planted += 1
            of_kind.found += whole
            if not whole:
                of_kind.missed.append(value)
        for span in spans:
            of_kind = figures.setdefault(span.kind, Figures())
            right = any(p.start < span.end and span.start < p.end for p in inquiry.planted)
            of_kind.masked += 1
            of_kind.right += right
            if not right:
                of_kind.wrong.append(inquiry.text[span.start : span.end])
    return figures


def lost_words(texts: Iterable[Inquiry]) -> list[str]:
    """What had to stay readable and did not."""
    return [
        word
        for inquiry in texts
        for masked in [mask(inquiry.text).text]
        for word in inquiry.stays
        if word not in masked
    ]


def handwritten() -> list[Inquiry]:
    """The inquiries of letters.txt."""
    _, _, texts = LETTERS.read_text(encoding="utf-8").partition("\n")
    return [_inquiry(text.strip()) for text in texts.split("\n----\n")]


def _inquiry(marked: str) -> Inquiry:
    text, at, planted, stays = "", 0, [], []
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        value = match["value"] or match["stays"]
        if match["kind"]:
            planted.append(Planted(match["kind"], len(text), len(text) + len(value)))
        else:
            stays.append(value)
        text, at = text + value, match.end()
    return Inquiry(text + marked[at:], tuple(planted), tuple(stays))


if __name__ == "__main__":
    main(sys.argv[1:])
