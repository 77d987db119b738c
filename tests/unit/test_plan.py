"""What goes where: the plan of an export, against the contract's words."""

from fractions import Fraction
from typing import Any

import pytest

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.media import ClipInfo, MediaInfo, PhotoInfo
from wajo_studio.domain.placement import PLACEMENTS
from wajo_studio.domain.post import Post
from wajo_studio.errors import InputError
from wajo_studio.services.plan import make_plan, specs_for
from wajo_studio.services.planned import (
    ArtworkSource,
    ClipSource,
    ExportPlan,
    FrameSource,
    Material,
    PhotoSource,
)
from wajo_studio.specs.loader import load_specs

ALL_FORMATS = ("4:5", "1:1", "9:16", "16:9")
CLIP_ONLY = ("facebook.reel", "instagram.reel", "youtube.video", "youtube.short", "tiktok.video")
PICTURE_ONLY = ("instagram.feed", "instagram.carousel", "tiktok.photo")
EITHER = ("facebook.feed", "x.post", "facebook.story", "instagram.story")


def photo(width: int, height: int) -> PhotoInfo:
    return PhotoInfo("JPEG", PixelSize(width, height), False, (".jpg",), f"{width}x{height}")


def clip(width: int, height: int, rate: Fraction = Fraction(30)) -> ClipInfo:
    return ClipInfo(
        format="mov,mp4",
        size=PixelSize(width, height),
        duration_s=10.0,
        frame_rate=rate,
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
        sha256="clip",
    )


def plan(
    infos: dict[str, MediaInfo],
    placements: tuple[str, ...] = PLACEMENTS,
    *,
    slides: int = 1,
    spare: tuple[str, ...] | None = None,
    media: dict[str, dict[str, Any]] | None = None,
    **values: Any,
) -> ExportPlan:
    """Plan a post with these media; ``slides`` 0 is a post of media alone."""
    post = Post.model_validate(
        {
            "schema": 1,
            "name": "x",
            "agency": "diskominfotik",
            "template": "pengumuman-layanan" if slides else "polos",
            "placements": list(placements),
            "media": [
                {"id": id_, "path": f"media/{id_}", **(media or {}).get(id_, {})} for id_ in infos
            ],
            **values,
        }
    )
    pictures = tuple(id_ for id_, info in infos.items() if isinstance(info, PhotoInfo))
    material = Material(
        formats=ALL_FORMATS if slides else (),
        slides=slides,
        spare_pictures=pictures if spare is None else spare,
        clips=tuple(id_ for id_, info in infos.items() if isinstance(info, ClipInfo)),
    )
    return make_plan(post, material, infos, specs_for(post, load_specs(), ()))


def sources(made: ExportPlan, placement: str) -> list[Any]:
    return [planned.source for planned in made.items(placement)]


def test_clips_and_pictures_go_where_the_contract_says() -> None:
    made = plan({"foto1": photo(4000, 3000), "klip1": clip(1920, 1080)})
    for placement in CLIP_ONLY:
        assert [type(s) for s in sources(made, placement)] == [ClipSource], placement
    for placement in (*PICTURE_ONLY, *EITHER):
        assert isinstance(sources(made, placement)[0], ArtworkSource), placement
        assert not any(isinstance(s, ClipSource) for s in sources(made, placement)), placement


def test_either_placements_take_the_first_clip_when_there_is_no_picture() -> None:
    made = plan({"klip1": clip(1920, 1080), "klip2": clip(720, 1280)}, slides=0)
    for placement in EITHER:
        assert [s.media_id for s in sources(made, placement)] == ["klip1"]
        assert made.left_out[placement] == ["klip2"]
    assert {made.missing[placement] for placement in PICTURE_ONLY} == {"picture"}


def test_a_post_of_pictures_lacks_clips() -> None:
    made = plan({"foto1": photo(4000, 3000)})
    assert {made.missing[placement] for placement in CLIP_ONLY} == {"clip"}


def test_artwork_sizes() -> None:
    made = plan({"foto1": photo(4000, 3000)}, spare=())
    sizes = {p: str(sources(made, p)[0].size) for p in (*PICTURE_ONLY, *EITHER) if sources(made, p)}
    assert sizes == {
        "facebook.feed": "1080x1350",
        "instagram.feed": "1080x1350",
        "x.post": "1600x900",
        "facebook.story": "1080x1920",
        "instagram.story": "1080x1920",
        "tiktok.photo": "1080x1920",
    }
    assert made.missing["instagram.carousel"] == "second_picture"


def test_placements_with_equal_pixels_share_a_rendition() -> None:
    made = plan({"klip1": clip(1920, 1080)})
    shared = {r.placements for r in made.renditions() if len(r.placements) > 1}
    assert ("facebook.story", "instagram.story") in shared
    assert ("facebook.reel", "instagram.reel") in shared
    assert ("facebook.feed", "instagram.feed") in shared
    alone = [r.placements for r in made.renditions() if "tiktok.photo" in r.placements]
    assert alone == [("tiktok.photo",)]  # its safe zone differs
    strictest = next(r for r in made.renditions() if r.placements[0] == "facebook.feed")
    assert strictest.limits.max_bytes == 4_000_000


