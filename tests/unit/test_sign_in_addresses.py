"""What each network's sign-in page is asked, with the sheets' own test vectors."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from wajo_studio.networks.origins import Origins
from wajo_studio.networks.sign_in import SignIn
from wajo_studio.networks.tiktok.sign_in import sign_in as tiktok
from wajo_studio.networks.x.sign_in import SIGN_IN as X
from wajo_studio.networks.youtube.sign_in import SIGN_IN as YOUTUBE

RFC_VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
EVERY = pytest.mark.parametrize("sign_in", [X, YOUTUBE, tiktok("direct")])


def asked(sign_in: SignIn, redirect: str) -> tuple[str, dict[str, str]]:
    address = sign_in.authorise_url(Origins(), "klien 1", redirect, "rahasia&1", RFC_VERIFIER)
    parts = urlsplit(address)
    values = {name: value for name, [value] in parse_qs(parts.query).items()}
    return f"{parts.scheme}://{parts.netloc}{parts.path}", values


@pytest.mark.parametrize("sign_in", [X, YOUTUBE])
def test_the_challenge_is_that_of_rfc_7636_appendix_b(sign_in: SignIn) -> None:
    assert sign_in.challenge(RFC_VERIFIER) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_tiktok_wants_the_challenge_in_hex() -> None:
    long = "tiktok-mcp-ai_pinned-pkce-vector_0123456789abcdefghijklmnopqrstuvwxyz"
    assert (
        tiktok("direct").challenge(long)
        == "6d737a2ebee1e9712ca50681cb2cb3ae5315985849a85cf11400a06b2fcbd91f"
    )
    assert (
        tiktok("inbox").challenge(RFC_VERIFIER)
        == "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3"
    )


@EVERY
def test_verifiers_are_long_enough_allowed_and_new(sign_in: SignIn) -> None:
    first, second = sign_in.new_verifier(), sign_in.new_verifier()
    assert re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", first)
    assert first != second


def test_x() -> None:
    redirect = f"http://127.0.0.1:{X.ports[0]}{X.callback}"
    assert redirect == "http://127.0.0.1:53682/callback"
    assert len(X.ports) == 3
    page, values = asked(X, redirect)
    assert page == "https://x.com/i/oauth2/authorize"
    assert values == {
        "response_type": "code",
        "client_id": "klien 1",
        "redirect_uri": redirect,
        "scope": "tweet.read tweet.write users.read media.write offline.access",
        "state": "rahasia&1",
        "code_challenge": X.challenge(RFC_VERIFIER),
        "code_challenge_method": "S256",
    }
    address = X.authorise_url(Origins(), "k", redirect, "s", RFC_VERIFIER)
    assert "scope=tweet.read%20tweet.write" in address


def test_youtube() -> None:
    page, values = asked(YOUTUBE, "http://127.0.0.1:40000/")
    assert page == "https://accounts.google.com/o/oauth2/v2/auth"
    assert values["client_id"] == "klien 1"
    assert values["access_type"] == "offline"
    assert values["prompt"] == "consent"
    assert values["scope"].split() == [
        f"https://www.googleapis.com/auth/youtube{name}"
        for name in (".upload", ".readonly", ".force-ssl")
    ]
    assert YOUTUBE.ports == ()


@pytest.mark.parametrize(
    ("mode", "scope"), [("direct", "video.publish"), ("inbox", "video.upload")]
)
def test_tiktok(mode: str, scope: str) -> None:
    page, values = asked(tiktok(mode), "http://127.0.0.1:40000/callback/")  # type: ignore[arg-type]
    assert page == "https://www.tiktok.com/v2/auth/authorize/"
    assert values["client_key"] == "klien 1"
    assert "client_id" not in values
    assert values["scope"] == f"user.info.basic,{scope},user.info.profile"
    assert len(values["code_challenge"]) == 64
