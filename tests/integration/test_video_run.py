"""What can go wrong while a clip is made: nothing half made is left, the reason is told."""

import shutil
import subprocess
import sys
import threading
import time
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import av
import pytest

from tests.integration.video_clips import item, made, make_clip, planned, spec, steady
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import DiskError, EncodeError, MediaError
from wajo_studio.progress import Cancelled, Job
from wajo_studio.video import invoke, run
from wajo_studio.video.boxes import box_names, top_level_boxes
from wajo_studio.video.encode_plan import Music, Overlay
from wajo_studio.video.plan import plan_clip
from wajo_studio.video.probe import probe_media
from wajo_studio.video.run import encode, encode_all
from wajo_studio.video.sound import Levels
from wajo_studio.video.verify import verify_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("klip") / "dua detik & lebih.mp4"
    return make_clip(path, steady(60, Fraction(30), beeps=(5, 35)))


@pytest.fixture(scope="module")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("panjang") / "panjang.mp4"
    return make_clip(path, steady(900, Fraction(30), options={"preset": "ultrafast"}))


def test_progress_runs_to_the_end_and_nothing_else_is_left(clip: Path, tmp_path: Path) -> None:
    seen: list[float] = []
    result = encode(
        planned(clip, item()), tmp_path / "hasil.mp4", Job(lambda f, _t: seen.append(f))
    )
    assert seen == sorted(seen)
    assert seen[0] < 0.1
    assert seen[-1] == 1.0
    assert [path.name for path in tmp_path.iterdir()] == ["hasil.mp4"]
    assert result.size_bytes == (tmp_path / "hasil.mp4").stat().st_size


def test_the_container_is_laid_out_as_promised(clip: Path, tmp_path: Path) -> None:
    plan, _result = made(clip, tmp_path / "tanpa.mp4", item(), spec())
    order = [box.name for box in top_level_boxes(tmp_path / "tanpa.mp4")]
    assert order.index("moov") < order.index("mdat")
    assert "elst" not in box_names(tmp_path / "tanpa.mp4")
    made(clip, tmp_path / "dengan.mp4", item(), spec(edit_list=True))
    assert "elst" in box_names(tmp_path / "dengan.mp4")
    with av.open(str(tmp_path / "tanpa.mp4")) as container:
        assert container.duration == pytest.approx(plan.duration_s * 1_000_000, abs=2)
        key_frames = [
            p.pts for p in container.demux(video=0) if p.is_keyframe and p.pts is not None
        ]
        assert key_frames[0] == 0


def test_the_key_frame_distance_is_two_seconds_at_most(long_clip: Path, tmp_path: Path) -> None:
    made(long_clip, tmp_path / "hasil.mp4", item(in_=1.0, out=8.0))
    with av.open(str(tmp_path / "hasil.mp4")) as container:
        packets = list(container.demux(video=0))
    places = [number for number, packet in enumerate(packets) if packet.is_keyframe and packet.size]
    assert max(later - earlier for earlier, later in pairwise(places)) <= 60


def test_metadata_of_the_source_is_gone(clip: Path, tmp_path: Path) -> None:
    tagged = tmp_path / "lokasi.mp4"
    with av.open(str(clip)) as source, av.open(str(tagged), "w") as target:
        target.metadata.update({"title": "rumah", "location": "-4.0+120.0/", "comment": "x"})
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    with av.open(str(tagged)) as container:
        assert "rumah" in container.metadata.values()
    made(tagged, tmp_path / "hasil.mp4", item())
    with av.open(str(tmp_path / "hasil.mp4")) as container:
        brands = {"major_brand", "minor_version", "compatible_brands"}
        assert set(container.metadata) <= brands
        for track in container.streams:
            assert set(track.metadata) <= {"language", "handler_name", "vendor_id", "encoder"}
    content = (tmp_path / "hasil.mp4").read_bytes()
    assert b"rumah" not in content
    assert b"-4.0+120.0" not in content


