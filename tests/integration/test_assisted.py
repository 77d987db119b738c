"""Uploading by hand: the package, the steps, and what a person tells."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.integration.small_network import MovableClock, open_desk
from wajo_studio.bootstrap import build
from wajo_studio.domain.placement import PLACEMENTS
from wajo_studio.errors import InputError
from wajo_studio.i18n import WITA
from wajo_studio.paths import data_dir
from wajo_studio.progress import Job
from wajo_studio.services.new_post import new_post
from wajo_studio.services.publishing import actions, assisted
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.publish import Queued, Refused, queue_post
from wajo_studio.services.publishing.queue import run_queue
from wajo_studio.store.database import proofs

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=WITA)


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = open_desk(data_dir(), MovableClock(NOW), None)
    yield opened
    opened.close()


def _begin(desk: Desk, post: Path, *placements: str) -> Any:
    studio = build(desk.clock)
    return queue_post(studio, desk, post, Job(), wanted=placements, mode="assisted")


@pytest.fixture
def post(tmp_path: Path) -> Path:
    new_post("pengumuman-layanan", tmp_path / "post")
    return tmp_path / "post"


def test_a_package_with_steps_and_a_link_as_proof(desk: Desk, post: Path) -> None:
    queued = _begin(desk, post, "instagram.feed")
    assert isinstance(queued, Queued)
    [entry] = queued.entries
    assert (entry.delivery.mode, entry.delivery.account_id) == ("assisted", "terpandu-instagram")
    laid_out = assisted.assistance(desk, entry.id)
    assert laid_out.page.startswith("https://")
    assert laid_out.files == ("01.jpg",)
    assert (laid_out.folder / "01.jpg").is_file()
    assert laid_out.texts["caption"]
    assert len(laid_out.alts["01.jpg"]) > 10
    assert all("{" not in step for step in laid_out.steps)

    assert run_queue(desk, Job()).ended == (), "the queue leaves it to the person"
    with pytest.raises(InputError):
        actions.resolve_published(desk, entry.id, "https://www.instagram.com/pemkabwajo/")
    done = actions.resolve_published(desk, entry.id, "https://www.instagram.com/p/C1a/")
    assert done.delivery.state == "published"
    [proof] = proofs.of_deliveries(desk.database, [entry.id])
    assert proof.document["link"] == "https://www.instagram.com/p/C1a/"
    assert proof.document["mode"] == "assisted"
    with pytest.raises(InputError):
        assisted.assistance(desk, entry.id)


def test_what_failed_can_be_taken_up_again(desk: Desk, post: Path) -> None:
    queued = _begin(desk, post, "x.post")
    assert isinstance(queued, Queued)
    [entry] = queued.entries
    assert assisted.tell_failed(desk, entry.id).delivery.state == "failed"
    with pytest.raises(InputError):
        assisted.tell_failed(desk, entry.id)
    assert actions.retry(desk, entry.id).delivery.state == "queued"
    assert assisted.assistance(desk, entry.id).files


def test_network_options_are_not_asked_for_but_findings_hold(desk: Desk, post: Path) -> None:
    assert isinstance(_begin(desk, post, "tiktok.photo"), Queued)
    file = post / "post.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\njudul = ", "\njudul_lama = "), encoding="utf-8")
    refused = _begin(desk, post, "x.post")
    assert isinstance(refused, Refused)
    assert refused.findings[0].severity == "block"


@pytest.mark.parametrize("placement", PLACEMENTS)
def test_every_placement_has_a_page_and_steps(placement: str) -> None:
    guide = assisted.guide_of(placement)
    assert guide["page"].startswith("https://")
    assert len(guide["steps"]) >= 3
    assert all(step.format(files=1) for step in guide["steps"])
