"""A take too long for its placements becomes several posts."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.integration.cli_helpers import make_post, tree
from tests.integration.video_clips import make_clip, steady
from wajo_studio import bootstrap, paths
from wajo_studio.domain.media import ClipInfo
from wajo_studio.errors import InputError
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services.draft import Draft, open_draft
from wajo_studio.services.prepare import Prepared, prepare
from wajo_studio.services.split_post import can_split, keep_first_part, split_post
from wajo_studio.services.studio import Studio
from wajo_studio.store.post_folder import load_folder

PLACES = ("instagram.reel", "tiktok.video")
BODY = """[fields]
judul = "Judul"
isi = "Isi"

[[media]]
id = "klip1"
path = "media/klip1.mp4"
{times}

[attestations]
face-consent-attest = {{ by = "admin", at = 2026-11-24T10:00:00+08:00, role = "admin" }}
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds; it beeps all the time but around second 2.5, 5 and 7.5."""
    rate, quiet = 12, (30, 60, 90)
    beeps = [n for n in range(120) if min(abs(n - q) for q in quiet) > 4]
    path = tmp_path_factory.mktemp("film") / "klip1.mp4"
    return make_clip(path, steady(120, Fraction(rate), beeps=beeps))


@pytest.fixture
def studio() -> Studio:
    """Reels take 4 seconds, TikTok 3."""
    made = bootstrap.build()
    specs = dict(made.specs)
    for placement, most_s in zip(PLACES, (4.0, 3.0), strict=True):
        video = specs[placement].video
        assert video is not None
        video = video.model_copy(update={"max_duration_s": most_s, "min_duration_s": 0.5})
        specs[placement] = specs[placement].model_copy(update={"video": video})
    return replace(made, specs=specs)


def opened(studio: Studio, folder: Path, film: Path, times: str = "") -> tuple[Draft, Prepared]:
    """A post whose clip is the film."""
    top = 'pillar = "layanan-publik"\nschedule = 2026-12-01T09:00:00+08:00\n'
    make_post(
        folder, PLACES, body=BODY.format(times=times), top=top, files={"media/klip1.mp4": film}
    )
    draft = open_draft(folder, Job())
    return draft, prepare(studio, draft.folder, (), Job())


def test_every_part_is_short_enough_and_cut_in_a_pause(
    studio: Studio, film: Path, tmp_path: Path
) -> None:
    draft, prepared = opened(studio, tmp_path / "konten", film)
    assert can_split(prepared, PLACES)
    before = (draft.root / "post.toml").read_bytes()
    split = split_post(draft, prepared, PLACES, Job())
    assert (draft.root / "post.toml").read_bytes() == before
    edges = [start for start, _end in split.parts]
    assert edges == pytest.approx([0, 2.5, 5, 7.5], abs=0.25)
    assert all(end - start <= 3.0 for start, end in split.parts)
    assert [folder.parent for folder in split.others] == [paths.data_dir() / "posts"] * 3
    for number, folder in enumerate(split.others, start=1):
        post = load_folder(folder).post
        assert post.name == split.name_of(number) == f"Uji ({number + 1} dari 4)"
        assert post.schedule is None
        assert post.attestations == {}
        (item,) = post.media
        start_s, end_s = split.parts[number]
        assert item.in_s == pytest.approx(start_s, abs=0.001)
        assert item.out_s == (pytest.approx(end_s, abs=0.001) if number < 3 else None)
        assert (folder / item.path).read_bytes() == film.read_bytes()
    info = prepared.infos["klip1"]
    assert isinstance(info, ClipInfo)
    keep_first_part(draft, "membagi", split, info)
    assert draft.post.name == split.name_of(0)
    assert draft.post.media[0].out_s == pytest.approx(split.parts[0][1], abs=0.001)
    assert draft.post.attestations != {}
    again = prepare(studio, draft.folder, (), Job())
    assert not can_split(again, PLACES)


def test_only_the_placements_that_are_named_count(
    studio: Studio, film: Path, tmp_path: Path
) -> None:
    draft, prepared = opened(studio, tmp_path / "konten", film)
    split = split_post(draft, prepared, PLACES[:1], Job())
    assert len(split.parts) == 3


def test_what_is_no_single_long_stretch_is_not_split(
    studio: Studio, film: Path, tmp_path: Path
) -> None:
    _draft, short = opened(studio, tmp_path / "pendek", film, "out = 2.0")
    assert not can_split(short, PLACES)
    draft, many = opened(studio, tmp_path / "banyak", film, "keep = [[0.0, 4.0], [5.0, 9.0]]")
    assert not can_split(many, PLACES)
    assert not can_split(many, ("x.post",))
    with pytest.raises(InputError) as caught:
        split_post(draft, many, PLACES, Job())
    assert "one stretch" in caught.value.message


def test_a_cancel_leaves_no_copy(studio: Studio, film: Path, tmp_path: Path) -> None:
    draft, prepared = opened(studio, tmp_path / "konten", film)
    token = CancelToken()

    def listen(fraction: float, _text: str) -> None:
        if fraction > 0.85:
            token.cancel()

    with pytest.raises(Cancelled):
        split_post(draft, prepared, PLACES, Job(listen, token))
    posts = paths.data_dir() / "posts"
    assert not posts.exists() or list(posts.iterdir()) == []
    assert tree(draft.root) == ["media/klip1.mp4", "post.toml"]
