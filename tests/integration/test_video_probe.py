"""What clips really are: the collection of real files, and damage made here."""

import csv
import shutil
import threading
import time
from fractions import Fraction
from pathlib import Path

import pytest

from tests.integration.video_clips import make_clip, steady
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import AudioInfo, ClipInfo
from wajo_studio.errors import MediaError
from wajo_studio.video import probe
from wajo_studio.video.probe import probe_media


def probed(path: Path) -> ClipInfo:
    info = probe_media(path)
    assert isinstance(info, ClipInfo)
    return info


@pytest.fixture(scope="module")
def listed(shared_media: Path) -> list[dict[str, str]]:
    with (shared_media / "videos" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.shared_media
def test_the_collection_is_what_its_list_says(
    shared_media: Path, listed: list[dict[str, str]]
) -> None:
    seen = 0
    for row in listed:
        path = shared_media / "videos" / row["file"]
        if "x" not in row["width_x_height_as_displayed"]:
            continue
        info = probed(path)
        width, height = map(int, row["width_x_height_as_displayed"].split("x"))
        assert info.size == PixelSize(width, height), path.name
        assert info.video_codec == row["codec"].split()[0], path.name
        assert info.pixel_format == row["codec"].split()[1], path.name
        assert info.sha256 == row["sha256"], path.name
        if row["audio"] == "none":
            assert info.audio_codec is None, path.name
        else:
            assert info.audio_codec == row["audio"].split()[0], path.name
        if info.readable_until_s is None:
            half_frame_s = 0.5 / float(info.frame_rate) + 0.006  # the list rounds to 10 ms
            listed_s = float(row["duration_s"])
            assert info.duration_s == pytest.approx(listed_s, abs=half_frame_s), path.name
        seen += 1
    assert seen >= 28


@pytest.mark.shared_media
@pytest.mark.parametrize(
    ("name", "rate", "variable"),
    [
        ("speech-42s-720p30-silence-gap.mp4", Fraction(30), False),
        ("traffic-29s-540p60-noaudio.mp4", Fraction(60_000, 1001), False),
        ("avi-mpeg4-mp3.avi", Fraction(24_000, 1001), False),
        ("webm-vp9-odd-dimensions.webm", Fraction(30_000, 1001), False),
        ("mov-pcm-1080p50.mov", Fraction(50), False),
        ("iphone-portrait-rot90-hevc-hlg-hdr.mp4", Fraction(30), False),
        ("hevc-sdr-960x540-vfr.mov", None, True),
        ("phone-rot180-vfr-mono.mp4", None, True),
    ],
)
def test_frame_rates(shared_media: Path, name: str, rate: Fraction | None, variable: bool) -> None:
    info = probed(shared_media / "videos" / name)
    assert info.variable_frame_rate is variable
    if rate is not None:
        assert info.frame_rate == rate


@pytest.mark.shared_media
def test_orientation_colour_and_fields(shared_media: Path) -> None:
    folder = shared_media / "videos"
    assert [probed(folder / f"rotation-tag-{d}.mov").rotation for d in (0, 90, 180, 270)] == [
        0, 90, 180, 270,
    ]  # fmt: skip
    assert probed(folder / "hdr10-pq-hevc-1080p-1s.mp4").colour_transfer == "smpte2084"
    hlg = probed(folder / "iphone-portrait-rot90-hevc-hlg-hdr.mp4")
    assert (hlg.colour_transfer, hlg.pixel_format) == ("arib-std-b67", "yuv420p10le")
    fields = probed(folder / "interlaced-tff-480i-mpeg2-ac3-5.1.mpg")
    assert (fields.interlaced, fields.audio_channels) == (True, 6)


@pytest.mark.shared_media
def test_a_lying_ending_and_a_cut_file_are_seen(shared_media: Path) -> None:
    lying = probed(shared_media / "videos" / "wrong-extension-is-webm.mp4")
    assert ".webm" in lying.expected_suffixes
    assert ".mp4" not in lying.expected_suffixes
    cut = probed(shared_media / "videos" / "broken-truncated-faststart.mp4")
    assert cut.readable_until_s == pytest.approx(181 / 30, abs=0.04)
    assert cut.duration_s == cut.readable_until_s


@pytest.mark.shared_media
def test_sound_alone(shared_media: Path) -> None:
    info = probe_media(shared_media / "videos" / "audio-only-speech.mp3")
    assert isinstance(info, AudioInfo)
    assert info.audio_codec == "mp3"
    assert info.duration_s == pytest.approx(13.1, abs=0.2)


@pytest.mark.shared_media
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("videos/zero-bytes.mp4", "media.empty"),
        ("videos/broken-truncated-no-index.mp4", "media.incomplete"),
        ("videos/MANIFEST.tsv", "media.unreadable"),
        ("photos/exif-orientation-1-landscape.jpg", "media.unreadable"),
        ("photos/webp-animated-alpha-42frames.webp", "media.unreadable"),
        ("subtitles/speech-42s.id.srt", "media.unreadable"),
    ],
)
def test_what_is_no_clip_is_refused_in_a_sentence(shared_media: Path, name: str, code: str) -> None:
    with pytest.raises(MediaError) as caught:
        probe_media(shared_media / name)
    assert caught.value.code == code
    assert Path(name).name in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="tidak-ada"):
        probe_media(tmp_path / "tidak-ada.mp4")
    with pytest.raises(MediaError):
        probe_media(tmp_path)


def test_a_playlist_cannot_send_the_reader_elsewhere(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "klip.ts", steady(30, Fraction(25)))
    playlist = tmp_path / "daftar.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n{clip}\n#EXT-X-ENDLIST\n")
    with pytest.raises(MediaError):
        probe_media(playlist)
    playlist.write_text(f"ffconcat version 1.0\nfile '{clip}'\n")
    with pytest.raises(MediaError):
        probe_media(playlist)


@pytest.mark.parametrize("name", ["utuh.mkv", "utuh.avi"])
def test_files_cut_in_the_middle_keep_their_readable_part(tmp_path: Path, name: str) -> None:
    codec = "mpeg4" if name.endswith("avi") else "libx264"
    whole = make_clip(tmp_path / name, steady(250, Fraction(25), codec=codec, options={"g": "25"}))
    assert probed(whole).readable_until_s is None
    content = whole.read_bytes()
    whole.write_bytes(content[: len(content) * 6 // 10])
    info = probed(whole)
    assert info.readable_until_s is not None
    assert 3.0 < info.readable_until_s < 9.0


def test_a_file_still_being_copied_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_clip(tmp_path / "utuh.mp4", steady(250, Fraction(25)))
    content = whole.read_bytes()
    growing = tmp_path / "tumbuh.mp4"
    growing.write_bytes(content[: len(content) // 2])
    monkeypatch.setattr(probe, "_GROWTH_WATCH_S", 0.4)

    def copy_on() -> None:
        for _step in range(12):
            time.sleep(0.1)
            with growing.open("ab") as file:
                file.write(b"x" * 1000)

    thread = threading.Thread(target=copy_on)
    thread.start()
    try:
        with pytest.raises(MediaError) as caught:
            probe_media(growing)
    finally:
        thread.join()
    assert caught.value.code == "media.growing"


def test_reading_leaves_the_file_alone(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "asli.mp4", steady(30, Fraction(25)))
    before = (clip.read_bytes(), clip.stat().st_mtime_ns)
    probed(clip)
    assert (clip.read_bytes(), clip.stat().st_mtime_ns) == before
    shutil.rmtree(tmp_path)  # nothing keeps it open
