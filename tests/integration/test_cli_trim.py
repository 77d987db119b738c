"""``media trim``: times as people write them, several parts, wind, and what is said."""

import subprocess
from pathlib import Path

import av
import numpy as np
import pytest

from tests.integration.cli_helpers import call, clip, tree
from tests.integration.video_clips import numbers_of
from wajo_studio.video.ffmpeg import ffmpeg_path

RUMBLE_HZ, VOICE_HZ = 40, 1000


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds, 12 numbered frames a second, with sound."""
    return clip(tmp_path_factory.mktemp("clips"))


@pytest.fixture(scope="module")
def windy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of a high tone in a rumble twice as strong."""
    path = tmp_path_factory.mktemp("clips") / "angin.mp4"
    tones = f"0.4*sin({RUMBLE_HZ}*2*PI*t)+0.2*sin({VOICE_HZ}*2*PI*t)"
    sources = ["-f", "lavfi", "-i", "testsrc=s=320x180:r=12:d=1"]
    sources += ["-f", "lavfi", "-i", f"aevalsrc={tones}:s=48000:d=1"]
    command = [ffmpeg_path(), "-v", "error", *sources, "-c:a", "aac", str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


def strength(path: Path, frequency_hz: float) -> float:
    """How strong a tone is in a clip's sound."""
    with av.open(str(path)) as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    turns = np.exp(-2j * np.pi * frequency_hz * np.arange(len(sound)) / 48_000)
    return float(abs((sound * turns).mean()))


def test_times_are_read_as_clocks_show_them(tmp_path: Path, film: Path) -> None:
    target = tmp_path / "hasil.mp4"
    made = call("media", "trim", film, "--in", "0:01", "--out", "00:01,5", "--placement",
                "x.post", "--out-file", target, "--json")  # fmt: skip
    assert made.status == 0, made.err
    assert numbers_of(target) == list(range(12, 18))


def test_several_parts_are_joined_in_their_order(tmp_path: Path, film: Path) -> None:
    target = tmp_path / "hasil.mp4"
    made = call("media", "trim", film, "--keep", "0.5-1", "--keep", "3-0:03.5", "--placement",
                "x.post", "--out-file", target, "--json")  # fmt: skip
    assert made.status == 0, made.err
    assert numbers_of(target) == [*range(6, 12), *range(36, 42)]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--in", "1:2:3:4"), "--in"),
        (("--keep", "3"), "--keep"),
        (("--keep", "3-x"), "--keep"),
        (("--keep", "2-1"), "--out"),
        (("--keep", "0-1", "--keep", "2-2"), "--keep"),
        (("--keep", "1-2", "--keep", "0-1"), "--keep"),
        (("--keep", "0-1", "--keep", "0.5-2"), "--keep"),
        (("--keep", "0-1", "--in", "0"), "--in"),
        (("--keep", "0-1", "--keep", "2-3", "--split"), "--split"),
        (("--out-file", "hasil.mov"), "hasil.mov"),
        (("--out-file", "hasil"), ".mp4"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    tmp_path: Path, film: Path, words: tuple[str, ...], named: str
) -> None:
    target = () if "--out-file" in words else ("--out-file", tmp_path / "hasil.mp4")
    outcome = call("media", "trim", film, "--placement", "x.post", *target, *words)
    assert outcome.status == 2
    assert named in outcome.sentence
    assert tree(tmp_path) == []


def test_a_clip_too_short_for_its_placement_is_said(tmp_path: Path, film: Path) -> None:
    target = tmp_path / "hasil.mp4"
    made = call("media", "trim", film, "--out", "1", "--placement", "facebook.reel",
                "--out-file", target, "--json")  # fmt: skip
    assert made.status == 0
    assert made.json["duration_s"] == 1
    assert "facebook.reel" in made.sentence


def test_the_wind_filter_takes_the_rumble_and_leaves_the_voice(tmp_path: Path, windy: Path) -> None:
    shares = {}
    for name, words in (("asli", ()), ("bersih", ("--wind-filter",))):
        target = tmp_path / f"{name}.mp4"
        made = call("media", "trim", windy, "--placement", "x.post", "--out-file", target,
                    *words, "--json")  # fmt: skip
        assert made.status == 0, made.err
        shares[name] = strength(target, RUMBLE_HZ) / strength(target, VOICE_HZ)
        assert made.json["loudness_lufs"] == pytest.approx(-14, abs=1)
    assert shares["asli"] > 1.5
    assert shares["bersih"] < shares["asli"] / 15


def test_the_version_is_told(tmp_path: Path) -> None:
    outcome = call("--version")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("Wajo Studio ")
