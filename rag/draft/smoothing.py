"""A drafted field in a model's words: joined and smoothed under the verification of answers, or as it was drafted.

The model sees only what is drafted, never the peers' documents. A sentence of its passes where it is put together as
the drafted ones it cites are; where one fails or anything is left out, the drafted sentences stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import prompts
from prompts import data
from rag import injection
from rag.draft.questions import QUESTION
from rag.draft.types import Basis, Changed, DraftSentence, FieldDraft, FieldKind
from rag.errors import ModelError
from rag.narrate import EndlessError, whole_sentences
from rag.ports import ChatModel
from rag.stop import Stop
from rag.tokens import Words
from rag.types import Answer, Checked, Citation, Status
from rag.verify import Grounds, Verifier, grounds_of
from rag.verify.sentences import bare, cited

#: Fewer sentences than this are smooth already; more are left to be read one by one.
LEAST, MOST = 2, 12
#: A model that writes so many times what it was given is stopped.
MOST_TIMES = 4
#: Verbs that say nothing of their own; joining two sentences may spare them.
_BARE = frozenset({"為る", "居る", "有る", "行う", "其の"})
_REASON = "言語モデルによる文の整え"


@dataclass(frozen=True, slots=True)
class Smoothed:
    """The field that stands. `checked`: of the model's sentences, None where it was not asked; `notice`: Japanese."""

    field: FieldDraft
    checked: Checked | None = None
    notice: str = ""


def smooth(field: FieldDraft, model: ChatModel, words: Words, stop: Stop | None = None) -> Smoothed:
    """The field with its sentences joined and smoothed where that can be verified; else as it is, and why."""
    taken = [s for s in field.standing if _may_be_smoothed(s)]
    if field.kind is not FieldKind.TEXT or not LEAST <= len(taken) <= MOST:
        return Smoothed(field)
    answer = _answer(field, taken)
    if injection.told_by_documents(answer):
        return Smoothed(
            field, notice="手本の文に AI などへの指示とみられるものがあるため、言語モデルは使いませんでした。"
        )
    grounds = grounds_of(answer, words)
    try:
        written = list(_written(field, grounds, model, stop or Stop()))
    except ModelError as error:
        return Smoothed(field, notice=f"言語モデルが使えなかったため、起案した文のままです。({error})")
    except EndlessError:
        return Smoothed(field, notice="言語モデルの文章が終わらないため打ち切り、起案した文のままです。")
    verifier = Verifier(grounds, words, ())
    kept = [v.sentence for v in map(verifier.verify, written) if v.kept]
    checked = Checked(len(written), len(kept))
    if not kept or len(kept) < len(written) or _dropped(taken, kept, words):
        return Smoothed(field, checked, "言語モデルの文は根拠を確かめられなかったため使わず、起案した文のままです。")
    if [bare(text).strip() for text in kept] == [s.text for s in taken]:
        return Smoothed(field, checked)
    return Smoothed(_with(field, taken, kept, model.card.name), checked)


def _may_be_smoothed(sentence: DraftSentence) -> bool:
    """Sentences of peers and of the profile that ask nothing; national model text stays as the state words it."""
    worded = sentence.basis in {Basis.PEER, Basis.PROFILE} and sentence.text.endswith("。")
    return worded and not QUESTION.search(sentence.text)


def _answer(field: FieldDraft, taken: Sequence[DraftSentence]) -> Answer:
    """The drafted sentences as a composed answer, so that they are verified as one."""
    lines = [f"{s.text}[{n}]" for n, s in enumerate(taken, 1)]
    citations = tuple(
        Citation(n, "起案", "", "", field.section, field.label, "", s.text) for n, s in enumerate(taken, 1)
    )
    return Answer(field.label, Status.ANSWERED, "\n".join(lines), citations=citations)


def _written(field: FieldDraft, grounds: Grounds, model: ChatModel, stop: Stop) -> Sequence[str]:
    """The model's sentences. Raises ModelError, EndlessError."""
    lines = [f"{g.citation.quote}[c{n}]" for n, g in grounds.by_token.items()]
    messages = prompts.load("smooth").render(
        {"field": data(f"{field.section} {field.label}"), "draft": data("\n".join(lines))}
    )
    limits = (MOST_TIMES * len(lines), MOST_TIMES * sum(map(len, lines)))
    return list(whole_sentences(model.stream(messages, stop), limits))


def _dropped(taken: Sequence[DraftSentence], kept: Sequence[str], words: Words) -> bool:
    """Whether a content word of a drafted sentence lacks in what is told of it: verified sentences may still omit."""
    for n, sentence in enumerate(taken, 1):
        told = {word for text in kept if n in cited(text) for word in words(bare(text))}
        if {word for word in words(sentence.text) if word not in _BARE} - told:
            return True
    return False


def _with(field: FieldDraft, taken: Sequence[DraftSentence], kept: Sequence[str], model: str) -> FieldDraft:
    """The field with the model's sentences in the place of those that they tell again."""
    made = []
    for n, sentence in enumerate(kept):
        sources = [taken[i - 1] for i in cited(sentence)]
        made.append(_joined(bare(sentence).strip(), sources, f"{taken[0].id}m{n + 1}", model))
    first = field.sentences.index(taken[0])
    rest = [s for s in field.sentences if s not in taken]
    before = sum(s in rest for s in field.sentences[:first])
    return replace(field, sentences=(*rest[:before], *made, *rest[before:]))


def _joined(text: str, sources: Sequence[DraftSentence], id: str, model: str) -> DraftSentence:
    """One sentence of the model's with the basis, the citations and the changes of those it tells."""
    basis = next((s.basis for s in sources if s.basis is Basis.PEER), sources[0].basis)
    quotes = {(c.document, c.section, c.quote): c for s in sources for c in s.citations}
    citations = tuple(replace(c, marker=n) for n, c in enumerate(quotes.values(), 1))
    drafted = "".join(s.text for s in sources)
    smoothed = () if text == drafted else (Changed(drafted, text, f"{_REASON}({model})"),)
    changed = (*(c for s in sources for c in s.changed), *smoothed)
    shared = max(s.shared for s in sources)
    return replace(
        sources[0], id=id, text=text, basis=basis, citations=citations, changed=changed, shared=shared, bullet="・"
    )