def test_items_stop_at_the_maximum_and_the_rest_is_named() -> None:
    infos: dict[str, MediaInfo] = {f"foto{n}": photo(3000, 2000) for n in range(1, 13)}
    made = plan(infos, ("x.post", "instagram.carousel", "instagram.feed", "tiktok.photo"))
    assert [len(sources(made, p)) for p in ("x.post", "instagram.carousel")] == [4, 10]
    assert made.left_out["x.post"] == [f"foto{n}" for n in range(4, 13)]
    assert made.left_out["instagram.carousel"] == ["foto10", "foto11", "foto12"]
    assert len(sources(made, "tiktok.photo")) == 13
    assert [f.name for f in made.items("x.post")] == ["01.jpg", "02.jpg", "03.jpg", "04.jpg"]


def test_pictures_take_the_ratio_of_the_first_item() -> None:
    infos: dict[str, MediaInfo] = {"a": photo(4000, 3000), "b": photo(3000, 4000)}
    with_artwork = plan(infos, ("instagram.carousel", "facebook.feed", "x.post"))
    assert {str(s.size) for s in sources(with_artwork, "instagram.carousel")} == {"1080x1350"}
    for source in sources(with_artwork, "facebook.feed")[1:]:
        assert source.size.ratio == pytest.approx(0.8, abs=0.002)
        assert max(source.size.width, source.size.height) <= 2048
    assert sources(with_artwork, "x.post")[1].size.ratio == pytest.approx(16 / 9, abs=0.002)
    alone = plan(infos, ("instagram.carousel", "facebook.feed"), slides=0)
    assert {str(s.size) for s in sources(alone, "instagram.carousel")} == {"1080x810"}
    assert {str(s.size) for s in sources(alone, "facebook.feed")} == {"2048x1536"}


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3000, 5000), 0.8),
        ((5000, 1000), 1.91),
        ((4000, 4000), 1.0),
    ],
)
def test_own_ratio_is_kept_where_allowed(size: tuple[int, int], expected: float) -> None:
    made = plan({"a": photo(*size)}, ("instagram.feed",), slides=0)
    (source,) = sources(made, "instagram.feed")
    assert source.size.width == 1080
    assert 0.8 <= source.size.ratio <= 1.91
    assert source.size.ratio == pytest.approx(expected, abs=0.003)
    assert source.reframe == "fill"


def test_pictures_in_9_16_frames_are_reframed() -> None:
    infos: dict[str, MediaInfo] = {"a": photo(4000, 3000)}
    (source,) = sources(plan(infos, ("instagram.story",), slides=0), "instagram.story")
    assert (source.reframe, str(source.size)) == ("fit-blur", "1080x1920")
    _artwork, source = sources(plan(infos, ("tiktok.photo",)), "tiktok.photo")
    assert (source.reframe, str(source.size)) == ("fit-blur", "1080x1920")
    (source,) = sources(plan(infos, ("tiktok.photo",), slides=0), "tiktok.photo")
    assert (source.reframe, str(source.size)) == ("fill", "1080x810")  # its own ratio
    wished = plan(infos, ("instagram.story",), slides=0, media={"a": {"reframe": "fill"}})
    assert sources(wished, "instagram.story")[0].reframe == "fill"
    by_option = plan(
        infos, ("instagram.story",), slides=0, options={"instagram": {"reframe": "fit-colour"}}
    )
    assert sources(by_option, "instagram.story")[0].reframe == "fit-colour"


def test_clip_sizes() -> None:
    placements = ("youtube.video", "instagram.reel", "x.post", "facebook.feed")

    def sizes(width: int, height: int) -> list[str]:
        made = plan({"k": clip(width, height)}, placements, slides=0)
        return [str(sources(made, placement)[0].size) for placement in placements]

    assert sizes(3840, 2160) == ["1920x1080", "1080x1920", "1280x720", "1920x1080"]
    assert sizes(1080, 1920) == ["1920x1080", "1080x1920", "720x1280", "1080x1920"]
    assert sizes(1000, 1000) == ["1920x1080", "1080x1920", "720x720", "1080x1080"]
    assert sizes(1000, 1200)[3] == "1080x1350"


def test_frame_rates_are_capped_and_multiplied() -> None:
    def fps(rate: Fraction, placement: str) -> Fraction:
        made = plan({"k": clip(1920, 1080, rate)}, (placement,), slides=0)
        return Fraction(sources(made, placement)[0].fps)

    assert fps(Fraction(120), "youtube.video") == 60
    assert fps(Fraction(15), "instagram.reel") == 30
    assert fps(Fraction(24000, 1001), "facebook.reel") == Fraction(24000, 1001)


