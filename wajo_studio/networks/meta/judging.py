"""What an answer of the Graph API means."""

import json
import math
import re
from typing import Any

from wajo_studio.errors import PublishError
from wajo_studio.i18n import N_
from wajo_studio.networks.http import Answer
from wajo_studio.networks.meta.codes import OTHER, Code, code_of
from wajo_studio.networks.verdict import DONE, Judge, Verdict, by_status, retry_after_s

_LONG_WORD = re.compile(r"[A-Za-z0-9_|%-]{40,}")
_SAYS = N_("{network} says: {words}")
_WORDS_MAX = 300


def graph_judge(network: str, *needed: str) -> Judge:
    """The judge for one network.

    Args:
        network: its name for people.
        needed: keys without which an answer says nothing; such an answer is unclear.
    """

    def judge(answer: Answer) -> Verdict:
        document = answer.document
        error = document.get("error") if isinstance(document, dict) else None
        if isinstance(error, dict):
            return _verdict(network, answer, error)
        if not 200 <= answer.status < 300 or answer.is_html:
            return by_status(answer)
        if not isinstance(document, dict):
            return Verdict("unclear", detail=f"HTTP {answer.status} without data")
        if document.get("success") is False or any(not document.get(key) for key in needed):
            return Verdict("unclear", detail=f"answer without {needed or 'success'}")
        return DONE

    return judge


def graph_error(network: str, error: dict[str, Any]) -> tuple[Code, PublishError]:
    """The row and the error for the ``error`` object of an answer."""
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    row = code_of(code or 0, subcode) or OTHER
    words = str(error.get("error_user_msg") or "")
    detail = (
        f"{network} code {code}/{subcode}: {cleaned(str(error.get('message', '')))} "
        f"(fbtrace_id {error.get('fbtrace_id')})"
    )
    return row, error_of(row, network, words, detail)


def error_of(row: Code, network: str, words: str = "", detail: str = "") -> PublishError:
    """The error that a row of the table stands for, with the network's own words if it has any."""
    name = f"publish.{row.name}" if row.name else None
    said = cleaned(words.strip())[:_WORDS_MAX]
    hint = _SAYS if said else None
    return row.error(row.message, hint=hint, code=name, detail=detail, network=network, words=said)


def cleaned(text: str) -> str:
    """A network's text without anything long enough to be a token."""
    return _LONG_WORD.sub("…", text)


def _verdict(network: str, answer: Answer, error: dict[str, Any]) -> Verdict:
    row, problem = graph_error(network, error)
    if row is OTHER and (error.get("is_transient") or answer.status >= 500):
        return Verdict("unclear", wait_s=retry_after_s(answer), detail=problem.detail)
    if row is OTHER and answer.status == 429:
        return by_status(answer)
    wait_s = retry_after_s(answer)
    if row.verdict == "busy" and wait_s is None:
        wait_s = regain_s(answer) or row.wait_s
    if wait_s is not None:
        problem.params["retry_after_s"] = wait_s
    shown = None if row.verdict == "unclear" else problem
    return Verdict(row.verdict, shown, wait_s, problem.detail)


def regain_s(answer: Answer) -> float | None:
    """Seconds until calls are taken again, as ``X-Business-Use-Case-Usage`` tells."""
    minutes = [
        amount(use.get("estimated_time_to_regain_access"))
        for use in uses(answer, "x-business-use-case-usage")
    ]
    longest = max(minutes, default=0.0)
    return longest * 60 if longest > 0 else None


def amount(value: Any) -> float:
    """A finite number in a header; 0 for anything else. Usage must never spoil an answer."""
    try:
        found = float(value or 0)
    except (TypeError, ValueError):
        return 0.0
    return found if math.isfinite(found) else 0.0


def uses(answer: Answer, header: str) -> list[dict[str, Any]]:
    """The usage objects in a header, whatever its nesting."""
    try:
        found: Any = json.loads(answer.headers.get(header, "{}"))
    except ValueError:
        return []
    if not isinstance(found, dict):
        return []
    if any(isinstance(value, list) for value in found.values()):
        lists = [value for value in found.values() if isinstance(value, list)]
        return [use for uses in lists for use in uses if isinstance(use, dict)]
    return [found]


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
