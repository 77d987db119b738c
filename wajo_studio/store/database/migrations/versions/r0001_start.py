"""The first form of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TIME = sa.String(27)


def upgrade() -> None:
    """Make every table, and the triggers that keep the audit log as it was written."""
    op.create_table(
        "posts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.UniqueConstraint("source", name="uq_posts_source"),
    )
    op.create_table(
        "post_versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "post_id", sa.String(32), sa.ForeignKey("posts.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.UniqueConstraint("post_id", "number", name="uq_post_versions_number"),
    )
    op.create_table(
        "media",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("suffix", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("added_at", _TIME, nullable=False),
    )
    op.create_table(
        "media_uses",
        sa.Column(
            "version_id",
            sa.Integer,
            sa.ForeignKey("post_versions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("media_id", sa.String(80), primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("media.sha256"), nullable=False),
    )
    op.create_index("ix_media_uses_sha256", "media_uses", ["sha256"])
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("network", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("remote_id", sa.Text, nullable=False),
        sa.Column("page_id", sa.Text),
        sa.Column("username", sa.Text),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("reads", sa.Boolean, nullable=False),
        sa.Column("expires_at", _TIME),
        sa.Column("refused_at", _TIME),
        sa.Column("added_at", _TIME, nullable=False),
        sa.UniqueConstraint("network", "remote_id", name="uq_accounts_remote"),
    )
    _deliveries()
    op.create_table(
        "proofs",
        sa.Column("delivery_id", sa.String(32), sa.ForeignKey("deliveries.id"), primary_key=True),
        sa.Column("published_at", _TIME, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_index("ix_proofs_published", "proofs", ["published_at"])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
        )
    op.create_table(
        "switches",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("post_id", sa.String(32), sa.ForeignKey("posts.id")),
        sa.Column("post_name", sa.Text, nullable=False),
        sa.Column("placement", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(80), nullable=False),
        sa.Column("account_name", sa.Text, nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("due", _TIME),
        sa.Column("native", sa.Boolean, nullable=False),
        sa.Column("begun_at", _TIME),
        sa.Column("session", sa.JSON, nullable=False),
        sa.Column("covered", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("waited_s", sa.Float, nullable=False),
        sa.Column("cancel_asked", sa.Boolean, nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("link", sa.Text),
        sa.Column("remote_id", sa.Text),
        sa.Column("error_code", sa.String(64)),
        sa.Column("error_message", sa.Text),
        sa.Column("error_detail", sa.Text),
        sa.Column("remarks", sa.JSON, nullable=False),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state", "due"])
    op.create_index("ix_deliveries_account", "deliveries", ["account_id", "begun_at"])
    op.create_index("ix_deliveries_text", "deliveries", ["text_hash", "account_id"])
    op.create_index("ix_deliveries_post", "deliveries", ["post_id"])
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("delivery_id", sa.String(32), sa.ForeignKey("deliveries.id"), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("begun_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME),
        sa.Column("outcome", sa.String(32)),
        sa.Column("detail", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_steps_delivery", "steps", ["delivery_id", "id"])


def downgrade() -> None:
    """There is no way back: a newer database is refused, and the copy made before is the way."""
    raise NotImplementedError
