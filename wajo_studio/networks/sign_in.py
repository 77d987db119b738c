"""Signing in with a network in the browser (OAuth 2.0 with PKCE), and renewing what it gave."""

import hashlib
import secrets
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import quote, urlencode

from wajo_studio.clock import Clock
from wajo_studio.domain.placement import Network
from wajo_studio.errors import NotAllowedError, PublishError, RateLimitedError, UnavailableError
from wajo_studio.i18n import N_
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Http, NoAnswerError, NotSentError, Request
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.wire import expired

_ATTEMPTS = 3
_FIRST_WAIT_S = 1.0
_WRONG_CLIENT = frozenset({"invalid_client", "unauthorized_client"})

UNAVAILABLE = N_(
    "The network's sign-in does not answer at present. Your post is safe; try again later."
)
WRONG_CLIENT = N_(
    "The network does not know this client id or secret. Compare them with the network's "
    "developer page, then enter them again under Settings > Accounts."
)


@dataclass(frozen=True)
class Granted:
    """What a sign-in gave.

    Attributes:
        scopes: what the person allowed, as the network tells it; empty where it does not.
        document: the rest of the answer without its secrets, such as TikTok's ``open_id``.
    """

    credentials: Credentials
    scopes: tuple[str, ...]
    document: Mapping[str, Any]


@dataclass(frozen=True)
class SignIn:
    """How one network wants to be asked.

    Attributes:
        page: path of the page for the browser, at the origin ``www``.
        token_at: origin key and path of the token requests.
        scopes: what publishing needs.
        more_scopes: what else is asked for; without it single features are off.
        separator: between scopes.
        hex_challenge: the challenge is the hash in hex (TikTok), not in base64url (RFC 7636).
        client_field: name of the client's id in requests.
        secret_in: where the client's secret goes when there is one.
        extra: further values of the page's address.
        ports: the only ports of the redirect address, as registered; empty: any free one.
        callback: path of the redirect address.
    """

    network: Network
    page: str
    token_at: tuple[str, str]
    scopes: tuple[str, ...]
    more_scopes: tuple[str, ...] = ()
    separator: str = " "
    hex_challenge: bool = False
    client_field: str = "client_id"
    secret_in: Literal["form", "header"] = "form"  # noqa: S105 - where, not what
    extra: Mapping[str, str] = field(default_factory=dict)
    ports: tuple[int, ...] = ()
    callback: str = "/callback"

    def new_verifier(self) -> str:
        """A new secret for one sign-in: 96 characters of A-Z a-z 0-9 - _ (RFC 7636, 4.1)."""
        return secrets.token_urlsafe(72)

    def challenge(self, verifier: str) -> str:
        """What the network gets to see of ``verifier`` first."""
        digest = hashlib.sha256(verifier.encode("ascii"))
        if self.hex_challenge:
            return digest.hexdigest()
        return urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()

    def authorise_url(
        self, origins: Origins, client_id: str, redirect_uri: str, state: str, verifier: str
    ) -> str:
        """The address to open in the browser."""
        values = {
            "response_type": "code",
            self.client_field: client_id,
            "redirect_uri": redirect_uri,
            "scope": self.separator.join(self.scopes + self.more_scopes),
            "state": state,
            "code_challenge": self.challenge(verifier),
            "code_challenge_method": "S256",
            **self.extra,
        }
        query = urlencode(values, quote_via=quote, safe="")
        return f"{origins.url(self.network, 'www', self.page)}?{query}"

    def exchange(
        self,
        http: Http,
        clock: Clock,
        origins: Origins,
        client: Credentials,
        *,
        code: str,
        redirect_uri: str,
        verifier: str,
    ) -> Granted:
        """Credentials for the code that came back to the redirect address.

        Of ``client`` only the office's client id and secret are used.

        Raises:
            AuthExpiredError: the code is not accepted (X: 30 seconds after it was made).
            PublishError: the network cannot be reached, or does not know the client.
        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        return self._ask(http, clock, origins, client, form)

    def renew(
        self, http: Http, clock: Clock, origins: Origins, credentials: Credentials
    ) -> Credentials:
        """New credentials from the refresh token; the old one stays where none came along.

        Raises:
            AuthExpiredError: refused, or there is no refresh token.
            PublishError: the network cannot be reached now, or does not know the client.
        """
        if not credentials.refresh_token:
            raise expired("no refresh token")
        form = {"grant_type": "refresh_token", "refresh_token": credentials.refresh_token}
        return self._ask(http, clock, origins, credentials, form).credentials

    def _ask(
        self,
        http: Http,
        clock: Clock,
        origins: Origins,
        client: Credentials,
        form: dict[str, str],
    ) -> Granted:
        key, path = self.token_at
        headers = {}
        if client.client_secret and self.secret_in == "header":  # noqa: S105 - where, not what
            pair = f"{quote(client.client_id, safe='')}:{quote(client.client_secret, safe='')}"
            headers["Authorization"] = "Basic " + b64encode(pair.encode()).decode()
        else:
            form = {self.client_field: client.client_id, **form}
            if client.client_secret:
                form["client_secret"] = client.client_secret
        url = origins.url(self.network, key, path)
        request = Request("POST", url, headers=headers, form=form)
        document = _document(_send(http, origins.scale, request))
        lifetime_s = float(document.get("expires_in") or 0)
        credentials = replace(
            client,
            access_token=document["access_token"],
            refresh_token=document.get("refresh_token") or client.refresh_token,
            expires_at=clock.now() + timedelta(seconds=lifetime_s) if lifetime_s > 0 else None,
        )
        told = str(document.get("scope") or "").replace(",", " ").split()
        rest = {k: v for k, v in document.items() if not k.endswith("token")}
        return Granted(credentials, tuple(told), rest)


def _send(http: Http, scale: float, request: Request) -> Answer:
    """The answer, after a second and third try where nothing came of the first."""
    problem = ""
    for attempt in range(_ATTEMPTS):
        try:
            answer = http.send(request)
        except (NotSentError, NoAnswerError) as error:
            problem = str(error)
        else:
            if answer.status < 500 and not answer.is_html and answer.document is not None:
                return answer
            problem = f"HTTP {answer.status}"
        if attempt + 1 < _ATTEMPTS:
            time.sleep(_FIRST_WAIT_S * 2**attempt * scale)
    raise UnavailableError(UNAVAILABLE, detail=problem)


def _document(answer: Answer) -> dict[str, Any]:
    """The answer's content when it grants something, whatever its status says."""
    found = answer.document
    if isinstance(found, dict) and isinstance(found.get("access_token"), str):
        return found
    code = found.get("error") if isinstance(found, dict) else None
    detail = f"HTTP {answer.status} {code if isinstance(code, str) else ''}".strip()
    raise _refusal(answer.status, code, detail)


def _refusal(status: int, code: object, detail: str) -> PublishError:
    if code in _WRONG_CLIENT:
        return NotAllowedError(WRONG_CLIENT, detail=detail)
    if status == 429 or code == "rate_limit_exceeded":
        return RateLimitedError(UNAVAILABLE, detail=detail)
    return expired(detail)