def test_cancelling_ends_within_a_second_and_cleans_up(long_clip: Path, tmp_path: Path) -> None:
    plan = planned(long_clip, item(), spec(PixelSize(1080, 1920)))
    target = tmp_path / "hasil.mp4"
    target.write_bytes(b"hasil lama")
    started, outcome = threading.Event(), []

    def listen(fraction: float, _text: str) -> None:
        if fraction > 0.1:
            started.set()

    job = Job(listen)

    def work() -> None:
        try:
            encode(plan, target, job)
        except Cancelled:
            outcome.append("cancelled")

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(60)
    asked = time.monotonic()
    job.token.cancel()
    thread.join(10)
    assert time.monotonic() - asked < 1.0
    assert outcome == ["cancelled"]
    assert [path.name for path in tmp_path.iterdir()] == ["hasil.mp4"]
    assert target.read_bytes() == b"hasil lama"


def _fake_encoder(folder: Path, script: str) -> str:
    """A program that stands in for ffmpeg."""
    program = folder / "encoder.py"
    program.write_text(f"#!{sys.executable}\nimport sys\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a program without .exe")
@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("print('kabel terputus', file=sys.stderr); sys.exit(187)", EncodeError),
        ("sys.exit(228)", DiskError),
        ("print('x: No space left on device', file=sys.stderr); sys.exit(1)", DiskError),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", EncodeError),
        ("pass", EncodeError),  # says all went well and writes nothing
    ],
)
def test_a_failing_encoder_is_told_with_its_own_words(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, error: type[Exception]
) -> None:
    plan = planned(clip, item())
    tools = tmp_path / "alat"
    tools.mkdir()
    (tmp_path / "keluar").mkdir()
    monkeypatch.setattr(run, "needed_levels", lambda *_args: Levels())
    program = _fake_encoder(tools, script)
    monkeypatch.setattr(invoke, "ffmpeg_path", lambda: program)
    with pytest.raises(error) as caught:
        encode(plan, tmp_path / "keluar" / "hasil.mp4", Job())
    if "kabel" in script:
        assert "kabel terputus" in caught.value.detail  # type: ignore[attr-defined]
    assert list((tmp_path / "keluar").iterdir()) == []


def test_a_disk_without_room_is_said_before_encoding(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(clip, item())
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1_000_000))
    with pytest.raises(DiskError) as caught:
        encode(plan, tmp_path / "hasil.mp4", Job())
    needed = round((plan.largest_bytes + 8_000_000 - 1_000_000) / 1e6)
    assert caught.value.params["megabytes"] == str(needed)
    assert list(tmp_path.iterdir()) == []


def test_a_really_full_disk_leaves_nothing(
    long_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "penuh"
    full.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(full)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small file system cannot be mounted here")
    try:
        plan = planned(long_clip, item(out=10.0))
        monkeypatch.setattr(run, "check_disk_space", lambda *_args: None)
        with pytest.raises(DiskError):
            encode(plan, full / "hasil.mp4", Job())
        assert list(full.iterdir()) == []
    finally:
        subprocess.run(["umount", str(full)], check=True, capture_output=True)


def test_a_source_that_vanished_is_said(clip: Path, tmp_path: Path) -> None:
    copy = tmp_path / "salinan.mp4"
    shutil.copyfile(clip, copy)
    plan = planned(copy, item())
    copy.unlink()
    with pytest.raises(MediaError, match=r"salinan\.mp4"):
        encode(plan, tmp_path / "hasil.mp4", Job())
    assert list(tmp_path.iterdir()) == []


def test_verification_names_every_difference(clip: Path, tmp_path: Path) -> None:
    plan = planned(clip, item())
    encode(plan, tmp_path / "hasil.mp4", Job())
    other = planned(clip, item(out=1.5), spec(PixelSize(180, 320), max_bytes=1000))
    with pytest.raises(EncodeError) as caught:
        verify_clip(tmp_path / "hasil.mp4", other)
    for word in ("width", "height", "frames", "length", "bytes"):
        assert word in caught.value.detail
    with pytest.raises(EncodeError):
        verify_clip(clip.with_name("tidak ada.mp4"), plan)


def test_the_byte_budget_is_kept(tmp_path: Path) -> None:
    noisy = tmp_path / "ramai.mp4"
    with av.open(str(noisy), "w") as container:
        import numpy as np

        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "30"}
        random = np.random.default_rng(7)
        for _number in range(100):
            noise = random.integers(0, 255, (180, 320, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(noise, format="rgb24")))
        container.mux(stream.encode(None))
    plan, result = made(noisy, tmp_path / "hasil.mp4", item(), spec(max_bytes=200_000))
    assert result.size_bytes <= 200_000
    assert plan.video_bitrate_bps < 300_000


