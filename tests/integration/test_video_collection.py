"""Real clips of phones and cameras to a 1080x1920 reel: all as planned, or one sentence."""

from pathlib import Path

import av
import numpy as np
import pytest

from tests.integration.video_clips import beeps_in, item, spec
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo
from wajo_studio.errors import MediaError
from wajo_studio.progress import Job
from wajo_studio.video.encode_plan import EncodePlan
from wajo_studio.video.frames import frame_at
from wajo_studio.video.plan import plan_clip
from wajo_studio.video.probe import probe_media
from wajo_studio.video.run import encode
from wajo_studio.video.verify import ClipResult

REEL = PixelSize(1080, 1920)
LONGEST_S = 3.0
SHORT_S = 0.5
FEW = (
    "iphone-portrait-rot90-hevc-hlg-hdr.mp4",
    "iphone-portrait-rot90-mono-halfsecond.mov",
    "webm-vp9-odd-dimensions.webm",
    "rotation-tag-270.mov",
)
REFUSED = ("broken-truncated-no-index.mp4", "zero-bytes.mp4", "audio-only-speech.mp3")

pytestmark = pytest.mark.shared_media


def reel(
    folder: Path, name: str, target: Path, longest_s: float = LONGEST_S, size: PixelSize = REEL
) -> tuple[EncodePlan, ClipResult]:
    path = folder / "videos" / name
    info = probe_media(path)
    assert isinstance(info, ClipInfo)
    media = item(out=longest_s) if info.duration_s > longest_s else item()
    plan = plan_clip(path, info, media, spec(size))
    return plan, encode(plan, target, Job())


def assert_as_planned(
    plan: EncodePlan, result: ClipResult, target: Path, longest_s: float = LONGEST_S
) -> None:
    assert (result.width, result.height) == (plan.size.width, plan.size.height)
    half_frame_s = 0.5 / float(plan.frame_rate)
    asked_s = min(longest_s, probe_media(plan.source).duration_s)
    assert result.duration_s == pytest.approx(asked_s, abs=half_frame_s)
    assert 23 <= result.fps <= 60
    if result.loudness_lufs is not None and result.loudness_lufs > -50:
        assert result.loudness_lufs == pytest.approx(-14, abs=1)
        assert result.true_peak_dbtp is not None
        assert result.true_peak_dbtp <= -1
    with av.open(str(target)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]


@pytest.mark.parametrize("name", FEW)
def test_difficult_clips_become_reels(shared_media: Path, tmp_path: Path, name: str) -> None:
    plan, result = reel(shared_media, name, tmp_path / "hasil.mp4", SHORT_S)
    assert_as_planned(plan, result, tmp_path / "hasil.mp4", SHORT_S)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_clip_becomes_a_reel_or_a_sentence(shared_media: Path, tmp_path: Path) -> None:
    refused = []
    for path in sorted((shared_media / "videos").iterdir()):
        if path.suffix == ".tsv":
            continue
        target = tmp_path / f"{path.stem}.mp4"
        try:
            info = probe_media(path)
        except MediaError as error:
            assert path.name in str(error)
            refused.append(path.name)
            continue
        if not isinstance(info, ClipInfo):
            refused.append(path.name)
            continue
        plan, result = reel(shared_media, path.name, target)
        assert_as_planned(plan, result, target)
    assert sorted(refused) == sorted(REFUSED)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_clips_look_like_a_plain_player_shows_them(
    shared_media: Path, tmp_path: Path, degrees: int
) -> None:
    """The result against the raw stored pixels, turned here by hand."""
    name = f"rotation-tag-{degrees}.mov"
    with av.open(str(shared_media / "videos" / name)) as container:
        stored = next(container.decode(video=0)).to_ndarray(format="rgb24")
    upright = np.rot90(stored, k=-(degrees // 90))
    size = PixelSize(upright.shape[1], upright.shape[0])
    reel(shared_media, name, tmp_path / "hasil.mp4", size=size)
    result = np.asarray(frame_at(tmp_path / "hasil.mp4", 0.0))
    difference = np.abs(result.astype(int) - upright.astype(int)).mean()
    turned_wrong = np.abs(result.astype(int) - upright[::-1, ::-1].astype(int)).mean()
    assert difference < 4
    assert turned_wrong > 3 * difference


def test_the_damaged_clip_gives_its_readable_part(shared_media: Path, tmp_path: Path) -> None:
    plan, result = reel(
        shared_media,
        "broken-truncated-faststart.mp4",
        tmp_path / "hasil.mp4",
        99,
        PixelSize(480, 320),
    )
    assert result.duration_s == pytest.approx(181 / 30, abs=1 / 60)
    assert float(plan.duration_s) == pytest.approx(result.duration_s)


def test_a_late_sound_track_stays_late(shared_media: Path, tmp_path: Path) -> None:
    name = "hevc-sdr-960x540-vfr.mov"
    with av.open(str(shared_media / "videos" / name)) as container:
        stream = container.streams.audio[0]
        starts_s = float((stream.start_time or 0) * (stream.time_base or 0))
    assert starts_s > 2
    reel(shared_media, name, tmp_path / "hasil.mp4", 99, PixelSize(320, 180))
    with av.open(str(tmp_path / "hasil.mp4")) as container:
        sound = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
    silent = sound[: int((starts_s - 0.05) * 48_000)]
    assert np.abs(silent).max() < 0.001
    assert np.abs(sound[int((starts_s + 0.3) * 48_000) :]).max() > 0.01


def test_five_channels_are_all_heard_in_two(shared_media: Path, tmp_path: Path) -> None:
    name = "interlaced-tff-480i-mpeg2-ac3-5.1.mpg"  # its speech lies in the centre channel
    _plan, result = reel(shared_media, name, tmp_path / "hasil.mp4", 99, PixelSize(320, 180))
    assert result.loudness_lufs == pytest.approx(-14, abs=1)


def test_flash_and_beep_stay_together(shared_media: Path, tmp_path: Path) -> None:
    """The picture flashes as the beep sounds; both are cut from the middle of an AV1 clip."""
    path = shared_media / "videos" / "avsync-63s-1080p30-av1-beeps.mp4"
    info = probe_media(path)
    assert isinstance(info, ClipInfo)
    plan = plan_clip(path, info, item(in_=20.0, out=26.0), spec(PixelSize(320, 180)))
    encode(plan, tmp_path / "hasil.mp4", Job())
    original = beeps_in(path)
    found = beeps_in(tmp_path / "hasil.mp4")
    assert len(found) >= 3
    for start_s in found:
        nearest = min(original, key=lambda beep_s: abs(beep_s - 20.0 - start_s))
        assert nearest - 20.0 == pytest.approx(start_s, abs=0.01)
