"""When each photo of a story shows, and how the camera moves over it."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.video_clips import spec
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.video.story_plan import Move, StoryPlan, plan_move, plan_story

FRAME = PixelSize(1080, 1920)
SIDES = st.integers(60, 6000)
SHARES = st.floats(0, 1)


def story(photos: int = 3, seconds: float = 4.0) -> StoryPlan:
    return plan_story(photos, seconds, FRAME, spec(FRAME))


@pytest.mark.parametrize(("photos", "seconds"), [(1, 1.0), (12, 2.517), (3, 3.3333), (7, 30.0)])
def test_every_photo_stands_equally_long_in_whole_frames(photos: int, seconds: float) -> None:
    plan = story(photos, seconds)
    assert plan.frame_rate == 30
    assert plan.frame_count == photos * plan.frames_each
    assert plan.duration_s == Fraction(plan.frame_count, 30)
    assert abs(float(plan.each_s) - seconds) <= 0.5 / 30


@pytest.mark.parametrize(
    ("limits", "rate"),
    [((23, 24), 24), ((50, 60), 50), ((1, 29.97), 29), ((1, 60), 30)],
)
def test_the_frame_rate_is_one_that_the_placement_takes(
    limits: tuple[float, float], rate: int
) -> None:
    video = spec(FRAME, min_fps=limits[0], max_fps=limits[1])
    assert plan_story(3, 4.0, FRAME, video).frame_rate == rate


def test_what_shows_at_each_moment() -> None:
    plan = story(3, 4.0)
    fade = float(plan.fade_s)
    assert fade == pytest.approx(0.8)
    assert [s.number for s in plan.shown_at(0)] == [0]
    assert [s.number for s in plan.shown_at(4 - fade / 2 - 0.01)] == [0]
    assert [s.number for s in plan.shown_at(4.0)] == [0, 1]
    assert [s.opacity for s in plan.shown_at(4.0)] == [1.0, pytest.approx(0.5)]
    assert [s.number for s in plan.shown_at(4 + fade / 2 + 0.01)] == [1]
    assert [s.number for s in plan.shown_at(8.1)] == [1, 2]
    assert [s.number for s in plan.shown_at(11.99)] == [2]
    assert story(1, 2.0).shown_at(1.99)[0].number == 0


@given(st.integers(1, 12), st.floats(1, 30))
def test_nothing_jumps_from_frame_to_frame(photos: int, seconds: float) -> None:
    plan = story(photos, seconds)
    before: dict[int, float] = {}
    share_before = 0.0
    # one moment in the middle of each photo and all frames round the changes
    edges = [round(n * plan.frames_each) for n in range(1, photos)][:2]
    near = [n for edge in edges for n in range(max(0, edge - 20), edge + 20)]
    for number in sorted({*near, 0, 1, plan.frame_count - 1}):
        shown = plan.shown_at(number / 30)
        assert shown[0].opacity == 1.0
        assert len(shown) <= 2
        for one in shown:
            assert 0 <= one.progress <= 1
            assert one.progress >= before.get(one.number, 0.0)
            before[one.number] = one.progress
        upper = shown[-1].number + shown[-1].opacity if len(shown) == 2 else shown[0].number + 1.0
        assert upper >= share_before - 1e-9
        share_before = upper


def test_a_move_runs_from_end_to_end_in_its_time() -> None:
    plan = story(2, 3.0)
    first = [s.progress for n in range(180) for s in plan.shown_at(n / 30) if s.number == 0]
    steps = [later - earlier for earlier, later in pairwise(first)]
    assert first[0] == 0.0
    assert first[-1] == pytest.approx(1.0, abs=0.02)
    assert min(steps) > 0.2 / len(first)  # never still
    assert max(steps) < 1.7 / len(first)
    bends = [abs(b - a) for a, b in pairwise(steps)]
    assert max(bends) < 0.1 / len(first)


def test_a_title_stays_long_enough_to_be_read() -> None:
    assert story(4, 1.5).title_s == 4
    assert story(4, 6.0).title_s == 6
    assert story(2, 1.0).title_s == 2


@given(SIDES, SIDES, SIDES, SIDES, SHARES, SHARES, st.integers(0, 3), st.floats(1, 30))
def test_the_camera_keeps_to_the_photo_and_to_its_subject(
    width: int, height: int, across: int, down: int, x: float, y: float, number: int, seconds: float
) -> None:
    photo, frame = PixelSize(width, height), PixelSize(across, down)
    move = plan_move(photo, frame, (x, y), number, seconds)
    for box in (move.start, move.end):
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.w <= 1 + 1e-9
        assert box.y + box.h <= 1 + 1e-9
        shape = box.w * photo.width / (box.h * photo.height)
        assert math.isclose(shape, frame.ratio, rel_tol=1e-6)
        assert _held(box.x, box.w, x)
        assert _held(box.y, box.h, y)
    assert 1.01 < move.start.w / move.end.w < 1.25 or 1.01 < move.end.w / move.start.w < 1.25


def _held(start: float, length: float, focus: float) -> bool:
    """Whether the focus lies in the middle half, or the photo's edge forbids more."""
    share = (focus - start) / length
    at_an_edge = start < 1e-9 or start + length > 1 - 1e-9
    return 0.25 - 1e-6 <= share <= 0.75 + 1e-6 or (at_an_edge and -1e-6 <= share <= 1 + 1e-6)


def test_moves_take_turns_and_pan_where_there_is_room() -> None:
    wide = PixelSize(4000, 3000)
    first, second = (plan_move(wide, FRAME, (0.5, 0.5), number, 4.0) for number in (0, 1))
    assert first.start.w > first.end.w  # towards the subject
    assert second.start.w < second.end.w  # away from it
    assert _middle(first, "start") < 0.5 < _middle(first, "end")
    assert _middle(second, "start") > 0.5 > _middle(second, "end")
    upright = plan_move(PixelSize(1080, 1920), FRAME, (0.3, 0.2), 0, 4.0)
    assert upright.start.as_list() == [0, 0, 1, 1]
    assert upright.end.x + upright.end.w / 2 < 0.5
    assert first.whole.w > max(first.start.w, first.end.w)
    assert first.closest == first.end


def _middle(move: Move, which: str) -> float:
    box = getattr(move, which)
    return float(box.x + box.w / 2)
