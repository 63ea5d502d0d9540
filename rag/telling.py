"""What a model is shown of a composed answer, and what people are told where its words are not shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.errors import ModelError
from rag.types import Checked, Verdict
from rag.verify import Grounds
from rag.wording import say

_MARKER = re.compile(r"\[(\d{1,4})\]")
#: So many of the things left out are named.
NAMED = 2


def draft(grounds: Grounds) -> list[str]:
    """The lines to be worded, with tokens."""
    return [_MARKER.sub(r"[c\1]", line) for line in grounds.lines]


def stopped(language: str) -> str:
    """The person stopped the model."""
    return say(
        language,
        "途中で止めたため、記録と引用から組み立てた回答を示しています。",
        "The model was stopped; this answer is composed from records and quotes.",
    )


def failed(language: str, error: ModelError) -> str:
    """The model could not be reached or failed."""
    return say(
        language,
        f"言語モデルが使えなかったため、記録と引用から組み立てた回答を示しています。({error})",
        "The language model could not be used; this answer is composed from records and quotes.",
    )


def endless(language: str) -> str:
    """The model did not come to an end."""
    return say(
        language,
        "言語モデルの文章が終わらないため打ち切り、記録と引用から組み立てた回答を示しています。",
        "The language model did not come to an end; this answer is composed from records and quotes.",
    )


def told_by_documents(language: str) -> str:
    """The documents hold words that are meant for a model: it was not asked."""
    return say(
        language,
        "引用した記載に、AI などへの指示とみられる文があります。言語モデルは使わず、"
        "記録と引用から組み立てた回答を示しています。原本の記載を確かめてください。",
        "What is quoted holds words that look like instructions to a program, so no language model was asked; "
        "this answer is composed from records and quotes. Please check the original.",
    )


def not_used(language: str, verdicts: Sequence[Verdict], missing: Sequence[str]) -> str:
    """The model's text leaves something out, or nothing of it could be verified."""
    kept = sum(v.kept for v in verdicts)
    if not kept:
        ja = f"言語モデルの文({len(verdicts)}文)は根拠を確かめられなかったため使わず、"
        en = f"None of the model's {len(verdicts)} sentences could be verified; "
    else:
        left = "、".join(f"「{m}」" for m in missing[:NAMED]) + ("など" if len(missing) > NAMED else "")
        ja = f"言語モデルの文章には{left}が欠けていたため使わず、"
        en = "The model's text left something out; "
    return say(
        language,
        ja + "記録と引用から組み立てた回答を示しています。",
        en + "this answer is composed from records and quotes.",
    )


def dropped(language: str, checked: Checked) -> str:
    """Some sentences could not be verified and are left out."""
    count = checked.written - checked.verified
    return say(
        language,
        f"言語モデルの文のうち、根拠を確かめられない{count}文を除きました。",
        f"{count} of the model's sentences could not be verified and are left out.",
    )
