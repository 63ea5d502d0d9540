"""Whether a text says what its evidence says and not the contrary: denials, conditions, past and present, the order
of a change.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.tokens import Words
from rag.verify import facts
from rag.verify.faults import Fault
from rag.verify.grounds import AFTER, BEFORE, Ground
from rag.verify.reading import Clause, clauses
from rag.verify.vocabulary import critical, same_as, speaks_of_past, speaks_of_present

#: From this share of its content words on, a clause of the evidence is said again.
RETOLD = 0.5


def fault(text: str, whole: str, grounds: Sequence[Ground], words: Words) -> str:
    """What a text says otherwise than its grounds; "" where nothing. `whole`: the sentence that it is part of."""
    return _tense(text, grounds) or _order(whole, grounds) or _claims(text, whole, grounds, words)


def _tense(text: str, grounds: Sequence[Ground]) -> str:
    if not all(g.history for g in grounds):
        return ""
    folded = facts.folded(text)
    return Fault.HISTORY if speaks_of_present(folded) or not speaks_of_past(folded) else ""


def _order(whole: str, grounds: Sequence[Ground]) -> str:
    """What was before a change is said before what came after it, as in AからBに."""
    folded = facts.folded(whole)
    for ground in grounds:
        cells = dict(ground.row.cells) if ground.row else {}
        before, after = facts.folded(cells.get(BEFORE, "")), facts.folded(cells.get(AFTER, ""))
        if not before or not after or before in after or after in before:
            continue
        first, then = folded.find(before), folded.find(after)
        if first >= 0 and then >= 0 and first > then:
            return Fault.ORDER
        if first >= 0 and then < 0 and folded[first + len(before) :].startswith(("に変", "へ変", "になり", "となり")):
            return Fault.ORDER
        if then >= 0 and first < 0 and folded[then + len(after) :].startswith(("から", "より", "だった", "でした")):
            return Fault.ORDER
    return ""


def _claims(text: str, whole: str, grounds: Sequence[Ground], words: Words) -> str:
    evidence = [clause for ground in grounds for clause in ground.claims]
    said = critical(facts.folded(whole))
    known = frozenset().union(*(c.critical for c in evidence)) | critical("\n".join(g.text for g in grounds))
    if added := said - known - {"about"}:
        return f"{Fault.QUALIFIER}: {min(added)}"
    read = clauses(text, words)
    for clause in read:
        if problem := _claim(clause, read, said, evidence):
            return problem
    return ""


def _claim(clause: Clause, beside: Sequence[Clause], said: frozenset[str], evidence: Sequence[Clause]) -> str:
    """Whether a clause denies what the evidence denies and nothing else, under the same conditions.

    beside   all clauses of the text: a denial may stand in one, what it denies in another
    """
    mine = _forms(clause)
    if clause.denies and not any(e.denies and _retells(mine, clause, e) for e in evidence):
        return f"{Fault.DENIAL}: {clause.text}"
    for e in evidence:
        common = e.content & mine
        if not common or len(common) < RETOLD * len(e.content):
            continue
        others = [other for other in evidence if other is not e and common <= other.content]
        denied = clause.denies or any(c.denies and _forms(c) & e.content for c in beside)
        if e.denies and not denied and all(other.denies for other in others):
            return f"{Fault.DENIAL}: {clause.text}"
        if not e.critical <= said and not any(other.critical <= said for other in others):
            return f"{Fault.QUALIFIER}: {clause.text}"
    return ""


def _retells(mine: frozenset[str], clause: Clause, e: Clause) -> bool:
    """Whether a clause says most of what the other says, or says little else than that."""
    common = len(e.content & mine)
    return common > 0 and (common >= RETOLD * len(e.content) or common >= RETOLD * len(clause.content))


def _forms(clause: Clause) -> frozenset[str]:
    return frozenset(form for word in clause.content for form in same_as(word))
