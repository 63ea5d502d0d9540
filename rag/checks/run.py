"""All checks of one assessment: what the families raise is merged over the files, quoted, keyed and ordered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from rag.checks import blank, contradiction, conversion, missing, overdue, stale, suspicious, unreadable
from rag.checks.finding import Finding, Raised, Severity
from rag.checks.paper import Paper
from rag.cite import Citations, fold

Check = Callable[[Paper], Iterable[Raised]]

#: In the order in which their findings are told.
FAMILIES: tuple[Check, ...] = (
    contradiction.check,
    stale.check,
    missing.check,
    blank.check,
    unreadable.check,
    conversion.check,
    suspicious.check,
    overdue.check,
)
_ORDER = tuple(Severity)


def check(paper: Paper) -> tuple[Finding, ...]:
    """The findings of an assessment, gravest first, then by family."""
    raised = _merged(one for family in FAMILIES for one in family(paper))
    found = [_finding(paper, one) for one in raised]
    return tuple(sorted(_distinct(found), key=lambda f: _ORDER.index(f.severity)))


def _merged(raised: Iterable[Raised]) -> list[Raised]:
    """The same of several files once, with the places of all."""
    found: dict[tuple[str, tuple[str, ...], str], Raised] = {}
    for one in raised:
        same = (one.rule.id, one.places, one.message)
        held = found.get(same)
        found[same] = replace(held, refs=held.refs + one.refs) if held else one
    return list(found.values())


def _finding(paper: Paper, raised: Raised) -> Finding:
    version, citations = paper.version, Citations()
    for ref in raised.refs:
        citations.add(version, ref.item, ref.text, paper.book.source)
    quotes = dict.fromkeys(fold(c.quote) for c in citations.all())
    said = "\n".join((version.document, raised.rule.id, *raised.places, *quotes))
    return Finding(
        key=hashlib.sha256(said.encode()).hexdigest()[:10],
        document=version.document,
        published=version.published,
        version=version.id,
        rule=raised.rule,
        severity=raised.rule.severity_on(version.published_on),
        sections=raised.places,
        message=f"{raised.message}{_files(paper, raised)}{raised.advice}",
        citations=citations.all(),
        proposal=raised.proposal,
    )


def _files(paper: Paper, raised: Raised) -> str:
    """Which of several files are meant."""
    every = {i.file_index: i.file for i in paper.book.items if i.file_index}
    meant = {ref.item.file_index for ref in raised.refs} - {0}
    if len(every) < 2 or not meant or meant == set(every):
        return ""
    return f"(対象: {'、'.join(every[n] or f'{n}番目のファイル' for n in sorted(meant))})"


def _distinct(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with keys of which no two are the same."""
    seen: dict[str, int] = {}
    for one in found:
        count = seen[one.key] = seen.get(one.key, 0) + 1
        yield one if count == 1 else replace(one, key=f"{one.key}-{count}")
