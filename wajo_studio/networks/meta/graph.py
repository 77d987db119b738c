"""Requests to the Graph API: versioned paths, tokens in headers, slower when usage is high."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from wajo_studio.domain.placement import Network
from wajo_studio.errors import AuthExpiredError, NotAllowedError, PublishError
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Part, Request
from wajo_studio.networks.meta.codes import NOT_VISIBLE
from wajo_studio.networks.meta.judging import amount, graph_judge, regain_s, uses
from wajo_studio.networks.verdict import Judge, Verdict
from wajo_studio.networks.wire import LONGEST_WAIT_S, Kind, Wire

Whose = Literal["page", "user"]
"""Whose token: the Page's (or system user's) that writes, or the person's that reads."""


@dataclass
class Graph:
    """The Graph API of one network over one wire.

    Attributes:
        settings: the placement's settings: version, when to slow down.
        rest_s: how long to wait before the next request, as the last answers' usage asks.
    """

    wire: Wire
    network: Network
    settings: Mapping[str, Any]
    rest_s: float = field(default=0.0)

    @property
    def label(self) -> str:
        """The network's name for people."""
        return self.network.label

    def url(self, path: str) -> str:
        """The address of an object or edge."""
        version = self.settings["graph_version"]
        return self.wire.origins.url(self.network, "graph", f"/{version}/{path}")

    def read(
        self,
        step: str,
        path: str,
        params: Mapping[str, str],
        *,
        first: Whose = "page",
        needed: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """Read with one token, and with the other where the first may not see it.

        Raises:
            PublishError: neither token can read it, or the network does not answer.
        """
        order: tuple[Whose, Whose] = ("page", "user") if first == "page" else ("user", "page")
        both = bool(self.wire.credentials().user_token)
        for whose in order if both else order[:1]:
            try:
                return self._read(step, path, params, whose, needed)
            except PublishError as error:
                if not both or whose == order[1] or not _other_may_help(error):
                    raise
        raise AssertionError("the last token returns or raises")

    def _read(
        self,
        step: str,
        path: str,
        params: Mapping[str, str],
        whose: Whose,
        needed: tuple[str, ...],
    ) -> dict[str, Any]:
        usual = graph_judge(self.label, *needed)

        def judge(answer: Answer) -> Verdict:
            verdict = usual(answer)
            if verdict.kind == "token" and whose == "user" and verdict.error is not None:
                return Verdict("refused", verdict.error, detail=verdict.detail)
            return verdict

        def build(keys: Credentials) -> Request:
            return Request("GET", self.url(path), headers=bearer(keys, whose), params=params)

        return self._noted(self.wire.send(step, Kind.READ, build, judge=judge))

    def write(
        self,
        step: str,
        kind: Kind,
        path: str,
        form: Mapping[str, str],
        *,
        parts: Callable[[], tuple[Part, ...]] | None = None,
        needed: tuple[str, ...] = (),
        judge: Judge | None = None,
        once: bool = False,
        method: str = "POST",
    ) -> dict[str, Any]:
        """Send a form, with files where ``parts`` makes some, by the Page's token."""

        def build(keys: Credentials) -> Request:
            headers = bearer(keys, "page")
            if parts is None:
                return Request(method, self.url(path), headers=headers, form=form)
            return Request(method, self.url(path), headers=headers, fields=form, parts=parts())

        judge = judge or graph_judge(self.label, *needed)
        return self._noted(self.wire.send(step, kind, build, judge=judge, once=once))

    def _noted(self, answer: Answer) -> dict[str, Any]:
        percent = max(
            (
                amount(use.get(key))
                for header in ("x-app-usage", "x-business-use-case-usage")
                for use in uses(answer, header)
                for key in ("call_count", "total_time", "total_cputime")
            ),
            default=0.0,
        )
        if percent > self.settings["usage_pause_percent"]:
            wait_s = regain_s(answer) or float(self.settings["usage_pause_s"])
            self.rest_s = min(wait_s, LONGEST_WAIT_S)
        elif percent > self.settings["usage_slow_percent"]:
            self.rest_s = float(self.settings["usage_slow_s"])
        document: dict[str, Any] = answer.document
        return document


def bearer(keys: Credentials, whose: Whose, scheme: str = "Bearer") -> dict[str, str]:
    """The header with one of the tokens."""
    token = keys.user_token if whose == "user" and keys.user_token else keys.access_token
    return {"Authorization": f"{scheme} {token}"}


def is_not_visible(error: PublishError) -> bool:
    """Whether an object is missing, or the token may not see it."""
    return error.code == f"publish.{NOT_VISIBLE}"


def _other_may_help(error: PublishError) -> bool:
    """A token that ended or sees nothing leaves the question open; the other may answer it."""
    return isinstance(error, AuthExpiredError | NotAllowedError) or is_not_visible(error)