def test_several_results_come_from_one_decode(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    original = invoke.run_ffmpeg

    def counted(arguments: list[str], *more: object, **named: object) -> list[str]:
        commands.append(arguments)
        return original(arguments, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "run_ffmpeg", counted)
    info = probe_media(clip)
    sizes = (PixelSize(320, 180), PixelSize(180, 320), PixelSize(180, 180))
    jobs = [
        (
            plan_clip(clip, info, item(in_=0.5), spec(size)),  # type: ignore[arg-type]
            tmp_path / f"{size}.mp4",
        )
        for size in sizes
    ]
    results = encode_all(jobs, Job())
    assert [(r.width, r.height) for r in results] == [(s.width, s.height) for s in sizes]
    assert len(commands) == 1
    assert commands[0].count("-i") == 1
    assert len(list(tmp_path.iterdir())) == 3


def test_a_hostile_overlay_name_reaches_no_filter(clip: Path, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "aneh %03d 'kutip';[0]=x.png"
    Image.new("RGBA", (20, 20), (255, 0, 0, 255)).save(picture)
    overlays = [Overlay.of_file(picture, 10, 10)]
    _plan, result = made(clip, tmp_path / "hasil.mp4", item(out=0.5), overlays=overlays)
    assert result.width == 320


def _tone(path: Path, seconds: float, level: float) -> Path:
    """A mono sound file of one pitch."""
    import numpy as np

    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=44_100, layout="mono")
        time_s = np.arange(round(seconds * 44_100)) / 44_100
        wave = (np.sin(2 * np.pi * 330 * time_s) * level * 32_767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(wave[np.newaxis], format="s16", layout="mono")
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _levels(path: Path, *moments_s: float) -> list[float]:
    """Loudest sample within a tenth of a second behind each moment."""
    import numpy as np

    with av.open(str(path)) as container:
        blocks = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    sound = np.abs(np.concatenate(blocks))
    starts = [round(moment_s * 48_000) for moment_s in moments_s]
    return [float(sound[start : start + 4800].max()) for start in starts]


def test_music_alone_is_repeated_levelled_and_faded(long_clip: Path, tmp_path: Path) -> None:
    music = Music.of_file(_tone(tmp_path / "pendek.wav", 1.3, 0.05))
    target = tmp_path / "keluar" / "hasil.mp4"
    target.parent.mkdir()
    _plan, result = made(long_clip, target, item(out=6.0), music=music)
    assert result.loudness_lufs == pytest.approx(-14, abs=1)
    start, middle, late, end = _levels(target, 0.03, 2.0, 4.0, 5.9)
    assert middle == pytest.approx(late, rel=0.1)
    assert start < middle * 0.5
    assert end < middle * 0.2


def test_music_makes_way_for_speech(tmp_path: Path) -> None:
    beeps = [n for n in range(0, 75, 1) if n < 40]  # a tone for 1.6 s, then silence
    clip = make_clip(tmp_path / "bicara.mp4", steady(150, Fraction(25), beeps=beeps))
    music = Music.of_file(_tone(tmp_path / "musik.wav", 8.0, 0.3))
    _plan, result = made(clip, tmp_path / "hasil.mp4", item(), music=music)
    assert result.loudness_lufs == pytest.approx(-14, abs=1.5)
    speech, alone = _levels(tmp_path / "hasil.mp4", 1.0, 3.8)
    assert 0.02 < alone < speech / 2


def test_a_music_file_without_sound_is_one_sentence(long_clip: Path, tmp_path: Path) -> None:
    plan = planned(long_clip, item(out=1.0), music=Music.of_file(long_clip))
    with pytest.raises(MediaError, match=r"panjang\.mp4"):
        encode(plan, tmp_path / "hasil.mp4", Job())
    assert list(tmp_path.iterdir()) == []
