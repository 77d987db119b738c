"""The error codes of the Graph API, as data: what each means and what a person can do.

Sources: the sheets of 2026-11-24, facebook.md 5 (S14 S28 S29), facebook.md 1.6 (S28 S29),
facebook.md 2.2 (S6 S14), instagram.md 5 (I4 I11 I20 I21). The waits of rows without a wait of
the network's own in those sheets are ours.
"""

from dataclasses import dataclass

from wajo_studio.errors import (
    AuthExpiredError,
    NotAllowedError,
    PublishError,
    RateLimitedError,
    RejectedError,
    UnavailableError,
)
from wajo_studio.i18n import N_
from wajo_studio.networks.verdict import VerdictKind


@dataclass(frozen=True)
class Code:
    """What one code means.

    Attributes:
        name: the last part of the error's code, ``publish.<name>``, where an adapter has to tell
            it from others; empty: its class's.
        wait_s: for ``busy``: how long to wait when the answer does not tell.
    """

    verdict: VerdictKind
    error: type[PublishError]
    message: str
    name: str = ""
    wait_s: float | None = None


NOT_VISIBLE = "not_visible"
"""100/33: the object is missing, or this token may not see it."""
PHOTOS_USED = "photos_used"
CONTAINER = "container"
"""The container is lost: nothing was published, and a new one may be made."""

_AGAIN = N_(
    "{network} no longer accepts this account's sign-in. Your post is safe; connect the account "
    "again under Settings > Accounts."
)
_PERSON = N_(
    "{network} wants the person behind this account to confirm their identity. Your post is "
    "safe; that person signs in on facebook.com, then connect the account again."
)
_ROLE = N_(
    "The person behind this account no longer has a role on the Page. Your post is safe; have "
    "the role restored, then connect the account again."
)
_PAGE_TOKEN = N_(
    "{network} wants the token of the Page here, not that of a person. Your post is safe; connect "
    "the account again and choose the Page from the list."
)
_MAY_NOT = N_(
    "{network} does not let this account do this: a permission is missing. Your post is safe; "
    "connect the account again with all permissions of the guide."
)
_PAGE_KIND = N_(
    "{network} does not allow this for this kind of Page. Your post is safe; publish it by guided "
    "posting."
)
_APP = N_(
    "The office's Meta app may not do this. Your post is safe; look at the app's permissions in "
    "the guide."
)
_LATER = N_("{network} takes no more for now. Your post is safe; try again in an hour.")
_HOURS = N_(
    "{network} takes no more from the office's app today. Your post is safe; try again after some "
    "hours."
)
_BLOCKED = N_(
    "{network} has blocked this account for a while. Your post is safe; publish nothing from it "
    "today, look at the account's messages, then try again once tomorrow."
)
_SAME = N_(
    "{network} says that this is the same as the post before it. Look at the Page: it may be "
    "there already."
)
_REFUSED = N_("{network} refused this. Your post is safe; correct it, then send it again.")
_PICTURE = N_(
    "{network} cannot read a picture of this post. Your post is safe; export it again, then send "
    "it again."
)
_LINK = N_(
    "{network} does not take the link of this post. Your post is safe; correct the link, then send "
    "it again."
)
_CONTENT = N_(
    "{network} refused the content of this post. Your post is safe; change its words or pictures, "
    "then send it again."
)
_FAST = N_("{network} says that posts come too fast. Your post is safe; try again in an hour.")
_GONE = N_(
    "{network} does not find what this needs, or the account may not see it. Your post is safe; "
    "check the account under Settings > Accounts."
)
_FAULT = N_("{network} has a fault at present. Your post is safe; try again later.")
_CLIP = N_(
    "{network} does not take this clip. Your post is safe; export it again, then send it again."
)
_CLIP_RATIO = N_("{network} does not take clips of this shape. Your post is safe; export it anew.")
_CLIP_TIME = N_("{network} does not take clips of this length. Your post is safe; trim the clip.")
_FETCH = N_(
    "{network} could not fetch the picture from the media host. Your post is safe; check that the "
    "address is public, then try again."
)
_RATIO = N_(
    "{network} does not take pictures of this shape. Your post is safe; choose 4:5 or 1:1, then "
    "export it anew."
)
_BIG = N_("The picture is too big for {network}. Your post is safe; export it anew.")
_LONG = N_("The text is too long for {network}. Your post is safe; shorten it.")
_TAGS = N_("There are too many tags for {network}. Your post is safe; leave some out.")
_QUOTA = N_(
    "{network} publishes no more for this account today. Your post is safe; try again tomorrow."
)
_RESTRICTED = N_(
    "{network} has restricted this account. Your post is safe; open the Instagram app with this "
    "account and do what it asks."
)
_SPAM = N_(
    "{network} takes this for spam and has blocked it. Your post is safe; publish nothing from "
    "this account for some hours, then try again."
)
_NOT_READY = N_("{network} is still at work on this. Your post is safe; try again in an hour.")
_LOST = N_("{network} has lost what was sent. Your post is safe; try again.")


def _no(message: str, name: str = "") -> Code:
    return Code("refused", RejectedError, message, name)


def _stop(message: str) -> Code:
    return Code("refused", NotAllowedError, message)


def _rest(message: str) -> Code:
    return Code("refused", RateLimitedError, message)


def _wait(wait_s: float, error: type[PublishError], message: str, name: str = "") -> Code:
    return Code("busy", error, message, name, wait_s)


