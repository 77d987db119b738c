"""Editing what is kept of a clip: times, ranges, lengths."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.domain.post import Post
from wajo_studio.errors import InputError
from wajo_studio.i18n import set_language
from wajo_studio.services import trim_edit
from wajo_studio.specs.loader import load_specs

WHOLE_S = 60.0
FRAME_S = 1 / 25


def _item(**values: object) -> MediaItem:
    return MediaItem.model_validate({"id": "klip", "path": "media/klip.mp4", **values})


@pytest.mark.parametrize(
    ("time_s", "shown"),
    [
        (0.0, "00:00,0"),
        (12.4, "00:12,4"),
        (12.499, "00:12,4"),
        (59.999, "00:59,9"),
        (75.25, "01:15,2"),
        (3599.95, "59:59,9"),
        (3612.4, "1:00:12,4"),
        (1 / 3, "00:00,3"),
        (-1.0, "00:00,0"),
    ],
)
def test_times_as_people_write_them(time_s: float, shown: str) -> None:
    assert trim_edit.clock(time_s) == shown


def test_english_times_have_a_point() -> None:
    set_language("en")
    try:
        assert trim_edit.clock(12.4) == "00:12.4"
    finally:
        set_language("id")


@pytest.mark.parametrize(
    ("text", "time_s"),
    [
        ("00:12,4", 12.4),
        (" 12,4 ", 12.4),
        ("12", 12.0),
        ("1:05", 65.0),
        ("1:00:12.345", 3612.345),
        ("90:00", 5400.0),
    ],
)
def test_times_are_read(text: str, time_s: float) -> None:
    assert trim_edit.parse_clock(text) == pytest.approx(time_s)


@pytest.mark.parametrize("text", ["", "dua", "1:2:3:4", "12,4,5", "-3", "1e3"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        trim_edit.parse_clock(text)


@given(st.floats(0, 86_000))
def test_a_time_shown_is_read_back_within_a_tenth(time_s: float) -> None:
    read = trim_edit.parse_clock(trim_edit.clock(time_s))
    assert 0 <= time_s - read < 0.101 or read - time_s < 0.001


def test_ranges_are_said_as_in_and_out_or_as_keep() -> None:
    assert trim_edit.ranges_of(_item(), WHOLE_S) == ((0.0, WHOLE_S),)
    assert trim_edit.values_of([(0.0, WHOLE_S)], WHOLE_S) == {"in": None, "out": None, "keep": ()}
    assert trim_edit.values_of([(3.2, 9.0)], WHOLE_S) == {"in": 3.2, "out": 9.0, "keep": ()}
    more = trim_edit.values_of([(3.2, 9.0), (12.0, 60.0)], WHOLE_S)
    assert more == {"in": None, "out": None, "keep": ((3.2, 9.0), (12.0, 60.0))}


_CUTS = st.lists(st.integers(0, 1500), min_size=2, max_size=8, unique=True).map(
    lambda cuts: sorted(cuts)[: len(cuts) // 2 * 2]
)


@given(_CUTS, st.data())
def test_any_edit_gives_ranges_the_post_takes(cuts: list[int], data: st.DataObject) -> None:
    ranges: tuple[trim_edit.Range, ...] = tuple(
        (start * FRAME_S, end * FRAME_S) for start, end in zip(cuts[::2], cuts[1::2], strict=True)
    )
    index = data.draw(st.integers(0, len(ranges) - 1))
    edge: trim_edit.Edge = data.draw(st.sampled_from(["start", "end"]))
    time_s = data.draw(st.integers(-5, 1600)) * FRAME_S
    action = data.draw(st.sampled_from(["edge", "mark", "add", "remove"]))
    size = {"least_s": FRAME_S, "whole_s": WHOLE_S}
    if action == "edge":
        ranges = trim_edit.with_edge(ranges, index, edge, time_s, **size)
    elif action == "mark":
        ranges, chosen = trim_edit.marked(ranges, index, edge, time_s, **size)
        assert 0 <= chosen < len(ranges)
    elif action == "add":
        try:
            ranges, chosen = trim_edit.added(ranges, min(max(time_s, 0.0), 59.96), 3.0, WHOLE_S)
        except InputError:
            return
        assert 0 <= chosen < len(ranges)
    else:
        ranges = trim_edit.removed(ranges, index)
    assert ranges
    item = _item(**trim_edit.values_of(ranges, WHOLE_S))
    for read, meant in zip(trim_edit.ranges_of(item, WHOLE_S), ranges, strict=True):
        assert read == pytest.approx(meant, abs=0.0011)
    assert all(0 <= start < end <= WHOLE_S for start, end in ranges)


def test_a_mark_beyond_the_other_end_takes_the_range_along() -> None:
    ranges, _chosen = trim_edit.marked(
        [(2.0, 5.0), (20.0, 30.0)], 0, "start", 10.0, least_s=FRAME_S, whole_s=WHOLE_S
    )
    assert ranges[0] == (10.0, 20.0)
    ranges, _chosen = trim_edit.marked(
        [(2.0, 5.0), (20.0, 30.0)], 1, "end", 10.0, least_s=FRAME_S, whole_s=WHOLE_S
    )
    assert ranges[1] == (5.0, 10.0)


def test_adding_splits_inside_a_part_and_fills_free_room_outside() -> None:
    assert trim_edit.added([(0.0, 60.0)], 20.0, 3.0, WHOLE_S) == (((0.0, 20.0), (20.0, 60.0)), 1)
    assert trim_edit.added([(10.0, 20.0)], 2.0, 3.0, WHOLE_S) == (((2.0, 5.0), (10.0, 20.0)), 0)
    assert trim_edit.added([(10.0, 20.0)], 8.5, 3.0, WHOLE_S) == (((8.5, 10.0), (10.0, 20.0)), 0)
    with pytest.raises(InputError):
        trim_edit.added([(10.0, 20.0)], 10.0, 3.0, WHOLE_S)


def test_the_last_part_stays() -> None:
    assert trim_edit.removed([(1.0, 2.0)], 0) == ((1.0, 2.0),)


def test_lengths_are_judged_by_each_placement() -> None:
    specs = load_specs()
    shortest = specs["instagram.reel"].video
    assert shortest is not None
    names = ("instagram.reel", "tiktok.photo")
    too_short = trim_edit.lengths(names, specs, shortest.min_duration_s - 1)
    assert [(f.placement, f.verdict) for f in too_short] == [("instagram.reel", "short")]
    assert too_short[0].off_s == pytest.approx(1)
    too_long = trim_edit.lengths(names, specs, shortest.max_duration_s + 2)
    assert too_long[0].verdict == "long"
    assert too_long[0].off_s == pytest.approx(2)
    exact = trim_edit.lengths(names, specs, shortest.max_duration_s)
    assert exact[0].verdict == "ok"


def _info(width: int, height: int) -> ClipInfo:
    return ClipInfo(
        format="mov,mp4", size=PixelSize(width, height), duration_s=WHOLE_S,
        frame_rate=Fraction(25), variable_frame_rate=False, rotation=0, mirrored=False,
        video_codec="h264", audio_codec=None, audio_channels=0, pixel_format="yuv420p",
        colour_transfer="bt709", interlaced=False, readable_until_s=None,
        expected_suffixes=(".mp4",), sha256="0" * 64,
    )  # fmt: skip


def test_the_box_of_fill_has_the_placements_shape_and_stays_inside() -> None:
    spec = load_specs()["instagram.reel"]
    post = Post.model_validate(
        {
            "schema": 1, "name": "Uji", "agency": "disdukcapil", "template": "polos",
            "pillar": "edukasi", "information_class": "berkala",
            "placements": ["instagram.reel"], "fields": {},
        }
    )  # fmt: skip
    info = _info(1920, 1080)
    shape = trim_edit.shape_of(post, spec, info)
    assert shape.size.aspect == "9:16"
    assert not shape.safe_zone.is_empty
    for focus in ((0.0, 0.5), (0.5, 0.5), (1.0, 1.0)):
        x, y, w, h = trim_edit.crop_box(info, shape, focus)
        assert x >= 0
        assert y >= 0
        assert x + w <= 1.0001
        assert y + h <= 1.0001
        assert w * 1920 / (h * 1080) == pytest.approx(9 / 16, rel=0.01)


def test_a_name_without_times_is_shown_from_the_first_kept_picture() -> None:
    kept = ((3.2, 5.0), (8.0, 9.0))
    assert trim_edit.lower_third("Nama", "", None, None, kept) == {
        "name": "Nama", "role": "", "from": 3.2, "to": 7.2,
    }  # fmt: skip
    assert trim_edit.lower_third("  ", "Kepala", 1.0, 2.0, kept) is None
