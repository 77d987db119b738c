"""Credentials to and from the JSON values that the vault keeps."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from wajo_studio.networks.credentials import Credentials, MediaHost


def to_json(credentials: Credentials) -> dict[str, Any]:
    """What the vault keeps; empty values are left out."""
    host = credentials.media_host
    values: dict[str, Any] = {
        "access_token": credentials.access_token,
        "refresh_token": credentials.refresh_token,
        "expires_at": credentials.expires_at.isoformat() if credentials.expires_at else None,
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "user_token": credentials.user_token,
        "media_host": asdict(host) if host is not None else None,
    }
    return {key: value for key, value in values.items() if value}


def from_json(values: Mapping[str, Any]) -> Credentials:
    """What the vault kept."""
    host, expires = values.get("media_host"), values.get("expires_at")
    return Credentials(
        access_token=values["access_token"],
        refresh_token=values.get("refresh_token", ""),
        expires_at=datetime.fromisoformat(expires) if expires else None,
        client_id=values.get("client_id", ""),
        client_secret=values.get("client_secret", ""),
        user_token=values.get("user_token", ""),
        media_host=MediaHost(**host) if host else None,
    )
