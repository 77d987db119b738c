"""Signing in with TikTok. Source: tiktok.md 1.2, 1.3; TT-desktop, TT-tokens (2026)."""

from wajo_studio.domain.account import AccountMode
from wajo_studio.domain.placement import Network
from wajo_studio.networks.sign_in import SignIn


def sign_in(mode: AccountMode) -> SignIn:
    """How to ask; the scope for publishing differs from the one for drafts."""
    publishing = "video.publish" if mode == "direct" else "video.upload"
    return SignIn(
        network=Network.TIKTOK,
        page="/v2/auth/authorize/",
        token_at=("api", "/v2/oauth/token/"),
        scopes=("user.info.basic", publishing),
        more_scopes=("user.info.profile",),
        separator=",",
        hex_challenge=True,
        client_field="client_key",
        callback="/callback/",
    )