def test_logo_and_safe_zone_on_clips() -> None:
    made = plan({"k": clip(1080, 1920)}, ("instagram.reel", "tiktok.video"))
    reel, tiktok = sources(made, "instagram.reel")[0], sources(made, "tiktok.video")[0]
    assert (reel.logo, reel.safe_zone) == (True, SafeZone(270, 670, 65, 65))
    assert (tiktok.logo, tiktok.safe_zone) == (False, SafeZone())
    wished = plan({"k": clip(1080, 1920)}, ("tiktok.video",), options={"tiktok": {"logo": True}})
    assert sources(wished, "tiktok.video")[0].logo


def test_nothing_is_drawn_on_a_post_of_media_alone() -> None:
    third = {"name": "A", "role": "B", "from": 1.0, "to": 2.0}
    made = plan({"k": clip(1080, 1920)}, CLIP_ONLY, slides=0, media={"k": {"lower_third": third}})
    for placement in CLIP_ONLY:
        (source,) = sources(made, placement)
        assert not source.logo
        assert not source.lower_third
        assert source.safe_zone == SafeZone()


def test_covers() -> None:
    def covers(**media: Any) -> dict[str, Any]:
        made = plan({"k": clip(1080, 1920)}, CLIP_ONLY, media={"k": media})
        return {f.placement: f.source for f in made.files if f.role == "cover"}

    drawn = covers()
    assert set(drawn) == set(CLIP_ONLY) - {"tiktok.video"}
    assert str(drawn["youtube.video"].size) == "1280x720"
    assert str(drawn["instagram.reel"].size) == "1080x1920"
    assert {type(source) for source in drawn.values()} == {ArtworkSource}
    assert {type(source) for source in covers(cover_s=2.5).values()} == {FrameSource}
    alone = plan({"k": clip(1080, 1920)}, ("instagram.reel",), slides=0)
    (cover,) = [f.source for f in alone.files if f.role == "cover"]
    assert isinstance(cover, FrameSource)
    assert cover.time_s is None


def test_subtitles_go_along_where_taken_else_are_burned_in() -> None:
    def one(placement: str, **media: Any) -> tuple[bool, bool]:
        item = {"subtitles": "media/k.srt", **media}
        made = plan({"k": clip(1080, 1920)}, (placement,), media={"k": item})
        return sources(made, placement)[0].burn_subtitles, placement in made.subtitle_files

    assert one("youtube.short") == (False, True)
    assert one("instagram.reel") == (True, False)
    assert one("youtube.short", subtitles_mode="burn") == (True, False)
    assert one("youtube.short", subtitles_mode="both") == (True, True)
    assert one("tiktok.video", subtitles_mode="sidecar") == (True, False)


def test_slides_fill_carousels_and_single_placements_take_the_cover() -> None:
    made = plan({}, ("instagram.carousel", "instagram.feed", "x.post"), slides=6)
    assert [s.slide for s in sources(made, "instagram.carousel")] == [0, 1, 2, 3, 4, 5]
    assert [s.slide for s in sources(made, "instagram.feed")] == [0]
    assert made.cover_slide == ["instagram.feed"]
    assert made.left_out["x.post"] == ["slide5", "slide6"]


def test_format_option() -> None:
    square = plan({}, ("x.post",), options={"x.post": {"format": "1:1"}})
    assert sources(square, "x.post")[0].size.aspect == "1:1"
    with pytest.raises(InputError) as caught:
        plan({}, ("instagram.story",), options={"instagram.story": {"format": "16:9"}})
    assert "instagram.story" in str(caught.value)
    general = plan(
        {},
        ("instagram.story", "instagram.feed"),
        options={"instagram": {"format": "1:1"}},
    )
    assert sources(general, "instagram.feed")[0].size.aspect == "1:1"
    assert sources(general, "instagram.story")[0].size.aspect == "9:16"


def test_small_sources_are_noted() -> None:
    made = plan({"a": photo(600, 400), "b": photo(4000, 3000)}, ("instagram.carousel",), slides=0)
    assert [(up.media_id, str(up.source)) for up in made.upscaled] == [("a", "600x400")]
    none = plan({"a": photo(600, 400)}, ("facebook.feed",), slides=0)
    assert none.upscaled == []  # it keeps its own size there


def test_a_placement_that_is_not_the_posts_is_refused() -> None:
    post = Post.model_validate(
        {"schema": 1, "name": "x", "agency": "a", "template": "t", "placements": ["x.post"]}
    )
    with pytest.raises(InputError):
        specs_for(post, load_specs(), ["instagram.feed"])
    assert list(specs_for(post, load_specs(), ["x.post"])) == ["x.post"]


def test_photo_sources_are_equal_only_with_equal_pixels() -> None:
    one = PhotoSource("a", PixelSize(10, 10), "fill")
    assert one == PhotoSource("a", PixelSize(10, 10), "fill")
    assert one != PhotoSource("a", PixelSize(10, 10), "fit-blur")
