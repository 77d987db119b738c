"""What a media host's answer means; its refusals say nothing about the network account."""

from wajo_studio.errors import NotAllowedError, RejectedError, UnavailableError
from wajo_studio.i18n import N_
from wajo_studio.networks.http import Answer
from wajo_studio.networks.verdict import DONE, Verdict, by_status

NOT_LET_IN = N_(
    "The media host does not let this program in. Your post is safe; check its name and key under "
    "Settings > Accounts."
)
NO_FOLDER = N_(
    "The media host has no such folder or bucket. Your post is safe; check its address under "
    "Settings > Accounts."
)
FULL = N_("The media host is full. Your post is safe; make room there, then try again.")
DOWN = N_("The media host does not answer. Your post is safe; try again later.")
_REFUSED = N_("The media host refused the picture (HTTP {status}). Your post is safe.")


def judge(answer: Answer) -> Verdict:
    """The verdict on a PUT or DELETE."""
    status, detail = answer.status, f"media host: HTTP {answer.status}"
    if 200 <= status < 300:
        return by_status(answer) if answer.is_html and status == 200 else DONE
    if status in (401, 403):
        return _refused(NotAllowedError(NOT_LET_IN, code="publish.media_host", detail=detail))
    if status in (404, 409):
        return _refused(NotAllowedError(NO_FOLDER, code="publish.media_host", detail=detail))
    if status == 507:
        return _refused(UnavailableError(FULL, code="publish.media_host", detail=detail))
    verdict = by_status(answer)
    if verdict.kind == "refused":
        error = RejectedError(_REFUSED, code="publish.media_host", status=status, detail=detail)
        return _refused(error)
    down = UnavailableError(DOWN, code="publish.media_host", detail=detail)
    return Verdict(verdict.kind, verdict.error or down, verdict.wait_s, detail)


def judge_removal(answer: Answer) -> Verdict:
    """As :func:`judge`; what is not there need not be removed."""
    return DONE if answer.status in (404, 410) else judge(answer)


def _refused(error: NotAllowedError | RejectedError | UnavailableError) -> Verdict:
    return Verdict("refused", error, detail=error.detail)
