"""A desk, a small network and a keyring in memory for the tests of the queue."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import keyring
import pytest

from tests.integration.small_network import (
    MovableClock,
    SmallNetwork,
    SmallPublisher,
    add_account,
    open_desk,
    served,
)
from tests.keyrings import MemoryKeyring
from wajo_studio.i18n import WITA
from wajo_studio.services.publishing.desk import Desk

START = datetime(2026, 12, 1, 8, 0, tzinfo=WITA)


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def network() -> Iterator[SmallNetwork]:
    with served(SmallNetwork()) as running:
        yield running


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
def publisher(network: SmallNetwork) -> SmallPublisher:
    return SmallPublisher(network.origin)


@pytest.fixture
def desk(tmp_path: Path, clock: MovableClock, publisher: SmallPublisher) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock, publisher)
    add_account(opened)
    yield opened
    opened.close()
