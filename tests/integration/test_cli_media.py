"""``media probe`` and ``media trim``."""

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest

from tests.integration.cli_helpers import call, clip, jpeg, tree
from tests.integration.video_clips import numbers_of
from wajo_studio import bootstrap
from wajo_studio.errors import InputError
from wajo_studio.progress import Job
from wajo_studio.services.trimming import Wish, split_clip
from wajo_studio.video.ffmpeg import ffmpeg_path

KEYS = ("schema", "file", "bytes", "format", "kind")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds, 12 numbered frames a second, with sound."""
    return clip(tmp_path_factory.mktemp("clips"))


def sound(path: Path) -> Path:
    """A second of silence."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000)
        frame = av.AudioFrame(format="s16", layout="mono", samples=8000)
        frame.sample_rate = 8000
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def probe(path: Path) -> dict[str, Any]:
    """What ``media probe --json`` says."""
    outcome = call("media", "probe", path, "--json")
    assert outcome.status == 0, outcome.err
    assert set(KEYS) <= set(outcome.json)
    assert (outcome.json["schema"], outcome.json["bytes"]) == (1, path.stat().st_size)
    return dict(outcome.json)


def test_probe_tells_kind_and_facts(tmp_path: Path, film: Path) -> None:
    photo = tmp_path / "foto é.png"
    photo.write_bytes(jpeg(400, 300))
    facts = probe(photo)
    assert (facts["kind"], facts["format"]) == ("photo", "JPEG")
    assert facts["size"] == {"width": 400, "height": 300}
    facts = probe(film)
    assert (facts["kind"], facts["video_codec"], facts["audio_codec"]) == ("clip", "h264", "aac")
    assert (facts["size"], facts["frame_rate"]) == ({"width": 320, "height": 180}, "12/1")
    assert facts["duration_s"] == pytest.approx(4, abs=0.1)
    facts = probe(sound(tmp_path / "bunyi.wav"))
    assert (facts["kind"], facts["audio_codec"]) == ("audio", "pcm_s16le")
    plain = call("media", "probe", film)
    assert (plain.status, plain.out) == (0, "")
    assert "h264" in plain.err
    for raw_key in ("video_codec", "audio_channels", "expected_suffixes", "None", "False"):
        assert raw_key not in plain.err


def test_probe_says_what_is_broken(tmp_path: Path, film: Path) -> None:
    photo = tmp_path / "potong.jpg"
    photo.write_bytes(jpeg()[:-2000])
    moved = tmp_path / "klip.ts"
    subprocess.run([ffmpeg_path(), "-v", "error", "-i", film, "-c", "copy", moved], check=True)
    half = tmp_path / "potong.mp4"
    options = ["-movflags", "+faststart", "-c", "copy"]
    subprocess.run([ffmpeg_path(), "-v", "error", "-i", film, *options, half], check=True)
    half.write_bytes(half.read_bytes()[: half.stat().st_size * 2 // 3])
    for path in (photo, half):
        assert probe(path)["damage"]
        assert probe(path)["damage"] in call("media", "probe", path).err
    for path in (film, moved):
        assert probe(path)["damage"] is None


def test_what_cannot_be_probed_is_refused(tmp_path: Path, film: Path) -> None:
    (tmp_path / "kosong.mp4").write_bytes(b"")
    (tmp_path / "teks.jpg").write_text("bukan foto")
    (tmp_path / "potong.mp4").write_bytes(film.read_bytes()[:2000])
    (tmp_path / "folder.mp4").mkdir()
    for path in (*tmp_path.iterdir(), tmp_path / "tidak-ada.mov"):
        outcome = call("media", "probe", path, "--json")
        assert outcome.status == 2
        assert outcome.error["message"] == outcome.sentence
        assert path.name in outcome.sentence


@pytest.mark.shared_media
def test_every_shared_file_is_probed_or_refused(shared_media: Path) -> None:
    kinds: dict[str, int] = {}
    for path in shared_media.rglob("*"):
        if path.is_file():
            outcome = call("media", "probe", path, "--json")
            assert outcome.status in (0, 2), path.name
            if outcome.status == 2:
                assert path.name in outcome.error["message"]
            kind = outcome.json.get("kind", "refused")
            kinds[kind] = kinds.get(kind, 0) + 1
    assert kinds["photo"] > 25
    assert kinds["clip"] > 25
    assert kinds["audio"] == 1


def trim(file: Path, out_file: Path, *words: str) -> Any:
    """``media trim`` to a facebook.reel unless told otherwise."""
    placement = () if "--placement" in words else ("--placement", "facebook.reel")
    return call("media", "trim", file, "--out-file", out_file, *placement, *words, "--json")


def test_trim_is_frame_exact(tmp_path: Path, film: Path) -> None:
    target = tmp_path / "baru" / "potongan é.mp4"
    made = trim(film, target, "--in", "0.5", "--out", "1.25", "--placement", "x.post")
    assert made.status == 0, made.err
    assert made.json["schema"] == 1
    assert (made.json["width"], made.json["height"]) == (1280, 720)
    assert made.json["duration_s"] == 0.75
    assert made.json["fps"] == 12
    assert numbers_of(target) == list(range(6, 15))
    assert tree(tmp_path) == ["baru/potongan é.mp4"]
    plain = call("media", "trim", film, "--in", "3.9", "--out-file", tmp_path / "akhir.mp4",
                 "--placement", "youtube.short")  # fmt: skip
    assert (plain.status, plain.out) == (0, "")
    assert "akhir.mp4" in plain.err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--in", "2", "--out", "1"), "--out"),
        (("--in", "2", "--out", "2"), "--out"),
        (("--in=-1",), "--in"),
        (("--in", "nan"), "--in"),
        (("--in", "inf"), "--in"),
        (("--in", "1", "--out", "nan"), "--out"),
        (("--in", "1", "--out", "inf"), "--out"),
        (("--in", "99"), "99"),
        (("--placement", "instagram.feed"), "instagram.feed"),
        (("--placement", "tidak.ada"), "tidak.ada"),
    ],
)
def test_trim_refuses(tmp_path: Path, film: Path, words: tuple[str, ...], named: str) -> None:
    outcome = trim(film, tmp_path / "a" / "b.mp4", *words)
    assert outcome.status == 2
    assert outcome.error["message"] == outcome.sentence
    assert named in outcome.sentence
    assert tree(tmp_path) == []


