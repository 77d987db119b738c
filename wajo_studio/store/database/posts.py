"""Posts the program has dealt with, and every version of them that went out."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.tables import post_versions, posts


@dataclass(frozen=True)
class PostVersion:
    """One version of a post.

    Attributes:
        id: of the version; ``post_id`` that of the post.
        fingerprint: of content and media; equal ones are the same version.
        document: its post.toml.
    """

    id: int
    post_id: str
    number: int
    made_at: datetime
    fingerprint: str
    document: str


def keep_version(
    database: Database, source: str, name: str, fingerprint: str, document: str, now: datetime
) -> PostVersion:
    """Keep a version of the post at ``source``; the newest one again when nothing changed.

    Args:
        database: the store.
        source: the folder or file the post was read from: what tells posts apart.
        name: the post's internal name.
        fingerprint: of its content and media.
        document: its post.toml, as it is.
        now: the present moment, with zone.
    """
    with database.writing() as connection:
        post_id = connection.execute(select(posts.c.id).where(posts.c.source == source)).scalar()
        if post_id is None:
            post_id = secrets.token_hex(8)
            connection.execute(
                posts.insert().values(
                    id=post_id, name=name, source=source, created_at=now, updated_at=now
                )
            )
        last = connection.execute(
            select(post_versions)
            .where(post_versions.c.post_id == post_id)
            .order_by(post_versions.c.number.desc())
            .limit(1)
        ).one_or_none()
        if last is not None and (last.fingerprint, last.document) == (fingerprint, document):
            return PostVersion(**last._asdict())
        number = last.number + 1 if last is not None else 1
        made = connection.execute(
            post_versions.insert().values(
                post_id=post_id,
                number=number,
                made_at=now,
                fingerprint=fingerprint,
                document=document,
            )
        )
        connection.execute(
            posts.update().where(posts.c.id == post_id).values(name=name, updated_at=now)
        )
        [version_id] = made.inserted_primary_key or (0,)
        return PostVersion(int(version_id), post_id, number, now, fingerprint, document)


def versions(database: Database, post_id: str) -> list[PostVersion]:
    """Every kept version of a post, oldest first."""
    query = select(post_versions).where(post_versions.c.post_id == post_id)
    with database.reading() as connection:
        rows = connection.execute(query.order_by(post_versions.c.number)).all()
    return [PostVersion(**row._asdict()) for row in rows]
