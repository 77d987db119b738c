"""Slower requests when the network says that the account is near its limits."""

from collections.abc import Callable
from dataclasses import replace

from wajo_studio.networks.meta.graph import Graph
from wajo_studio.networks.publisher import Done, Pause, Session, Step


def paced(
    graph: Graph, session: Session, advance: Callable[[Session], Step | Pause | Done]
) -> Step | Pause | Done:
    """Rest as the last answers asked, then go on; the next rest is kept in the session.

    It is kept rather than waited for at once: what an answer said must not be lost meanwhile.
    """
    rest_s = session.get("rest_s", 0.0)
    session = {key: value for key, value in session.items() if key != "rest_s"}
    if rest_s:
        graph.wire.pause(rest_s)
    outcome = advance(session)
    if graph.rest_s and not isinstance(outcome, Done):
        return replace(outcome, session={**outcome.session, "rest_s": graph.rest_s})
    return outcome
