"""What encoding and verifying need to know of a planned clip, whatever it is made from."""

from fractions import Fraction
from typing import Protocol

from wajo_studio.domain.geometry import PixelSize


class PlannedClip(Protocol):
    """A clip to be made: an :class:`~wajo_studio.video.plan.EncodePlan` or a story's plan."""

    @property
    def size(self) -> PixelSize:
        """Of the result."""

    @property
    def frame_rate(self) -> Fraction:
        """Of the result, constant."""

    @property
    def frame_count(self) -> int:
        """Frames of the result."""

    @property
    def duration_s(self) -> Fraction:
        """Exact length of the result: a whole number of frames."""

    @property
    def gop_frames(self) -> int:
        """Greatest distance between key frames."""

    @property
    def video_bitrate_bps(self) -> int:
        """Ceiling of the picture's rate."""

    @property
    def audio_bitrate_bps(self) -> int:
        """Rate of the sound."""

    @property
    def max_bytes(self) -> int:
        """The largest file the placement takes."""

    @property
    def largest_bytes(self) -> int:
        """The most the result can take on disk."""

    @property
    def edit_list(self) -> bool:
        """Whether the container may hold an edit list."""

    @property
    def preset(self) -> str:
        """Speed of the encoder, x264's name."""

    @property
    def quality(self) -> int:
        """x264's constant rate factor, lower is better."""
