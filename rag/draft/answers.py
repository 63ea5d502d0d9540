"""A person's words in the place of 【要確認】, so that the rest of the sentence keeps its basis."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.draft.questions import QUESTION
from rag.draft.types import Basis, Decision, DraftSentence
from rag.errors import NotFound


def answered(sentence: DraftSentence, number: int, words: str) -> DraftSentence:
    """The sentence with one 【要確認】 answered, the first being 0. Raises NotFound where there is none."""
    found = list(QUESTION.finditer(sentence.text))
    if not 0 <= number < len(found):
        raise NotFound("その要確認は、もう書き込まれています。画面を開き直してください。")
    asked = found[number]
    return _with(sentence, sentence.text[: asked.start()] + words + sentence.text[asked.end() :], [(asked[0], words)])


def filled_in(sentence: DraftSentence, text: str) -> DraftSentence | None:
    """The sentence where `text` is it with 【要確認】 filled in and nothing else; None for any other text."""
    asked = [m[0] for m in QUESTION.finditer(sentence.text)]
    if not asked or sentence.basis is Basis.PERSON:
        return None
    around = [re.escape(between) for between in _between(sentence.text)]
    match = re.fullmatch("(.+?)".join(around), text, re.DOTALL)
    if match is None:
        return None
    said = [(question, words) for question, words in zip(asked, match.groups(), strict=True) if question != words]
    return _with(sentence, text, said)


def _between(text: str) -> list[str]:
    pieces, end = [], 0
    for match in QUESTION.finditer(text):
        pieces.append(text[end : match.start()])
        end = match.end()
    return [*pieces, text[end:]]


def _with(sentence: DraftSentence, text: str, said: list[tuple[str, str]]) -> DraftSentence:
    """Nothing but a question becomes the person's sentence; any other keeps its basis and notes what was said."""
    if sentence.basis is Basis.PLACEHOLDER and not QUESTION.search(text):
        return replace(sentence, text=text, basis=Basis.PERSON, decision=Decision.PROPOSED)
    changed = sentence.changed
    for question, words in said:
        changed = tuple(
            replace(c, after=c.after.replace(question, words, 1), reason=f"{c.reason}(担当者が記入)")
            if question in c.after
            else c
            for c in changed
        )
    noted = "、".join(f"「{words}」" for _, words in said)
    note = "。".join(x for x in (sentence.note.rstrip("。"), f"担当者の記入: {noted}") if x)
    return replace(sentence, text=text, changed=changed, note=note, decision=Decision.ACCEPTED)
