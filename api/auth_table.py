"""Every address of the application with the least role that may use it: one place, checked by a test, no default.

An address that does not stand here is refused, to everybody. The name beside the role is what the log of deeds calls
a request that was carried out; "" is not written down (reading is not, nor is what a form shows again).
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.accounts.who import Role


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use an address.

    least   None: anybody, signed in or not
    asks    counts as a question
    knocks  counts as an attempt to sign in
    """

    least: Role | None
    deed: str = ""
    asks: bool = False
    knocks: bool = False


ANYBODY = Rule(None)
KNOCK = Rule(None, knocks=True)
VIEW = Rule(Role.VIEWER)
ASK = Rule(Role.VIEWER, "ask", asks=True)
ADMINISTRATE = Rule(Role.ADMINISTRATOR)


def _view(deed: str) -> Rule:
    return Rule(Role.VIEWER, deed)


def _draft(deed: str = "") -> Rule:
    return Rule(Role.DRAFTER, deed)


#: Method and address as the route has them.
TABLE: dict[str, Rule] = {
    # signing in
    "GET /login": ANYBODY,
    "POST /login": KNOCK,
    "POST /logout": VIEW,
    "GET /links/{secret}": KNOCK,
    "POST /links/{secret}": KNOCK,
    # one's own account; the deeds are written down with what they do
    "GET /account": VIEW,
    "POST /account/password": VIEW,
    "POST /account/sessions/{id}/end": VIEW,
    "POST /account/keys": VIEW,
    "POST /account/keys/{id}/revoke": VIEW,
    # 管理
    "GET /admin": ADMINISTRATE,
    "POST /admin/people": ADMINISTRATE,
    "GET /admin/people/{id}": ADMINISTRATE,
    "POST /admin/people/{id}/role": ADMINISTRATE,
    "POST /admin/people/{id}/disable": ADMINISTRATE,
    "POST /admin/people/{id}/enable": ADMINISTRATE,
    "POST /admin/people/{id}/reset": ADMINISTRATE,
    "POST /admin/people/{id}/sessions/end": ADMINISTRATE,
    "POST /admin/people/{id}/change": ADMINISTRATE,
    "GET /admin/state": ADMINISTRATE,
    "POST /admin/state/model": ADMINISTRATE,
    "GET /admin/log": ADMINISTRATE,
    "GET /feedback": ADMINISTRATE,
    "GET /feedback/{turn}/case.jsonl": ADMINISTRATE,
    "POST /feedback/{turn}/case": Rule(Role.ADMINISTRATOR, "feedback.case"),
    # 質問 and conversations
    "GET /": VIEW,
    "POST /": ASK,
    "GET /conversations": VIEW,
    "GET /conversations/{id}": VIEW,
    "GET /conversations/{id}/rename": VIEW,
    "POST /conversations/{id}/rename": _view("conversation.rename"),
    "GET /conversations/{id}/delete": VIEW,
    "POST /conversations/{id}/delete": _view("conversation.delete"),
    "POST /conversations/{id}/share": _view("conversation.share"),
    "POST /conversations/{id}/unshare": _view("conversation.unshare"),
    "GET /conversations/{id}/export": VIEW,
    "POST /turns/{id}/stop": VIEW,
    "GET /turns/{id}/rows.csv": VIEW,
    "POST /turns/{id}/feedback": _view("turn.feedback"),
    "POST /turns/{id}/feedback/withdrawal": _view("turn.feedback.withdraw"),
    "GET /traces/{id}": VIEW,
    # 評価書
    "GET /assessments": VIEW,
    "GET /assessments/{document}": VIEW,
    "GET /assessments/{document}/items/{key:path}": VIEW,
    "GET /assessments/{document}/findings/count": VIEW,
    "POST /assessments/{document}/findings/{key}/dismissal": _draft("finding.dismiss"),
    "POST /assessments/{document}/findings/{key}/restoration": _draft("finding.restore"),
    "GET /check": VIEW,
    "POST /check": VIEW,
    "GET /compare": VIEW,
    # 起案
    "GET /drafts": _draft(),
    "GET /drafts/new": _draft(),
    "POST /drafts/new": _draft(),
    "POST /drafts": _draft("draft.start"),
    "POST /drafts/revise": _draft("draft.start"),
    "POST /drafts/who": _draft(),
    "GET /drafts/{id}": _draft(),
    "GET /drafts/{id}/facts": _draft(),
    "POST /drafts/{id}/facts": _draft("draft.facts"),
    "GET /drafts/{id}/rename": _draft(),
    "POST /drafts/{id}/rename": _draft("draft.rename"),
    "GET /drafts/{id}/delete": _draft(),
    "POST /drafts/{id}/delete": _draft("draft.delete"),
    "GET /drafts/{id}/edit": _draft(),
    "POST /drafts/{id}/edit": _draft("draft.edit"),
    "POST /drafts/{id}/share": _draft("draft.share"),
    "POST /drafts/{id}/unshare": _draft("draft.unshare"),
    "GET /drafts/{id}/export": _draft(),
    "GET /drafts/{id}/versions/{number}": _draft(),
    "POST /drafts/{id}/versions/{number}/restore": _draft("draft.restore"),
    # 住民回答; the deeds are written down with what they do
    "GET /replies": _draft(),
    "GET /replies/new": _draft(),
    "POST /replies/new": _draft(),
    "POST /replies": Rule(Role.DRAFTER, asks=True),
    "GET /replies/{id}": _draft(),
    "POST /replies/{id}/edit": _draft(),
    "POST /replies/{id}/compose": Rule(Role.DRAFTER, asks=True),
    "POST /replies/{id}/propose": _draft(),
    "POST /replies/{id}/withdraw": _draft(),
    "POST /replies/{id}/approve": Rule(Role.APPROVER),
    "POST /replies/{id}/return": Rule(Role.APPROVER),
    "POST /replies/{id}/send": _draft(),
    "GET /replies/{id}/record.docx": _draft(),
    "GET /replies/{id}/delete": _draft(),
    "POST /replies/{id}/delete": _draft(),
    # for programs
    "GET /api/drafts": _draft(),
    "POST /api/drafts": _draft("draft.start"),
    "POST /api/drafts/preview": _draft(),
    "GET /api/drafts/{id}": _draft(),
    "PATCH /api/drafts/{id}": _draft("draft.edit"),
    "DELETE /api/drafts/{id}": _draft("draft.delete"),
    "GET /api/drafts/{id}/export": _draft(),
    "GET /api/drafts/{id}/versions": _draft(),
    "GET /api/drafts/{id}/versions/{number}": _draft(),
    "POST /api/drafts/{id}/versions/{number}/restore": _draft("draft.restore"),
    "GET /api/drafts/{id}/changes": _draft(),
    "GET /api/drafts/{id}/revision": _draft(),
    "GET /api/replies": _draft(),
    "POST /api/replies/preview": Rule(Role.DRAFTER, asks=True),
    "POST /api/replies": Rule(Role.DRAFTER, asks=True),
    "GET /api/replies/{id}": _draft(),
    "PATCH /api/replies/{id}": _draft(),
    "DELETE /api/replies/{id}": _draft(),
    "POST /api/replies/{id}/compose": Rule(Role.DRAFTER, asks=True),
    "POST /api/replies/{id}/propose": _draft(),
    "POST /api/replies/{id}/withdraw": _draft(),
    "POST /api/replies/{id}/approve": Rule(Role.APPROVER),
    "POST /api/replies/{id}/return": Rule(Role.APPROVER),
    "POST /api/replies/{id}/send": _draft(),
    "GET /api/replies/{id}/alike": _draft(),
    "GET /api/replies/{id}/record.docx": _draft(),
    "POST /api/ask": ASK,
    "GET /api/conversations": VIEW,
    "POST /api/conversations": _view("conversation.start"),
    "GET /api/conversations/{id}": VIEW,
    "PATCH /api/conversations/{id}": _view("conversation.rename"),
    "DELETE /api/conversations/{id}": _view("conversation.delete"),
    "GET /api/conversations/{id}/export": VIEW,
    "GET /api/traces/{id}": VIEW,
    "GET /api/assessments": VIEW,
    "GET /api/assessments/{document}": VIEW,
    "GET /api/assessments/{document}/versions": VIEW,
    "GET /api/assessments/{document}/records/{kind}": VIEW,
    "GET /api/assessments/{document}/source": VIEW,
    "GET /api/assessments/{document}/items": VIEW,
    "GET /api/assessments/{document}/items/{key:path}": VIEW,
    "GET /api/assessments/{document}/findings": VIEW,
    "GET /api/assessments/{document}/findings.xlsx": VIEW,
    "GET /api/assessments/{document}/flow.svg": VIEW,
    "GET /api/findings": VIEW,
    "PUT /api/findings/{key}/dismissal": _draft("finding.dismiss"),
    "DELETE /api/findings/{key}/dismissal": _draft("finding.restore"),
    "POST /api/check": VIEW,
    "POST /api/check/file": VIEW,
    "GET /api/compare/{item}": VIEW,
    "GET /api/records/{kind}": VIEW,
    "GET /v1/models": VIEW,
    "GET /v1/models/{id}": VIEW,
    "POST /v1/chat/completions": ASK,
    "POST /mcp": Rule(Role.VIEWER, asks=True),
    "GET /openapi.json": VIEW,
    # whoever watches over the server has no account
    "GET /healthz": ANYBODY,
}

#: Style sheets, scripts and the icon, which the page for signing in needs too.
STATIC = "/static/"
