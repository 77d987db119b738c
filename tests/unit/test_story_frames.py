"""The frames of a story: smooth, in the right colours, blended, titled."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.integration.video_clips import spec
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.video.story_frames import Area, Shot, StoryFrames, Title, to_planes
from wajo_studio.video.story_plan import plan_story

SIZE = PixelSize(96, 160)
SMOOTH_PX = 0.04


def still(image: Image.Image) -> Shot:
    whole = (0.0, 0.0, float(image.width), float(image.height))
    return Shot(image, whole, whole)


def frames(*shots: Shot, seconds: float = 2.0, title: Title | None = None) -> StoryFrames:
    plan = plan_story(len(shots), seconds, SIZE, spec(SIZE))
    return StoryFrames(plan, lambda number: shots[number], title)


def flat(colour: tuple[int, int, int]) -> Shot:
    return still(Image.new("RGB", (SIZE.width, SIZE.height), colour))


def level(plane: Image.Image) -> int:
    """The value of a plane's first sample."""
    return int(np.asarray(plane)[0, 0])


def spot(width: int, height: int, x: float, y: float, radius: float = 5.0) -> Image.Image:
    """A soft light spot on black."""
    rows, columns = np.mgrid[0:height, 0:width] + 0.5
    light = 230 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * radius**2))
    return Image.fromarray(light.round().astype(np.uint8)).convert("RGB")


def centre(plane: Image.Image) -> tuple[float, float]:
    """Where the light is, in pixels."""
    light: NDArray[np.float64] = np.asarray(plane, float) - 16
    rows, columns = np.mgrid[0 : light.shape[0], 0 : light.shape[1]] + 0.5
    return float((light * columns).sum() / light.sum()), float((light * rows).sum() / light.sum())


def jerk(positions: list[tuple[float, float]]) -> float:
    """The greatest deviation of a step from the mean of its neighbours, in pixels."""
    track = np.array(positions)
    return float(np.abs(np.diff(track, n=2, axis=0)).max())


def whole_pixels(image: Image.Image, area: Area) -> Image.Image:
    """What cutting at whole pixels would give: the counterpart that trembles."""
    box = tuple(round(edge) for edge in area)
    cut = image.crop((box[0], box[1], box[2], box[3])).resize((SIZE.width, SIZE.height))
    return to_planes(cut).y


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((10.0, 20.0, 130.0, 220.0), (13.0, 22.0, 133.0, 222.0)),  # pan: 0.05 pixels a frame
        ((0.0, 0.0, 144.0, 240.0), (24.0, 30.0, 139.0, 221.67)),  # zoom to one side
    ],
)
def test_slow_moves_glide_in_fractions_of_a_pixel(start: Area, end: Area) -> None:
    image = spot(150, 250, 75.3, 119.6)
    shot = Shot(image, start, end)
    story = frames(shot)
    planes = [story.planes(number / 30) for number in range(60)]
    steps = [centre(frame.y) for frame in planes]
    assert np.hypot(*np.subtract(steps[-1], steps[0])) > 2  # it does move
    assert jerk(steps) < SMOOTH_PX
    progress = [story._plan.shown_at(number / 30)[0].progress for number in range(60)]
    coarse = [centre(whole_pixels(image, shot.area(share))) for share in progress]
    assert jerk(coarse) > 10 * SMOOTH_PX  # the measure sees what it is to see


