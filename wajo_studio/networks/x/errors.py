"""What X's errors mean. Source of every line: x.md 5.1 (XDOC-errors, XOAS, August 2026)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from wajo_studio.errors import NotAllowedError, RateLimitedError, RejectedError
from wajo_studio.i18n import N_
from wajo_studio.networks.answers import Row, dig, row_for
from wajo_studio.networks.http import Answer
from wajo_studio.networks.verdict import Verdict, by_status, retry_after_s
from wajo_studio.networks.wire import expired

NO_CREDIT = N_(
    "X refused: the office's credit with X is used up. Your post is safe; ask the admin to buy "
    "credit at console.x.com, then try again."
)
DUPLICATE = N_(
    "X refused: a post with exactly these words is there already. Look at the profile; change "
    "the words if it is to appear again."
)
NO_REPLY = N_("X refused the next part of the thread: replies are not allowed there.")
NOT_PERMITTED = N_(
    "X does not permit this ({words}). Your post is safe; the text may be too long for this "
    "account, or the account is locked: look at it on X."
)
NOT_ENROLLED = N_(
    "X does not let this app do that ({words}). Your post is safe; check the app's permissions "
    "at console.x.com, then connect the account again."
)
NOT_THERE = N_("X cannot find what this belongs to ({words}). Your post is safe.")
BAD_REQUEST = N_("X refused the post ({words}). Your post is safe; see the details.")
TOO_MANY = N_("X takes no more posts from this account for now. Your post is safe; try later.")
CAPPED = N_(
    "The office's limit with X for this month is reached. Your post is safe; raise it at "
    "console.x.com or wait for the next month."
)

_SHEET = "x.md 5.1"


def _row(
    status: int,
    error: type[NotAllowedError | RejectedError | RateLimitedError],
    message: str,
    *names: str,
    words: str = "",
    kind: str = "refused",
) -> Row:
    source = f"{_SHEET} XDOC-errors"
    return Row(frozenset(names), kind, error, message, source, status, words)  # type: ignore[arg-type]


TABLE = (
    _row(402, RejectedError, NO_CREDIT),
    _row(403, RejectedError, DUPLICATE, "187"),
    _row(403, RejectedError, DUPLICATE, words="duplicate content"),
    _row(403, NotAllowedError, NO_REPLY, words="reply to this conversation is not allowed"),
    _row(
        403,
        NotAllowedError,
        NOT_ENROLLED,
        "oauth1-permissions",
        "client-forbidden",
        "not-authorized-for-resource",
    ),
    _row(403, NotAllowedError, NOT_PERMITTED),
    _row(404, RejectedError, NOT_THERE),
    _row(429, RateLimitedError, CAPPED, "usage-capped", "UsageCapExceeded"),
    _row(429, RateLimitedError, TOO_MANY, kind="busy"),
    _row(400, RejectedError, BAD_REQUEST),
)


def judge(answer: Answer) -> Verdict:
    """What an answer of X means."""
    status = answer.status
    if answer.is_html:
        return by_status(answer)
    document = answer.document
    if 200 <= status < 300:
        if answer.content.strip() and document is None:
            return Verdict("unclear", detail=f"HTTP {status} without JSON")
        return by_status(answer)
    words = _words(document)
    detail = f"HTTP {status} {words}".strip()
    if status == 401:
        return Verdict("token", expired(detail), detail=detail)
    row = row_for(TABLE, status, _names(document), words)
    if row is None:
        return by_status(answer)
    return row.verdict(detail, words, _reset_s(answer) if row.kind == "busy" else None)


def _names(document: object) -> set[str]:
    """Type, title and codes of an error in any of X's shapes."""
    names = {str(dig(document, "type") or "").rpartition("/")[2], str(dig(document, "title") or "")}
    names |= {str(dig(document, "errors", 0, key) or "") for key in ("code", "title")}
    return names - {""}


def _words(document: object) -> str:
    found = (
        dig(document, "detail")
        or dig(document, "errors", 0, "message")
        or dig(document, "errors", 0, "detail")
        or dig(document, "title")
    )
    return found[:300] if isinstance(found, str) else ""


def _reset_s(answer: Answer) -> float | None:
    """Seconds until the limit that was hit is lifted, by X's headers."""
    headers = answer.headers
    daily = headers.get("x-app-limit-24hour-remaining") == "0"
    text = headers.get("x-app-limit-24hour-reset" if daily else "x-rate-limit-reset", "")
    if not text.isdecimal():
        return retry_after_s(answer)
    try:
        now = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        now = datetime.now(UTC)
    return max(int(text) - now.timestamp(), 1.0)
