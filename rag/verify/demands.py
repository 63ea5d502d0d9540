"""What a retelling must not leave out: every cited line, every row, and the names, numbers and dates in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.tokens import Words
from rag.verify import facts
from rag.verify.grounds import Grounds
from rag.verify.reading import clauses, latin_words
from rag.verify.sentences import bare, cited

_MARKER = re.compile(r"\[(\d{1,4})\]")
#: A quoted value up to this length must stand there as it is; of a longer one the share of its words below.
SHORT_CHARS = 40
KEPT_SHARE = 0.7


def lacking(grounds: Grounds, sentences: Sequence[str], words: Words) -> list[str]:
    """What the verified sentences leave out of the composed answer, as people call it; nothing where all is there."""
    tokens = {n for sentence in sentences for n in cited(sentence)}
    text = " ".join(bare(sentence) for sentence in sentences)
    folded, canonical = facts.folded(text), facts.canonical(text)
    found = [
        f"{g.citation.document} {g.citation.section}"
        for n, g in grounds.by_token.items()
        if g.row is not None and n not in tokens
    ]
    for line in grounds.cited:
        markers = {int(n) for n in _MARKER.findall(line)}
        if not markers & tokens:
            found.append(_MARKER.sub("", line)[:SHORT_CHARS])
        else:
            about = "\n".join(g.about for n, g in grounds.by_token.items() if n in markers)
            found.extend(_values_lacking(_MARKER.sub("", line), about, folded, canonical, words))
    return list(dict.fromkeys(found))


def _values_lacking(line: str, about: str, folded: str, canonical: str, words: Words) -> list[str]:
    """Values of a line that are not in the text: quoted ones and dates, but for those of the document itself."""
    own = facts.canonical(about)
    found = [printed for printed, _ in facts.dates(line) if printed not in canonical and printed not in own]
    for value in facts.quotations(line):
        if value in own:
            continue
        if len(value) <= SHORT_CHARS:
            found.extend([value] if value not in folded else [])
        elif not _kept(value, folded, canonical, words):
            found.append(value[:SHORT_CHARS] + "…")
    return found


def _kept(value: str, folded: str, canonical: str, words: Words) -> bool:
    """Whether numbers, Latin words and most of the content words of a long text are in the retelling."""
    if not all(facts.has_number(number, canonical) for number in facts.numbers(value)):
        return False
    if not all(word in folded for word in latin_words(value)):
        return False
    nouns = {run.text for clause in clauses(value, words) for run in clause.runs if len(run.text) > 1}
    return sum(noun in folded for noun in nouns) >= KEPT_SHARE * len(nouns)
