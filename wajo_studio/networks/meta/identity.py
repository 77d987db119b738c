"""Who a token belongs to, what it may do, and which Pages and Instagram accounts it reaches.

Source: the sheet of 2026-11-24, facebook.md 1.2, 1.5, 1.6 and instagram.md 1.1, 1.3.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wajo_studio.errors import NotAllowedError, PublishError, RejectedError, UnavailableError
from wajo_studio.i18n import N_
from wajo_studio.networks.meta.graph import Graph, is_not_visible
from wajo_studio.networks.publisher import Identity

FACEBOOK_SCOPES = ("pages_show_list", "pages_read_engagement", "pages_manage_posts")
INSTAGRAM_SCOPES = (
    "instagram_basic",
    "instagram_content_publish",
    "pages_show_list",
    "pages_read_engagement",
)
_INSTAGRAM = "instagram_business_account{id,username,name}"
_PAGE_FIELDS = f"id,name,username,access_token,tasks,{_INSTAGRAM}"
_PAGES_MAX = 50
_NOT_YOURS = N_(
    "This token does not reach the account {account}. Choose the Page from the list of the token, "
    "or paste the token of the right Page."
)


@dataclass(frozen=True)
class LinkedInstagram:
    """The professional account linked with a Page."""

    id: str
    username: str
    name: str


@dataclass(frozen=True, repr=False)
class LinkedPage:
    """A Page that a token reaches; its ``repr`` tells no token.

    Attributes:
        access_token: the Page's own token; empty where the network gave none.
        tasks: what the person may do there, such as ``CREATE_CONTENT``; empty: not told.
    """

    id: str
    name: str
    username: str = ""
    access_token: str = field(default="", repr=False)
    tasks: tuple[str, ...] = ()
    instagram: LinkedInstagram | None = None

    def __repr__(self) -> str:
        return f"LinkedPage({self.id!r}, {self.name!r})"


def list_pages(graph: Graph) -> tuple[LinkedPage, ...]:
    """Every Page that the token of the wire's credentials reaches, each once, in their order.

    Works with the token of a person, of a system user, or of a Page (then that one).

    Raises:
        PublishError: the token is dead or the network cannot be reached.
    """
    try:
        rows = list(_pages_of(graph, "me/accounts"))
    except (RejectedError, NotAllowedError):
        rows = [_the_page_itself(graph)]  # a Page has no list of Pages
    else:
        rows += _held_by_businesses(graph)
    found: dict[str, LinkedPage] = {}
    for row in rows:
        if row.get("id"):
            found.setdefault(str(row["id"]), _page(row))
    return tuple(found.values())


def _the_page_itself(graph: Graph) -> dict[str, Any]:
    found = graph.read("page", "me", {"fields": f"id,name,username,{_INSTAGRAM}"}, needed=("id",))
    return {**found, "access_token": graph.wire.credentials().access_token}


def _held_by_businesses(graph: Graph) -> list[dict[str, Any]]:
    """Pages held only through a business portfolio; none where the token may not ask."""
    rows: list[dict[str, Any]] = []
    try:
        businesses = [str(row["id"]) for row in _pages_of(graph, "me/businesses", "id,name")]
        for business in businesses:
            for edge in ("owned_pages", "client_pages"):
                rows += _pages_of(graph, f"{business}/{edge}")
    except (RejectedError, NotAllowedError):
        return rows
    return rows


def _pages_of(graph: Graph, path: str, fields: str = _PAGE_FIELDS) -> Iterator[dict[str, Any]]:
    params = {"fields": fields, "limit": "100"}
    for _ in range(_PAGES_MAX):
        found = graph.read(path, path, params)
        yield from (row for row in found.get("data") or [] if isinstance(row, dict))
        paging = found.get("paging")
        if not isinstance(paging, dict) or not paging.get("next"):
            return
        # That ready-made address holds the token: the cursor alone is used.
        after = (paging.get("cursors") or {}).get("after")
        if not after:
            return
        params["after"] = str(after)


def _page(row: dict[str, Any]) -> LinkedPage:
    return LinkedPage(
        str(row["id"]),
        str(row.get("name", "")),
        str(row.get("username", "")),
        str(row.get("access_token", "")),
        tuple(map(str, row.get("tasks") or ())),
        _linked(row),
    )


def _linked(row: dict[str, Any]) -> LinkedInstagram | None:
    linked = row.get("instagram_business_account")
    if not isinstance(linked, dict) or not linked.get("id"):
        return None
    return LinkedInstagram(
        str(linked["id"]), str(linked.get("username", "")), str(linked.get("name", ""))
    )


def identity_of_page(graph: Graph, page: str, needed: tuple[str, ...]) -> Identity:
    """The Page that the credentials reach, with the Instagram account linked to it.

    Raises:
        NotAllowedError: the token does not reach that Page.
        PublishError: it is dead, or the network cannot be reached.
    """
    found = _reached(graph, page, f"id,name,username,{_INSTAGRAM}")
    linked = _linked(found)
    details: dict[str, Any] = {}
    if linked is not None:
        details["instagram"] = {
            "id": linked.id,
            "username": linked.username,
            "name": linked.name,
        }
    return _identity(graph, found, needed, details)


def identity_of_instagram(graph: Graph, user: str, needed: tuple[str, ...]) -> Identity:
    """The Instagram account that the credentials reach; its quota shows that it may publish.

    Raises:
        NotAllowedError: the token does not reach that account.
        PublishError: it is dead, or the network cannot be reached.
    """
    found = _reached(graph, user, "id,name,username")
    quota = graph.read(
        "quota", f"{user}/content_publishing_limit", {"fields": "quota_usage,config"}
    )
    return _identity(graph, found, needed, {"publishing_limit": quota.get("data")})


def _reached(graph: Graph, path: str, fields: str) -> dict[str, Any]:
    try:
        return graph.read("who", path, {"fields": fields}, needed=("id",))
    except RejectedError as error:
        if not is_not_visible(error):
            raise
        raise NotAllowedError(_NOT_YOURS, account=path, detail=error.detail) from error


def _identity(
    graph: Graph, found: dict[str, Any], needed: tuple[str, ...], details: dict[str, Any]
) -> Identity:
    scopes, expires_at = _scopes(graph)
    if expires_at is not None:
        details["expires_at"] = expires_at
    return Identity(
        str(found["id"]),
        str(found.get("name", "")),
        str(found["username"]) if found.get("username") else None,
        scopes,
        tuple(scope for scope in needed if scope not in scopes) if scopes else (),
        details,
    )


def _scopes(graph: Graph) -> tuple[tuple[str, ...], int | None]:
    """What the token may do and when it ends (Unix seconds, 0: never), where the network tells."""
    token = graph.wire.credentials().access_token
    try:
        found = graph.read("token", "debug_token", {"input_token": token})
    except UnavailableError:
        raise
    except PublishError:
        return _granted(graph), None
    data = found.get("data")
    data = data if isinstance(data, dict) else {}
    scopes = tuple(map(str, data.get("scopes") or ()))
    ends = data.get("expires_at")
    return scopes or _granted(graph), int(ends) if isinstance(ends, int) else None


def _granted(graph: Graph) -> tuple[str, ...]:
    try:
        found = graph.read("permissions", "me/permissions", {}, first="user")
    except UnavailableError:
        raise
    except PublishError:
        return ()  # a Page's token may not ask, and the answer is misleading
    rows = [row for row in found.get("data") or [] if isinstance(row, dict)]
    return tuple(str(row["permission"]) for row in rows if row.get("status") == "granted")
