"""Binary uploads to rupload: the file in one go from where the server has it.

What the server has is asked before every try, so that a broken line or a killed program costs
no byte that had arrived.
"""

from collections.abc import Callable

from wajo_studio.errors import PublishError, RejectedError, UnavailableError
from wajo_studio.i18n import N_
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Request
from wajo_studio.networks.meta.graph import Graph, bearer
from wajo_studio.networks.meta.judging import cleaned, graph_judge
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.publisher import Session, Step
from wajo_studio.networks.verdict import Verdict
from wajo_studio.networks.wire import ATTEMPTS, Kind

WRONG_OFFSET = "publish.upload_offset"
"""The code of the error when the server and we do not agree on what has arrived."""
_ADDRESS = N_(
    "{network} gave an unsafe address for the upload. Your post is safe; check the internet "
    "connection, then try again."
)
_NOT_TAKEN = N_(
    "{network} could not take the clip. Your post is safe; export it again, then send it again."
)
_TAKES_FROM = ("OffsetInvalidError", "PartialRequestError")
_SHARE_OF_WORK = 0.9


def upload(
    graph: Graph,
    session: Session,
    clip: ParcelFile,
    address: str,
    has_bytes: Callable[[], int],
) -> Step:
    """Send what is missing of ``clip``; the step's session says ``uploaded`` when all is there.

    Args:
        graph: for the requests.
        clip: the file.
        session: keeps ``uploaded``, ``upload_from`` (byte of the last try) and ``upload_tries``.
        address: where the network wants it.
        has_bytes: asks the network how much it has; 0 when it cannot tell.

    Raises:
        PublishError: the network does not take it, also after several tries.
    """
    if not graph.wire.origins.accepts(address):
        raise UnavailableError(_ADDRESS, network=graph.label, detail=cleaned(address))
    start = min(max(has_bytes(), 0), clip.size_bytes)
    tries = session.get("upload_tries", 0) if start <= session.get("upload_from", 0) else 0
    if start == clip.size_bytes:
        return Step({**session, "uploaded": True})
    try:
        graph.wire.send(
            "upload",
            Kind.REPEATABLE,
            _builder(graph, clip, address, start),
            judge=_judge(graph),
            once=True,
        )
    except UnavailableError as error:
        lost: PublishError = error
    except RejectedError as error:
        if error.code != WRONG_OFFSET:
            raise
        lost = error
    else:
        return Step({**session, "uploaded": True})
    if tries + 1 >= ATTEMPTS:
        raise lost
    graph.wire.pause(2.0**tries)
    return Step({**session, "upload_from": start, "upload_tries": tries + 1})


def _builder(
    graph: Graph, clip: ParcelFile, address: str, start: int
) -> Callable[[Credentials], Request]:
    def build(keys: Credentials) -> Request:
        sent = start

        def count(size: int) -> None:
            nonlocal sent
            sent += size
            graph.wire.report(_SHARE_OF_WORK * sent / clip.size_bytes)

        headers = {
            **bearer(keys, "page", "OAuth"),
            "offset": str(start),
            "file_size": str(clip.size_bytes),
            "Content-Type": "application/octet-stream",
        }
        body = graph.wire.slice(clip.path, start, clip.size_bytes - start, count)
        return Request("POST", address, headers=headers, body=body)

    return build


def _judge(graph: Graph) -> Callable[[Answer], Verdict]:
    usual = graph_judge(graph.label, "success")

    def judge(answer: Answer) -> Verdict:
        document = answer.document
        debug = document.get("debug_info") if isinstance(document, dict) else None
        if not isinstance(debug, dict):
            return usual(answer)
        kind = str(debug.get("type", ""))
        detail = f"rupload {kind}: {cleaned(str(debug.get('message', '')))}"
        if kind in _TAKES_FROM:
            error = RejectedError(_NOT_TAKEN, network=graph.label, code=WRONG_OFFSET, detail=detail)
            return Verdict("refused", error, detail=detail)
        if debug.get("retriable"):
            return Verdict("unclear", detail=detail)
        if answer.status == 401:
            return Verdict("token", detail=detail)
        error = RejectedError(_NOT_TAKEN, network=graph.label, detail=detail)
        return Verdict("refused", error, detail=detail)

    return judge


def transferred(phase: object) -> int:
    """Bytes that have arrived, from an ``uploading_phase``, in either of its spellings."""
    if not isinstance(phase, dict):
        return 0
    found = phase.get("bytes_transfered", phase.get("bytes_transferred", 0))
    try:
        return int(found or 0)
    except (TypeError, ValueError):
        return 0
