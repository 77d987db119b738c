"""Colours, orientation, reframing, overlays, subtitles: judged by the pixels of the result."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.integration.video_clips import item, made, make_clip, spec, steady
from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.video.burn import ass_script
from wajo_studio.video.encode_plan import Overlay, Still
from wajo_studio.video.frames import frame_at
from wajo_studio.video.probe import probe_media
from wajo_studio.video.ranges import TimeRange
from wajo_studio.video.subtitles import Cue

if TYPE_CHECKING:
    from av.video.stream import VideoStream

RED, GREEN, BLUE, YELLOW = (200, 30, 40), (20, 160, 70), (30, 60, 190), (230, 190, 20)
PORTRAIT = PixelSize(180, 320)
LANDSCAPE = PixelSize(320, 180)
MATRICES = {
    (0, False): (1, 0, 0, 1),
    (90, False): (0, 1, -1, 0),
    (180, False): (-1, 0, 0, -1),
    (270, False): (0, -1, 1, 0),
    (0, True): (-1, 0, 0, 1),
    (90, True): (0, -1, -1, 0),
    (180, True): (1, 0, 0, -1),
    (270, True): (0, 1, 1, 0),
}
Picture = NDArray[np.uint8]


def quadrants(width: int, height: int) -> Picture:
    """Red, green / blue, yellow: no turning or mirroring leaves it as it is."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2] = RED
    picture[: height // 2, width // 2 :] = GREEN
    picture[height // 2 :, : width // 2] = BLUE
    picture[height // 2 :, width // 2 :] = YELLOW
    return picture


def still_clip(
    path: Path,
    picture: Picture,
    *,
    seconds: float = 0.4,
    matrix: str = "bt709",
    full_range: bool = False,
    turn: tuple[int, bool] = (0, False),
    pixel_aspect: Fraction | None = None,
    codec: str = "libx264",
    tags: dict[str, int] | None = None,
    pixel_format: str = "yuv420p",
) -> Path:
    """A clip of one picture, coded and tagged as asked."""
    with av.open(str(path), "w") as container:
        stream = cast("VideoStream", container.add_stream(codec, rate=25))
        stream.height, stream.width = picture.shape[:2]
        stream.pix_fmt = pixel_format
        stream.options = {"crf": "4", "preset": "ultrafast"} if codec == "libx264" else {}
        context = stream.codec_context
        context.colorspace = {"bt709": 1, "smpte170m": 6, "untagged": 2}[matrix]
        context.color_range = 2 if full_range else 1
        for name, value in (tags or {}).items():
            setattr(context, name, value)
        if pixel_aspect:
            context.sample_aspect_ratio = pixel_aspect
        if turn != (0, False):
            a, b, c, d = (value * 65_536 for value in MATRICES[turn])
            stream.set_display_matrix([a, b, 0, c, d, 0, 0, 0, 1 << 30])
        coded = "smpte170m" if matrix == "untagged" else matrix
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
            format=pixel_format,
            dst_colorspace="ITU709" if coded == "bt709" else "SMPTE170M",
            src_color_range="JPEG",
            dst_color_range="JPEG" if full_range else "MPEG",
        )
        for number in range(round(seconds * 25)):
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def shown(path: Path, time_s: float = 0.2) -> Picture:
    """The frame of a result as RGB, read as BT.709 like a player does."""
    return np.asarray(frame_at(path, time_s))


def colour_at(picture: Picture, x: float, y: float) -> tuple[int, ...]:
    height, width = picture.shape[:2]
    row, column = round(y * height), round(x * width)
    area = picture[row - 4 : row + 5, column - 4 : column + 5].reshape(-1, 3)
    return tuple(int(value) for value in area.mean(axis=0))


def assert_upright(picture: Picture, tolerance: int = 8) -> None:
    for (x, y), colour in {
        (0.25, 0.25): RED,
        (0.75, 0.25): GREEN,
        (0.25, 0.75): BLUE,
        (0.75, 0.75): YELLOW,
    }.items():
        assert colour_at(picture, x, y) == pytest.approx(colour, abs=tolerance)


@pytest.mark.parametrize("turn", list(MATRICES))
def test_every_orientation_comes_out_upright(tmp_path: Path, turn: tuple[int, bool]) -> None:
    upright = Image.fromarray(quadrants(320, 180))
    rotation, mirrored = turn
    stored = upright.rotate(rotation, expand=True)  # counter-clockwise: undoes the clockwise turn
    if mirrored:
        stored = stored.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    clip = still_clip(tmp_path / "putar.mp4", np.asarray(stored), turn=turn)
    info = probe_media(clip)
    assert (info.rotation, info.mirrored) == turn  # type: ignore[union-attr]
    assert info.size == LANDSCAPE  # type: ignore[union-attr]
    assert_upright(shown(clip))
    made(clip, tmp_path / "hasil.mp4", item(), spec(LANDSCAPE))
    assert_upright(shown(tmp_path / "hasil.mp4"))


@pytest.mark.parametrize(
    ("matrix", "full_range"),
    [
        ("bt709", False),
        ("bt709", True),
        ("smpte170m", False),
        ("smpte170m", True),
        ("untagged", False),
    ],
)
def test_colours_survive_whatever_their_coding(
    tmp_path: Path, matrix: str, full_range: bool
) -> None:
    clip = still_clip(
        tmp_path / "warna.mp4", quadrants(320, 180), matrix=matrix, full_range=full_range
    )
    assert_upright(shown(clip), tolerance=6)
    made(clip, tmp_path / "hasil.mp4", item(), spec(LANDSCAPE))
    assert_upright(shown(tmp_path / "hasil.mp4"), tolerance=6)


def test_pixel_aspect_is_applied(tmp_path: Path) -> None:
    clip = still_clip(tmp_path / "sar.mp4", quadrants(240, 180), pixel_aspect=Fraction(4, 3))
    info = probe_media(clip)
    assert info.size == LANDSCAPE  # type: ignore[union-attr]
    made(clip, tmp_path / "hasil.mp4", item(), spec(LANDSCAPE))
    assert_upright(shown(tmp_path / "hasil.mp4"))


def test_flat_bars_have_the_brand_colour(tmp_path: Path) -> None:
    clip = still_clip(tmp_path / "lebar.mp4", quadrants(320, 180))
    media = item(reframe="fit-colour")
    made(clip, tmp_path / "hasil.mp4", media, spec(PORTRAIT), colour="#0B4A3C")
    picture = shown(tmp_path / "hasil.mp4")
    assert colour_at(picture, 0.5, 0.1) == pytest.approx((0x0B, 0x4A, 0x3C), abs=4)
    assert colour_at(picture, 0.5, 0.9) == pytest.approx((0x0B, 0x4A, 0x3C), abs=4)
    assert colour_at(picture, 0.25, 0.45) == pytest.approx(RED, abs=8)


@pytest.mark.parametrize(("source", "frame"), [((320, 180), PORTRAIT), ((180, 320), LANDSCAPE)])
def test_blurred_bars_are_the_dimmed_picture(
    tmp_path: Path, source: tuple[int, int], frame: PixelSize
) -> None:
    clip = still_clip(tmp_path / "kabur.mp4", quadrants(*source))
    plan, _result = made(clip, tmp_path / "hasil.mp4", item(), spec(frame))
    assert plan.reframe == "fit-blur"
    picture = shown(tmp_path / "hasil.mp4")
    assert picture.shape[:2] == (frame.height, frame.width)
    corner = colour_at(picture, 0.06, 0.05)
    assert corner[0] == max(corner)  # dimmed red at the upper left
    assert 60 < corner[0] < RED[0] - 30
    centre = (0.5 - 0.1, 0.5 - 0.05) if frame is PORTRAIT else (0.5 - 0.05, 0.5 - 0.1)
    assert colour_at(picture, *centre) == pytest.approx(RED, abs=10)


def test_fill_keeps_the_focus_in_sight(tmp_path: Path) -> None:
    clip = still_clip(tmp_path / "isi.mp4", quadrants(640, 180))
    made(clip, tmp_path / "kiri.mp4", item(reframe="fill", focus=[0.1, 0.5]), spec(PORTRAIT))
    assert colour_at(shown(tmp_path / "kiri.mp4"), 0.9, 0.25) == pytest.approx(RED, abs=8)
    made(clip, tmp_path / "kanan.mp4", item(reframe="fill", focus=[0.9, 0.5]), spec(PORTRAIT))
    assert colour_at(shown(tmp_path / "kanan.mp4"), 0.1, 0.75) == pytest.approx(YELLOW, abs=8)


def test_fill_follows_the_focus_path(tmp_path: Path) -> None:
    clip = still_clip(tmp_path / "ikut.mp4", quadrants(640, 180), seconds=2.0)
    path = [[0.4, 0.1, 0.5], [1.6, 0.9, 0.5]]
    media = item(reframe="fill", focus_path=path, in_=0.2, out=2.0)
    made(clip, tmp_path / "hasil.mp4", media, spec(PORTRAIT))
    share = [
        float((shown(tmp_path / "hasil.mp4", time_s)[20, :, 1] > 100).mean())
        for time_s in (0.1, 0.5, 0.8, 1.1, 1.6)
    ]
    assert share[0] == 0.0
    assert share[-1] == 1.0
    assert share == sorted(share)
    assert share[2] == pytest.approx(0.5, abs=0.08)  # the middle of the way at half time


def test_overlays_show_where_and_when_they_should(tmp_path: Path) -> None:
    clip = still_clip(tmp_path / "tempel.mp4", quadrants(320, 180), seconds=3.0)
    Image.new("RGBA", (40, 20), (232, 163, 23, 255)).save(tmp_path / "logo.png")
    Image.new("RGBA", (60, 30), (11, 74, 60, 255)).save(tmp_path / "nama.png")
    overlays = [
        Overlay.of_file(tmp_path / "logo.png", 250, 10),
        Overlay.of_file(tmp_path / "nama.png", 20, 130, from_s=1.0, to_s=2.0, fade_s=0.2),
    ]
    media = item(keep=[[0.6, 1.4], [1.8, 2.6]])
    made(clip, tmp_path / "hasil.mp4", media, spec(LANDSCAPE), overlays=overlays)
    for time_s, name_shows in ((0.2, False), (0.7, True), (1.04, False), (1.4, False)):
        picture = shown(tmp_path / "hasil.mp4", time_s)
        assert colour_at(picture, 270 / 320, 20 / 180) == pytest.approx((232, 163, 23), abs=8)
        expected = (11, 74, 60) if name_shows else BLUE
        assert colour_at(picture, 50 / 320, 145 / 180) == pytest.approx(expected, abs=8)
    half_faded = colour_at(shown(tmp_path / "hasil.mp4", 0.5), 50 / 320, 145 / 180)
    assert 90 < half_faded[2] < 160


def test_opener_and_closer_stand_around_the_clip(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "isi.mp4", steady(25, Fraction(25), beeps=(10,)))
    Image.new("RGB", (320, 180), (11, 74, 60)).save(tmp_path / "pembuka.png")
    Image.new("RGB", (320, 180), (232, 163, 23)).save(tmp_path / "penutup.png")
    opener = Still(tmp_path / "pembuka.png", "a", Fraction(1))
    closer = Still(tmp_path / "penutup.png", "b", Fraction(1, 2))
    plan, result = made(clip, tmp_path / "hasil.mp4", item(), opener=opener, closer=closer)
    assert result.duration_s == pytest.approx(1 + 1.0 + 0.48, abs=0.05)
    assert plan.moment_in_result_s(0.4) == pytest.approx(1.4)
    assert colour_at(shown(tmp_path / "hasil.mp4", 0.98), 0.5, 0.5) == pytest.approx(
        (11, 74, 60), abs=5
    )
    assert colour_at(shown(tmp_path / "hasil.mp4", result.duration_s - 0.04), 0.5, 0.5) == (
        pytest.approx((232, 163, 23), abs=5)
    )


def test_burned_subtitles_stay_in_the_safe_zone(tmp_path: Path) -> None:
    grey = np.full((320, 180, 3), 128, np.uint8)
    clip = still_clip(tmp_path / "takarir.mp4", grey, seconds=1.2)
    zone = SafeZone(top=45, bottom=112, left=11, right=11)
    cue = Cue(Fraction(1, 5), Fraction(1), "Perekaman KTP-el {gratis}\ndi kantor kecamatan")
    script = ass_script([cue], PORTRAIT, zone)
    made(clip, tmp_path / "hasil.mp4", item(), spec(PORTRAIT), subtitles=script)
    before, during = shown(tmp_path / "hasil.mp4", 0.08), shown(tmp_path / "hasil.mp4", 0.6)
    assert np.ptp(before) < 12
    changed = np.abs(during.astype(int) - 128).max(axis=2) > 20
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    assert rows.min() >= zone.top
    assert rows.max() < 320 - zone.bottom
    assert columns.min() >= zone.left
    assert columns.max() < 180 - zone.right
    assert during.max() > 235  # white letters
    plate = during[rows.min() + 1, columns.min() + 2].tolist()
    assert plate == pytest.approx([51, 51, 51], abs=8)  # 40 % of the grey shows through


def test_hdr_white_is_bright_and_tags_are_sdr(tmp_path: Path) -> None:
    signal = np.full((180, 320, 3), round(0.75 * 255), np.uint8)  # HLG reference white
    clip = still_clip(
        tmp_path / "hlg.mp4",
        signal,
        codec="libx265",
        pixel_format="yuv420p10le",
        tags={"color_trc": 18, "color_primaries": 9, "colorspace": 9},
    )
    assert probe_media(clip).colour_transfer == "arib-std-b67"  # type: ignore[union-attr]
    preview = colour_at(shown(clip), 0.5, 0.5)
    made(clip, tmp_path / "hasil.mp4", item(), spec(LANDSCAPE))
    result = colour_at(shown(tmp_path / "hasil.mp4"), 0.5, 0.5)
    assert result == pytest.approx(preview, abs=4)
    assert min(result) > 200 and max(result) - min(result) < 8


@pytest.mark.parametrize(
    ("name", "codec", "pixel_format"),
    [
        ("mentah.avi", "rawvideo", "bgr24"),
        ("foto.avi", "mjpeg", "yuvj422p"),
        ("sunting.mov", "prores_ks", "yuv422p10le"),
        ("web.webm", "libvpx-vp9", "yuv444p"),
        ("lama.wmv", "wmv2", "yuv420p"),
        ("lama.flv", "flv", "yuv420p"),
        ("cakram.mpg", "mpeg1video", "yuv420p"),
    ],
)
def test_other_containers_and_pixel_formats(
    tmp_path: Path, name: str, codec: str, pixel_format: str
) -> None:
    clip = tmp_path / name
    with av.open(str(clip), "w") as container:
        stream = cast("VideoStream", container.add_stream(codec, rate=25))
        stream.width, stream.height, stream.pix_fmt = 320, 180, pixel_format
        stream.bit_rate = 4_000_000
        frame = av.VideoFrame.from_ndarray(quadrants(320, 180), format="rgb24")
        frame = frame.reformat(format=pixel_format)
        for number in range(10):
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert_upright(shown(clip), tolerance=10)
    made(clip, tmp_path / "hasil.mp4", item(), spec(LANDSCAPE))
    assert_upright(shown(tmp_path / "hasil.mp4"), tolerance=10)


def test_filling_a_turned_clip_keeps_its_focus(tmp_path: Path) -> None:
    upright = Image.fromarray(quadrants(1280, 480))
    stored = np.asarray(upright.rotate(90, expand=True))
    clip = still_clip(tmp_path / "putar.mp4", stored, turn=(90, False), seconds=0.2)
    media = item(reframe="fill", focus=[0.1, 0.5])
    made(clip, tmp_path / "hasil.mp4", media, spec(PORTRAIT))
    picture = shown(tmp_path / "hasil.mp4", 0.1)
    assert colour_at(picture, 0.5, 0.25) == pytest.approx(RED, abs=8)
    assert colour_at(picture, 0.5, 0.75) == pytest.approx(BLUE, abs=8)


def test_a_size_that_changes_in_the_middle(tmp_path: Path) -> None:
    """Recordings of video calls do this."""
    streams = []
    for size in ((320, 180), (640, 360)):
        part = tmp_path / f"{size[0]}.h264"
        with av.open(str(part), "w", format="h264") as container:
            stream = container.add_stream("libx264", rate=25)
            stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
            stream.options = {"bf": "0"}
            frame = av.VideoFrame.from_ndarray(quadrants(*size), format="rgb24")
            for number in range(25):
                frame.pts = number
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        streams.append(part.read_bytes())
    (tmp_path / "ganti.h264").write_bytes(b"".join(streams))
    with (
        av.open(str(tmp_path / "ganti.h264"), options={"framerate": "25"}) as source,
        av.open(str(tmp_path / "ganti.mkv"), "w") as target,
    ):
        copied = target.add_stream_from_template(source.streams.video[0])
        for number, packet in enumerate(source.demux(video=0)):
            if packet.size:
                packet.stream, packet.time_base = copied, Fraction(1, 25)
                packet.pts = packet.dts = number
                target.mux(packet)
    _plan, result = made(tmp_path / "ganti.mkv", tmp_path / "hasil.mp4", item(), spec(LANDSCAPE))
    assert result.duration_s == pytest.approx(2.0, abs=0.02)
    assert_upright(shown(tmp_path / "hasil.mp4", 0.5), tolerance=12)
    assert_upright(shown(tmp_path / "hasil.mp4", 1.5), tolerance=12)


def test_burned_subtitles_stand_above_a_lower_third(tmp_path: Path) -> None:
    grey = np.full((320, 180, 3), 128, np.uint8)
    clip = still_clip(tmp_path / "takarir.mp4", grey, seconds=1.2)
    top = 190
    strip = (TimeRange(Fraction(0), Fraction(1, 2)), top)
    cues = [Cue(Fraction(0), Fraction(3, 5), "Pertama"), Cue(Fraction(3, 5), Fraction(1), "Kedua")]
    script = ass_script(cues, PORTRAIT, SafeZone(bottom=60), [strip])
    made(clip, tmp_path / "hasil.mp4", item(), spec(PORTRAIT), subtitles=script)

    def rows(time_s: float) -> tuple[int, int]:
        picture = shown(tmp_path / "hasil.mp4", time_s).astype(int)
        found = np.flatnonzero((np.abs(picture - 128).max(axis=2) > 20).any(axis=1))
        return int(found.min()), int(found.max())

    assert rows(0.3)[1] < top
    assert rows(0.56)[1] < top  # it does not jump when the strip goes
    assert rows(0.8)[0] > top
