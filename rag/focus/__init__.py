"""What a question asks for: the nouns that its answer must speak of, whatever else the question tells.

委託先の|資本金|は？            what is asked for (a head), here the last noun before the asking
審査に|生成AI|を使っていますか    yes or no: the nouns of the sentence are claimed
"""

from __future__ import annotations

from rag.focus import english, japanese
from rag.focus.focus import Focus, is_filler, is_general
from rag.question import Plan

__all__ = ["Focus", "focus_of", "is_filler", "is_general"]


def focus_of(plan: Plan) -> Focus:
    """The heads and claims of a question, of those of its sentences that ask."""
    return english.focus_of(plan) if plan.language == "en" else japanese.focus_of(plan)