_TOKEN = Code("token", AuthExpiredError, _AGAIN)
_TOKEN_PERSON = Code("refused", AuthExpiredError, _PERSON)
_UNCLEAR = Code("unclear", UnavailableError, _FAULT)
_NEW_CONTAINER = Code("refused", UnavailableError, _LOST, CONTAINER)

CODES: dict[tuple[int | None, int | None], Code] = {
    # --- tokens ------------------------------------------------------------------------------
    (102, None): _TOKEN,
    (190, None): _TOKEN,
    (190, 459): _TOKEN_PERSON,
    (190, 464): _TOKEN_PERSON,
    (190, 492): Code("refused", AuthExpiredError, _ROLE),
    (190, 2069032): _stop(_PAGE_TOKEN),
    # --- rights ------------------------------------------------------------------------------
    (3, None): _stop(_APP),
    (10, None): _stop(_MAY_NOT),
    **{(200, subcode): _stop(_PAGE_KIND) for subcode in (2069030, 2069031, 2069032, 2069033)},
    (None, 1404078): _stop(_PERSON),
    (None, 4854002): _stop(_PERSON),
    (None, 1404006): _stop(_PERSON),
    (None, 1404112): _stop(_PERSON),
    # --- limits ------------------------------------------------------------------------------
    **{(code, None): _wait(60, RateLimitedError, _LATER) for code in (4, 17, 32, 613)},
    (80001, None): _wait(60, RateLimitedError, _LATER),
    (80002, None): _wait(60, RateLimitedError, _LATER),
    (341, None): _rest(_HOURS),
    (368, None): _stop(_BLOCKED),
    (None, 1390008): _rest(_FAST),
    (4, 2207051): _stop(_SPAM),
    (9, 2207042): _rest(_QUOTA),
    (None, 2207042): _rest(_QUOTA),
    # --- faults of theirs --------------------------------------------------------------------
    (1, None): _UNCLEAR,
    (2, None): _UNCLEAR,
    (None, 1363047): _UNCLEAR,
    (None, 1609010): _UNCLEAR,
    (-1, None): _UNCLEAR,
    (-2, None): _UNCLEAR,
    # --- what was sent -----------------------------------------------------------------------
    (100, None): _no(_REFUSED),
    (100, 33): _no(_GONE, NOT_VISIBLE),
    (324, None): _no(_PICTURE),
    (506, None): _no(_SAME),
    (1609005, None): _no(_LINK),
    (1609008, None): _no(_LINK),
    (None, 1609005): _no(_LINK),
    (None, 1609008): _no(_LINK),
    (None, 1366046): _no(_PICTURE),
    (None, 1366051): _no(_PICTURE, PHOTOS_USED),
    (None, 1346003): _no(_CONTENT),
    (None, 1404102): _no(_CONTENT),
    (None, 1363040): _no(_CLIP_RATIO),
    (None, 1363127): _no(_CLIP),
    (None, 1363128): _no(_CLIP_TIME),
    (None, 1363129): _no(_CLIP),
    # --- Instagram ---------------------------------------------------------------------------
    (-2, 2207003): _wait(5, UnavailableError, _FETCH),
    (9004, 2207052): _wait(5, RejectedError, _FETCH),
    (None, 2207052): _wait(5, RejectedError, _FETCH),
    (-2, 2207020): _NEW_CONTAINER,
    **{(None, s): _NEW_CONTAINER for s in (2207003, 2207020, 2207032, 2207053)},
    **{(None, s): _NEW_CONTAINER for s in (2207076, 2207077, 2207082)},
    (24, 2207006): _NEW_CONTAINER,
    (24, 2207008): _wait(30, UnavailableError, _LOST, CONTAINER),
    (None, 2207008): _NEW_CONTAINER,
    (9007, 2207027): _wait(30, UnavailableError, _NOT_READY),
    (None, 2207027): _wait(30, UnavailableError, _NOT_READY),
    (25, 2207050): _stop(_RESTRICTED),
    (None, 2207050): _stop(_RESTRICTED),
    (None, 2207073): _no(_REFUSED),
    (1, 2207057): _no(_REFUSED),
    (None, 2207023): _no(_REFUSED),
    (None, 2207028): _no(_REFUSED),
    (None, 2207040): _no(_TAGS),
    (352, 2207026): _no(_CLIP),
    (None, 2207026): _no(_CLIP),
    (None, 2207004): _no(_BIG),
    (None, 2207005): _no(_PICTURE),
    (None, 2207009): _no(_RATIO),
    (None, 2207010): _no(_LONG),
    (36000, None): _no(_BIG),
    (36001, None): _no(_PICTURE),
    (36003, None): _no(_RATIO),
    (36004, None): _no(_LONG),
    (None, 2207081): _stop(_MAY_NOT),
}
"""By code and subcode; ``None`` stands for any. The exact pair is looked up first."""

PERMISSION = _stop(_MAY_NOT)
"""Codes 200-299 without a row of their own."""
OTHER = _no(_REFUSED)
"""Codes that no sheet names."""


def code_of(code: int, subcode: int | None) -> Code | None:
    """What a code means; ``None`` when nothing is known about it."""
    keys: list[tuple[int | None, int | None]] = [(code, subcode), (None, subcode), (code, None)]
    if subcode is None:
        keys = [(code, None)]
    found = next((CODES[key] for key in keys if key in CODES), None)
    if found is None and 200 <= code <= 299:
        return PERMISSION
    return found
