"""The deeds of the log in words for people."""

from __future__ import annotations

import datetime as dt

from rag.accounts.who import LOCAL, NOBODY, TERMINAL, Role

DEEDS: dict[str, str] = {
    "sign_in": "サインイン",
    "sign_out": "サインアウト",
    "sign_in_failed": "サインインの失敗",
    "locked_out": "続けて失敗、一時停止",
    "first_link": "最初の管理者のリンクを発行",
    "first_administrator": "最初の管理者を作成",
    "password_by_link": "リンクでパスワードを設定",
    "password_changed": "パスワードを変更",
    "password_failed": "パスワード変更の失敗",
    "password_reset": "パスワードを無効にしてリンクを発行",
    "change_demanded": "パスワードの変更を要求",
    "session_ended": "サインインを一つ終了",
    "sessions_ended": "サインインをすべて終了",
    "key_made": "トークンを作成",
    "key_revoked": "トークンを無効化",
    "user_added": "利用者を追加",
    "user_disabled": "利用者を無効化",
    "user_enabled": "利用者を有効化",
    "role_changed": "役割を変更",
    "ask": "質問",
    "conversation.start": "会話を開始",
    "conversation.rename": "会話の名前を変更",
    "conversation.delete": "会話を削除",
    "conversation.share": "会話を共有",
    "conversation.unshare": "会話の共有を終了",
    "turn.feedback": "回答を評価",
    "turn.feedback.withdraw": "回答の評価を取消し",
    "feedback.case": "評価の事例を作成",
    "finding.dismiss": "指摘を却下",
    "finding.restore": "指摘の却下を取消し",
    "draft.start": "起案を開始",
    "draft.facts": "起案の自市の情報を変更",
    "draft.rename": "起案の名前を変更",
    "draft.delete": "起案を削除",
    "draft.edit": "起案を編集",
    "draft.restore": "起案を前の版に復元",
    "draft.share": "起案を共有",
    "draft.unshare": "起案の共有を終了",
    "reply.start": "住民回答を作成",
    "reply.compose": "住民回答を作り直し",
    "reply.edit": "住民回答を修正",
    "reply.propose": "住民回答を提案",
    "reply.withdraw": "住民回答の提案を取下げ",
    "reply.return": "住民回答を差戻し",
    "reply.approve": "住民回答を承認",
    "reply.send": "住民回答を送付済みに",
    "reply.delete": "住民回答を削除",
}

#: Who stands in the log besides people with an account.
OTHERS = {LOCAL.id: LOCAL.name, TERMINAL.id: TERMINAL.name, NOBODY.id: "(サインイン前)", "": "(サインイン前)"}


def deed_name(what: str) -> str:
    """A deed in Japanese; one that nobody named yet as it stands in the log."""
    return DEEDS.get(what, what)


def detail_words(detail: str) -> str:
    """The detail of a deed: roles in Japanese."""
    for role in Role:
        detail = detail.replace(role.value, role.ja)
    return detail.replace("→", " → ")


def day(text: str) -> dt.datetime | None:
    """The beginning of a day in the time of the machine; None for anything else."""
    try:
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time()).astimezone()
    except ValueError:
        return None