def test_a_take_too_long_is_split_into_neighbours(tmp_path: Path, film: Path) -> None:
    whole = trim(film, tmp_path / "utuh.mp4", "--split", "--placement", "x.post")
    assert [part["file"] for part in whole.json["parts"]] == [str(tmp_path / "utuh.mp4")]
    (tmp_path / "utuh.mp4").unlink()
    studio = bootstrap.build()
    spec = studio.specs["x.post"]
    assert spec.video is not None
    short = spec.video.model_copy(update={"max_duration_s": 1.5, "min_duration_s": 0.5})
    studio = replace(studio, specs={"x.post": spec.model_copy(update={"video": short})})
    target = tmp_path / "bagian.mp4"
    made = split_clip(studio, film, "x.post", target, Wish(((0.5, 3.5),)), Job())
    assert [path.name for path, _facts in made] == ["bagian-1.mp4", "bagian-2.mp4"]
    numbers = [number for path, _facts in made for number in numbers_of(path)]
    assert numbers == list(range(6, 42))
    assert max(facts["duration_s"] for _path, facts in made) <= 1.5
    with pytest.raises(InputError, match="bagian-1"):
        split_clip(studio, film, "x.post", target, Wish(((0.5, 3.5),)), Job())


def test_trim_never_overwrites(tmp_path: Path, film: Path) -> None:
    mine = tmp_path / "mine.mp4"
    mine.write_bytes(b"mine")
    (tmp_path / "link.mp4").symlink_to("tidak-ada")
    for target in (mine, tmp_path, tmp_path / "link.mp4", film):
        outcome = trim(film, target)
        assert outcome.status == 2
        assert target.name in outcome.sentence
    assert mine.read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.mp4", "mine.mp4"]


def test_trim_wants_a_clip(tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_bytes(jpeg(400, 300))
    for path in (tmp_path / "foto.jpg", sound(tmp_path / "bunyi.wav"), tmp_path / "tidak-ada"):
        outcome = trim(path, tmp_path / "out.mp4")
        assert outcome.status == 2
        assert path.name in outcome.sentence


def test_trim_into_a_folder_that_cannot_be_written(film: Path) -> None:
    outcome = trim(film, Path("/proc/wajo/out.mp4"))
    assert outcome.status == 3
    assert "/proc/wajo" in outcome.error["message"]
