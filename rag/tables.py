"""The tables of the catalog and of what is kept beside it, for SQLite and PostgreSQL alike.

`migrations/` brings an older database to this shape.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
)

#: The newest revision in `migrations/versions`; a test holds the two together.
REVISION = "0006"

metadata = MetaData()

#: One row: how often the catalog was written, the encoder whose vectors the index holds ("" = none yet), and a random
#: name, so that two catalogs do not meet in one Chroma server.
state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("encoder", String(500), nullable=False),
    Column("library", String(32), nullable=False),
)

#: One row a version. `edition` is the 公表日 as an ISO date, or as printed where it is no date: with `document` it
#: identifies the version. `reading` is the digest of what the reader made of `source`.
versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", String(200), nullable=False, index=True),
    Column("edition", String(100), nullable=False),
    Column("municipality", Text, nullable=False),
    Column("prefecture", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("duty", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("published_on", Date, nullable=True),
    Column("current", Boolean, nullable=False),
    Column("abridged_from", Text, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("content_hash", String(64), nullable=False, index=True),
    Column("reading", String(64), nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
    Column("items", Integer, nullable=False),
    Column("gaps", JSON, nullable=False),
    Column("remainders", JSON, nullable=False),
    Column("source", Text, nullable=False),
    UniqueConstraint("document", "edition", name="uq_versions_document_edition"),
    # Ids are never used again, so an id in a citation cannot come to mean another version.
    sqlite_autoincrement=True,
)


def _owner() -> Column[int]:
    return Column("version_id", Integer, ForeignKey("versions.id", ondelete="CASCADE"), nullable=False)


items = Table(
    "items",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(300), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("part", String(50), nullable=False),
    Column("number", String(50), nullable=False),
    Column("block", Text, nullable=False),
    Column("sub", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("path", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("spans", JSON, nullable=False),
    Column("file", Text, nullable=False),
    Column("file_index", Integer, nullable=False),
    Column("page", Integer, nullable=True),
    Column("marks", JSON, nullable=False),
    Column("choice", Boolean, nullable=False),
    Index("ix_items_place", "version_id", "part", "number"),
)

#: `kind` is a key of RECORD_KINDS, `body` the fields of its type.
records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("kind", String(50), nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Index("ix_records_kind", "kind", "version_id"),
    Index("ix_records_version", "version_id"),
)

#: Chunks of every version. `digest` is that of the searchable text, so that a derived index can tell a changed chunk.
chunks = Table(
    "chunks",
    metadata,
    Column("key", String(300), primary_key=True),
    _owner(),
    Column("position", Integer, nullable=False),
    Column("part", String(50), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("digest", String(16), nullable=False),
    Column("body", JSON, nullable=False),
    Index("ix_chunks_version", "version_id", "part", "kind"),
)

#: `folded` is the title as it is searched; `owner` is whose it is (`local` where there are no accounts).
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("owner", String(200), nullable=False, server_default="", index=True),
    Column("shared", Boolean, nullable=False, server_default=false()),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, index=True),
)

#: A turn is a `Trace`. `conversation_id` is NULL where it belongs to none; `position` counts from 1 in each.
#: `replaced_by` is the turn that stands at its position instead, "" for the one that stands. `folded` is what is
#: searched; `question` and `standing` are as asked but for characters that no database takes.
turns = Table(
    "turns",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("conversation_id", String(32), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=True),
    Column("owner", String(200), nullable=False, server_default="local"),
    Column("position", Integer, nullable=False),
    Column("replaced_by", String(64), nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False, index=True),
    Column("status", String(20), nullable=False),
    Column("model", Text, nullable=True),
    Column("question", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("filters", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("trace", JSON, nullable=False),
    Index("ix_turns_place", "conversation_id", "position"),
)

#: One a turn. `made_case`: an evaluation case was made of it.
feedback = Table(
    "feedback",
    metadata,
    Column("turn_id", String(64), ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
    Column("good", Boolean, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("comment", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("made_case", Boolean, nullable=False),
)

#: Why a finding of the checks needs nothing done, by the finding's key: it stays while rule, places and words do.
dismissals = Table(
    "dismissals",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("document", Text, nullable=False),
    Column("rule", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("dismissed_at", DateTime(timezone=True), nullable=False),
)

#: `saves` counts every save and tells two states of a draft apart; `version` is the newest of its versions, which holds
#: the draft as it stands. `author`: who saved it last; `owner`: whose it is; `shared`: others may see it.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("saves", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("owner", String(200), nullable=False, server_default="local", index=True),
    Column("shared", Boolean, nullable=False, server_default=false()),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, index=True),
)


def _draft() -> Column[str]:
    return Column("draft_id", String(32), ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)


#: `body` is the draft's JSON, deflated: citations and offers repeat much. Saves of one sitting share a version, which
#: began at `begun_at` and stands as it was at `saved_at`.
draft_versions = Table(
    "draft_versions",
    metadata,
    _draft(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author", Text, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Column("origin", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

#: Who changed what, a row a change; `position` counts within a save.
draft_changes = Table(
    "draft_changes",
    metadata,
    _draft(),
    Column("save", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("section", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("what", String(20), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)

#: Replies to residents. Of an inquiry only the masked text is kept; `words` are those of its questions, for finding
#: earlier replies alike.
replies = Table(
    "replies",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("owner", String(200), nullable=False, index=True),
    Column("owner_name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, index=True),
    Column("inquiry", Text, nullable=False),
    Column("found", JSON, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("documents", JSON, nullable=False),
    Column("words", Text, nullable=False),
)


def _reply() -> Column[str]:
    return Column("reply_id", String(32), ForeignKey("replies.id", ondelete="CASCADE"), primary_key=True)


#: Every text that a letter ever had. `made`: variant, model, prompts and the like.
reply_texts = Table(
    "reply_texts",
    metadata,
    _reply(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", String(200), nullable=False),
    Column("name", Text, nullable=False),
    Column("deed", String(16), nullable=False),
    Column("letter", Text, nullable=False),
    Column("citations", JSON, nullable=False),
    Column("made", JSON, nullable=False),
)

#: What was done with a reply, by whom, as they were called then.
reply_events = Table(
    "reply_events",
    metadata,
    _reply(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", String(200), nullable=False),
    Column("name", Text, nullable=False),
    Column("deed", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("comment", Text, nullable=False),
)

#: People with an account. `password` is an Argon2 hash, "" as long as none was set.
users = Table(
    "users",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("display", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("signed_in_at", DateTime(timezone=True), nullable=True),
)


def _person(nullable: bool = False) -> Column[str]:
    return Column("user_id", String(16), ForeignKey("users.id", ondelete="CASCADE"), nullable=nullable, index=True)


#: Who is signed in. Of secrets only the SHA-256 is kept, here and below.
sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    _person(),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("client", Text, nullable=False),
)

#: Keys that people made for programs.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    _person(),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=True),
)

#: Links that set a password once; of nobody yet where they are for the first administrator.
links = Table(
    "links",
    metadata,
    Column("digest", String(64), primary_key=True),
    _person(nullable=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

#: Failed sign-ins by the SHA-256 of the name that was typed.
attempts = Table(
    "attempts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", DateTime(timezone=True), nullable=False),
    Column("locked_until", DateTime(timezone=True), nullable=True),
)

#: Who did what when; the database lets nobody change or delete a row.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("who", String(32), nullable=False, index=True),
    Column("what", String(40), nullable=False, index=True),
    Column("object", Text, nullable=False),
    Column("detail", String(80), nullable=False),
    sqlite_autoincrement=True,
)

_REFUSALS = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{deed} BEFORE {deed} ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        for deed in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION ''append-only''; END'",
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
    ],
}
for _dialect, _statements in _REFUSALS.items():
    for _statement in _statements:
        event.listen(audit, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
