"""The tables. Times are UTC; texts that people wrote are kept as they are."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData()

_UTC_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class UtcTime(TypeDecorator[datetime]):
    """A moment with zone, kept as UTC text of one width, so that it sorts as it should."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To text; a moment without zone is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without zone")
        return value.astimezone(UTC).strftime(_UTC_FORMAT)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From text."""
        return None if value is None else datetime.strptime(value, _UTC_FORMAT).replace(tzinfo=UTC)


posts = Table(
    "posts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),  # the folder or file it was last read from
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("source", name="uq_posts_source"),
)

post_versions = Table(
    "post_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("post_id", ForeignKey("posts.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("document", Text, nullable=False),  # post.toml
    UniqueConstraint("post_id", "number", name="uq_post_versions_number"),
)

media = Table(
    "media",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size_bytes", Integer, nullable=False),
    Column("suffix", String(16), nullable=False),
    Column("name", Text, nullable=False),  # what the file was called when it came
    Column("added_at", UtcTime, nullable=False),
)

media_uses = Table(
    "media_uses",
    metadata,
    Column("version_id", ForeignKey("post_versions.id", ondelete="CASCADE"), primary_key=True),
    Column("media_id", String(80), primary_key=True),
    Column("sha256", ForeignKey("media.sha256"), nullable=False),
    Index("ix_media_uses_sha256", "sha256"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("network", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("page_id", Text),
    Column("username", Text),
    Column("mode", String(16), nullable=False),
    Column("reads", Boolean, nullable=False),
    Column("expires_at", UtcTime),
    Column("refused_at", UtcTime),  # since when the network turns the account's token down
    Column("added_at", UtcTime, nullable=False),
    UniqueConstraint("network", "remote_id", name="uq_accounts_remote"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("post_id", ForeignKey("posts.id")),
    Column("post_name", Text, nullable=False),
    Column("placement", String(32), nullable=False),
    Column("account_id", String(80), nullable=False),  # it stays when the account goes
    Column("account_name", Text, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("due", UtcTime),
    Column("native", Boolean, nullable=False),  # the network itself publishes at "due"
    Column("begun_at", UtcTime),  # when sending last began; rate limits count these
    Column("session", JSON, nullable=False),
    Column("covered", Integer, nullable=False),  # the newest journal entry the session knows of
    Column("attempts", Integer, nullable=False),
    Column("waited_s", Float, nullable=False),
    Column("cancel_asked", Boolean, nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("link", Text),
    Column("remote_id", Text),
    Column("error_code", String(64)),
    Column("error_message", Text),
    Column("error_detail", Text),
    Column("remarks", JSON, nullable=False),
    Index("ix_deliveries_state", "state", "due"),
    Index("ix_deliveries_account", "account_id", "begun_at"),
    Index("ix_deliveries_text", "text_hash", "account_id"),
    Index("ix_deliveries_post", "post_id"),
)

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("delivery_id", ForeignKey("deliveries.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("outcome", String(32)),
    Column("detail", Text),
    Index("ix_steps_delivery", "delivery_id", "id"),
    sqlite_autoincrement=True,
)
"""The journal: an entry is written before a request goes out and completed after its answer."""

proofs = Table(
    "proofs",
    metadata,
    Column("delivery_id", ForeignKey("deliveries.id"), primary_key=True),
    Column("published_at", UtcTime, nullable=False),
    Column("document", JSON, nullable=False),
    Index("ix_proofs_published", "published_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),  # canonical JSON, as it was hashed
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""Only added to: triggers refuse changes, and each entry's hash covers the one before."""

switches = Table(
    "switches",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What holds for the whole program: the frozen queue, the newest audit entry."""
