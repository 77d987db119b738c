"""Signing in with Google. Source: youtube.md 1.2, 1.3; G-native, G-oauth2 (2026)."""

from wajo_studio.domain.placement import Network
from wajo_studio.networks.sign_in import SignIn

_SCOPE = "https://www.googleapis.com/auth/"

SIGN_IN = SignIn(
    network=Network.YOUTUBE,
    page="/o/oauth2/v2/auth",
    token_at=("oauth", "/token"),
    scopes=(f"{_SCOPE}youtube.upload", f"{_SCOPE}youtube.readonly"),
    more_scopes=(f"{_SCOPE}youtube.force-ssl",),
    extra={"access_type": "offline", "prompt": "consent"},
    callback="/",
)
"""``force-ssl`` is for subtitles and playlists; the person may untick it."""
