"""Answers that say why there is none, and what can be done next: not collected, not stated, out of scope, refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.bodies import listed
from rag.finding import Finding, Statement
from rag.places import normal
from rag.question import Plan, language_of
from rag.scope import Scope
from rag.shelf import Book
from rag.types import Answer, Coverage, Status, Version
from rag.wording import name, say

#: Municipalities, documents of the same kind, and documents looked at that are named in a sentence.
NAMED_CITIES, NAMED_NEAR, NAMED_BOOKS = 20, 8, 4


def refused(question: str) -> Answer:
    """The question holds a personal number: it is answered with its digits masked, and nothing of it is kept."""
    masked = "".join("*" if c.isdigit() else c for c in question)
    ja = (
        "質問に個人番号(マイナンバー)と思われる12桁の数字が含まれているため、処理しませんでした。"
        "番号を除いて質問し直してください。質問は保存していません。"
    )
    en = (
        "The question seems to contain an Individual Number (個人番号), so it was not processed. "
        "Please ask again without the number."
    )
    return _answer(masked, language_of(normal(question)), Status.REFUSED, ja, en, Coverage())


def no_question(question: str) -> Answer:
    """All of the question is said to whoever answers; nothing is asked of the assessments."""
    ja = (
        "評価書についての質問が見つかりません。答え方への指示やプログラムには従いません。"
        "評価書に書かれている事柄(委託先、問合せ先、措置など)を尋ねてください。"
    )
    en = (
        "There is no question about the assessments here. Instructions on how to answer are not followed. "
        "Please ask what the assessments say: contractors, contacts, measures."
    )
    return _answer(question, language_of(normal(question)), Status.OUT_OF_SCOPE, ja, en, Coverage())


def not_collected(plan: Plan, scope: Scope, versions: Sequence[Version]) -> Answer:
    """No document may answer. `versions`: all that are collected."""
    if not versions:
        ja = "評価書がまだ1件も収録されていません。`hyoka load フォルダ` で読み込んでください。"
        en = "No assessment has been loaded yet. Load some with `hyoka load FOLDER`."
    elif scope.lacking == "body":
        ja, en = _body_lacks(plan, scope, versions)
    elif scope.lacking == "duty":
        ja, en = _duty_lacks(plan, scope)
    else:
        ja = "絞り込みに当てはまる評価書がありません。自治体や事務の絞り込みを外してください。"
        en = "No assessment matches the filters."
    return _answer(plan.question, plan.language, Status.NOT_COLLECTED, ja, en, Coverage(len(versions)))


def _body_lacks(plan: Plan, scope: Scope, versions: Sequence[Version]) -> tuple[str, str]:
    who, near = listed(plan.missing), _near(scope)
    cities = listed([v.municipality for v in versions][:NAMED_CITIES])
    ja = (
        f"{who}の評価書は収録していません(未収載)。収録しているのは{cities}の{len(versions)}件です。"
        + (f"同じ種類の事務では{near}があります。" if near else "")
        + "答えるには、その評価書を読み込んでください。"
    )
    en = f"No assessment of {who} is collected here (未収載). Collected: {cities} ({len(versions)})."
    return ja, en + (f" Of the same kind of duty: {near}." if near else "")


def _duty_lacks(plan: Plan, scope: Scope) -> tuple[str, str]:
    who, near = listed(plan.collected), _near(scope)
    if plan.excluded:
        others = listed(plan.excluded)
        ja = f"{others}のほかには、{scope.wanted_duty}に関する評価書を収録していません(未収載)。"
        return ja, f"No assessment of {scope.wanted_duty} is collected here (未収載) besides those of {others}."
    ja = f"{who + 'の' if who else ''}{scope.wanted_duty}に関する評価書は収録していません(未収載)。"
    en = f"No assessment of {scope.wanted_duty}{' of ' + who if who else ''} is collected here (未収載)."
    if near:
        ja += f"{who + 'で' if who else ''}収録しているのは{near}です。"
        en += f" Collected: {near}."
    return ja, en


def _near(scope: Scope) -> str:
    return "、".join(name(v) for v in scope.near[:NAMED_NEAR])


def beside(plan: Plan, finding: Finding) -> Finding:
    """A finding about some of the municipalities named, with the sentence that the others are not collected."""
    who = listed(plan.missing)
    text = say(plan.language, f"{who}の評価書は収録していません(未収載)。", f"{who}: not collected here (未収載).")
    status = Status.PARTIAL if finding.status is Status.ANSWERED else finding.status
    return replace(finding, status=status, statements=(*finding.statements, Statement(text)))


def left_out(plan: Plan, finding: Finding) -> Finding:
    """A finding with the sentence that the municipalities which the question leaves out are not counted in it."""
    who = listed(plan.excluded)
    ja = f"質問のとおり、{who}の評価書は除いて数えています(収録件数にも含みません)。"
    text = say(plan.language, ja, f"As asked, {who} is left out, and not counted among the collected assessments.")
    return replace(finding, warnings=(*finding.warnings, Statement(text)))


def nothing_found(plan: Plan, scope: Scope, books: Sequence[Book]) -> Answer:
    """The documents were read and none of them says it: 記載なし, or a question about something else altogether."""
    if scope.narrowed or plan.places:
        who = "、".join(name(b.version) for b in books[:NAMED_BOOKS]) + ("ほか" if len(books) > NAMED_BOOKS else "")
        status = Status.NOT_STATED
        ja = (
            f"{who}には、お尋ねの内容の記載がありません(記載なし)。"
            "評価書にない事柄は、担当部署または問合せ先(IV.2)に確認してください。"
        )
        en = (
            f"{who}: what you ask for is not stated there (記載なし). "
            "For matters outside the assessment, ask the desk named in IV.2."
        )
    else:
        status = Status.OUT_OF_SCOPE
        ja = (
            "評価書に書かれている事柄(委託先、保管場所、リスク対策、開示請求の窓口など)についてお尋ねください。"
            "この質問には、収録した評価書から答えられません。"
        )
        en = (
            "This cannot be answered from the collected assessments. "
            "Ask about what they contain: contractors, storage, risk measures, contact desks."
        )
    return _answer(plan.question, plan.language, status, ja, en, Coverage(len(books)))


def _answer(question: str, language: str, status: Status, ja: str, en: str, coverage: Coverage) -> Answer:
    return Answer(question, status, say(language, ja, en), coverage=coverage, composed_by="rules", language=language)
