"""Editing the key points of the focus; what they show agrees with the export's formula."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.services import focus_edit
from wajo_studio.services.trim_edit import Shape, crop_box
from wajo_studio.video.picture import over_time
from wajo_studio.video.reframe import FocusPoint, covering, crop_offsets

PATH = ((1.0, 0.2, 0.5), (3.0, 0.6, 0.5), (6.0, 0.8, 0.4))
SHAPE = Shape(PixelSize(1080, 1920), SafeZone(), cover=True)
INFO = ClipInfo(
    "mov", PixelSize(1920, 1080), 10.0, Fraction(25), False, 0, False, "h264", "aac", 2,
    "yuv420p", "bt709", False, None, (".mp4",), "0" * 64,
)  # fmt: skip


def exported_left(time_s: float) -> float:
    """Left edge of the crop that the encoder's expression gives, in 0-1."""
    points = [FocusPoint(Fraction(t), x, y) for t, x, y in PATH]
    scaled = covering(INFO.size, SHAPE.size)
    expression = over_time(crop_offsets(points, scaled, SHAPE.size)[0])
    stored: dict[int, float] = {}

    def remember(place: int, value: float) -> float:
        stored[place] = value
        return value

    words = {
        "t": time_s,
        "st": remember,
        "ld": stored.__getitem__,
        "clip": lambda value, low, high: min(max(value, low), high),
        "lt": lambda one, other: float(one < other),
        "if_": lambda met, yes, no: yes if met else no,
    }
    return float(eval(expression.replace("if(", "if_("), words)) / scaled.width


@pytest.mark.parametrize("time_s", [0.0, 1.0, 1.3, 2.0, 2.9, 3.0, 4.5, 6.0, 9.0])
def test_what_is_shown_is_what_is_exported(time_s: float) -> None:
    left, _top, _width, _height = focus_edit.box_at(INFO, SHAPE, PATH, time_s)
    assert left == pytest.approx(exported_left(time_s), abs=0.001)


def test_a_single_point_rests() -> None:
    for time_s in (0.0, 1.0, 5.0):
        assert focus_edit.box_at(INFO, SHAPE, PATH[:1], time_s) == crop_box(
            INFO, SHAPE, PATH[0][1:]
        )
        assert focus_edit.focus_at(PATH[:1], time_s) == (0.2, 0.5)


def test_half_way_the_focus_is_in_the_middle() -> None:
    assert focus_edit.focus_at(PATH, 2.0) == pytest.approx((0.4, 0.5))


def test_a_point_is_moved_where_one_stands_and_added_elsewhere() -> None:
    moved = focus_edit.with_point(PATH, 3.02, 0.1, 0.2)
    assert moved == (PATH[0], (3.0, 0.1, 0.2), PATH[2])
    added = focus_edit.with_point(PATH, 4.0, 0.1, 0.2)
    assert added == (*PATH[:2], (4.0, 0.1, 0.2), PATH[2])
    assert focus_edit.with_point((), 4.0, 0.1, 0.2) == ((4.0, 0.1, 0.2),)
    assert focus_edit.point_at(PATH, 6.04) == 2
    assert focus_edit.point_at(PATH, 6.06) is None
    assert focus_edit.point_at((), 1.0) is None


def test_a_point_stays_between_its_neighbours() -> None:
    assert focus_edit.moved_point(PATH, 1, 0.0, 10.0)[1] == (1.05, 0.6, 0.5)
    assert focus_edit.moved_point(PATH, 1, 99.0, 10.0)[1] == (5.95, 0.6, 0.5)
    assert focus_edit.moved_point(PATH, 0, -5.0, 10.0)[0] == (0.0, 0.2, 0.5)
    assert focus_edit.moved_point(PATH, 2, 99.0, 10.0)[2] == (10.0, 0.8, 0.4)
    assert focus_edit.without_point(PATH, 1) == (PATH[0], PATH[2])


@given(
    st.lists(
        st.tuples(st.floats(0, 10), st.floats(0, 1), st.floats(0, 1), st.booleans()), max_size=20
    )
)
def test_a_post_takes_whatever_editing_gives(
    steps: list[tuple[float, float, float, bool]],
) -> None:
    path: tuple[focus_edit.Point, ...] = ()
    for time_s, x, y, moves in steps:
        if moves and path:
            path = focus_edit.moved_point(path, len(path) // 2, time_s, 10.0)
        else:
            path = focus_edit.with_point(path, time_s, x, y)
    MediaItem.model_validate({"id": "a", "path": "media/a.mp4", "focus_path": path})
