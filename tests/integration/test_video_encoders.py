"""Copying instead of encoding, and chips that fail: the result is right either way."""

import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest

from tests.integration.video_clips import item, made, make_clip, planned, spec, steady
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.progress import Job
from wajo_studio.video import encoders, run
from wajo_studio.video.copying import may_be_copied
from wajo_studio.video.encode_plan import Overlay
from wajo_studio.video.encoders import SOFTWARE, chosen_encoder, picture_options, works
from wajo_studio.video.ffmpeg import ffmpeg_path
from wajo_studio.video.run import encode


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip that the program made, so that it already is as it should be."""
    folder = tmp_path_factory.mktemp("siap")
    source = folder / "nada.mp4"
    words = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=3"]
    words += ["-f", "lavfi", "-i", "sine=f=440:d=3", "-c:a", "aac", "-ac", "2"]
    command = [ffmpeg_path(), "-loglevel", "error", "-nostdin", *words, str(source)]
    subprocess.run(command, check=True)
    made(source, folder / "siap.mp4", item())
    return folder / "siap.mp4"


def packets(path: Path) -> list[bytes]:
    """The coded pictures of a clip."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def test_a_clip_that_is_right_already_keeps_its_pictures(ready: Path, tmp_path: Path) -> None:
    _plan, result = made(ready, tmp_path / "hasil.mp4", item())
    assert packets(tmp_path / "hasil.mp4") == packets(ready)
    assert result.loudness_lufs == pytest.approx(-14, abs=0.6)
    assert [path.name for path in tmp_path.iterdir()] == ["hasil.mp4"]


def test_what_changes_a_pixel_or_a_sound_is_encoded(ready: Path) -> None:
    plan = planned(ready, item())
    assert may_be_copied(plan)
    overlay = Overlay(ready, 0, 0, "x")
    for other in (
        replace(plan, overlays=(overlay,)),
        replace(plan, subtitles="x"),
        replace(plan, video_bitrate_bps=1000),
        replace(plan, max_bytes=1000),
        replace(plan, frame_rate=Fraction(25)),
        planned(ready, item(out=2.9)),
        planned(ready, item(in_=0.1)),
        planned(ready, item(), spec(PixelSize(180, 320))),
    ):
        assert not may_be_copied(other)


def test_a_clip_too_quiet_is_encoded(ready: Path, tmp_path: Path) -> None:
    quiet = tmp_path / "pelan.mp4"
    words = ["-i", str(ready), "-c:v", "copy", "-af", "volume=-9dB", "-c:a", "aac"]
    words += ["-movflags", "+negative_cts_offsets", "-use_editlist", "0"]
    command = [ffmpeg_path(), "-loglevel", "error", "-nostdin", *words, str(quiet)]
    subprocess.run(command, check=True)
    _plan, result = made(quiet, tmp_path / "hasil.mp4", item())
    assert result.loudness_lufs == pytest.approx(-14, abs=0.6)
    assert packets(tmp_path / "hasil.mp4") != packets(quiet)


def test_x264_takes_over_from_a_chip_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = make_clip(tmp_path / "klip.mp4", steady(30, Fraction(30)))
    used = []
    options = encoders.picture_options

    def broken(plan: object, encoder: str = SOFTWARE) -> list[str]:
        used.append(encoder)
        more = [] if encoder == SOFTWARE else ["-profile:v", "no such profile"]
        return [*options(plan, SOFTWARE), *more]  # type: ignore[arg-type]

    monkeypatch.setattr("wajo_studio.video.command.picture_options", broken)
    monkeypatch.setattr(run, "chosen_encoder", lambda **_wish: "h264_nvenc")
    result = encode(planned(clip, item()), tmp_path / "hasil.mp4", Job(), hardware=True)
    assert used == ["h264_nvenc", SOFTWARE]
    assert result.video_codec == "h264"


def test_an_encoder_is_believed_only_after_its_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "h264_encoders", lambda: (SOFTWARE, "h264_nvenc", "h264_qsv"))
    assert chosen_encoder(hardware=False) == SOFTWARE
    tried = []
    options = encoders.picture_options

    def standing_in(plan: object, encoder: str = SOFTWARE) -> list[str]:
        tried.append(encoder)
        wrong = ["-vf", "negate"] if encoder == "h264_nvenc" else []
        return [*options(plan, SOFTWARE), *wrong]  # type: ignore[arg-type]

    monkeypatch.setattr(encoders, "picture_options", standing_in)
    works.cache_clear()
    try:
        assert chosen_encoder(hardware=True) == "h264_qsv"  # the other shows another picture
    finally:
        works.cache_clear()
    assert tried[0] == "h264_nvenc"


@pytest.mark.parametrize("encoder", [SOFTWARE, "h264_nvenc", "h264_qsv", "h264_amf", "h264_mf"])
def test_every_encoder_keeps_the_ceiling(encoder: str, tmp_path: Path) -> None:
    plan = planned(make_clip(tmp_path / "klip.mp4", steady(3, Fraction(30))), item())
    options = picture_options(plan, encoder)
    assert options[options.index("-maxrate") + 1] == str(plan.video_bitrate_bps)
    assert options[options.index("-g") + 1] == str(plan.gop_frames)
    with pytest.raises(ValueError, match="h264_none"):
        picture_options(plan, "h264_none")
