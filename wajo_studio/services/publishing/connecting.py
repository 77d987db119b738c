"""Connecting accounts: through the browser, or with a pasted token of Meta."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from wajo_studio.domain.account import Account, AccountMode
from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError, NotAllowedError
from wajo_studio.i18n import N_, _
from wajo_studio.networks.credentials import Credentials, Keys
from wajo_studio.networks.http import Http
from wajo_studio.networks.loopback import Loopback
from wajo_studio.networks.publisher import Identity
from wajo_studio.networks.sign_in import SignIn
from wajo_studio.networks.wire import Kind, Outcome, Wire
from wajo_studio.progress import JobContext
from wajo_studio.services.publishing.accounts import keep, local_id
from wajo_studio.services.publishing.desk import Desk

SIGN_IN_LIMIT_S = 300.0
"""How long the browser may take; a choice."""

IN_BROWSER = (Network.X, Network.YOUTUBE, Network.TIKTOK)
"""The networks that are connected through the browser; the others with a pasted token."""

NO_CLIENT = N_(
    "The office's client id for {network} is missing; enter the one from the network's developer "
    "page."
)
NO_PAGE = N_(
    "This token reaches no {what}. Give it the Page in the portfolio's settings, then paste it "
    "again."
)


@dataclass(frozen=True)
class Connected:
    """An account that was connected; ``missing_scopes``: what it may not do."""

    account: Account
    missing_scopes: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class MetaChoice:
    """A Page, or the Instagram account linked with one, that a pasted token reaches.

    Attributes:
        missing_scopes: what publishing needs and the token lacks, where the network tells.
        expires_at: when the token ends; ``None``: not by time, or not told.
        may_create: whether the person may publish there; ``True`` where it is not told.
    """

    account: Account
    credentials: Credentials = field(repr=False)
    scopes: tuple[str, ...] = ()
    missing_scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None
    may_create: bool = True

    def __repr__(self) -> str:
        return f"MetaChoice({self.account.id!r})"


def keep_client(desk: Desk, network: Network, client_id: str, client_secret: str) -> None:
    """Keep the office's client id and secret for a network, entered once.

    Raises:
        CredentialError: the keyring is missing or locked.
    """
    values = {"client_id": client_id.strip(), "client_secret": client_secret.strip()}
    desk.vault.connect(_client_entry(network), values)


def kept_client(desk: Desk, network: Network) -> Credentials | None:
    """The office's client id and secret for a network; ``None`` when they were never entered.

    Raises:
        CredentialError: the keyring is missing or locked.
    """
    values = desk.vault.get(_client_entry(network))
    if not values or not values.get("client_id"):
        return None
    return Credentials(
        "", client_id=values["client_id"], client_secret=values.get("client_secret", "")
    )


def _client_entry(network: Network) -> str:
    return f"client:{network.value}"


def sign_in(
    desk: Desk,
    network: Network,
    ctx: JobContext,
    open_page: Callable[[str], object],
    *,
    mode: AccountMode = "direct",
    limit_s: float = SIGN_IN_LIMIT_S,
) -> Connected:
    """Sign in through the browser and keep the account.

    Args:
        desk: the parts of publishing.
        network: X, YouTube or TikTok.
        ctx: progress and cancel.
        open_page: opens an address in the person's browser.
        mode: TikTok only: publish at once, or into the inbox.
        limit_s: how long to wait for the person, in seconds.

    Raises:
        InputError: the office's client id was not entered.
        CredentialError: the keyring is missing or locked.
        PublishError: refused, too late, or the network cannot be reached; nothing was kept.
        Cancelled: the job was cancelled; nothing was kept.
    """
    way = _way(network, mode)
    client = kept_client(desk, network)
    if client is None:
        raise InputError(NO_CLIENT, code="input.client", network=network.value)
    verifier = way.new_verifier()
    with Loopback(way.ports, way.callback) as loopback:
        open_page(
            way.authorise_url(
                desk.origins, client.client_id, loopback.redirect_uri, loopback.state, verifier
            )
        )
        code = loopback.wait(ctx, limit_s)
        with Http(ctx.token) as http:
            # At once: X's code lives for 30 seconds.
            granted = way.exchange(
                http,
                desk.clock,
                desk.origins,
                client,
                code=code,
                redirect_uri=loopback.redirect_uri,
                verifier=verifier,
            )
            hint = str(granted.document.get("open_id") or "")
            told = _asked(desk, network, http, granted.credentials, ctx, hint, mode)
    account = Account(
        id=local_id(network, told.name),
        network=network,
        name=told.name,
        remote_id=told.remote_id,
        username=told.username,
        mode=mode,
        expires_at=None if granted.credentials.refresh_token else granted.credentials.expires_at,
    )
    kept = keep(desk, account, granted.credentials)
    missing = [s for s in way.scopes if granted.scopes and s not in granted.scopes]
    return Connected(kept, tuple(dict.fromkeys((*missing, *told.missing_scopes))))


def _way(network: Network, mode: AccountMode) -> SignIn:
    if network is Network.X:
        from wajo_studio.networks.x import sign_in as x

        return x.SIGN_IN
    if network is Network.YOUTUBE:
        from wajo_studio.networks.youtube import sign_in as youtube

        return youtube.SIGN_IN
    if network is Network.TIKTOK:
        from wajo_studio.networks.tiktok import sign_in as tiktok

        return tiktok.sign_in(mode)
    raise ValueError(f"{network} is connected with a pasted token")


def meta_choices(
    desk: Desk, network: Network, token: str, ctx: JobContext
) -> tuple[MetaChoice, ...]:
    """What a pasted token of Facebook reaches: Pages, or their linked Instagram accounts.

    Args:
        desk: the parts of publishing.
        network: Facebook or Instagram.
        token: of a system user, a person, or a Page.
        ctx: progress and cancel.

    Raises:
        PublishError: the token is dead, reaches nothing, or the network cannot be reached.
    """
    from wajo_studio.networks.meta.graph import Graph
    from wajo_studio.networks.meta.identity import list_pages

    pasted = Credentials(token.strip(), user_token=token.strip())
    placement = "facebook.feed" if network is Network.FACEBOOK else "instagram.feed"
    with Http(ctx.token) as http:
        wire = _wire(desk, network, http, pasted, ctx)
        pages = list_pages(Graph(wire, network, desk.specs[placement].settings))
        if network is Network.INSTAGRAM:
            pages = tuple(page for page in pages if page.instagram is not None)
        if not pages:
            facebook = network is Network.FACEBOOK
            what = _("Facebook Page") if facebook else _("linked Instagram account")
            raise NotAllowedError(NO_PAGE, code="accounts.no_page", what=what)
        found = []
        for page in pages:
            # A Page's own token writes; what was pasted reads what a Page token may not.
            keys = Credentials(page.access_token or pasted.access_token)
            if page.access_token and page.access_token != pasted.access_token:
                keys = replace(keys, user_token=pasted.access_token)
            account = _meta_account(network, page)
            told = _asked(desk, network, http, keys, ctx, account.remote_id)
            ends = told.details.get("expires_at")
            moment = datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) and ends else None
            may = not page.tasks or any(t in page.tasks for t in ("CREATE_CONTENT", "MANAGE"))
            found.append(
                MetaChoice(
                    replace(account, expires_at=moment, username=told.username or account.username),
                    replace(keys, expires_at=moment),
                    told.scopes,
                    told.missing_scopes,
                    moment,
                    may,
                )
            )
    return tuple(found)


def _meta_account(network: Network, page: Any) -> Account:
    if network is Network.FACEBOOK:
        name, remote_id, page_id, username = page.name, page.id, None, page.username
    else:
        linked = page.instagram
        name = linked.name or linked.username or page.name
        remote_id, page_id, username = linked.id, page.id, linked.username
    return Account(
        id=local_id(network, name),
        network=network,
        name=name,
        remote_id=remote_id,
        page_id=page_id,
        username=username or None,
    )


def keep_choice(desk: Desk, choice: MetaChoice) -> Connected:
    """Keep what the person chose.

    Raises:
        CredentialError: the keyring is missing or locked.
    """
    return Connected(keep(desk, choice.account, choice.credentials), choice.missing_scopes)


class _GivenKeys:
    """Credentials that are not in the vault yet."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def current(self) -> Credentials:
        """The credentials."""
        return self._credentials

    def renewed(self, refused: Credentials) -> Credentials:
        """There is nothing to renew yet."""
        from wajo_studio.networks.wire import expired

        raise expired("just connected")


class _NoJournal:
    """Questions about an account need no journal."""

    def begin(self, step: str, kind: Kind) -> int:
        """Nothing is kept."""
        return 0

    def end(self, entry: int, outcome: Outcome, detail: str = "") -> None:
        """Nothing is kept."""


def _wire(
    desk: Desk, network: Network, http: Http, credentials: Credentials, ctx: JobContext
) -> Wire:
    keys: Keys = _GivenKeys(credentials)
    judge = desk.publishers(network).judge
    return Wire(http, keys, _NoJournal(), judge, ctx, desk.clock, desk.origins)


def _asked(
    desk: Desk,
    network: Network,
    http: Http,
    credentials: Credentials,
    ctx: JobContext,
    remote_id: str,
    mode: AccountMode = "direct",
) -> Identity:
    """Whose token it is, as the network tells."""
    unnamed = Account("new", network, "", remote_id, mode=mode)
    wire = _wire(desk, network, http, credentials, ctx)
    return desk.publishers(network).verify(unnamed, wire)
