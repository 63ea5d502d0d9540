"""What a model proposes where the plan of a question names too little: places of the form, in the form's own terms.

Only what is known is taken: municipalities that are collected, duties and places of the form. The plan keeps all that
it had, so that nothing is answered which the question's own words do not find.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.ports import ChatModel
from rag.question import Plan
from rag.stop import Stop
from rag.types import Version


@dataclass(frozen=True, slots=True)
class Proposed:
    """The richer valid plan, and (name, hash) of the prompts that were used."""

    plan: Plan
    prompts: tuple[tuple[str, str], ...] = ()


def is_thin(plan: Plan) -> bool:
    """Whether a plan names no place of the form."""
    return not plan.places


def propose(
    plan: Plan, plan_of: Callable[[str], Plan], versions: Sequence[Version], model: ChatModel, stop: Stop
) -> Proposed:
    """The plan with the model's valid additions; the same plan where there are none or the model fails."""
    return Proposed(plan)