@pytest.mark.parametrize(
    ("colour", "expected"),
    [  # 8-bit values of ITU-R BT.709 in limited range
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colours_are_those_of_video(
    colour: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    planes = frames(flat(colour)).planes(0.5)
    assert [plane.getextrema() for plane in planes] == [(value, value) for value in expected]


def test_a_frame_is_raw_video() -> None:
    frame = frames(flat((255, 0, 0)))(0.0)
    pixels = SIZE.width * SIZE.height
    assert frame.dtype == np.uint8
    assert frame.shape == (SIZE.height * 3 // 2, SIZE.width)
    assert frame.flags.c_contiguous
    values = frame.ravel()
    assert set(values[:pixels]) == {63}
    assert set(values[pixels : pixels * 5 // 4]) == {102}
    assert set(values[pixels * 5 // 4 :]) == {240}


def test_colour_lies_where_brightness_lies() -> None:
    image = Image.new("RGB", (97, 161), (128, 128, 128))  # odd sides
    ImageDraw.Draw(image).ellipse((40, 70, 61, 91), fill=(200, 40, 40))
    planes = frames(still(image)).planes(0.0)
    red = np.asarray(planes.cr, float) - 128
    columns, rows = np.arange(red.shape[1]) * 2 + 0.5, np.arange(red.shape[0]) * 2 + 1.0
    across = float((red * columns).sum() / red.sum())
    down = float((red * rows[:, None]).sum() / red.sum())
    dark = np.abs(np.asarray(planes.y, float) - 126)
    x = float((dark * (np.arange(dark.shape[1]) + 0.5)).sum() / dark.sum())
    y = float((dark * (np.arange(dark.shape[0]) + 0.5)[:, None]).sum() / dark.sum())
    assert [across, down] == pytest.approx([x, y], abs=0.1)


def test_a_crossfade_blends_and_lets_go_of_photos() -> None:
    opened: list[int] = []
    shots = [flat((20, 20, 20)), flat((220, 220, 220)), flat((90, 90, 90))]

    def shot(number: int) -> Shot:
        opened.append(number)
        return shots[number]

    story = StoryFrames(plan_story(3, 2.0, SIZE, spec(SIZE)), shot)
    levels = [level(story.planes(n / 30).y) for n in range(180)]
    dark, light, middle = (level(to_planes(s.image).y) for s in shots)
    assert (levels[0], levels[90], levels[179]) == (dark, light, middle)
    assert levels[60] == pytest.approx((dark + light) / 2, abs=1)
    rising = levels[45:76]
    assert rising == sorted(rising)
    assert len(set(rising)) > 15
    assert opened == [0, 1, 2]
    assert set(story._held) == {2}


def _plate(x: int, y: int) -> Title:
    image = Image.new("RGBA", (31, 21), (0, 0, 0, 0))
    ImageDraw.Draw(image).rounded_rectangle((0, 0, 30, 20), 4, fill=(14, 77, 58, 255))
    return Title(image, x, y)


@pytest.mark.parametrize("place", [(10, 20), (11, 21)])
def test_a_title_stands_from_the_first_frame_and_fades(place: tuple[int, int]) -> None:
    plain = frames(*[flat((200, 180, 160))] * 3, seconds=2.0)
    titled = frames(*[flat((200, 180, 160))] * 3, seconds=2.0, title=_plate(*place))
    green = tuple(level(p) for p in to_planes(Image.new("RGB", (2, 2), (14, 77, 58))))

    def middle(story: StoryFrames, time_s: float) -> tuple[int, ...]:
        x, y = place[0] + 15, place[1] + 10
        points = [(x, y), (x // 2, y // 2), (x // 2, y // 2)]
        pairs = zip(story.planes(time_s), points, strict=True)
        return tuple(int(np.asarray(plane)[y, x]) for plane, (x, y) in pairs)

    assert middle(titled, 0.0) == green
    assert middle(titled, 3.5) == green
    ground, half = middle(plain, 3.8), middle(titled, 3.8)
    assert half == pytest.approx([(a + b) / 2 for a, b in zip(ground, green, strict=True)], abs=2)
    assert middle(titled, 4.0) == ground
    changed = np.asarray(titled.planes(0.0).y) != np.asarray(plain.planes(0.0).y)
    rows, columns = np.nonzero(changed)
    assert (columns.min(), rows.min()) == place
    assert (columns.max(), rows.max()) == (place[0] + 30, place[1] + 20)


def test_a_title_of_a_short_story_stays_to_the_end() -> None:
    story = frames(flat((200, 180, 160)), seconds=2.0, title=_plate(10, 20))
    assert story.planes(59 / 30).y.getpixel((25, 30)) == story.planes(0.0).y.getpixel((25, 30))
