"""Sizes, rates, ranges, budgets and recipes of clips."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.errors import MediaError
from wajo_studio.specs.model import SizeSpec, Source, VideoSpec
from wajo_studio.video.encode_plan import EncodePlan, Overlay, Still
from wajo_studio.video.plan import (
    choose_frame_rate,
    choose_reframe,
    choose_size,
    plan_clip,
)
from wajo_studio.video.ranges import (
    TimeRange,
    kept_ranges,
    mapped,
    moment_in_result,
    planned_duration_s,
)

NTSC = Fraction(30_000, 1001)
CLIP = ClipInfo(
    format="mov,mp4,m4a,3gp,3g2,mj2",
    size=PixelSize(1920, 1080),
    duration_s=20.0,
    frame_rate=Fraction(30),
    variable_frame_rate=False,
    rotation=0,
    mirrored=False,
    video_codec="h264",
    audio_codec="aac",
    audio_channels=2,
    pixel_format="yuv420p",
    colour_transfer="bt709",
    interlaced=False,
    readable_until_s=None,
    expected_suffixes=(".mp4",),
    sha256="ab" * 32,
)
SPEC = VideoSpec(
    sizes=(SizeSpec(format="9:16", width=1080, height=1920),),
    min_duration_s=3,
    max_duration_s=90,
    min_fps=23,
    max_fps=60,
    max_bytes=300_000_000,
    max_bitrate_bps=8_000_000,
    audio_bitrate_bps=128_000,
    cover="image",
    source=Source(sheet="test", url="https://example.org/spec", checked=date(2026, 11, 24)),
)


def item(**keys: object) -> MediaItem:
    renamed = {key.rstrip("_"): value for key, value in keys.items()}
    return MediaItem.model_validate({"id": "klip1", "path": "klip.mp4", **renamed})


def plan(info: ClipInfo = CLIP, media: MediaItem | None = None, **more: object) -> EncodePlan:
    return plan_clip(Path("klip.mp4"), info, media or item(), SPEC, **more)  # type: ignore[arg-type]


def test_the_nearest_shape_is_taken() -> None:
    x_sizes = [PixelSize(1280, 720), PixelSize(720, 720), PixelSize(720, 1280)]
    assert choose_size(PixelSize(1920, 1080), x_sizes) == PixelSize(1280, 720)
    assert choose_size(PixelSize(1080, 1920), x_sizes) == PixelSize(720, 1280)
    assert choose_size(PixelSize(1000, 1100), x_sizes) == PixelSize(720, 720)
    assert choose_size(PixelSize(4000, 100), x_sizes) == PixelSize(1280, 720)
    assert choose_size(PixelSize(640, 480), SPEC.sizes) == PixelSize(1080, 1920)


@pytest.mark.parametrize(
    ("rate", "lowest", "highest", "expected"),
    [
        (Fraction(30), 23, 60, Fraction(30)),
        (NTSC, 23, 60, NTSC),
        (Fraction(60_000, 1001), 23, 60, Fraction(60_000, 1001)),
        (Fraction(24_000, 1001), 24, 60, Fraction(24_000, 1001)),  # satisfies 24
        (Fraction(12), 23, 60, Fraction(24)),
        (Fraction(15), 23, 60, Fraction(30)),
        (Fraction(8), 23, 60, Fraction(24)),
        (Fraction(10), 24, 60, Fraction(30)),
        (Fraction(120), 23, 60, Fraction(60)),
        (Fraction(120_000, 1001), 23, 60, Fraction(60_000, 1001)),
        (Fraction(60), 23, 30, Fraction(30)),
        (Fraction(50), 23, 30, Fraction(30)),
        (Fraction(20), 24, 30, Fraction(30)),  # twice would be over the cap
    ],
)
def test_the_rate_is_the_sources_within_the_spec(
    rate: Fraction, lowest: float, highest: float, expected: Fraction
) -> None:
    assert choose_frame_rate(replace(CLIP, frame_rate=rate), lowest, highest) == expected


@pytest.mark.parametrize(
    ("average", "expected"), [("10.5", 24), ("24.4", 24), ("26.4", 25), ("28.1", 30), ("57", 60)]
)
def test_a_variable_rate_goes_to_the_nearest_usual_one(average: str, expected: int) -> None:
    info = replace(CLIP, frame_rate=Fraction(average), variable_frame_rate=True)
    assert choose_frame_rate(info, 23, 60) == expected


@given(
    rate=st.fractions(min_value=1, max_value=300, max_denominator=1001),
    variable=st.booleans(),
    highest=st.sampled_from([30.0, 60.0]),
)
def test_every_rate_lies_within_the_spec(rate: Fraction, variable: bool, highest: float) -> None:
    info = replace(CLIP, frame_rate=rate, variable_frame_rate=variable)
    chosen = choose_frame_rate(info, 23.0, highest)
    assert Fraction(23) * Fraction(1000, 1001) <= chosen <= highest


def test_ranges_lie_on_frames() -> None:
    info = replace(CLIP, frame_rate=NTSC)
    (kept,) = kept_ranges(item(in_=3.203, out=9.009), info)
    assert kept == TimeRange(96 / NTSC, 270 / NTSC)
    assert planned_duration_s(item(in_=3.203, out=9.009), info) == pytest.approx(5.8058)


def test_without_points_the_whole_clip_is_kept() -> None:
    assert kept_ranges(item(), CLIP) == (TimeRange(Fraction(0), Fraction(20)),)
    assert kept_ranges(item(out=99.0), CLIP) == (TimeRange(Fraction(0), Fraction(20)),)


def test_a_range_keeps_at_least_one_frame() -> None:
    (kept,) = kept_ranges(item(in_=1.0, out=1.001), CLIP)
    assert kept.duration_s == Fraction(1, 30)


def test_a_range_behind_the_end_is_one_clear_sentence() -> None:
    with pytest.raises(MediaError) as caught:
        kept_ranges(item(in_=25.0), CLIP)
    assert caught.value.params["media"] == "klip1"
    with pytest.raises(MediaError):
        kept_ranges(item(keep=[[1.0, 2.0], [30.0, 31.0]]), CLIP)


@given(
    start=st.floats(0, 19),
    length=st.floats(0.04, 15),
    rate=st.sampled_from([Fraction(24), Fraction(25), NTSC, Fraction(60)]),
)
def test_no_range_is_off_by_more_than_half_a_frame(
    start: float, length: float, rate: Fraction
) -> None:
    info = replace(CLIP, frame_rate=rate, duration_s=60.0)
    (kept,) = kept_ranges(item(in_=start, out=start + length), info)
    half = 1 / rate / 2 + Fraction(1, 10**9)
    assert abs(kept.start_s - Fraction(start)) <= half
    assert abs(kept.duration_s - (Fraction(start + length) - Fraction(start))) <= half
    assert (kept.start_s * rate).denominator == 1


def test_times_are_mapped_through_the_cuts() -> None:
    kept = [TimeRange(Fraction(2), Fraction(5)), TimeRange(Fraction(8), Fraction(10))]
    assert mapped(kept, Fraction(3), Fraction(4)) == (TimeRange(Fraction(1), Fraction(2)),)
    assert mapped(kept, Fraction(4), Fraction(9)) == (TimeRange(Fraction(2), Fraction(4)),)
    assert mapped(kept, Fraction(6), Fraction(7)) == ()
    assert mapped(kept, Fraction(0), Fraction(20), Fraction(1)) == (
        TimeRange(Fraction(1), Fraction(6)),
    )
    assert moment_in_result(kept, Fraction(9)) == 4
    assert moment_in_result(kept, Fraction(6)) == 3
    assert moment_in_result(kept, Fraction(99)) == 5


def test_the_result_is_a_whole_number_of_frames() -> None:
    made = plan(replace(CLIP, frame_rate=NTSC), item(keep=[[0.1, 3.33], [5.0, 7.77]]))
    assert made.frame_count == made.duration_s * made.frame_rate
    assert made.gop_frames == 59  # under two seconds


def test_opener_and_closer_count() -> None:
    opener = Still(Path("a.png"), "a", Fraction("1.51"))
    closer = Still(Path("b.png"), "b", Fraction(1))
    made = plan(media=item(out=10.0), opener=opener, closer=closer)
    assert made.opener_duration_s == Fraction(3, 2)
    assert made.duration_s == Fraction("12.5")


def test_reframing_depends_on_the_frame_unless_wished() -> None:
    assert choose_reframe(item(), PixelSize(1080, 1920)) == "fit-blur"
    assert choose_reframe(item(), PixelSize(1280, 720)) == "fit-blur"
    assert choose_reframe(item(), PixelSize(720, 720)) == "fill"
    assert choose_reframe(item(), PixelSize(1080, 1920), "fit-colour") == "fit-colour"
    assert choose_reframe(item(reframe="fill"), PixelSize(1080, 1920), "fit-colour") == "fill"


def test_the_rate_follows_the_byte_budget() -> None:
    assert plan().video_bitrate_bps == 8_000_000
    tight = SPEC.model_copy(update={"max_bytes": 5_000_000})
    made = plan_clip(Path("k"), CLIP, item(), tight)
    assert made.largest_bytes <= 5_000_000
    assert 1_000_000 < made.video_bitrate_bps < 2_000_000
    assert not made.below_quality_floor
    tiny = SPEC.model_copy(update={"max_bytes": 1_500_000})
    assert plan_clip(Path("k"), CLIP, item(), tiny).below_quality_floor


def test_the_recipe_names_content_and_no_path() -> None:
    overlay = Overlay(Path("/rahasia/logo.png"), 10, 20, "d1")
    first = plan(overlays=[overlay]).as_recipe()
    assert "rahasia" not in json.dumps(first)
    assert first == plan(overlays=[replace(overlay, path=Path("/lain.png"))]).as_recipe()
    different = [
        plan(overlays=[replace(overlay, x=11)]),
        plan(overlays=[replace(overlay, digest="d2")]),
        plan(overlays=[overlay], subtitles="x"),
        plan(media=item(out=5.0), overlays=[overlay]),
        plan(media=item(reframe="fill"), overlays=[overlay]),
        plan(replace(CLIP, sha256="cd" * 32), overlays=[overlay]),
        plan(overlays=[overlay], opener=Still(Path("a"), "a", Fraction(1))),
    ]
    recipes = [json.dumps(first), *(json.dumps(other.as_recipe()) for other in different)]
    assert len(set(recipes)) == len(recipes)


def test_what_does_not_matter_is_not_in_the_recipe() -> None:
    blurred = plan(media=item(focus=[0.1, 0.2]), colour="#ff0000").as_recipe()
    assert blurred == plan(colour="#00ff00").as_recipe()
