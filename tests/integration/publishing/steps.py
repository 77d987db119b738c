"""What several tests of the queue do: look at a delivery, end the process at a bad moment."""

import pytest

from wajo_studio.domain.delivery import Delivery
from wajo_studio.progress import Job
from wajo_studio.services.publishing import actions
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.queue import run_queue
from wajo_studio.store.database import journal


class Crash(BaseException):
    """The process ends here."""


def now(desk: Desk, delivery_id: str) -> Delivery:
    """The delivery as the database has it now."""
    return actions.find(desk, delivery_id).delivery


def run_until_an_answer_is_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the queue in a process that ends when the first answer is to be written down."""

    def crash(*_arguments: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(journal, "end", crash)
        with pytest.raises(Crash):
            run_queue(desk, Job())
