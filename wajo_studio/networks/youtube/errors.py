"""What YouTube's errors mean. Source of every line: youtube.md 5.2 (YT-errors, copies of 2026)."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from wajo_studio.errors import NotAllowedError, PublishError, RateLimitedError, RejectedError
from wajo_studio.i18n import N_, format_datetime
from wajo_studio.networks.answers import Row, dig, row_for
from wajo_studio.networks.http import Answer
from wajo_studio.networks.verdict import DONE, Verdict, VerdictKind, by_status, retry_after_s
from wajo_studio.networks.wire import expired

_PACIFIC = ZoneInfo("America/Los_Angeles")

BAD_TEXT = N_(
    "YouTube refused title, description, tags, category or time ({words}). Your post is safe; "
    "correct it, then try again."
)
UPLOAD_LIMIT = N_(
    "The channel has reached YouTube's number of uploads for a day. Your post is safe; try again "
    "after 24 hours."
)
EMPTY = N_("YouTube got no file. Your post is safe; export it again, then try again.")
NO_CHANNEL = N_(
    "This Google account has no YouTube channel. Connect the account again and choose the "
    "office's channel."
)
QUOTA = N_(
    "The office's YouTube quota for today is used up. Your post is safe; try again after {time}."
)
SLOWER = N_("YouTube takes no more for now. Your post is safe; try again later.")
MORE_SCOPES = N_(
    "YouTube refused: the account was connected without this permission. Connect it again and "
    "tick every box."
)
FORBIDDEN = N_(
    "YouTube does not allow this for the channel ({words}). Your post is safe; look at the "
    "channel's settings in YouTube Studio."
)
BAD_PICTURE = N_("YouTube refused the thumbnail ({words}).")
NO_VIDEO = N_("YouTube cannot find the video ({words}).")
REFUSED = N_("YouTube refused this ({words}). Your post is safe; see the details.")

_SOURCE = "youtube.md 5.2 YT-errors"


def _row(
    error: type[PublishError],
    message: str,
    *names: str,
    status: int = 0,
    kind: VerdictKind = "refused",
    wait_s: float | None = None,
) -> Row:
    return Row(frozenset(names), kind, error, message, _SOURCE, status, wait_s=wait_s)


TABLE = (
    _row(
        RejectedError,
        BAD_TEXT,
        "invalidTitle",
        "invalidDescription",
        "invalidTags",
        "invalidCategoryId",
        "invalidPublishAt",
        "invalidFilename",
        "invalidVideoMetadata",
        "defaultLanguageNotSet",
    ),
    _row(RateLimitedError, UPLOAD_LIMIT, "uploadLimitExceeded", wait_s=86_400),
    _row(
        RejectedError,
        BAD_PICTURE,
        "invalidImage",
        "imageFormatUnsupported",
        "imageTooTall",
        "imageTooWide",
    ),
    _row(RejectedError, EMPTY, "mediaBodyRequired", "contentRequired"),
    _row(NotAllowedError, NO_CHANNEL, "youtubeSignupRequired"),
    _row(RateLimitedError, QUOTA, "quotaExceeded", "dailyLimitExceeded"),
    _row(
        RateLimitedError,
        SLOWER,
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "uploadRateLimitExceeded",
        kind="busy",
    ),
    _row(NotAllowedError, MORE_SCOPES, "insufficientPermissions"),
    _row(NotAllowedError, FORBIDDEN, status=403),
    _row(RejectedError, NO_VIDEO, "videoNotFound"),
    _row(RejectedError, REFUSED, status=400),
    _row(RejectedError, REFUSED, status=404),
)


def judge(answer: Answer) -> Verdict:
    """What an answer of YouTube means."""
    status = answer.status
    if answer.is_html:
        return by_status(answer)
    document = answer.document
    if 200 <= status < 300:
        if answer.content.strip() and document is None:
            return Verdict("unclear", detail=f"HTTP {status} without JSON")
        return DONE
    reason = str(dig(document, "error", "errors", 0, "reason") or "")
    words = reason or str(dig(document, "error", "status") or status)
    detail = f"HTTP {status} {words}"
    row = row_for(TABLE, status, {reason}, "")
    if row is None and status == 401:
        return Verdict("token", expired(detail), detail=detail)
    if row is None or status >= 500:
        return by_status(answer)
    if row.message is QUOTA:
        return _until_quota(row, answer, detail)
    return row.verdict(detail, words, retry_after_s(answer) if row.kind == "busy" else None)


def _until_quota(row: Row, answer: Answer, detail: str) -> Verdict:
    """Quotas begin anew at midnight Pacific time (youtube.md 4.6)."""
    try:
        now = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        now = datetime.now(UTC)
    reset = quota_reset(now)
    wait_s = (reset - now).total_seconds()
    error = RateLimitedError(
        row.message, detail=detail, time=format_datetime(reset), retry_after_s=wait_s
    )
    return Verdict("refused", error, wait_s, detail)


def quota_reset(now: datetime) -> datetime:
    """The next midnight Pacific time."""
    tomorrow = now.astimezone(_PACIFIC).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=_PACIFIC)
