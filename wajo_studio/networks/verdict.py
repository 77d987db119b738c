"""What an answer means, whatever the network: done, refused, not now, token dead, unclear."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from wajo_studio.errors import OfflineError, PublishError, RejectedError
from wajo_studio.i18n import N_
from wajo_studio.networks.http import Answer

VerdictKind = Literal["done", "refused", "busy", "token", "unclear"]


@dataclass(frozen=True)
class Verdict:
    """What an answer means for the request.

    Attributes:
        kind: ``done``; ``refused``: it was not done, ``error`` says why; ``busy``: it was not
            done, it may be sent again after ``wait_s``; ``token``: it was not done, the access
            token is not accepted; ``unclear``: it may have been done or not.
        error: what is raised when nothing more is tried; for ``busy`` and ``token`` too.
        wait_s: how long the network asks to wait, or ``None`` for our own back-off.
        detail: technical English for the log, without secrets.
    """

    kind: VerdictKind
    error: PublishError | None = None
    wait_s: float | None = None
    detail: str = ""


DONE = Verdict("done")

Judge = Callable[[Answer], Verdict]
"""Each network's adapter brings its own, with its table of codes."""


def by_status(answer: Answer) -> Verdict:
    """The verdict where a network's own codes say nothing: by the status alone."""
    status = answer.status
    detail = f"HTTP {status}"
    if 200 <= status < 300:
        return web_page() if answer.is_html else DONE
    if status == 401:
        return Verdict("token", detail=detail)
    if status in (425, 429):
        return Verdict("busy", wait_s=retry_after_s(answer), detail=detail)
    if status == 408 or status >= 500:
        return Verdict("unclear", wait_s=retry_after_s(answer), detail=detail)
    if status < 400 or answer.is_html:
        return web_page()
    error = RejectedError(
        N_("The network refused this (HTTP {status}). Your post is safe; see the details."),
        status=status,
        detail=detail,
    )
    return Verdict("refused", error, detail=detail)


def web_page() -> Verdict:
    """A web page came instead of data: a portal or filter stands between."""
    error = OfflineError(
        N_(
            "A web page came back instead of the network's answer: the office's internet may "
            "ask you to sign in first. Open a browser, sign in, then try again."
        ),
        code="publish.portal",
    )
    return Verdict("unclear", error, detail="HTML instead of data")


def retry_after_s(answer: Answer) -> float | None:
    """Seconds in a ``Retry-After`` header; ``None`` without one that can be read."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
        sent = parsedate_to_datetime(answer.headers["date"])
    except (ValueError, KeyError, TypeError):
        return None
    return max((moment - sent).total_seconds(), 0.0)
