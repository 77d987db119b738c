"""A plain post and its facts, for the tests of checks and report."""

from datetime import datetime
from typing import Any

from wajo_studio.compliance.facts import FieldFact, PostFacts, TemplateFacts
from wajo_studio.domain.brand import Agency
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, PhotoInfo
from wajo_studio.domain.post import Post
from wajo_studio.i18n import WITA
from wajo_studio.specs.model import PlacementSpec

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WITA)
SOURCE = {"sheet": "test", "url": "https://example.org/limits", "checked": "2026-11-24"}


def make_post(**changes: Any) -> Post:
    values: dict[str, Any] = {
        "schema": 1,
        "name": "Layanan keliling",
        "agency": "diskominfotik",
        "template": "pengumuman-layanan",
        "placements": ("instagram.feed", "x.post"),
        "information_class": "berkala",
    }
    return Post.model_validate({**values, **changes})


def make_spec(placement: str, **changes: Any) -> PlacementSpec:
    caption = {"limit": 280, "unit": "code_points", "source": SOURCE}
    values: dict[str, Any] = {
        "id": placement,
        "label": placement.replace(".", " ").title(),
        "texts": {"caption": caption},
        "alt_text": {"limit": 1000, "source": SOURCE},
    }
    return PlacementSpec.model_validate({**values, **changes})


def make_facts(post: Post | None = None, **changes: Any) -> PostFacts:
    post = post or make_post()
    values: dict[str, Any] = {
        "agency": Agency(id="diskominfotik", name="Dinas Komunikasi", short_name="Diskominfotik"),
        "template": TemplateFacts(
            "pengumuman-layanan",
            "Pengumuman layanan",
            (FieldFact("judul", "Judul", required=True, filled=True),),
        ),
        "specs": {placement: make_spec(placement) for placement in post.placements},
        "now": NOW,
    }
    return PostFacts(post, **{**values, **changes})


def photo(**changes: Any) -> PhotoInfo:
    values: dict[str, Any] = {
        "format": "JPEG",
        "size": PixelSize(4000, 3000),
        "has_gps": False,
        "expected_suffixes": (".jpg", ".jpeg"),
        "sha256": "a" * 64,
    }
    return PhotoInfo(**{**values, **changes})


def clip(**changes: Any) -> ClipInfo:
    from fractions import Fraction

    values: dict[str, Any] = {
        "format": "mov,mp4",
        "size": PixelSize(1920, 1080),
        "duration_s": 12.0,
        "frame_rate": Fraction(30),
        "variable_frame_rate": False,
        "rotation": 0,
        "mirrored": False,
        "video_codec": "h264",
        "audio_codec": "aac",
        "audio_channels": 2,
        "pixel_format": "yuv420p",
        "colour_transfer": "bt709",
        "interlaced": False,
        "readable_until_s": None,
        "expected_suffixes": (".mp4",),
        "sha256": "b" * 64,
    }
    return ClipInfo(**{**values, **changes})
