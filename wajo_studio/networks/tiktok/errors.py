"""What TikTok's errors and reasons mean. Sources: tiktok.md 4.7, 5.2 (TT-cpa, copies of 2025-2026).

An answer is a success only when its ``error.code`` is ``ok``, whatever the HTTP status says.
"""

from wajo_studio.errors import NotAllowedError, PublishError, RateLimitedError, RejectedError
from wajo_studio.i18n import N_
from wajo_studio.networks.answers import Row, dig, row_for
from wajo_studio.networks.http import Answer
from wajo_studio.networks.verdict import DONE, Verdict, VerdictKind, by_status
from wajo_studio.networks.wire import expired

BAD_REQUEST = N_("TikTok refused a setting ({words}). Your post is safe; see the details.")
NO_SCOPE = N_(
    "TikTok refused: the account was connected without this permission. Connect it again and "
    "allow everything that is asked."
)
SLOWER = N_("TikTok takes no more for now. Your post is safe; try again in a few minutes.")
TOO_MANY_POSTS = N_(
    "TikTok takes no more posts from this account today, whatever program sends them. Your post "
    "is safe; try again tomorrow."
)
TOO_MANY_DRAFTS = N_(
    "Five drafts wait in the TikTok app already. Finish or discard them there, or wait 24 hours. "
    "Your post is safe."
)
BANNED = N_(
    "TikTok does not let this account post at present ({words}). Your post is safe; look at the "
    "account's messages in the TikTok app."
)
RISKY_TEXT = N_(
    "TikTok takes the words or the clip for a risk ({words}). Your post is safe; change the words."
)
USER_CAP = N_(
    "TikTok's number of accounts for this app is reached for today. Your post is safe; try again "
    "tomorrow, or upload it by hand."
)
UNAUDITED = N_(
    "TikTok has not audited this app, so it may only post to private accounts. Your post is "
    "safe; set the account to private, use drafts, or upload it by hand."
)
PRIVACY_CHANGED = N_(
    "TikTok does not offer this audience to the account any more. Your post is safe; choose "
    "another under Options."
)
NOT_OUR_ADDRESS = N_(
    "TikTok does not know the address where the pictures lie as yours. Your post is safe; verify "
    "the address on TikTok's developer page."
)
OLD_APP = N_("The TikTok app on the phone is too old for drafts. Update it, then try again.")
OTHER_ACCOUNT = N_("TikTok says that this upload belongs to another account. Your post is safe.")
REFUSED = N_("TikTok refused this ({words}). Your post is safe; see the details.")

BAD_FILE = N_(
    "TikTok could not use the clip or picture ({words}). Your post is safe; export it again."
)
TIKTOK_FAULT = N_("TikTok had a fault while processing. Nothing was published; try again.")
NOT_FETCHED = N_(
    "TikTok could not fetch the pictures from the office's server ({words}). Your post is safe; "
    "check the media host, then try again."
)
CANCELLED = N_("It was cancelled in the TikTok app. Your post is safe.")
DISCONNECTED = N_("The account was disconnected from this app. Connect it again.")

_DAY_S = 86_400.0
_RATE_WAIT_S = 60.0
_SOURCE = "tiktok.md 5.2 TT-cpa"
_REASONS = "tiktok.md 4.7 TT-cpa"


def _row(
    error: type[PublishError],
    message: str,
    *names: str,
    kind: VerdictKind = "refused",
    wait_s: float | None = None,
    source: str = _SOURCE,
) -> Row:
    return Row(frozenset(names), kind, error, message, source, wait_s=wait_s)


TABLE = (
    _row(RejectedError, BAD_REQUEST, "invalid_param", "invalid_params"),
    _row(NotAllowedError, NO_SCOPE, "scope_not_authorized", "scope_permission_missed"),
    _row(RateLimitedError, SLOWER, "rate_limit_exceeded", kind="busy", wait_s=_RATE_WAIT_S),
    _row(RateLimitedError, TOO_MANY_POSTS, "spam_risk_too_many_posts", wait_s=_DAY_S),
    _row(RateLimitedError, TOO_MANY_DRAFTS, "spam_risk_too_many_pending_share", wait_s=_DAY_S),
    _row(NotAllowedError, BANNED, "spam_risk_user_banned_from_posting"),
    _row(RejectedError, RISKY_TEXT, "spam_risk_text", "spam_risk"),
    _row(RateLimitedError, USER_CAP, "reached_active_user_cap", wait_s=_DAY_S),
    _row(NotAllowedError, UNAUDITED, "unaudited_client_can_only_post_to_private_accounts"),
    _row(RejectedError, PRIVACY_CHANGED, "privacy_level_option_mismatch"),
    _row(NotAllowedError, NOT_OUR_ADDRESS, "url_ownership_unverified"),
    _row(NotAllowedError, OLD_APP, "app_version_check_failed"),
    _row(
        NotAllowedError,
        OTHER_ACCOUNT,
        "invalid_publish_id",
        "token_not_authorized_for_specified_publish_id",
    ),
)

FAIL_REASONS = (
    _row(
        RejectedError,
        BAD_FILE,
        "file_format_check_failed",
        "duration_check_failed",
        "frame_rate_check_failed",
        "picture_size_check_failed",
        source=_REASONS,
    ),
    _row(RejectedError, TIKTOK_FAULT, "internal", source=_REASONS),
    _row(RejectedError, NOT_FETCHED, "video_pull_failed", "photo_pull_failed", source=_REASONS),
    _row(RejectedError, CANCELLED, "publish_cancelled", source=_REASONS),
    _row(NotAllowedError, DISCONNECTED, "auth_removed", source=_REASONS),
    _row(
        RateLimitedError,
        TOO_MANY_POSTS,
        "spam_risk_too_many_posts",
        wait_s=_DAY_S,
        source=_REASONS,
    ),
    _row(NotAllowedError, BANNED, "spam_risk_user_banned_from_posting", source=_REASONS),
    _row(RejectedError, RISKY_TEXT, "spam_risk_text", "spam_risk", source=_REASONS),
)


def judge(answer: Answer) -> Verdict:
    """What an answer of TikTok's API means."""
    document = answer.document
    code = dig(document, "error", "code")
    log_id = str(dig(document, "error", "log_id") or "")[:64]
    detail = f"HTTP {answer.status} {code} {log_id}".strip()
    if code == "ok":
        return DONE
    if not isinstance(code, str) or not code:
        verdict = by_status(answer)
        if verdict.kind == "done":
            return Verdict("unclear", detail=f"HTTP {answer.status} without an error code")
        return verdict
    if code == "access_token_invalid":
        return Verdict("token", expired(detail), detail=detail)
    row = row_for(TABLE, answer.status, {code}, "")
    if row is not None:
        return row.verdict(detail, code)
    if answer.status >= 500 or code == "internal_error":
        return Verdict("unclear", detail=detail)
    return Verdict("refused", RejectedError(REFUSED, words=code, detail=detail), detail=detail)


def failure(reason: str) -> PublishError:
    """The error for the ``fail_reason`` of a post that TikTok did not make."""
    detail = f"FAILED {reason}"
    row = row_for(FAIL_REASONS, 0, {reason}, "")
    error = row.verdict(detail, reason).error if row else None
    return error or RejectedError(REFUSED, words=reason, detail=detail)
