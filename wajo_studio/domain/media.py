"""The media of a post: what the person says about a file, and what the file really is."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.validation import Text, refusal
from wajo_studio.i18n import N_

Fraction01 = Annotated[float, Field(ge=0, le=1, strict=True)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
Reframe = Literal["fit-blur", "fill", "fit-colour"]


NOT_LATER = N_("{file}: {key} must be later than {start}; correct one of the two times.")
KEEP_BESIDE_IN_OUT = N_(
    "{file}: {key} stands instead of in and out, not beside them; remove one or the other."
)
KEEP_RANGES = N_(
    "{file}: {key} must hold ranges that run forward and do not overlap, such as "
    "[[3.2, 9.0], [12.0, 18.0]]; correct the times."
)
FOCUS_TIMES = N_("{file}: {key} must be later than the time before it; put the times in order.")


class MediaKind(StrEnum):
    """What a file is, by its content."""

    PHOTO = "photo"
    CLIP = "clip"
    AUDIO = "audio"


class LowerThird(BaseModel):
    """Name strip over a clip, shown from ``start`` to ``end`` seconds of the source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    role: Text = ""
    start: Seconds = Field(alias="from")
    end: Seconds = Field(alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> "LowerThird":
        if self.end <= self.start:
            raise refusal(NOT_LATER, at=("to",), start="from")
        return self


class MediaItem(BaseModel):
    """One ``[[media]]`` block of a post.

    ``focus`` and ``blur`` are fractions of the upright picture; times are seconds of the
    source; ranges are half-open.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[Text, Field(min_length=1)]
    path: Annotated[Text, Field(min_length=1)]
    alt: Text = ""
    credit: Text = ""
    consent: Annotated[bool, Field(strict=True)] = False
    focus: tuple[Fraction01, Fraction01] | None = None
    blur: tuple[tuple[Fraction01, Fraction01, Fraction01, Fraction01], ...] = ()
    use: Literal["music"] | None = None
    licence: Text = ""
    in_s: Seconds | None = Field(default=None, alias="in")
    out_s: Seconds | None = Field(default=None, alias="out")
    keep: tuple[tuple[Seconds, Seconds], ...] = ()
    subtitles: Text | None = None
    subtitles_mode: Literal["burn", "sidecar", "both"] | None = None
    subtitles_language: Text = "id"
    cover_s: Seconds | None = None
    reframe: Reframe | None = None
    focus_path: tuple[tuple[Seconds, Fraction01, Fraction01], ...] = ()
    lower_third: LowerThird | None = None

    @model_validator(mode="after")
    def _ranges_run_forward(self) -> "MediaItem":
        if self.keep and (self.in_s is not None or self.out_s is not None):
            raise refusal(KEEP_BESIDE_IN_OUT, at=("keep",))
        if self.out_s is not None and self.out_s <= (self.in_s or 0.0):
            raise refusal(NOT_LATER, at=("out",), start="in")
        previous = 0.0
        for index, (start, end) in enumerate(self.keep):
            if end <= start or start < previous:
                raise refusal(KEEP_RANGES, at=("keep", index))
            previous = end
        for index in range(1, len(self.focus_path)):
            if self.focus_path[index][0] <= self.focus_path[index - 1][0]:
                raise refusal(FOCUS_TIMES, at=("focus_path", index))
        return self


@dataclass(frozen=True)
class PhotoInfo:
    """What a picture file is, read from its content.

    Attributes:
        format: Pillow's name of the true format, such as ``JPEG`` or ``HEIF``.
        size: upright size in pixels.
        has_gps: whether the file tells where it was taken.
        expected_suffixes: file endings that fit the content (lower case, with dot).
        sha256: of the file's bytes.
    """

    format: str
    size: PixelSize
    has_gps: bool
    expected_suffixes: tuple[str, ...]
    sha256: str

    kind: Literal[MediaKind.PHOTO] = MediaKind.PHOTO


@dataclass(frozen=True)
class ClipInfo:
    """What a video file is, read from its content.

    Attributes:
        format: container, such as ``mov,mp4`` or ``matroska,webm``.
        size: upright display size in pixels (rotation and sample aspect applied).
        duration_s: length that can really be read, in seconds.
        frame_rate: frames per second, exact; the average where they are uneven.
        variable_frame_rate: whether frame times are uneven.
        rotation: clockwise degrees (0, 90, 180, 270) that make the stored frame upright.
        mirrored: whether the stored frame is mirrored as well.
        video_codec, audio_codec: ffmpeg's names; ``audio_codec`` is None without sound.
        readable_until_s: where a damaged file stops being readable; None when it is sound.
        colour_transfer: ffmpeg's name: ``bt709``, ``arib-std-b67`` (HLG), ``smpte2084`` (PQ).
        interlaced: whether fields have to be joined.
    """

    format: str
    size: PixelSize
    duration_s: float
    frame_rate: Fraction
    variable_frame_rate: bool
    rotation: int
    mirrored: bool
    video_codec: str
    audio_codec: str | None
    audio_channels: int
    pixel_format: str
    colour_transfer: str
    interlaced: bool
    readable_until_s: float | None
    expected_suffixes: tuple[str, ...]
    sha256: str

    kind: Literal[MediaKind.CLIP] = MediaKind.CLIP


@dataclass(frozen=True)
class AudioInfo:
    """What a sound file is, read from its content."""

    format: str
    duration_s: float
    audio_codec: str
    expected_suffixes: tuple[str, ...]
    sha256: str

    kind: Literal[MediaKind.AUDIO] = MediaKind.AUDIO


MediaInfo = PhotoInfo | ClipInfo | AudioInfo
