"""Of which documents an inquiry speaks: by municipality and duty, in official words and in residents' own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer import Answerer
from rag.duties import duties_of
from rag.errors import BadEntry
from rag.reply.inquiry import plain
from rag.reply.topics import duty_words
from rag.types import Version

#: More documents than this are not answered for side by side: which duty is meant must be asked.
SIDE_BY_SIDE = 2
#: What follows a duty's name where its data are spoken of.
_OF_DUTY = re.compile(
    "(?:関係|事務)?(?:の(?:個人)?(?:情報|データ|記録|台帳|書類|手続|番号|担当|システム|事務|ほう|方(?!法))|では|について|に関)"
)


@dataclass(frozen=True, slots=True)
class Aim:
    """The documents an inquiry (or one ask of it) speaks of, or why there are none.

    lacking   "body" or "duty" where that is not collected, "which" where it cannot be told
    who       the municipality meant;  duty: the duty that is not collected
    near      documents of the same municipality, or those to choose from
    """

    versions: tuple[Version, ...]
    lacking: str = ""
    who: str = ""
    duty: str = ""
    near: tuple[Version, ...] = ()


def named(answerer: Answerer, document: str) -> Aim:
    """The document that the staff chose. Raises BadEntry where it is not collected."""
    version = next((v for v in answerer.shelf.versions() if v.document == document), None)
    if version is None:
        known = "、".join(v.document for v in answerer.shelf.versions()[:8])
        raise BadEntry(
            f"評価書「{document}」は収録していません。次の中から選んでください: {known or '(まだ1件もありません)'}"
        )
    return Aim((version,), who=version.municipality)


def aim_of(answerer: Answerer, text: str, asking: Sequence[str]) -> Aim:
    """The documents of an inquiry.

    asking   the sentences that ask: what they name goes before what is only told
    """
    every = answerer.shelf.versions()
    asked = "\n".join(asking)
    bodies, missing = _bodies(answerer, asked) if asked else ((), ())
    told, told_missing = _bodies(answerer, text)
    if not bodies and not missing:
        bodies, missing = told, told_missing
    elif not bodies and told:
        meant = _owned(answerer, text, told) or not _owned(answerer, asked, missing)
        bodies, missing = (told, ()) if meant else (bodies, missing)
    duties = _duties(answerer, text)
    if missing and not bodies:
        return Aim((), "body", "、".join(missing))
    here = [v for v in every if not bodies or v.municipality in bodies]
    of_duty = _of(here, _duties(answerer, asked)) or _of(here, duties)
    if duties and of_duty:
        return _chosen(of_duty)
    if duties and bodies:
        return Aim((), "duty", "、".join(bodies), "、".join(sorted(duties)), tuple(here))
    if duties and every:
        return Aim((), "duty", "", "、".join(sorted(duties)), ())
    return _chosen(here)


def other(answerer: Answerer, sentence: str, aim: Aim) -> Aim | None:
    """Another aim, where one ask names a municipality that is not the letter's; None where it does not."""
    bodies, missing = _bodies(answerer, sentence)
    known = {v.municipality for v in aim.versions} | {aim.who}
    if missing and not bodies and not set(missing) & known and _owned(answerer, sentence, missing):
        return Aim((), "body", "、".join(missing))
    if bodies and not set(bodies) & known:
        return aim_of(answerer, sentence, [sentence])
    return None


def other_duty(answerer: Answerer, sentence: str, aim: Aim) -> Aim | None:
    """Another aim, where one ask is of the data of a duty that is not the letter's; None where it is not."""
    own = {name for v in aim.versions for name in duties_of(f"{v.duty} {v.title}")}
    if own & _duties(answerer, sentence):
        return None
    asked = {name for name, end, read in _named(answerer, sentence) if _OF_DUTY.match(read[end:])} - own
    if not asked:
        return None
    of_duty = _of([v for v in answerer.shelf.versions() if v.municipality == aim.who], asked)
    return _chosen(of_duty) if of_duty else Aim((), "duty", aim.who, "、".join(sorted(asked)))


def not_here(answerer: Answerer, sentence: str) -> str:
    """Municipalities that a sentence asks about beside a collected one and that are not collected."""
    bodies, missing = _bodies(answerer, sentence)
    return "、".join(missing) if bodies and missing and "市も" in sentence else ""


def _chosen(versions: Sequence[Version]) -> Aim:
    who = "、".join(dict.fromkeys(v.municipality for v in versions))
    if versions and len(versions) <= SIDE_BY_SIDE:
        return Aim(tuple(versions), who=who)
    return Aim((), "which", who, near=tuple(versions))


def _bodies(answerer: Answerer, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Municipalities named in a text: collected ones, and those that are not."""
    plan = answerer.plan(plain(text))
    return plan.collected, plan.missing


def _owned(answerer: Answerer, text: str, names: Sequence[str]) -> bool:
    """Whether a text speaks of one of these municipalities: 〇〇市の, 〇〇市では; not 〇〇市から来た."""
    plan = answerer.plan(plain(text))
    return any(
        plan.text[b.span[1] :].lstrip().startswith(("の", "で", "は", "も", "に", "が", "役所", "、", "?"))
        for b in plan.bodies
    )


def _of(versions: Sequence[Version], duties: set[str]) -> list[Version]:
    return [v for v in versions if duties & duties_of(f"{v.duty} {v.title}")]


def _duties(answerer: Answerer, text: str) -> set[str]:
    """Names of the duties a text speaks of."""
    return {name for name, _, _ in _named(answerer, text)}


def _named(answerer: Answerer, text: str) -> Iterator[tuple[str, int, str]]:
    """Each duty a text speaks of, where its name ends, and the text that this counts in."""
    read = plain(text)
    plan = answerer.plan(read)
    yield from ((d.duty.name, d.span[1], plan.text) for d in plan.duties)
    for name, words in duty_words().items():
        yield from ((name, match.end(), read) for match in words.finditer(read))
