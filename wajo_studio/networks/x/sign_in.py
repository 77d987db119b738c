"""Signing in with X. Source: x.md 1.2, 1.3; XDOC-oauth2, XDOC-apps (copies of August 2026)."""

from wajo_studio.domain.placement import Network
from wajo_studio.networks.sign_in import SignIn

SIGN_IN = SignIn(
    network=Network.X,
    page="/i/oauth2/authorize",
    token_at=("api", "/2/oauth2/token"),
    scopes=("tweet.read", "tweet.write", "users.read", "media.write", "offline.access"),
    secret_in="header",  # noqa: S106 - where, not what
    ports=(53682, 53683, 53684),
)
"""X compares the redirect address letter by letter, so the office registers these three ports:
the second and third are for when another program has the first."""
