"""Whether the words of a text stand in its evidence: quotations, dates, numbers, names, nouns and verbs."""

from __future__ import annotations

from collections.abc import Sequence

from rag.tokens import Words
from rag.verify import facts
from rag.verify.faults import Fault
from rag.verify.grounds import Ground, Grounds
from rag.verify.reading import Clause, Run, clauses, latin_words
from rag.verify.vocabulary import affixes, english, neutral, same_as, units


def unborne(text: str, grounds: Sequence[Ground], all_of: Grounds, words: Words) -> str:
    """What stands in a text and in none of its grounds; "" where nothing."""
    for quotation in facts.quotations(text):
        if not any(quotation in g.text for g in grounds):
            return f"{Fault.QUOTATION}: {quotation}"
    for printed, day in facts.dates(text):
        if not any(printed in g.numbers or day in g.days for g in grounds):
            return f"{Fault.DATE}: {printed}"
    read = clauses(text, words)
    for clause in read:
        if fault := _number(clause, grounds, all_of) or _words(clause, grounds, all_of.answer.language):
            return fault
    return _latin(text, grounds, all_of) if all_of.answer.language == "en" else ""


def _number(clause: Clause, grounds: Sequence[Ground], all_of: Grounds) -> str:
    for number in facts.numbers(clause.text):
        if not any(facts.has_number(number, g.numbers) for g in grounds) and not _is_count(number, clause, all_of):
            return f"{Fault.NUMBER}: {number}"
    return ""


def _is_count(number: str, clause: Clause, all_of: Grounds) -> bool:
    """Whether a number counts what the composed answer counts: it stands there, or as many things of that name do."""
    match = facts.COUNTS.fullmatch(number)
    if match is None:
        return False
    named = [run.text for run in clause.runs if not _counts_only(run)]
    if facts.has_number(match[1], facts.canonical("\n".join((*all_of.lead, *all_of.tail)))):
        return all(text in all_of.uncited or text in neutral() for text in named)
    lines = [facts.folded(line) for line in all_of.cited if line.count("[") == int(match[1])]
    return bool(named) and any(all(text in line or text in neutral() for text in named) for line in lines)


def _counts_only(run: Run) -> bool:
    return facts.COUNTS.fullmatch(facts.canonical(run.text)) is not None


def _words(clause: Clause, grounds: Sequence[Ground], language: str) -> str:
    for run in clause.runs:
        if language == "en" and run.text.isascii():
            continue
        if not _run_stands(run, grounds):
            return f"{Fault.NAME if run.name else Fault.WORD}: {run.text}"
    for surface, normal in clause.verbs:
        if not _word_stands(surface, normal, grounds):
            return f"{Fault.WORD}: {surface}"
    return ""


def _run_stands(run: Run, grounds: Sequence[Ground]) -> bool:
    """Whether a run of nouns stands in a ground; the words of a name all together, those of other runs each."""
    if run.text in neutral() or any(word in g.text for g in grounds for word in same_as(run.text)):
        return True
    parts = _parts(run)
    if run.name:
        return all(any(part in g.text for g in grounds) for part in parts)
    return all(_word_stands(surface, normal, grounds) for surface, normal in run.words if not _is_quantity(surface))


def _parts(run: Run) -> list[str]:
    """A run cut at the words that claim nothing and behind the name of a municipality."""
    parts = [""]
    for surface, normal in run.words:
        if normal in neutral() or surface in neutral() or _is_quantity(surface):
            parts.append("")
            continue
        parts[-1] += surface
        if surface[-1] in "市町村区県都府" and len(surface) > 2:
            parts.append("")
    return [part for part in parts if part and part not in affixes()]


def _word_stands(surface: str, normal: str, grounds: Sequence[Ground]) -> bool:
    if surface in affixes() or not any(c.isalnum() for c in surface):
        return True
    known = same_as(surface) | same_as(normal)
    if known & neutral():
        return True
    return any(g.has(word, word) for g in grounds for word in known)


def _is_quantity(surface: str) -> bool:
    """Whether a word belongs to a number, which is checked as such."""
    return surface.isdigit() or surface in units()


def _latin(text: str, grounds: Sequence[Ground], all_of: Grounds) -> str:
    """In English every word stands in the composed answer, in the evidence, or claims nothing."""
    said = set(latin_words(all_of.answer.answer))
    for word in latin_words(text):
        stems = {word, word.rstrip("s"), f"{word}s"}
        if not (stems & english() or stems & said or any(word in g.text for g in grounds)):
            return f"{Fault.WORD}: {word}"
    return ""
